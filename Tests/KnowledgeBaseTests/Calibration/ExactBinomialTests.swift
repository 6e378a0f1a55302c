import Testing

@testable import KnowledgeBase

@Suite struct ExactBinomialTests {
    /// Published tables of Clopper & Pearson's 95 % limits.
    @Test(arguments: [
        (0, 10, 0.0, 0.3085), (5, 10, 0.1871, 0.8129), (10, 10, 0.6915, 1.0), (1, 20, 0.0013, 0.2487),
        (90, 100, 0.8238, 0.9510),
    ])
    func `intervals are those of the tables`(k: Int, n: Int, low: Double, high: Double) {
        let interval = ExactBinomial.interval(k, of: n)
        #expect(abs(interval.lowerBound - low) < 1e-4)
        #expect(abs(interval.upperBound - high) < 1e-4)
    }

    @Test func `nothing seen says nothing`() {
        #expect(ExactBinomial.interval(0, of: 0) == 0...1)
    }

    @Test func `thousands of cases do not underflow`() {
        let interval = ExactBinomial.interval(18_000, of: 20_000)
        #expect(interval.contains(0.9))
        #expect(interval.upperBound - interval.lowerBound < 0.01)
    }
}
