import Embedding
import FoundationEssentials
import GRDB

/// The vectors of one kind of document as one reader's snapshot of the database sees them.
struct VectorSnapshot: Sendable {
    private let file: VectorFile?
    private let kind: DocumentKind
    /// Passages that came after the file was written.
    private let recentIDs: [Int64]
    private let recentRows: [Float]
    private let recentPlaces: [UInt32]
    private let recentSums: DocumentSums
    /// Documents of the file whose passages are gone or replaced.
    private let stale: Set<Int64>

    /// Reads what the file lacks from the database. Cost: nothing when the file is of this generation.
    init(file: VectorFile?, kind: DocumentKind, dimension: Int, _ db: Database) throws {
        self.file = file
        self.kind = kind
        var sums = DocumentSums(dimension: dimension)
        var (ids, rows, places): ([Int64], [Float], [UInt32]) = ([], [], [])
        var gone: Set<Int64> = []
        if try file == nil || file!.generation != Store.generation(db) {
            let last = file?.lastID(kind) ?? 0
            let cursor = try Row.fetchCursor(
                db,
                sql: """
                    SELECT c.id, c.document_id, e.vector FROM chunk c JOIN embedding e ON e.key = c.embedding_key
                    WHERE c.id > ? AND c.kind = ? ORDER BY c.id
                    """, arguments: [last, kind.rawValue])
            while let row = try cursor.next() {
                try row.withUnsafeData(atIndex: 2) { data in
                    guard let data, data.count == dimension * 4 else { return }
                    ids.append(row[0])
                    data.withUnsafeBytes {
                        places.append(UInt32(sums.add(row[1], $0)))
                        rows.append(contentsOf: $0.bindMemory(to: Float.self))
                    }
                }
            }
            if let file, last > 0 { gone = try Self.gone(file, kind: kind, last: last, db) }
        }
        (recentIDs, recentRows, recentPlaces, recentSums, stale) = (ids, rows, places, sums, gone)
    }

    /// Documents of a lagging file whose passages in it are no longer theirs.
    private static func gone(_ file: VectorFile, kind: DocumentKind, last: Int64, _ db: Database) throws -> Set<Int64> {
        if let removed = try Store.removedDocuments(since: file.generation, db) { return Set(removed) }
        // A document's passages are replaced all at once, so it is whole in the file or not in it at all.
        var gone = file.parts(kind).reduce(into: Set<Int64>()) { $0.formUnion($1.documents) }
        let present = try Int64.fetchCursor(
            db, sql: "SELECT DISTINCT document_id FROM chunk WHERE kind = ? AND id <= ?",
            arguments: [kind.rawValue, last])
        while let id = try present.next() { gone.remove(id) }
        return gone
    }

    /// As `scores`; `nil` when the file's places do not fit its documents, as only damage can make them.
    func checkedScores(_ question: [Float]) -> DenseScores? {
        for part in file?.parts(kind) ?? [] {
            let count = UInt32(part.documents.count)
            guard part.places.allSatisfy({ $0 < count }) else { return nil }
        }
        return scores(question)
    }

    /// Cosine of a unit vector with every living passage, gathered by document.
    func scores(_ question: [Float]) -> DenseScores {
        var scores = DenseScores()
        if let file {
            for (index, part) in file.parts(kind).enumerated() where !part.ids.isEmpty {
                scores.add(
                    cosines: VectorIndex.scores(of: part.rows, question: question), ids: part.ids, places: part.places,
                    documents: part.documents, norms: part.norms
                ) { file.isLive($0, part: index) && !stale.contains($0) }
            }
        }
        if !recentIDs.isEmpty {
            let cosines = recentRows.withUnsafeBufferPointer { VectorIndex.scores(of: $0, question: question) }
            scores.add(
                cosines: cosines, ids: recentIDs, places: recentPlaces, documents: recentSums.documents,
                norms: recentSums.norms, isLive: { _ in true })
        }
        return scores
    }
}

/// What the dense leg found, one entry a document.
struct DenseScores: Sendable {
    struct Entry: Sendable {
        var document: Int64
        /// Cosine of the best passage and of the second best; the same where there is one.
        var best: Float = -1
        var second: Float = -1
        /// Cosine with the document's centroid.
        var centroid: Float = 0
        /// The best passage.
        var chunk: Int64 = 0
        fileprivate var passages = 0

        /// Only damage to the vectors makes this. True for NaN as well.
        var isSuspect: Bool { !(abs(best) <= 1.001) || best == 0 }

        init(document: Int64) { self.document = document }

        /// Of all passages of one document.
        init(
            document: Int64, cosines: some RandomAccessCollection<Float>, ids: some RandomAccessCollection<Int64>,
            norm: Float
        ) {
            self.document = document
            for (cosine, id) in zip(cosines, ids) {
                centroid += cosine
                passages += 1
                if cosine > best {
                    (second, best, chunk) = (best, cosine, id)
                } else if cosine > second {
                    second = cosine
                }
            }
            centroid = norm > 0 ? centroid / norm : 0
            if passages == 1 { second = best }
        }
    }

    private(set) var entries: [Entry] = []
    /// Some cosine is none, or exactly 0: damage to the file may be behind it.
    private(set) var isSuspect = false

    /// Gives a document other best passages, for the question of what the leg would show without one of them.
    mutating func replace(_ document: Int64, best: Float, second: Float) {
        guard let i = entries.firstIndex(where: { $0.document == document }) else { return }
        (entries[i].best, entries[i].second) = (best, second)
    }

    mutating func append(_ entry: Entry) { entries.append(entry) }

    fileprivate mutating func add(
        cosines: [Float], ids: some RandomAccessCollection<Int64>, places: some RandomAccessCollection<UInt32>,
        documents: some RandomAccessCollection<Int64>, norms: some RandomAccessCollection<Float>,
        isLive: (Int64) -> Bool
    ) {
        var block = documents.map { Entry(document: $0) }
        for ((cosine, id), place) in zip(zip(cosines, ids), places) {
            let i = Int(place)
            // False for NaN as well. Costs nothing beside the products, and random or zeroed rows cannot pass it.
            if !(abs(cosine) <= 1.001) || cosine == 0 { isSuspect = true }
            block[i].centroid += cosine
            block[i].passages += 1
            if cosine > block[i].best {
                block[i].second = block[i].best
                block[i].best = cosine
                block[i].chunk = id
            } else if cosine > block[i].second {
                block[i].second = cosine
            }
        }
        // The centroid is the passages' sum scaled to length 1, so its cosine is the sum of theirs over that length.
        for (i, norm) in norms.enumerated() {
            block[i].centroid = norm > 0 ? block[i].centroid / norm : 0
            if block[i].passages == 1 { block[i].second = block[i].best }
        }
        entries += block.lazy.filter { isLive($0.document) }
    }
}
