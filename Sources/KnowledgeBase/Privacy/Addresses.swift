/// Addresses of e-mail and of the internet.
enum Addresses {
    static func emails(_ bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        for at in bytes.indices where bytes[at] == UInt8(ascii: "@") {
            var start = at
            while start > 0, isLocal(bytes[start - 1]) { start -= 1 }
            while start < at, bytes[start] == UInt8(ascii: ".") || bytes[start] == UInt8(ascii: "-") { start += 1 }
            var end = at + 1
            while end < bytes.count, isDomain(bytes[end]) { end += 1 }
            while end > at + 1, bytes[end - 1] == UInt8(ascii: ".") || bytes[end - 1] == UInt8(ascii: "-") { end -= 1 }
            guard start < at, let dot = bytes[at + 1..<end].lastIndex(of: UInt8(ascii: ".")), dot > at + 1 else {
                continue
            }
            let top = bytes[dot + 1..<end]
            // `user@1.2.3` is a version, `icon@2x.png` a file.
            guard top.count >= 2, top.allSatisfy({ $0.isLetter || $0 >= 128 }) else { continue }
            guard !fileEndings.contains(String(decoding: top, as: UTF8.self).lowercased()) else { continue }
            found.append(start..<end)
        }
        return found + spelledOut(bytes)
    }

    /// `jane (at) mail (dot) com`, `jane [at] mail.com`.
    private static func spelledOut(_ bytes: [UInt8]) -> [Range<Int>] {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.utf8.count == bytes.count else { return [] }
        var found: [Range<Int>] = []
        for (open, close) in [("(", ")"), ("[", "]"), ("{", "}")] {
            let mark = Array((open + "at" + close).utf8)
            guard bytes.count > mark.count else { continue }
            for place in 0..<(bytes.count - mark.count)
            where bytes[place] == mark[0] && bytes[place..<place + mark.count].map(\.lower).elementsEqual(mark) {
                var start = place
                while start > 0, bytes[start - 1] == 32 { start -= 1 }
                let nameEnd = start
                while start > 0, isLocal(bytes[start - 1]) { start -= 1 }
                var end = place + mark.count
                while end < bytes.count, bytes[end] == 32 { end += 1 }
                let domain = end
                while end < bytes.count, isDomain(bytes[end]) { end += 1 }
                guard start < nameEnd, end - domain >= 2 else { continue }
                found.append(start..<end)
            }
        }
        return found
    }

    static func internet(_ bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var index = 0
        while index < bytes.count {
            let begins =
                index == 0
                || !(bytes[index - 1].isAlphanumeric || bytes[index - 1] == UInt8(ascii: ".")
                    || bytes[index - 1] == UInt8(ascii: ":"))
            guard begins, bytes[index].isHexDigit || bytes[index] == UInt8(ascii: ":") else {
                index += 1
                continue
            }
            var end = index
            while end < bytes.count,
                bytes[end].isHexDigit || bytes[end] == UInt8(ascii: ".") || bytes[end] == UInt8(ascii: ":")
            { end += 1 }
            var last = end
            while last > index,
                bytes[last - 1] == UInt8(ascii: ".")
                    || (bytes[last - 1] == UInt8(ascii: ":")
                        && !(last - 2 >= index && bytes[last - 2] == UInt8(ascii: ":")))
            { last -= 1 }
            let follows = end < bytes.count && bytes[end].isAlphanumeric
            if !follows, let width = four(bytes[index..<last]), !isVersion(bytes, index) {
                found.append(index..<index + width)
            } else if !follows, isSix(bytes[index..<last]) {
                found.append(index..<last)
            }
            index = max(end, index + 1)
        }
        return found
    }

    /// Bytes of a dotted quad at the start, a port after it left out.
    private static func four(_ part: ArraySlice<UInt8>) -> Int? {
        let address = part.prefix { $0 != UInt8(ascii: ":") }
        let numbers = address.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard numbers.count == 4 else { return nil }
        for number in numbers {
            guard (1...3).contains(number.count), number.allSatisfy(\.isDigit),
                let value = Int(String(decoding: number, as: UTF8.self)),
                value <= 255, number.count == 1 || number.first != UInt8(ascii: "0")
            else { return nil }
        }
        return address.count
    }

    /// `version 1.2.3.4`, `v115.0.1.2`, `build 10.0.0.1`: four numbers in a row that name a release.
    private static func isVersion(_ bytes: [UInt8], _ start: Int) -> Bool {
        let before = String(decoding: bytes[max(0, start - 16)..<start], as: UTF8.self).lowercased()
        let word = before.split(whereSeparator: { !$0.isLetter }).last.map(String.init) ?? ""
        return [
            "version", "v", "ver", "release", "build", "firmware", "update", "thunderbird", "firefox", "driver",
            "patch", "section", "chapter",
        ]
        .contains(word)
    }

    private static func isSix(_ part: ArraySlice<UInt8>) -> Bool {
        let colons = part.filter { $0 == UInt8(ascii: ":") }.count
        guard colons >= 2, part.count >= 6, !part.contains(UInt8(ascii: ".")) else { return false }
        let groups = part.split(separator: UInt8(ascii: ":"))
        guard groups.count >= 2, groups.count <= 8, groups.allSatisfy({ $0.count <= 4 && $0.allSatisfy(\.isHexDigit) })
        else { return false }
        let text = String(decoding: part, as: UTF8.self)
        // Times of day are shorter; hardware addresses have six groups of two.
        return text.contains("::") || groups.count == 8
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || byte >= 128 || "._%+-'".utf8.contains(byte)
    }

    private static func isDomain(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || byte >= 128 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }

    private static let fileEndings: Set<String> = [
        "png", "jpg", "jpeg", "gif", "svg", "webp", "js", "css", "json", "html", "py", "swift", "ts", "md", "yaml",
        "yml", "txt",
    ]
}

extension UInt8 {
    var isDigit: Bool { self >= 48 && self <= 57 }
    var isLetter: Bool { (self | 32) >= 97 && (self | 32) <= 122 }
    var isAlphanumeric: Bool { isDigit || isLetter }
    var isHexDigit: Bool { isDigit || (self | 32) >= 97 && (self | 32) <= 102 }
    var lower: UInt8 { self >= 65 && self <= 90 ? self + 32 : self }
}
