/// The smallest piece a passage is built from: a paragraph, a step with its short nested steps, a row, a fence.
struct ChunkUnit: Sendable {
    /// A sentence by its range in `text`.
    struct Part: Sendable {
        var range: Range<Int>
        var lines: ClosedRange<Int>
        var kind: Sentence.Kind
        var ordinal: Int?
    }

    var text: String
    var lines: ClosedRange<Int>
    var parts: [Part]
    var tokens: Int
    /// A paragraph or quotation: it may be cut between its sentences to fill a passage.
    var isProse: Bool
    /// A heading written out because its section shares a passage with others.
    var isHeading = false

    /// Longest step with nested steps that is still quoted whole, in bytes.
    private static let longestStep = 400

    /// Longest item that is one step, in bytes: about 120 words, the length of an answer.
    private static let longestQuoted = 700

    /// Groups blocks (no headings among them) into units.
    static func units(_ blocks: ArraySlice<Block>, tokenCount: (String) -> Int) -> [ChunkUnit] {
        var units: [ChunkUnit] = []
        var index = blocks.startIndex
        while index < blocks.endIndex {
            let block = blocks[index]
            guard case .listItem(let depth, let ordinal) = block.kind else {
                units.append(unit(block, tokenCount))
                index += 1
                continue
            }
            var end = index + 1
            var bytes = block.text.utf8.count
            while end < blocks.endIndex, case .listItem(let inner, _) = blocks[end].kind, inner > depth {
                bytes += blocks[end].text.utf8.count + 1
                end += 1
            }
            // A long tree of steps is taken apart: each item by itself.
            if end > index + 1, bytes > longestStep { end = index + 1 }
            units.append(step(blocks[index..<end], ordinal, tokenCount))
            index = end
        }
        return units
    }

    private static func unit(_ block: Block, _ tokenCount: (String) -> Int) -> ChunkUnit {
        let whole = 0..<block.text.utf8.count
        let parts: [Part]
        switch block.kind {
        case .code: parts = [Part(range: whole, lines: block.lines, kind: .code)]
        case .tableRow: parts = [Part(range: whole, lines: block.lines, kind: .row)]
        case .paragraph, .quote, .heading, .listItem:
            parts = SentenceSplitter.ranges(block.text).map {
                Part(range: $0, lines: block.lines(of: $0), kind: .sentence)
            }
        }
        let isProse = block.kind == .paragraph || block.kind == .quote
        return ChunkUnit(
            text: block.text, lines: block.lines, parts: parts, tokens: tokenCount(block.text), isProse: isProse)
    }

    private static func step(_ items: ArraySlice<Block>, _ ordinal: Int?, _ tokenCount: (String) -> Int) -> ChunkUnit {
        let text = items.map(\.text).joined(separator: "\n")
        let lines = items.first!.lines.lowerBound...items.map(\.lines.upperBound).max()!
        var parts = [Part(range: 0..<text.utf8.count, lines: lines, kind: .step, ordinal: ordinal)]
        if text.utf8.count > longestQuoted, let item = items.first, items.count == 1 {
            // An item of several sentences that nobody would quote whole.
            parts = SentenceSplitter.ranges(text).map { Part(range: $0, lines: item.lines(of: $0), kind: .sentence) }
        }
        return ChunkUnit(text: text, lines: lines, parts: parts, tokens: tokenCount(text), isProse: false)
    }
}

extension ChunkUnit {
    /// The unit in pieces of at most `limit` tokens: between sentences, else lines, else words, else characters.
    /// - Parameter first: room for the first piece, when that is to fill up a passage; a sentence above it waits.
    func pieces(limit: Int, first: Int? = nil, tokenCount: (String) -> Int) -> [ChunkUnit] {
        guard tokens > first ?? limit else { return [self] }
        let utf8 = Array(text.utf8)
        var out: [ChunkUnit] = []
        var parts: [Part] = []
        var sum = 0
        func flush() {
            defer {
                parts = []
                sum = 0
            }
            guard let first = parts.first, let last = parts.last else { return }
            let shift = first.range.lowerBound
            let text = String(decoding: utf8[shift..<last.range.upperBound], as: UTF8.self)
            let moved = parts.map { part in
                Part(
                    range: part.range.lowerBound - shift..<part.range.upperBound - shift, lines: part.lines,
                    kind: part.kind, ordinal: part.ordinal)
            }
            out.append(
                ChunkUnit(
                    text: text, lines: first.lines.lowerBound...max(first.lines.lowerBound, last.lines.upperBound),
                    parts: moved, tokens: sum,
                    isProse: isProse))
        }
        var room = first ?? limit
        for part in finer(utf8, limit, tokenCount) {
            if sum + part.tokens > room {
                if !parts.isEmpty { flush() }
                room = limit
            }
            parts.append(part.part)
            sum += part.tokens
        }
        flush()
        return out
    }

    /// Parts none of which exceeds the limit.
    private func finer(_ utf8: [UInt8], _ limit: Int, _ tokenCount: (String) -> Int) -> [(part: Part, tokens: Int)] {
        var out: [(Part, Int)] = []
        func add(_ part: Part, _ ranges: [Range<Int>], _ level: Int) {
            for (index, range) in ranges.enumerated() {
                let count = tokenCount(String(decoding: utf8[range], as: UTF8.self))
                var piece = part
                piece.range = range
                if part.kind == .code, level == 1 {
                    let line = min(part.lines.lowerBound + index, part.lines.upperBound)
                    piece.lines = line...line
                }
                if count <= limit || level >= 3 {
                    out.append((piece, count))
                } else {
                    add(piece, Self.cut(utf8, range, level + 1, limit), level + 1)
                }
            }
        }
        for part in parts {
            let slice = String(decoding: utf8[part.range], as: UTF8.self)
            let start = part.range.lowerBound
            let sentences =
                part.kind == .step || part.kind == .row
                ? SentenceSplitter.ranges(slice).map { $0.lowerBound + start..<$0.upperBound + start } : [part.range]
            add(part, sentences, 0)
        }
        return out
    }

    /// Level 1: lines (all of them, so that code keeps its count); 2: runs of words; 3: runs of characters.
    private static func cut(_ utf8: [UInt8], _ range: Range<Int>, _ level: Int, _ limit: Int) -> [Range<Int>] {
        var out: [Range<Int>] = []
        var start = range.lowerBound
        if level == 1 {
            for index in range where utf8[index] == 0x0A {
                out.append(start..<index)
                start = index + 1
            }
            out.append(start..<range.upperBound)
            return out
        }
        // A word is rarely more than three tokens, a character never more than two.
        let target = level == 2 ? max(1, limit / 3) : max(1, limit / 2)
        var count = 0
        for index in range {
            let isEnd = level == 2 ? utf8[index] == 0x20 : utf8[index] & 0xC0 != 0x80
            if isEnd {
                if count >= target, index > start {
                    out.append(start..<index)
                    start = level == 2 ? index + 1 : index
                    count = 0
                }
                count += 1
            }
        }
        if start < range.upperBound { out.append(start..<range.upperBound) }
        return out
    }
}
