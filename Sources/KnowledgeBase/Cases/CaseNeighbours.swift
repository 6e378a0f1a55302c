import Embedding
import FoundationEssentials

/// The opening requests of cases as vectors, oldest first: what is like what.
struct CaseNeighbours: Sendable {
    struct Near: Sendable, Equatable {
        var row: Int64
        var cosine: Double
    }

    let dimension: Int
    private var rows: [Int64] = []
    private var known: Set<Int64> = []
    private var times: [Int64] = []
    private var values: [Float] = []

    init(dimension: Int) { self.dimension = dimension }

    mutating func add(_ row: Int64, at milliseconds: Int64, _ vector: [Float]) {
        guard vector.count == dimension, known.insert(row).inserted else { return }
        rows.append(row)
        times.append(milliseconds)
        values += vector
    }

    /// The nearest cases that began before a moment, nearest first.
    func nearest(
        _ vector: [Float], before moment: Date, since: Date = .distantPast, without own: Int64? = nil, limit: Int,
        atLeast floor: Double = -1
    ) -> [Near] {
        guard !rows.isEmpty, vector.count == dimension else { return [] }
        let (first, last) = (since == .distantPast ? Int64.min : since.milliseconds, moment.milliseconds)
        let cosines = values.withUnsafeBufferPointer { VectorIndex.scores(of: $0, question: vector) }
        var near: [Near] = []
        for (i, cosine) in cosines.enumerated()
        where Double(cosine) >= floor && times[i] <= last && times[i] >= first && rows[i] != own {
            near.append(Near(row: rows[i], cosine: Double(cosine)))
        }
        near.sort { ($1.cosine, $0.row) < ($0.cosine, $1.row) }
        return Array(near.prefix(limit))
    }
}
