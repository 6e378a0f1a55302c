/// Exact nearest neighbours by inner product over a flat buffer of float32 rows.
///
/// The buffer is borrowed: an array, a mapped file, a database blob; nothing is copied. With unit rows the score is the cosine.
public enum VectorIndex {
    /// A row and its inner product with the question.
    public struct Match: Sendable, Equatable {
        public let row: Int
        public let score: Float

        public init(row: Int, score: Float) {
            self.row = row
            self.score = score
        }
    }

    /// The `count` rows with the greatest inner product with `question`.
    ///
    /// - Parameter rows: n x d float32, row-major; its length must be a multiple of the question's.
    /// - Parameter filter: keeps a row if true; asked only for rows whose score would enter the result.
    /// - Returns: matches by falling score; ties by rising row. Fewer than `count` if fewer rows pass. NaN scores never match.
    /// - Complexity: n * d multiply-adds, memory-bound: 1 M x 384 takes about 0.1 s on one core.
    public static func search(
        _ rows: UnsafeBufferPointer<Float>, question: [Float], count: Int, filter: ((Int) -> Bool)? = nil
    ) -> [Match] {
        let d = question.count
        precondition(d > 0 && rows.count % d == 0, "\(rows.count) numbers are not rows of \(d)")
        let n = rows.count / d
        guard n > 0, count > 0 else { return [] }
        var best = TopMatches(limit: count)
        question.withUnsafeBufferPointer { question in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: min(n, block)) { scores in
                for first in stride(from: 0, to: n, by: block) {
                    let m = min(block, n - first)
                    LinearAlgebra.multiply(
                        m: m, n: d, rows.baseAddress! + first * d, question.baseAddress!, into: scores.baseAddress!)
                    best.add(UnsafeBufferPointer(rebasing: scores[..<m]), firstRow: first, filter: filter)
                }
            }
        }
        return best.sorted()
    }

    /// The same for many questions at once: one matrix product per block of rows, several times faster per question.
    ///
    /// - Parameter questions: q x d.
    /// - Returns: one list for each question.
    public static func search(
        _ rows: UnsafeBufferPointer<Float>, questions: Matrix, count: Int, filter: ((Int) -> Bool)? = nil
    ) -> [[Match]] {
        let d = questions.columns
        precondition(d > 0 && rows.count % d == 0, "\(rows.count) numbers are not rows of \(d)")
        let n = rows.count / d
        let q = questions.rows
        guard n > 0, count > 0, q > 0 else { return Array(repeating: [], count: q) }
        var best = Array(repeating: TopMatches(limit: count), count: q)
        let questionBlock = min(q, 64)
        let scores = UnsafeMutablePointer<Float>.allocate(capacity: questionBlock * min(n, block))  // (questions, rows)
        defer { scores.deallocate() }
        questions.values.withUnsafeBufferPointer { values in
            for first in stride(from: 0, to: n, by: block) {
                let m = min(block, n - first)
                for firstQuestion in stride(from: 0, to: q, by: questionBlock) {
                    let asked = min(questionBlock, q - firstQuestion)
                    LinearAlgebra.multiplyTransposed(
                        m: asked, n: m, k: d, values.baseAddress! + firstQuestion * d, lda: d,
                        rows.baseAddress! + first * d, ldb: d, into: scores, ldc: m)
                    for i in 0..<asked {
                        best[firstQuestion + i].add(
                            UnsafeBufferPointer(start: scores + i * m, count: m), firstRow: first, filter: filter)
                    }
                }
            }
        }
        return best.map { $0.sorted() }
    }

    /// As above over an array.
    public static func search(
        _ rows: [Float], question: [Float], count: Int, filter: ((Int) -> Bool)? = nil
    ) -> [Match] {
        rows.withUnsafeBufferPointer { search($0, question: question, count: count, filter: filter) }
    }

    /// Rows scored at a time: 4,096 x 384 float32 are 6 MB, their scores stay in the first-level cache.
    private static let block = 4096
}

/// The best matches so far: a min-heap on (score, falling row) whose root is the threshold that nearly every row fails.
struct TopMatches {
    private let limit: Int
    private var heap: [VectorIndex.Match] = []

    init(limit: Int) {
        self.limit = limit
        heap.reserveCapacity(min(limit, 1024))
    }

    mutating func add(_ scores: UnsafeBufferPointer<Float>, firstRow: Int, filter: ((Int) -> Bool)?) {
        var threshold = heap.count == limit ? heap[0].score : -Float.infinity
        var full = heap.count == limit
        for i in 0..<scores.count {
            let score = scores[i]
            // Rows come in rising order, so an equal score never displaces an earlier row.
            guard score > threshold || (!full && score == threshold) else { continue }
            if let filter, !filter(firstRow + i) { continue }
            insert(.init(row: firstRow + i, score: score))
            full = heap.count == limit
            if full { threshold = heap[0].score }
        }
    }

    /// Rows come in rising order here too.
    mutating func add(_ match: VectorIndex.Match) {
        if heap.count < limit || match.score > heap[0].score { insert(match) }
    }

    /// What a score must reach to enter.
    var floor: Float { heap.count == limit ? heap[0].score : -.infinity }

    /// By falling score, ties by rising row.
    func sorted() -> [VectorIndex.Match] {
        heap.sorted { Self.isWorse($1, $0) }
    }

    private static func isWorse(_ a: VectorIndex.Match, _ b: VectorIndex.Match) -> Bool {
        a.score != b.score ? a.score < b.score : a.row > b.row
    }

    private mutating func insert(_ match: VectorIndex.Match) {
        if heap.count < limit {
            heap.append(match)
            var child = heap.count - 1
            while child > 0, case let parent = (child - 1) / 2, Self.isWorse(heap[child], heap[parent]) {
                heap.swapAt(child, parent)
                child = parent
            }
            return
        }
        heap[0] = match
        var parent = 0
        while true {
            var worst = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if Self.isWorse(heap[child], heap[worst]) { worst = child }
            }
            if worst == parent { return }
            heap.swapAt(parent, worst)
            parent = worst
        }
    }
}
