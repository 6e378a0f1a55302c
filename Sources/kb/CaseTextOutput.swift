import FoundationEssentials
import KnowledgeBase

/// Cases as text.
enum CaseTextOutput {
    typealias Story = (
        item: Case, messages: [CaseMessage], promises: [CasePromise], outbox: [OutboxItem], journal: [JournalEntry],
        customer: String?
    )

    static func show(_ story: Story) {
        let item = story.item
        Console.print(Console.bold("\(Console.inline(item.id))  \(Console.inline(item.subject))"))
        Console.print(
            "\(item.state.rawValue), with \(Console.inline(item.owner.name)); episode \(item.episode), by \(item.channel)"
                + (item.dueAt.map { ", due \(JSONOutput.time($0))" } ?? ""))
        Console.print(
            "customer \(story.customer ?? "unknown")"
                + (story.customer == nil
                    ? "" : item.isVerified ? " (verified)" : " (claimed: kb ticket verify \(Console.inline(item.id)))"))
        if let triage = item.triage { Console.print(line(triage)) }
        for message in story.messages {
            Console.print()
            let who = message.author.rawValue + (message.name.map { " " + Console.inline($0) } ?? "")
            Console.print(Console.dim("\(JSONOutput.time(message.at))  \(who)\(message.isPublic ? "" : " (private)")"))
            Console.print(Console.wrap(Console.safe(message.body)))
        }
        if let decision = item.decision {
            Console.print()
            print(decision)
        }
        for promise in story.promises {
            Console.print(
                "promised by \(Console.inline(promise.by)): \(Console.inline(promise.text))"
                    + (promise.keptAt == nil ? "" : " (kept)"))
        }
        if !story.outbox.isEmpty { Console.print() }
        for out in story.outbox {
            Console.print("out  \(JSONOutput.time(out.at))  \(out.kind.padded(13)) to \(Console.inline(out.recipient))")
        }
        for entry in story.journal {
            Console.print(Console.dim("#\(entry.seq)  \(JSONOutput.time(entry.at))  \(entry.kind) by \(entry.actor)"))
        }
    }

    static func line(_ triage: Triage) -> String {
        var parts: [String] = []
        if let intent = triage.intent { parts.append("\(intent.name) \(number(intent.probability))") }
        parts.append("\(triage.type.name) \(number(triage.type.probability))")
        var urgency = "\(triage.urgency.level.rawValue) \(number(triage.urgency.probability))"
        if !triage.urgency.signs.isEmpty {
            urgency +=
                " ("
                + triage.urgency.signs.map { "\($0.kind): \"\(Console.inline($0.words))\"" }.joined(separator: ", ")
                + ")"
        }
        parts.append(urgency)
        if let deadline = triage.urgency.deadline { parts.append("by \(JSONOutput.time(deadline))") }
        parts.append("mood \(number(triage.mood.value))")
        if let language = triage.language { parts.append("\(language.name) \(number(language.probability))") }
        if let product = triage.product {
            parts.append("\(Console.inline(product.name)) \(number(product.probability))")
        }
        return parts.joined(separator: ", ")
    }

    static func print(_ run: CaseRun, explain: Bool) {
        let what =
            switch run.action {
            case .answer: "answered"
            case .draft: "drafted, for \(run.owner.name)'s yes"
            case .question: run.state == .waitingCustomer ? "asked" : "drafted a question, for \(run.owner.name)'s yes"
            case .handoff: "handed over to \(run.owner.name)"
            case nil: run.state.isEnded ? "looked at: it had ended already" : "looked at: a person was there first"
            }
        Console.print(
            "\(Console.inline(run.id)): \(Console.inline(what))  \(Console.dim(Console.inline(String(run.subject.prefix(60)))))"
        )
        guard explain else { return }
        Console.print("  " + line(run.triage))
        print(run.decision)
        if let route = run.route {
            Console.print("  to \(Console.inline(route.person ?? route.team)): \(Console.inline(route.why))")
        }
        for line in ExplanationText.lines(run.explanation) { Console.print(Console.dim("  " + line)) }
    }

    static func print(_ decision: CaseDecision) {
        Console.print(
            "  \(decision.action.rawValue): right with \(number(decision.confidence)), answerable \(number(decision.answerable)) (kb mark \(decision.answerID))"
        )
        for fired in decision.fired {
            var line = "  \(fired.code)"
            if let value = fired.value { line += " \(number(value))" }
            if let threshold = fired.threshold { line += " at \(number(threshold))" }
            if let detail = fired.detail { line += ": \(Console.inline(detail))" }
            Console.print(line)
        }
        if !decision.text.isEmpty {
            Console.print(
                Console.wrap(Console.safe(decision.text), width: Console.width - 4).split(separator: "\n").map {
                    "    " + $0
                }.joined(separator: "\n"))
        }
        for cited in decision.citations.prefix(3) {
            Console.print("    \(Console.inline(cited.document)):\(cited.lines.first ?? 1)")
        }
    }

    static func number(_ value: Double) -> String { String(JSONOutput.rounded(value, 3)) }
}
