/// The url a documentation generator gives a file, from its path below the source's folder.
///
/// Example: `UrlScheme(baseURL: "https://x.org/docs", style: .docusaurus).url(path: "01-guide/02-intro.md", ...)` is
/// `https://x.org/docs/guide/intro`.
struct UrlScheme: Sendable, Equatable {
    enum Style: String, Sendable, CaseIterable { case docusaurus, mkdocs, hugo, jekyll, plain }

    /// Without it, no url is made.
    var baseURL: String?
    var style: Style = .plain

    /// - Parameter slug: `slug` or `permalink` of the front matter, which replaces the last part, or with a leading
    ///   "/" the whole path.
    /// - Returns: nil without a base url.
    func url(path: String, slug: String? = nil) -> String? {
        guard let baseURL, !baseURL.isEmpty else { return nil }
        if let slug, slug.hasPrefix("http://") || slug.hasPrefix("https://") { return slug }
        var base = baseURL
        while base.hasSuffix("/") { base.removeLast() }
        return base + "/" + relative(path: path, slug: slug)
    }

    private func relative(path: String, slug: String?) -> String {
        if let slug, slug.hasPrefix("/") {
            let rest = String(slug.dropFirst())
            return Self.encoded(style == .hugo ? Self.folder(rest) : rest)
        }
        var parts = path.split(separator: "/").map(String.init)
        let file = parts.popLast() ?? ""
        let dot = file.lastIndex(of: ".")
        var stem = dot.map { String(file[..<$0]) } ?? file
        let ending = dot.map { String(file[$0...]) } ?? ""
        switch style {
        case .docusaurus:
            parts = parts.map(Self.withoutNumber)
            stem = Self.withoutNumber(stem)
            let last = parts.last?.lowercased()
            // A file named as its folder is the folder's page, as index and README are.
            let isIndex = ["index", "readme"].contains(stem.lowercased()) || stem.lowercased() == last
            if let slug { parts.append(slug) } else if !isIndex { parts.append(stem) }
            return Self.encoded(parts.joined(separator: "/"))
        case .mkdocs:
            if !["index", "README"].contains(stem) { parts.append(stem) }
            return Self.encoded(Self.folder(parts.joined(separator: "/")))
        case .hugo:
            if let slug { parts.append(slug) } else if !["_index", "index"].contains(stem) { parts.append(stem) }
            let slugged = parts.map { Self.hugo($0) }
            return Self.encoded(Self.folder(slugged.joined(separator: "/")))
        case .jekyll:
            return Self.encoded(
                jekyll(parts, slug ?? stem, isIndex: slug == nil && stem == "index", hasSlug: slug != nil))
        case .plain:
            return Self.encoded((parts + [slug ?? stem + ending]).joined(separator: "/"))
        }
    }

    /// `_posts/2024-01-05-name.md` becomes `2024/01/05/name.html`, in front of it the categories of the folders above.
    private func jekyll(_ folders: [String], _ stem: String, isIndex: Bool, hasSlug: Bool) -> String {
        if isIndex { return Self.folder(folders.joined(separator: "/")) }
        let pieces = stem.split(separator: "-", maxSplits: 3, omittingEmptySubsequences: false)
        if folders.contains("_posts"), pieces.count == 4, pieces[0].utf8.count == 4, Int(pieces[0]) != nil,
            Int(pieces[1]) != nil, Int(pieces[2]) != nil
        {
            let categories = folders.filter { $0 != "_posts" }
            return (categories + pieces.map(String.init)).joined(separator: "/") + ".html"
        }
        // A collection's folder is published without its underscore.
        let parts = folders.map { $0.hasPrefix("_") ? String($0.dropFirst()) : $0 } + [stem]
        return parts.joined(separator: "/") + (hasSlug ? "" : ".html")
    }

    /// Docusaurus drops `01-`, `2. `, `003_`; not `2024-01-05-news` nor `7.0-notes`.
    private static func withoutNumber(_ name: String) -> String {
        let digits = name.prefix { ("0"..."9").contains($0) }
        guard !digits.isEmpty else { return name }
        var rest = name[digits.endIndex...].drop { $0 == " " }
        guard let separator = rest.first, "-_.".contains(separator) else { return name }
        rest = rest.drop { "-_. ".contains($0) }
        let looksLikeDateOrVersion = rest.first.map { ("0"..."9").contains($0) } ?? true
        return looksLikeDateOrVersion ? name : String(rest)
    }

    private static func hugo(_ part: String) -> String {
        String(part.lowercased().map { $0 == " " ? "-" : $0 })
    }

    private static func folder(_ path: String) -> String { path.isEmpty || path.hasSuffix("/") ? path : path + "/" }

    private static func encoded(_ path: String) -> String {
        let hex = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        for byte in path.utf8 {
            if byte >= 0x80 || byte <= 0x20 || "\"<>\\^`{|}?#%".utf8.contains(byte) {
                out += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            } else {
                out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
