import FoundationEssentials

/// What the loop achieved: every number is a list of cases.
public struct CaseReport: Sendable, Equatable {
    /// Who resolved it.
    public enum Handler: String, Sendable, CaseIterable {
        /// kb alone; a person alone; kb's words with a person's yes, or both in turn.
        case kb, person, both
    }

    public struct Times: Sendable, Equatable {
        /// Hours, with the case, ascending.
        public var hours: [(id: String, hours: Double)] = []
        public var n: Int { hours.count }
        public var median: Double? { quantile(0.5) }
        public var p90: Double? { quantile(0.9) }

        /// The least value that a share of at least `q` does not exceed: the place ⌈q · n⌉, counted from one.
        func quantile(_ q: Double) -> Double? {
            hours.isEmpty ? nil : hours[max(1, Int((q * Double(hours.count)).rounded(.up))) - 1].hours
        }

        public static func == (a: Times, b: Times) -> Bool {
            a.hours.map(\.id) == b.hours.map(\.id) && a.hours.map(\.hours) == b.hours.map(\.hours)
        }
    }

    public var since: Date?
    public var until: Date
    public var cases: [String] = []
    public var byState: [String: [String]] = [:]
    public var confirmed: [String] = []
    public var confirmedBy: [String: [String]] = [:]
    public var witnesses: [String: [String]] = [:]
    /// Cases by the trigger of each handoff.
    public var escalations: [String: [String]] = [:]
    public var escalated: [String] = []
    public var firstResponse = Times()
    public var resolution = Times()
    public var reopened: [String] = []
    /// Another case of the same customer within 30 days of a resolution.
    public var repeatContact: [String] = []
    public var abandoned: [String] = []
    /// Ended by the team without a resolution.
    public var dismissed: [String] = []
    public var promisesBroken: [String] = []
    /// Unit price times confirmed cases, by handler; nil where no price is set.
    public var cost: [String: Double] = [:]
    public var currency = ""

    /// Confirmed resolutions per case.
    public var confirmedRate: Double { cases.isEmpty ? 0 : Double(confirmed.count) / Double(cases.count) }
    public var escalationRate: Double { cases.isEmpty ? 0 : Double(escalated.count) / Double(cases.count) }
    public var costPerResolution: Double? {
        confirmed.isEmpty || cost.isEmpty ? nil : cost.values.reduce(0, +) / Double(confirmed.count)
    }
}
