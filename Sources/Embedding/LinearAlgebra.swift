import CKernels
import COpenBLAS

/// The only calls to BLAS. Everything is row-major float32; `ld` is the distance between the starts of two rows.
///
/// OpenBLAS computes on the calling thread alone (see COpenBLAS) and is opened by the first product that needs it: those of few
/// rows, of a vector or of a short text are kernels of ours.
enum LinearAlgebra {
    /// Whether products may run on several threads at once: not with Debian's libopenblas0-serial, whose vectors were off by .08.
    /// Opens OpenBLAS.
    static let isThreadSafe = openblas_has_threads()

    /// C(m,n) = A(m,k) * W(n,k)^T, a linear layer: A its inputs, W its weights as stored (out, in).
    ///
    /// sgemm repacks W on every call. For short texts that costs more than the product, so up to `fewRows` rows a kernel reads W
    /// where it lies: 16 x 1536 x 384 with cold weights takes 0.37 ms against 0.61; with AVX-512 they meet at about 256 rows. With the
    /// sixteen registers of AVX2 it has half of OpenBLAS's speed at 256 rows (38 of 70 GF/s, AMD EPYC): there it takes single
    /// texts alone, so that a question never opens OpenBLAS.
    static func linear(
        m: Int, n: Int, k: Int,
        _ a: UnsafePointer<Float>, _ w: UnsafePointer<Float>, into c: UnsafeMutablePointer<Float>, ldc: Int
    ) {
        if m <= fewRows && hasKernel(n, k) {
            kernel_dots(Int32(m), Int32(n), Int32(k), a, Int32(k), w, Int32(k), c, Int32(ldc))
        } else {
            multiplyTransposed(m: m, n: n, k: k, a, lda: k, w, ldb: k, into: c, ldc: ldc)
        }
    }

    /// Whether `kernel_dots` can do n columns over k.
    static func hasKernel(_ n: Int, _ k: Int) -> Bool { n % 4 == 0 && k % 16 == 0 }

    /// Measured: see `linear`.
    static let fewRows = kernel_dots_level() == 2 ? 256 : 64

    /// C(m,n) = A(m,k) * B(n,k)^T.
    @inline(__always)
    static func multiplyTransposed(
        m: Int, n: Int, k: Int,
        _ a: UnsafePointer<Float>, lda: Int, _ b: UnsafePointer<Float>, ldb: Int,
        into c: UnsafeMutablePointer<Float>, ldc: Int
    ) {
        openblas_sgemm(true, Int32(m), Int32(n), Int32(k), 1, a, Int32(lda), b, Int32(ldb), 0, c, Int32(ldc))
    }

    /// C(m,n) = A(m,k) * B(k,n).
    @inline(__always)
    static func multiply(
        m: Int, n: Int, k: Int,
        _ a: UnsafePointer<Float>, lda: Int, _ b: UnsafePointer<Float>, ldb: Int,
        into c: UnsafeMutablePointer<Float>, ldc: Int
    ) {
        openblas_sgemm(false, Int32(m), Int32(n), Int32(k), 1, a, Int32(lda), b, Int32(ldb), 0, c, Int32(ldc))
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
