/// Plain text to blocks: paragraphs between blank lines, lists by their bullets, headings by `HeadingGuess`.
enum PlainTextReader {
    /// - Parameter lineOffset: lines of the file in front of `text`.
    static func blocks(_ text: Substring, lineOffset: Int) -> [Block] {
        var blocks: [Block] = []
        var open = BlockText()
        var kind = Block.Kind.paragraph
        func flush() {
            if let block = open.block(kind) { blocks.append(block) }
            open = BlockText()
            kind = .paragraph
        }
        var previous: Substring = ""
        for (index, raw) in text.lines.enumerated() {
            let line = raw.trimmedEnd
            let number = index + 1 + lineOffset
            if line.isEmpty {
                flush()
            } else if let level = underline(line), !open.isEmpty, open.firstLine == number - 1,
                line.utf8.count + 2 >= previous.utf8.count
            {
                kind = .heading(level: level)
                flush()
            } else if underline(line) != nil {
                flush()
            } else {
                if let item = ListMark(line) {
                    flush()
                    kind = .listItem(depth: item.depth, ordinal: item.ordinal)
                    open.append(item.text.utf8, line: number)
                } else {
                    open.append(line.utf8, line: number)
                    open.space()
                }
            }
            previous = line
        }
        flush()
        return blocks
    }

    /// The level of a line that is nothing but "=" or "-" (and at least three of them).
    private static func underline(_ line: Substring) -> Int? {
        guard let first = line.utf8.first, "=-~*_#".utf8.contains(first), line.utf8.count >= 3,
            line.utf8.allSatisfy({ $0 == first })
        else { return nil }
        return first == UInt8(ascii: "=") || first == UInt8(ascii: "#") ? 1 : 2
    }
}

/// The bullet or number at the start of a line of plain text.
struct ListMark {
    var depth: Int
    var ordinal: Int?
    var text: Substring

    init?(_ line: Substring) {
        let indent = line.utf8.prefix { $0 == 0x20 }.count
        let body = line.trimmedStart
        depth = 1 + min(indent / 2, 8)
        guard let first = body.utf8.first, !(65...90).contains(first),
            !(97...122).contains(first) || first == UInt8(ascii: "o")
        else { return nil }
        for bullet in ["- ", "* ", "• ", "+ ", "– ", "o "] where body.hasPrefix(bullet) {
            if bullet == "o ", indent == 0 { return nil }
            text = body.dropFirst(2).trimmedStart
            return
        }
        guard (48...57).contains(first) else { return nil }
        let digits = body.prefix { ("0"..."9").contains($0) }
        guard (1...3).contains(digits.utf8.count), let mark = body[digits.endIndex...].first,
            mark == "." || mark == ")",
            body[digits.endIndex...].dropFirst().first == " "
        else { return nil }
        ordinal = Int(digits)
        text = body[digits.endIndex...].dropFirst(2).drop { $0 == " " }
    }
}
