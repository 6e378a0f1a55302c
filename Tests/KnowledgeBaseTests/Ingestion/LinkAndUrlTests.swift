import Testing

@testable import KnowledgeBase

@Suite struct LinkExtractorTests {
    @Test(
        arguments: [
            ("See https://x.org/a.", ["https://x.org/a"]), ("(https://x.org/a_(b))", ["https://x.org/a_(b)"]),
            ("www.x.org/a, and", ["www.x.org/a"]),
            ("[t](/kb/a) and [u](#frag)", ["/kb/a"]), (#"<a href="../a.html">x</a>"#, ["../a.html"]),
            ("<https://x.org>", ["https://x.org"]),
            ("https://x.org/a https://x.org/a", ["https://x.org/a"]), ("„https://x.org/a“", ["https://x.org/a"]),
            ("mailto:a@b.c http: //x", []),
            ("HTTPS://X.org/A", ["HTTPS://X.org/A"]), ("**https://x.org/a**", ["https://x.org/a"]),
        ] as [(String, [String])])
    func `links are found as written`(text: String, links: [String]) { #expect(LinkExtractor.links(in: text) == links) }
}

@Suite struct LinkMatcherTests {
    let matcher = LinkMatcher([
        SourceDocument(
            path: "compacting-folders.md", title: "A", url: "https://support.x.org/en-US/kb/compacting-folders"),
        SourceDocument(
            path: "faq.md", title: "B", url: "https://support.x.org/en-US/kb/faq",
            aliases: ["/en-US/kb/questions", "Old title"]),
        SourceDocument(path: "a/index.md", title: "C", url: "https://support.x.org/a/"),
        SourceDocument(path: "b.md", title: "D", url: "https://support.x.org/hc/en-us/articles/360001234-Some-Title"),
        SourceDocument(path: "x/same.md", title: "E"), SourceDocument(path: "y/same.md", title: "F"),
    ])

    @Test(
        arguments: [
            ("https://support.x.org/en-US/kb/compacting-folders", 0),
            ("http://www.support.x.org/de/kb/Compacting-Folders/?a=b#c", 0),
            ("support.x.org is not a link", nil), ("/kb/compacting-folders", 0), ("compacting-folders.md", 0),
            ("https://old.org/articles/compacting-folders", 0),
            ("https://support.x.org/kb/compacting%2Dfolders", 0), ("https://support.x.org/kb/questions", 1),
            ("https://other.org/faq", nil), ("/faq", 1),
            ("https://support.x.org/a", 2), ("https://support.x.org/hc/de/articles/360001234", 3),
            ("https://support.x.org/hc/articles/360001234-Renamed", 3),
            ("x/same.md", 4), ("/z/same", nil), ("https://support.x.org/", nil), ("", nil),
            ("https://support.x.org/kb/unknown", nil),
        ] as [(String, Int?)])
    func `a link leads to its document`(link: String, index: Int?) { #expect(matcher.document(for: link) == index) }
}

@Suite struct UrlSchemeTests {
    @Test(
        arguments: [
            (.docusaurus, "01-guide/02-intro.md", nil, "guide/intro"), (.docusaurus, "guide/index.md", nil, "guide"),
            (.docusaurus, "guide/Guide.mdx", nil, "guide"),
            (.docusaurus, "guide/intro.md", "start", "guide/start"), (.docusaurus, "guide/intro.md", "/start", "start"),
            (.docusaurus, "2024-01-05-news.md", nil, "2024-01-05-news"),
            (.docusaurus, "7.0-notes.md", nil, "7.0-notes"), (.mkdocs, "guide/intro.md", nil, "guide/intro/"),
            (.mkdocs, "index.md", nil, ""), (.mkdocs, "guide/README.md", nil, "guide/"),
            (.hugo, "Guide/My Page.md", nil, "guide/my-page/"),
            (.hugo, "guide/_index.md", nil, "guide/"), (.hugo, "guide/page/index.md", nil, "guide/page/"),
            (.hugo, "guide/a.md", "b", "guide/b/"),
            (.jekyll, "_posts/2024-01-05-my-post.md", nil, "2024/01/05/my-post.html"),
            (.jekyll, "docs/a.md", nil, "docs/a.html"),
            (.jekyll, "_docs/a.md", nil, "docs/a.html"), (.jekyll, "docs/index.md", nil, "docs/"),
            (.jekyll, "a.md", "/b/c/", "b/c/"),
            (.plain, "a b/c.html", nil, "a%20b/c.html"), (.plain, "ä.md", nil, "%C3%A4.md"),
        ] as [(UrlScheme.Style, String, String?, String)])
    func `urls are those of the generator`(style: UrlScheme.Style, path: String, slug: String?, url: String) {
        #expect(
            UrlScheme(baseURL: "https://x.org/docs/", style: style).url(path: path, slug: slug) == "https://x.org/docs/"
                + url)
    }

    @Test func `without a base url there is none, a whole url stays`() {
        #expect(UrlScheme().url(path: "a.md") == nil)
        #expect(UrlScheme(baseURL: "https://x.org").url(path: "a.md", slug: "https://y.org/z") == "https://y.org/z")
    }
}
