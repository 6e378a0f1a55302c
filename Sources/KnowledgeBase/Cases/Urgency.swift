import FoundationEssentials

/// How much waiting costs the customer, by the words of the message, and by when it must be done.
public struct Urgency: Sendable, Equatable, Codable {
    public enum Level: String, Sendable, CaseIterable, Codable, Comparable {
        case low, normal, high, urgent

        public static func < (a: Level, b: Level) -> Bool {
            allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
        }
    }

    public struct Sign: Sendable, Equatable, Codable {
        /// `deadline`, `outage`, `blocked`, `pressing`, `repeated`, `relaxed`.
        public var kind: String
        public var words: String
    }

    public var level: Level
    /// That the level is at least `high`.
    public var probability: Double
    public var deadline: Date?
    public var signs: [Sign]

    /// - Parameter now: when the message was written; "tomorrow" is the day after.
    public static func read(_ text: String, at now: Date) -> Urgency { read(text, folded: FoldedText(text), at: now) }

    static func read(_ text: String, folded: FoldedText, at now: Date) -> Urgency {
        let bytes = Array(text.utf8)
        func words(_ range: Range<Int>) -> String {
            let words = folded.words[range].filter { !$0.isEnd }
            guard let first = words.first, let last = words.last else { return "" }
            return String(decoding: bytes[first.range.lowerBound..<last.range.upperBound], as: UTF8.self)
        }
        var signs: [Sign] = []
        var evidence = Self.prior
        for (kind, table, weight) in UrgencyWords.tables {
            if let match = table.matches(in: folded).first {
                signs.append(Sign(kind: kind, words: words(match.words)))
                evidence += weight
            }
        }
        let deadline = Deadline.first(text, folded: folded, at: now)
        if let deadline {
            signs.insert(Sign(kind: "deadline", words: words(deadline.words)), at: 0)
            let hours = deadline.moment.timeIntervalSince(now) / 3600
            // A day is soon, a week is not; between them the cost of waiting falls with the logarithm of the time left.
            evidence += hours <= 8 ? 3.2 : hours <= 30 ? 2.2 : hours <= 72 ? 1.2 : hours <= 168 ? 0.4 : -0.5
        }
        let probability = LogOdds.probability(evidence)
        let level: Level =
            probability >= 0.85 ? .urgent : probability >= 0.5 ? .high : evidence < Self.prior - 0.6 ? .low : .normal
        return Urgency(level: level, probability: probability, deadline: deadline?.moment, signs: signs)
    }

    /// Log-odds that a message with no sign of haste cannot wait a day.
    private static let prior = -1.5
}

/// The moment by which the customer needs it.
enum Deadline {
    /// The earliest date of the message that something must be done by: a date that is only told about is none.
    static func first(_ text: String, folded: FoldedText, at now: Date) -> DateExpression? {
        let cues = UrgencyWords.deadline.matches(in: folded)
        return DateExpression.find(folded, original: text, now: now).filter { date in
            let start = date.words.lowerBound
            let before = (max(0, start - 3)..<start).map { folded.words[$0].text }
            if date.isStretch, before.last.map({ ["every", "each"].contains($0) }) == true { return false }
            if let last = before.last, directCues.contains(last) { return true }
            if before.count >= 2, ["no later than", "at the latest", "prior to", "ahead of"].contains(where: { before.joined(separator: " ").hasSuffix($0) }) {
                return true
            }
            // Else something in the same sentence must say so.
            let sentence = sentence(of: start, folded)
            if ["by", "before", "until", "due"].contains(folded.words[start].text) { return true }
            return cues.contains { sentence.overlaps($0.words) } || date.words.contains { ["eod", "cob", "eob"].contains(folded.words[$0].text) }
        }.min { ($0.moment, $0.words.lowerBound) < ($1.moment, $1.words.lowerBound) }
    }

    private static let directCues: Set<String> = [
        "by", "before", "until", "till", "til", "due", "bis", "vor", "antes", "avant", "hasta", "deadline", "latest", "spatestens",
    ]

    static func sentence(of place: Int, _ folded: FoldedText) -> Range<Int> {
        var (start, end) = (place, place)
        while start > 0, !folded.words[start - 1].isEnd { start -= 1 }
        while end < folded.words.count, !folded.words[end].isEnd { end += 1 }
        return start..<max(end, start + 1)
    }
}
