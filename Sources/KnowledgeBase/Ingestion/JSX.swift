/// Takes JSX components and comments out of MDX, text and line feeds kept.
enum JSX {
    /// Longest tag that is believed to be one.
    private static let longest = 20_000

    /// - Complexity: linear for tags that close; an unclosed tag costs at most `longest` bytes of looking, and after
    ///   a hundred of them no more are looked for.
    static func stripped(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = 0
        var code = 0
        var failures = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "`") {
                let run = bytes[index...].prefix { $0 == byte }.count
                // A run opens code and an equal run closes it; inline code ends with its paragraph at the latest.
                code = code == 0 ? run : (code == run ? 0 : code)
                out += bytes[index..<index + run]
                index += run
                continue
            }
            if byte == 0x0A, code > 0, code < 3, index + 1 < bytes.count, bytes[index + 1] == 0x0A { code = 0 }
            if code == 0, failures < 100, byte == UInt8(ascii: "<") || byte == UInt8(ascii: "{"), begins(bytes, index) {
                if let end = end(bytes, index) {
                    out += bytes[index..<end].filter { $0 == 0x0A }
                    index = end
                    continue
                }
                failures += 1
            }
            out.append(byte)
            index += 1
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func begins(_ bytes: [UInt8], _ index: Int) -> Bool {
        guard index + 2 < bytes.count else { return false }
        let next = bytes[index + 1]
        if bytes[index] == UInt8(ascii: "{") {
            return next == UInt8(ascii: "/") && bytes[index + 2] == UInt8(ascii: "*")
        }
        let isUpper = { (byte: UInt8) in byte >= 65 && byte <= 90 }
        return isUpper(next) || next == UInt8(ascii: ">")
            || next == UInt8(ascii: "/") && (isUpper(bytes[index + 2]) || bytes[index + 2] == UInt8(ascii: ">"))
    }

    /// The index after the tag, quotes and braces honoured; nil when it does not close.
    private static func end(_ bytes: [UInt8], _ start: Int) -> Int? {
        var depth = 0
        var quote: UInt8 = 0
        for index in start..<min(bytes.count, start + longest) {
            let byte = bytes[index]
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"),
                depth > 0 || bytes[start] != UInt8(ascii: "{")
            {
                quote = byte
            } else if byte == UInt8(ascii: "{") {
                depth += 1
            } else if byte == UInt8(ascii: "}") {
                depth -= 1
                if bytes[start] == UInt8(ascii: "{"), depth == 0 { return index + 1 }
            } else if byte == UInt8(ascii: ">"), depth == 0, bytes[start] == UInt8(ascii: "<") {
                return index + 1
            }
        }
        return nil
    }
}
