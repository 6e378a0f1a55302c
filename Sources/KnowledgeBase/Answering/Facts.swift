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
    /// `mon`…`sun`.
    var weekdays: Set<String> = []
    var denies = false

    static let money = "money"
    /// In days.
    static let time = "time"
    /// In hours after midnight.
    static let clock = "clock"

    init() {}

    init(_ text: String) {
        let words = Grading.plainWords(text)
        self.init(text, words: words, main: Self.mainClause(text, words: words))
    }

    /// - Parameter words: those of the text.
    /// - Parameter main: `mainClause` of the text.
    init(_ text: String, words: [String], main: [String]) {
        denies = main.filter(Self.negations.contains).count % 2 == 1
        readDates(words)
        readQuantities(text, words)
    }

    /// The words outside of "if you cannot …,": a condition denies nothing.
    static func mainClause(_ text: String, words: [String]) -> [String] {
        let clauses = text.pieces(",")
        if clauses.count == 1, clauses[0].utf8.count == text.utf8.count { return unconditional(words) }
        return clauses.flatMap { unconditional(Grading.plainWords(String($0))) }
    }

    static func unconditional(_ words: [String]) -> [String] {
        words.firstIndex(where: conditions.contains).map { Array(words[..<$0]) } ?? words
    }

    private static let conditions: WordSet = [
        "if", "when", "unless", "while", "also", "once", "after", "before", "until",
    ]

    /// Units both name, with no value in common.
    func disagreement(with other: Facts) -> String? {
        for unit in Set(quantities.map(\.unit)).sorted() {
            let own = Set(quantities.filter { $0.unit == unit }.map(\.value))
            let others = Set(other.quantities.filter { $0.unit == unit }.map(\.value))
            // Opening hours that share one end differ all the same.
            let differ =
                unit == Self.clock
                ? !own.isSubset(of: others) && !others.isSubset(of: own)
                : own.allSatisfy { a in others.allSatisfy { b in abs(a - b) > 0.02 * max(a, b) } }
            if !others.isEmpty, differ { return "a number" }
        }
        if !weekdays.isEmpty, !other.weekdays.isEmpty, weekdays.isDisjoint(with: other.weekdays) { return "a day" }
        if !dates.isEmpty, !other.dates.isEmpty, dates.isDisjoint(with: other.dates) { return "a date" }
        if dates.isEmpty, other.dates.isEmpty, !years.isEmpty, !other.years.isEmpty, years.isDisjoint(with: other.years)
        {
            return "a year"
        }
        return nil
    }

    /// Whether there is anything in it that another could agree with.
    var canAgree: Bool { !dates.isEmpty || !quantities.isEmpty }

    /// Both name an amount or a date that is the same.
    func agrees(with other: Facts) -> Bool {
        !dates.isDisjoint(with: other.dates)
            || quantities.contains { own in
                other.quantities.contains {
                    $0.unit == own.unit && abs($0.value - own.value) <= 0.02 * max(abs($0.value), abs(own.value))
                }
            }
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
        let scalars = text.utf8.contains { (48...57).contains($0) } ? Array(text.unicodeScalars) : []
        var index = 0
        while index < scalars.count {
            guard (48...57).contains(scalars[index].value),
                index == 0 || !scalars[index - 1].properties.isAlphabetic && scalars[index - 1] != "_"
            else {
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
                } else if let hours = Self.clock(value, digits, rest) {
                    quantities.append(Quantity(value: hours, unit: Self.clock))
                } else if digits.contains("."), let name = Self.word(before: index, scalars), Self.unit(rest) == nil {
                    // "Python 3.10": the version of what stands before.
                    quantities.append(
                        Quantity(value: Double(digits.utf8.count) * 1e6 + value, unit: "version of " + name))
                } else if rest.hasPrefix("%") || rest.hasPrefix(" %") {
                    quantities.append(Quantity(value: value, unit: "percent"))
                } else if let unit = Self.unit(rest) {
                    quantities.append(Quantity(value: value, unit: unit))
                }
            }
            index = max(end, index + 1)
        }
        for (i, word) in words.enumerated() {
            let rest = words[(i + 1)...].prefix(3)
            if let period = Self.periods[word] { quantities.append(Quantity(value: period, unit: Self.time)) }
            if Self.weekdays.contains(word) || word.last == "s" && Self.weekdays.contains(String(word.dropLast())) {
                weekdays.insert(String(word.prefix(3)))
            }
            guard let value = Self.numerals[word] else { continue }
            if word == "once" || word == "twice" {
                // "once per hour" is a period, "only once" a count.
                if let first = rest.first, first == "per" || first == "a" || first == "an" || first == "every",
                    let unit = rest.dropFirst().first, let days = Self.days(ContentWords.stem(unit) ?? "")
                {
                    quantities.append(Quantity(value: days / value, unit: Self.time))
                } else {
                    quantities.append(Quantity(value: value, unit: "times"))
                }
            } else if let unit = Self.unit(rest.joined(separator: " ")) {
                quantities.append(Quantity(value: value, unit: unit))
            }
        }
        for (i, word) in words.enumerated() where word == "every" || word == "each" || word == "per" {
            guard i + 1 < words.count, word == "every", let days = Self.days(ContentWords.stem(words[i + 1]) ?? "")
            else { continue }
            quantities.append(Quantity(value: days, unit: Self.time))
        }
        if Self.gratis.contains(where: { Grading.contains(words, $0) }) {
            quantities.append(Quantity(value: 0, unit: Self.money))
        }
        quantities = quantities.map(Self.comparable)
    }

    /// Days for times, bytes for data, so that a year and twelve months agree.
    private static func comparable(_ quantity: Quantity) -> Quantity {
        if let days = days(quantity.unit) { return Quantity(value: quantity.value * days, unit: time) }
        if let bytes = bytes[quantity.unit] {
            return Quantity(value: quantity.value * bytes, unit: "bytes")
        }
        return quantity
    }

    private static func days(_ stem: String) -> Double? { daysByStem[stem] }

    private static let daysByStem: WordMap<Double> = [
        "second": 1 / 86_400, "minute": 1 / 1440, "min": 1 / 1440, "hour": 1 / 24, "day": 1, "night": 1, "week": 7,
        "month": 30, "year": 365,
    ]
    private static let bytes: WordMap<Double> = ["kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12]
    private static let gratis = [
        ["free", "of", "charge"], ["at", "no", "cost"], ["at", "no", "charge"], ["without", "charge"],
    ]

    /// "3 pm", "15:30".
    private static func clock(_ value: Double, _ digits: String, _ rest: String) -> Double? {
        guard value == value.rounded(), (0...24).contains(value) else { return nil }
        let words = Grading.plainWords(rest).prefix(2)
        if rest.hasPrefix(":"), let minutes = words.first.flatMap({ Double($0.prefix(2)) }),
            rest.dropFirst().first?.isNumber == true
        {
            let half = words.dropFirst().first == "pm" && value < 12 ? 12.0 : 0
            return value + half + minutes / 60
        }
        if words.first == "am" { return value == 12 ? 0 : value }
        if words.first == "pm" { return value == 12 ? 12 : value + 12 }
        return nil
    }

    private static func word(before index: Int, _ scalars: [Unicode.Scalar]) -> String? {
        var end = index
        while end > 0, scalars[end - 1] == " " { end -= 1 }
        guard end < index else { return nil }
        var start = end
        while start > 0, scalars[start - 1].properties.isAlphabetic { start -= 1 }
        guard end - start > 2 else { return nil }
        return ContentWords.stem(String(String.UnicodeScalarView(scalars[start..<end])).lowercased())
    }

    /// The counted word that follows a number, one adjective between.
    private static func unit(_ rest: String) -> String? {
        let words = Grading.plainWords(rest).prefix(3)
        guard let first = words.first, !(rest.first.map { ".:)/".contains($0) } ?? true) else { return nil }
        if first == "percent" { return "percent" }
        if currencies.contains(first) { return money }
        if adjectives.contains(first) {
            return words.dropFirst().first.flatMap(ContentWords.stem)
        }
        if notUnits.contains(first) || months[first] != nil || Int(first) != nil { return nil }
        return ContentWords.stem(first)
    }

    private static let currencies: WordSet = ["euro", "euros", "dollars", "usd", "eur", "pounds", "gbp"]
    private static let adjectives: WordSet = [
        "working", "business", "calendar", "full", "consecutive", "different", "active", "free", "concurrent",
    ]
    private static let notUnits: WordSet = [
        "am", "pm", "and", "or", "to", "of", "in", "on", "at", "click", "choose", "select", "open", "go",
    ]
    static let negations: WordSet = [
        "not", "no", "never", "nothing", "nobody", "cannot", "cant", "dont", "doesnt", "isnt", "arent", "wont",
        "without", "neither", "nor", "none", "unable", "impossible",
        "didnt", "couldnt", "shouldnt", "mustnt", "unavailable", "unsupported", "disabled", "nicht", "kein", "keine",
        "pas", "jamais", "forbidden", "prohibited", "unlike", "except", "longer",
    ]
    private static let periods: WordMap<Double> = [
        "hourly": 1 / 24, "daily": 1, "weekly": 7, "monthly": 30, "quarterly": 91, "yearly": 365, "annually": 365,
    ]
    private static let weekdays: WordSet = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]
    static let numerals: WordMap<Double> = [
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "twelve": 12, "fourteen": 14,
        "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "sixty": 60, "ninety": 90, "hundred": 100, "once": 1,
        "twice": 2,
    ]
    static let months: WordMap<Int> = {
        let names = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december",
        ]
        var table: [String: Int] = [:]
        for (i, name) in names.enumerated() {
            table[name] = i + 1
            table[String(name.prefix(3))] = i + 1
        }
        return WordMap(table)
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
