/// reStructuredText to blocks: sections, paragraphs, lists, literal blocks, tables; directives taken off sensibly.
///
/// Roles lose their marks (:menuselection:`File --> Save` reads "File --> Save"), links keep their text, substitution
/// and target definitions go. Field lists at the top are the front matter.
struct RSTReader {
    private var lines: [Substring]
    private let offset: Int
    private var blocks: [Block] = []
    private var levels: [String] = []
    private var front = FrontMatter()

    static func read(_ text: Substring, lineOffset: Int) -> (blocks: [Block], front: FrontMatter) {
        var reader = RSTReader(lines: text.lines, offset: lineOffset + 1)
        reader.run()
        return (reader.blocks, reader.front)
    }

    private init(lines: [Substring], offset: Int) {
        self.lines = lines.map(\.trimmedEnd)
        self.offset = offset
    }

    private static let content: Set<Substring> = [
        "note", "warning", "tip", "important", "hint", "caution", "danger", "attention", "error", "admonition",
        "seealso", "versionadded",
        "versionchanged", "deprecated", "topic", "sidebar", "rubric", "tab", "tabs", "container", "epigraph",
        "tab-item", "tab-set", "grid", "dropdown",
    ]
    private static let literal: Set<Substring> = [
        "code-block", "code", "sourcecode", "literalinclude", "parsed-literal", "highlight", "prompt", "console",
    ]

    private mutating func run() {
        var index = 0
        while index < lines.count {
            let line = lines[index]
            let text = line.trimmedStart
            if text.isEmpty {
                index += 1
            } else if let next = section(index) {
                index = next
            } else if text.hasPrefix(".. ") || text == ".." {
                index = directive(index)
            } else if text.hasPrefix(":"), let field = field(text) {
                if blocks.allSatisfy({ if case .heading = $0.kind { true } else { false } }) {
                    front.values[field.0] = [field.1]
                } else {
                    paragraph(&index)
                    continue
                }
                index += 1
            } else if isGrid(text) {
                index = grid(index)
            } else if isSimpleBorder(text) {
                index = simpleTable(index)
            } else {
                paragraph(&index)
            }
        }
    }

    // MARK: sections

    private func adornment(_ line: Substring) -> UInt8? {
        guard let first = line.utf8.first, first > 0x20, first < 0x7F, line.utf8.count >= 2,
            line.utf8.allSatisfy({ $0 == first }),
            !(48...57).contains(first), !(65...90).contains(first & ~32)
        else { return nil }
        return first
    }

    private mutating func section(_ index: Int) -> Int? {
        if let mark = adornment(lines[index]), index + 2 < lines.count, adornment(lines[index + 2]) == mark,
            !lines[index + 1].isEmpty,
            adornment(lines[index + 1]) == nil, lines[index].utf8.count + 1 >= lines[index + 1].count
        {
            heading(lines[index + 1], "over\(mark)", index + 1)
            return index + 3
        }
        if index + 1 < lines.count, lines[index].first != " ", let mark = adornment(lines[index + 1]),
            adornment(lines[index]) == nil,
            lines[index + 1].utf8.count >= min(lines[index].count, 4)
        {
            heading(lines[index], "under\(mark)", index)
            return index + 2
        }
        // A transition: a line of punctuation alone.
        return adornment(lines[index]) != nil && lines[index].utf8.count >= 4 ? index + 1 : nil
    }

    private mutating func heading(_ text: Substring, _ style: String, _ index: Int) {
        if !levels.contains(style) { levels.append(style) }
        add(RSTInline.plain(text), .heading(level: levels.firstIndex(of: style)! + 1), index)
    }

    // MARK: directives

    private mutating func directive(_ index: Int) -> Int {
        let line = lines[index]
        let indent = line.indentation
        let text = line.dropFirst(indent).dropFirst(2).trimmedStart
        var end = index + 1
        while end < lines.count, lines[end].isEmpty || lines[end].indentation > indent { end += 1 }
        guard let colons = text.firstRange(of: "::"), !text.hasPrefix("_"), !text.hasPrefix("["), !text.hasPrefix("|")
        else {
            // Comment, target, footnote or substitution. A footnote's text is kept.
            if text.hasPrefix("["), let close = text.firstIndex(of: "]") {
                add(RSTInline.plain(text[text.index(after: close)...]), .paragraph, index)
            }
            return text.hasPrefix("_") || text.hasPrefix("|") ? index + 1 : end
        }
        let name = text[..<colons.lowerBound].split(separator: ":").last ?? ""
        let argument = text[colons.upperBound...].trimmedStart
        var first = index + 1
        while first < end, lines[first].isEmpty == false, lines[first].trimmedStart.hasPrefix(":") { first += 1 }
        if Self.literal.contains(name) {
            code(first, end)
            return end
        }
        guard Self.content.contains(name) else {
            if name == "image" || name == "figure" {
                for option in index + 1..<first {
                    if let field = field(lines[option].trimmedStart), field.0 == "alt" {
                        add(RSTInline.plain(field.1[...]), .paragraph, option)
                    }
                }
            }
            return end
        }
        if !argument.isEmpty { add(RSTInline.plain(argument), .paragraph, index) }
        // Its content is ordinary text: take the indentation off and go on reading there.
        let inner: Int = lines[first..<end].filter { !$0.isEmpty }.map(\.indentation).min() ?? 0
        for at in first..<end { lines[at] = lines[at].dropFirst(min(inner, lines[at].indentation)) }
        return first
    }

