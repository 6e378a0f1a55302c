import Embedding

extension Grading {
    /// Cosines that the learned criteria need; sentences of passages have their vectors from the passage's own encoding.
    public struct Measures: Sendable {
        /// Vectors of the draft's sentences within their passages.
        var draftRows: [[Float]]
        /// By sentence of the draft: with the question as a whole, whose parts may be as little as "How?"; nothing where it is not known.
        var questionToDraft: [Double] = []
        /// By part of the question, by sentence of the draft.
        var partToDraft: [[Double]]
        /// By part: the greatest with a sentence of the cited passages that the draft leaves out; 0 when there is none.
        var partToUnquoted: [Double]
        /// By sentence of the draft, by rival, by its `sentences`.
        var draftToRival: [[[Double]]]
        /// By part of the question, by rival, by its `sentences`.
        var partToRival: [[[Double]]]
    }
}

extension Grading.Draft {
    /// Fills `measures`; with an encoder that the weights were not fitted to nothing is measured, and rules alone judge.
    public mutating func measure(_ encoder: any TextEncoder) throws {
        guard !sentences.isEmpty, GraderModel.knows(encoder.fingerprint) else { return }
        try self.measured(by: encoder)
    }

    /// For training: whatever the encoder.
    mutating func measured(by encoder: any TextEncoder) throws {
        let parts = try encoder.encode(Grading.parts(of: question))
        let whole = Array(try encoder.encode([question])[0])
        let citedRows = try Self.rows(cited, encoder)
        let rivalRows = try Self.rows(rivals, encoder)
        var known: [[String]: [Float]] = [:]
        for (passage, rows) in zip(cited, citedRows) {
            for (sentence, row) in zip(passage.sentences, rows) { known[Grading.plainWords(sentence)] = row }
        }
        let said = try sentences.map { sentence -> [Float] in
            try known[Grading.plainWords(sentence.text)] ?? Array(encoder.encode([sentence.text])[0])
        }
        let quoted = Set(sentences.map { Grading.plainWords($0.text) })
        let titles = Set(cited.map { Grading.plainWords($0.title) })
        let unquoted = known.filter { !quoted.contains($0.key) && !titles.contains($0.key) }.map(\.value)
        func product(_ a: [Float], _ b: [Float]) -> Double { Double(VectorIndex.product(a, b, a.count)) }
        let asked = (0..<parts.rows).map { Array(parts[$0]) }
        measures = Grading.Measures(
            draftRows: said, questionToDraft: said.map { product(whole, $0) },
            partToDraft: asked.map { part in said.map { product(part, $0) } },
            partToUnquoted: asked.map { part in unquoted.map { product(part, $0) }.max() ?? 0 },
            draftToRival: said.map { own in rivalRows.map { $0.map { product(own, $0) } } },
            partToRival: asked.map { part in rivalRows.map { $0.map { product(part, $0) } } })
    }

    /// By passage and sentence; a sentence beyond the encoder's length is encoded by itself.
    private static func rows(_ passages: [Grading.Passage], _ encoder: any TextEncoder) throws -> [[[Float]]] {
        guard !passages.isEmpty else { return [] }
        let ranges = passages.map { SentenceSplitter.ranges($0.text) }
        let encoded = try encoder.encode(passages.map(\.text), segments: ranges).segmentVectors
        return try passages.indices.map { place in
            try passages[place].sentences.indices.map { index in
                if index < encoded[place].rows {
                    let row = Array(encoded[place][index])
                    if row.contains(where: { $0 != 0 }) { return row }
                }
                return Array(try encoder.encode([passages[place].sentences[index]])[0])
            }
        }
    }
}
