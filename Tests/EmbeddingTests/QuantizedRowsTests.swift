import Foundation
import Testing

@testable import Embedding

struct QuantizedRowsTests {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    private func unit(_ d: Int, _ random: inout Generator) -> [Float] {
        // Sums of uniform numbers are near enough to normal ones.
        let row = (0..<d).map { _ in
            (0..<6).reduce(Float(0)) { sum, _ in sum + Float.random(in: -1...1, using: &random) }
        }
        let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return row.map { $0 / length }
    }

    @Test func `scores are near the exact inner products`() {
        var random = Generator(state: 7)
        let rows = (0..<1000).map { _ in unit(384, &random) }
        var quantized = QuantizedRows(dimension: 384)
        for row in rows { quantized.append(row) }
        var (greatest, squares) = (0.0, 0.0)
        for _ in 0..<100 {
            let question = unit(384, &random)
            let scores = quantized.scores(question)
            for (row, score) in zip(rows, scores) {
                let error = abs(Double(zip(row, question).reduce(0) { $0 + $1.0 * $1.1 } - score))
                greatest = max(greatest, error)
                squares += error * error
            }
        }
        #expect(greatest < 0.005)
        #expect((squares / 100_000).squareRoot() < 0.001)
        #expect(squares > 0, "rounded numbers are not exact")
    }

    @Test func `rows from a place on, empty ones and odd lengths`() {
        var rows = QuantizedRows(dimension: 3)
        #expect(rows.scores([1, 2, 3]).isEmpty)
        rows.append([1, 0, 0])
        rows.append([0, 0, 0])
        rows.append([0, -2, 0])
        #expect(rows.scores([1, 1, 1]) == [1, 0, -2])
        #expect(rows.scores([1, 1, 1], from: 2) == [-2])
        #expect(rows.scores([0, 0, 0]) == [0, 0, 0])
        rows.append([.nan, 1, 0])
        #expect(rows.scores([1, 1, 1], from: 3) == [1])
    }
}
