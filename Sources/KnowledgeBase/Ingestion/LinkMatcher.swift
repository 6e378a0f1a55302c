/// Says which document a link leads to.
struct LinkMatcher: Sendable {
    private var pages: [String: Int] = [:]
    /// Last path segments; nil where two documents share one.
    private var names: [String: Int?] = [:]
    private var hosts: Set<String> = []

    /// - Parameter documents: their index is what `document(for:)` returns.
    init(_ documents: [SourceDocument]) {
        for (index, document) in documents.enumerated() {
            var addresses = document.aliases
            if let url = document.url { addresses.insert(url, at: 0) }
            for (place, address) in addresses.enumerated() {
                let link = Link(address)
                if !link.page.isEmpty, pages[link.page] == nil { pages[link.page] = index }
                if place == 0, document.url != nil, !link.host.isEmpty { hosts.insert(link.host) }
                if !address.contains(" ") { name(link.name, index) }
                if let number = link.number { name(number, index) }
            }
            let path = Link("/" + document.path)
            if pages[path.page] == nil { pages[path.page] = index }
            name(path.name, index)
        }
    }

    /// - Returns: index of the document, by whole address first, else by the last part of the path.
    func document(for link: String) -> Int? {
        let link = Link(link)
        if let index = pages[link.page] { return index }
        if !link.host.isEmpty, let index = pages[link.pathOnly], hosts.contains(link.host) { return index }
        if let number = link.number, let index = names[number] { return index }
        guard let index = names[link.name] ?? nil else { return nil }
        // On another host only a name that can hardly be another page's: help centres move, "faq" is everywhere.
        let isSpecific = link.name.utf8.count >= 12 && link.name.contains("-")
        return link.host.isEmpty || hosts.isEmpty || hosts.contains(link.host) || isSpecific ? index : nil
    }

    private mutating func name(_ name: String, _ index: Int) {
        guard !name.isEmpty, !["index", "readme", "_index", "home"].contains(name) else { return }
        if let known = names[name], known != index { names[name] = .some(nil) } else { names[name] = .some(index) }
    }
}

/// A link brought to one form: no scheme, `www.`, query, fragment, language segment, ending or trailing slash; percent
/// encoding undone, lower case.
struct Link: Sendable, Equatable {
    let host: String
    /// Segments after the host.
    let path: [String]

    var pathOnly: String { "/" + path.joined(separator: "/") }
    var page: String { host.isEmpty && path.isEmpty ? "" : host + pathOnly }
    /// The last segment.
    var name: String { path.last ?? "" }
    /// Host and all segments but the last; empty where there is no host.
    var folder: String { host.isEmpty ? "" : host + "/" + path.dropLast().joined(separator: "/") }

    /// The number that help centres put in front of a title: `360012345-Compacting-folders`.
    var number: String? {
        let digits = name.prefix { ("0"..."9").contains($0) }
        guard digits.utf8.count >= 6, digits.endIndex == name.endIndex || name[digits.endIndex] == "-" else {
            return nil
        }
        return String(digits)
    }

    init(_ text: String) {
        var rest = Self.decoded(text).lowercased()[...]
        if let mark = rest.firstIndex(where: { $0 == "#" || $0 == "?" }) { rest = rest[..<mark] }
        var host = ""
        if let scheme = rest.firstRange(of: "://") {
            rest = rest[scheme.upperBound...]
            host = String(rest.prefix { $0 != "/" })
            rest = rest.dropFirst(host.count)
        } else if rest.hasPrefix("www.") {
            host = String(rest.prefix { $0 != "/" })
            rest = rest.dropFirst(host.count)
        }
        if host.hasPrefix("www.") { host.removeFirst(4) }
        if host.hasSuffix(":443") { host.removeLast(4) }
        if host.hasSuffix(":80") { host.removeLast(3) }
        self.host = host
        var segments = rest.split(separator: "/").map(String.init).filter { $0 != "." && $0 != ".." }
        if let locale = segments.prefix(3).firstIndex(where: Self.isLocale), segments.count > 1 {
            segments.remove(at: locale)
        }
        if let last = segments.last {
            for ending in [".html", ".htm", ".md", ".mdx", ".markdown", ".php", ".aspx", ".rst", ".txt", ".pdf"]
            where last.hasSuffix(ending) && last != ending {
                segments[segments.count - 1] = String(last.dropLast(ending.count))
                break
            }
            if ["index", "readme", "_index"].contains(segments.last), segments.count > 1 { segments.removeLast() }
        }
        path = segments
    }

    private static func isLocale(_ segment: String) -> Bool {
        let parts = segment.split(whereSeparator: { $0 == "-" || $0 == "_" })
        guard let language = parts.first, parts.count <= 2, languages.contains(String(language)) else { return false }
        return parts.count == 1
            || (2...4).contains(parts[1].count) && parts[1].allSatisfy { $0.isLetter || $0.isNumber }
    }

    // ISO 639-1 without the codes that are common path segments ("as", "is", "it" stays: Italian is common).
    private static let languages: Set<String> = [
        "en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "cs", "sk", "sl", "hr", "sr", "bg", "ro", "hu",
        "el", "tr", "sv", "da", "nb", "nn", "fi",
        "et", "lv", "lt", "ja", "ko", "zh", "ar", "he", "fa", "hi", "bn", "th", "vi", "ms", "ca", "eu", "gl", "ga",
        "cy", "ka", "hy", "az", "kk", "mk", "sq",
    ]

    private static func decoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        var out: [UInt8] = []
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let value = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
            {
                out.append(value)
                index += 3
            } else {
                out.append(bytes[index])
                index += 1
            }
        }
        return TextHygiene.nfc(String(decoding: out, as: UTF8.self))
    }
}
