/// Centred ridge regression with many outputs, in closed form, one example added or removed at a time.
///
/// Keeps only sums: G = Σ x xᵀ (d,d), s = Σ x (d), B = Σ x yᵀ (d,A), c = Σ y (A), N. Then
/// W = (G − s sᵀ/N + λI)⁻¹ (B − s cᵀ/N) and prediction_a = (q − s/N) · W_a: no intercept is added back, so an output
/// that is simply frequent gains nothing by that.
public struct RidgeRegression: Sendable {
    public let dimension: Int
    public let penalty: Double
    /// Examples in the sums.
    public private(set) var count = 0
    private var gram: [Double]  // (d, d)
    private var sum: [Double]  // (d)
    private var outputs: [[Double]] = []  // A x (d): columns of B
    private var outputCounts: [Double] = []  // (A)
    private var priorGram: [Double] = []  // (d, d) upper triangle, or empty
    private var priorOutputs: [[Double]] = []  // A x (d)

    public init(dimension: Int, penalty: Double) {
        self.dimension = dimension
        self.penalty = penalty
        gram = [Double](repeating: 0, count: dimension * dimension)
        sum = [Double](repeating: 0, count: dimension)
    }

    /// Makes each row of `examples` a weak example of the output of its place: w Σ (v − v̄)(v − v̄)ᵀ is added to the
    /// inputs' covariance and w (v_a − v̄) to output a. So an output that no example has named has a head too.
    public mutating func setPrior(_ examples: Matrix, weight: Double) {
        precondition(examples.columns == dimension, "rows of \(examples.columns) numbers, not \(dimension)")
        guard examples.rows > 1, weight > 0 else { return }
        var mean = [Double](repeating: 0, count: dimension)
        for r in 0..<examples.rows {
            for (i, value) in examples[r].enumerated() { mean[i] += Double(value) / Double(examples.rows) }
        }
        priorGram = [Double](repeating: 0, count: dimension * dimension)
        priorOutputs = []
        for r in 0..<examples.rows {
            let centred = zip(examples[r], mean).map { Double($0) - $1 }
            priorGram.withUnsafeMutableBufferPointer { gram in
                LinearAlgebra.addOuterProduct(dimension, weight, centred, into: gram.baseAddress!)
            }
            priorOutputs.append(centred.map { $0 * weight })
        }
        reserveOutputs(examples.rows)
    }

    /// Room for `count` outputs; those there stay.
    public mutating func reserveOutputs(_ count: Int) {
        while outputs.count < count {
            outputs.append([Double](repeating: 0, count: dimension))
            outputCounts.append(0)
        }
    }

    /// Adds an input to the sums, or with `sign` −1 takes it out. Cost: d² multiply-adds.
    public mutating func addInput(_ x: some Collection<Float>, sign: Double = 1) {
        let x = x.map(Double.init)
        count += sign > 0 ? 1 : -1
        gram.withUnsafeMutableBufferPointer { gram in
            LinearAlgebra.addOuterProduct(dimension, sign, x, into: gram.baseAddress!)
        }
        for i in 0..<dimension { sum[i] += sign * x[i] }
    }

    /// Adds a 1 for one output of an input that `addInput` has added, or with `sign` −1 takes it out.
    public mutating func addOutput(_ output: Int, of x: some Collection<Float>, sign: Double = 1) {
        reserveOutputs(output + 1)
        for (i, value) in x.enumerated() { outputs[output][i] += sign * Double(value) }
        outputCounts[output] += sign
    }

    /// The weights W, one row an output, and the mean input. `nil` with fewer than two examples: nothing to learn from.
    ///
    /// - Complexity: d³/3 + 2 d² A: some milliseconds for d = 384, A = 200.
    public func solve() -> (weights: Matrix, mean: [Float])? {
        guard count >= 2, !outputs.isEmpty else { return nil }
        let (d, n) = (dimension, Double(count))
        var c = gram  // upper triangle
        for i in 0..<d {
            for j in i..<d { c[i * d + j] -= sum[i] * sum[j] / n }
            if !priorGram.isEmpty { for j in i..<d { c[i * d + j] += priorGram[i * d + j] } }
            c[i * d + i] += penalty
        }
        var b = [Double](repeating: 0, count: outputs.count * d)  // (A, d) row-major is (d, A) column-major
        for (a, column) in outputs.enumerated() {
            let share = outputCounts[a] / n
            for i in 0..<d { b[a * d + i] = column[i] - sum[i] * share }
            if a < priorOutputs.count { for i in 0..<d { b[a * d + i] += priorOutputs[a][i] } }
        }
        guard LinearAlgebra.solvePositiveDefinite(d, columns: outputs.count, &c, &b) else { return nil }
        return (Matrix(rows: outputs.count, columns: d, values: b.map(Float.init)), sum.map { Float($0 / n) })
    }
}
