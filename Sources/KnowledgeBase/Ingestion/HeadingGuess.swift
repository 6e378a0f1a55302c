/// Finds the section names of an article that was rendered to plain paragraphs.
///
/// Two signs: the paragraph equals an entry of the article's table of contents; or it is short, has no final
/// punctuation, and prose, a list or a table follows. Applied only to documents without any heading of their own.
enum HeadingGuess {
    /// Longest guessed heading in bytes.
    private static let longest = 80
    private static let tableNames: Set<String> = [
        "table of contents", "contents", "on this page", "in this article", "inhaltsverzeichnis", "toc",
    ]

    static func applied(to blocks: [Block]) -> [Block] {
        let hasHeadings = blocks.contains { if case .heading = $0.kind { true } else { false } }
        guard !hasHeadings else { return blocks }
        var blocks = blocks
        let entries = tableOfContents(&blocks)
        // A line that stands twice is the head of a table, not two sections of one name.
        var times: [String: Int] = [:]
        for block in blocks where block.kind == .paragraph && block.text.utf8.count <= longest {
            times[block.text, default: 0] += 1
        }
        for index in blocks.indices
        where blocks[index].kind == .paragraph && !blocks[index].isNavigation && blocks[index].text.utf8.count <= 200 {
            let text = blocks[index].text
            if !entries.isEmpty, let level = entries[key(text)] {
                blocks[index].kind = .heading(level: level)
            } else if entries.isEmpty || text.utf8.count < 60, times[text] == 1, looksLikeHeading(blocks, index) {
                // Below the sections a table of contents names, a short line is a subsection.
                blocks[index].kind = .heading(level: entries.isEmpty ? 2 : 4)
            }
        }
        return blocks
    }

    /// True when the text names a table of contents.
    static func isTableName(_ text: String) -> Bool { text.utf8.count < 40 && tableNames.contains(key(text)) }

    /// Marks the table's blocks as navigation and returns its entries with their levels.
    private static func tableOfContents(_ blocks: inout [Block]) -> [String: Int] {
        guard let start = blocks.firstIndex(where: { $0.kind == .paragraph && isTableName($0.text) }) else {
            return [:]
        }
        var entries: [String: Int] = [:]
        var index = start + 1
        var numbered = false
        while index < blocks.count, case .listItem(let depth, let ordinal) = blocks[index].kind {
            // "4 Example filters - 4.1 Add a star": a nested list flattened onto its parent's line.
            for (number, name) in split(blocks[index].text) {
                if number > 0 { numbered = true } else if numbered && ordinal == nil { break }
                entries[key(name)] = 1 + max(1, number > 0 ? number : depth)
            }
            blocks[index].isNavigation = true
            index += 1
        }
        guard index > start + 1 else { return [:] }
        blocks[start].isNavigation = true
        return entries
    }

    /// The entries on one line: how many parts their number has (0: none), and their names.
    private static func split(_ text: String) -> [(Int, String)] {
        var out: [(Int, String)] = []
        for piece in text.split(separator: " - ", omittingEmptySubsequences: true) {
            let number = piece.prefix { ("0"..."9").contains($0) || $0 == "." }
            let parts = number.split(separator: ".").count
            let rest = piece[number.endIndex...]
            if parts > 0, rest.first == " " {
                out.append((parts, String(rest.dropFirst())))
            } else if out.isEmpty {
                out.append((0, String(piece)))
            } else {
                out[out.count - 1].1 += " - " + piece
            }
        }
        return out
    }

    private static func key(_ text: String) -> String {
        String(
            text.lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " }.split(separator: " ").joined(
                separator: " "))
    }

    private static func looksLikeHeading(_ blocks: [Block], _ index: Int) -> Bool {
        let block = blocks[index]
        guard block.text.utf8.count <= longest, block.breaks.isEmpty, index + 1 < blocks.count,
            let first = block.text.unicodeScalars.first, let last = block.text.unicodeScalars.last,
            first.properties.isUppercase || ("0"..."9").contains(first)
                || !first.properties.isLowercase && first.properties.isAlphabetic,
            last.properties.isAlphabetic || last == "?" || last == ")" || ("0"..."9").contains(last) || last == "\""
                || last == "”"
        else { return false }
        let words = block.text.split(separator: " ")
        guard words.count <= 10, !words.contains("|"), !block.text.contains(": "), !isLabel(words[0]) else {
            return false
        }
        // A menu path or a sentence is no section name.
        if [" > ", ". ", "→", "\\", "@", "://"].contains(where: { block.text.contains($0) }) { return false }
        if !block.text.utf8.contains(where: { $0 | 32 >= 97 && $0 | 32 <= 122 || $0 >= 0x80 }) { return false }
        let next = blocks[index + 1]
        switch next.kind {
        case .paragraph:
            // Two short lines in a row are a heading only when prose follows both: a section and its subsection.
            if next.text.utf8.count > max(40, block.text.utf8.count * 3 / 2),
                endsLikeProse(next.text) || next.text.utf8.count > 120
            {
                return true
            }
            return next.text.utf8.count <= longest && index + 2 < blocks.count && words.count <= 6
                && blocks[index + 2].kind == .paragraph && blocks[index + 2].text.utf8.count > 120
                && !endsLikeProse(next.text)
        case .listItem: return words.count <= 8 && !next.isNavigation || block.text.lowercased().hasPrefix("see also")
        case .code, .tableRow: return false
        case .quote, .heading: return false
        }
    }

    private static func endsLikeProse(_ text: String) -> Bool {
        text.unicodeScalars.last.map { ".!?:;…。！？".unicodeScalars.contains($0) } ?? false
    }

    private static func isLabel(_ word: Substring) -> Bool {
        ["note", "tip", "warning", "important", "caution", "hint", "example"].contains(
            word.lowercased().filter(\.isLetter))
    }
}
