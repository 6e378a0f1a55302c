import CKernels

/// How a model's linear layers are computed.
public enum Precision: String, Sendable, CaseIterable {
    /// As the weights are stored: the reference.
    case float32
    /// Weights rounded to a byte, one scale an output channel; inputs rounded to a byte, one scale and zero a token. Attention, norms and
    /// GELU stay in float32.
    case int8
}

/// The linear layers of a model, their weights rounded to bytes: a quarter of the memory, and several products an instruction.
final class RoundedWeights: Sendable {
    /// weight(n, k) as `kernel_pack_int8` packs it.
    final class Linear: @unchecked Sendable {
        // Sendable: written by `init` alone.
        let n: Int
        let k: Int
        let packed: UnsafeMutablePointer<Int8>
        let scales: UnsafeMutablePointer<Float>
        let sums: UnsafeMutablePointer<Int32>

        init(n: Int, k: Int, _ weight: UnsafePointer<Float>) {
            (self.n, self.k) = (n, k)
            packed = UnsafeMutableRawPointer.allocate(byteCount: n * k, alignment: 64).assumingMemoryBound(
                to: Int8.self)
            scales = .allocate(capacity: n)
            sums = .allocate(capacity: n)
            kernel_pack_int8(Int32(n), Int32(k), weight, packed, scales, sums)
        }

        deinit {
            packed.deallocate()
            scales.deallocate()
            sums.deallocate()
        }
    }

    struct Layer: Sendable {
        let query, key, value, attentionOutput, intermediate, output: Linear
    }

    let layers: [Layer]
    let level = kernel_int8_level()

    /// - Returns: nil where the widths do not suit the kernels.
    init?(_ weights: TransformerWeights, _ configuration: TransformerConfiguration) {
        let (C, F) = (configuration.hiddenSize, configuration.intermediateSize)
        guard C % 16 == 0, F % 16 == 0, C / configuration.heads % 16 == 0 else { return nil }
        func rounded(_ linear: TransformerWeights.Linear, _ n: Int, _ k: Int) -> Linear {
            Linear(n: n, k: k, linear.weight.start)
        }
        layers = weights.layers.map {
            Layer(
                query: rounded($0.query, C, C), key: rounded($0.key, C, C), value: rounded($0.value, C, C),
                attentionOutput: rounded($0.attentionOutput, C, C), intermediate: rounded($0.intermediate, F, C),
                output: rounded($0.output, C, F))
        }
    }

    /// Columns `columns` (multiples of 16) of y(T, n) = x(T, k) * weight(n, k)^T, without the bias; rows of y are `ldy` apart.
    func multiply(
        _ linear: Linear, _ x: RoundedRows, _ T: Int, _ columns: Range<Int>, into y: UnsafeMutablePointer<Float>,
        ldy: Int
    ) {
        kernel_int8_products(
            level, Int32(T), Int32(columns.count), Int32(linear.k), x.bytes, x.scales, x.zeros,
            linear.packed + columns.lowerBound * linear.k, linear.scales + columns.lowerBound,
            linear.sums + columns.lowerBound, y + columns.lowerBound, Int32(ldy))
    }
}

/// Rows of activations rounded to bytes: (T, k) with a scale and a zero each.
final class RoundedRows: @unchecked Sendable {
    // Sendable: used by one call at a time, as `Scratch` is.
    let bytes: UnsafeMutablePointer<UInt8>
    let scales: UnsafeMutablePointer<Float>
    let zeros: UnsafeMutablePointer<Int32>

    init(rows: Int, columns: Int) {
        bytes = .allocate(capacity: rows * columns)
        scales = .allocate(capacity: rows)
        zeros = .allocate(capacity: rows)
    }

    deinit {
        bytes.deallocate()
        scales.deallocate()
        zeros.deallocate()
    }

    /// Rounds some rows of x(T, k).
    func round(_ x: UnsafePointer<Float>, _ rows: Range<Int>, _ k: Int) {
        let at = rows.lowerBound
        kernel_quantize_rows(
            Int32(rows.count), Int32(k), x + at * k, Int32(k), bytes + at * k, scales + at, zeros + at)
    }
}
