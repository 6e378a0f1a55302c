import Embedding
import FoundationEssentials
import Testing

@testable import KnowledgeBase

/// Messages that people wrote who had not seen the code; only totals are printed, never a text.
struct UrgencyFixtureTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().path + "/../../Fixtures/"

    private static func lines(_ set: String) -> [JSONValue] {
        (FileManager.default.contents(atPath: folder + set + "/phrases.jsonl") ?? Data()).split(separator: 10)
            .compactMap {
                try? JSONParser.value(Array($0))
            }
    }

    /// Outage and blocked are one class, as the fixture's README has it.
    private static func kinds(_ names: [String]) -> Set<String> {
        Set(names.map { $0 == "outage" ? "blocked" : $0 }).intersection(["deadline", "blocked", "repeated"])
    }

    /// - Parameter least: of the messages judged right in everything; below what was measured by four standard errors.
    @Test(arguments: [
        ("urgency", 0.83), ("urgency-2", 0.80), ("urgency-3", 0.80), ("urgency-4", 0.80), ("urgency-5", 0.80),
    ])
    func `urgency and dates of messages written blind`(set: String, least: Double) throws {
        let lines = Self.lines(set)
        guard !lines.isEmpty else { return }
        let encoder = try? Models.open(nil, environment: ProcessInfo.processInfo.environment, threads: 2)
        for withVectors in encoder == nil ? [false] : [false, true] {
            let texts = lines.map { $0["text"]?.text ?? "" }
            let vectors = withVectors ? try encoder!.encode(texts) : nil
            var right: [String: Int] = [:]
            var wrong: [String: Int] = [:]
            for (place, line) in lines.enumerated() {
                let now = try #require(line["sent_at"]?.text.flatMap(DateText.date))
                let expected = try #require(line["expect"])
                let found = Urgency.read(texts[place], at: now, vector: vectors.map { Array($0[place]) })
                let (wanted, came) = (Self.kinds(expected["reasons"]?.texts ?? []), Self.kinds(found.signs.map(\.kind)))
                let due = found.deadline?.formatted(.iso8601).prefix(10)
                let sameDue = expected["due"]?.text.map { $0.prefix(10) } == due
                let isUrgent = !came.isEmpty == (expected["urgent"]?.bool ?? false)
                right["urgent", default: 0] += isUrgent ? 1 : 0
                right["due", default: 0] += sameDue ? 1 : 0
                right["reasons", default: 0] += wanted == came ? 1 : 0
                right["all", default: 0] += isUrgent && sameDue && wanted == came ? 1 : 0
                for kind in wanted.subtracting(came) { wrong["missed " + kind, default: 0] += 1 }
                for kind in came.subtracting(wanted) { wrong["wrongly " + kind, default: 0] += 1 }
            }
            print(
                "\(set), \(withVectors ? "with" : "without") vectors, of \(lines.count): "
                    + right.merging(wrong) { $1 }.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(
                        separator: ", "))
            #expect(Double(right["all"] ?? 0) >= (withVectors ? least : least - 0.05) * Double(lines.count))
        }
    }
}
