/// A user's words as a safe FTS5 expression: every word a quoted string, joined by OR.
///
/// Nothing a user types is ever FTS5 syntax: words are cut at white space, freed of punctuation at both ends and
/// quoted. Inside the quotes FTS5's own tokenizer splits, so `TB-1042` becomes the phrase "tb 1042".
public struct MatchExpression: Sendable, Equatable {
    /// Distinct words in the order they came, lower-case, without stop words unless there are no others.
    public let words: [String]
    /// Phrases looked for beside the words: quoted ones, synonyms. They rank, but do not count as the question's terms.
    public let phrases: [String]

    public init(_ text: String, phrases: [String] = []) {
        self.phrases = phrases.map { $0.filter { $0 != "\"" && $0 != "\0" } }.filter { !$0.isEmpty }
        var words: [String] = []
        var stopped: [String] = []
        var seen: Set<String> = []
        var current: [UInt8] = []
        func finish() {
            defer { current.removeAll(keepingCapacity: true) }
            guard !current.isEmpty, current.count <= RetrievalDefaults.maximumWordBytes else { return }
            let word = Self.trimmed(String(decoding: current, as: UTF8.self)).lowercased()
            guard !word.isEmpty, seen.insert(word).inserted else { return }
            if StopWords.english.contains(word) { stopped.append(word) } else { words.append(word) }
        }
        for byte in text.utf8 {
            if byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "|") {
                finish()
                if words.count >= RetrievalDefaults.maximumTerms { break }
            } else if current.count <= RetrievalDefaults.maximumWordBytes {
                current.append(byte)
            }
        }
        if words.count < RetrievalDefaults.maximumTerms { finish() }
        self.words = words.isEmpty ? Array(stopped.prefix(RetrievalDefaults.maximumTerms)) : words
    }

    /// The string after `MATCH`; empty when there is no word to look for.
    public var fts5: String {
        (words + phrases).map { "\"" + $0 + "\"" }.joined(separator: " OR ")
    }

    /// Drops what is neither letter nor digit at both ends; empty for pure punctuation and emoji.
    private static func trimmed(_ word: String) -> String {
        let scalars = word.unicodeScalars
        func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
            scalar.isASCII
                ? (scalar.value >= 0x30 && scalar.value <= 0x39)
                    || (scalar.value | 0x20 >= 0x61 && scalar.value | 0x20 <= 0x7a)
                : scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                    || scalar.properties.generalCategory == .nonspacingMark
        }
        guard let first = scalars.firstIndex(where: isWordScalar), let last = scalars.lastIndex(where: isWordScalar)
        else { return "" }
        return String(scalars[first...last])
    }
}

/// Words that stand in nearly every question and say nothing of its subject.
enum StopWords {
    static let english: Set<String> = Set(
        """
        a about above after again all also am an and any are aren't as at be because been before being below between
        both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each few for from
        further get getting got had hadn't has hasn't have haven't having he her here hers herself him himself his how i
        i'd i'll i'm i've if in into is isn't it it's its itself just let's like may me might more most must my myself no
        nor not now of off on once only or other ought our ours ourselves out over own please same shan't she should
        shouldn't so some such than thank thanks that that's the their theirs them themselves then there there's these
        they this those through to too under until up us use using very want was wasn't way we were weren't what what's
        when where which while who whom why will with won't would wouldn't you you're your yours yourself yourselves
        hello hi hey dear
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
