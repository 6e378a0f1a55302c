import CKernels

/// Rows as the signs of their numbers less those of a common middle, and a factor: an eighth of the bytes of `QuantizedRows`, for a first look.
///
/// A row's product with a question is estimated as middle·q + factor · Σ ±q, with factor = |r|² / Σ|r| of what is left beside the middle, which
/// makes the row's product with itself exact (RaBitQ, Gao and Long 2024, without its rotation). Standard deviation of the estimate: some .04 of |r|.
struct SignCodes {
    let dimension: Int
    var words: Int { Self.words(dimension) }

    static func words(_ dimension: Int) -> Int { (dimension + 63) / 64 }

    /// Bit k of a row is set where its number k is above the middle's.
    static func code(_ row: some Collection<Float>, middle: some Collection<Float>) -> (bits: [UInt64], factor: Float) {
        var bits = [UInt64](repeating: 0, count: words(row.count))
        var (squares, sum): (Float, Float) = (0, 0)
        for (k, (number, middle)) in zip(row, middle).enumerated() {
            let left = number - middle
            if left > 0 { bits[k / 64] |= 1 << UInt64(k % 64) }
            squares += left * left
            sum += abs(left)
        }
        return (bits, sum > 0 && squares.isFinite ? squares / sum : 0)
    }

    /// A question in whole numbers of four bits, cut into planes of single bits.
    struct Question {
        private let planes: [UInt64]
        private let low: Float
        private let step: Float
        private let sum: Float
        private let words: Int

        init(_ question: [Float]) {
            let words = SignCodes.words(question.count)
            let low = question.min() ?? 0
            let step = ((question.max() ?? 0) - low) / 15
            var planes = [UInt64](repeating: 0, count: 4 * words)
            for (k, number) in question.enumerated() where step > 0 {
                let level = UInt64(((number - low) / step).rounded())
                for plane in 0..<4 where level >> UInt64(plane) & 1 == 1 {
                    planes[plane * words + k / 64] |= 1 << UInt64(k % 64)
                }
            }
            (self.planes, self.low, self.step, self.words) = (planes, low, step, words)
            sum = question.reduce(0, +)
        }

        /// Estimates for rows, less the middle's part, which all have in common, into `out`; false where a row has no bit, as only damage
        /// makes it.
        func scores(
            codes: UnsafePointer<UInt64>, factors: UnsafePointer<Float>, count: Int,
            into out: UnsafeMutablePointer<Float>
        ) -> Bool {
            kernel_sign_scores(Int64(count), Int32(words), codes, planes, low, step, sum, factors, out) != 0
        }
    }

    /// A value that about `count` of `scores` reach, by a sample of some thousand of them.
    static func floor(_ scores: UnsafeBufferPointer<Float>, count: Int) -> Float {
        guard scores.count > count else { return -.infinity }
        let step = max(1, scores.count / 4_096)
        let sample = stride(from: step / 2, to: scores.count, by: step).map { scores[$0] }
        let place = (count + step - 1) / step
        return place < sample.count ? VectorIndex.top(place + 1, of: sample).last?.score ?? -.infinity : -.infinity
    }
}
