/// Vectors of a passage's sentences, packed for storage: a row is one float32 scale and `dimension` int8 values.
///
/// They choose sentences within one passage, where a relative error of 1/254 of the largest value changes nothing
/// that a reader could see; a quarter of the float32 size matters at a million passages.
enum SentenceVectors {
    /// - Parameter rows: one a sentence, each of the encoder's dimension.
    static func pack(_ rows: [ArraySlice<Float>]) -> [UInt8] {
        var out: [UInt8] = []
        for row in rows {
            let largest = row.reduce(Float(0)) { max($0, abs($1)) }
            let scale = largest / 127
            withUnsafeBytes(of: scale.bitPattern.littleEndian) { out.append(contentsOf: $0) }
            for value in row {
                let level = scale > 0 ? (value / scale).rounded() : 0
                out.append(UInt8(bitPattern: Int8(level)))
            }
        }
        return out
    }

    /// Inner product of `vector` with each packed row; empty when the size does not fit.
    static func scores(_ packed: [UInt8], with vector: some Collection<Float>) -> [Float] {
        let dimension = vector.count
        let stride = dimension + 4
        guard packed.count.isMultiple(of: stride) else { return [] }
        let vector = Array(vector)
        return packed.withUnsafeBytes { bytes in
            (0..<packed.count / stride).map { row in
                let base = row * stride
                let scale = Float(
                    bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: base, as: UInt32.self)))
                var sum: Float = 0
                for i in 0..<dimension { sum += Float(Int8(bitPattern: bytes[base + 4 + i])) * vector[i] }
                return sum * scale
            }
        }
    }

    /// The packed rows as they were, but for the rounding.
    static func unpack(_ packed: [UInt8], dimension: Int) -> [[Float]] {
        let stride = dimension + 4
        guard packed.count.isMultiple(of: stride) else { return [] }
        return packed.withUnsafeBytes { bytes in
            (0..<packed.count / stride).map { row in
                let base = row * stride
                let scale = Float(
                    bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: base, as: UInt32.self)))
                return (0..<dimension).map { Float(Int8(bitPattern: bytes[base + 4 + $0])) * scale }
            }
        }
    }
}
