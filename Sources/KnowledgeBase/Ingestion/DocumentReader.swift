import FoundationEssentials

/// Which reader a file's name asks for.
enum DocumentFormat: String, Sendable, CaseIterable {
    case markdown, mdx, html, text, rst, pdf

    /// By the file's ending, whatever its case; nil for a file kb does not read.
    init?(path: String) {
        switch Self.ending(path) {
        case "md", "markdown", "mdown", "mkd": self = .markdown
        case "mdx": self = .mdx
        case "html", "htm", "xhtml": self = .html
        case "txt", "text": self = .text
        case "rst": self = .rst
        case "pdf": self = .pdf
        default: return nil
        }
    }

    static func ending(_ path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }
}

/// Reads one file of a source into a document.
///
/// Example: `try DocumentReader.read(bytes: bytes, path: "guide/intro.md", settings: .init(baseURL: "https://x.org"))`
enum DocumentReader {
    /// Longest line of Markdown: cmark-gfm 0.29 has inline rules that are not linear in the paragraph.
    static let longestLine = 512 << 10

    /// Why a file is left out for its name alone, so that it need not be opened; nil when it is to be read.
    static func reasonToSkip(path: String) -> ReadError? {
        for name in path.split(separator: "/") where name.hasPrefix("_") {
            let isIndex = name.hasPrefix("_index.")
            // Jekyll keeps its articles in folders with an underscore.
            if !isIndex, !["_posts", "_docs", "_articles", "_pages"].contains(name) { return .partial(String(name)) }
        }
        return DocumentFormat(path: path) == nil ? .unknownFormat(DocumentFormat.ending(path)) : nil
    }

    /// - Parameter path: relative to the source; gives format, url and, as the last resort, the title.
    /// - Throws: `ReadError`, one clear reason; `isIntended` tells drafts and partials from damaged files.
    /// - Complexity: linear in the bytes.
    static func read(bytes: [UInt8], path: String, settings: UrlScheme = UrlScheme()) throws(ReadError)
        -> SourceDocument
    {
        if let reason = reasonToSkip(path: path) { throw reason }
        guard let format = DocumentFormat(path: path) else { throw .unknownFormat(DocumentFormat.ending(path)) }
        if bytes.count > FileBytes.limit { throw .tooLarge(bytes: bytes.count, limit: FileBytes.limit) }
        if bytes.isEmpty { throw .empty }
        var document = SourceDocument(path: path, title: "", url: settings.url(path: path))
        if format == .pdf {
            document.blocks = try PDFReader.blocks(bytes)
            finish(&document, fallback: nil)
            return document
        }
        let text = try TextHygiene.text(bytes)
        let (front, body, lines) = FrontMatter.split(text)
        if front.isDraft { throw .draft }
        document.fault = front.fault
        var fallback: String?
        switch format {
        case .markdown, .mdx:
            try checkLines(body, lines)
            let isMDX = format == .mdx || settings.style == .docusaurus
            document.blocks = HeadingGuess.applied(
                to: MarkdownReader.blocks(MarkdownDialect.plain(body, isMDX: isMDX), lineOffset: lines))
        case .html:
            var page = try HTMLReader.page(lines == 0 ? text : String(body))
            if lines > 0 { page.blocks = page.blocks.map { $0.moved(by: lines) } }
            document.blocks = page.blocks
            document.url = page.url ?? document.url
            document.summary = page.summary
            document.locale = page.locale
            document.updated = page.updated
            fallback = page.title
        case .text: document.blocks = HeadingGuess.applied(to: PlainTextReader.blocks(body, lineOffset: lines))
        case .rst:
            let read = RSTReader.read(body, lineOffset: lines)
            document.blocks = read.blocks
            read.front.apply(to: &document, scheme: settings)
        case .pdf: break
        }
        front.apply(to: &document, scheme: settings)
        finish(&document, fallback: fallback)
        guard !document.blocks.isEmpty || document.summary != nil && format != .html else { throw .noText }
        return document
    }

    /// Title: front matter, else the first top heading, else what the page calls itself, else the file's name.
    private static func finish(_ document: inout SourceDocument, fallback: String?) {
        guard document.title.isEmpty else { return }
        let first = document.blocks.lazy.compactMap { block -> String? in
            if case .heading(level: 1) = block.kind { block.text } else { nil }
        }.first
        let name = document.path.split(separator: "/").last.map(String.init) ?? document.path
        let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        let words = stem.map { $0 == "-" || $0 == "_" ? " " : $0 }
        document.title =
            first ?? fallback.flatMap { $0.isEmpty ? nil : $0 } ?? TextHygiene.collapsed(TextHygiene.nfc(String(words)))
    }

    private static func checkLines(_ body: Substring, _ offset: Int) throws(ReadError) {
        guard body.utf8.count > longestLine else { return }
        var line = 1 + offset
        var length = 0
        for byte in body.utf8 {
            if byte == 0x0A {
                line += 1
                length = 0
            } else {
                length += 1
                if length > longestLine {
                    let bytes = body.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)[line - 1 - offset]
                        .count
                    throw .longLine(line: line, bytes: bytes, limit: longestLine)
                }
            }
        }
    }
}

extension Block {
    /// The block with its lines further down.
    func moved(by offset: Int) -> Block {
        var block = self
        block.lines = lines.lowerBound + offset...lines.upperBound + offset
        for index in block.breaks.indices { block.breaks[index].line += offset }
        return block
    }
}
