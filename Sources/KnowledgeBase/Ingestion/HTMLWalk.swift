import CGumbo
import Glibc

/// Walks a parsed page without recursion and writes its blocks.
struct HTMLWalk {
    typealias Node = UnsafeMutablePointer<GumboNode>

    private struct Item {
        var ordinal: Int?
        var text = BlockText()
        /// A definition list's term, which waits for the first words of its definition.
        var isTerm = false
        /// The definition has begun, though maybe not its words.
        var isDefined = false
        /// A block of the item is written: what follows are paragraphs of it, not steps.
        var isContinued = false
    }

    private struct List {
        var isOrdered: Bool
        var next: Int
    }

    private let root: Node
    private let keepForms: Bool
    private var blocks: [Block] = []
    private var lists: [List] = []
    private var items: [Item] = []
    private var quotes = 0
    private var links = 0
    private var heading = 0
    private var breaks = 0
    private var open = BlockText()
    private var code: (text: String, line: Int)?
    /// The open data table; layout tables are transparent.
    private var table: (node: Node, rows: TableRows)?
    private var cell: BlockText?
    private var tables = 0

    /// The blocks of a subtree, in reading order.
    static func blocks(of root: Node, keepForms: Bool) -> [Block] {
        var walk = HTMLWalk(root: root, keepForms: keepForms)
        var path: [(node: Node, next: Int)] = [(root, 0)]
        while let top = path.last {
            if top.next < top.node.childCount {
                path[path.count - 1].next += 1
                let child = top.node.child(top.next)
                if walk.enter(child) { path.append((child, 0)) }
            } else {
                path.removeLast()
                if top.node != root { walk.exit(top.node) }
            }
        }
        walk.flush()
        return walk.blocks
    }

    private init(root: Node, keepForms: Bool) {
        self.root = root
        self.keepForms = keepForms
    }

    /// Returns whether to go on into the children.
    private mutating func enter(_ node: Node) -> Bool {
        switch node.pointee.type {
        case GUMBO_NODE_TEXT, GUMBO_NODE_CDATA, GUMBO_NODE_WHITESPACE:
            text(node)
            return false
        case GUMBO_NODE_ELEMENT: break
        default: return false
        }
        if HTMLBoilerplate.isLeftOut(node, inside: root, keepForms: keepForms) { return false }
        let tag = node.tag
        if tag != GUMBO_TAG_BR { breaks = 0 }
        switch tag {
        case GUMBO_TAG_BR: lineBreak()
        case GUMBO_TAG_IMG:
            if let alt = node.attribute("alt") {
                append(" \(alt) ".utf8, line: Int(node.pointee.v.element.start_pos.line))
            }
        case GUMBO_TAG_A: if node.attribute("href") != nil { links += 1 }
        case GUMBO_TAG_PRE, GUMBO_TAG_LISTING, GUMBO_TAG_XMP:
            if cell == nil {
                flush()
                code = ("", 0)
            }
        case GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6:
            flush()
            heading = Int(tag.rawValue - GUMBO_TAG_H1.rawValue) + 1
        case GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_MENU, GUMBO_TAG_DIR:
            flush()
            lists.append(List(isOrdered: tag == GUMBO_TAG_OL, next: node.attribute("start").flatMap { Int($0) } ?? 1))
        case GUMBO_TAG_LI: beginItem(node)
        case GUMBO_TAG_DT:
            endTerm()
            items.append(Item(isTerm: true))
        case GUMBO_TAG_DD: beginDefinition()
        case GUMBO_TAG_BLOCKQUOTE:
            flush()
            quotes += 1
        case GUMBO_TAG_TABLE: beginTable(node)
        case GUMBO_TAG_TR where table != nil:
            table?.rows.beginRow(
                isHeader: HTMLBoilerplate.isHeaderRow(node), line: Int(node.pointee.v.element.start_pos.line))
        case GUMBO_TAG_TD where table != nil, GUMBO_TAG_TH where table != nil: cell = BlockText()
        default: if HTMLBoilerplate.isBlock(tag) { flush(keepingTerm: true) }
        }
        return true
    }

