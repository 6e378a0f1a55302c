/// One sentence as the grader's features see it, read once: its words, its matter, its facts, and what it turns on.
struct SentenceReading: Sendable {
    let words: Set<String>
    /// Stems of the words that carry its matter, without numbers.
    let stems: Set<String>
    let facts: Facts
    let claim: Claim
    /// Words with a capital inside a sentence, in lower case: names, menus, plans.
    let names: Set<String>
    /// Names of models and products, which mix letters with digits: `x5`, `k2`.
    let models: Set<String>
    let wordCount: Int

    init(_ text: String) {
        let plain = Grading.plainWords(text)
        words = Set(plain)
        wordCount = plain.count
        claim = Claim(text)
        facts = claim.facts
        stems = claim.stems
        (names, models) = Self.names(text)
    }

    /// An odd number of denials.
    var denies: Bool { claim.denies }

    func has(_ any: Set<String>) -> Bool { !words.isDisjoint(with: any) }

    /// What each gives in one unit: do they agree anywhere, do they differ anywhere?
    func compare(with other: SentenceReading) -> (agree: Bool, differ: Bool) {
        var (agree, differ) = (false, false)
        let (own, others) = (facts.values, other.facts.values)
        for (unit, values) in own {
            guard let theirs = others[unit] else { continue }
            if values.contains(where: { a in theirs.contains { abs(a - $0) <= 0.02 * max(abs(a), abs($0)) } }) {
                agree = true
            } else {
                differ = true
            }
        }
        for (own, others) in [(facts.weekdays, other.facts.weekdays), (facts.dates, other.facts.dates)]
        where !own.isEmpty && !others.isEmpty {
            if own.isDisjoint(with: others) { differ = true } else { agree = true }
        }
        return (agree, differ)
    }

    /// Pairs of opposites of which each sentence has one side.
    func opposes(_ other: SentenceReading) -> Bool {
        Self.opposites.contains { first, second in
            has(first) && other.has(second) && !has(second) && !other.has(first)
                || has(second) && other.has(first) && !has(first) && !other.has(second)
        }
    }

    private static func names(_ text: String) -> (names: Set<String>, models: Set<String>) {
        var (names, models) = (Set<String>(), Set<String>())
        var startsSentence = true
        for word in text.split(whereSeparator: { !($0.isLetter || $0.isNumber || ".!?:\n".contains($0)) }) {
            let core = word.filter { $0.isLetter || $0.isNumber }
            if let first = core.first {
                let hasDigit = core.contains(where: \.isNumber)
                let letters = core.filter(\.isLetter)
                if hasDigit, let letter = letters.first, letter.isUppercase { models.insert(core.lowercased()) }
                if !startsSentence, first.isUppercase { names.insert(core.lowercased()) }
            }
            startsSentence = word.last.map { ".!?:\n".contains($0) } ?? startsSentence
        }
        return (names, models)
    }

    private static let opposites: [(Set<String>, Set<String>)] = {
        func side(_ text: Substring) -> Set<String> { Set(text.pieces(" ").map(String.init)) }
        return """
            allowed allow permitted permit possible may can|forbidden forbid prohibited blocked block cannot impossible deny denied refused banned disallowed
            on enabled enable active activated|off disabled disable inactive deactivated
            required must mandatory compulsory obligatory necessary needs need needed|optional voluntary unnecessary
            before beforehand advance prior|after afterwards later
            included includes include|excluded excludes exclude extra separately
            increase raised higher more|decrease lower lowered reduced less fewer
            maximum most|minimum least
            free|paid charge charged fee cost costs
            automatic automatically|manual manually hand
            keep kept remain remains stay stays stored survive|delete deletes deleted removed lost erased erases expire expires disappear
            open opens opened|close closes closed
            accept accepted|reject rejected declined refused
            public visible shown|private hidden invisible
            available|unavailable discontinued gone
            always|never
            immediately instantly instant|later
            all every any everyone anyone anybody everybody|only none nobody solely
            online|offline
            add|remove
            starts start begins begin|ends end stops stop
            first|last
            monthly|yearly annually
            inside within|outside
            unlimited|limited limit
            permanent permanently|temporary temporarily
            same|different
            several|single
            """.pieces("\n").map { line in
                let sides = line.pieces("|")
                return (side(sides[0]), side(sides[1]))
            }
    }()
}

extension Facts {
    /// Amounts by what is counted.
    var values: [String: [Double]] {
        Dictionary(grouping: quantities, by: \.unit).mapValues { $0.map(\.value) }
    }
}
