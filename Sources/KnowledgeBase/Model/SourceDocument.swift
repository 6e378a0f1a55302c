import FoundationEssentials

/// An article as a reader found it in a file or a JSON line: facts and blocks of text, not yet cut into passages.
struct SourceDocument: Sendable, Equatable {
    /// Path relative to the source's folder, or the `_id` of a JSON line.
    var path: String
    var title: String
    var url: String?
    var summary: String?
    var topics: [String] = []
    /// Other titles, former paths or urls under which the article is known.
    var aliases: [String] = []
    var updated: Date?
    var audience: String?
    var version: String?
    /// Language tag as written (`en-US`, `de`).
    var locale: String?
    /// All other scalar front-matter fields; lists are joined by ", ".
    var fields: [String: String] = [:]
    /// A fault of the file that did not keep it from being read.
    var fault: String?
    /// The text in reading order.
    var blocks: [Block] = []
}

/// One paragraph, heading, list item, table row, quotation or code fence.
struct Block: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// Level from 1.
        case heading(level: Int)
        case paragraph
        /// Depth from 1; `ordinal` is the number printed in front of an item of an ordered list.
        case listItem(depth: Int, ordinal: Int?)
        case tableRow
        case code
        case quote
    }

    /// A place in `text` where a later line of the file begins.
    struct LineBreak: Sendable, Equatable {
        /// UTF-8 offset in `text`.
        var offset: Int
        /// 1-based line of the file.
        var line: Int
    }

    var kind: Kind
    /// White space collapsed (except in code), entities decoded, markup gone.
    var text: String
    /// 1-based lines of the file, front matter counted.
    var lines: ClosedRange<Int>
    /// Where the lines after the first one begin in `text`, rising; empty when the block has one line.
    var breaks: [LineBreak] = []
    /// The block is part of a table of contents, a list of links or a breadcrumb: it leads elsewhere and says nothing.
    var isNavigation = false

    /// The lines of the file that `range` of the text (UTF-8 offsets) stands on.
    func lines(of range: Range<Int>) -> ClosedRange<Int> {
        guard !breaks.isEmpty else { return lines }
        var first = lines.lowerBound
        var last = lines.lowerBound
        for mark in breaks {
            if mark.offset <= range.lowerBound { first = mark.line }
            if mark.offset < max(range.upperBound, range.lowerBound + 1) { last = mark.line } else { break }
        }
        return first...max(first, last)
    }
}

/// A stretch of an article that is searched, ranked and cited as one.
struct Passage: Sendable, Equatable {
    enum Role: String, Sendable { case content, navigation, alias }

    /// The headings above the passage, outermost first, without the article's title.
    var headings: [String]
    /// Blocks joined by a line feed.
    var text: String
    /// 1-based lines of the file.
    var lines: ClosedRange<Int>
    var role: Role
    /// Rising and disjoint; headings inside a merged passage belong to none.
    var sentences: [Sentence]
}

/// The smallest thing an answer may quote.
struct Sentence: Sendable, Equatable {
    enum Kind: String, Sendable {
        case sentence
        /// A list item, whole, with its nested items when these are short.
        case step
        case row
        case code
    }

    /// As shown to a customer; equals the passage's text in `range`.
    var text: String
    /// UTF-8 offsets in `Passage.text`.
    var range: Range<Int>
    /// 1-based lines of the file.
    var lines: ClosedRange<Int>
    var kind: Kind
    /// The number of a step of an ordered list, which is not part of `text`.
    var ordinal: Int?
}
