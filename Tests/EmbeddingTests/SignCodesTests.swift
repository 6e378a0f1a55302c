import CKernels
import Testing

@testable import Embedding

@Suite struct SignCodesTests {
    /// Rows of normal numbers, of length 1; seeded.
    private static func rows(_ n: Int, _ d: Int, seed: UInt64) -> [[Float]] {
        var random = SplitMix64(state: seed)
        return (0..<n).map { _ in
            let row = (0..<d).map { _ in
                (0..<6).reduce(Float(0)) { sum, _ in sum + Float.random(in: -1...1, using: &random) }
            }
            let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return row.map { $0 / length }
        }
    }

    private static func product(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

    @Test(arguments: [40, 384, 768])
    func `estimates stand about the inner products`(d: Int) {
        let rows = Self.rows(300, d, seed: 3)
        let question = Self.rows(1, d, seed: 4)[0]
        let middle = Self.rows(1, d, seed: 5)[0].map { $0 * 0.3 }
        let codes = rows.map { SignCodes.code($0, middle: middle) }
        var estimates = [Float](repeating: 0, count: rows.count)
        #expect(
            SignCodes.Question(question).scores(
                codes: codes.flatMap(\.bits), factors: codes.map(\.factor), count: rows.count, into: &estimates))
        let base = Self.product(question, middle)
        let errors = zip(rows, estimates).map { Self.product($0, question) - (base + $1) }
        let deviation = (errors.reduce(0) { $0 + $1 * $1 } / Float(errors.count)).squareRoot()
        // √((1 − 2/π) / (2/π) / d) of what is left beside the middle, and the question's four bits.
        #expect(deviation < 1.0 / Float(d).squareRoot(), "\(deviation)")
        #expect(deviation > 0.3 / Float(d).squareRoot(), "\(deviation)")
    }

    @Test func `a row's estimate with itself is all but exact`() {
        let row = Self.rows(1, 384, seed: 6)[0]
        let code = SignCodes.code(row, middle: [Float](repeating: 0, count: 384))
        var estimate: Float = 0
        #expect(SignCodes.Question(row).scores(codes: code.bits, factors: [code.factor], count: 1, into: &estimate))
        #expect(abs(estimate - 1) < 0.02)
    }

    /// By the definition, bit by bit, for numbers of words that fill a register and that do not.
    @Test(arguments: [1, 3, 6, 8, 12])
    func `the kernel counts what stands in the planes`(words: Int) {
        var random = SplitMix64(state: 9)
        let codes = (0..<7 * words).map { _ in random.next() }
        let planes = (0..<4 * words).map { _ in random.next() }
        let factors: [Float] = [1, 0, 2, -1, 0.5, 3, 1]
        var out = [Float](repeating: 0, count: 7)
        #expect(kernel_sign_scores(7, Int32(words), codes, planes, -0.25, 0.125, 0.5, factors, &out) == 1)
        var blank = codes
        blank.replaceSubrange(3 * words..<4 * words, with: repeatElement(0, count: words))
        var unread = out
        #expect(kernel_sign_scores(7, Int32(words), blank, planes, -0.25, 0.125, 0.5, factors, &unread) == 0)
        for row in 0..<7 {
            var (ones, weighted) = (0, 0)
            for w in 0..<words {
                ones += codes[row * words + w].nonzeroBitCount
                for plane in 0..<4 {
                    weighted += (codes[row * words + w] & planes[plane * words + w]).nonzeroBitCount << plane
                }
            }
            #expect(out[row] == factors[row] * (2 * (-0.25 * Float(ones) + 0.125 * Float(weighted)) - 0.5))
        }
    }

    @Test func `a row that is the middle has no direction`() {
        let row: [Float] = [0.5, -0.5, 0.1]
        let code = SignCodes.code(row, middle: row)
        #expect(code.factor == 0 && code.bits == [0])
    }

    @Test(arguments: [(10_000, 500), (50_000, 1_000), (600, 500), (300, 500)])
    func `about as many scores reach the floor as are wanted`(n: Int, wanted: Int) {
        var random = SplitMix64(state: 2)
        let scores = (0..<n).map { _ in Float.random(in: -1...1, using: &random) }
        let floor = scores.withUnsafeBufferPointer { SignCodes.floor($0, count: wanted) }
        let reached = scores.count { $0 >= floor }
        #expect(reached >= min(n, wanted) * 8 / 10 && reached <= max(n > wanted ? wanted * 13 / 10 : n, wanted))
    }
}
