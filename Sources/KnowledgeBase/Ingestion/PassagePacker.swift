/// Fills passages with the units of one section after the other.
struct PassagePacker {
    private let title: String
    private let tokenCount: (String) -> Int
    private var passages: [Passage] = []
    private var prefixTokens: [[String]: Int] = [:]

    /// The passage being filled: its heading path, its units, their tokens.
    private var headings: [String] = []
    private var units: [ChunkUnit] = []
    private var tokens = 0
    /// The open passage holds several sections, their headings written out.
    private var isMerged = false
    private var navigation: [(headings: [String], unit: ChunkUnit)] = []

    init(title: String, tokenCount: @escaping (String) -> Int) {
        self.title = title
        self.tokenCount = tokenCount
    }

    mutating func take(_ section: Chunker.Section) {
        let isLinkList = section.heading.map { NavigationText.isLinkHeading($0.text) } ?? false
        var blocks: [Block] = []
        var links: [Block] = []
        for block in section.blocks {
            let isList = if case .listItem = block.kind { true } else { false }
            if block.isNavigation || isLinkList && (isList || block.text.utf8.count < 120)
                || NavigationText.isBreadcrumb(block)
            {
                links.append(block)
            } else {
                blocks.append(block)
            }
        }
        let content = ChunkUnit.units(blocks[...], tokenCount: tokenCount)
        let pointers = ChunkUnit.units(links[...], tokenCount: tokenCount).map {
            (headings: section.headings, unit: $0)
        }
        defer { navigation += pointers }
        guard !content.isEmpty else { return }
        let total = content.reduce(0) { $0 + $1.tokens }
        if !merge(section, content, total) {
            flush()
            headings = section.headings
        }
        for unit in content { add(unit) }
    }

    mutating func finish() -> [Passage] {
        flush()
        flushNavigation()
        return passages
    }

    /// One passage for an article that is nothing but headings or a summary: still words to be found by.
    static func headingsOnly(_ document: SourceDocument) -> [Passage] {
        let texts = document.blocks.map(\.text).filter { !$0.isEmpty }
        let text = String((texts.isEmpty ? [document.summary ?? ""] : texts).joined(separator: "\n").prefix(800))
        guard !text.isEmpty else { return [] }
        let lines = (document.blocks.first?.lines.lowerBound ?? 1)...(document.blocks.last?.lines.upperBound ?? 1)
        return [Passage(headings: [], text: text, lines: lines, role: .content, sentences: [])]
    }

    /// Joins a small section to the open passage, with its heading written out, when both are small and related.
    private mutating func merge(_ section: Chunker.Section, _ content: [ChunkUnit], _ total: Int) -> Bool {
        guard !units.isEmpty, tokens < Chunker.enough, let heading = section.heading else { return false }
        let common = zip(headings, section.headings).prefix { $0 == $1 }.count
        // Neighbours under one parent, or a section and its own subsection.
        guard common >= headings.count - 1, common >= section.headings.count - 1 else { return false }
        let parent = Array(headings.prefix(common))
        let own = tokenCount(heading.text)
        let written = isMerged || headings.count == common ? 0 : tokenCount(headings.last ?? "")
        guard tokens + written + own + total <= room(for: parent) else { return false }
        if !isMerged, headings.count > common, let first = units.first {
            units.insert(
                Self.heading(headings[headings.count - 1], first.lines.lowerBound...first.lines.lowerBound, written),
                at: 0)
            tokens += written
        }
        headings = parent
        isMerged = true
        let line = heading.lines
        units.append(Self.heading(heading.text, line, own))
        tokens += own
        return true
    }

    private mutating func add(_ unit: ChunkUnit) {
        let room = room(for: headings)
        if tokens + unit.tokens <= room { return append(unit) }
        // Prose may be cut between sentences to fill the passage.
        let fills = unit.isProse && unit.parts.count > 1 && tokens < room * 4 / 5
        for piece in unit.pieces(limit: room, first: fills ? room - tokens : nil, tokenCount: tokenCount) {
            if tokens + piece.tokens > room { flush() }
            append(piece)
        }
    }

