import Testing

@testable import Embedding

/// Goldens: Fixtures/encoder.json, written by scripts/reference/encoder.py in float64; tolerance 1e-4.
@Suite(.needsModel) struct TransformerEncoderTests {
    struct Case: Decodable {
        let text: String
        let vector: [Float]
        let segments: [[Int]]
        let segmentVectors: [[Float]]
    }
    static let texts = [
        "", "How do I reset my password?", "reset password",
        String(repeating: "The queue is stuck again, nothing prints. ", count: 60),
        "日本語のテキスト", "a b c d e f g h i j", "Where is my refund? I asked for it three weeks ago and heard nothing.",
    ]

    @Test func `vectors and segment vectors are those of the reference`() throws {
        let cases = try ModelFolder.fixture([Case].self, "encoder.json")
        let segments = cases.map { $0.segments.map { $0[0]..<$0[1] } }
        let (vectors, segmentVectors) = try ModelFolder.encoder.encode(cases.map(\.text), segments: segments)
        for (i, item) in cases.enumerated() {
            let farthest = zip(vectors[i], item.vector).map { abs($0 - $1) }.max()!
            #expect(farthest < 1e-4, "\(item.text.prefix(60))")
            #expect(segmentVectors[i].rows == item.segments.count)
            for (s, want) in item.segmentVectors.enumerated() {
                let farthest = zip(segmentVectors[i][s], want).map { abs($0 - $1) }.max()!
                #expect(farthest < 1e-4, "segment \(s) of \(item.text.prefix(60))")
            }
        }
    }

    @Test func `many texts on two threads have the vectors of one thread`() throws {
        let texts = (0..<240).map { i in
            String(repeating: "Question \(i) about folder \(i * 7 % 13) and account \(i % 5). ", count: 1 + i % 9)
        }
        let (single, pair) = (try ModelFolder.encoder.encode(texts), try ModelFolder.pair.encode(texts))
        for i in texts.indices {
            #expect(zip(single[i], pair[i]).map { abs($0 - $1) }.max()! < 1e-5, "text \(i)")
        }
    }

    @Test func `a text has the same vector alone, in a batch, on one thread and on two`() throws {
        let batch = try ModelFolder.encoder.encode(Self.texts)
        let parallel = try ModelFolder.pair.encode(Self.texts + Self.texts.reversed())
        for (i, text) in Self.texts.enumerated() {
            let alone = try ModelFolder.encoder.encode([text])
            let team = try ModelFolder.pair.encode([text])
            for other in [alone[0], team[0], parallel[i], parallel[2 * Self.texts.count - 1 - i]] {
                #expect(zip(batch[i], other).allSatisfy { abs($0 - $1) < 1e-5 }, "\(text.prefix(40))")
            }
        }
    }

    @Test func `rounded to bytes the vectors are near and the fingerprint is another`() throws {
        let one = try TransformerEncoder(folder: ModelFolder.path!, precision: .int8, threads: 1)
        let two = try TransformerEncoder(folder: ModelFolder.path!, precision: .int8, threads: 2)
        #expect(one.fingerprint != ModelFolder.encoder.fingerprint && one.fingerprint == two.fingerprint)
        #expect(one.modelFingerprint == ModelFolder.encoder.fingerprint)
        let (exact, near, parallel) = (
            try ModelFolder.encoder.encode(Self.texts), try one.encode(Self.texts), try two.encode(Self.texts)
        )
        for i in Self.texts.indices {
            #expect(zip(exact[i], near[i]).reduce(0) { $0 + $1.0 * $1.1 } > 0.98, "\(Self.texts[i].prefix(40))")
            #expect(zip(near[i], parallel[i]).allSatisfy { abs($0 - $1) < 1e-5 })
            #expect(zip(near[i], try two.encode([Self.texts[i]])[0]).allSatisfy { abs($0 - $1) < 1e-5 })
        }
    }

