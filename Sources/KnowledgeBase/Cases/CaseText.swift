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

    private static func words(_ item: Case) -> CustomerWords { .of(item.triage?.language?.name) }

    /// A text with its places filled in; what is filled in is not looked through again.
    private static func fill(_ text: String, _ values: [String: String]) -> String {
        var out = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            out += rest[..<open]
            out += values[String(rest[rest.index(after: open)..<close])] ?? ""
            rest = rest[rest.index(after: close)...]
        }
        return out + rest
    }

    private static func who(_ owner: CaseOwner, _ words: CustomerWords) -> String {
        if owner == .kb { return words.ourTeam }
        if case .team(let name) = owner { return fill(words.namedTeam, ["team": name]) }
        return fill(words.namedTeam, ["team": "support"])
    }

    /// Sentences begin with a capital, whatever was filled in.
    private static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// To the customer, when a person takes over.
    static func handoff(_ item: Case, trigger: CaseDecision.Fired?, to owner: CaseOwner, due: Date?) -> String {
        let words = words(item)
        let why =
            switch trigger?.code {
            case "asked_for_person": words.askedForPerson
            case "sensitive_topic": words.sensitive
            case "asked_again": words.askedAgain
            default: words.withTeam
            }
        return sentence(fill(why, ["who": who(owner, words)])) + " " + words.noNeedToRepeat + by(due, words)
    }

    private static func by(_ due: Date?, _ words: CustomerWords) -> String {
        due.map { " " + fill(words.by, ["moment": moment($0)]) } ?? ""
    }

    static func reassigned(_ item: Case, due: Date?) -> String {
        let words = words(item)
        return words.reassigned + by(due, words)
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
        return fill(words(item).settled, ["issue": issue])
    }

    static func confirmation(_ item: Case) -> String { fill(words(item).confirmation, ["subject": item.subject]) }

    static func nudge(_ item: Case, number: Int, of all: Int) -> String {
        fill(number < all ? words(item).nudge : words(item).lastNudge, ["subject": item.subject])
    }

    /// - Parameter eta: hours, from measured times of such cases: half were done within the first, nine in ten within the second.
    static func status(_ item: Case, eta: (half: Double, most: Double, n: Int)?) -> String {
        let words = words(item)
        let start = fill(
            words.status, ["subject": item.subject, "who": item.owner == .kb ? words.withUs : who(item.owner, words)])
        guard let eta else { return start + " " + words.unknownTime }
        let values = ["n": String(eta.n), "half": words.duration(eta.half), "most": words.duration(eta.most)]
        return start + " " + fill(words.times, values)
    }

    static func duration(_ hours: Double) -> String { CustomerWords.english.duration(hours) }

    static func moment(_ date: Date) -> String {
        let text = date.formatted(.iso8601)
        return text.prefix(10) + " " + text.dropFirst(11).prefix(5) + " UTC"
    }

    static func number(_ value: Double) -> String {
        let rounded = (value * 10).rounded() / 10
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }
}