    private mutating func code(_ first: Int, _ end: Int) {
        guard first < end else { return }
        if let block = CodeBlock.block(lines[first..<end].joined(separator: "\n"), firstLine: first + offset) {
            blocks.append(block)
        }
    }

    private func field(_ text: Substring) -> (String, String)? {
        let rest = text.dropFirst()
        guard text.hasPrefix(":"), let close = rest.firstIndex(of: ":"), close > rest.startIndex,
            rest[rest.index(after: close)...].first.map({ $0 == " " }) ?? true, !rest[..<close].contains(" ")
        else { return nil }
        return (rest[..<close].lowercased(), TextHygiene.collapsed(rest[rest.index(after: close)...]))
    }

    // MARK: paragraphs and lists

    private mutating func paragraph(_ index: inout Int) {
        let start = index
        let indent = lines[index].indentation
        var kind = Block.Kind.paragraph
        var open = BlockText()
        var first = lines[index]
        if let mark = ListMark(first) {
            kind = .listItem(depth: mark.depth, ordinal: mark.ordinal)
            first = mark.text
        } else if first.trimmedStart.hasPrefix("#. ") {
            kind = .listItem(depth: 1 + indent / 2, ordinal: 1 + (ordinal(before: 1 + indent / 2) ?? 0))
            first = first.trimmedStart.dropFirst(3)
        }
        open.append(RSTInline.plain(first).utf8, line: start + offset)
        index += 1
        while index < lines.count, !lines[index].isEmpty, ListMark(lines[index]) == nil,
            !lines[index].trimmedStart.hasPrefix("#. ")
        {
            if lines[index].trimmedStart.hasPrefix(".. ") { break }
            open.append(" ".utf8, line: index + offset)
            open.append(RSTInline.plain(lines[index]).utf8, line: index + offset)
            index += 1
        }
        let introducesLiteral = lines[index - 1].hasSuffix("::")
        if let block = open.block(kind) { blocks.append(block) }
        guard introducesLiteral else { return }
        var end = index
        while end < lines.count, lines[end].isEmpty || lines[end].indentation > indent { end += 1 }
        code(index, end)
        index = end
    }

    private func ordinal(before depth: Int) -> Int? {
        guard case .listItem(let last, let ordinal) = blocks.last?.kind, last == depth else { return nil }
        return ordinal ?? 0
    }

    // MARK: tables

    private func isGrid(_ text: Substring) -> Bool { text.hasPrefix("+-") || text.hasPrefix("+=") }

    private func isSimpleBorder(_ text: Substring) -> Bool {
        text.hasPrefix("==") && text.contains(" ") && text.utf8.allSatisfy { $0 == 0x20 || $0 == UInt8(ascii: "=") }
    }

    private mutating func grid(_ start: Int) -> Int {
        var end = start
        while end < lines.count, let mark = lines[end].trimmedStart.first, mark == "+" || mark == "|" { end += 1 }
        let rows = lines[start..<end]
        let header = rows.firstIndex { $0.trimmedStart.hasPrefix("+=") }
        var table = TableRows()
        var cells: [BlockText] = []
        for index in rows.indices {
            if lines[index].trimmedStart.hasPrefix("+") {
                finish(&table, &cells)
                if index + 1 < end {
                    table.beginRow(isHeader: header.map { index < $0 } ?? false, line: index + 1 + offset)
                }
                continue
            }
            for (column, cell) in lines[index].split(separator: "|").filter({ !$0.isEmpty }).enumerated() {
                if column >= cells.count { cells.append(BlockText()) }
                cells[column].append(" ".utf8, line: index + offset)
                cells[column].append(RSTInline.plain(cell).utf8, line: index + offset)
            }
        }
        finish(&table, &cells)
        blocks += table.blocks()
        return max(end, start + 1)
    }

