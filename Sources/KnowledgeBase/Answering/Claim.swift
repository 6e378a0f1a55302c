/// A sentence as contradictions are looked for: its matter, its facts, of whom it speaks, and what it allows or asks.
struct Claim: Sendable {
    let stems: Set<String>
    let facts: Facts
    /// Members of the contrast groups that it names, by group.
    private let qualifiers: [Int: Set<String>]
    /// Those before its verb: of whom it speaks.
    private let subject: [Int: Set<String>]
    /// "Every plan": then a qualifier does not set it apart.
    private let isGeneral: Bool
    private let asks: Int
    private let isOn: Int
    let denies: Bool
    /// The words that say that something changed: "no longer", "was replaced".
    let change: String?

    /// Whether it gives a number, a date, or says "no" or "must": what another can contradict.
    var statesFacts: Bool {
        !facts.quantities.isEmpty || !facts.dates.isEmpty || !facts.years.isEmpty || !facts.weekdays.isEmpty || denies
            || asks != 0 || isOn != 0
    }

    init(_ text: String) {
        let folded = FoldedText(text)
        self.init(text, folded: folded, words: Grading.plainWords(folded))
    }

    /// - Parameter words: the plain ones of `folded`, which is the text.
    init(_ text: String, folded: FoldedText, words: [String]) {
        let main = Facts.mainClause(text, words: words)
        facts = Facts(text, words: words, main: main)
        stems = Self.matter(words, facts)
        let verb = words.firstIndex(where: Self.verbs.contains) ?? 0
        qualifiers = Self.qualifiers(words)
        subject = Self.qualifiers(Array(words[..<verb]))
        isGeneral = words.contains(where: Self.general.contains)
        // Two clauses that both deny do not affirm.
        let negated = Self.clauses(text).contains { clause in
            Facts.unconditional(clause.map { Grading.plainWords($0) } ?? words).filter(Facts.negations.contains).count
                % 2
                == 1
        }
        func sign(_ positive: WordSet, _ negative: WordSet) -> Int {
            if main.contains(where: negative.contains) { return negated ? 1 : -1 }
            if main.contains(where: positive.contains) { return negated ? -1 : 1 }
            return 0
        }
        asks = sign(
            Self.required, Self.optional)
        let switched = sign(Self.enabled, Self.disabled)
        let switchedOn = Self.switchedOn.contains { Grading.contains(main, $0) }
        isOn = switched != 0 ? switched : switchedOn ? (negated ? -1 : 1) : 0
        let lowers = main.filter(Self.lowering.contains)
        denies = ((negated ? 1 : 0) + lowers.count) % 2 == 1
        change = Self.change(in: folded)
    }

