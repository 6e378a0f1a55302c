/// Finds links in free text: urls, `www.` names, Markdown and HTML links also when they are relative.
enum LinkExtractor {
    /// - Returns: links as written, without closing punctuation, in order, each once.
    /// - Complexity: linear.
    static func links(in text: String) -> [String] {
        let bytes = Array(text.utf8)
        var found: [String] = []
        var seen: Set<String> = []
        func add(_ range: Range<Int>) {
            let link = String(decoding: bytes[range], as: UTF8.self)
            if !link.isEmpty, seen.insert(link).inserted { found.append(link) }
        }
        var index = 0
        while index < bytes.count {
            let byte = bytes[index] | 32
            if byte == UInt8(ascii: "h") || byte == UInt8(ascii: "w"), startsUrl(bytes, index) {
                let end = urlEnd(bytes, index)
                add(index..<end)
                index = end
            } else if bytes[index] == UInt8(ascii: "]"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "("),
                let target = target(bytes, index + 2, UInt8(ascii: ")"))
            {
                add(target)
                index = target.upperBound
            } else if byte == UInt8(ascii: "h"), matches(bytes, index, "href="), index + 5 < bytes.count,
                bytes[index + 5] == 0x22 || bytes[index + 5] == 0x27,
                let target = target(bytes, index + 6, bytes[index + 5])
            {
                add(target)
                index = target.upperBound
            } else {
                index += 1
            }
        }
        return found
    }

    private static func startsUrl(_ bytes: [UInt8], _ index: Int) -> Bool {
        if index > 0, isWord(bytes[index - 1]) { return false }
        return matches(bytes, index, "http://") || matches(bytes, index, "https://")
            || matches(bytes, index, "www.") && index + 4 < bytes.count && isWord(bytes[index + 4])
    }

    /// The target of a Markdown or HTML link when it is an address of a page.
    private static func target(_ bytes: [UInt8], _ start: Int, _ close: UInt8) -> Range<Int>? {
        var end = start
        while end < bytes.count, bytes[end] != close, bytes[end] > 0x20 { end += 1 }
        guard end > start, end < bytes.count, end - start < 2048 else { return nil }
        if bytes[start] == UInt8(ascii: "#") || matches(bytes, start, "mailto:") || matches(bytes, start, "javascript:")
            || matches(bytes, start, "tel:")
        {
            return nil
        }
        let slice = bytes[start..<end]
        return slice.contains(UInt8(ascii: "/")) || slice.contains(UInt8(ascii: "."))
            || slice.contains(UInt8(ascii: "-")) ? start..<end : nil
    }

    private static func urlEnd(_ bytes: [UInt8], _ start: Int) -> Int {
        var end = start
        var open = 0
        loop: while end < bytes.count {
            let byte = bytes[end]
            if byte <= 0x20 || "<>\"`|\\^{}".utf8.contains(byte) { break }
            switch byte {
            case UInt8(ascii: "("): open += 1
            case UInt8(ascii: ")"):
                // Balanced brackets belong to the url (Wikipedia), a stray one to the text around it.
                if open == 0 { break loop }
                open -= 1
            case UInt8(ascii: "]"): break loop
            case 0xE2 where end + 2 < bytes.count && bytes[end + 1] == 0x80: break loop
            case 0xE3 where end + 2 < bytes.count && bytes[end + 1] == 0x80: break loop
            default: break
            }
            end += 1
        }
        while end > start, ".,;:!?'*_".utf8.contains(bytes[end - 1]) { end -= 1 }
        return end
    }

    private static func matches(_ bytes: [UInt8], _ index: Int, _ text: String) -> Bool {
        let utf8 = text.utf8
        guard index + utf8.count <= bytes.count else { return false }
        return zip(bytes[index...], utf8).allSatisfy { ($0 >= 65 && $0 <= 90 ? $0 | 32 : $0) == $1 }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte | 32 >= 97 && byte | 32 <= 122 || byte >= 48 && byte <= 57
    }
}
