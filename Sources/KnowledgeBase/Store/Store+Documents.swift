import Embedding
import FoundationEssentials
import GRDB

/// A document ready to be written: read, cut into passages, its passages' embedding keys known.
struct PreparedDocument: Sendable {
    var id: String
    var kind: DocumentKind
    var source: SourceDocument
    var contentHash: [UInt8]
    var passages: [Passage]
    /// One a passage.
    var embeddingKeys: [[UInt8]]
    var ticket: SourceTicket?
}

/// A vector ready to be written, with the vectors of the text's sentences.
struct PreparedEmbedding: Sendable {
    var key: [UInt8]
    var vector: [Float]
    /// Packed by `SentenceVectors`; `nil` where nothing is ever quoted (tickets).
    var sentences: [UInt8]?
}

/// What the store knows of a file as it was last read.
struct FileRecord: Sendable {
    var id: Int64
    var path: String
    var size: Int64
    var modifiedNanoseconds: Int64
    var changedNanoseconds: Int64
    var inode: Int64
    var readAt: Int64
    var contentHash: [UInt8]
    var skipped: String?
}

extension Store {
    // MARK: - Sources

    struct SourceRecord: Sendable, Equatable {
        var id: Int64
        var name: String
        var path: String
        var kind: String
        var ingestedAt: Date?
        var documents: Int
    }

    /// - Parameter counts: with the number of documents of each, which reads an entry for each.
    func sources(counts: Bool = true) throws -> [SourceRecord] {
        try pool.read { db in
            try Row.fetchAll(db, sql: "SELECT id, name, path, kind, ingested_at FROM source ORDER BY name").map {
                SourceRecord(
                    id: $0["id"], name: $0["name"], path: $0["path"], kind: $0["kind"],
                    ingestedAt: ($0["ingested_at"] as Int64?).map(Date.init(milliseconds:)),
                    documents: counts ? try Self.documents(ofSource: $0["id"], db) : 0)
            }
        }
    }

    func documents(ofSource id: Int64) throws -> Int { try pool.read { try Self.documents(ofSource: id, $0) } }

    private static func documents(ofSource id: Int64, _ db: Database) throws -> Int {
        try Int.fetchOne(
            db, sql: "SELECT count(*) FROM document d JOIN file f ON f.id = d.file_id WHERE f.source_id = ?",
            arguments: [id]) ?? 0
    }

    func addSource(name: String, path: String, kind: String) throws -> Int64 {
        try pool.write { db in
            try db.execute(
                sql: "INSERT INTO source (name, path, kind) VALUES (?, ?, ?)", arguments: [name, path, kind])
            return db.lastInsertedRowID
        }
    }

    func moveSource(_ id: Int64, to path: String) throws {
        try pool.write { try $0.execute(sql: "UPDATE source SET path = ? WHERE id = ?", arguments: [path, id]) }
    }

    func finishSource(_ id: Int64, at now: Date) throws {
        try pool.write { db in
            try db.execute(
                sql: "UPDATE source SET ingested_at = ? WHERE id = ?", arguments: [now.milliseconds, id])
        }
    }

    /// Removes a source with all its documents; returns how many there were.
    func removeSource(_ id: Int64) throws -> Int {
        try pool.write { db in
            let documents = try Int64.fetchAll(
                db, sql: "SELECT d.id FROM document d JOIN file f ON f.id = d.file_id WHERE f.source_id = ?",
                arguments: [id])
            for document in documents { try Self.removeChunks(of: document, db) }
            try db.execute(sql: "DELETE FROM source WHERE id = ?", arguments: [id])
            try Self.removeUnusedEmbeddings(db)
            try Self.bumpGeneration(db)
            return documents.count
        }
    }

    // MARK: - Files

