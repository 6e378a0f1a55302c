/// Text of one block in the making: collapses white space and remembers where each line of the file begins.
struct BlockText {
    private(set) var utf8: [UInt8] = []
    private(set) var breaks: [Block.LineBreak] = []
    private(set) var firstLine = 0
    private(set) var lastLine = 0
    /// Bytes that are not white space, and how many of them are inside links.
    private(set) var inked = 0
    private(set) var linked = 0
    private var pendingSpace = false

    var isEmpty: Bool { utf8.isEmpty }

    /// Appends text that begins on `line`; a line feed in it moves on to the next line.
    mutating func append(_ text: some Sequence<UInt8>, line: Int, isLink: Bool = false) {
        var line = line
        for byte in text {
            if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) {
                if byte == 0x0A { line += 1 }
                pendingSpace = true
                continue
            }
            if byte >= 0x80, dropInvisible(byte) { continue }
            if utf8.isEmpty {
                firstLine = line
                lastLine = line
            } else if pendingSpace {
                utf8.append(0x20)
            }
            pendingSpace = false
            if line > lastLine {
                breaks.append(Block.LineBreak(offset: utf8.count, line: line))
                lastLine = line
            }
            utf8.append(byte)
            inked += 1
            if isLink { linked += 1 }
        }
    }

    /// No-break spaces are spaces; soft hyphens and zero-width spaces are nothing. True when `byte` completed one.
    private mutating func dropInvisible(_ byte: UInt8) -> Bool {
        let count = utf8.count
        if byte == 0xA0 || byte == 0xAD, count >= 1, utf8[count - 1] == 0xC2 {
            utf8.removeLast()
            inked -= 1
            if byte == 0xA0 { pendingSpace = true } else { trimSpace() }
        } else if byte == 0x8B && count >= 2 && utf8[count - 1] == 0x80 && utf8[count - 2] == 0xE2
            || byte == 0xBF && count >= 2 && utf8[count - 1] == 0xBB && utf8[count - 2] == 0xEF
        {
            utf8.removeLast(2)
            inked -= 2
            trimSpace()
        } else {
            return false
        }
        trimSpace()
        while let last = breaks.last, last.offset > utf8.count { breaks.removeLast() }
        return true
    }

    /// A space written for an invisible character goes with it.
    private mutating func trimSpace() {
        guard utf8.last == 0x20 else { return }
        utf8.removeLast()
        pendingSpace = true
    }

    mutating func space() { pendingSpace = true }

    /// Appends a mark right behind the last word, unless one is there.
    mutating func punctuate(_ mark: UInt8) {
        if let last = utf8.last, !".:;,!?".utf8.contains(last) { utf8.append(mark) }
        pendingSpace = true
    }

    /// The block, or nil when nothing but white space was appended.
    /// - Parameter lines: the lines of the whole construct, where known; else those of its text.
    func block(_ kind: Block.Kind, lines: ClosedRange<Int>? = nil) -> Block? {
        guard !utf8.isEmpty else { return nil }
        return Block(
            kind: kind, text: String(decoding: utf8, as: UTF8.self),
            lines: lines ?? firstLine...max(firstLine, lastLine),
            breaks: breaks, isNavigation: isLinks)
    }

    /// The text is links and what stands between them (bullets, bars, "and").
    var isLinks: Bool { linked > 0 && inked - linked <= max(3, inked / 10) }
}
