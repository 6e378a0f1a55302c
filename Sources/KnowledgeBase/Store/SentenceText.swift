import FoundationEssentials

/// The sentences of a passage as a compact JSON column: `[start, end, first line, last line, kind, shown text?]`.
///
/// Offsets are UTF-8 bytes of the passage; the shown text is kept only where it differs from that span.
enum SentenceText {
    private struct Entry: Codable {
        var start: Int, end: Int, firstLine: Int, lastLine: Int
        var kind: String
        var shown: String?

        init(start: Int, end: Int, firstLine: Int, lastLine: Int, kind: String, shown: String?) {
            (self.start, self.end, self.firstLine, self.lastLine) = (start, end, firstLine, lastLine)
            (self.kind, self.shown) = (kind, shown)
        }

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            start = try list.decode(Int.self)
            end = try list.decode(Int.self)
            firstLine = try list.decode(Int.self)
            lastLine = try list.decode(Int.self)
            kind = try list.decode(String.self)
            shown = list.isAtEnd ? nil : try list.decode(String.self)
        }

        func encode(to encoder: any Encoder) throws {
            var list = encoder.unkeyedContainer()
            try list.encode(start)
            try list.encode(end)
            try list.encode(firstLine)
            try list.encode(lastLine)
            try list.encode(kind)
            if let shown { try list.encode(shown) }
        }
    }

    static func encode(_ passage: Passage) throws -> String {
        let bytes = Array(passage.text.utf8)
        return try JSONText.encode(
            passage.sentences.map { sentence in
                let span = String(decoding: bytes[sentence.range], as: UTF8.self)
                return Entry(
                    start: sentence.range.lowerBound, end: sentence.range.upperBound,
                    firstLine: sentence.lines.lowerBound, lastLine: sentence.lines.upperBound,
                    kind: sentence.kind.rawValue, shown: span == sentence.text ? nil : sentence.text)
            })
    }

    static func decode(_ column: String, text: String) throws -> [Sentence] {
        let bytes = Array(text.utf8)
        return try JSONText.decode([Entry].self, column).compactMap { entry in
            guard entry.start >= 0, entry.start <= entry.end, entry.end <= bytes.count,
                entry.firstLine <= entry.lastLine
            else { return nil }
            return Sentence(
                text: entry.shown ?? String(decoding: bytes[entry.start..<entry.end], as: UTF8.self),
                range: entry.start..<entry.end, lines: entry.firstLine...entry.lastLine,
                kind: Sentence.Kind(rawValue: entry.kind) ?? .sentence)
        }
    }
}
