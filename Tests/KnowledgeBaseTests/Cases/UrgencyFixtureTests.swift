import Embedding
import FoundationEssentials
import Testing

@testable import KnowledgeBase

/// Messages that somebody wrote who had not seen the code; only totals are printed, never a text.
struct UrgencyFixtureTests {
    private static let path =
        URL(filePath: #filePath).deletingLastPathComponent().path + "/../../Fixtures/urgency/phrases.jsonl"
    private static let lines = (FileManager.default.contents(atPath: path) ?? Data()).split(separator: 10).compactMap {
        try? JSONParser.value(Array($0))
    }

    /// Outage and blocked are one class, as the fixture's README has it.
    private static func kinds(_ names: [String]) -> Set<String> {
        Set(names.map { $0 == "outage" ? "blocked" : $0 }).intersection(["deadline", "blocked", "repeated"])
    }

    @Test(.enabled(if: !lines.isEmpty, "there is no fixture of urgency"))
    func `urgency and dates of messages written blind`() throws {
        var right: [String: Int] = [:]
        var missed: [String: Int] = [:]
        for line in Self.lines {
            let text = try #require(line["text"]?.text)
            let now = try #require(line["sent_at"]?.text.flatMap(DateText.date))
            let expected = try #require(line["expect"])
            let found = Urgency.read(text, at: now)
            let (wanted, came) = (Self.kinds(expected["reasons"]?.texts ?? []), Self.kinds(found.signs.map(\.kind)))
            let due = found.deadline?.formatted(.iso8601).prefix(10)
            let sameDue = expected["due"]?.text.map { $0.prefix(10) } == due
            let isUrgent = !came.isEmpty == (expected["urgent"]?.bool ?? false)
            right["urgent", default: 0] += isUrgent ? 1 : 0
            right["due", default: 0] += sameDue ? 1 : 0
            right["reasons", default: 0] += wanted == came ? 1 : 0
            right["all", default: 0] += isUrgent && sameDue && wanted == came ? 1 : 0
            for kind in wanted.subtracting(came) { missed["missed " + kind, default: 0] += 1 }
            for kind in came.subtracting(wanted) { missed["wrongly " + kind, default: 0] += 1 }
            if !sameDue { missed["due of " + (wanted.contains("deadline") ? "deadlines" : "others"), default: 0] += 1 }
        }
        print(
            "urgency, of \(Self.lines.count): "
                + (right.merging(missed) { $1 }).sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(
                    separator: ", "))
        #expect(right["urgent"]! > Self.lines.count / 2)
    }
}
