/// Cuts running text into sentences.
///
/// A full stop ends a sentence when white space and something that can begin one follow, and the word before it is no
/// abbreviation, initial or list number. `!` and `?` end one likewise; the full stops of Chinese and Japanese end one
/// wherever they stand. Version numbers, file names and urls have no space after their stops and stay whole.
enum SentenceSplitter {
    /// - Returns: UTF-8 ranges of `text`, rising and disjoint, white space between them left out; closing quotes and
    ///   brackets belong to the sentence they close.
    /// - Complexity: linear.
    static func ranges(_ text: String) -> [Range<Int>] {
        var text = text
        return text.withUTF8 { utf8 in
            var ranges: [Range<Int>] = []
            var start = 0
            var index = 0
            func close(at end: Int) {
                var from = start
                var to = end
                while from < to, utf8[from] <= 0x20 { from += 1 }
                while to > from, utf8[to - 1] <= 0x20 { to -= 1 }
                if from < to { ranges.append(from..<to) }
                start = end
            }
            while index < utf8.count {
                let byte = utf8[index]
                if byte == 0x0A {
                    close(at: index)
                    index += 1
                } else if let width = wideStop(utf8, index) {
                    index = afterClosers(utf8, index + width)
                    close(at: index)
                } else if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?") {
                    var end = index + 1
                    while end < utf8.count, ".!?".utf8.contains(utf8[end]) { end += 1 }
                    let isSingleStop = byte == UInt8(ascii: ".") && end == index + 1
                    end = afterClosers(utf8, end)
                    if end == utf8.count || utf8[end] <= 0x20, canBegin(utf8, end),
                        !(isSingleStop && isAbbreviation(utf8, index, start, end))
                    {
                        close(at: end)
                    }
                    index = end
                } else {
                    index += 1
                }
            }
            close(at: utf8.count)
            return ranges
        }
    }

    /// Width of an ideographic full stop, question or exclamation mark, or the Devanagari danda.
    private static func wideStop(_ utf8: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
        guard index + 2 < utf8.count else { return nil }
        switch (utf8[index], utf8[index + 1], utf8[index + 2]) {
        case (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x9F), (0xEF, 0xBD, 0xA1), (0xE0, 0xA5, 0xA4):
            return 3
        default: return nil
        }
    }

    private static func afterClosers(_ utf8: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < utf8.count {
            if "\"')]}".utf8.contains(utf8[index]) {
                index += 1
            } else if index + 2 < utf8.count,
                closers.contains(where: { $0 == (utf8[index], utf8[index + 1], utf8[index + 2]) })
            {
                index += 3
            } else {
                break
            }
        }
        return index
    }

    // ” ’ 」 』 ）
    private static let closers: [(UInt8, UInt8, UInt8)] = [
        (0xE2, 0x80, 0x9D), (0xE2, 0x80, 0x99), (0xE3, 0x80, 0x8D), (0xE3, 0x80, 0x8F), (0xEF, 0xBC, 0x89),
    ]

    /// What follows the white space may begin a sentence: anything but a lower-case letter and joining punctuation.
    private static func canBegin(_ utf8: UnsafeBufferPointer<UInt8>, _ end: Int) -> Bool {
        var index = end
        while index < utf8.count, utf8[index] <= 0x20 { index += 1 }
        guard index < utf8.count else { return true }
        let byte = utf8[index]
        if byte >= 97, byte <= 122 {
            return isNameLike(utf8, index)
        }
        return !",;:)]}>|".utf8.contains(byte)
    }

    /// A word in lower case that may begin a sentence all the same: "iPhone", "eBay" with a capital inside, `max_size` and `sync.interval`
    /// with a joint between two letters on either side.
    private static func isNameLike(_ utf8: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        func isLetter(_ index: Int) -> Bool {
            index >= start && index < utf8.count && (97...122).contains(utf8[index] | 0x20)
        }
        var index = start
        while index < utf8.count, utf8[index] > 0x20, index - start <= 40 {
            if utf8[index] >= 65, utf8[index] <= 90 { return index - start <= 12 }
            if utf8[index] == UInt8(ascii: "_") || utf8[index] == UInt8(ascii: "."),
                isLetter(index - 2), isLetter(index - 1), isLetter(index + 1), isLetter(index + 2)
            {
                return true
            }
            index += 1
        }
        return false
    }

    private static func isAbbreviation(_ utf8: UnsafeBufferPointer<UInt8>, _ stop: Int, _ start: Int, _ end: Int)
        -> Bool
    {
        var from = stop
        while from > start, utf8[from - 1] > 0x20, stop - from < 16, !"([\"'/".utf8.contains(utf8[from - 1]) {
            from -= 1
        }
        let word = utf8[from..<stop]
        guard let first = word.first else { return false }
        // "3. Click OK" at the start of a sentence is a number in front of a step.
        if word.allSatisfy({ $0 >= 48 && $0 <= 57 }) {
            return from == start || from > start && utf8[start..<from].allSatisfy { $0 <= 0x20 }
        }
        // Initials: "J. Smith"; "I." and "A." end sentences rarely enough.
        if word.count == 1, first >= 65, first <= 90 { return end < utf8.count }
        let lower = String(decoding: word, as: UTF8.self).lowercased()
        if always.contains(lower) { return true }
        // These end a sentence when a capital follows, except in front of a number ("No. 5", "Fig. 2").
        guard end + 1 < utf8.count, numbered.contains(lower) else { return false }
        return utf8[end + 1] >= 48 && utf8[end + 1] <= 57
    }

    private static let always: Set<String> = [
        "e.g", "i.e", "mr", "mrs", "ms", "dr", "prof", "st", "vs", "cf", "approx", "resp", "incl", "excl", "jr", "sr",
        "z.b", "d.h", "u.a",
        "bzw", "ca", "evtl", "ggf", "p.ex", "viz", "al", "esp", "u.s", "e.u",
    ]
    private static let numbered: Set<String> = [
        "no", "nr", "fig", "sec", "ch", "art", "vol", "p", "pp", "ver", "v", "eq", "tab", "ref",
    ]
}
