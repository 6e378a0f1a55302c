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
    /// - Parameter vector: of the message, by the encoder the shipped weights know; without, the wording alone decides.
    public static func read(_ text: String, at now: Date, vector: [Float]? = nil) -> Urgency {
        let reading = UrgencyReading(text, at: now)
        let judged = UrgencyModel.shared.judge(
            reading, vector: vector, fit: vector == nil ? UrgencyWeights.fitByWording : UrgencyWeights.fit)
        var urgency = Urgency(level: .normal, probability: 0, deadline: nil, signs: [])
        var evidence = prior
        func add(_ kind: String, _ words: Range<Int>?, _ weight: Double) {
            urgency.signs.append(Sign(kind: kind, words: words.map(reading.part) ?? ""))
            evidence += weight
        }
        let best = judged.dates.indices.max { (judged.dates[$0], $1) < (judged.dates[$1], $0) }
        if let best, judged.dates[best] >= 0.5 {
            let date = reading.dates[best].date
            urgency.deadline = date.moment
            // A day is soon, a week is not; between them the cost of waiting falls with the time left.
            let hours = date.moment.timeIntervalSince(now) / 3600
            add(
                "deadline", date.words,
                hours <= 8 ? 3.4 : hours <= 30 ? 2.2 : hours <= 72 ? 1.2 : hours <= 168 ? 0.4 : -0.5)
        }
        if judged.blocked >= 0.5 {
            // Of many, or of one: the tables tell, for how many it is counts more than that it is.
            let isOutage = reading.matches["outage"] != nil
            let words = reading.matches["outage"] ?? reading.matches["blocked"] ?? reading.tellingPart(0)
            add(isOutage ? "outage" : "blocked", words, isOutage ? 3.4 : 2.0)
        }
        if judged.repeated >= 0.5 { add("repeated", reading.matches["repeated"] ?? reading.tellingPart(1), 1.6) }
        if let words = reading.matches["relaxed"], urgency.signs.isEmpty {
            // Who says that there is no hurry does not press, whatever words of haste they use to say so.
            add("relaxed", words, -2.8)
        } else if let words = reading.matches["pressing"] {
            add("pressing", words, 2.6)
        }
        urgency.probability = LogOdds.probability(evidence)
        urgency.level =
            urgency.probability >= 0.85
            ? .urgent : urgency.probability >= 0.5 ? .high : evidence < prior - 0.6 ? .low : .normal
        return urgency
    }

    /// Log-odds that a message with no sign of haste cannot wait a day.
    private static let prior = -1.5
}
