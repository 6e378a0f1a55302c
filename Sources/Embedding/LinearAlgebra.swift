import CKernels
import COpenBLAS

/// The only calls to BLAS. Everything is row-major float32; `ld` is the distance between the starts of two rows.
///
/// OpenBLAS computes on the calling thread alone (see COpenBLAS) and is opened by the first product that needs it: those of a single
/// vector and of the encoder are kernels of ours.
enum LinearAlgebra {
    /// C(m,n) = A(m,k) * B(n,k)^T.
    @inline(__always)
    static func multiplyTransposed(
        m: Int, n: Int, k: Int,
        _ a: UnsafePointer<Float>, lda: Int, _ b: UnsafePointer<Float>, ldb: Int,
        into c: UnsafeMutablePointer<Float>, ldc: Int
    ) {
        openblas_sgemm(Int32(m), Int32(n), Int32(k), a, Int32(lda), b, Int32(ldb), c, Int32(ldc))
    }

    /// y(m) = A(m,n) * x(n), each row by itself: a row's number is the same whatever stands around it.
    static func multiply(
        m: Int, n: Int, _ a: UnsafePointer<Float>, _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>
    ) {
        kernel_scan(Int64(m), Int32(n), a, x, y)
    }

    /// x(n) . y(n).
    static func dot(_ n: Int, _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>) -> Float {
        var sum: Float = 0
        kernel_scan(1, Int32(n), x, y, &sum)
        return sum
    }

    /// Scales x(n) to length 1; a zero vector stays zero.
    static func normalize(_ n: Int, _ x: UnsafeMutablePointer<Float>) {
        let length = dot(n, x, x).squareRoot()
        guard length > 0 else { return }
        let scale = 1 / length
        for i in 0..<n { x[i] *= scale }
    }

    /// A(n,n) += alpha * x(n) x(n)^T, upper triangle.
    static func addOuterProduct(_ n: Int, _ alpha: Double, _ x: [Double], into a: UnsafeMutablePointer<Double>) {
        openblas_dsyr(Int32(n), alpha, x, a)
    }

    /// Solves A(n,n) X = B for symmetric positive definite A (upper triangle, overwritten) by Cholesky; B holds its
    /// columns one after another and becomes X.
    ///
    /// - Returns: false when A is not positive definite.
    static func solvePositiveDefinite(_ n: Int, columns: Int, _ a: inout [Double], _ b: inout [Double]) -> Bool {
        // LAPACK is column-major: a row-major upper triangle is its lower one.
        openblas_dposv(Int32(n), Int32(columns), &a, &b) == 0
    }

    /// As above in single precision: half the memory, for the thousands of unknowns of a kernel.
    static func solvePositiveDefinite(_ n: Int, columns: Int, _ a: inout [Float], _ b: inout [Float]) -> Bool {
        openblas_sposv(Int32(n), Int32(columns), &a, &b) == 0
    }
}
