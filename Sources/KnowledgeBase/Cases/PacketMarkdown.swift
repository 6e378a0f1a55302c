import FoundationEssentials

/// The packet for people to read.
public enum PacketMarkdown {
    public static func text(_ packet: HandoffPacket) -> String {
        var lines = ["# \(packet.case.id): \(line(packet.case.subject))", ""]
        lines += facts(packet).map { "- **\($0.name)**: \(line($0.value))" }
        for section in sections(packet) {
            lines += ["", "## \(section.title)", ""] + section.lines.map { $0.hasPrefix("> ") ? $0 : "- " + line($0) }
        }
        lines += ["", "Packet \(packet.hash.prefix(12)), complete to \(packet.completeness)."]
        return lines.joined(separator: "\n") + "\n"
    }

    struct Section {
        var title: String
        var lines: [String]
    }

    static func facts(_ packet: HandoffPacket) -> [(name: String, value: String)] {
        var facts: [(String, String)] = [("why", trigger(packet)), ("priority", packet.case.priority)]
        if let due = packet.case.slaDue { facts.append(("due", CaseText.moment(due))) }
        let who = packet.customer.id.map { $0 + (packet.customer.verified ? " (verified)" : " (claimed, not verified)") } ?? "unknown"
        let more = [packet.customer.organisation, packet.customer.tier.map { "tier " + $0 }, packet.customer.plan.map { "plan " + $0 }]
        facts.append(("customer", ([who] + more.compactMap { $0 }).joined(separator: ", ")))
        facts.append(("to", (packet.route.person.map { $0 + ", " } ?? "") + packet.route.team + " (" + packet.route.why + ")"))
        return facts
    }

    static func trigger(_ packet: HandoffPacket) -> String {
        var text = packet.trigger.id.isEmpty ? "no trigger" : packet.trigger.id
        if let value = packet.trigger.value { text += " \(value)" }
        if let threshold = packet.trigger.threshold { text += " (threshold \(threshold))" }
        if let detail = packet.trigger.detail { text += ": " + detail }
        return text
    }

    /// Everything but the facts, in the order in which a person reads; empty parts are left out.
    static func sections(_ packet: HandoffPacket) -> [Section] {
        var sections = [
            Section(title: "Request", lines: quoted(packet.summary.request)),
            Section(title: "Next step", lines: [packet.nextStep.text, packet.nextStep.why]),
        ]
        if !packet.nextStep.precedents.isEmpty {
            sections[1].lines.append("precedents: " + packet.nextStep.precedents.joined(separator: ", "))
        }
        if let guess = packet.bestGuess {
            let low = guess.interval.first ?? guess.pCorrect, high = guess.interval.last ?? guess.pCorrect
            sections.append(
                Section(
                    title: "Best guess, right with \(guess.pCorrect) (\(low) to \(high))",
                    lines: quoted(guess.text) + guess.citations.map { "\($0.title) (\($0.document):\($0.lines.first ?? 1))" + ($0.url.map { " " + $0 } ?? "") }))
        }
        func add(_ title: String, _ lines: [String]) { if !lines.isEmpty { sections.append(Section(title: title, lines: lines)) } }
        add("What changed", packet.summary.whatChanged)
        add("Tried", packet.attempted.map { "\(CaseText.moment($0.at)) \($0.action): \($0.result)" })
        add("Do not ask again", packet.doNotAsk)
        add("Promised", packet.customer.promises.map { "\($0.text) (\($0.by), \($0.due.map { "by " + CaseText.moment($0) } ?? "no date"), \($0.state))" })
        add("Earlier cases", packet.customer.history.map { "\($0.id) \($0.subject): \($0.resolution ?? $0.state)" })
        add("Cases like it", packet.similarIncidents.map { "\($0.id) \($0.subject) (\($0.similarity)): \($0.resolution ?? $0.state)" })
        add("Also fired", packet.trigger.allFired.filter { $0.id != packet.trigger.id }.map { "\($0.id)" + ($0.value.map { " \($0)" } ?? "") })
        add("Told the customer", packet.customerNotice.map { [$0.text] } ?? [])
        add("Conversation", packet.conversation.flatMap { ["\(CaseText.moment($0.at)) \($0.author):"] + quoted($0.text) })
        return sections
    }

    static func quoted(_ text: String) -> [String] {
        text.split(separator: "\n").map { "> " + $0 }
    }

    static func line(_ text: String) -> String { TextHygiene.collapsed(text) }
}