    @Test func `a text that was announced has the vector it has else`() throws {
        let encoder = ModelFolder.pair
        let text = "How do I reset my password?"
        let want = try encoder.encode([text])
        encoder.expect(text)
        Beside.run { encoder.encodeExpected() }
        #expect(try encoder.encode(["something else"]).rows == 1)
        #expect(try encoder.encode([text])[0].elementsEqual(want[0]))
        #expect(try encoder.encode([text])[0].elementsEqual(want[0]))
    }

    @Test func `a short text has the same vector beside long ones`() throws {
        let long = String(repeating: "The queue is stuck again. ", count: 30)
        for words in [1, 3, 12, 30, 58, 61, 62, 63, 64, 90] {
            let text = (0..<words).map { "w\($0 % 9)" }.joined(separator: " ")
            let alone = try ModelFolder.encoder.encode([text])[0]
            let beside = try ModelFolder.encoder.encode([long, text, "short", long])[1]
            #expect(zip(alone, beside).allSatisfy { abs($0 - $1) < 1e-5 }, "\(words) words")
        }
    }

    @Test func `every vector has length 1, that of an empty text too`() throws {
        let vectors = try ModelFolder.encoder.encode(Self.texts)
        #expect(vectors.rows == Self.texts.count && vectors.columns == 384)
        for i in 0..<vectors.rows { #expect(abs(vectors[i].reduce(0) { $0 + $1 * $1 } - 1) < 1e-5) }
    }

    @Test func `no texts give no rows`() throws {
        #expect(try ModelFolder.encoder.encode([]) == Matrix(rows: 0, columns: 384))
    }

    @Test func `a paraphrase is nearer than another subject`() throws {
        let v = try ModelFolder.encoder.encode([
            "How do I change my password?", "I want a new password", "Opening hours in Lisbon",
        ])
        #expect(cosine(v[0], v[1]) > 0.6)
        #expect(cosine(v[0], v[2]) < 0.3)
    }

    @Test func `a segment past the token limit or without a token is all zeros`() throws {
        let text = String(repeating: "word ", count: 400)
        let (_, segments) = try ModelFolder.encoder.encode([text], segments: [[0..<20, 1990..<2000, 4..<5, 7..<7]])
        #expect(segments[0][0].contains { $0 != 0 })
        for s in 1...3 { #expect(segments[0][s].allSatisfy { $0 == 0 }) }
    }

    @Test func `segments for another number of texts are refused`() {
        #expect(throws: EncoderError.segmentsDoNotMatch(texts: 2, segmentLists: 1)) {
            try ModelFolder.encoder.encode(["a", "b"], segments: [[]])
        }
    }

    @Test func `several threads may encode at once`() async throws {
        let expected = try ModelFolder.encoder.encode(Self.texts)
        let results = try await withThrowingTaskGroup(of: Matrix.self) { group in
            for _ in 0..<6 { group.addTask { try ModelFolder.pair.encode(Self.texts) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.count == 6)
        for result in results { #expect(zip(result.values, expected.values).allSatisfy { abs($0 - $1) < 1e-5 }) }
    }

    @Test func `the fingerprint is the same for the same folder`() throws {
        let again = try TransformerEncoder(folder: ModelFolder.path!)
        #expect(again.fingerprint == ModelFolder.encoder.fingerprint)
        #expect(again.fingerprint.count == 32)
    }
}

struct BatchTests {
    @Test func `batches keep the order, hold every text once and respect the limit`() {
        let counts = [200, 200, 400, 40, 1000, 5]
        let batches = TransformerEncoder.pack(counts, threads: 1)
        #expect(batches.flatMap { $0 } == Array(counts.indices))
        #expect(batches == [[0, 1], [2, 3], [4], [5]])
        #expect(TransformerEncoder.pack([10, 10], threads: 2).count == 2)
        #expect(TransformerEncoder.pack([], threads: 2).isEmpty)
    }
}
