import GRDB
import TestSupport
import Testing

@testable import KnowledgeBase

/// Three documents in two dimensions; the question is (1, 0), so a passage's cosine is its first number.
struct FusionTests {
    let folder = ScratchFolder()
    let dense: DenseScores
    let ids: [Int64]

    /// Best 0.8, second 0.6; the passages sum to (1.4, 2.4), which is √7.72 long.
    private static let scoreOfA: Double = {
        let centroid: Double = 1.4 / (7.72).squareRoot()
        return 0.4 * 0.8 + 0.2 * 0.6 + 0.4 * centroid
    }()

    init() throws {
        let store = try Store.temporary(folder)
        let source = try store.addSource(name: "s", path: "/s", kind: "articles")
        try store.put("s/a", [[0.6, 0.8], [0.8, 0.6], [0, 1]], source: source)
        try store.put("s/b", [[0.96, 0.28]], source: source)
        try store.put("s/c", [[0.96, -0.28]], source: source)
        (dense, ids) = try store.pool.read { db in
            let all = try Store.documents(1...3, db).values.sorted { $0.id < $1.id }.map(\.rowID)
            return (try VectorSnapshot(file: nil, kind: .article, dimension: 2, db).scores([1, 0]), all)
        }
    }

    private func close(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-6 }

    @Test func `a document is its best passage, its second and its centroid`() {
        let ranked = Fusion.rank(dense: dense, lexical: nil, terms: 3, limit: 10).documents
        #expect(ranked.map(\.document) == [ids[1], ids[2], ids[0]])
        // One passage is best, second and centroid.
        #expect(close(ranked[0].score, 0.96))
        #expect(close(ranked[2].score, Self.scoreOfA))
        #expect(ranked.map(\.dense?.rank) == [1, 2, 3])
        #expect(close(ranked[2].dense!.cosine, 0.8))
    }

    @Test func `words add 0·035 of the mean of both BM25 over the root of the terms`() {
        let lexical = LexicalScores(
            entries: [
                ids[0]: .init(passage: 12, document: 8, chunk: 2),
                ids[2]: .init(passage: 3, document: 1, chunk: 5),
            ])
        let ranked = Fusion.rank(dense: dense, lexical: lexical, terms: 4, limit: 10).documents
        let a = ranked.first { $0.document == ids[0] }!
        let words: Double = 0.035 / 2 * 10
        #expect(close(a.score, Self.scoreOfA + words))
        #expect(a.lexical == .init(rank: 1, bm25: 12))
        #expect(ranked.first { $0.document == ids[1] }!.lexical == nil)
        // c is level with b but for its words.
        #expect(ranked.map(\.document).first == ids[2])
    }

    @Test func `the only article with the code asked for leads what tickets lift above it`() {
        // b and c have .96 by meaning, a holds the code.
        var lexical = LexicalScores(entries: [ids[0]: .init(passage: 5, document: 5, chunk: 2)])
        lexical.identifiers = [ids[0]: 1]
        var learned = LearnedScores(entries: [ids[1]: .init(head: 0.4, vote: 0.4)], count: 60)
        func first(_ sole: Int64?) -> RankedDocument {
            lexical.soleHolders = [sole].compactMap { $0 }
            return Fusion.rank(dense: dense, lexical: lexical, terms: 1, learned: learned, limit: 3).documents[0]
        }
        #expect(first(nil).document == ids[1])
        let led = first(ids[0])
        #expect(led.document == ids[0] && led.parts.last?.name == "the name's own article")
        #expect(close(led.parts.reduce(0) { $0 + $1.value }, led.score))
        // Only where it would lead without tickets.
        lexical.identifiers = [ids[0]: 0.1]
        #expect(first(ids[0]).document == ids[1])
        // Two that are asked for lead both, in their own order.
        lexical.isSought = true
        lexical.soleHolders = [ids[0], ids[2]]
        let both = Fusion.rank(dense: dense, lexical: lexical, terms: 1, learned: learned, limit: 3).documents
        #expect(both.map(\.document) == [ids[2], ids[0], ids[1]])
        lexical.isSought = false
        // Without tickets nothing is added.
        lexical.identifiers = [ids[0]: 1]
        learned = LearnedScores()
        #expect(first(ids[0]).parts.allSatisfy { $0.name != "the name's own article" })
    }

    @Test func `the parts of a score add up to it`() {
        let lexical = LexicalScores(entries: [ids[0]: .init(passage: 12, document: 8, chunk: 2)])
        for ranked in [
            Fusion.rank(dense: dense, lexical: lexical, terms: 2, limit: 3).documents,
            Fusion.rank(dense: nil, lexical: lexical, terms: 2, limit: 3).documents,
            Fusion.rank(dense: dense, lexical: nil, terms: 2, limit: 3).documents,
        ] {
            for hit in ranked { #expect(close(hit.parts.reduce(0) { $0 + $1.value }, hit.score)) }
        }
    }

    @Test func `words alone rank by the mean of both BM25 and say nothing of meaning`() {
        let lexical = LexicalScores(
            entries: [
                7: .init(passage: 4, document: 2, chunk: 70), 9: .init(passage: 1, document: 9, chunk: 90),
            ])
        let ranked = Fusion.rank(dense: nil, lexical: lexical, terms: 4, limit: 10).documents
        #expect(ranked.map(\.document) == [9, 7])
        #expect(ranked.map(\.score) == [5, 3])
        #expect(ranked.map(\.chunk) == [90, 70])
        #expect(ranked.allSatisfy { $0.dense == nil })
    }

    @Test
    func `ties are broken by the older document, and a limit keeps the first of the whole order`() {
        let entries = Dictionary(
            uniqueKeysWithValues: (1...200).map {
                (Int64($0), LexicalScores.Entry(passage: Double($0 % 5), document: 0))
            })
        let all = Fusion.rank(
            dense: nil, lexical: LexicalScores(entries: entries), terms: 1, limit: 200
        ).documents.map(\.document)
        let some = Fusion.rank(dense: nil, lexical: LexicalScores(entries: entries), terms: 1, limit: 7).documents
            .map(\.document)
        #expect(some == [4, 9, 14, 19, 24, 29, 34])
        #expect(some == Array(all.prefix(7)))
    }
}
