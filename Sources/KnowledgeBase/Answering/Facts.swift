/// What in a sentence can be right or wrong by itself: quantities, dates, and whether it denies.
struct Facts: Sendable {
    struct Quantity: Sendable, Hashable {
        var value: Double
        /// The stem of what is counted; `money`, `percent`.
        var unit: String
    }

    var quantities: [Quantity] = []
    /// `2024-05-01`, `2024-05`, `05-01`.
    var dates: Set<String> = []
    var years: Set<String> = []
    var denies = false

    static let money = "money"
    static let timeUnits: Set<String> = ["day", "month", "year", "week", "hour", "minute", "second"]

    init(_ text: String) {
        let words = Grading.plainWords(text)
        denies = Self.mainClause(text).filter(Self.negations.contains).count % 2 == 1
        readDates(words)
        readQuantities(text, words)
    }

    /// The words outside of "if you cannot …,": a condition denies nothing.
    private static func mainClause(_ text: String) -> [String] {
        text.pieces(",").flatMap { clause -> [String] in
            let words = Grading.plainWords(String(clause))
            guard let start = words.firstIndex(where: ["if", "when", "unless", "while", "also"].contains) else {
                return words
            }
            return Array(words[..<start])
        }
    }

    /// Units both name, with no value in common.
    func disagreement(with other: Facts) -> String? {
        for unit in Set(quantities.map(\.unit)).sorted() {
            let own = Set(quantities.filter { $0.unit == unit }.map(\.value))
            let others = Set(other.quantities.filter { $0.unit == unit }.map(\.value))
            if !others.isEmpty, own.isDisjoint(with: others) { return "a number" }
        }
        if !dates.isEmpty, !other.dates.isEmpty, dates.isDisjoint(with: other.dates) { return "a date" }
        if dates.isEmpty, other.dates.isEmpty, !years.isEmpty, !other.years.isEmpty, years.isDisjoint(with: other.years)
        {
            return "a year"
        }
        return nil
    }

    private mutating func readDates(_ words: [String]) {
        for (i, word) in words.enumerated() {
            if let month = Self.months[word] {
                let before = i > 0 ? Self.ordinal(words[i - 1]) : nil
                let after = i + 1 < words.count ? Self.ordinal(words[i + 1]) : nil
                let day = before ?? after
                // "May" alone is a verb.
                if let day {
                    dates.insert("\(month)-\(day)")
                } else if i + 1 < words.count, let year = Self.year(words[i + 1]) {
                    dates.insert("\(month) \(year)")
                }
            }
            if let year = Self.year(word) { years.insert(String(year)) }
            // 2024-05-01 comes as three words.
            if i + 2 < words.count, Self.year(word) != nil, let month = Int(words[i + 1]), let day = Int(words[i + 2]),
                (1...12).contains(month), (1...31).contains(day), words[i + 1].count == 2, words[i + 2].count == 2
            {
                dates.insert("\(month)-\(day)")
            }
        }
    }

    private mutating func readQuantities(_ text: String, _ words: [String]) {
        // Numbers with their signs and points, which folding cuts off.
        let scalars = Array(text.unicodeScalars)
        var index = 0
        while index < scalars.count {
            let isDigit = (48...57).contains(scalars[index].value)
            let glued = index > 0 && (scalars[index - 1].properties.isAlphabetic || scalars[index - 1] == "_")
            guard isDigit, !glued else {
                index += 1
                continue
            }
            var end = index
            var digits = ""
            while end < scalars.count {
                if (48...57).contains(scalars[end].value) {
                    digits.unicodeScalars.append(scalars[end])
                } else if scalars[end] == "." || scalars[end] == ",", end + 1 < scalars.count,
                    (48...57).contains(scalars[end + 1].value)
                {
                    let group = scalars[(end + 1)...].prefix { (48...57).contains($0.value) }.count
                    if group != 3 { digits += "." }
                } else {
                    break
                }
                end += 1
            }
            let rest = String(String.UnicodeScalarView(scalars[end...].prefix(40)))
            let before = index > 0 ? scalars[index - 1] : " "
            if let value = Double(digits) {
                if before == "$" || before == "€" || before == "£" || before == "¥" || rest.hasPrefix(" €")
                    || rest.hasPrefix("€")
                {
                    quantities.append(Quantity(value: value, unit: Self.money))
                } else if rest.hasPrefix("%") || rest.hasPrefix(" %") {
                    quantities.append(Quantity(value: value, unit: "percent"))
                } else if let unit = Self.unit(rest) {
                    quantities.append(Quantity(value: value, unit: unit))
                }
            }
            index = max(end, index + 1)
        }
        for (i, word) in words.enumerated() {
            if let value = Self.numerals[word], i + 1 < words.count,
                let unit = Self.unit(words[(i + 1)...].prefix(3).joined(separator: " "))
            {
                quantities.append(Quantity(value: value, unit: unit))
            }
        }
    }

