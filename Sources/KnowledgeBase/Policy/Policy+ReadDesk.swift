import Yams

extension PolicyReader {
    mutating func readDesk(_ node: Node) {
        let known = [
            "lead", "teams", "routes", "default", "hours", "tiers", "followup", "confirmed_after_days", "costs",
            "currency",
            "products", "jira_project",
        ]
        each(node, "desk", known) { reader, key, value in
            let place = "desk.\(key)"
            switch key {
            case "lead": if let text = reader.text(value, place) { reader.policy.desk.lead = text }
            case "default": if let text = reader.text(value, place) { reader.policy.desk.defaultTeam = text }
            case "currency": if let text = reader.text(value, place) { reader.policy.desk.currency = text }
            case "jira_project": if let text = reader.text(value, place) { reader.policy.desk.jiraProject = text }
            case "products": reader.policy.desk.products = reader.texts(value, place)
            case "teams":
                reader.eachNamed(value, place) { reader, team, value in
                    reader.policy.desk.teams[team] = reader.texts(value, "\(place).\(team)")
                }
            case "routes":
                reader.eachNamed(value, place) { reader, what, value in
                    if let text = reader.text(value, "\(place).\(what)") { reader.policy.desk.routes[what] = text }
                }
            case "hours":
                reader.each(value, place, Urgency.Level.allCases.map(\.rawValue)) { reader, level, value in
                    if let number = reader.number(value, "\(place).\(level)", 0.01...8760) {
                        reader.policy.desk.hours[Urgency.Level(rawValue: level)!] = number
                    }
                }
            case "tiers":
                reader.eachNamed(value, place) { reader, tier, value in
                    if let number = reader.number(value, "\(place).\(tier)", 0.01...100) {
                        reader.policy.desk.tiers[tier] = number
                    }
                }
            case "costs":
                reader.each(value, place, CaseReport.Handler.allCases.map(\.rawValue)) { reader, handler, value in
                    if let number = reader.number(value, "\(place).\(handler)", 0...1_000_000) {
                        reader.policy.desk.costs[handler] = number
                    }
                }
            case "confirmed_after_days":
                if let number = reader.number(value, place, 1...365) {
                    reader.policy.desk.confirmedAfterDays = number
                }
            default: reader.readFollowUp(value)
            }
        }
        let desk = policy.desk
        // Without a list of people any name may be a person's.
        guard desk.teams.contains(where: { !$0.value.isEmpty }) else { return }
        for (what, target) in desk.routes.sorted(by: { $0.key < $1.key })
        where desk.team(of: target) == nil && target != desk.lead {
            report(
                at: ["desk.routes.\(what)"],
                "desk.routes sends \(what) to '\(target)', who is no team and in none: list them under teams")
        }
    }

    private mutating func readFollowUp(_ node: Node) {
        let known = [
            "nudge_after_days", "nudges", "confirm_after_days", "quiet_after_days", "status_every_days",
        ]
        each(node, "desk.followup", known) { reader, key, value in
            let place = "desk.followup.\(key)"
            if key == "nudges" {
                if let number = reader.number(value, place, 0...10) { reader.policy.desk.nudges = Int(number) }
                return
            }
            guard let number = reader.number(value, place, 0.01...365) else { return }
            switch key {
            case "nudge_after_days": reader.policy.desk.nudgeAfterDays = number
            case "confirm_after_days": reader.policy.desk.confirmAfterDays = number
            case "quiet_after_days": reader.policy.desk.quietAfterDays = number
            default: reader.policy.desk.statusEveryDays = number
            }
        }
    }
}
