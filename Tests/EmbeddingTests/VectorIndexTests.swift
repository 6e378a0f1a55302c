import Testing

@testable import Embedding

struct VectorIndexTests {
    /// Small whole numbers: sums are exact, so results can be compared for equality and ties occur.
    static func rows(_ n: Int, _ d: Int, seed: UInt64 = 1) -> [Float] {
        var state = seed
        return (0..<n * d).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(Int(state >> 33) % 7 - 3)
        }
    }

    static func slow(_ rows: [Float], _ question: [Float], _ count: Int, _ filter: (Int) -> Bool) -> [VectorIndex.Match]
    {
        let d = question.count
        return (0..<rows.count / d).filter(filter)
            .map { r in VectorIndex.Match(row: r, score: (0..<d).reduce(0) { $0 + rows[r * d + $1] * question[$1] }) }
            .sorted { ($1.score, $0.row) < ($0.score, $1.row) }.prefix(count).map { $0 }
    }

    @Test(arguments: [(1, 1), (5, 10), (100, 7), (9000, 10), (9000, 1), (300, 300)])
    func `finds what sorting all scores finds, ties by row`(n: Int, count: Int) {
        let rows = Self.rows(n, 16)
        for seed in 2...5 {
            let question = Self.rows(1, 16, seed: UInt64(seed))
            #expect(
                VectorIndex.search(rows, question: question, count: count)
                    == Self.slow(rows, question, count) { _ in true })
        }
    }

    @Test func `a filter leaves only the rows it keeps`() {
        let rows = Self.rows(5000, 8)
        let question = Self.rows(1, 8, seed: 9)
        let found = VectorIndex.search(rows, question: question, count: 12) { $0 % 3 == 1 }
        #expect(found == Self.slow(rows, question, 12) { $0 % 3 == 1 })
        #expect(VectorIndex.search(rows, question: question, count: 12) { _ in false }.isEmpty)
    }

    @Test func `many questions give what each gives alone`() {
        let rows = Self.rows(5000, 16)
        let questions = Matrix(rows: 70, columns: 16, values: Self.rows(70, 16, seed: 3))
        let together = rows.withUnsafeBufferPointer { VectorIndex.search($0, questions: questions, count: 5) }
        for q in 0..<70 { #expect(together[q] == VectorIndex.search(rows, question: Array(questions[q]), count: 5)) }
    }

    @Test func `no rows, or none asked for, give no matches`() {
        #expect(VectorIndex.search([], question: [1, 2], count: 3).isEmpty)
        #expect(VectorIndex.search([1, 2], question: [1, 2], count: 0).isEmpty)
    }

    @Test func `a score that is not a number never matches`() {
        #expect(VectorIndex.search([.nan, 1, 2], question: [1], count: 3).map(\.row) == [2, 1])
    }
}

struct MatrixTests {
    @Test func `a row is the slice of its columns`() {
        var matrix = Matrix(rows: 2, columns: 3, values: [1, 2, 3, 4, 5, 6])
        #expect(Array(matrix[1]) == [4, 5, 6])
        matrix[1, 2] = 9
        #expect(matrix.values == [1, 2, 3, 4, 5, 9])
    }
}
