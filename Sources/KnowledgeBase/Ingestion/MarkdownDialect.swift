/// Takes off what generators add to Markdown, line for line, so that line numbers stay.
///
/// MDX imports and components, Docusaurus and VitePress `:::note`, MkDocs `!!! note` and `=== "Tab"`, Hugo and Jekyll
/// shortcodes, kramdown attributes, `[TOC]`, GitHub's `[!NOTE]`. Fences are left alone.
struct MarkdownDialect {
    private let isMDX: Bool
    private var fence: (mark: UInt8, count: Int)?
    /// Indentation of the open MkDocs admonitions' content.
    private var indents: [Int] = []
    /// Brackets still open in an MDX import or export, or nil outside of one.
    private var moduleDepth: Int?
    private var out: [Substring] = []

    static func plain(_ body: Substring, isMDX: Bool) -> String {
        var dialect = MarkdownDialect(isMDX: isMDX)
        let source = isMDX ? JSX.stripped(String(body)) : String(body)
        let lines = source.lines
        dialect.out.reserveCapacity(lines.count)
        for line in lines { dialect.take(line) }
        dialect.tameImages()
        return dialect.out.joined(separator: "\n")
    }

    private init(isMDX: Bool) { self.isMDX = isMDX }

    /// cmark-gfm 0.29 looks back over all open "![" of a paragraph at every link: in a paragraph with a thousand of them
    /// they become "[", which it does not.
    private mutating func tameImages() {
        var start = 0
        while start < out.count {
            var end = start
            var images = 0
            while end < out.count, !out[end].isBlank || end == start {
                if out[end].utf8.contains(UInt8(ascii: "!")) {
                    images += zip(out[end].utf8, out[end].utf8.dropFirst()).count {
                        $0 == UInt8(ascii: "!") && $1 == UInt8(ascii: "[")
                    }
                }
                end += 1
            }
            if images > 1000 {
                for index in start..<end where out[index].utf8.contains(UInt8(ascii: "!")) {
                    out[index] = Substring(out[index].replacing("![", with: "["))
                }
            }
            start = end
        }
    }

    private mutating func take(_ original: Substring) {
        var line = original
        let indent = line.indentation
        let isBlank = line.isBlank
        if fence == nil, !isBlank {
            while let last = indents.last, indent < last { indents.removeLast() }
        }
        if let content = indents.last { line = line.dropFirst(min(content, indent)) }
        if trackFence(line) || fence != nil || isBlank {
            if isBlank { moduleDepth = nil }
            out.append(line)
            return
        }
        let text = line.trimmedStart
        if isMDX, moduleDepth != nil || indent == 0 && (text.starts("import ") || text.starts("export ")) {
            let depth = text.utf8.reduce(moduleDepth ?? 0) {
                $0 + ("{[(".utf8.contains($1) ? 1 : "}])".utf8.contains($1) ? -1 : 0)
            }
            moduleDepth = depth > 0 ? depth : nil
            out.append("")
            return
        }
        out.append(directive(text, indent) ?? cleaned(line))
    }

    /// True on a line that opens or closes a fence.
    private mutating func trackFence(_ line: Substring) -> Bool {
        var text = line.utf8.drop { $0 == 0x20 || $0 == 0x3E }
        // A fence may open inside a list item.
        if fence == nil, let bullet = text.first, "-*+".utf8.contains(bullet), text.dropFirst().first == 0x20 {
            text = text.dropFirst(2).drop { $0 == 0x20 }
        }
        guard let mark = text.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return false }
        let count = text.prefix { $0 == mark }.count
        guard count >= 3 else { return false }
        let info = text.dropFirst(count)
        if let open = fence {
            guard open.mark == mark, count >= open.count, info.allSatisfy({ $0 == 0x20 }) else { return false }
            fence = nil
        } else {
            if mark == UInt8(ascii: "`"), info.contains(mark) { return false }
            fence = (mark, count)
        }
        return true
    }

    /// A line that is nothing but a generator's mark, replaced by the title it carries; nil for any other line.
    private mutating func directive(_ text: Substring, _ indent: Int) -> Substring? {
        guard let first = text.utf8.first, ":!?=[$".utf8.contains(first) || first == UInt8(ascii: "{") else {
            return nil
        }
        if text.hasPrefix(":::") {
            let rest = text.drop { $0 == ":" }.drop { $0 == " " }
            let title = rest.drop { $0.isLetter || $0 == "-" || $0 == "{" }.filter { !"[]{}".contains($0) }
            return Substring(String(repeating: " ", count: indent) + TextHygiene.collapsed(title))
        }
        for mark in ["!!! ", "???+ ", "??? ", "=== \""] where text.hasPrefix(mark) {
            indents.append((indents.last ?? 0) + indent + 4)
            let quoted = text.split(separator: "\"", omittingEmptySubsequences: false)
            return quoted.count >= 3 ? quoted[1] + "\n".prefix(0) : ""
        }
        let bare = text.trimmedEnd
        if ["[toc]", "[[toc]]", "[[_toc_]]", "${toc}", "{:toc}", "{{toc}}"].contains(bare.lowercased()) { return "" }
        if bare.hasPrefix("{:"), bare.hasSuffix("}") { return "" }
        return nil
    }

    private func cleaned(_ line: Substring) -> Substring {
        var line = line
        if line.utf8.contains(UInt8(ascii: "{")) {
            for (open, close) in [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}")] {
                line = Self.without(open, close, in: line)
            }
            if line.hasPrefix("#"), let brace = line.lastIndex(of: "{"), line.hasSuffix("}"),
                line[line.index(after: brace)...].first.map({ "#.:".contains($0) }) ?? false
            {
                line = line[..<brace]
            }
        }
        if line.hasPrefix(">"), let mark = line.firstRange(of: "[!"),
            let end = line[mark.lowerBound...].firstIndex(of: "]"),
            line[line.index(after: line.startIndex)..<mark.lowerBound].allSatisfy({ $0 == " " || $0 == ">" })
        {
            line = line[..<mark.lowerBound] + line[line.index(after: end)...]
        }
        return line
    }

    private static func without(_ open: String, _ close: String, in line: Substring) -> Substring {
        guard line.contains(open) else { return line }
        var out = ""
        var rest = line
        while let start = rest.firstRange(of: open), let end = rest[start.upperBound...].firstRange(of: close) {
            out += rest[..<start.lowerBound]
            rest = rest[end.upperBound...]
        }
        return Substring(out + rest)
    }
}
