/// Cuts a document into passages of at most 250 tokens along its headings. Pure: equal input, equal output.
///
/// A passage is searched as `prefix + "\n" + text`. Sections are packed unit by unit; small neighbours under one parent
/// share a passage. Tables of contents, link lists and breadcrumbs get passages of their own with role `.navigation`.
enum Chunker {
    /// Most tokens of prefix and text: all-MiniLM-L6-v2 reads 256 with its two special ones.
    static let limit = 250
    /// Most tokens of the text alone: with a title and headings in front that makes passages of 200 to 250. Longer ones
    /// blur their vectors (stackfaq nDCG@10 .975 at 250, .979 at 200: benchmarks/results/ranking.md).
    static let textLimit = 200
    /// Most tokens of the prefix: a quarter.
    static let prefixLimit = limit / 4
    /// More than any text has where its words are words.
    static let bytesPerToken = 16
    /// A heading begins a new passage once the open one has this many tokens.
    static let enough = 100

    /// - Parameter tokenCount: WordPiece tokens of a text. Called once for each block and each heading path, and for
    ///   the pieces of blocks that are too long.
    /// - Returns: passages in reading order; navigation after the content it interrupts.
    /// - Complexity: linear in the text.
    static func passages(of document: SourceDocument, tokenCount: (String) -> Int) -> [Passage] {
        withoutActuallyEscaping(tokenCount) { count in
            // WordPiece takes a run of over a hundred characters for one token; nobody could read megabytes of it.
            var packer = PassagePacker(
                title: document.title, tokenCount: { max(count($0), $0.utf8.count / bytesPerToken) })
            for section in Section.sections(of: document) {
                packer.take(section)
            }
            let passages = packer.finish()
            return passages.isEmpty ? PassagePacker.headingsOnly(document) : passages
        }
    }

    /// Title and heading path in one line, cut to `limit` tokens: first the middle of the path goes, then the words at
    /// the end of the title, then those of the last heading.
    static func prefix(title: String, headings: [String], limit: Int = prefixLimit, tokenCount: (String) -> Int)
        -> String
    {
        var path = headings
        func joined(_ title: String, _ path: [String]) -> String {
            ([title] + path).filter { !$0.isEmpty }.joined(separator: " > ")
        }
        while true {
            let text = joined(title, path)
            if tokenCount(text) <= limit { return text }
            guard path.count > 1 else { break }
            path.remove(at: (path.count - 1) / 2)
        }
        let heading = path.first.map { shortened($0, to: limit / 2, tokenCount) } ?? ""
        let rest = max(4, limit - (heading.isEmpty ? 0 : tokenCount(heading) + 2))
        return joined(shortened(title, to: rest, tokenCount), heading.isEmpty ? [] : [heading])
    }

    private static func shortened(_ text: String, to limit: Int, _ tokenCount: (String) -> Int) -> String {
        // A token is at least one byte, so what lies beyond can be cut unseen.
        var words = text.prefix(limit * 16).split(separator: " ")
        var out = words.joined(separator: " ")
        while tokenCount(out) > limit, words.count > 1 {
            words.removeLast(max(1, words.count / 8))
            out = words.joined(separator: " ")
        }
        return tokenCount(out) > limit ? String(out.prefix(limit)) : out
    }

    /// A heading with the blocks up to the next one.
    struct Section {
        var headings: [String]
        /// The heading's own block; nil for what stands in front of the first heading.
        var heading: Block?
        var blocks: ArraySlice<Block>

        static func sections(of document: SourceDocument) -> [Section] {
            var out: [Section] = []
            var path: [(level: Int, text: String)] = []
            var heading: Block?
            var start = 0
            func close(_ end: Int) {
                if start < end || heading != nil {
                    out.append(
                        Section(
                            headings: path.map(\.text).filter { !$0.isEmpty }, heading: heading,
                            blocks: document.blocks[start..<end]))
                }
            }
            let title = document.title.lowercased()
            for (index, block) in document.blocks.enumerated() {
                guard case .heading(let level) = block.kind else { continue }
                close(index)
                while let last = path.last, last.level >= level { path.removeLast() }
                // The title stands in front of every passage anyway.
                path.append((level, block.text.lowercased() == title ? "" : block.text))
                heading = block
                start = index + 1
            }
            close(document.blocks.count)
            return out
        }
    }
}
