import FoundationEssentials

/// The sentences of a passage as a compact JSON column: `[start, end, first line, last line, kind, ordinal?]`.
///
/// Offsets are UTF-8 bytes of the passage, whose text there is the sentence; the ordinal is the number of a step of an
/// ordered list.
enum SentenceText {
    private struct Entry: Codable {
        var span: [Int]  // start, end, first line, last line
        var kind: String
        var ordinal: Int?

        init(span: [Int], kind: String, ordinal: Int?) {
            (self.span, self.kind, self.ordinal) = (span, kind, ordinal)
        }

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            span = try (0..<4).map { _ in try list.decode(Int.self) }
            kind = try list.decode(String.self)
            ordinal = list.isAtEnd ? nil : try list.decode(Int.self)
        }

        func encode(to encoder: any Encoder) throws {
            var list = encoder.unkeyedContainer()
            for number in span { try list.encode(number) }
            try list.encode(kind)
            if let ordinal { try list.encode(ordinal) }
        }
    }

    static func encode(_ passage: Passage) throws -> String {
        try JSONText.encode(
            passage.sentences.map {
                Entry(
                    span: [$0.range.lowerBound, $0.range.upperBound, $0.lines.lowerBound, $0.lines.upperBound],
                    kind: $0.kind.rawValue, ordinal: $0.ordinal)
            })
    }

    static func decode(_ column: String, text: String) throws -> [Sentence] {
        let bytes = Array(text.utf8)
        return try JSONText.decode([Entry].self, column).compactMap { entry in
            let (start, end, first, last) = (entry.span[0], entry.span[1], entry.span[2], entry.span[3])
            guard start >= 0, start <= end, end <= bytes.count, first <= last else { return nil }
            return Sentence(
                text: String(decoding: bytes[start..<end], as: UTF8.self), range: start..<end, lines: first...last,
                kind: Sentence.Kind(rawValue: entry.kind) ?? .sentence, ordinal: entry.ordinal)
        }
    }
}
