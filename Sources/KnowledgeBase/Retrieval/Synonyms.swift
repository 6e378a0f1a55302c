import FoundationEssentials
import Yams

/// Groups of words that mean the same to a team's customers, from `synonyms.yaml`.
public struct Synonyms: Sendable, Equatable {
    /// Each member folded to lower case.
    var groups: [[String]] = []

    public init() {}

    private static let sizeLimit = 1 << 20
    /// Replacements of one question: each costs one more encoding.
    static let maximumVariants = 3

    /// Reads the file; an absent one holds no groups.
    public static func read(_ path: String) throws -> Synonyms {
        guard let data = FileManager.default.contents(atPath: path) else { return Synonyms() }
        guard data.count <= sizeLimit else {
            throw KnowledgeBaseError.invalidSettings(path: path, reason: "larger than 1 MB.")
        }
        var synonyms = Synonyms()
        do {
            guard let node = try Yams.compose(yaml: String(decoding: data, as: UTF8.self), .basic), node.null == nil
            else {
                return synonyms
            }
            guard let groups = node.sequence else {
                throw KnowledgeBaseError.invalidSettings(
                    path: path, reason: "expected a list of groups, each like `- [sign in, log in]`.")
            }
            for group in groups {
                guard let members = group.sequence?.compactMap(\.scalar?.string), members.count > 1 else {
                    throw KnowledgeBaseError.invalidSettings(
                        path: path,
                        reason:
                            "line \(group.mark?.line ?? 1): a group lists two or more words, like `- [sign in, log in]`."
                    )
                }
                synonyms.groups.append(members.map(QuestionSyntax.fold).filter { !$0.isEmpty })
            }
        } catch let error as KnowledgeBaseError {
            throw error
        } catch {
            throw KnowledgeBaseError.invalidSettings(path: path, reason: "not valid YAML: \(error)")
        }
        return synonyms
    }

    /// The question with one word of a group put for another, at most `maximumVariants` times; empty without a match.
    func variants(of question: String) -> [String] {
        guard !groups.isEmpty else { return [] }
        let folded = QuestionSyntax.fold(question)
        var out: [String] = []
        for group in groups {
            guard let member = group.filter({ Self.range(of: $0, in: folded) != nil }).max(by: { $0.count < $1.count }),
                let range = Self.range(of: member, in: folded)
            else { continue }
            for other in group where other != member && !folded.contains(other) {
                out.append(folded[..<range.lowerBound] + other + folded[range.upperBound...])
                if out.count == Self.maximumVariants { return out }
            }
        }
        return out
    }

    /// Members of groups the question touches, which it does not say itself.
    func additions(to question: String) -> [String] {
        let folded = QuestionSyntax.fold(question)
        return groups.flatMap { group -> [String] in
            guard group.contains(where: { Self.range(of: $0, in: folded) != nil }) else { return [] }
            return group.filter { Self.range(of: $0, in: folded) == nil }
        }
    }

    /// Where a member stands as whole words.
    private static func range(of member: String, in text: String) -> Range<String.Index>? {
        var from = text.startIndex
        while let found = text[from...].firstRange(of: member) {
            let before = found.lowerBound == text.startIndex ? nil : text[text.index(before: found.lowerBound)]
            let after = found.upperBound == text.endIndex ? nil : text[found.upperBound]
            func isWord(_ character: Character?) -> Bool { character.map { $0.isWord } ?? false }
            if !isWord(before), !isWord(after) { return found }
            from = text.index(after: found.lowerBound)
        }
        return nil
    }
}
