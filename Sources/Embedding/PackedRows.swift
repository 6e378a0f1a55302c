import CKernels

/// Rows of activations (T, k) as the encoder's products read them: the tokens side by side in the lanes of a vector, so that the weights are
/// read where they lie. Whoever makes rows or columns packs them.
final class PackedRows: @unchecked Sendable {
    // Sendable: used by one call at a time, as `Scratch` is; members of a team pack parts of their own.

    /// The instruction set of the products.
    static let level = kernel_products_level()
    /// Rows that are packed together, a multiple of what any instruction set needs.
    static let grain = 32

    private let numbers: UnsafeMutablePointer<Float>
    private let k: Int

    /// - Parameter rows: at most so many rows of k columns.
    init(rows: Int, columns k: Int) {
        self.k = k
        let bytes = (rows + Self.grain - 1) / Self.grain * Self.grain * k * MemoryLayout<Float>.stride
        numbers = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64).assumingMemoryBound(to: Float.self)
    }

    deinit { numbers.deallocate() }

    /// Packs a part of x(T, k), whose rows are `ld` apart.
    ///
    /// - Parameter rows: from a multiple of `grain` to one, or to T.
    func pack(_ x: UnsafePointer<Float>, _ T: Int, _ rows: Range<Int>, _ columns: Range<Int>, ld: Int? = nil) {
        kernel_pack_rows(
            Self.level, Int32(T), Int32(k), Int32(rows.lowerBound), Int32(rows.upperBound), Int32(columns.lowerBound),
            Int32(columns.upperBound), x, Int32(ld ?? k), numbers)
    }

    /// Columns `columns` of y(T, n) = packed(T, k) * w(n, k)^T; rows of w are `ldw` apart, those of y `ldy`.
    func multiply(
        _ T: Int, _ w: UnsafePointer<Float>, ldw: Int? = nil, _ columns: Range<Int>,
        into y: UnsafeMutablePointer<Float>, ldy: Int
    ) {
        let ldw = ldw ?? k
        kernel_products(
            Self.level, Int32(T), Int32(columns.count), Int32(k), numbers, w + columns.lowerBound * ldw, Int32(ldw),
            y + columns.lowerBound, Int32(ldy))
    }

    /// As above into the same columns of `packed`, which then become gelu(y + bias(n)).
    func multiplyWithGELU(
        _ T: Int, _ linear: TransformerWeights.Linear, _ columns: Range<Int>, into packed: PackedRows
    ) {
        // Few columns at a time are still near when their bias is added.
        for first in stride(from: columns.lowerBound, to: columns.upperBound, by: 96) {
            let n = Int32(min(96, columns.upperBound - first))
            kernel_packed_products(
                Self.level, Int32(T), n, Int32(k), numbers, linear.weight.start + first * k, Int32(k), packed.numbers,
                Int32(packed.k), Int32(first))
            kernel_bias_gelu_packed(
                Self.level, packed.numbers, linear.bias.start + first, Int32(T), Int32(packed.k), Int32(first), n)
        }
    }
}
