import FoundationEssentials

/// A person's judgement of one answer.
public struct Mark: Sendable, Equatable {
    public enum Verdict: String, Sendable, Codable, CaseIterable {
        case right, wrong
    }

    public var id: Int64
    public var answerID: String
    public var question: String
    /// The first cited document of the answer, by its id.
    public var document: String?
    public var verdict: Verdict
    /// The document that answers instead, by its id.
    public var shouldBe: String?
    public var note: String?
    public var markedAt: Date
}

/// One logged question that a person may judge.
public struct ReviewItem: Sendable, Equatable {
    public var answerID: String
    public var question: String
    public var askedAt: Date
    /// The first cited document, by its id and title.
    public var document: String?
    public var title: String?
    public var confidence: Double
}
