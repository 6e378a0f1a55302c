import FoundationEssentials

/// The settings at the top of an article, whatever they were written in.
struct FrontMatter: Sendable, Equatable {
    /// Keys in lower case; scalars as a list of one. Nested tables become `outer.inner`.
    var values: [String: [String]] = [:]
    /// What is wrong with it, if anything; the article is read all the same.
    var fault: String?

    func first(_ keys: String...) -> String? {
        for key in keys {
            if let value = values[key]?.first, !value.isEmpty { return value }
        }
        return nil
    }

    func all(_ keys: String...) -> [String] {
        var seen: Set<String> = []
        return keys.flatMap { values[$0] ?? [] }.filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    var isDraft: Bool {
        first("draft").map { ["true", "yes", "1", "on"].contains($0.lowercased()) } ?? false
            || first("published").map { ["false", "no"].contains($0.lowercased()) } ?? false
    }

    private static let known: Set<String> = [
        "title", "url", "slug", "permalink", "summary", "description", "topics", "tags", "categories", "aliases",
        "updated", "lastmod", "last_updated", "last_update.date", "date", "draft", "audience", "version", "locale",
        "lang", "language",
    ]

    /// Puts the settings into a document; what the document already has is kept where the settings are silent.
    func apply(to document: inout SourceDocument, scheme: UrlScheme) {
        if let title = first("title") { document.title = TextHygiene.collapsed(title) }
        let slug = first("permalink", "slug")
        let url = first("url")
        if let url, url.contains("://") {
            document.url = url
        } else if let made = scheme.url(path: document.path, slug: url ?? slug) {
            document.url = made
        } else if let slug = url ?? slug {
            // Without a base url a slug is still a name by which links find the article.
            document.aliases.append(slug)
        }
        document.summary = first("summary", "description").map(TextHygiene.collapsed) ?? document.summary
        document.topics = all("topics", "tags", "categories")
        document.aliases += all("aliases", "redirect_from")
        document.updated =
            first("updated", "lastmod", "last_updated", "last_update.date", "date").flatMap(DateText.date)
            ?? document.updated
        document.audience = first("audience") ?? document.audience
        document.version = first("version") ?? document.version
        document.locale = first("locale", "lang", "language") ?? document.locale
        for (key, list) in values where !Self.known.contains(key) && !list.isEmpty {
            document.fields[key] = list.joined(separator: ", ")
        }
    }
}
