import Embedding
import Testing

@testable import KnowledgeBase

@Suite struct GapClustersTests {
    private func vectors(_ count: Int, dimension: Int, centres: Int, noise: Double = 1) -> [[Float]] {
        var random = SeededDraws()
        return (0..<count).map { i in
            (0..<dimension).map {
                Float($0 == i % centres && i % 3 != 0 ? 2 : 0) + Float((random.next() - 0.5) * noise)
            }
            .normalized()
        }
    }

    /// Average linkage as the textbook has it: the closest two of all, again and again.
    private func textbook(_ vectors: [[Float]], _ bound: Float) -> Set<[Int]> {
        var groups = vectors.indices.map { [$0] }
        func mean(_ a: [Int], _ b: [Int]) -> Float {
            var sum: Float = 0
            for i in a { for j in b { sum += zip(vectors[i], vectors[j]).reduce(0) { $0 + $1.0 * $1.1 } } }
            return sum / Float(a.count * b.count)
        }
        while groups.count > 1 {
            var best: (a: Int, b: Int, cosine: Float) = (0, 0, -2)
            for a in groups.indices {
                for b in groups.indices where b > a {
                    let cosine = mean(groups[a], groups[b])
                    if cosine > best.cosine { best = (a, b, cosine) }
                }
            }
            guard best.cosine >= bound else { break }
            groups[best.a] = (groups[best.a] + groups[best.b]).sorted()
            groups.remove(at: best.b)
        }
        return Set(groups)
    }

    @Test(arguments: [Float(-1.1), 0.2, 0.5, 0.6, 0.75, 0.9, 1.1], [2, 3, 7])
    func `chains over near pairs find the groups of the textbook`(bound: Float, centres: Int) throws {
        let rows = vectors(70, dimension: 12, centres: centres)
        let groups = GapClusters.groups(rows.flatMap { $0 }, columns: 12, cosine: bound, threads: 2)
        #expect(try Set(#require(groups)) == textbook(rows, bound))
    }

    @Test func `largest first, everything in exactly one, whatever the threads`() throws {
        let rows = vectors(700, dimension: 12, centres: 7).flatMap { $0 }
        let groups = try #require(GapClusters.groups(rows, columns: 12, cosine: 0.5, threads: 1))
        #expect(groups.map(\.count) == groups.map(\.count).sorted(by: >) && groups[0].count > 1)
        #expect(groups.flatMap { $0 }.sorted() == Array(0..<700))
        #expect(groups == GapClusters.groups(rows, columns: 12, cosine: 0.5, threads: 2))
    }

    @Test func `pairs are those at or above the bound, over the seams of the blocks`() throws {
        let rows = vectors(600, dimension: 8, centres: 3)
        let found = try #require(VectorIndex.pairs(of: rows.flatMap { $0 }, columns: 8, atLeast: 0.7, threads: 2))
        #expect(found.count == 600)
        for i in 0..<600 {
            let wanted = ((i + 1)..<600).filter { j in
                zip(rows[i], rows[j]).reduce(Float(0)) { $0 + $1.0 * $1.1 } >= 0.7
            }
            #expect(abs(found[i].count - wanted.count) <= 1, "row \(i)")
        }
        #expect(VectorIndex.pairs(of: rows.flatMap { $0 }, columns: 8, atLeast: 0.7, limit: 10) == nil)
    }

    @Test func `nothing and one and equal ones`() {
        #expect(GapClusters.groups([], columns: 4, cosine: 0.6, threads: 1) == [])
        #expect(GapClusters.groups([1, 0], columns: 2, cosine: 0.6, threads: 1) == [[0]])
        #expect(GapClusters.groups([1, 0, 1, 0, 0, 1], columns: 2, cosine: 0.6, threads: 1) == [[0, 1], [2]])
    }
}
