@_spi(_Unicode) import Swift

/// Bytes of a file to text the rest of the program can trust: UTF-8, no NUL, LF line ends, NFC.
enum TextHygiene {
    /// Decodes a file.
    ///
    /// UTF-8 with or without a byte-order mark, UTF-16 with one. CR LF and lone CR become LF, so that line numbers are
    /// an editor's. Text is normalised to NFC, because equal text must have equal bytes before it is hashed or searched.
    /// - Throws: `.invalidUTF8` with the byte offset, `.binary` for a NUL byte, `.empty`.
    /// - Complexity: O(bytes).
    static func text(_ bytes: [UInt8]) throws(ReadError) -> String {
        if bytes.isEmpty { throw .empty }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes) }
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let body = start == 0 ? bytes : Array(bytes[start...])
        if let offset = body.firstIndex(of: 0) { throw .binary(offset: offset + start) }
        let lines = body.contains(0x0D) ? withoutCarriageReturns(body) : body
        guard let text = String(validating: lines, as: UTF8.self) else {
            throw .invalidUTF8(offset: firstInvalid(body) + start)
        }
        return nfc(text)
    }

    /// Text in canonical composed form. Costs a scan when it is composed already.
    static func nfc(_ text: String) -> String {
        var text = text
        let plain = text.withUTF8 { utf8 in
            // Every scalar below U+0300 is its own composed form; so are U+2010..U+203F (dashes, quotes, dots).
            var index = 0
            while index < utf8.count {
                let byte = utf8[index]
                if byte < 0xCC {
                    index += 1
                } else if byte == 0xE2, index + 2 < utf8.count, utf8[index + 1] == 0x80, utf8[index + 2] >= 0x90 {
                    index += 3
                } else {
                    return false
                }
            }
            return true
        }
        if plain { return text }
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: text._nfc)
        return String(scalars)
    }

    /// Runs of white space become one space; none at the ends.
    static func collapsed(_ text: some StringProtocol) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) {
                if let last = out.last, last != 0x20 { out.append(0x20) }
            } else {
                out.append(byte)
            }
        }
        if out.last == 0x20 { out.removeLast() }
        return String(decoding: out, as: UTF8.self)
    }

    private static func utf16(_ bytes: [UInt8]) throws(ReadError) -> String {
        let little = bytes[0] == 0xFF
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        var index = 2
        while index + 1 < bytes.count {
            let low = UInt16(bytes[index + (little ? 0 : 1)])
            let high = UInt16(bytes[index + (little ? 1 : 0)])
            let unit = high << 8 | low
            if unit == 0 { throw .binary(offset: index) }
            units.append(unit)
            index += 2
        }
        guard index == bytes.count, let text = String(validating: units, as: UTF16.self) else {
            throw .invalidUTF8(offset: index)
        }
        return nfc(String(decoding: withoutCarriageReturns(Array(text.utf8)), as: UTF8.self))
    }

    private static func withoutCarriageReturns(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0x0D {
                out.append(0x0A)
                if index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
            } else {
                out.append(bytes[index])
            }
            index += 1
        }
        return out
    }

    private static func firstInvalid(_ bytes: [UInt8]) -> Int {
        var decoder = UTF8()
        var iterator = CountingIterator(bytes: bytes)
        while true {
            let start = iterator.position
            switch decoder.decode(&iterator) {
            case .scalarValue: continue
            case .emptyInput: return start
            case .error: return iterator.validEnd(from: start)
            }
        }
    }

    private struct CountingIterator: IteratorProtocol {
        let bytes: [UInt8]
        var position = 0

        mutating func next() -> UInt8? {
            guard position < bytes.count else { return nil }
            position += 1
            return bytes[position - 1]
        }

        // The decoder may hold bytes it has read ahead: validate again scalar by scalar near the failure.
        func validEnd(from start: Int) -> Int {
            var index = max(0, start - 8)
            while index > 0, bytes[index] & 0xC0 == 0x80 { index -= 1 }
            while index < bytes.count {
                let lead = bytes[index]
                let length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0
                guard length > 0, index + length <= bytes.count,
                    String(validating: bytes[index..<index + length], as: UTF8.self) != nil
                else { return index }
                index += length
            }
            return index
        }
    }
}
