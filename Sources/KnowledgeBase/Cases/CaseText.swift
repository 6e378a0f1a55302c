import FoundationEssentials

/// What kb says in its own words: notices, reminders, notes to colleagues. Answers are the articles' words.
enum CaseText {
    /// The answer with where it stands and the way to a person.
    static func answer(_ decision: CaseDecision, offer: String) -> String {
        var text = decision.text
        let sources = decision.citations.reduce(into: [String]()) { lines, cited in
            let line = cited.title + (cited.url.map { ": " + $0 } ?? "")
            if !lines.contains(line) { lines.append(line) }
        }
        if !sources.isEmpty { text += "\n\n" + sources.joined(separator: "\n") }
        return offer.isEmpty ? text : text + "\n\n" + offer
    }

    /// To the customer, when a person takes over.
    static func handoff(_ item: Case, trigger: CaseDecision.Fired?, to owner: CaseOwner, due: Date?) -> String {
        let who = owner == .kb ? "our team" : "our \(team(owner)) team"
        let why =
            switch trigger?.code {
            case "asked_for_person": "You asked for a person: \(who) has your message now."
            case "sensitive_topic": "Your message is with \(who) now, since it should be looked at by a person."
            case "asked_again": "You had to write again: \(who) takes this over now."
            default: "Your message is with \(who) now."
            }
        let when = due.map { " You will hear from us by \(moment($0))." } ?? ""
        return why + " They have everything you wrote, so there is no need to repeat it." + when
    }

    private static func team(_ owner: CaseOwner) -> String {
        if case .team(let name) = owner { return name }
        return "support"
    }

    static func reassigned(_ item: Case, due: Date?) -> String {
        "We are sorry that this takes longer than it should: a colleague has taken it over."
            + (due.map { " You will hear from us by \(moment($0))." } ?? "")
    }

    static func lead(_ item: Case, from: CaseOwner, silent hours: Double) -> String {
        "Case \(item.id) (\(item.subject)) was with \(from.name) and past its service level for \(number(hours)) h; it is with \(item.owner.name) now."
    }

    static func waitsForLead(_ item: Case, silent hours: Double) -> String {
        "Case \(item.id) (\(item.subject)) has been with you past its service level for \(number(hours)) h: nobody comes after you."
    }

    static func update(_ item: Case, _ message: String) -> String {
        "Case \(item.id): the customer wrote again.\n\n\(message)"
    }

    static func ended(_ item: Case, _ event: CaseEvent) -> String {
        "Case \(item.id) is resolved: \(event.witness.map { "witness \($0.text)" } ?? event.kind.rawValue)."
    }

    static func settled(_ item: Case, _ event: CaseEvent) -> String {
        let issue = if case .issue(let name) = event.witness { " (\(name))" } else { "" }
        return
            "What you reported\(issue) is fixed now. If it is not for you, reply to this message and the case is open again."
    }

    static func confirmation(_ item: Case) -> String {
        "Did our answer on \"\(item.subject)\" solve it? A yes or no is enough: with a no we go on."
    }

    static func nudge(_ item: Case, number: Int, of all: Int) -> String {
        number < all
            ? "We still need your reply on \"\(item.subject)\" to go on."
            : "We have not heard from you on \"\(item.subject)\". We will not write again; a reply at any time opens it again."
    }

    /// - Parameter eta: hours, from measured times of such cases: half were done within the first, nine in ten within the second.
    static func status(_ item: Case, eta: (half: Double, most: Double, n: Int)?) -> String {
        let start =
            "Your case \"\(item.subject)\" is with \(item.owner == .kb ? "us" : "our \(team(item.owner)) team") and not forgotten."
        guard let eta else { return start + " We cannot say yet how long it will take." }
        return start
            + " Of \(eta.n) cases like it, half were resolved within \(duration(eta.half)) and nine in ten within \(duration(eta.most))."
    }

    static func duration(_ hours: Double) -> String {
        func count(_ number: Int, _ unit: String) -> String { "\(number) \(unit)\(number == 1 ? "" : "s")" }
        if hours < 1 { return count(max(1, Int((hours * 60).rounded())), "minute") }
        if hours < 48 { return count(Int(hours.rounded(.up)), "hour") }
        return count(Int((hours / 24).rounded(.up)), "day")
    }

    static func moment(_ date: Date) -> String {
        let text = date.formatted(.iso8601)
        return text.prefix(10) + " " + text.dropFirst(11).prefix(5) + " UTC"
    }

    static func number(_ value: Double) -> String {
        let rounded = (value * 10).rounded() / 10
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }
}
