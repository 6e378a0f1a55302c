#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Logistic regression with an L2 penalty whose weights may be bound to a sign, fitted by projected Newton steps.
///
/// Minimises Σ log(1 + e^z) − y z + λ/2 Σ w², z = b + x·w, with w_j ≥ 0 where `signs[j]` is 1 and w_j ≤ 0 where it is −1;
/// the intercept b bears no penalty. Convex, so the result depends on the data alone (Bertsekas, SIAM J. Control 1982).
/// n rows, d features, row-major.
enum MonotoneLogistic {
    struct Solution: Sendable, Equatable {
        var intercept: Double
        var weights: [Double]
    }

    /// - Parameter rows: n x d; best standardised.
    /// - Parameter labels: n, true for the event whose probability is wanted.
    /// - Parameter signs: d of 1, −1 or 0 (free).
    /// - Complexity: about 10 · n · d² for the few features there are: below a millisecond for n = 2,000.
    static func fit(rows: [[Double]], labels: [Bool], signs: [Int], penalty: Double) -> Solution {
        fit(rows: rows, labels: labels.map { $0 ? 1 : 0 }, signs: signs, penalty: penalty)
    }

    /// - Parameter labels: n, 0…1: how likely the event is to have been there. A row of .4 counts as .4 of a row with it
    ///   and .6 of one without.
    static func fit(rows: [[Double]], labels: [Double], signs: [Int], penalty: Double) -> Solution {
        let d = signs.count
        precondition(rows.count == labels.count && rows.allSatisfy { $0.count == d })
        guard !rows.isEmpty else { return Solution(intercept: 0, weights: Array(repeating: 0, count: d)) }
        // With negative features turned round every bound is w ≥ 0; the last column is the intercept.
        let x = rows.map { row in zip(row, signs).map { $1 < 0 ? -$0 : $0 } + [1] }
        let bound = signs.map { $0 != 0 } + [false]
        var w = [Double](repeating: 0, count: d + 1)
        // One imagined case of each kind keeps the intercept finite when all labels agree.
        let right = labels.reduce(0, +)
        w[d] = log((right + 0.5) / (Double(labels.count) - right + 0.5))
        guard right > 0, right < Double(labels.count) else { return Solution(intercept: w[d], weights: Array(w[..<d])) }
        var loss = self.loss(x, labels, w, penalty)
        for _ in 0..<100 {
            let (gradient, hessian) = derivatives(x, labels, w, penalty)
            let free = (0...d).filter { !(bound[$0] && w[$0] <= 0 && gradient[$0] > 0) }
            let size = free.reduce(0) { max($0, abs(gradient[$1])) }
            if size < 1e-9 * Double(rows.count) { break }
            let step = solve(free.map { i in free.map { hessian[i][$0] } }, free.map { gradient[$0] })
            var length = 1.0
            var improved = false
            while length > 1e-10 {
                var next = w
                for (k, i) in free.enumerated() {
                    next[i] -= length * step[k]
                    if bound[i] { next[i] = max(0, next[i]) }
                }
                let nextLoss = self.loss(x, labels, next, penalty)
                if nextLoss < loss {
                    (w, loss, improved) = (next, nextLoss, true)
                    break
                }
                length /= 2
            }
            if !improved { break }
        }
        return Solution(intercept: w[d], weights: zip(w[..<d], signs).map { $1 < 0 ? -$0 : $0 })
    }

    private static func loss(_ x: [[Double]], _ labels: [Double], _ w: [Double], _ penalty: Double) -> Double {
        var sum = penalty / 2 * w.dropLast().reduce(0) { $0 + $1 * $1 }
        for (row, label) in zip(x, labels) {
            let z = dot(row, w)
            sum += max(z, 0) + log1p(exp(-abs(z))) - label * z
        }
        return sum
    }

    private static func derivatives(
        _ x: [[Double]], _ labels: [Double], _ w: [Double], _ penalty: Double
    ) -> (gradient: [Double], hessian: [[Double]]) {
        let d = w.count
        var gradient = w.map { $0 * penalty }
        gradient[d - 1] = 0
        var hessian = (0..<d).map { i in (0..<d).map { i == $0 && i < d - 1 ? penalty : 0 } }
        for (row, label) in zip(x, labels) {
            let p = LogOdds.probability(dot(row, w))
            let error = p - label
            let curvature = max(p * (1 - p), 1e-12)
            for i in 0..<d {
                gradient[i] += error * row[i]
                let scaled = curvature * row[i]
                for j in 0...i { hessian[i][j] += scaled * row[j] }
            }
        }
        for i in 0..<d { for j in 0..<i { hessian[j][i] = hessian[i][j] } }
        return (gradient, hessian)
    }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for i in a.indices { sum += a[i] * b[i] }
        return sum
    }

    /// Solves a small symmetric positive definite system by Gaussian elimination with pivots on the diagonal.
    private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
        var (a, b) = (matrix, right)
        let n = b.count
        for k in 0..<n {
            let pivot = max(a[k][k], 1e-12)
            for i in (k + 1)..<max(n, k + 1) {
                let factor = a[i][k] / pivot
                guard factor != 0 else { continue }
                for j in k..<n { a[i][j] -= factor * a[k][j] }
                b[i] -= factor * b[k]
            }
        }
        for k in stride(from: n - 1, through: 0, by: -1) {
            var sum = b[k]
            for j in (k + 1)..<max(n, k + 1) { sum -= a[k][j] * b[j] }
            b[k] = sum / max(a[k][k], 1e-12)
        }
        return b
    }
}
