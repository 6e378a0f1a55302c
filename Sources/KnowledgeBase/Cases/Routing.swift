/// Who should take a case, and why.
public struct Route: Sendable, Equatable {
    public var team: String
    /// Nil where the team decides.
    public var person: String?
    public var why: String
    public var alternates: [String]

    var owner: CaseOwner { person.map(CaseOwner.person) ?? .team(team) }

    /// Somebody's record on cases like this one.
    struct Record: Sendable {
        var person: String
        /// Sum of the likeness of the cases they resolved.
        var weight: Double
        var cases: [String]
    }

    /// By the policy's routes first, then by who resolved alike cases, then the default.
    ///
    /// - Parameter keys: what routes may name, the most telling first: topics, triggers, the intent, the type.
    /// - Parameter records: who resolved alike cases, the best first.
    /// - Parameter without: who had their time.
    /// - Parameter load: open cases by person.
    static func find(
        keys: [String], records: [Record], desk: DeskRules, without: Set<String> = [], load: [String: Int] = [:]
    ) -> Route {
        var why: [String] = []
        var target = desk.defaultTeam
        if let key = keys.first(where: { desk.routes[$0] != nil }) {
            target = desk.routes[key]!
            why.append("the policy sends \(key) to \(target)")
        }
        if case .person(let name) = desk.owner(named: target), !without.contains(name) {
            let team = desk.team(of: name) ?? desk.defaultTeam
            return Route(
                team: team, person: name, why: why.joined(separator: "; "),
                alternates: (desk.teams[team] ?? []).filter { $0 != name && !without.contains($0) })
        }
        let team = desk.team(of: target) ?? target
        let members = desk.teams[team] ?? []
        let isDirected = !why.isEmpty
        // With a list of members only they are asked; without one, whoever resolved such cases.
        let able = records.filter { record in
            !without.contains(record.person) && (members.isEmpty ? !isDirected : members.contains(record.person))
        }
        if let best = able.first {
            why.append(
                "\(best.person) resolved \(best.cases.count) case\(best.cases.count == 1 ? "" : "s") like this (\(best.cases.prefix(3).joined(separator: ", ")))")
            return Route(
                team: desk.team(of: best.person) ?? team, person: best.person, why: why.joined(separator: "; "),
                alternates: able.dropFirst().map(\.person) + members.filter { m in !able.contains { $0.person == m } && !without.contains(m) })
        }
        let free = members.filter { !without.contains($0) }.enumerated().min {
            (load[$0.element] ?? 0, $0.offset) < (load[$1.element] ?? 0, $1.offset)
        }
        if let free {
            why.append("\(free.element) has the fewest open cases of \(team)")
            return Route(
                team: team, person: free.element, why: why.joined(separator: "; "),
                alternates: members.filter { $0 != free.element && !without.contains($0) })
        }
        if why.isEmpty { why.append("nobody resolved a case like this yet: \(team) takes what nothing else says") }
        return Route(team: team, person: nil, why: why.joined(separator: "; "), alternates: [])
    }
}
