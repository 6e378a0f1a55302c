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
        guard count > 0 else { return 0 }
        let (first, last) = (self.id(0), self.id(count - 1))
        let share = Double(id - first) / Double(max(1, last - first))
        return Self.end(of: count, guess: Int(min(1, max(0, share)) * Double(count - 1))) { self.id($0) <= id }
    }

    /// How many of `count` ordered places fulfil a condition that the first ones do. Looked for from a guess on in doubling steps: ids have
    /// few holes, so one or two places are read, and not twenty all over the file.
    private static func end(of count: Int, guess: Int, _ holds: (Int) -> Bool) -> Int {
        guard count > 0 else { return 0 }
        var (low, high, step) = (-1, count, 1)
        let guess = min(max(guess, 0), count - 1)
        if holds(guess) {
            low = guess
            while low + step < high {
                guard holds(low + step) else {
                    high = low + step
                    break
                }
                low += step
                step *= 2
            }
        } else {
            high = guess
            while high - step > low {
                guard !holds(high - step) else {
                    low = high - step
                    break
                }
                high -= step
                step *= 2
            }
        }
        while low + 1 < high {
            let middle = (low + high) / 2
            if holds(middle) { low = middle } else { high = middle }
        }
        return high
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

    /// The place of a document: where it stands if documents came in the order of their passages, as most do; else through its first
    /// passage.
    func place(_ document: Int64, _ db: Database) throws -> Int? {
        for (p, part) in parts.enumerated() {
            let documents = part.documents
            guard let first = documents.first, let last = documents.last else { continue }
            let share = Double(document - first) / Double(max(1, last - first))
            let guess = Int(min(1, max(0, share)) * Double(documents.count - 1))
            let place = Self.end(of: documents.count, guess: guess) { documents[$0] <= document } - 1
            if place >= 0, documents[place] == document, file.isLive(document, part: p) {
                return firstPlaces[p] + place
            }
        }
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
        let low = min(
            places.count - 1,
            Self.end(
                of: places.count, guess: (place - firstPlaces[p]) * places.count / max(1, parts[p].documents.count)
            ) { places[$0] < own })
        var end = low + 1
        while end < places.count, places[end] == own { end += 1 }
        return (p, low..<end)
    }

    /// The passages of the document at a place.
    func passages(ofPlace place: Int) -> [Int64] {
        let (p, rows) = range(place)
        return rows.map { parts[p].ids[$0] }
    }

    /// The exact dense scores of the documents at some places, in their order.
    func entries(_ places: [Int], question: [Float]) -> [DenseScores.Entry] {
        let d = question.count
        let ranges = places.map(range)
        var rows: [UnsafePointer<Float>] = []
        rows.reserveCapacity(ranges.count)
        for (p, range) in ranges {
            for row in range { rows.append(parts[p].rows.baseAddress! + row * d) }
        }
        let cosines = VectorIndex.scores(ofScattered: rows, question: question)
        var first = 0
        return zip(places, ranges).map { place, found in
            let (part, own) = (parts[found.part], place - firstPlaces[found.part])
            defer { first += found.rows.count }
            return DenseScores.Entry(
                document: part.documents[own], cosines: cosines[first..<first + found.rows.count],
                ids: UnsafeBufferPointer(rebasing: part.ids[found.rows]), norm: part.norms[own])
        }
    }

    /// Documents at even distances: what their scores are stands for what all are.
    func sample() -> BackgroundSample {
        let wanted = min(documentCount, RetrievalDefaults.backgroundDocuments)
        var sample = BackgroundSample(documents: documentCount)
        for place in (0..<wanted).map({ $0 * documentCount / wanted }) {
            let (p, rows) = range(place)
            let (part, d) = (parts[p], file.dimension)
            let own = place - firstPlaces[p]
            guard file.isLive(part.documents[own], part: p) else { continue }
            sample.entries.append((part.documents[own], Array(part.ids[rows]), part.norms[own]))
            sample.rows += part.rows[rows.lowerBound * d..<rows.upperBound * d]
        }
        return sample
    }
}

/// Some documents' vectors side by side, kept for all questions of one state of the base: read where they lie they would cost as much
/// as the lists that are searched.
struct BackgroundSample: Sendable {
    /// Of all.
    var documents: Int
    var entries: [(document: Int64, ids: [Int64], norm: Float)] = []
    /// The rows of these documents' passages.
    var rows: [Float] = []

    /// Their dense scores, for the mean and the spread of all.
    func background(_ question: [Float]) -> DenseBackground {
        let cosines = rows.withUnsafeBufferPointer { VectorIndex.scores(of: $0, question: question) }
        var first = 0
        return DenseBackground(
            documents: documents,
            scores: entries.map { entry in
                defer { first += entry.ids.count }
                return Fusion.score(
                    DenseScores.Entry(
                        document: entry.document, cosines: cosines[first..<first + entry.ids.count],
                        ids: entry.ids, norm: entry.norm))
            })
    }
}

/// A sample of the dense leg's scores where not all documents are scored.
struct DenseBackground: Sendable {
    var documents: Int
    var scores: [Double]
}
