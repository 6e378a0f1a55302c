import Testing

@testable import Embedding

struct RidgeRegressionTests {
    @Test func `two opposite examples of two outputs give weights known by hand`() throws {
        var ridge = RidgeRegression(dimension: 2, penalty: 1)
        ridge.addInput([1, 0])
        ridge.addOutput(0, of: [1, 0])
        ridge.addInput([-1, 0])
        ridge.addOutput(1, of: [-1, 0])
        // mean 0; G + I = diag(3, 1); B = [(1,0), (-1,0)], s = 0: W = [(1/3, 0), (-1/3, 0)].
        let (weights, mean) = try #require(ridge.solve())
        #expect(mean == [0, 0])
        #expect(weights.values == [Float(1.0 / 3), 0, Float(-1.0 / 3), 0])
    }

    @Test func `an output of every example gains nothing by being frequent`() throws {
        var ridge = RidgeRegression(dimension: 2, penalty: 1)
        for x: [Float] in [[1, 0], [0, 1], [0.6, 0.8]] {
            ridge.addInput(x)
            ridge.addOutput(0, of: x)
        }
        let (weights, _) = try #require(ridge.solve())
        #expect(weights.values.allSatisfy { abs($0) < 1e-6 })
    }

    @Test func `an example taken out leaves no trace`() throws {
        func taught(_ examples: [[Float]]) -> RidgeRegression {
            var ridge = RidgeRegression(dimension: 3, penalty: 1)
            for (i, x) in examples.enumerated() {
                ridge.addInput(x)
                ridge.addOutput(i % 2, of: x)
            }
            return ridge
        }
        let examples: [[Float]] = [[1, 0, 0], [0, 1, 0], [0.6, 0, 0.8], [0, 0.6, 0.8]]
        var ridge = taught(examples)
        ridge.addInput(examples[3], sign: -1)
        ridge.addOutput(1, of: examples[3], sign: -1)
        let (came, expected) = (try #require(ridge.solve()), try #require(taught(Array(examples.prefix(3))).solve()))
        for (a, b) in zip(came.weights.values, expected.weights.values) { #expect(abs(a - b) < 1e-6) }
    }

    @Test func `fewer than two examples teach nothing`() {
        var ridge = RidgeRegression(dimension: 2, penalty: 1)
        #expect(ridge.solve() == nil)
        ridge.addInput([1, 0])
        ridge.addOutput(0, of: [1, 0])
        #expect(ridge.solve() == nil)
    }

    @Test func `a prior gives an output without examples a head of its own`() throws {
        var ridge = RidgeRegression(dimension: 2, penalty: 1)
        ridge.setPrior(Matrix(rows: 2, columns: 2, values: [1, 0, -1, 0]), weight: 0.5)
        ridge.addInput([0, 1])
        ridge.addInput([0, -1])
        let (weights, _) = try #require(ridge.solve())
        // C = diag(.5 · 2 + 1, 2 + 1), D = [(.5, 0), (-.5, 0)].
        #expect(abs(weights[0, 0] - 0.25) < 1e-6 && abs(weights[1, 0] + 0.25) < 1e-6)
    }
}