    /// The counted word that follows a number, one adjective between.
    private static func unit(_ rest: String) -> String? {
        let words = Grading.plainWords(rest).prefix(3)
        guard let first = words.first, !(rest.first.map { ".:)/".contains($0) } ?? true) else { return nil }
        if first == "percent" { return "percent" }
        if ["euro", "euros", "dollars", "usd", "eur", "pounds", "gbp"].contains(first) { return money }
        if ["working", "business", "calendar", "full", "consecutive", "different", "active", "free", "concurrent"]
            .contains(first)
        {
            return words.dropFirst().first.flatMap(ContentWords.stem)
        }
        if notUnits.contains(first) || Int(first) != nil { return nil }
        return ContentWords.stem(first)
    }

    private static let notUnits: Set<String> = [
        "am", "pm", "and", "or", "to", "of", "in", "on", "at", "click", "choose", "select", "open", "go",
    ]
    private static let negations: Set<String> = [
        "not", "no", "never", "cannot", "cant", "dont", "doesnt", "isnt", "arent", "wont", "without", "neither", "nor",
        "none", "unable", "impossible",
        "didnt", "couldnt", "shouldnt", "mustnt", "unavailable", "unsupported", "disabled", "nicht", "kein", "keine",
        "pas", "jamais", "forbidden", "prohibited", "unlike", "except", "longer",
    ]
    private static let numerals: [String: Double] = [
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "twelve": 12, "fourteen": 14,
        "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "sixty": 60, "ninety": 90, "hundred": 100, "once": 1,
        "twice": 2,
    ]
    fileprivate static let months: [String: Int] = {
        let names = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december",
        ]
        var table: [String: Int] = [:]
        for (i, name) in names.enumerated() {
            table[name] = i + 1
            table[String(name.prefix(3))] = i + 1
        }
        return table
    }()

    private static func ordinal(_ word: String) -> Int? {
        let digits = word.prefix { $0.isNumber }
        guard let day = Int(digits), (1...31).contains(day),
            ["", "st", "nd", "rd", "th"].contains(word.dropFirst(digits.count))
        else { return nil }
        return day
    }

    private static func year(_ word: String) -> Int? {
        guard word.utf8.count == 4, let year = Int(word), (1990...2099).contains(year) else { return nil }
        return year
    }

    static func version(_ text: String) -> [Int] {
        text.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }
    }

    static func isLater(_ a: [Int], than b: [Int]) -> Bool {
        for i in 0..<max(a.count, b.count) {
            let (x, y) = (i < a.count ? a[i] : 0, i < b.count ? b[i] : 0)
            if x != y { return x > y }
        }
        return false
    }
}

/// A sentence as contradictions are looked for: its matter and its facts.
struct Statement: Sendable {
    let stems: Set<String>
    let facts: Facts
    /// Names within it: words with a capital that do not begin it, plans and products above all.
    let names: Set<String>

    init(_ text: String) {
        facts = Facts(text)
        let units = Set(facts.quantities.map(\.unit))
        stems = ContentWords.stems(text).filter {
            !$0.allSatisfy(\.isNumber) && !units.contains($0) && !Self.numerals.contains($0) && Facts.months[$0] == nil
        }
        var names: Set<String> = []
        let bytes = Array(text.utf8)
        let words = FoldedText(text).words
        for (i, word) in words.enumerated() where !word.isEnd && i > 0 && !words[i - 1].isEnd {
            if (65...90).contains(bytes[word.range.lowerBound]), Facts.months[word.text] == nil,
                let stem = ContentWords.stem(word.text)
            {
                names.insert(stem)
            }
        }
        self.names = names
    }

    /// What the two disagree on when they speak of one thing, else `nil`.
    ///
    /// They do when most of the shorter's matter stands in the other and neither names a thing that the other does not.
    func contradicts(_ other: Statement) -> String? {
        guard stems.count >= 2, other.stems.count >= 2 else { return nil }
        let shared = stems.intersection(other.stems)
        let overlap = Double(shared.count) / Double(min(stems.count, other.stems.count))
        guard shared.count >= 2, names.subtracting(other.stems).isEmpty || other.names.subtracting(stems).isEmpty else {
            return nil
        }
        if overlap >= 0.6, let what = facts.disagreement(with: other.facts) { return what }
        // The opposite needs nearly the same words: "cannot be undone" beside "can be undone".
        let union = Double(stems.union(other.stems).count)
        if facts.denies != other.facts.denies, shared.count >= 3 || shared.count == min(stems.count, other.stems.count),
            Double(shared.count) / union >= 0.6
        {
            return "a negation"
        }
        return nil
    }

    private static let numerals: Set<String> = [
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "fourteen", "fifteen",
        "twenty", "thirty", "sixty", "ninety", "hundred", "twice",
    ]
}
