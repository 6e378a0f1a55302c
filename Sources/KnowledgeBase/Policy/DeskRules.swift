/// How the team works: who takes what, how soon, what follows, what it costs. The part `desk` of `policy.yaml`.
public struct DeskRules: Sendable, Equatable {
    /// Who hears of cases nobody moves.
    public var lead = "lead"
    /// People by team; a team without people is told as a team.
    public var teams: [String: [String]] = [:]
    /// Team or person by an intent, a sensitive topic, a type (`bug`, `feature`, `question`) or a trigger.
    public var routes: [String: String] = [:]
    /// Where nothing else says.
    public var defaultTeam = "support"
    /// Hours until a person must have moved, by urgency.
    public var hours: [Urgency.Level: Double] = [.urgent: 1, .high: 4, .normal: 24, .low: 72]
    /// Factor on the hours, by the customer's tier; below 1 is sooner.
    public var tiers: [String: Double] = [:]
    public var nudgeAfterDays = 3.0
    public var nudges = 2
    public var confirmAfterDays = 2.0
    /// From the last reminder to `abandoned`, and from the confirmed end to `closed`.
    public var quietAfterDays = 7.0
    public var statusEveryDays = 2.0
    /// A proposed resolution that nobody contradicts for so many days is confirmed by this rule of the team; nil: never.
    public var confirmedAfterDays: Double?
    /// What one case costs, by who resolved it.
    public var costs: [String: Double] = [:]
    public var currency = ""
    /// Names of products, as customers write them.
    public var products: [String] = []
    public var jiraProject = "SUPPORT"

    public init() {}

    /// The team of a person or team; nil where nobody is called so.
    func team(of name: String) -> String? {
        if teams[name] != nil || name == defaultTeam { return name }
        return teams.sorted { $0.key < $1.key }.first { $0.value.contains(name) }?.key
    }

    func owner(named name: String) -> CaseOwner {
        if teams[name] == nil, name == lead || teams.values.contains(where: { $0.contains(name) }) {
            return .person(name)
        }
        return .team(name)
    }

    /// Who is meant by a name that somebody typed, whatever its case.
    ///
    /// - Throws: `invalidArgument` for an empty name, and for one that nobody has where the policy names the team's people.
    func owner(called typed: String) throws -> CaseOwner {
        let name = String(typed.trimmed)
        guard !name.isEmpty, !name.contains(where: \.isNewline), !["kb", "customer"].contains(name.lowercased()) else {
            throw KnowledgeBaseError.invalidArgument(
                "'\(typed)' names nobody who could have a case. Write a person's or a team's name.")
        }
        let known = (teams.keys + teams.values.flatMap { $0 } + [lead, defaultTeam]).sorted()
        if let same = known.first(where: { $0 == name }) ?? known.first(where: { $0.lowercased() == name.lowercased() })
        {
            return owner(named: same)
        }
        guard teams.values.allSatisfy(\.isEmpty) else {
            throw KnowledgeBaseError.invalidArgument(
                "policy.yaml knows nobody called '\(name)'. Known: \(Set(known).sorted().joined(separator: ", ")).")
        }
        return owner(named: name)
    }

    /// Hours until a person must have moved.
    func hours(_ level: Urgency.Level, tier: String?) -> Double {
        (hours[level] ?? 24) * (tier.flatMap { tiers[$0] } ?? 1)
    }
}
