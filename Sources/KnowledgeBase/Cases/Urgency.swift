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
        var deadline = Deadline.first(text, folded: folded, at: now)
        // Who says that there is no hurry has no deadline, whatever day is named, and does not press.
        if signs.contains(where: { $0.kind == "relaxed" }),
            !signs.contains(where: { ["outage", "blocked"].contains($0.kind) })
        {
            deadline = nil
            signs.removeAll { $0.kind != "relaxed" }
            evidence = Self.prior - 2.8
        }
        if let deadline {
            signs.insert(Sign(kind: "deadline", words: words(deadline.words)), at: 0)
            let hours = deadline.moment.timeIntervalSince(now) / 3600
            // A day is soon, a week is not; between them the cost of waiting falls with the logarithm of the time left.
            evidence += hours <= 8 ? 3.4 : hours <= 30 ? 2.2 : hours <= 72 ? 1.2 : hours <= 168 ? 0.4 : -0.5
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
        let wishes = UrgencyWords.wish.matches(in: folded)
        return DateExpression.find(folded, original: text, now: now).filter { date in
            let start = date.words.lowerBound
            // "by the end of the week", "bis zum 15.": the small words between say nothing.
            let before = Array(
                (max(0, start - 6)..<start).map { folded.words[$0].text }.reversed().drop { fillers.contains($0) }
                    .prefix(4)
                    .reversed())
            if date.isStretch, before.last.map({ ["every", "each"].contains($0) }) == true { return false }
            let sentence = sentence(of: start, folded)
            if isTold(date, sentence, folded) { return false }
            if let last = before.last, directCues.contains(last) { return true }
            if before.count >= 2,
                ["no later than", "at the latest", "prior to", "ahead of"].contains(where: {
                    before.joined(separator: " ").hasSuffix($0)
                })
            {
                return true
            }
            // Else something in the same sentence must say so.
            // A question about a day is none either, and a day of next year without its year was this year's.
            if isQuestion(sentence, folded, text) || date.moment.timeIntervalSince(now) > 270 * 86_400 { return false }
            let first = folded.words[start].text
            if ["by", "before", "until", "due", "within", "innerhalb", "binnen"].contains(first) { return true }
            // A wish counts where the day follows it: "please fix it today", not "I tried today, please help".
            let isWished = wishes.contains {
                sentence.overlaps($0.words) && $0.words.upperBound <= start && start - $0.words.upperBound <= 9
            }
            return isWished || cues.contains { sentence.overlaps($0.words) }
                || date.words.contains { ["eod", "cob", "eob"].contains(folded.words[$0].text) }
        }.min { ($0.moment, $0.words.lowerBound) < ($1.moment, $1.words.lowerBound) }
    }

    private static let directCues: Set<String> = [
        "by", "before", "until", "till", "til", "due", "bis", "vor", "antes", "avant", "hasta", "deadline", "latest",
        "spatestens", "para", "ici",
    ]
    private static let fillers: Set<String> = [
        "the", "this", "on", "at", "next", "our", "my", "latest", "zum", "zur", "den", "dem", "der", "del", "el", "la",
        "los", "le", "les", "de", "du", "end", "ende", "coming", "around", "about",
    ]

    /// The sentence tells of what was: "on Monday it still worked".
    private static func isTold(_ date: DateExpression, _ sentence: Range<Int>, _ folded: FoldedText) -> Bool {
        let near =
            max(sentence.lowerBound, date.words.lowerBound - 6)..<min(sentence.upperBound, date.words.upperBound + 4)
        return near.contains { !date.words.contains($0) && past.contains(folded.words[$0].text) }
    }

    private static func isQuestion(_ sentence: Range<Int>, _ folded: FoldedText, _ text: String) -> Bool {
        guard questionWords.contains(folded.words[sentence.lowerBound].text), sentence.upperBound < folded.words.count
        else {
            return false
        }
        let end = folded.words[sentence.upperBound].range.lowerBound
        let bytes = Array(text.utf8)
        return end < bytes.count && bytes[end] == UInt8(ascii: "?")
            && !sentence.contains {
                ["need", "must", "have", "deadline", "please", "fix"].contains(folded.words[$0].text)
            }
    }

    private static let questionWords: Set<String> = [
        "do", "does", "did", "is", "are", "was", "when", "what", "which", "how", "where", "who", "why", "will",
    ]
    private static let past: Set<String> = [
        "was", "were", "did", "worked", "tried", "started", "stopped", "happened", "bought", "ordered", "received",
        "sent", "paid",
        "updated", "installed", "upgraded", "reported", "wrote", "called", "got", "went", "came", "began", "broke",
        "told", "said",
        "noticed", "changed", "signed", "arrived", "missed", "ago", "yesterday", "earlier", "used", "announced",
        "released",
    ]

    static func sentence(of place: Int, _ folded: FoldedText) -> Range<Int> {
        var (start, end) = (place, place)
        while start > 0, !folded.words[start - 1].isEnd { start -= 1 }
        while end < folded.words.count, !folded.words[end].isEnd { end += 1 }
        return start..<max(end, start + 1)
    }
}
