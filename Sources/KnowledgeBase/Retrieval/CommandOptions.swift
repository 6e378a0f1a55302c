/// Options of commands as a text writes them: `--wal-method`, `-X`.
enum CommandOptions {
    /// Each once, in the order of the text; a value behind `=` is none of it, nor is what stands inside a word.
    static func named(in text: String) -> [String] {
        var out: [String] = []
        for word in text.split(whereSeparator: { $0.isWhitespace || "|,;()[]/\"'`“”‘’".contains($0) }).prefix(2000) {
            var option = word.prefix { $0 != "=" }
            while let last = option.last, ".:!?".contains(last) { option.removeLast() }
            guard isOption(option), !out.contains(where: { $0 == option }) else { continue }
            out.append(String(option))
        }
        return out
    }

    static func isLong(_ option: String) -> Bool { option.hasPrefix("--") }

    /// Two hyphens, a letter and at least two more signs of a name; or one hyphen and one letter.
    private static func isOption(_ word: Substring) -> Bool {
        let bytes = Array(word.utf8)
        func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }
        guard bytes.count >= 2, bytes[0] == UInt8(ascii: "-") else { return false }
        if bytes.count == 2 { return isLetter(bytes[1]) }
        return bytes.count >= 5 && bytes[1] == UInt8(ascii: "-") && isLetter(bytes[2])
            && bytes[3...].allSatisfy { isLetter($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") }
    }
}