    private func finish(_ table: inout TableRows, _ cells: inout [BlockText]) {
        for cell in cells { table.add(cell) }
        cells = []
        table.endRow()
    }

    private mutating func simpleTable(_ start: Int) -> Int {
        let border = Array(lines[start].utf8)
        // Each column begins where a run of "=" does.
        let columns = border.indices.filter { border[$0] == 0x3D && ($0 == 0 || border[$0 - 1] == 0x20) }
        var end = start + 1
        var borders = [start]
        while end < lines.count {
            if isSimpleBorder(lines[end].trimmedStart) {
                borders.append(end)
                if borders.count == 3 || end + 1 >= lines.count || lines[end + 1].isEmpty { break }
            }
            end += 1
        }
        guard borders.count >= 2 else { return start + 1 }
        var table = TableRows()
        for index in start + 1..<borders.last! where !borders.contains(index) && !lines[index].isEmpty {
            table.beginRow(isHeader: borders.count == 3 && index < borders[1], line: index + offset)
            let bytes = Array(lines[index].utf8)
            for (column, from) in columns.enumerated() {
                let to = column + 1 < columns.count ? min(columns[column + 1], bytes.count) : bytes.count
                var cell = BlockText()
                if from < to {
                    cell.append(
                        RSTInline.plain(Substring(String(decoding: bytes[from..<to], as: UTF8.self))).utf8,
                        line: index + offset)
                }
                table.add(cell)
            }
            table.endRow()
        }
        blocks += table.blocks()
        return borders.last! + 1
    }

    private mutating func add(_ text: String, _ kind: Block.Kind, _ index: Int) {
        var open = BlockText()
        open.append(text.utf8, line: index + offset)
        if let block = open.block(kind) { blocks.append(block) }
    }
}

/// Inline markup of reStructuredText.
enum RSTInline {
    /// ``code`` and *emphasis* lose their marks, :role:`text <target>` and `text <url>`_ keep the text.
    static func plain(_ line: Substring) -> String {
        guard line.utf8.contains(where: { $0 == 0x60 || $0 == 0x2A || $0 == 0x7C || $0 == 0x3A }) else {
            return String(line)
        }
        var out: [UInt8] = []
        let bytes = Array(line.utf8)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x60 {
                let marks = bytes[index...].prefix { $0 == 0x60 }.count
                let inner = index + marks
                if let close = closing(bytes, inner, marks) {
                    if marks == 1 { dropRole(&out) }
                    var text = bytes[inner..<close]
                    if marks == 1, text.last == 0x3E, let angle = text.lastIndex(of: 0x3C), angle > text.startIndex {
                        text = text[..<angle]
                    }
                    while text.last == 0x20 { text.removeLast() }
                    out +=
                        text.first == UInt8(ascii: "~") && marks == 1
                        ? (text.split(separator: UInt8(ascii: ".")).last ?? text) : text
                    index = close + marks
                    while index < bytes.count, bytes[index] == UInt8(ascii: "_") { index += 1 }
                    continue
                }
            } else if byte == 0x2A || byte == 0x7C {
                let marks = byte == 0x2A && index + 1 < bytes.count && bytes[index + 1] == 0x2A ? 2 : 1
                let inner = index + marks
                if inner < bytes.count, bytes[inner] > 0x20, let close = bytes[inner...].firstIndex(of: byte),
                    close > inner, bytes[close - 1] > 0x20
                {
                    out += bytes[inner..<close]
                    index = close + marks
                    continue
                }
            } else if byte == 0x3A, index + 2 == bytes.count, bytes[index + 1] == 0x3A {
                // "Example::" shows one colon.
                out.append(byte)
                break
            }
            out.append(byte)
            index += 1
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func closing(_ bytes: [UInt8], _ start: Int, _ marks: Int) -> Int? {
        var index = start
        while let at = bytes[min(index, bytes.count)...].firstIndex(of: 0x60) {
            if bytes[at...].prefix(while: { $0 == 0x60 }).count >= marks, at > start { return at }
            index = at + 1
        }
        return nil
    }

    private static func dropRole(_ out: inout [UInt8]) {
        guard out.last == 0x3A, let start = out.dropLast().lastIndex(of: 0x3A) else { return }
        let name = out[(start + 1)..<(out.count - 1)]
        if !name.isEmpty, name.allSatisfy({ $0 | 32 >= 97 && $0 | 32 <= 122 || $0 == 0x2D || $0 == 0x3A || $0 == 0x2B })
        {
            out.removeSubrange(start...)
        }
    }
}
