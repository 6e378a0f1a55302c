/// Why a file was not read. `description` is one sentence for the person who owns the file.
enum ReadError: Error, Sendable, Equatable, CustomStringConvertible {
    // Left out on purpose.
    case draft
    case partial(String)
    case unknownFormat(String)
    case empty
    // Refused.
    case tooLarge(bytes: Int, limit: Int)
    case invalidUTF8(offset: Int)
    case binary(offset: Int)
    case tooDeep(line: Int, limit: Int)
    case longLine(line: Int, bytes: Int, limit: Int)
    case noText
    case vanished
    case unreadable(String)
    case outsideSource
    case changedWhileRead
    case pdf(String)

    /// True where the author meant the file to be left out; false where something is wrong with it.
    var isIntended: Bool {
        switch self {
        case .draft, .partial, .unknownFormat: true
        default: false
        }
    }

    var description: String {
        switch self {
        case .draft: "a draft (draft: true)"
        case .partial(let name): "a partial (\(name) starts with an underscore)"
        case .unknownFormat(let ending):
            ending.isEmpty ? "not a format kb reads (no file ending)" : "not a format kb reads (.\(ending))"
        case .empty: "the file is empty"
        case .tooLarge(let bytes, let limit):
            "\(bytes) bytes; files above \(limit / (1 << 20)) MB are not read. Split the file"
        case .invalidUTF8(let offset): "invalid UTF-8 at byte \(offset). Save the file as UTF-8"
        case .binary(let offset): "a NUL byte at byte \(offset): this is not text"
        case .tooDeep(let line, let limit): "line \(line): tags nested deeper than \(limit) levels"
        case .longLine(let line, let bytes, let limit):
            "line \(line) has \(bytes) bytes; lines above \(limit / 1024) KB are not read"
        case .noText: "no text in it"
        case .vanished: "the file vanished while it was read"
        case .unreadable(let why): "cannot be read: \(why)"
        case .outsideSource: "a link that leads out of the source"
        case .changedWhileRead: "the file changed while it was read. Run the ingest again"
        case .pdf(let why): "not read as PDF: \(why)"
        }
    }
}

/// A file or folder that a walk or a reader left out, and why.
public struct SkippedFile: Sendable, Equatable {
    /// Relative to the source's folder; a folder ends with "/".
    public var path: String
    public var reason: String
}
