import Embedding

/// Texts waiting to be encoded, each once, keyed by SHA-256 of the encoder's fingerprint and the text.
struct EmbeddingBatch {
    private struct Item {
        var key: [UInt8]
        var text: String
        /// UTF-8 ranges of the sentences in `text`; `nil` where nothing is quoted.
        var sentences: [Range<Int>]?
    }

    private let fingerprint: [UInt8]
    private var items: [Item] = []
    private var seen: Set<[UInt8]> = []

    init(fingerprint: String) { self.fingerprint = Array(fingerprint.utf8) }

    var count: Int { items.count }
    var keys: [[UInt8]] { items.map(\.key) }

    /// Queues a passage and returns its key. What is encoded is its prefix (title and headings), a line feed, its text.
    mutating func add(
        kind: DocumentKind, title: String, headings: [String], text: String, sentences: [Sentence],
        encoder: TransformerEncoder
    ) -> [UInt8] {
        let prefix: String
        switch kind {
        case .article:
            prefix =
                Chunker.prefix(title: title, headings: headings, tokenCount: { encoder.tokenizer.count($0) }) + "\n"
        case .ticket: prefix = title.isEmpty ? "" : title + "\n"
        }
        let whole = prefix + text
        // Sentence ranges are part of the key: the same text cut differently has other sentence vectors.
        let ranges = sentences.map { $0.range.lowerBound + prefix.utf8.count..<$0.range.upperBound + prefix.utf8.count }
        let shape = Array(ranges.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ",").utf8)
        let key = SHA256.digest(fingerprint, [0], Array(whole.utf8), [0], shape)
        if seen.insert(key).inserted {
            items.append(Item(key: key, text: whole, sentences: kind == .article ? ranges : nil))
        }
        return key
    }

    /// Damaged weights give NaN or noise: what is no unit vector is never stored, nor searched with.
    static func checkUnit(_ vector: some Sequence<Float>) throws {
        let length = vector.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
        guard abs(length - 1) < 1e-3 else { throw KnowledgeBaseError.badVector(length: length) }
    }

    /// Encodes what is not in `stored`.
    ///
    /// - Throws: `KnowledgeBaseError.badVector` when the encoder's weights are damaged.
    /// - Parameter progress: is told how many more are done, every few seconds on a slow machine.
    func encode(
        with encoder: TransformerEncoder, except stored: Set<[UInt8]>, progress: (Int) -> Void = { _ in }
    ) throws -> [PreparedEmbedding] {
        let missing = items.filter { !stored.contains($0.key) }
        var out: [PreparedEmbedding] = []
        for start in stride(from: 0, to: missing.count, by: IngestDefaults.slicePassages) {
            let slice = missing[start..<min(missing.count, start + IngestDefaults.slicePassages)]
            let (vectors, sentences) = try encoder.encode(
                slice.map(\.text), segments: slice.map { $0.sentences ?? [] })
            for (i, item) in slice.enumerated() {
                try Self.checkUnit(vectors[i])
                out.append(
                    PreparedEmbedding(
                        key: item.key, vector: Array(vectors[i]),
                        sentences: item.sentences == nil
                            ? nil : SentenceVectors.pack((0..<sentences[i].rows).map { sentences[i][$0] })))
            }
            progress(slice.count)
        }
        return out
    }
}
