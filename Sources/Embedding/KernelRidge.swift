/// Ridge regression on the likeness of examples to one another (Saunders et al., ICML 1998): α = (K + λI)⁻¹ Y, prediction
/// of a text with likenesses k to the examples: k · α. As flexible as the kernel, solved in one step, no randomness.
public enum KernelRidge {
    /// - Parameter kernel: n x n, symmetric, positive semi-definite; used up.
    /// - Parameter penalty: λ > 0.
    /// - Parameter targets: n x k.
    /// - Returns: α, k x n: one row an output. `nil` when the kernel is not positive semi-definite.
    /// - Complexity: n³/3 multiply-adds in single precision: 1,000 examples 30 ms, 15,000 about a minute and 0.9 GB.
    public static func solve(kernel: consuming Matrix, penalty: Float, targets: Matrix) -> Matrix? {
        let n = kernel.rows
        precondition(kernel.columns == n && targets.rows == n, "\(n) x \(kernel.columns) for \(targets.rows) examples")
        var a = kernel.values
        kernel = Matrix(rows: 0, columns: 0)
        for i in 0..<n { a[i * n + i] += penalty }
        var b = [Float](repeating: 0, count: n * targets.columns)  // (k, n) row-major is (n, k) column-major
        for i in 0..<n { for k in 0..<targets.columns { b[k * n + i] = targets[i, k] } }
        guard LinearAlgebra.solvePositiveDefinite(n, columns: targets.columns, &a, &b) else { return nil }
        return Matrix(rows: targets.columns, columns: n, values: b)
    }
}

extension Matrix {
    /// A(m,k) · B(n,k)ᵀ: m x n. With unit rows the cosines of each with each.
    public func products(with other: Matrix) -> Matrix {
        precondition(columns == other.columns, "rows of \(columns) and of \(other.columns) numbers")
        var out = [Float](repeating: 0, count: rows * other.rows)
        guard rows > 0, other.rows > 0, columns > 0 else { return Matrix(rows: rows, columns: other.rows) }
        values.withUnsafeBufferPointer { a in
            other.values.withUnsafeBufferPointer { b in
                out.withUnsafeMutableBufferPointer { c in
                    LinearAlgebra.multiplyTransposed(
                        m: rows, n: other.rows, k: columns, a.baseAddress!, lda: columns, b.baseAddress!, ldb: columns,
                        into: c.baseAddress!, ldc: other.rows)
                }
            }
        }
        return Matrix(rows: rows, columns: other.rows, values: out)
    }
}