    /// Stems of the words that carry the matter of a text, without numbers and what they count.
    static func matter(_ words: [String], _ facts: Facts) -> Set<String> {
        let units = Set(facts.quantities.map(\.unit))
        return ContentWords.stems(words).filter {
            !$0.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } && !units.contains($0) && Facts.numerals[$0] == nil
                && Facts.months[$0] == nil
        }
    }

    /// What a question, titles and headings name: there it sets no claim apart.
    struct Context: Sendable {
        fileprivate let qualifiers: [Int: Set<String>]

        init(_ text: String) { self.init(words: Grading.plainWords(text)) }

        init(words: [String]) { qualifiers = Claim.qualifiers(words) }
    }

    /// The parts between commas and the like; `nil` stands for the whole text where there is only one.
    private static func clauses(_ text: String) -> [String?] {
        // Most sentences have none of these: a look at the bytes tells.
        guard text.utf8.contains(where: { $0 == 44 || $0 == 58 || $0 == 59 || $0 == 0xE2 }) else { return [nil] }
        let parts = text.unicodeScalars.split {
            switch $0 {
            case ",", ";", ":", "—", "–": true
            default: false
            }
        }
        return parts.count == 1 && parts[0].count == text.unicodeScalars.count ? [nil] : parts.map { String($0) }
    }

    private static let general: WordSet = ["every", "all", "any", "both", "everyone", "anyone"]
    private static let required: WordSet = [
        "required", "must", "mandatory", "obligatory", "compulsory", "needed", "necessary",
    ]
    private static let optional: WordSet = ["optional", "voluntary"]
    private static let enabled: WordSet = ["enabled", "active", "activated"]
    private static let disabled: WordSet = ["off", "disabled", "inactive", "deactivated"]
    private static let switchedOn = [
        ["switched", "on"], ["turned", "on"], ["is", "on"], ["are", "on"], ["on", "by", "default"],
    ]
    private static let lowering: WordSet = [
        "off", "impossible", "forbidden", "prohibited", "excluded", "inactive", "deactivated", "closed",
    ]

    /// The words that say that something changed.
    static func change(in text: FoldedText) -> String? { GradingPhrases.change.matches(in: text).first?.phrase }

    /// How near two claims must be, by the cosine of their sentences; measured on 150 drafts, benchmarks/results/policy.md.
    private enum Near {
        /// With two words of the matter in common.
        static let some = 0.58
        /// With one.
        static let very = 0.69
        /// Both give what the question asks for, a time or a sum.
        static let answer = 0.50
        /// The opposite without a number.
        static let opposite = 0.70
    }

    /// What the two disagree on when they speak of one thing, else `nil`.
    ///
    /// - Parameter cosine: of the two sentences; `nil` when there are no vectors: then the words alone decide.
    /// - Parameter asked: the units that the question asks for, when the other sentence is near to the question.
    func disagreement(with other: Claim, cosine: Double?, asked: Set<String> = [], context: Context) -> String? {
        let shared = stems.intersection(other.stems).count
        let overlap = Double(shared) / Double(max(1, min(stems.count, other.stems.count)))
        guard !isSetApart(from: other, context) else { return nil }
        let near: Bool
        let opposite: Bool
        if let cosine {
            near = cosine >= Near.some && shared >= 2 || cosine >= Near.very && shared >= 1 || cosine >= 0.85
            opposite = cosine >= Near.opposite && shared >= 1 || cosine >= Near.some && shared >= 2 && overlap >= 0.5
        } else {
            let union = Double(max(1, stems.union(other.stems).count))
            near = shared >= 2 && overlap >= 0.6
            opposite = shared >= 2 && Double(shared) / union >= 0.6
        }
        if near, let what = facts.disagreement(with: other.facts) { return what }
        if let cosine, cosine >= Near.answer {
            var (own, others) = (facts, other.facts)
            own.quantities.removeAll { !asked.contains($0.unit) }
            others.quantities.removeAll { !asked.contains($0.unit) }
            if !own.quantities.isEmpty, let what = own.disagreement(with: others) { return what }
        }
        if near, asks * other.asks < 0 { return "what is required" }
        if near, isOn * other.isOn < 0 { return "on or off" }
        if opposite, asks == 0 || other.asks == 0, denies != other.denies { return "a negation" }
        return nil
    }

    /// Whether the other says that what this one tells has changed.
    func isChanged(by other: Claim, context: Context) -> Bool {
        guard other.change != nil, change == nil else { return false }
        return stems.intersection(other.stems).count >= 2 && !isSetApart(from: other, context)
    }

    /// One speaks of the pro plan and the other of the free one, one of Android and the other of the iPhone.
    func isSetApart(from other: Claim, _ context: Context) -> Bool {
        for (group, own) in subject {
            if let others = other.subject[group], own.isDisjoint(with: others) { return true }
        }
        if isGeneral || other.isGeneral { return false }
        for group in Set(qualifiers.keys).union(other.qualifiers.keys) {
            let (own, others) = (qualifiers[group] ?? [], other.qualifiers[group] ?? [])
            let known = context.qualifiers[group] ?? []
            if !own.isEmpty, !others.isEmpty {
                if own.isDisjoint(with: others) { return true }
            } else if own.isEmpty, others.isDisjoint(with: known), !others.isEmpty {
                return true
            }
        }
        return false
    }

    private static func qualifiers(_ words: [String]) -> [Int: Set<String>] {
        var found: [Int: Set<String>] = [:]
        for (i, word) in words.enumerated() {
            if let group = groupOf[word] {
                found[group, default: []].insert(singular[word] ?? word)
            } else if word == "free", i + 1 < words.count,
                ["plan", "account", "version", "tier", "edition", "accounts"].contains(words[i + 1])
            {
                found[0, default: []].insert("free")
            }
        }
        return found
    }

    private static let verbs: WordSet = [
        "can", "cannot", "cant", "may", "must", "is", "are", "was", "were", "do", "does", "has", "have", "will",
        "should", "need", "needs", "take", "takes",
        "cost", "costs", "pay", "pays", "last", "lasts", "include", "includes", "get", "gets", "reach", "stay", "stays",
        "run", "runs", "work", "works",
    ]
    private static let groups = [
        "basic standard starter plus premium pro professional team enterprise unlimited",
        "student teacher senior child children kid kids adult adults member members guest guests admin admins administrator administrators owner owners moderator visitor visitors employee employees students regular fourteen",
        "android iphone ipad ios mac macos windows linux web desktop mobile browser",
        "express overnight economy early late regular standard priority",
        "domestic international europe european eu uk us usa canada norway switzerland overseas abroad haul",
        "monthly yearly annual quarterly",
        "digital physical sale hardware webinar webinars online",
        "incoming outgoing inbound outbound", "internal external", "personal private business commercial corporate",
        "image images video videos comment comments attachment attachments",
    ]
    private static let groupOf: WordMap<Int> = {
        var table: [String: Int] = [:]
        for (i, words) in groups.enumerated() { for word in words.pieces(" ") { table[String(word)] = i } }
        return WordMap(table)
    }()
    private static let singular: WordMap<String> = [
        "children": "child", "kid": "child", "kids": "child", "adults": "adult", "members": "member", "guests": "guest",
        "admins": "admin",
        "administrator": "admin", "administrators": "admin", "owners": "owner", "visitors": "visitor",
        "employees": "employee", "students": "student",
        "ios": "iphone", "ipad": "iphone", "macos": "mac", "european": "europe", "eu": "europe", "professional": "pro",
        "yearly": "annual", "images": "image",
        "videos": "video", "comments": "comment", "attachments": "attachment", "webinars": "webinar",
    ]
}
