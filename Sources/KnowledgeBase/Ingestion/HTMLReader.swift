import CGumbo
import FoundationEssentials

/// HTML to blocks and the facts of its head, by gumbo (an HTML5 parser, so broken markup reads as browsers read it).
enum HTMLReader {
    struct Page {
        var blocks: [Block] = []
        /// `og:title`, else `<title>`.
        var title: String?
        var url: String?
        var summary: String?
        var locale: String?
        var updated: Date?
    }

    /// Reads a whole page: its main content only.
    ///
    /// - Throws: `.tooDeep` for markup whose nesting would exhaust the parser.
    static func page(_ text: String) throws(ReadError) -> Page {
        try parsed(text) { root in
            var page = HTMLHead.page(of: root)
            let content = HTMLContent.root(of: root)
            page.blocks = HTMLWalk.blocks(of: content, keepForms: false)
            // Some systems wrap the whole page in one form.
            if page.blocks.isEmpty { page.blocks = HTMLWalk.blocks(of: content, keepForms: true) }
            return page
        }
    }

    /// Reads a piece of HTML inside another format.
    /// - Parameter lineOffset: lines of the file in front of it.
    static func fragment(_ html: String, lineOffset: Int) throws(ReadError) -> [Block] {
        let blocks = try parsed(html) { HTMLWalk.blocks(of: HTMLContent.body(of: $0), keepForms: true) }
        return blocks.map { block in
            var block = block
            block.lines = block.lines.lowerBound + lineOffset...block.lines.upperBound + lineOffset
            for index in block.breaks.indices { block.breaks[index].line += lineOffset }
            return block
        }
    }

    static func isKnownTag(_ name: String) -> Bool { gumbo_tag_enum(name) != GUMBO_TAG_UNKNOWN }

    private static func parsed<T>(
        _ text: String, _ body: @escaping (UnsafeMutablePointer<GumboNode>) -> T
    ) throws(ReadError) -> T {
        try HTMLDepth.check(text)
        // gumbo 0.10 frees its tree recursively; its depth is bounded above, the stack is large all the same.
        return LargeStack.run {
            var text = text
            return text.withUTF8 { utf8 in
                utf8.withMemoryRebound(to: CChar.self) { buffer in
                    var options = kGumboDefaultOptions
                    options.max_errors = 0
                    // An empty buffer has no address, and gumbo wants one.
                    let empty: [CChar] = [0]
                    return empty.withUnsafeBufferPointer { spare in
                        let output = gumbo_parse_with_options(
                            &options, buffer.baseAddress ?? spare.baseAddress, buffer.count)!
                        defer { gumbo_destroy_output(&options, output) }
                        return body(output.pointee.root)
                    }
                }
            }
        }
    }
}

extension UnsafeMutablePointer where Pointee == GumboNode {
    var isElement: Bool { pointee.type == GUMBO_NODE_ELEMENT || pointee.type == GUMBO_NODE_TEMPLATE }
    var tag: GumboTag { isElement ? pointee.v.element.tag : GUMBO_TAG_UNKNOWN }

    var childCount: Int {
        switch pointee.type {
        case GUMBO_NODE_ELEMENT, GUMBO_NODE_TEMPLATE: Int(pointee.v.element.children.length)
        case GUMBO_NODE_DOCUMENT: Int(pointee.v.document.children.length)
        default: 0
        }
    }

    func child(_ index: Int) -> UnsafeMutablePointer<GumboNode> {
        let children = pointee.type == GUMBO_NODE_DOCUMENT ? pointee.v.document.children : pointee.v.element.children
        return children.data[index]!.assumingMemoryBound(to: GumboNode.self)
    }

    func attribute(_ name: String) -> String? {
        guard isElement, pointee.v.element.attributes.length > 0 else { return nil }
        return withUnsafePointer(to: &pointee.v.element.attributes) {
            gumbo_get_attribute($0, name).map { String(cString: $0.pointee.value) }
        }
    }

    /// True when the class attribute has one of the words.
    func hasClass(_ words: Set<String>) -> Bool {
        guard let list = attribute("class") else { return false }
        return list.split(whereSeparator: \.isWhitespace).contains { words.contains($0.lowercased()) }
    }

    /// The text of the subtree, white space collapsed. Only for small elements.
    var text: String {
        var out = ""
        var stack = [self]
        while let node = stack.popLast() {
            switch node.pointee.type {
            case GUMBO_NODE_TEXT, GUMBO_NODE_WHITESPACE, GUMBO_NODE_CDATA:
                out += String(cString: node.pointee.v.text.text)
            default: for index in (0..<node.childCount).reversed() { stack.append(node.child(index)) }
            }
        }
        return TextHygiene.collapsed(out)
    }
}
