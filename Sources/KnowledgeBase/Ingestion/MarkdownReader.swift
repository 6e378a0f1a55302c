import CMarkdown
import Glibc

/// Markdown (CommonMark with GitHub's tables, strike-through and task lists) to blocks, by cmark-gfm.
enum MarkdownReader {
    private static let extensions: Void = cmark_gfm_core_extensions_ensure_registered()

    /// - Parameter body: text without front matter, dialects already taken off (`MarkdownDialect`).
    /// - Parameter lineOffset: lines of the file in front of `body`.
    /// - Complexity: linear in the text; cmark neither recurses nor does this.
    static func blocks(_ body: String, lineOffset: Int) -> [Block] {
        _ = extensions
        guard let parser = cmark_parser_new(CMARK_OPT_FOOTNOTES) else { return [] }
        defer { cmark_parser_free(parser) }
        for name in ["table", "strikethrough", "tasklist"] {
            if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
        }
        var body = body
        body.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
        }
        guard let root = cmark_parser_finish(parser), let iterator = cmark_iter_new(root) else { return [] }
        defer {
            cmark_iter_free(iterator)
            cmark_node_free(root)
        }
        var walk = MarkdownWalk(lineOffset: lineOffset)
        while true {
            let event = cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE, let node = cmark_iter_get_node(iterator) else { break }
            if event == CMARK_EVENT_ENTER { walk.enter(node) } else { walk.exit(node) }
        }
        return walk.blocks
    }
}

/// Turns cmark's enter and exit events into blocks.
private struct MarkdownWalk {
    private struct Item {
        var ordinal: Int?
        var text = BlockText()
        var isContinued = false
    }

    private struct List {
        var isOrdered: Bool
        var next: Int
    }

    let lineOffset: Int
    var blocks: [Block] = []
    private var lists: [List] = []
    private var items: [Item] = []
    private var quotes = 0
    private var links = 0
    /// Text of the open heading, paragraph or cell outside a list.
    private var open = BlockText()
    private var line = 0
    private var table = TableRows()

    init(lineOffset: Int) { self.lineOffset = lineOffset }

    mutating func enter(_ node: OpaquePointer) {
        let type = cmark_node_get_type(node)
        let start = Int(cmark_node_get_start_line(node)) + lineOffset
        if type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE {
            literal(node)
        } else if type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK {
            append("\n".utf8)
            line += 1
        } else if type == CMARK_NODE_LINK {
            links += 1
        } else if type == CMARK_NODE_HTML_INLINE {
            inlineHTML(Self.string(cmark_node_get_literal(node)))
        } else if type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING {
            line = start
            if !items.isEmpty { items[items.count - 1].text.space() }
        } else if type == CMARK_NODE_LIST {
            flushItem()
            let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
            lists.append(List(isOrdered: isOrdered, next: Int(cmark_node_get_list_start(node))))
        } else if type == CMARK_NODE_ITEM {
            let last = lists.count - 1
            items.append(Item(ordinal: last >= 0 && lists[last].isOrdered ? lists[last].next : nil))
            if last >= 0 { lists[last].next += 1 }
        } else if type == CMARK_NODE_BLOCK_QUOTE {
            quotes += 1
        } else if type == CMARK_NODE_CODE_BLOCK {
            flushItem()
            code(node, start)
        } else if type == CMARK_NODE_HTML_BLOCK {
            flushItem()
            let html = Self.string(cmark_node_get_literal(node))
            blocks += (try? HTMLReader.fragment(html, lineOffset: start - 1)) ?? []
        } else if let name = cmark_node_get_type_string(node) {
            enterExtension(String(cString: name), start)
        }
    }

    mutating func exit(_ node: OpaquePointer) {
        let type = cmark_node_get_type(node)
        if type == CMARK_NODE_LINK {
            links -= 1
        } else if type == CMARK_NODE_PARAGRAPH {
            guard items.isEmpty else { return }
            close(quotes > 0 ? .quote : .paragraph, node)
        } else if type == CMARK_NODE_HEADING {
            flushItem()
            close(.heading(level: Int(cmark_node_get_heading_level(node))), node)
        } else if type == CMARK_NODE_LIST {
            flushItem()
            lists.removeLast()
        } else if type == CMARK_NODE_ITEM {
            flushItem()
            items.removeLast()
        } else if type == CMARK_NODE_BLOCK_QUOTE {
            quotes -= 1
        } else if let name = cmark_node_get_type_string(node) {
            exitExtension(String(cString: name))
        }
    }

    // Types of extensions are run-time values; their names are the stable way to tell them apart.
    private mutating func enterExtension(_ name: String, _ start: Int) {
        switch name {
        case "table":
            flushItem()
            table = TableRows()
        case "table_header", "table_row":
            line = start
            table.beginRow(isHeader: name == "table_header", line: start)
        case "table_cell": open = BlockText()
        default: break
        }
    }

    private mutating func exitExtension(_ name: String) {
        switch name {
        case "table_cell":
            table.add(open)
            open = BlockText()
        case "table_header", "table_row": table.endRow()
        case "table": blocks += table.blocks()
        default: break
        }
    }

    private mutating func append(_ text: some Sequence<UInt8>) {
        if items.isEmpty || table.isInRow {
            open.append(text, line: line, isLink: links > 0)
        } else {
            items[items.count - 1].text.append(text, line: line, isLink: links > 0)
        }
    }

    private mutating func literal(_ node: OpaquePointer) {
        guard let pointer = cmark_node_get_literal(node) else { return }
        append(UnsafeRawBufferPointer(start: pointer, count: strlen(pointer)))
    }

    /// `<kbd>` and its like go, their text stays; `<br>` is white space; `<username>` is a placeholder someone wrote.
    private mutating func inlineHTML(_ tag: String) {
        let name = tag.dropFirst().prefix { $0.isLetter || $0.isNumber }
        if name.lowercased() == "br" {
            append(" ".utf8)
        } else if !name.isEmpty, !tag.utf8.contains(where: { "=\"'/!?".utf8.contains($0) }),
            !HTMLReader.isKnownTag(String(name))
        {
            append(tag.utf8)
        } else {
            line += tag.utf8.count { $0 == 0x0A }
        }
    }

    private mutating func close(_ kind: Block.Kind, _ node: OpaquePointer) {
        if let block = open.block(kind) { blocks.append(block) }
        open = BlockText()
    }

    private mutating func flushItem() {
        guard let last = items.indices.last else { return }
        // What follows a nested list or a fence continues the item and is no step of its own.
        let kind =
            items[last].isContinued ? Block.Kind.paragraph : .listItem(depth: items.count, ordinal: items[last].ordinal)
        if let block = items[last].text.block(kind) {
            blocks.append(block)
            items[last].isContinued = true
        }
        items[last].text = BlockText()
    }

    private mutating func code(_ node: OpaquePointer, _ start: Int) {
        // The library writes through all three pointers without looking.
        var (length, offset, character): (Int32, Int32, CChar) = (0, 0, 0)
        let isFenced = cmark_node_get_fenced(node, &length, &offset, &character) != 0
        if let block = CodeBlock.block(
            Self.string(cmark_node_get_literal(node)), firstLine: isFenced ? start + 1 : start)
        {
            blocks.append(block)
        }
    }

    private static func string(_ pointer: UnsafePointer<CChar>?) -> String { pointer.map { String(cString: $0) } ?? "" }
}
