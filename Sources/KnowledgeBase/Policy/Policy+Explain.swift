extension Policy {
    /// The policy in plain sentences, one rule each.
    public func explained() -> [String] {
        var lines: [String] = []
        lines.append(
            "An answer expected to be right in \(percent(autoBand)) of 100 cases or more is in the band auto; "
                + "from \(percent(draftBand)) on it is in the band draft; below that it goes to a person, "
                + "with the best guess as a note.")
        lines.append(
            "Until the band auto is certified on answers of this base that were reviewed while it began as low (29 without an error, 46 with "
                + "one), it acts as a draft (band_not_certified; self and prior: nor by a fit to no question of this base)."
        )
        lines.append(
            "A question for a code that no article has, though they have others of its kind, goes to a person (unknown_code)."
        )
        lines.append(sentence(autonomy, of: "Unless said otherwise below, answers"))
        for (intent, level) in autonomyByIntent.sorted(by: { $0.key < $1.key }) {
            lines.append(sentence(level, of: "Questions of the intent '\(intent)'"))
        }
        for (tag, level) in autonomyByTag.sorted(by: { $0.key < $1.key }) {
            lines.append(sentence(level, of: "Questions with the tag '\(tag)'"))
        }
        for (field, values) in autonomyByField.sorted(by: { $0.key < $1.key }) {
            for (value, level) in values.sorted(by: { $0.key < $1.key }) {
                lines.append(sentence(level, of: "Questions whose \(field) is '\(value)'"))
            }
        }
        lines.append(
            "Whoever asks for a person gets one, on the first message and whatever the confidence (from a probability of "
                + "\(rule(.askedForPerson).threshold) on that it is asked).")
        explainTriggers(&lines)
        lines.append("A draft that fails one of the grader's criteria is never sent by itself.")
        lines.append("A draft to a customer ends with: \"\(offer)\"")
        explainDesk(&lines)
        return lines
    }

    private func explainDesk(_ lines: inout [String]) {
        for (what, who) in desk.routes.sorted(by: { $0.key < $1.key }) {
            lines.append("Cases of '\(what)' go to \(who).")
        }
        lines.append("Other cases go to whoever resolved cases like them, else to \(desk.defaultTeam).")
        let hours = Urgency.Level.allCases.reversed().map { "\(number(desk.hours[$0] ?? 24)) (\($0.rawValue))" }
        lines.append(
            "A person has \(hours.joined(separator: ", ")) hours to move; after that the case goes to somebody else and "
                + "\(desk.lead) is told.")
        for (tier, factor) in desk.tiers.sorted(by: { $0.key < $1.key }) {
            lines.append("For verified customers of tier \(tier) these hours are multiplied by \(number(factor)).")
        }
        lines.append(
            "After \(number(desk.confirmAfterDays)) days a customer is asked whether an answer helped; a question of ours is "
                + "asked again after \(number(desk.nudgeAfterDays)) days, at most \(desk.nudges) times.")
        lines.append(
            desk.confirmedAfterDays.map {
                "An answer that nobody contradicts for \(number($0)) days counts as a confirmed resolution."
            } ?? "Silence confirms nothing: a case without a word of the customer's ends as abandoned.")
    }

    private func explainTriggers(_ lines: inout [String]) {
        let topic = rule(.sensitiveTopic)
        if topic.isOn {
            for item in topics where item.isOn {
                lines.append("On the topic '\(item.name)' the answer \(goes(item.action ?? topic.action)).")
            }
            for item in topics where !item.isOn { lines.append("The topic '\(item.name)' is switched off.") }
        } else {
            lines.append("Sensitive topics are switched off.")
        }
        let mood = rule(.sentiment)
        lines.append(
            mood.isOn
                ? "When the mood of a message is at or below \(mood.threshold) (from -1 to 1), the answer \(goes(mood.action))."
                : "The mood of a message is not looked at.")
        let near = rule(.ambiguity)
        if near.isOn {
            lines.append(
                "When two articles fit within \(near.threshold) of each other, the answer \(goes(near.action)).")
        }
        let foreign = rule(.foreignLanguage)
        if foreign.isOn {
            let spoken =
                languages.isEmpty
                ? "the articles are not written in" : "other than \(languages.joined(separator: ", "))"
            lines.append("When the question is in a language \(spoken), the answer \(goes(foreign.action)).")
        }
        let again = rule(.askedAgain)
        if again.isOn {
            lines.append(
                "When a customer asks the same thing again within \(number(askedAgainDays)) days of an answer, "
                    + "the answer \(goes(again.action)).")
        }
        let tier = rule(.customerTier)
        if tier.isOn, !(tierValues.isEmpty && tierCustomers.isEmpty) {
            let whose = tierValues.isEmpty ? [] : ["whose \(tierField) is \(tierValues.joined(separator: " or "))"]
            let who = tierCustomers.isEmpty ? [] : ["named \(tierCustomers.joined(separator: ", "))"]
            lines.append("For customers \((whose + who).joined(separator: " or ")), the answer \(goes(tier.action)).")
        }
    }

    private func goes(_ action: Band) -> String {
        action == .human ? "goes to a person" : "is a draft at most"
    }

    private func sentence(_ level: Autonomy, of what: String) -> String {
        switch level {
        case .off: "\(what) are not answered by kb; a person does."
        case .shadow: "\(what) go to a person, and what kb would have done is recorded."
        case .draft: "\(what) are drafts at most."
        case .auto: "\(what) may be sent by themselves when their band is auto."
        }
    }

    private func percent(_ share: Double) -> Int { Int((share * 100).rounded()) }

    private func number(_ value: Double) -> String { value == value.rounded() ? String(Int(value)) : String(value) }
}