    private mutating func append(_ unit: ChunkUnit) {
        units.append(unit)
        tokens += unit.tokens
    }

    /// Tokens left for text under a heading path.
    private mutating func room(for headings: [String]) -> Int {
        if let known = prefixTokens[headings] { return min(Chunker.textLimit, Chunker.limit - known) }
        let count = tokenCount(Chunker.prefix(title: title, headings: headings, tokenCount: tokenCount))
        prefixTokens[headings] = count
        return min(Chunker.textLimit, Chunker.limit - count)
    }

    private mutating func flush() {
        // A heading at the end belongs to what follows; it is in that passage's path.
        while units.last?.isHeading == true { units.removeLast() }
        if !units.isEmpty { passages.append(Self.passage(headings, units, .content)) }
        units = []
        tokens = 0
        isMerged = false
        flushNavigation()
    }

    private mutating func flushNavigation() {
        var pending: [ChunkUnit] = []
        var path: [String] = []
        var sum = 0
        func close(_ passages: inout [Passage]) {
            if !pending.isEmpty { passages.append(Self.passage(path, pending, .navigation)) }
            pending = []
            sum = 0
        }
        for (headings, unit) in navigation {
            let room = room(for: headings)
            if headings != path { close(&passages) }
            path = headings
            for piece in unit.pieces(limit: room, tokenCount: tokenCount) {
                if sum + piece.tokens > room { close(&passages) }
                pending.append(piece)
                sum += piece.tokens
            }
        }
        close(&passages)
        navigation = []
    }

    private static func heading(_ text: String, _ lines: ClosedRange<Int>, _ tokens: Int) -> ChunkUnit {
        ChunkUnit(text: text, lines: lines, parts: [], tokens: tokens, isProse: false, isHeading: true)
    }

    private static func passage(_ headings: [String], _ units: [ChunkUnit], _ role: Passage.Role) -> Passage {
        var text = ""
        var sentences: [Sentence] = []
        for unit in units {
            if !text.isEmpty { text += "\n" }
            let start = text.utf8.count
            let utf8 = unit.text.utf8
            for part in unit.parts {
                let from = utf8.index(utf8.startIndex, offsetBy: part.range.lowerBound)
                let to = utf8.index(from, offsetBy: part.range.count)
                sentences.append(
                    Sentence(
                        text: String(unit.text[from..<to]),
                        range: part.range.lowerBound + start..<part.range.upperBound + start,
                        lines: part.lines, kind: part.kind, ordinal: part.ordinal))
            }
            text += unit.text
        }
        let first = units.map(\.lines.lowerBound).min()!
        let last = units.map(\.lines.upperBound).max()!
        return Passage(headings: headings, text: text, lines: first...last, role: role, sentences: sentences)
    }
}

/// Signs that a text leads elsewhere.
enum NavigationText {
    private static let linkHeadings: Set<String> = [
        "see also", "related", "related articles", "related topics", "related links", "further reading",
        "related content", "more information",
        "next steps", "in this section", "in this article", "on this page", "table of contents", "contents", "links",
        "external links", "references",
        "siehe auch", "verwandte artikel", "weitere informationen", "voir aussi", "articles connexes", "véase también",
        "inhaltsverzeichnis",
    ]

    static func isLinkHeading(_ text: String) -> Bool {
        linkHeadings.contains(
            text.lowercased().filter { $0.isLetter || $0 == " " }.split(separator: " ").joined(separator: " "))
    }

    /// "Home > Docs > Guides" as a paragraph by itself: short names between separators, and no sentence.
    static func isBreadcrumb(_ block: Block) -> Bool {
        guard block.kind == .paragraph, block.text.utf8.count < 120 else { return false }
        let names: [StaticString] = ["home", "docs", "start", "help", "support", "startseite", "documentation"]
        let lower = block.text.lowercased()
        guard let name = names.first(where: { lower[...].starts($0) }) else { return false }
        let rest = lower.utf8.dropFirst(name.utf8CodeUnitCount)
        for separator in [" > ", " » ", " / ", " › "] where rest.starts(with: separator.utf8) {
            return rest.count { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "/") || $0 == 0xBB || $0 == 0xBA } >= 2
        }
        return false
    }
}
