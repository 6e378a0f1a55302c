import CKernels

/// Rows of whole numbers from −127 to 127, each with a scale of its own: a quarter of the memory of float32, which is what
/// scoring many rows costs.
///
/// The inner product of unit vectors of 384 numbers is off by 0.0007 (standard deviation; below 0.005 in 100,000 random pairs, see the test).
public struct QuantizedRows: Sendable, Equatable {
    public let dimension: Int
    /// Row after row.
    public private(set) var values: [Int8]
    /// What a row's numbers are to be multiplied with.
    public private(set) var scales: [Float]

    public var count: Int { scales.count }

    public init(dimension: Int) { self.init(dimension: dimension, values: [], scales: []) }

    public init(dimension: Int, values: [Int8], scales: [Float]) {
        precondition(values.count == scales.count * dimension, "\(values.count) numbers are not rows of \(dimension)")
        (self.dimension, self.values, self.scales) = (dimension, values, scales)
    }

    public mutating func append(_ row: some Collection<Float>) {
        precondition(row.count == dimension, "a row has \(row.count) numbers, not \(dimension)")
        let (numbers, scale) = Self.quantized(row)
        values += numbers
        scales.append(scale)
    }

    /// Inner product of `question` with each row from `first` on.
    ///
    /// - Complexity: rows x dimension multiply-adds of single bytes; 8,192 rows of 384 take about 0.2 ms.
    public func scores(_ question: [Float], from first: Int = 0) -> [Float] {
        precondition(question.count == dimension, "a question of \(question.count) numbers for rows of \(dimension)")
        let n = count - first
        guard n > 0 else { return [] }
        let (numbers, scale) = Self.quantized(question)
        let products = [Int32](unsafeUninitializedCapacity: n) { buffer, filled in
            values.withUnsafeBufferPointer {
                kernel_dots_int8(
                    Int64(n), Int32(dimension), $0.baseAddress! + first * dimension, numbers, buffer.baseAddress!)
            }
            filled = n
        }
        return products.indices.map { Float(products[$0]) * (scales[first + $0] * scale) }
    }

    static func quantized(_ row: some Collection<Float>) -> (values: [Int8], scale: Float) {
        let greatest = row.reduce(0) { max($0, abs($1)) }
        guard greatest > 0, greatest.isFinite else { return ([Int8](repeating: 0, count: row.count), 0) }
        let factor = 127 / greatest
        return (row.map { $0.isFinite ? Int8(($0 * factor).rounded()) : 0 }, greatest / 127)
    }
}
