import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What of a message is judged: the message, its sentences and their clauses, and each date with the words around it.
///
/// What stands in quotation marks is somebody else's and is left out: "the mail said 'urgent, by Friday'".
struct UrgencyReading: Sendable {
    /// A part of the message, with its wording.
    struct Unit: Sendable {
        var words: Range<Int>
        var grams: TextGrams
    }

    /// A date that may be the one by which it must be done.
    struct DateUnit: Sendable {
        var date: DateExpression
        /// The sentence with the date as one word that is always the same, and the few words right beside it.
        var sentence: TextGrams
        var near: TextGrams
        var signs: [Double]
    }

    let text: String
    let folded: FoldedText
    let now: Date
    let whole: TextGrams
    private(set) var sentences: [Unit] = []
    private(set) var clauses: [Unit] = []
    private(set) var dates: [DateUnit] = []
    /// What the phrase tables find, each 0 or 1, in the order of `UrgencyWords.signs`.
    private(set) var signs: [Double]
    /// The first match of each table.
    private(set) var matches: [String: Range<Int>] = [:]

    init(_ original: String, at now: Date) {
        text = Self.unquoted(original)
        self.now = now
        folded = FoldedText(text)
        whole = TextGrams(folded)
        signs = []
        let isEnglish = LanguageGuess.guess(folded).map { $0.language == "en" } ?? true
        for (name, table) in UrgencyWords.signs {
            let found = table.matches(in: folded)
            if let first = found.first { matches[name] = first.words }
            // In other languages than that of most examples the tables must be believed more: a column of their own.
            signs += found.isEmpty ? [0, 0] : isEnglish ? [1, 0] : [0, 1]
        }
        divide()
        let found = DateExpression.find(folded, original: text, now: now)
        dates = found.map { unit(of: $0, among: found) }
    }

    func part(_ range: Range<Int>) -> String {
        let words = folded.words[range].filter { !$0.isEnd }
        guard let first = words.first, let last = words.last else { return "" }
        return String(decoding: Array(text.utf8)[first.range.lowerBound..<last.range.upperBound], as: UTF8.self)
    }

    /// The clause, or the sentence, that speaks most for a kind.
    ///
    /// - Parameter kind: its place in `UrgencyModel.kinds`.
    func tellingPart(_ kind: Int) -> Range<Int>? {
        (sentences + clauses).map { ($0.words, UrgencyModel.shared.scores($0.grams)[kind]) }.max { $0.1 < $1.1 }?.0
    }

    // MARK: - Parts

    private static let joints: Set<String> = [
        "and", "but", "und", "aber", "et", "mais", "y", "pero", "ma", "maar", "so", "because", "weil", "since", "until",
        "bis",
    ]
    static let shortestClause = 3
    /// Beyond this it is a log file, not a message.
    static let mostSentences = 60

