/// Words that name one exact thing: error codes, names of settings, versions, file names.
///
/// A sentence encoder sees `TB-1042` and `TB-1043` as nearly the same; whoever asks means one of them.
enum Identifiers {
    /// Identifiers of a question that are looked up; a pasted log may hold hundreds.
    static let maximum = 4

    /// Letters beside digits (`E4012`), digits with dots (`4.2`), or names joined by `_` or `.` (`timer.idle_minutes`).
    static func isIdentifier(_ word: String) -> Bool {
        var (letters, digits, joints) = (0, 0, 0)
        var previousIsAlphanumeric = false
        for byte in word.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits += 1
                previousIsAlphanumeric = true
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
                letters += 1
                previousIsAlphanumeric = true
            case UInt8(ascii: "_"), UInt8(ascii: "."):
                if previousIsAlphanumeric { joints += 1 }
                previousIsAlphanumeric = false
            case UInt8(ascii: "-"): previousIsAlphanumeric = false
            default: return false
            }
        }
        if letters > 0, digits > 0 { return true }
        if digits > 0 { return joints > 0 }
        return joints > 0 && letters >= 5
    }

    /// Letters beside digits or joined names, at least four bytes: an error code or a setting. A version number stands in
    /// one article by accident.
    static func isCode(_ word: String) -> Bool {
        word.utf8.count >= 4 && isIdentifier(word) && word.utf8.contains { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7a }
    }

    /// Those of a message, each once, in its order.
    static func named(in text: String) -> [String] {
        var out: [String] = []
        for word in text.spaced.prefix(2000) {
            var plain = word.drop { !$0.isWord }.prefix {
                $0.isWord || "._-".contains($0)
            }
            while let last = plain.last, "._-".contains(last) { plain.removeLast() }
            let name = String(plain)
            if isIdentifier(name), name.count <= 40, !out.contains(name) { out.append(name) }
        }
        return out
    }

    /// Those of a question, each with the spellings people use for it; also a code cut in two, as in "tb 1042".
    static func found(in expression: MatchExpression, text: String) -> [Identifier] {
        let whole = expression.words.filter(isIdentifier).map { Identifier($0) }
        let words = text.lowercased().split { !$0.isWord }
        let cut = zip(words, words.dropFirst()).compactMap { Identifier(prefix: $0, number: $1) }
        var seen: Set<String> = []
        return Array((whole + cut).filter { seen.insert($0.joined).inserted }.prefix(maximum))
    }

    /// Those that the question is about. A long message names files and settings in passing.
    static func sought(in expression: MatchExpression, text: String) -> [Identifier] {
        found(in: expression, text: text).filter { identifier in
            identifier.family != nil || identifier.isCode && isShort(expression)
        }
    }

    /// Whether a longer message names the code and asks for something else: "We had TB-3004 last month. Now I want to merge two
    /// clients." What it asks for are its question and wish sentences, or the question behind the code within one.
    static func isInPassing(_ identifier: Identifier, _ text: String) -> Bool {
        func holds(_ words: ArraySlice<String>) -> Bool {
            words.contains(identifier.joined)
                || zip(words, words.dropFirst()).contains { $0 + $1 == identifier.joined }
        }
        let bytes = Array(text.utf8)
        var isNamed = false
        for range in SentenceSplitter.ranges(text) {
            let sentence = String(decoding: bytes[range], as: UTF8.self)
            let words = Grading.plainWords(sentence)
            var asked = words[...]
            if holds(asked) {
                isNamed = true
                guard
                    let start = words.lastIndex(where: {
                        ["how", "what", "where", "which", "when", "why"].contains($0)
                    }),
                    start > 0, holds(words[..<start])
                else { continue }
                asked = words[start...]
            } else {
                // "Now I want to …"; what somebody wanted before the code is the story of it, and thanks are no wish.
                let wishes =
                    isNamed && !words.contains("thank")
                    && zip(words, words.dropFirst()).contains {
                        $1 == "to" && ["want", "need", "like", "trying"].contains($0)
                    }
                guard wishes || QuestionParts.asks(sentence) else { continue }
            }
            if !holds(asked), ContentWords.stems(Array(asked)).count >= contentOfRequest { return true }
        }
        return false
    }

    /// From so many words of matter on a sentence asks for something of its own; "How can I fix this error?" has two.
    private static let contentOfRequest = 3

    /// A question that is hardly more than the name it asks for.
    static func isShort(_ expression: MatchExpression) -> Bool { expression.words.count <= 6 }
}

/// A word of a question that names one exact thing, lower-case.
struct Identifier: Sendable, Equatable {
    /// Letters and a number that make up a code: TB-1042 is number 1042 of `tb`, with four digits.
    struct Family: Sendable, Equatable {
        var letters: String
        var digits: Int
    }

    let name: String
    /// Without what joins its parts.
    let joined: String
    /// The code's family; `nil` for settings, file names and versions.
    let family: Family?
    /// Written as two words, which may stand side by side by accident.
    private(set) var isCut = false

    init(_ word: String) {
        name = word
        joined = String(word.filter { !"-_".contains($0) })
        let (letters, digits) = (joined.prefix { $0.isLetter }, joined.drop { $0.isLetter })
        // "v128" is a version, and long words beside a number are products.
        let isFamily =
            (1...5).contains(letters.count) && (3...8).contains(digits.count) && letters != "v"
            && digits.allSatisfy { $0.isNumber } && joined.utf8.count == joined.count
        family = isFamily ? Family(letters: String(letters), digits: digits.count) : nil
    }

    /// A code whose parts stand apart; longer first words are words ("error 404", "page 210").
    init?(prefix: Substring, number: Substring) {
        guard (1...3).contains(prefix.count), prefix.allSatisfy(\.isLetter), number.allSatisfy(\.isNumber),
            !StopWords.english.contains(String(prefix))
        else { return nil }
        self.init("\(prefix)-\(number)")
        isCut = true
        guard family != nil else { return nil }
    }

    var isCode: Bool { Identifiers.isCode(name) }

    /// Words joined by `_` or `.`: a setting, an event, a file; no address of the web.
    var isJoined: Bool {
        let parts = name.split { $0 == "_" || $0 == "." }
        return family == nil && parts.count > 1 && isCode
            && parts.contains { $0.count > 1 && $0.allSatisfy(\.isLetter) }
            && !["com", "org", "net", "io", "de", "uk", "eu"].contains(parts.last!.lowercased())
    }

    /// Beside the name as it was typed, for the words of the lexical leg.
    var otherSpellings: [String] {
        guard let family else { return [] }
        let number = joined.dropFirst(family.letters.count)
        return ["\(family.letters) \(number)", joined].filter { $0 != name && $0 != name.replacing("-", with: " ") }
    }

    /// As FTS5 looks for it: TB-1042, tb 1042 and TB1042 are one code.
    var match: String {
        guard let family else { return "\"\(name)\"" }
        return "\"\(family.letters) \(joined.dropFirst(family.letters.count))\" OR \"\(joined)\""
    }
}