    private mutating func exit(_ node: Node) {
        switch node.tag {
        case GUMBO_TAG_A: if node.attribute("href") != nil { links -= 1 }
        case GUMBO_TAG_PRE, GUMBO_TAG_LISTING, GUMBO_TAG_XMP:
            if let code, let block = CodeBlock.block(code.text, firstLine: code.line) { blocks.append(block) }
            code = nil
        case GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6:
            // "Note" above an admonition is its label, not a section that would hold all that follows.
            if HTMLBoilerplate.isLabel(open.utf8) {
                open = BlockText()
            } else if let block = open.block(.heading(level: heading)) {
                blocks.append(block)
                open = BlockText()
            }
            flush()
            heading = 0
        case GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_MENU, GUMBO_TAG_DIR:
            flush()
            _ = lists.popLast()
        case GUMBO_TAG_LI:
            flush()
            _ = items.popLast()
        case GUMBO_TAG_DD:
            flush()
            _ = items.popLast()
        case GUMBO_TAG_DL: endTerm()
        case GUMBO_TAG_BLOCKQUOTE:
            flush()
            quotes -= 1
        case GUMBO_TAG_TABLE: endTable(node)
        case GUMBO_TAG_TR: table?.rows.endRow()
        case GUMBO_TAG_TD, GUMBO_TAG_TH:
            if let cell {
                let span = { (name: String) in min(100, max(1, node.attribute(name).flatMap { Int($0) } ?? 1)) }
                table?.rows.add(cell, columns: span("colspan"), rows: span("rowspan"))
            }
            cell = nil
        case let tag: if HTMLBoilerplate.isBlock(tag) { flush(keepingTerm: true) }
        }
    }

    private mutating func text(_ node: Node) {
        let content = node.pointee.v.text
        guard let pointer = content.text else { return }
        let length = strlen(pointer)
        let line = Int(content.start_pos.line)
        if node.pointee.type != GUMBO_NODE_WHITESPACE { breaks = 0 }
        if code != nil {
            if code!.text.isEmpty { code!.line = line + HTMLBoilerplate.skippedLines(content) }
            code!.text += String(cString: pointer)
        } else {
            append(UnsafeRawBufferPointer(start: pointer, count: length), line: line)
        }
    }

    private mutating func append(_ text: some Sequence<UInt8>, line: Int) {
        if cell != nil {
            cell!.append(text, line: line, isLink: links > 0)
        } else if let last = items.indices.last, heading == 0 {
            if items[last].isTerm, items[last].isDefined, text.contains(where: { $0 > 0x20 }) {
                items[last].text.punctuate(UInt8(ascii: ":"))
                items[last].isTerm = false
            }
            items[last].text.append(text, line: line, isLink: links > 0)
        } else {
            open.append(text, line: line, isLink: links > 0)
        }
    }

    /// Two line breaks in a row end a paragraph, as pages without `<p>` have it.
    private mutating func lineBreak() {
        if code != nil { code!.text += "\n" }
        append(" ".utf8, line: 0)
        breaks += 1
        if breaks == 2, items.isEmpty { flush() }
    }

    private mutating func beginItem(_ node: Node) {
        flush()
        var ordinal: Int?
        if let last = lists.indices.last, lists[last].isOrdered {
            if let value = node.attribute("value").flatMap({ Int($0) }) { lists[last].next = value }
            ordinal = lists[last].next
            lists[last].next += 1
        }
        items.append(Item(ordinal: ordinal))
    }

    /// A definition continues its term's item, so that the two are read together.
    private mutating func beginDefinition() {
        if let last = items.indices.last, items[last].isTerm, !items[last].isDefined {
            items[last].isDefined = true
            items[last].text.space()
        } else {
            flush()
            items.append(Item())
        }
    }

    /// A term without a definition is an item of its own.
    private mutating func endTerm() {
        flush()
        guard let last = items.last, last.isTerm, !last.isDefined else { return }
        items.removeLast()
    }

    private mutating func beginTable(_ node: Node) {
        flush()
        tables += 1
        guard cell == nil, table == nil, tables < 20, !HTMLBoilerplate.isLayout(node) else { return }
        table = (node, TableRows())
    }

    private mutating func endTable(_ node: Node) {
        tables -= 1
        if let table, table.node == node {
            blocks += table.rows.blocks()
            self.table = nil
        }
        flush()
    }

    /// - Parameter keepingTerm: a term still waits for its definition's words.
    private mutating func flush(keepingTerm: Bool = false) {
        if cell != nil {
            cell!.space()
            return
        }
        if let last = items.indices.last, heading == 0 {
            if keepingTerm, items[last].isTerm {
                items[last].text.space()
                return
            }
            let kind =
                items[last].isContinued
                ? Block.Kind.paragraph : .listItem(depth: items.count, ordinal: items[last].ordinal)
            if let block = items[last].text.block(kind) {
                blocks.append(block)
                items[last].isContinued = true
            }
            items[last].text = BlockText()
        }
        if let block = open.block(heading > 0 ? .heading(level: heading) : quotes > 0 ? .quote : .paragraph) {
            blocks.append(block)
        }
        open = BlockText()
    }
}
