/// What a question asks for beyond its words: exact phrases in quotes, words that must not be there.
///
/// Only a question as short as a person types is read so: a pasted ticket may hold quotes and dashes by accident.
struct QuestionSyntax: Sendable, Equatable {
    /// The question without its `-word`s.
    var text: String
    /// Phrases that an answer must contain, case and white space aside.
    var phrases: [String] = []
    /// Words that an answer must not contain.
    var excluded: [String] = []

    static let longestQuestion = 32

    init(_ question: String) {
        text = question
        let words = question.split(whereSeparator: \.isWhitespace)
        guard words.count <= Self.longestQuestion, !question.contains(where: \.isNewline) else { return }
        phrases = Self.quoted(question)
        var kept: [Substring] = []
        var insideQuotes = false
        for word in words {
            let quotes = word.filter { Self.quotes.contains($0) }.count
            if !insideQuotes, quotes == 0, word.first == "-", word.count > 2, word.dropFirst().first!.isLetter {
                excluded.append(word.dropFirst().lowercased())
            } else {
                kept.append(word)
            }
            if !quotes.isMultiple(of: 2) { insideQuotes.toggle() }
        }
        // Nothing but exclusions is no question.
        if kept.isEmpty { excluded = [] } else if !excluded.isEmpty { text = kept.joined(separator: " ") }
    }

    private static let quotes: Set<Character> = ["\"", "“", "”", "„"]

    private static func quoted(_ text: String) -> [String] {
        var out: [String] = []
        var current: String?
        for character in text {
            if quotes.contains(character) {
                if let phrase = current {
                    let folded = fold(phrase)
                    if folded.contains(where: { $0.isLetter || $0.isNumber }) { out.append(folded) }
                    current = nil
                } else {
                    current = ""
                }
            } else {
                current?.append(character)
            }
        }
        return out
    }

    /// Lower case, white space as single spaces.
    static func fold(_ text: some StringProtocol) -> String {
        text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
