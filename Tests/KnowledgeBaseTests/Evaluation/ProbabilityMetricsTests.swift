import Testing

@testable import KnowledgeBase

@Suite struct ProbabilityMetricsTests {
    private func near(_ a: Double?, _ b: Double) -> Bool { a.map { abs($0 - b) < 1e-9 } ?? false }

    @Test func `four questions by hand`() {
        // Sorted: .2 wrong, .4 right, .6 wrong, .8 right. Pairs right over wrong: (.4 > .2), (.8 > .2), (.8 > .6) of 4.
        let metrics = ProbabilityMetrics([0.8, 0.4, 0.2, 0.6], [true, true, false, false])
        #expect(near(metrics.auroc, 0.75))
        // Each is a bin of its own: (.2 + .6 + .6 + .2) / 4.
        #expect(near(metrics.ece, 0.4))
        // (.04 + .36 + .36 + .04) / 4, and .5 · .5.
        #expect(near(metrics.brier, 0.2))
        #expect(near(metrics.brierBaseRate, 0.25))
        // Only the first is right without one wrong beside it.
        #expect(near(metrics.coverageAt10, 0.25))
        #expect(metrics.bins.map(\.count) == [1, 1, 1, 1])
    }

    @Test func `equal probabilities count half in AUROC and are taken together in coverage`() {
        let metrics = ProbabilityMetrics([0.7, 0.7, 0.7, 0.1], [true, true, false, false])
        // The two right ones beat .1 and tie with .7: (1 + .5) / 2.
        #expect(near(metrics.auroc, 0.75))
        #expect(metrics.coverageAt10 == 0)
    }

    @Test func `ten of a hundred wrong are within ten per cent and not within five`() {
        let metrics = ProbabilityMetrics(
            (0..<100).map { Double(100 - $0) / 200 + 0.4 }, (0..<100).map { $0 % 10 != 9 })
        #expect(metrics.coverageAt10 == 1)
        // The first 19 hold one error: 1/19 > 5 %; so nine in all, before the first.
        #expect(near(metrics.coverageAt5, 0.09))
    }

    @Test func `bins differ by at most one in size and hold all`() {
        let metrics = ProbabilityMetrics((0..<23).map { Double($0) / 23 }, (0..<23).map { $0 > 11 })
        #expect(metrics.bins.map(\.count) == [3, 3, 3, 2, 2, 2, 2, 2, 2, 2])
    }

    @Test func `a perfect model stays below its own percentile about nineteen times in twenty`() {
        var random = SeededDraws()
        var within = 0
        for _ in 0..<40 {
            let p = (0..<300).map { _ in random.next() }
            let metrics = ProbabilityMetrics(p, p.map { random.next() < $0 })
            if metrics.ece <= metrics.ecePerfect95 { within += 1 }
        }
        #expect(within >= 34)
    }

    @Test func `one kind only has no AUROC, and nothing has no figures`() {
        #expect(ProbabilityMetrics([0.1, 0.9], [true, true]).auroc == nil)
        #expect(ProbabilityMetrics([], []).count == 0)
    }

    @Test(arguments: [(0.42, 0.10, 0.3555555555555555), (0.05, 0.10, 0.0), (1.0, 0.05, 1.0)])
    func `the share that any method hands over`(wrong: Double, allowed: Double, floor: Double) {
        #expect(near(ProbabilityMetrics.escalationFloor(wrong: wrong, allowed: allowed), floor))
    }

    @Test func `the same input gives the same figures`() {
        let p = (0..<50).map { Double($0 * 37 % 50) / 50 }
        let y = p.indices.map { $0 % 3 == 0 }
        #expect(ProbabilityMetrics(p, y) == ProbabilityMetrics(p, y))
    }
}
