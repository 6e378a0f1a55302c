import Embedding
import GRDB

/// The mapped vectors of articles by row, document and id: what scoring some of many needs.
///
/// Rows and places count through the parts of the file, the file's own first.
struct ArticleRows {
    let file: VectorFile
    private let parts: [VectorPart]
    /// Where each part's rows and documents begin, and the end of the last.
    private let firstRows: [Int]
    private let firstPlaces: [Int]

    init(_ file: VectorFile) {
        self.file = file
        parts = file.parts(.article)
        firstRows = parts.reduce(into: [0]) { $0.append($0.last! + $1.ids.count) }
        firstPlaces = parts.reduce(into: [0]) { $0.append($0.last! + $1.documents.count) }
    }

    var count: Int { firstRows.last! }
    var documentCount: Int { firstPlaces.last! }

    /// The part that holds a row or place, by where the parts begin.
    private func part(_ place: Int, _ starts: [Int]) -> Int {
        if starts.count == 2 || place < starts[1] { return 0 }
        var (low, high) = (1, starts.count - 1)
        while low + 1 < high {
            let middle = (low + high) / 2
            if starts[middle] <= place { low = middle } else { high = middle }
        }
        return low
    }

    func id(_ row: Int) -> Int64 {
        let p = part(row, firstRows)
        return parts[p].ids[row - firstRows[p]]
    }

    func vector(_ row: Int) -> UnsafeBufferPointer<Float> {
        let (p, d) = (part(row, firstRows), file.dimension)
        let start = (row - firstRows[p]) * d
        return UnsafeBufferPointer(rebasing: parts[p].rows[start..<start + d])
    }

    func document(ofPlace place: Int) -> Int64 {
        let p = part(place, firstPlaces)
        return parts[p].documents[place - firstPlaces[p]]
    }

    func place(ofRow row: Int) -> Int {
        let p = part(row, firstRows)
        return firstPlaces[p] + Int(parts[p].places[row - firstRows[p]])
    }

    /// The first row with a later id.
    func firstRow(after id: Int64) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self.id(middle) <= id { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The row of a passage; `nil` when it is gone, or its place is none, as only damage can make it.
    func row(_ id: Int64) -> Int? {
        let row = firstRow(after: id) - 1
        guard row >= 0, self.id(row) == id else { return nil }
        let p = part(row, firstRows)
        let place = Int(parts[p].places[row - firstRows[p]])
        guard place < parts[p].documents.count, file.isLive(parts[p].documents[place], part: p) else { return nil }
        return row
    }

    /// The place of a document; through its first passage.
    func place(_ document: Int64, _ db: Database) throws -> Int? {
        let first = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT min(id) FROM chunk WHERE document_id = ?"), arguments: [document])
        return first.flatMap(row).map(place(ofRow:))
    }

    /// The rows from `first` on with the greatest inner product with a question, `limit` of them: for rows that no list holds.
    func nearest(_ question: [Float], from first: Int, limit: Int) -> [Int] {
        guard first < count else { return [] }
        var scores: [Float] = []
        for (p, part) in parts.enumerated() where firstRows[p + 1] > first {
            let skipped = max(0, first - firstRows[p])
            let rows = UnsafeBufferPointer(rebasing: part.rows[(skipped * question.count)...])
            scores += VectorIndex.scores(of: rows, question: question)
        }
        return VectorIndex.top(limit, of: scores).map { first + $0.row }.filter { row(id($0)) != nil }
    }

    /// The rows of the document at a place within its part: they stand one after another.
    private func range(_ place: Int) -> (part: Int, rows: Range<Int>) {
        let p = part(place, firstPlaces)
        let (places, own) = (parts[p].places, UInt32(place - firstPlaces[p]))
        // Places rise with the rows.
        var (low, high) = (0, places.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if places[middle] < own { low = middle + 1 } else { high = middle }
        }
        var end = low + 1
        while end < places.count, places[end] == own { end += 1 }
        return (p, low..<end)
    }

    /// The passages of the document at a place.
    func passages(ofPlace place: Int) -> [Int64] {
        let (p, rows) = range(place)
        return rows.map { parts[p].ids[$0] }
    }

    /// The exact dense score of the document at a place.
    func entry(_ place: Int, question: [Float]) -> DenseScores.Entry {
        let d = question.count
        let (p, range) = range(place)
        let part = parts[p]
        let cosines = VectorIndex.scores(
            of: UnsafeBufferPointer(rebasing: part.rows[range.lowerBound * d..<range.upperBound * d]),
            question: question)
        return DenseScores.Entry(
            document: part.documents[place - firstPlaces[p]], cosines: cosines,
            ids: UnsafeBufferPointer(rebasing: part.ids[range]), norm: part.norms[place - firstPlaces[p]])
    }

    /// Dense scores of documents at even distances, for the mean and the spread of all.
    func background(_ question: [Float]) -> DenseBackground {
        let sample = min(documentCount, RetrievalDefaults.backgroundDocuments)
        let places = (0..<sample).map { $0 * documentCount / sample }.filter {
            file.isLive(document(ofPlace: $0), part: part($0, firstPlaces))
        }
        return DenseBackground(
            documents: documentCount, scores: places.map { Fusion.score(entry($0, question: question)) })
    }
}

/// A sample of the dense leg's scores where not all documents are scored.
struct DenseBackground: Sendable {
    var documents: Int
    var scores: [Double]
}
