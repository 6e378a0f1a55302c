import Embedding
import FoundationEssentials

/// The sentences of a passage as a compact JSON column: `[start, end, first line, last line, kind, ordinal?]`.
///
/// Offsets are UTF-8 bytes of the passage, whose text there is the sentence; the ordinal is the number of a step of an
/// ordered list.
enum SentenceText {
    private struct Entry: Encodable {
        var span: [Int]  // start, end, first line, last line
        var kind: String
        var ordinal: Int?

        init(span: [Int], kind: String, ordinal: Int?) {
            (self.span, self.kind, self.ordinal) = (span, kind, ordinal)
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
        return try (JSONText.value(column).array ?? []).compactMap { entry in
            guard let list = entry.array, list.count >= 5, let start = list[0].int, let end = list[1].int,
                let first = list[2].int, let last = list[3].int, let kind = list[4].text
            else { throw JSONError(reason: "a sentence is not [start, end, first line, last line, kind]", offset: 0) }
            guard start >= 0, start <= end, end <= bytes.count, first <= last else { return nil }
            return Sentence(
                text: String(decoding: bytes[start..<end], as: UTF8.self), range: start..<end, lines: first...last,
                kind: Sentence.Kind(rawValue: kind) ?? .sentence, ordinal: list.count > 5 ? list[5].int : nil)
        }
    }
}
