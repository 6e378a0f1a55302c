import Embedding
import Testing

@testable import KnowledgeBase

@Suite struct GapClustersTests {
    private func vectors(_ count: Int, dimension: Int, centres: Int, noise: Double = 1) -> [[Float]] {
        var random = SeededDraws()
        return (0..<count).map { i in
            (0..<dimension).map { Float($0 == i % centres && i % 3 != 0 ? 2 : 0) + Float((random.next() - 0.5) * noise) }
                .normalized()
        }
    }

    @Test(arguments: [Float(0.2), 0.5, 0.6, 0.75, 0.9], [2, 7])
    func `the sparse way finds the groups of the dense one`(bound: Float, centres: Int) throws {
        let rows = vectors(700, dimension: 12, centres: centres)
        let groups = GapClusters.groups(rows.flatMap { $0 }, columns: 12, cosine: bound, threads: 2)
        #expect(try #require(groups) == TicketGroups.groups(rows, cosine: bound))
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
