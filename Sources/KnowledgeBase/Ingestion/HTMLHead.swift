import CGumbo

/// What a page says about itself outside its content.
enum HTMLHead {
    static func page(of root: UnsafeMutablePointer<GumboNode>) -> HTMLReader.Page {
        var page = HTMLReader.Page()
        page.locale = root.attribute("lang").flatMap { $0.isEmpty ? nil : $0 }
        guard let head = (0..<root.childCount).lazy.map(root.child).first(where: { $0.tag == GUMBO_TAG_HEAD }) else {
            return page
        }
        var openGraphTitle: String?
        for index in 0..<head.childCount {
            let node = head.child(index)
            switch node.tag {
            case GUMBO_TAG_TITLE: page.title = page.title ?? node.text
            case GUMBO_TAG_LINK:
                if node.attribute("rel")?.lowercased() == "canonical", let url = node.attribute("href"),
                    url.contains("://")
                {
                    page.url = url
                }
            case GUMBO_TAG_META:
                guard let content = node.attribute("content").map(TextHygiene.collapsed), !content.isEmpty else {
                    continue
                }
                switch (node.attribute("property") ?? node.attribute("name") ?? "").lowercased() {
                case "og:title": openGraphTitle = content
                case "description": page.summary = content
                case "og:description": page.summary = page.summary ?? content
                case "og:url": page.url = page.url ?? (content.contains("://") ? content : nil)
                case "article:modified_time", "last-modified", "date":
                    page.updated = DateText.date(content) ?? page.updated
                default: break
                }
            default: break
            }
        }
        page.title = openGraphTitle ?? page.title
        return page
    }
}

/// Finds where a page's own content is.
enum HTMLContent {
    /// `<main>`, else `role=main`, else the only `<article>`, else an element with a telling id, else the body.
    static func root(of html: UnsafeMutablePointer<GumboNode>) -> UnsafeMutablePointer<GumboNode> {
        var role: UnsafeMutablePointer<GumboNode>?
        var articles: [UnsafeMutablePointer<GumboNode>] = []
        var named: UnsafeMutablePointer<GumboNode>?
        var stack = [html]
        while let node = stack.popLast() {
            guard node.isElement else { continue }
            if node.tag == GUMBO_TAG_MAIN { return node }
            if node.tag == GUMBO_TAG_ARTICLE { articles.append(node) }
            if node.pointee.v.element.attributes.length > 0 {
                if role == nil, node.attribute("role") == "main" { role = node }
                if named == nil, let id = node.attribute("id")?.lowercased(), names.contains(id),
                    node.tag != GUMBO_TAG_A
                {
                    named = node
                }
            }
            for index in (0..<node.childCount).reversed() { stack.append(node.child(index)) }
        }
        if let role { return role }
        if articles.count == 1 { return articles[0] }
        // An anchor-like element with a telling id holds too little to be the content.
        if let named, named.childCount > 1 { return named }
        return body(of: html)
    }

    static func body(of html: UnsafeMutablePointer<GumboNode>) -> UnsafeMutablePointer<GumboNode> {
        (0..<html.childCount).lazy.map(html.child).first { $0.tag == GUMBO_TAG_BODY } ?? html
    }

    private static let names: Set<String> = [
        "main-content", "maincontent", "main_content", "article-body", "content", "doccontent", "doc-content",
    ]
}
