import Embedding
import GRDB

/// The mapped vectors of articles by row, document and id: what scoring some of many needs.
struct ArticleRows {
    let file: VectorFile
    let ids: UnsafeBufferPointer<Int64>
    let values: UnsafeBufferPointer<Float>
    let documents: UnsafeBufferPointer<Int64>
    let places: UnsafeBufferPointer<UInt32>
    let norms: UnsafeBufferPointer<Float>

    init(_ file: VectorFile) {
        self.file = file
        (ids, values, documents) = (file.ids(.article), file.rows(.article), file.documents(.article))
        (places, norms) = (file.places(.article), file.norms(.article))
    }

    /// The first row with a later id.
    func firstRow(after id: Int64) -> Int {
        var (low, high) = (0, ids.count)
        while low < high {
            let middle = (low + high) / 2
            if ids[middle] <= id { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The row of a passage; `nil` when it is gone, or its place is none, as only damage can make it.
    func row(_ id: Int64) -> Int? {
        let row = firstRow(after: id) - 1
        return row >= 0 && ids[row] == id && places[row] < documents.count ? row : nil
    }

    /// The place of a document; through its first passage.
    func place(_ document: Int64, _ db: Database) throws -> Int? {
        let first = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT min(id) FROM chunk WHERE document_id = ?"), arguments: [document])
        return first.flatMap(row).map { Int(places[$0]) }
    }

    /// The rows of a document: they stand one after another.
    private func range(around row: Int) -> Range<Int> {
        let place = places[row]
        var (first, end) = (row, row + 1)
        while first > 0, places[first - 1] == place { first -= 1 }
        while end < places.count, places[end] == place { end += 1 }
        return first..<end
    }

    /// A row of the document at a place: places rise with the rows.
    private func row(ofPlace place: Int) -> Int {
        var (low, high) = (0, places.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if places[middle] < UInt32(place) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The passages of the document at a place.
    func passages(ofPlace place: Int) -> [Int64] { range(around: row(ofPlace: place)).map { ids[$0] } }

    /// The exact dense score of the document at a place.
    func entry(_ place: Int, question: [Float]) -> DenseScores.Entry {
        let d = question.count
        let range = range(around: row(ofPlace: place))
        let cosines = VectorIndex.scores(
            of: UnsafeBufferPointer(rebasing: values[range.lowerBound * d..<range.upperBound * d]), question: question)
        return DenseScores.Entry(
            document: documents[place], cosines: cosines, ids: UnsafeBufferPointer(rebasing: ids[range]),
            norm: norms[place])
    }

    /// Dense scores of documents at even distances, for the mean and the spread of all.
    func background(_ question: [Float]) -> DenseBackground {
        let sample = min(documents.count, RetrievalDefaults.backgroundDocuments)
        return DenseBackground(
            documents: documents.count,
            scores: (0..<sample).map { Fusion.score(entry($0 * documents.count / sample, question: question)) })
    }
}

/// A sample of the dense leg's scores where not all documents are scored.
struct DenseBackground: Sendable {
    var documents: Int
    var scores: [Double]
}
