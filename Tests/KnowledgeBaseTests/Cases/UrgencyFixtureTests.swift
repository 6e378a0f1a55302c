import FoundationEssentials
import Testing

@testable import KnowledgeBase

/// Phrases that somebody wrote who had not seen the code; only totals are printed, never a text.
struct UrgencyFixtureTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().path + "/../../Fixtures/urgency"
    private static let lines: [JSONValue] = {
        let files = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter {
            $0.hasSuffix(".jsonl")
        }.sorted()
        return files.flatMap { name -> [JSONValue] in
            let data = FileManager.default.contents(atPath: folder + "/" + name) ?? Data()
            return data.split(separator: 10).compactMap { try? JSONParser.value(Array($0)) }
        }
    }()

    /// A line: `text`, `written_at`, and any of `deadline` (a day, a moment or null) and `urgency` or `level`.
    @Test(.enabled(if: !lines.isEmpty, "there is no fixture of urgency yet"))
    func `urgency and dates of phrases written blind`() throws {
        var (right, count) = (0, 0)
        var byKind: [String: (right: Int, count: Int)] = [:]
        for line in Self.lines {
            guard let text = line["text"]?.text,
                let now = (line["written_at"] ?? line["now"] ?? line["at"])?.text.flatMap(DateText.date)
            else { continue }
            let found = Urgency.read(text, at: now)
            var isRight = true
            if let members = line.members, members.contains(where: { $0.key == "deadline" }) {
                let said = found.deadline?.formatted(.iso8601)
                isRight = line["deadline"]?.text.map { said?.hasPrefix($0.prefix(10)) ?? false } ?? (said == nil)
            }
            if let level = (line["urgency"] ?? line["level"])?.text {
                isRight = isRight && found.level.rawValue == level
            }
            count += 1
            right += isRight ? 1 : 0
            byKind[line["kind"]?.text ?? line["level"]?.text ?? "", default: (0, 0)].count += 1
            byKind[line["kind"]?.text ?? line["level"]?.text ?? "", default: (0, 0)].right += isRight ? 1 : 0
        }
        print(
            "urgency: \(right) of \(count); "
                + byKind.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.right)/\($0.value.count)" }.joined(
                    separator: ", "))
        #expect(Double(right) >= 0.95 * Double(count))
    }
}
