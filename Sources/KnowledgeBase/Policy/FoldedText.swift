/// A text as the phrase tables see it: words in lower case without accents, and the ends of sentences.
///
/// `Können Sie mich zurückrufen?` becomes `konnen sie mich zuruckrufen` and an end. Chinese, Japanese and Thai are
/// written without spaces: each of their characters is a word of its own.
struct FoldedText: Sendable {
    struct Word: Sendable, Equatable {
        /// Empty at the end of a sentence.
        var text: String
        /// UTF-8 bytes of the original.
        var range: Range<Int>

        var isEnd: Bool { text.isEmpty }
    }

    private(set) var words: [Word] = []

    /// A line of so many bytes may be one that a mail program broke.
    private static let wrappedLine = 50

    /// - Complexity: linear; ASCII takes a fast path, about 5 ns a byte.
    init(_ original: String) {
        var original = original
        let ascii = original.withUTF8 { bytes in bytes.allSatisfy { $0 < 128 } ? Self.words(ascii: bytes) : nil }
        if let ascii { self.init(words: ascii) } else { self.init(anyScript: original) }
    }

    private init(words: [Word]) { self.words = words }

    /// The same as `init(anyScript:)`, by bytes.
    private static func words(ascii bytes: UnsafeBufferPointer<UInt8>) -> [Word] {
        var words: [Word] = []
        var word: [UInt8] = []
        var (start, end, lineStart) = (0, 0, 0)
        func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 97 && byte | 0x20 <= 122 }
        func close() {
            guard !word.isEmpty else { return }
            words.append(Word(text: String(decoding: word, as: UTF8.self), range: start..<end))
            word.removeAll(keepingCapacity: true)
        }
        func closeSentence(at offset: Int) {
            close()
            if let last = words.last, !last.isEnd { words.append(Word(text: "", range: offset..<offset)) }
        }
        for (i, byte) in bytes.enumerated() {
            switch byte {
            case 48...57, 97...122, 65...90:
                if word.isEmpty { start = i }
                word.append(byte >= 65 && byte <= 90 ? byte + 32 : byte)
                end = i + 1
            case UInt8(ascii: "'"):
                // `l'operateur` is two words; `don't` is one.
                if i + 3 < bytes.count, (1...3).allSatisfy({ isLetter(bytes[i + $0]) }) { close() }
            case UInt8(ascii: "."):
                if i + 1 == bytes.count || bytes[i + 1] <= 32 { closeSentence(at: i) } else { close() }
            case UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ";"): closeSentence(at: i)
            case 10:
                let wraps = i - lineStart >= wrappedLine && i + 1 < bytes.count && bytes[i + 1] > 32
                if wraps { close() } else { closeSentence(at: i) }
                lineStart = i + 1
            default: close()
            }
        }
        closeSentence(at: bytes.count)
        return words
    }

    /// For texts of any script; what it makes of ASCII is what the fast path must make of it.
    init(anyScript original: String) {
        var word = ""
        var start = 0
        var offset = 0
        var end = 0
        var lineStart = 0
        func close() {
            guard !word.isEmpty else { return }
            words.append(Word(text: word, range: start..<end))
            word = ""
        }
        func closeSentence(at offset: Int) {
            close()
            if let last = words.last, !last.isEnd { words.append(Word(text: "", range: offset..<offset)) }
        }
        let scalars = Array(original.unicodeScalars)
        for (i, scalar) in scalars.enumerated() {
            let width = UTF8.width(scalar)
            defer { offset += width }
            let value = scalar.value
            if value < 128 {
                let byte = UInt8(value)
                switch byte {
                case 48...57, 97...122:
                    if word.isEmpty { start = offset }
                    word.unicodeScalars.append(scalar)
                    end = offset + 1
                case 65...90:
                    if word.isEmpty { start = offset }
                    word.unicodeScalars.append(Unicode.Scalar(byte + 32))
                    end = offset + 1
                case UInt8(ascii: "'"):
                    if Self.splits(scalars, after: i) { close() }
                case UInt8(ascii: "."):
                    if i + 1 == scalars.count || scalars[i + 1].value <= 32 {
                        closeSentence(at: offset)
                    } else {
                        close()
                    }
                case UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ";"): closeSentence(at: offset)
                case 10:
                    // Mail programs break long lines; a short line ends what it says.
                    let wraps =
                        offset - lineStart >= Self.wrappedLine && i + 1 < scalars.count && scalars[i + 1].value > 32
                    if wraps { close() } else { closeSentence(at: offset) }
                    lineStart = offset + 1
                default: close()
                }
                continue
            }
            switch value {
            case 0x2019, 0x2018, 0x02BC, 0x00B4:
                if Self.splits(scalars, after: i) { close() }
            case 0x3002, 0xFF01, 0xFF1F, 0x061F, 0x0964, 0x2026, 0x06D4:
                closeSentence(at: offset)
            case 0x300...0x36F, 0x64B...0x652, 0x591...0x5C7, 0x200C...0x200D, 0xFE0F:
                continue  // combining marks
            case 0x3040...0x30FF, 0x3400...0x9FFF, 0xE00...0xE7F, 0x20000...0x2FFFF:
                close()
                words.append(Word(text: String(scalar), range: offset..<offset + width))
            default:
                if let folded = Self.table[value] {
                    if word.isEmpty { start = offset }
                    word += folded
                    end = offset + width
                } else if scalar.properties.isAlphabetic || scalar.properties.generalCategory == .spacingMark
                    || scalar.properties.generalCategory == .nonspacingMark
                {
                    if word.isEmpty { start = offset }
                    word += scalar.properties.lowercaseMapping
                    end = offset + width
                } else {
                    close()
                }
            }
        }
        closeSentence(at: offset)
    }

    /// `l'opérateur` is two words; `don't` is one.
    private static func splits(_ scalars: [Unicode.Scalar], after index: Int) -> Bool {
        var count = 0
        while index + 1 + count < scalars.count, count < 3, scalars[index + 1 + count].properties.isAlphabetic {
            count += 1
        }
        return count >= 3
    }

    /// Letters without their accents.
    private static let table: [UInt32: String] = {
        let rows: [(String, String)] = [
            ("a", "àáâãäåāăąǎạảấầẩẫậắằẳẵặÀÁÂÃÄÅĀĂĄẠẢẤẦẨẪẬẮẰẲẴẶ"), ("c", "çćčĉċÇĆČ"), ("d", "ďđðĎĐÐ"),
            ("e", "èéêëēĕėęěẹẻẽếềểễệÈÉÊËĒĖĘĚẸẺẼẾỀỂỄỆ"), ("g", "ğĝġģĞĢ"), ("h", "ĥħ"),
            ("i", "ìíîïĩīĭįıịỉÌÍÎÏĪĮİỊỈ"), ("k", "ķ"), ("l", "łľĺļŁĽ"), ("n", "ñńňņÑŃŇ"),
            ("o", "òóôõöøōŏőơọỏốồổỗộớờởỡợÒÓÔÕÖØŌŐƠỌỎỐỒỔỖỘỚỜỞỠỢ"), ("r", "řŕŘ"), ("s", "śšşșŚŠŞȘ"), ("ss", "ßẞ"),
            ("t", "ťţțŤŢȚ"), ("u", "ùúûüũūŭůűųưụủứừửữựÙÚÛÜŪŮŰƯỤỦỨỪỬỮỰ"), ("y", "ýÿỳỷỹỵÝỲ"), ("z", "źżžŹŻŽ"),
            ("ae", "æÆ"), ("oe", "œŒ"),
            ("α", "άΆ"), ("ε", "έΈ"), ("η", "ήΉ"), ("ι", "ίϊΐΊ"), ("ο", "όΌ"), ("υ", "ύϋΰΎ"), ("ω", "ώΏ"), ("σ", "ς"),
            ("е", "ёЁ"), ("и", "йЙ"), ("і", "їЇ"),
            ("ا", "أإآ"), ("ه", "ة"), ("ي", "ى"),
        ]
        var table: [UInt32: String] = [:]
        for (folded, letters) in rows { for letter in letters.unicodeScalars { table[letter.value] = folded } }
        return table
    }()
}

extension StringProtocol where SubSequence == Substring {
    /// Parts between an ASCII separator: cheaper than `split`, which looks at characters.
    func pieces(_ separator: Unicode.Scalar, keepingEmpty: Bool = false) -> [Substring] {
        let byte = UInt8(ascii: separator)
        var parts: [Substring] = []
        var start = utf8.startIndex
        var index = start
        while index < utf8.endIndex {
            if utf8[index] == byte {
                if keepingEmpty || start < index { parts.append(self[start..<index]) }
                start = utf8.index(after: index)
            }
            index = utf8.index(after: index)
        }
        if keepingEmpty || start < index { parts.append(self[start..<index]) }
        return parts
    }
}
