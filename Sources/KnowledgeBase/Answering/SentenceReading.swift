/// A text as the grader's features see it, read once: its words, their matter, its facts and the names in it.
struct TextReading: Sendable {
    /// In order.
    let plain: [String]
    let words: Set<String>
    /// Stems of the words that carry its matter, without numbers.
    let stems: Set<String>
    let facts: Facts
    /// Words with a capital inside a sentence, in lower case: names, menus, plans.
    let names: Set<String>
    /// Names of models and products, which mix letters with digits: `x5`, `k2`.
    let models: Set<String>

    init(_ text: String) {
        let plain = Grading.plainWords(text)
        // Whether the text as a whole denies something says nothing.
        let facts = Facts(text, words: plain, main: [])
        self.init(text, plain: plain, facts: facts, stems: Claim.matter(plain, facts))
    }

    init(_ text: String, plain: [String], facts: Facts, stems: Set<String>) {
        (self.plain, self.facts, self.stems) = (plain, facts, stems)
        words = Set(plain)
        (names, models) = Self.names(text)
    }

    func has(_ any: Set<String>) -> Bool { !words.isDisjoint(with: any) }
}

/// One sentence, with what it claims and what it turns on.
struct SentenceReading: Sendable {
    let text: TextReading
    let claim: Claim
    /// The sides of `opposites` that it has words of, a bit for each pair.
    private let sides: (first: UInt32, second: UInt32)

    init(_ text: String) {
        let folded = FoldedText(text)
        let plain = Grading.plainWords(folded)
        claim = Claim(text, folded: folded, words: plain)
        self.text = TextReading(text, plain: plain, facts: claim.facts, stems: claim.stems)
        var sides: (first: UInt32, second: UInt32) = (0, 0)
        for word in plain {
            guard let bits = Self.opposites[word] else { continue }
            sides.first |= bits.first
            sides.second |= bits.second
        }
        self.sides = sides
    }

    var stems: Set<String> { text.stems }
    var facts: Facts { text.facts }

    /// An odd number of denials.
    var denies: Bool { claim.denies }

    func has(_ any: Set<String>) -> Bool { text.has(any) }

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
        sides.first & ~sides.second & other.sides.second & ~other.sides.first
            | sides.second & ~sides.first & other.sides.first & ~other.sides.second != 0
    }

    /// By word the pairs of opposites it belongs to, a bit each: at most 32 lines.
    private static let opposites: WordMap<(first: UInt32, second: UInt32)> = {
        let lines = """
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
            """.pieces("\n")
        var table: [String: (first: UInt32, second: UInt32)] = [:]
        for (number, line) in lines.enumerated() {
            let sides = line.pieces("|")
            for word in sides[0].pieces(" ") { table[String(word), default: (0, 0)].first |= 1 << UInt32(number) }
            for word in sides[1].pieces(" ") { table[String(word), default: (0, 0)].second |= 1 << UInt32(number) }
        }
        return WordMap(table)
    }()
}

extension TextReading {
    /// By scalars: asking each character what it is would take a third of the whole reading.
    private static func names(_ text: String) -> (names: Set<String>, models: Set<String>) {
        var text = text
        return text.withUTF8 { bytes in
            var (names, models) = (Set<String>(), Set<String>())
            var startsSentence = true
            var core: [UInt8] = []  // letters and digits of a word, in lower case
            var (isEmpty, endsSentence, startsUpper, hasDigit) = (true, false, false, false)
            var firstLetterIsUpper: Bool?
            func take(_ lower: some Sequence<UInt8>, isUpper: Bool, isLetter: Bool) {
                if core.isEmpty { startsUpper = isUpper }
                if isLetter, firstLetterIsUpper == nil { firstLetterIsUpper = isUpper }
                hasDigit = hasDigit || !isLetter
                core.append(contentsOf: lower)
                (isEmpty, endsSentence) = (false, false)
            }
            func close() {
                if !core.isEmpty {
                    if hasDigit, firstLetterIsUpper == true { models.insert(String(decoding: core, as: UTF8.self)) }
                    if !startsSentence, startsUpper { names.insert(String(decoding: core, as: UTF8.self)) }
                }
                if !isEmpty { startsSentence = endsSentence }
                core.removeAll(keepingCapacity: true)
                (isEmpty, endsSentence, startsUpper, hasDigit, firstLetterIsUpper) = (true, false, false, false, nil)
            }
            var offset = 0
            while offset < bytes.count {
                let byte = bytes[offset]
                if byte < 128 {
                    switch byte {
                    case 97...122: take(CollectionOfOne(byte), isUpper: false, isLetter: true)
                    case 65...90: take(CollectionOfOne(byte + 32), isUpper: true, isLetter: true)
                    case 48...57: take(CollectionOfOne(byte), isUpper: false, isLetter: false)
                    case 46, 33, 63, 58, 10: (isEmpty, endsSentence) = (false, true)  // . ! ? : and the end of a line
                    default: close()
                    }
                    offset += 1
                    continue
                }
                let scalar = FoldedText.scalar(bytes, at: offset)
                offset += UTF8.width(scalar)
                switch scalar.value {
                case 0xA0, 0x2010...0x2027, 0x2190...0x21FF: close()
                default:
                    let properties = scalar.properties
                    if properties.isAlphabetic || properties.generalCategory == .nonspacingMark {
                        take(properties.lowercaseMapping.utf8, isUpper: properties.isUppercase, isLetter: true)
                    } else if properties.numericType != nil {
                        take(String(scalar).utf8, isUpper: false, isLetter: false)
                    } else {
                        close()
                    }
                }
            }
            close()
            return (names, models)
        }
    }
}

extension Facts {
    /// Amounts by what is counted.
    var values: [String: [Double]] {
        Dictionary(grouping: quantities, by: \.unit).mapValues { $0.map(\.value) }
    }
}
