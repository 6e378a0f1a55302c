/// A text's words as they are spelled, with what stands between them: how names and addresses are told.
struct SpelledWords: Sendable {
    struct Word: Sendable {
        var text: String
        /// Lower case, accents kept, without a possessive `'s`.
        var lower: String
        /// UTF-8 bytes of the text, without a possessive `'s`.
        var range: Range<Int>
        /// What stands between the word before and this one.
        var gap: String
        var isCapital: Bool
        var isNumber: Bool

        /// Nothing but a space, or a dot and a space, stands before it.
        var follows: Bool { gap == " " || gap == ". " || gap == "." || gap == "\u{a0}" }
        var beginsLine: Bool { gap.contains("\n") }
        /// A sentence or a line begins with it.
        var beginsSentence: Bool { beginsLine || gap.contains { ".!?;:>*".contains($0) } }
    }

    private(set) var words: [Word] = []
    /// What stands after the last word.
    private(set) var rest = ""

    init(_ text: String) {
        var word = ""
        var gap = ""
        var (start, offset) = (0, 0)
        let scalars = Array(text.unicodeScalars)
        func isInside(_ scalar: Unicode.Scalar) -> Bool {
            scalar.value < 128
                ? UInt8(scalar.value).isAlphanumeric : scalar.properties.isAlphabetic || scalar.properties.isDiacritic
        }
        func close() {
            guard !word.isEmpty else { return }
            var range = start..<offset
            var own = word
            for ending in ["'s", "’s", "'S", "’S"] where own.hasSuffix(ending) && own.unicodeScalars.count > 3 {
                own = String(own.unicodeScalars.dropLast(2))
                range = start..<offset - ending.utf8.count
            }
            let first = own.unicodeScalars.first!
            words.append(
                Word(
                    text: own, lower: own.lowercased(), range: range, gap: words.isEmpty ? "\n" + gap : gap,
                    isCapital: first.properties.isUppercase, isNumber: own.utf8.allSatisfy(\.isDigit)))
            word = ""
            gap = ""
        }
        for (i, scalar) in scalars.enumerated() {
            let joins =
                !word.isEmpty && (scalar == "'" || scalar == "’" || scalar == "-") && i + 1 < scalars.count
                && isInside(scalars[i + 1])
            if isInside(scalar) || joins {
                if word.isEmpty { start = offset }
                word.unicodeScalars.append(scalar)
            } else {
                close()
                gap.unicodeScalars.append(scalar)
            }
            offset += String(scalar).utf8.count
        }
        close()
        rest = gap
    }

    /// What stands after a word.
    func gap(after place: Int) -> String { place + 1 < words.count ? words[place + 1].gap : rest + "\n" }

    func isCapital(at byte: Int) -> Bool { words.first { $0.range.upperBound > byte }?.isCapital == true }

    func endsLine(_ place: Int) -> Bool { place < words.count && gap(after: place).contains("\n") }

    /// Whether the words from `place` on are these, on one line.
    func has(_ phrase: [String], at place: Int) -> Bool {
        guard place >= 0, place + phrase.count <= words.count, words[place].lower == phrase[0] else { return false }
        return phrase.indices.dropFirst().allSatisfy {
            words[place + $0].lower == phrase[$0] && !words[place + $0].beginsLine
        }
    }
}