    func files(ofSource id: Int64) throws -> [String: FileRecord] {
        try pool.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT id, path, size, modified_ns, changed_ns, inode, read_at, content_hash, skipped
                    FROM file WHERE source_id = ?
                    """, arguments: [id])
            var out: [String: FileRecord] = [:]
            while let row = try rows.next() {
                let path: String = row[1]
                out[path] = FileRecord(
                    id: row[0], path: path, size: row[2], modifiedNanoseconds: row[3], changedNanoseconds: row[4],
                    inode: row[5], readAt: row[6], contentHash: Array(row[7] as Data), skipped: row[8])
            }
            return out
        }
    }

    /// Ids and content hashes of a file's documents.
    func documents(ofFile id: Int64) throws -> [String: [UInt8]] {
        try pool.read { db in
            let rows = try Row.fetchCursor(
                db, sql: "SELECT key, content_hash FROM document WHERE file_id = ?", arguments: [id])
            var out: [String: [UInt8]] = [:]
            while let row = try rows.next() { out[row[0]] = Array(row[1] as Data) }
            return out
        }
    }

    /// Records that a file holds nothing to index, and why.
    ///
    /// Documents read from it before stay as they were: a file that went bad never takes its last good text with it.
    func recordSkipped(_ file: FileRecord, source: Int64, reason: String) throws {
        try pool.write { db in
            var record = file
            record.skipped = reason
            _ = try Self.upsert(record, source: source, db)
        }
    }

    /// Refreshes the stat fields of files whose bytes did not change.
    func touch(_ files: [FileRecord], source: Int64) throws {
        guard !files.isEmpty else { return }
        try pool.write { db in for file in files { _ = try Self.upsert(file, source: source, db) } }
    }

    private static func upsert(_ file: FileRecord, source: Int64, _ db: Database) throws -> Int64 {
        try db.cachedStatement(
            sql: """
                INSERT INTO file (source_id, path, size, modified_ns, changed_ns, inode, read_at, content_hash, skipped)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (source_id, path) DO UPDATE SET size = excluded.size, modified_ns = excluded.modified_ns,
                  changed_ns = excluded.changed_ns, inode = excluded.inode, read_at = excluded.read_at,
                  content_hash = excluded.content_hash, skipped = excluded.skipped
                """
        ).execute(arguments: [
            source, file.path, file.size, file.modifiedNanoseconds, file.changedNanoseconds, file.inode,
            file.readAt, Data(file.contentHash), file.skipped,
        ])
        return try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM file WHERE source_id = ? AND path = ?"),
            arguments: [source, file.path])!
    }

    // MARK: - Documents

    /// The ids among `keys` that stand in another file already, with that file's path.
    func owners(of keys: [String], except file: String, source: Int64) throws -> [String: String] {
        try pool.read { db in
            var out: [String: String] = [:]
            for key in keys {
                let row = try Row.fetchOne(
                    db.cachedStatement(
                        sql: """
                            SELECT f.path, f.source_id FROM document d JOIN file f ON f.id = d.file_id WHERE d.key = ?
                            """), arguments: [key])
                guard let row else { continue }
                let path: String = row[0]
                if path != file || row[1] != source { out[key] = path }
            }
            return out
        }
    }

    /// Writes documents of one file in one transaction: rows, chunks, FTS5, vectors, ticket and links.
    ///
    /// `isLast` seals the file: its hash and stat fields become those given, and its documents not in `keep` go.
    /// Until then the file's hash stays blank, so a crash in between makes the next ingest read it again.
    /// `needed` are keys of vectors that stay although no passage uses them now: one written right after this will.
    func write(
        _ documents: [PreparedDocument], embeddings: [PreparedEmbedding], file: FileRecord, source: Int64,
        sourceName: String, keep: Set<String>?, needed: Set<[UInt8]> = [], now: Date
    ) throws {
        try pool.write { db in
            var record = file
            if keep == nil { record.contentHash = [] }
            let fileID = try Self.upsert(record, source: source, db)
            for embedding in embeddings { try Self.insert(embedding, db) }
            var freed: [[UInt8]] = []
            for document in documents {
                freed += try Self.write(document, file: fileID, sourceName: sourceName, now: now, db)
            }
            if let keep {
                let present = try Row.fetchAll(
                    db, sql: "SELECT id, key FROM document WHERE file_id = ?", arguments: [fileID])
                for row in present where !keep.contains(row[1]) {
                    freed += try Self.removeDocument(row[0], db)
                }
            }
            try Self.removeUnused(freed.filter { !needed.contains($0) }, db)
            try Self.bumpGeneration(db)
        }
    }

    /// Removes files of a source with their documents, in one transaction.
    func removeFiles(_ ids: [Int64]) throws {
        guard !ids.isEmpty else { return }
        try pool.write { db in
            var freed: [[UInt8]] = []
            for id in ids {
                for document in try Int64.fetchAll(
                    db, sql: "SELECT id FROM document WHERE file_id = ?", arguments: [id])
                {
                    freed += try Self.removeDocument(document, db)
                }
                try db.execute(sql: "DELETE FROM file WHERE id = ?", arguments: [id])
            }
            try Self.removeUnused(freed, db)
            try Self.bumpGeneration(db)
        }
    }

    private static func write(
        _ document: PreparedDocument, file: Int64, sourceName: String, now: Date, _ db: Database
    ) throws -> [[UInt8]] {
        let source = document.source
        var freed: [[UInt8]] = []
        let old = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM document WHERE key = ?"), arguments: [document.id])
        if let old { freed = try removeChunks(of: old, db) }
        try db.cachedStatement(
            sql: """
                INSERT INTO document (file_id, key, kind, source, path, title, url, summary, topics, aliases, locale,
                  version, audience, updated_at, fields, content_hash, changed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (key) DO UPDATE SET file_id = excluded.file_id, kind = excluded.kind,
                  title = excluded.title, url = excluded.url, summary = excluded.summary, topics = excluded.topics,
                  aliases = excluded.aliases, locale = excluded.locale, version = excluded.version,
                  audience = excluded.audience, updated_at = excluded.updated_at, fields = excluded.fields,
                  content_hash = excluded.content_hash, changed_at = excluded.changed_at
                """
        ).execute(arguments: [
            file, document.id, document.kind.rawValue, sourceName, source.path, source.title, source.url,
            source.summary, try JSONText.encode(source.topics), try JSONText.encode(source.aliases), source.locale,
            source.version, source.audience, source.updated?.milliseconds, try JSONText.encode(source.fields),
            Data(document.contentHash), now.milliseconds,
        ])
        let id = old ?? db.lastInsertedRowID
        let insertChunk = try db.cachedStatement(
            sql: """
                INSERT INTO chunk (document_id, kind, ordinal, title, heading, body, headings, line_start, line_end,
                  role, sentences, embedding_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        let insertText = try db.cachedStatement(
            sql: "INSERT INTO \(document.kind.rawValue)_fts (rowid, title, heading, body) VALUES (?, ?, ?, ?)")
        for (ordinal, passage) in document.passages.enumerated() {
            let heading = passage.headings.joined(separator: " › ")
            try insertChunk.execute(arguments: [
                id, document.kind.rawValue, ordinal, source.title, heading, passage.text,
                try JSONText.encode(passage.headings), passage.lines.lowerBound, passage.lines.upperBound,
                passage.role.rawValue, try SentenceText.encode(passage), Data(document.embeddingKeys[ordinal]),
            ])
            try insertText.execute(arguments: [db.lastInsertedRowID, source.title, heading, passage.text])
        }
        let text = "\(document.kind.rawValue)_document_fts"
        try db.cachedStatement(
            sql:
                "INSERT INTO \(text) (rowid, title, body) SELECT id, title, body FROM \(document.kind.rawValue)_text WHERE id = ?"
        ).execute(arguments: [id])
        if let ticket = document.ticket { try write(ticket, document: id, db) }
        return freed
    }

    static func removeDocument(_ id: Int64, _ db: Database) throws -> [[UInt8]] {
        let freed = try removeChunks(of: id, db)
        try db.cachedStatement(sql: "DELETE FROM document WHERE id = ?").execute(arguments: [id])
        return freed
    }

    /// Takes a document's passages out of FTS5 and the chunk table; returns their embedding keys.
    @discardableResult
    private static func removeChunks(of document: Int64, _ db: Database) throws -> [[UInt8]] {
        let keys = try Data.fetchAll(
            db.cachedStatement(sql: "SELECT embedding_key FROM chunk WHERE document_id = ?"), arguments: [document])
        for kind in DocumentKind.allCases {
            let table = "\(kind.rawValue)_fts"
            try db.cachedStatement(
                sql: """
                    INSERT INTO \(table) (\(table), rowid, title, heading, body)
                    SELECT 'delete', id, title, heading, body FROM chunk WHERE document_id = ? AND kind = ?
                    """
            ).execute(arguments: [document, kind.rawValue])
            let whole = "\(kind.rawValue)_document_fts"
            try db.cachedStatement(
                sql: """
                    INSERT INTO \(whole) (\(whole), rowid, title, body)
                    SELECT 'delete', id, title, body FROM \(kind.rawValue)_text WHERE id = ?
                    """
            ).execute(arguments: [document])
        }
        try db.cachedStatement(sql: "DELETE FROM chunk WHERE document_id = ?").execute(arguments: [document])
        return keys.map(Array.init)
    }

    // MARK: - Embeddings

    /// The keys among `keys` that are stored already.
    func storedEmbeddings(_ keys: [[UInt8]]) throws -> Set<[UInt8]> {
        try pool.read { db in
            let statement = try db.cachedStatement(sql: "SELECT 1 FROM embedding WHERE key = ?")
            return try Set(
                keys.filter { try Int.fetchOne(statement, arguments: [Data($0)]) != nil })
        }
    }

    private static func insert(_ embedding: PreparedEmbedding, _ db: Database) throws {
        let vector = embedding.vector.withUnsafeBytes { Data($0) }
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO embedding (key, vector, sentences) VALUES (?, ?, ?)")
            .execute(arguments: [Data(embedding.key), vector, embedding.sentences.map { Data($0) }])
    }

    static func removeUnused(_ keys: [[UInt8]], _ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                DELETE FROM embedding WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM chunk WHERE embedding_key = ?1)
                """)
        for key in keys { try statement.execute(arguments: [Data(key)]) }
    }

    private static func removeUnusedEmbeddings(_ db: Database) throws {
        try db.execute(
            sql: "DELETE FROM embedding WHERE NOT EXISTS (SELECT 1 FROM chunk WHERE embedding_key = embedding.key)")
    }

    // MARK: - Another encoder

    /// What is encoded of one stored passage.
    struct StoredPassage: Sendable {
        var chunk: Int64
        var kind: DocumentKind
        var title: String
        var headings: [String]
        var text: String
        var sentences: [Sentence]
    }

    /// Passages with ids above `after`, by rising id.
    func passages(after: Int64, limit: Int) throws -> [StoredPassage] {
        try pool.read { db in
            try Row.fetchAll(
                db,
                sql: "SELECT id, kind, title, headings, body, sentences FROM chunk WHERE id > ? ORDER BY id LIMIT ?",
                arguments: [after, limit]
            ).map { row in
                let text: String = row[4]
                return StoredPassage(
                    chunk: row[0], kind: DocumentKind(rawValue: row[1]) ?? .article, title: row[2],
                    headings: try JSONText.strings(row[3]), text: text,
                    sentences: try SentenceText.decode(row[5], text: text))
            }
        }
    }

    func add(_ embeddings: [PreparedEmbedding]) throws {
        try pool.write { db in for embedding in embeddings { try Self.insert(embedding, db) } }
    }

    /// Points every passage at its vector of the new encoder and drops the old vectors, in one transaction.
    func switchEncoder(to fingerprint: String, keys: [(chunk: Int64, key: [UInt8])]) throws {
        try pool.write { db in
            let statement = try db.cachedStatement(sql: "UPDATE chunk SET embedding_key = ? WHERE id = ?")
            for (chunk, key) in keys { try statement.execute(arguments: [Data(key), chunk]) }
            try Self.removeUnusedEmbeddings(db)
            try Self.setMeta(Self.fingerprintKey, fingerprint, db)
            try Self.bumpGeneration(db)
        }
    }
}

/// Small JSON columns.
enum JSONText {
    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func decode<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }

    /// Without a `Decodable` between, for what every question reads: the decoder's set-up costs a cold start more than reading.
    static func value(_ text: String) throws -> JSONValue {
        var text = text
        return try text.withUTF8 { try JSONParser.value($0) }
    }

    static func strings(_ text: String) throws -> [String] {
        let values = try value(text).array ?? []
        return values.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }
}
