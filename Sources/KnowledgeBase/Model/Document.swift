import FoundationEssentials

/// Why a passage is indexed; see `Passage.Role`.
typealias PassageRole = Passage.Role

/// What a searchable document is: an article that answers, or a past ticket that is evidence.
public enum DocumentKind: String, Sendable, Codable, CaseIterable {
    case article
    case ticket
}

/// One indexed document without its text.
public struct Document: Sendable, Equatable {
    /// Row id in the store; never shown to a user.
    public var rowID: Int64
    /// `SOURCE/relative/path`, the name users and scripts know.
    public var id: String
    public var title: String
    public var url: String?
    public var kind: DocumentKind
    public var source: String
    public var locale: String?
    public var updated: Date?
    /// The last ingest in which its content changed.
    public var changed: Date
}

/// One passage of a document: the unit of retrieval and of citation.
public struct Chunk: Sendable, Equatable {
    public var rowID: Int64
    public var documentRowID: Int64
    /// Place within the document, from 0.
    public var ordinal: Int
    /// Path of headings above the text, outermost first; without the title.
    public var headings: [String]
    public var text: String
    /// Lines of the source file, 1-based.
    public var lines: ClosedRange<Int>
    var role: PassageRole
    var sentences: [Sentence]
    var embeddingKey: [UInt8]
}
