import CKernels

extension InvertedFile {
    /// The `count` rows with the greatest inner product with `question`, exactly: every row is looked at by its rounded numbers, a
    /// quarter of the bytes, and scored anew where the bound on the rounding lets it be among the first.
    ///
    /// With x = s·r + e (s the scale, r the whole numbers) of both sides, |q·x − s_q s_x (r_q·r_x)| <= |e_q| |x| + |q − e_q| |e_x|, and
    /// |e_x| <= s_x √d / 2. So the result is that of scoring every row, to the accuracy of float32 sums.
    ///
    /// - Parameter vector: the exact numbers of a row by id; a row without them is left out.
    /// - Returns: ids by falling score, ties by rising id, and how many rows were scored anew.
    package func nearest(
        _ question: [Float], count: Int, vector: (Int64) -> UnsafePointer<Float>?
    ) -> (matches: [(id: Int64, score: Float)], rescored: Int) {
        precondition(question.count == dimension, "a question of \(question.count) numbers for rows of \(dimension)")
        guard count > 0, rows > 0 else { return ([], 0) }
        let (numbers, scale) = QuantizedRows.quantized(question)
        let length = question.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let error = zip(question, numbers).reduce(Float(0)) { sum, pair in
            let e = pair.0 - Float(pair.1) * scale
            return sum + e * e
        }.squareRoot()
        // Rows are of length 1; what sums of float32 lose is far below the last term.
        let fixed = error * 1.001 + 1e-5
        let perScale = (length + error) * Float(dimension).squareRoot() / 2
        var lower = TopMatches(limit: count)
        var open: [(place: Int, upper: Float)] = []
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.exactBlock) { products in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.exactBlock) { scores in
                for first in stride(from: 0, to: rows, by: Self.exactBlock) {
                    let n = min(Self.exactBlock, rows - first)
                    kernel_dots_int8(
                        Int64(n), Int32(dimension), values.baseAddress! + first * dimension, numbers,
                        products.baseAddress!)
                    for i in 0..<n {
                        scores[i] =
                            Float(products[i]) * (scales[first + i] * scale) - fixed - perScale * scales[first + i]
                    }
                    lower.add(UnsafeBufferPointer(rebasing: scores[..<n]), firstRow: first, filter: nil)
                    let floor = lower.floor
                    for i in 0..<n {
                        let upper = scores[i] + 2 * (fixed + perScale * scales[first + i])
                        if upper >= floor { open.append((first + i, upper)) }
                    }
                }
            }
        }
        let floor = lower.floor
        open.removeAll { $0.upper < floor }
        open.sort { $0.upper > $1.upper }
        var best: [(id: Int64, score: Float)] = []
        var rescored = 0
        for (place, upper) in open {
            if best.count == count, upper < best[count - 1].score { break }
            let id = ids[place]
            guard let row = vector(id) else { continue }
            let score = question.withUnsafeBufferPointer { LinearAlgebra.dot(dimension, row, $0.baseAddress!) }
            rescored += 1
            let after = best.firstIndex { score > $0.score || (score == $0.score && id < $0.id) } ?? best.count
            guard after < count else { continue }
            best.insert((id, score), at: after)
            if best.count > count { best.removeLast() }
        }
        return (best, rescored)
    }

    /// Rows at a time: 1.5 MB of them, whose scores stay in the first-level cache.
    private static let exactBlock = 4096
}
