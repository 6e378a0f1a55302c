import Testing

@testable import KnowledgeBase

@Suite struct MonotoneLogisticTests {
    private func near(_ a: Double, _ b: Double, _ tolerance: Double = 1e-6) -> Bool { abs(a - b) < tolerance }

    @Test func `one binary feature gives the log-odds of its two halves`() {
        // x = 0: 2 of 10 true, x = 1: 8 of 10 true; without a penalty b = ln(.2/.8), w = 2 ln 4.
        let rows = (0..<20).map { [$0 < 10 ? 0.0 : 1.0] }
        let labels = (0..<20).map { $0 < 10 ? $0 < 2 : $0 < 18 }
        let fit = MonotoneLogistic.fit(rows: rows, labels: labels, signs: [0], penalty: 0)
        #expect(near(fit.intercept, -1.3862943611))
        #expect(near(fit.weights[0], 2.7725887222))
    }

    @Test func `a label of four tenths is four rows with it and six without`() {
        let soft = MonotoneLogistic.fit(rows: [[0], [1]], labels: [0.4, 0.9], signs: [1], penalty: 0.01)
        let hard = MonotoneLogistic.fit(
            rows: (0..<20).map { [$0 < 10 ? 0 : 1] }, labels: (0..<20).map { $0 < 10 ? $0 < 4 : $0 < 19 }, signs: [1],
            penalty: 0.1)
        #expect(near(soft.intercept, hard.intercept))
        #expect(near(soft.weights[0], hard.weights[0]))
    }

    @Test func `a weight bound to the wrong sign is nought and leaves the base rate`() {
        let rows = (0..<20).map { [$0 < 10 ? 0.0 : 1.0] }
        let labels = (0..<20).map { $0 < 10 ? $0 < 2 : $0 < 18 }
        let fit = MonotoneLogistic.fit(rows: rows, labels: labels, signs: [-1], penalty: 1)
        #expect(fit.weights == [0])
        #expect(near(fit.intercept, 0))
    }

    @Test func `the penalty draws the weight in and spares the intercept`() {
        let rows = (0..<40).map { [$0 < 20 ? -1.0 : 1.0] }
        let labels = (0..<40).map { $0 % 20 < ($0 < 20 ? 12 : 19) }
        let free = MonotoneLogistic.fit(rows: rows, labels: labels, signs: [1], penalty: 0)
        let held = MonotoneLogistic.fit(rows: rows, labels: labels, signs: [1], penalty: 1e6)
        #expect(held.weights[0] < 0.001 && held.weights[0] > 0)
        #expect(near(held.intercept, LogOdds.of(31 / 40), 1e-4))
        #expect(free.weights[0] > 0.5)
    }

    @Test func `at the solution the gradient is nought for free weights and points outward for bound ones`() {
        var random = SeededDraws()
        let rows = (0..<200).map { _ in (0..<4).map { _ in random.next() * 2 - 1 } }
        let labels = rows.map { row in random.next() < LogOdds.probability(2 * row[0] - 1.5 * row[1] + 0.3) }
        let signs = [1, 1, -1, 0]
        let fit = MonotoneLogistic.fit(rows: rows, labels: labels, signs: signs, penalty: 0.5)
        for j in 0..<4 {
            var gradient = 0.5 * fit.weights[j]
            for (row, label) in zip(rows, labels) {
                let z = zip(row, fit.weights).reduce(fit.intercept) { $0 + $1.0 * $1.1 }
                gradient += (LogOdds.probability(z) - (label ? 1 : 0)) * row[j]
            }
            if fit.weights[j] == 0 {
                #expect(Double(signs[j]) * gradient >= 0)
            } else {
                #expect(near(gradient, 0, 1e-5))
                #expect(Double(signs[j]) * fit.weights[j] >= 0)
            }
        }
        // Feature 1 really counts against and may only count for.
        #expect(fit.weights[1] == 0)
    }

    @Test(arguments: [true, false])
    func `labels of one kind give a finite intercept`(label: Bool) {
        let fit = MonotoneLogistic.fit(
            rows: [[1], [2], [3]], labels: [label, label, label], signs: [1], penalty: 1)
        #expect(fit.weights == [0])
        #expect(fit.intercept.isFinite && (fit.intercept > 0) == label)
    }

    @Test func `separable data stay finite under a penalty`() {
        let rows = (0..<60).map { [Double($0)] }
        let fit = MonotoneLogistic.fit(rows: rows, labels: rows.map { $0[0] > 29 }, signs: [1], penalty: 1)
        #expect(fit.weights[0].isFinite && fit.weights[0] > 0)
    }
}
