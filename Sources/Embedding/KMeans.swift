/// Centres of many unit vectors by spherical k-means: seeded, so the same rows give the same centres on any number of threads.
package enum KMeans {
    /// Rounds of assignment; recall of the lists does not grow after the eighth (benchmarks/results/scale.md).
    package static let rounds = 8
    /// Rows a centre that it is learned from.
    package static let sampleRows = 64

    /// `count` unit centres.
    ///
    /// - Parameter rows: n x d unit rows; at most `sampleRows` a centre are looked at, at even distances.
    /// - Complexity: `rounds` matrix products of (sample, d) with (d, count).
    package static func centres(
        of rows: UnsafeBufferPointer<Float>, dimension d: Int, count: Int, threads: Int = 1
    ) -> Matrix {
        let n = rows.count / d
        let k = min(count, n)
        let sampled = min(n, k * sampleRows)
        var sample = [Float](repeating: 0, count: sampled * d)
        for i in 0..<sampled {
            let row = i * n / sampled
            for j in 0..<d { sample[i * d + j] = rows[row * d + j] }
        }
        var random = SplitMix64(state: 0x6b62_6976_6631)
        var order = Array(0..<sampled)
        for i in 0..<k { order.swapAt(i, i + Int(random.next() % UInt64(sampled - i))) }
        var centres = Matrix(rows: k, columns: d)
        for i in 0..<k {
            centres.values.replaceSubrange(i * d..<(i + 1) * d, with: sample[order[i] * d..<(order[i] + 1) * d])
        }
        for _ in 0..<rounds {
            let nearest = sample.withUnsafeBufferPointer { assign($0, to: centres, threads: threads) }
            var sums = [Float](repeating: 0, count: k * d)
            var sizes = [Int](repeating: 0, count: k)
            for (i, centre) in nearest.enumerated() {
                sizes[Int(centre)] += 1
                for j in 0..<d { sums[Int(centre) * d + j] += sample[i * d + j] }
            }
            for c in 0..<k where sizes[c] == 0 {
                // An empty one takes a row of the sample, so no list is wasted.
                let row = Int(random.next() % UInt64(sampled))
                for j in 0..<d { sums[c * d + j] = sample[row * d + j] }
            }
            sums.withUnsafeMutableBufferPointer { buffer in
                for c in 0..<k { LinearAlgebra.normalize(d, buffer.baseAddress! + c * d) }
            }
            centres.values = sums
        }
        return centres
    }

    /// For each row the centre with the greatest inner product; ties to the first.
    package static func assign(
        _ rows: UnsafeBufferPointer<Float>, to centres: Matrix, threads: Int = 1
    ) -> [UInt32] {
        let (k, d) = (centres.rows, centres.columns)
        let n = rows.count / d
        return [UInt32](unsafeUninitializedCapacity: n) { out, filled in
            nonisolated(unsafe) let out = out
            nonisolated(unsafe) let rows = rows
            Workers.run(count: (n + block - 1) / block, threads: threads) { part in
                let first = part * block
                let m = min(block, n - first)
                withUnsafeTemporaryAllocation(of: Float.self, capacity: m * k) { scores in
                    centres.values.withUnsafeBufferPointer {
                        LinearAlgebra.multiplyTransposed(
                            m: m, n: k, k: d, rows.baseAddress! + first * d, lda: d, $0.baseAddress!, ldb: d,
                            into: scores.baseAddress!, ldc: k)
                    }
                    for i in 0..<m {
                        var best = 0
                        var greatest = -Float.infinity
                        for c in 0..<k where scores[i * k + c] > greatest { (best, greatest) = (c, scores[i * k + c]) }
                        out[first + i] = UInt32(best)
                    }
                }
            }
            filled = n
        }
    }

    /// Rows a matrix product: 512 x 1,024 scores are 2 MB.
    private static let block = 512
}

/// Steele, Lea and Flood 2014.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
