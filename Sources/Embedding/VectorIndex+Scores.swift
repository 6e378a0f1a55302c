import CKernels

extension VectorIndex {
    /// Inner product of `question` with every row: n numbers. Rows and question of unit length give cosines.
    ///
    /// - Parameter rows: n x d float32, row-major; borrowed.
    /// - Complexity: n * d multiply-adds, memory-bound.
    public static func scores(of rows: UnsafeBufferPointer<Float>, question: [Float]) -> [Float] {
        let d = question.count
        precondition(d > 0 && rows.count % d == 0, "\(rows.count) numbers are not rows of \(d)")
        let n = rows.count / d
        guard n > 0 else { return [] }
        return [Float](unsafeUninitializedCapacity: n) { buffer, count in
            question.withUnsafeBufferPointer {
                LinearAlgebra.multiply(m: n, n: d, rows.baseAddress!, $0.baseAddress!, into: buffer.baseAddress!)
            }
            count = n
        }
    }

    /// The same of rows that lie anywhere.
    package static func scores(ofScattered rows: [UnsafePointer<Float>], question: [Float]) -> [Float] {
        guard !rows.isEmpty else { return [] }
        return [Float](unsafeUninitializedCapacity: rows.count) { buffer, count in
            rows.withUnsafeBufferPointer { rows in
                rows.withMemoryRebound(to: UnsafePointer<Float>?.self) {
                    kernel_gather_dots(
                        Int64(rows.count), Int32(question.count), $0.baseAddress!, question, buffer.baseAddress!)
                }
            }
            count = rows.count
        }
    }

    /// The `count` greatest of `scores`, by falling score; ties by rising row.
    public static func top(_ count: Int, of scores: [Float]) -> [Match] {
        guard count > 0 else { return [] }
        var best = TopMatches(limit: count)
        scores.withUnsafeBufferPointer { best.add($0, firstRow: 0, filter: nil) }
        return best.sorted()
    }
}

extension VectorIndex {
    /// Inner product of `x` with every row of numbers written as printable ASCII, read where they lie: a byte b stands for
    /// scale · sign(q) · (q/45)², q = b − 81, and a line feed follows every `line` of them.
    package static func packedScores(
        _ text: UnsafePointer<UInt8>, rows: Int, line: Int, scale: Float, _ x: [Float]
    ) -> [Float] {
        [Float](unsafeUninitializedCapacity: rows) { buffer, count in
            kernel_packed_dots(Int32(rows), Int32(x.count), Int32(line), text, scale, x, buffer.baseAddress!)
            count = rows
        }
    }

    /// Inner product of two rows of `d` numbers.
    public static func product(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ d: Int) -> Float {
        LinearAlgebra.dot(d, a, b)
    }
}
