import Synchronization

extension VectorIndex {
    /// For each row the later rows whose inner product with it is at least `bound`, rising: the sparse upper triangle of
    /// the matrix of similarities, which itself is never kept.
    ///
    /// - Parameter rows: n x d float32, row-major; unit rows give cosines.
    /// - Parameter limit: of pairs; `nil` comes back when there are more, for then they would not fit in memory.
    /// - Complexity: n² d multiply-adds in matrix products of 256 x 4,096; memory: the pairs and 4 MB a thread.
    public static func pairs(
        of rows: [Float], columns d: Int, atLeast bound: Float, limit: Int = 150_000_000, threads: Int = 1
    ) -> [[Int32]]? {
        precondition(d > 0 && rows.count % d == 0, "\(rows.count) numbers are not rows of \(d)")
        let n = rows.count / d
        let tall = 256
        let wide = 4096
        let strips = (n + tall - 1) / tall
        let found = PairLists(strips: strips)
        rows.withUnsafeBufferPointer { rows in
            let base = SharedRows(pointer: rows.baseAddress)
            Workers.run(count: strips, threads: threads) { strip in
                guard let rows = base.pointer, found.total <= limit else { return }
                let first = strip * tall
                let m = min(tall, n - first)
                var lists = [[Int32]](repeating: [], count: m)
                withUnsafeTemporaryAllocation(of: Float.self, capacity: tall * wide) { scores in
                    for start in stride(from: first, to: n, by: wide) {
                        let w = min(wide, n - start)
                        LinearAlgebra.multiplyTransposed(
                            m: m, n: w, k: d, rows + first * d, lda: d, rows + start * d, ldb: d,
                            into: scores.baseAddress!, ldc: w)
                        for i in 0..<m {
                            let line = scores.baseAddress! + i * w
                            for j in max(0, first + i + 1 - start)..<max(w, first + i + 1 - start)
                            where j < w && line[j] >= bound {
                                lists[i].append(Int32(start + j))
                            }
                        }
                    }
                }
                found.put(lists, strip)
            }
        }
        return found.total > limit ? nil : found.all
    }

    /// Rows that stay where they are while the threads read them.
    private struct SharedRows: @unchecked Sendable {
        // Sendable: read only, and the buffer outlives the threads, which are joined before it goes.
        let pointer: UnsafePointer<Float>?
    }
}

/// What the threads found, by strip.
private final class PairLists: Sendable {
    private let state: Mutex<(lists: [[[Int32]]], total: Int)>

    init(strips: Int) {
        state = Mutex((Array(repeating: [], count: strips), 0))
    }

    var total: Int { state.withLock { $0.total } }
    var all: [[Int32]] { state.withLock { $0.lists.flatMap { $0 } } }

    func put(_ lists: [[Int32]], _ strip: Int) {
        let count = lists.reduce(0) { $0 + $1.count }
        state.withLock {
            $0.lists[strip] = lists
            $0.total += count
        }
    }
}