    private mutating func divide() {
        let bytes = Array(text.utf8)
        var i = 0
        while i < folded.words.count, sentences.count < Self.mostSentences {
            let sentence = sentence(of: i)
            i = max(i + 1, sentence.upperBound + 1)
            guard !folded.words[sentence.lowerBound].isEnd else { continue }
            sentences.append(Unit(words: sentence, grams: grams(sentence)))
            var start = sentence.lowerBound
            for place in sentence.dropFirst() {
                let between = bytes[folded.words[place - 1].range.upperBound..<folded.words[place].range.lowerBound]
                let isBreak = between.contains {
                    $0 != 32 && $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "-") && $0 < 128
                }
                guard place - start >= Self.shortestClause, isBreak || Self.joints.contains(folded.words[place].text)
                else {
                    continue
                }
                clauses.append(Unit(words: start..<place, grams: grams(start..<place)))
                start = place
            }
            if start > sentence.lowerBound {
                clauses.append(Unit(words: start..<sentence.upperBound, grams: grams(start..<sentence.upperBound)))
            }
        }
    }

    private func grams(_ range: Range<Int>) -> TextGrams {
        TextGrams(words: folded.words[range].filter { !$0.isEnd }.map(\.text))
    }

    func sentence(of place: Int) -> Range<Int> {
        var (start, end) = (place, place)
        while start > 0, !folded.words[start - 1].isEnd { start -= 1 }
        while end < folded.words.count, !folded.words[end].isEnd { end += 1 }
        return start..<max(end, start + 1)
    }

    // MARK: - Dates

    /// Stands for any date: no word of a language.
    private static let dateMark = "0date0"

    private func unit(of date: DateExpression, among all: [DateExpression]) -> DateUnit {
        // "am 5. Dezember" goes over what looks like an end.
        let start = sentence(of: date.words.lowerBound)
        let span = start.lowerBound..<max(start.upperBound, sentence(of: date.words.upperBound - 1).upperBound)
        func masked(_ range: Range<Int>) -> TextGrams {
            var words: [String] = []
            for place in range {
                if place == date.words.lowerBound { words.append(Self.dateMark) }
                if !date.words.contains(place), !folded.words[place].isEnd { words.append(folded.words[place].text) }
            }
            return TextGrams(words: words)
        }
        let near = max(span.lowerBound, date.words.lowerBound - 4)..<min(span.upperBound, date.words.upperBound + 3)
        let before = (max(span.lowerBound, date.words.lowerBound - 3)..<date.words.lowerBound).map {
            folded.words[$0].text
        }
        let hours = max(1, date.moment.timeIntervalSince(now) / 3600)
        let around = FoldedRange(folded, span)
        let end =
            span.upperBound < folded.words.count ? folded.words[span.upperBound].range.lowerBound : text.utf8.count
        let isAsked = end < text.utf8.count && Array(text.utf8)[end] == UInt8(ascii: "?")
        let asksOfIt = isAsked && UrgencyWords.asking.contains(folded.words[span.lowerBound].text)
        let signs: [Double] = [
            before.contains(where: UrgencyWords.directCues.contains)
                || UrgencyWords.directCues.contains(folded.words[date.words.lowerBound].text) ? 1 : 0,
            around.has(UrgencyWords.told, near: near) ? 1 : 0,
            around.holds(UrgencyWords.deadline) ? 1 : 0, around.holds(UrgencyWords.wish) ? 1 : 0,
            around.holds(UrgencyWords.others) ? 1 : 0, asksOfIt ? 1 : 0, isAsked ? 1 : 0,
            all.count > 1 ? 1 : 0, all.first == date ? 1 : 0,
            all.min { $0.moment < $1.moment }?.moment == date.moment ? 1 : 0,
            log2(hours) / 5, hours > 24 * 200 ? 1 : 0, CivilDay(date.moment) == CivilDay(now) ? 1 : 0,
            date.isStretch ? 1 : 0,
        ]
        return DateUnit(date: date, sentence: masked(span), near: masked(near), signs: signs)
    }

    /// A sentence as the tables see it.
    private struct FoldedRange {
        let folded: FoldedText
        let range: Range<Int>

        init(_ folded: FoldedText, _ range: Range<Int>) { (self.folded, self.range) = (folded, range) }

        func holds(_ table: PhraseTable) -> Bool { table.matches(in: folded).contains { $0.words.overlaps(range) } }
        func has(_ words: Set<String>, near: Range<Int>) -> Bool {
            near.clamped(to: range).contains { words.contains(folded.words[$0].text) }
        }
    }

    // MARK: - Quotations

    /// The text with what is quoted as spaces, byte for byte, so that places stay what they are.
    static func unquoted(_ text: String) -> String {
        var bytes = Array(text.utf8)
        let pairs: [(open: [UInt8], close: [UInt8])] = [
            ("\"", "\""), ("“", "”"), ("„", "“"), ("«", "»"), ("‘", "’"), ("'", "'"),
        ].map { (Array($0.0.utf8), Array($0.1.utf8)) }
        func isLetter(_ i: Int) -> Bool {
            i >= 0 && i < bytes.count
                && (bytes[i] | 0x20 >= 97 && bytes[i] | 0x20 <= 122 || bytes[i] >= 128
                    || bytes[i] >= 48 && bytes[i] <= 57)
        }
        func stands(_ mark: [UInt8], at i: Int) -> Bool {
            i + mark.count <= bytes.count && bytes[i..<i + mark.count].elementsEqual(mark)
        }
        var i = 0
        while i < bytes.count {
            guard let (open, close) = pairs.first(where: { stands($0.open, at: i) && !isLetter(i - 1) }) else {
                i += 1
                continue
            }
            var end = i + open.count
            let isApostrophe = close == [UInt8(ascii: "'")] || close.count == 3 && open.elementsEqual(Array("‘".utf8))
            while end < bytes.count, end - i < longestQuotation,
                !(stands(close, at: end) && !(isApostrophe && isLetter(end + close.count)))
            { end += 1 }
            guard end < bytes.count, stands(close, at: end), end > i + open.count else {
                i += open.count
                continue
            }
            for place in i..<end + close.count { bytes[place] = 32 }
            i = end + close.count
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let longestQuotation = 300
}
