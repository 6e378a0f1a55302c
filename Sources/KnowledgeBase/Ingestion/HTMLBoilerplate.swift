import CGumbo

/// What of a page is not its text, and small questions about elements.
enum HTMLBoilerplate {
    typealias Node = UnsafeMutablePointer<GumboNode>

    /// Navigation, scripts, forms and hidden elements. A `<header>` or `<footer>` inside the main content is kept
    /// only when it holds a heading: there it carries the article's title.
    static func isLeftOut(_ node: Node, inside root: Node, keepForms: Bool) -> Bool {
        switch node.tag {
        case GUMBO_TAG_NAV, GUMBO_TAG_ASIDE, GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE,
            GUMBO_TAG_SVG,
            GUMBO_TAG_BUTTON, GUMBO_TAG_SELECT, GUMBO_TAG_TEXTAREA, GUMBO_TAG_IFRAME, GUMBO_TAG_OBJECT, GUMBO_TAG_HEAD,
            GUMBO_TAG_TITLE,
            GUMBO_TAG_VIDEO, GUMBO_TAG_AUDIO, GUMBO_TAG_CANVAS, GUMBO_TAG_FOOTER:
            return true
        case GUMBO_TAG_HEADER:
            return
                !((root.tag == GUMBO_TAG_MAIN || root.tag == GUMBO_TAG_ARTICLE || isIn(node, GUMBO_TAG_ARTICLE))
                && holdsHeading(node))
        case GUMBO_TAG_FORM: return !keepForms
        default: break
        }
        guard node.pointee.v.element.attributes.length > 0 else { return false }
        if let role = node.attribute("role"), roles.contains(role.lowercased()) { return true }
        if node.attribute("hidden") != nil || node.attribute("aria-hidden") == "true" { return true }
        if let style = node.attribute("style")?.lowercased(),
            style.contains("display:none") || style.contains("display: none")
        {
            return true
        }
        if node.hasClass(classes) { return true }
        return node.tag == GUMBO_TAG_A && node.hasClass(permalinks)
    }

    static func isLabel(_ text: [UInt8]) -> Bool {
        text.count <= 10
            && ["note", "tip", "warning", "caution", "important", "hint", "danger", "info"].contains(
                String(decoding: text, as: UTF8.self).lowercased())
    }

    static func isBlock(_ tag: GumboTag) -> Bool { blocks.contains(tag.rawValue) }

    /// The row's cells are all `<th>`, and there is more than one column to name.
    static func isHeaderRow(_ row: Node) -> Bool {
        var cells = 0
        for index in 0..<row.childCount where row.child(index).isElement {
            if row.child(index).tag == GUMBO_TAG_TD { return row.pointee.parent?.tag == GUMBO_TAG_THEAD }
            if row.child(index).tag == GUMBO_TAG_TH { cells += 1 }
        }
        return cells > 0
    }

    /// A table that arranges a page: it holds headings or other tables.
    static func isLayout(_ table: Node) -> Bool {
        if let role = table.attribute("role")?.lowercased(), role == "presentation" || role == "none" { return true }
        return contains(table) {
            $0 == GUMBO_TAG_TABLE || $0.rawValue >= GUMBO_TAG_H1.rawValue && $0.rawValue <= GUMBO_TAG_H6.rawValue
        }
    }

    /// gumbo drops the line feed right after `<pre>` from the text, not from the position.
    static func skippedLines(_ text: GumboText) -> Int {
        guard text.original_text.length > 0, let original = text.original_text.data, let decoded = text.text else {
            return 0
        }
        return original[0] == 0x0A && decoded[0] != 0x0A ? 1 : 0
    }

    private static func holdsHeading(_ node: Node) -> Bool {
        contains(node) { $0.rawValue >= GUMBO_TAG_H1.rawValue && $0.rawValue <= GUMBO_TAG_H6.rawValue }
    }

    private static func contains(_ root: Node, _ test: (GumboTag) -> Bool) -> Bool {
        var stack = (0..<root.childCount).map(root.child)
        while let node = stack.popLast() {
            guard node.isElement else { continue }
            if test(node.tag) { return true }
            for index in 0..<node.childCount { stack.append(node.child(index)) }
        }
        return false
    }

    private static func isIn(_ node: Node, _ tag: GumboTag) -> Bool {
        var parent = node.pointee.parent
        while let at = parent {
            if at.tag == tag { return true }
            parent = at.pointee.parent
        }
        return false
    }

    private static let roles: Set<String> = [
        "navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog",
    ]
    private static let classes: Set<String> = [
        "breadcrumb", "breadcrumbs", "navheader", "navfooter", "sidebar", "site-header", "site-footer", "skip-link",
        "cookie-banner",
        "theme-doc-breadcrumbs", "pagination", "pagination-nav", "related", "sphinxsidebar", "wy-breadcrumbs",
        "edit-this-page",
    ]
    private static let permalinks: Set<String> = [
        "headerlink", "hash-link", "header-anchor", "anchor-link", "heading-anchor", "id_link",
    ]
    private static let blocks: Set<UInt32> = Set(
        [
            GUMBO_TAG_P, GUMBO_TAG_DIV, GUMBO_TAG_SECTION, GUMBO_TAG_ARTICLE, GUMBO_TAG_MAIN, GUMBO_TAG_HEADER,
            GUMBO_TAG_FIGURE,
            GUMBO_TAG_FIGCAPTION, GUMBO_TAG_DETAILS, GUMBO_TAG_SUMMARY, GUMBO_TAG_ADDRESS, GUMBO_TAG_HR, GUMBO_TAG_DL,
            GUMBO_TAG_CENTER,
            GUMBO_TAG_FIELDSET, GUMBO_TAG_LEGEND, GUMBO_TAG_CAPTION, GUMBO_TAG_TR, GUMBO_TAG_TD, GUMBO_TAG_TH,
            GUMBO_TAG_FORM, GUMBO_TAG_BODY,
        ].map(\.rawValue))
}
