import Testing

@testable import KnowledgeBase

@Suite struct TicketGroupsTests {
    private func vectors(_ count: Int, dimension: Int) -> [[Float]] {
        var random = SeededDraws()
        return (0..<count).map { i in
            // Some lie near one of three directions, so that there is something to find.
            let centre = (0..<dimension).map { Float($0 == i % 3 && i % 2 == 0 ? 2 : 0) }
            return centre.map { $0 + Float(random.next() - 0.5) }.normalized()
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

    @Test(arguments: [Float(-1.1), 0.2, 0.5, 0.6, 0.8, 1.1])
    func `chains of neighbours find the groups of the textbook`(bound: Float) {
        let vectors = vectors(60, dimension: 8)
        #expect(Set(TicketGroups.groups(vectors, cosine: bound)) == textbook(vectors, bound))
    }

    @Test func `largest first, and everything is in exactly one`() {
        let groups = TicketGroups.groups(vectors(90, dimension: 6), cosine: 0.5)
        #expect(groups.map(\.count) == groups.map(\.count).sorted(by: >))
        #expect(groups.flatMap { $0 }.sorted() == Array(0..<90))
    }

    @Test func `equal vectors end in one group`() {
        #expect(TicketGroups.groups(Array(repeating: [1, 0], count: 20), cosine: 0.9) == [Array(0..<20)])
        #expect(TicketGroups.groups([], cosine: 0.9).isEmpty)
    }
}
