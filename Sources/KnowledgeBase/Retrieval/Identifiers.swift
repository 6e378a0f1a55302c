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
        for word in text.split(whereSeparator: \.isWhitespace).prefix(2000) {
            var plain = word.drop { !$0.isLetter && !$0.isNumber }.prefix { $0.isLetter || $0.isNumber || "._-".contains($0) }
            while let last = plain.last, "._-".contains(last) { plain.removeLast() }
            let name = String(plain)
            if isIdentifier(name), name.count <= 40, !out.contains(name) { out.append(name) }
        }
        return out
    }

    static func found(in expression: MatchExpression) -> [String] {
        Array(expression.words.filter(isIdentifier).prefix(maximum))
    }
}
