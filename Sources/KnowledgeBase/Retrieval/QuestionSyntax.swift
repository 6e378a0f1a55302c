/// What a question asks for beyond its words: exact phrases in quotes, words that must not be there.
///
/// Only a question as short as a person types is read so: a pasted ticket may hold quotes and dashes by accident. `-word`
/// is an exclusion only where it can hardly be a command's option, since leaving out the article that answers is worse
/// than finding one too many.
struct QuestionSyntax: Sendable, Equatable {
    /// The question without its `-word`s.
    var text: String
    /// Phrases that an answer must contain, case and white space aside.
    var phrases: [String] = []
    /// Words that an answer must not contain.
    var excluded: [String] = []

    static let longestQuestion = 32
    /// With more words beside its quotes a question tells what a page said, and asks for no phrase.
    static let longestBesidePhrase = 8
    /// A list of keywords is at most so long; a longer question is a sentence.
    static let longestKeywords = 4

    /// As far as the words alone tell.
    init(_ question: String) { self.init(question) { _ in false } }

    /// - Parameter isOption: whether some article writes `-word` itself: then it is an option of a command and is asked about.
    init(_ question: String, isOption: (_ word: String) throws -> Bool) rethrows {
        text = question
        let words = question.spaced
        guard words.count <= Self.longestQuestion, !question.contains(where: \.isNewline) else { return }
        let quotations = Self.quoted(question)
        let inQuotes = quotations.reduce(0) { $0 + $1.phrase.split(separator: " ").count }
        if words.count - inQuotes <= Self.longestBesidePhrase {
            phrases = quotations.filter { !$0.isExcluded }.map(\.phrase)
        }
        var insideQuotes = false
        let mayExclude = words.map { word in
            let quotes = word.filter { Self.quotes.contains($0) }.count
            defer { if !quotes.isMultiple(of: 2) { insideQuotes.toggle() } }
            return !insideQuotes && quotes == 0 && Self.isExclusion(word)
        }
        let others = zip(words, mayExclude).filter { !$0.1 }.map { $0.0.lowercased() }
        // `What does pg_dump -verbose do?` asks about it; a word left out stands at the end or among bare keywords.
        let areKeywords = others.count <= Self.longestKeywords && !others.contains(where: StopWords.english.contains)
        let lastOther = mayExclude.lastIndex(of: false) ?? -1
        // Nothing but exclusions is no question.
        guard lastOther >= 0 else { return }
        var kept: [Substring] = []
        for (i, word) in words.enumerated() {
            let name = word.dropFirst().lowercased()
            if mayExclude[i], areKeywords || i > lastOther, try !isOption(name) {
                excluded.append(name)
            } else {
                kept.append(word)
            }
        }
        if !excluded.isEmpty { text = kept.joined(separator: " ") }
        // `-"phrase"` can be no option.
        for quotation in quotations where quotation.isExcluded {
            let rest = text.replacing(quotation.written, with: " ")
            guard rest.contains(where: { $0.isWord }) else { continue }
            text = QuestionSyntax.squeezed(rest)
            excluded.append(quotation.phrase)
        }
    }

    private static func squeezed(_ text: String) -> String {
        text.spaced.joined(separator: " ")
    }

    /// A hyphen and at least three lower-case letters: `-Fc`, `-HUP`, `-v`, `--full` and `-5` are something else.
    private static func isExclusion(_ word: Substring) -> Bool {
        word.first == "-" && word.count > 3 && word.dropFirst().allSatisfy { $0.isLetter && !$0.isUppercase }
    }

    private static let quotes: Set<Character> = ["\"", "“", "”", "„"]

    private struct Quotation {
        var phrase: String
        /// With its signs.
        var written: String
        /// Behind a hyphen that begins a word.
        var isExcluded: Bool
    }

    private static func quoted(_ text: String) -> [Quotation] {
        var out: [Quotation] = []
        var open: String.Index?
        for index in text.indices where quotes.contains(text[index]) {
            guard let start = open else {
                open = index
                continue
            }
            open = nil
            let folded = fold(text[text.index(after: start)..<index])
            guard folded.contains(where: { $0.isWord }) else { continue }
            let before = text[..<start]
            let isExcluded = before.last == "-" && before.dropLast().last.map(\.isWhitespace) ?? true
            let first = isExcluded ? text.index(before: start) : start
            out.append(Quotation(phrase: folded, written: String(text[first...index]), isExcluded: isExcluded))
        }
        return out
    }

    /// Lower case, white space as single spaces.
    static func fold(_ text: some StringProtocol) -> String {
        text.lowercased().spaced.joined(separator: " ")
    }
}
