import Embedding
import FoundationEssentials

/// The opening requests of cases as vectors, oldest first: what is like what.
struct CaseNeighbours: Sendable {
    struct Near: Sendable, Equatable {
        var row: Int64
        var cosine: Double
        /// Cosine, and the share that the article which resolved that case has of this question.
        var likeness: Double
    }

    let dimension: Int
    private var rows: [Int64] = []
    private var known: Set<Int64> = []
    private var times: [Int64] = []
    private var articles: [String?] = []
    private var values: [Float] = []

    init(dimension: Int) { self.dimension = dimension }

    mutating func add(_ row: Int64, at milliseconds: Int64, _ vector: [Float], article: String? = nil) {
        guard vector.count == dimension, known.insert(row).inserted else { return }
        rows.append(row)
        times.append(milliseconds)
        articles.append(article)
        values += vector
    }

    /// The nearest cases that began before a moment, nearest first.
    ///
    /// - Parameter shares: which articles are likely the answer: cases that one of them resolved come nearer by its share
    ///   (precision@5 on Thunderbird's clusters .396 → .560, benchmarks/results/triage.md).
    func nearest(
        _ vector: [Float], before moment: Date, since: Date = .distantPast, without own: Int64? = nil, limit: Int,
        atLeast floor: Double = -1, shares: [String: Double] = [:]
    ) -> [Near] {
        guard !rows.isEmpty, vector.count == dimension else { return [] }
        let (first, last) = (since == .distantPast ? Int64.min : since.milliseconds, moment.milliseconds)
        let cosines = values.withUnsafeBufferPointer { VectorIndex.scores(of: $0, question: vector) }
        var near: [Near] = []
        for (i, cosine) in cosines.enumerated() where times[i] <= last && times[i] >= first && rows[i] != own {
            let likeness = Double(cosine) + (articles[i].flatMap { shares[$0] } ?? 0)
            if likeness >= floor { near.append(Near(row: rows[i], cosine: Double(cosine), likeness: likeness)) }
        }
        near.sort { ($1.likeness, $0.row) < ($0.likeness, $1.row) }
        return Array(near.prefix(limit))
    }
}
