import FoundationEssentials

/// A case's place in the queue by what waiting costs, with the reasons.
public struct QueuePlace: Sendable, Equatable {
    public struct Reason: Sendable, Equatable {
        public var what: String
        /// What it adds to the cost; the costs of all add up to the place.
        public var cost: Double
    }

    public var item: Case
    public var cost: Double
    public var reasons: [Reason]

    /// - Parameter factor: of the tier on the service level; below 1 is sooner.
    init(_ item: Case, tier: String?, factor: Double, now: Date) {
        self.item = item
        var reasons: [Reason] = []
        func add(_ what: String, _ cost: Double) {
            if abs(cost) >= 0.005 { reasons.append(Reason(what: what, cost: (cost * 100).rounded() / 100)) }
        }
        if item.triage == nil { add("not looked at yet: kb ticket run \(item.id)", 2) }
        if let triage = item.triage {
            add("\(triage.urgency.level.rawValue)", 4 * triage.urgency.probability)
            if let deadline = triage.urgency.deadline {
                // A day away costs half of what an hour away does.
                let hours = max(0, deadline.timeIntervalSince(now) / 3600)
                add(
                    deadline < now ? "its deadline has passed" : "deadline in \(CaseText.duration(hours))",
                    3 / (1 + hours / 24))
            }
            add("the customer is displeased", 1.5 * max(0, triage.mood.probability - Sentiment.displeased(0)))
        }
        if let due = item.dueAt {
            let hours = due.timeIntervalSince(now) / 3600
            add(
                hours < 0
                    ? "service level missed \(CaseText.duration(-hours)) ago"
                    : "service level due in \(CaseText.duration(hours))",
                hours < 0 ? 3 + min(2, -hours / 24) : 2 / (1 + hours / 4))
        }
        if let tier, factor < 1 { add("tier \(tier)", 1 / factor - 1) }
        let age = max(0, now.timeIntervalSince(item.createdAt) / 86_400)
        // Nobody waits for ever, but age alone outweighs no outage: a day counts .5, a week 1.5, a year 4.3.
        add("waiting for \(CaseText.duration(age * 24))", 0.5 * LogOdds.binaryLogarithm(1 + age))
        self.reasons = reasons.sorted { ($1.cost, $0.what) < ($0.cost, $1.what) }
        cost = (reasons.reduce(0) { $0 + $1.cost } * 100).rounded() / 100
    }

    /// A total order: dearest first, then oldest, then by id.
    static func < (a: QueuePlace, b: QueuePlace) -> Bool {
        if a.cost != b.cost { return a.cost > b.cost }
        if a.item.createdAt != b.item.createdAt { return a.item.createdAt < b.item.createdAt }
        return a.item.id < b.item.id
    }
}
