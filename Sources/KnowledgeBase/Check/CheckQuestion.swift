import FoundationEssentials

/// A question that the articles are held to: what `kb export --questions` writes and `kb check` reads, one JSON line each.
public struct CheckQuestion: Sendable, Codable, Equatable {
    public var id: String
    public var question: String
    /// Id of the article that answers; `nil` where none did yet.
    public var expected: String?
    /// Id and title of the knowledge gap it belongs to.
    public var gap: String?
    public var title: String?

    enum CodingKeys: String, CodingKey {
        case id = "_id"
        case question, expected, gap, title
    }

    public init(id: String, question: String, expected: String?, gap: String? = nil, title: String? = nil) {
        (self.id, self.question, self.expected, self.gap, self.title) = (id, question, expected, gap, title)
    }

    /// - Throws: `.unreadable` with the first line that is none of these, and for an empty file.
    public static func read(_ path: String) throws -> [CheckQuestion] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw KnowledgeBaseError.unreadable(
                path: path, reason: "no such file. Write it: kb export --questions --redacted \(path.lastPathComponent)"
            )
        }
        var out: [CheckQuestion] = []
        var seen: Set<String> = []
        for (number, line) in data.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated()
        where !line.allSatisfy({ $0 <= 0x20 }) {
            guard let entry = try? JSONDecoder().decode(CheckQuestion.self, from: Data(line)),
                entry.expected != nil || entry.gap != nil, entry.question.contains(where: { !$0.isWhitespace })
            else {
                throw KnowledgeBaseError.unreadable(
                    path: path,
                    reason:
                        "line \(number + 1) is not {\"_id\", \"question\", \"expected\"} with a document, or with \"gap\""
                )
            }
            guard seen.insert(entry.id).inserted else {
                throw KnowledgeBaseError.unreadable(
                    path: path, reason: "line \(number + 1) has the _id '\(entry.id)', which an earlier line has")
            }
            out.append(entry)
        }
        guard !out.isEmpty else { throw KnowledgeBaseError.unreadable(path: path, reason: "it holds no question") }
        return out
    }

    /// The document that an exported id means among others: the id itself, else the one at the same place of another
    /// source, else the only one that ends like it.
    static func resolve(_ name: String, among ids: Set<String>, ends: [String: [String]]) -> String? {
        if ids.contains(name) { return name }
        let inside = name.firstIndex(of: "/").map { String(name[name.index(after: $0)...]) }
        for form in [name, inside].compactMap({ $0 }) {
            let found = ends[form] ?? []
            if let same = found.first(where: { $0.split(separator: "/").dropFirst().joined(separator: "/") == form }) {
                return same
            }
            if found.count == 1 { return found[0] }
        }
        return nil
    }
}
