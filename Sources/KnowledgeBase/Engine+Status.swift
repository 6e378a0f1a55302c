import Embedding
import FoundationEssentials
import GRDB
import Synchronization

/// What is in a knowledge base.
public struct Status: Sendable {
    public var folder: String
    public var articles: Int
    public var tickets: Int
    public var passages: Int
    public var links: Int
    public var questions: Int
    public var databaseBytes: Int
    public var vectorBytes: Int
    public var fingerprint: String?
    public var lastIngest: Date?
    /// Files whose documents were not finished when an ingest was stopped.
    public var unfinishedFiles: Int
}

/// One line of `kb doctor`.
public struct Check: Sendable {
    public var name: String
    public var passed: Bool
    public var detail: String
    /// The command that mends it, when it failed.
    public var next: String?

    /// The one check of a base that cannot be opened.
    public static func damaged(database: String, reason: String) -> Check {
        Check(
            name: "database", passed: false, detail: "damaged: \(reason)",
            next: "kb restore FILE (a backup); without one remove \(database) and kb ingest your folders again")
    }
}

extension Engine {
    /// Whether an ingest runs now, of this or another process.
    public var isIngesting: Bool { IngestLock.isHeld(path: location.lock) }

    public func status() throws -> Status {
        func size(_ path: String) -> Int {
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            return (attributes?[.size] as? UInt64).map(Int.init) ?? (attributes?[.size] as? Int) ?? 0
        }
        let databaseBytes = size(location.database) + size(location.database + "-wal")
        let vectorBytes = [location.vectors, location.vectorTail, location.lists].reduce(0) { $0 + size($1) }
        return try store.pool.read { db in
            func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }
            return Status(
                folder: location.state,
                articles: try count("SELECT count(*) FROM document WHERE kind = 'article'"),
                tickets: try count("SELECT count(*) FROM document WHERE kind = 'ticket'"),
                passages: try count("SELECT count(*) FROM chunk"),
                links: try count("SELECT count(*) FROM link WHERE article_id IS NOT NULL"),
                questions: try count("SELECT count(*) FROM question"),
                databaseBytes: databaseBytes, vectorBytes: vectorBytes,
                fingerprint: try Store.meta(Store.fingerprintKey, db),
                lastIngest: try Int64.fetchOne(db, sql: "SELECT max(ingested_at) FROM source")
                    .map(Date.init(milliseconds:)),
                unfinishedFiles: try count(
                    "SELECT count(*) FROM file WHERE length(content_hash) = 0 AND skipped IS NULL"))
        }
    }

    /// Looks whether everything fits together; with `repair` mends what is derived (FTS5, the vectors file) first.
    public func doctor(repair: Bool) throws -> [Check] {
        let database = store.databaseCheck()
        guard database.passed else { return [database] }
        if repair {
            try store.rebuildTextIndex()
            if try store.meta(Store.fingerprintKey) != nil {
                for path in [location.lists, location.lengths, location.documentLengths] {
                    try? FileManager.default.removeItem(atPath: path)
                }
                try refreshVectors(anew: true)
                try refreshLearning(dimension: try encoder().dimension)
            }
        }
        var checks = try [database] + store.integrityChecks()
        let status = try status()
        checks.append(
            Check(
                name: "ingest", passed: status.unfinishedFiles == 0,
                detail: status.unfinishedFiles == 0
                    ? "every file was finished"
                    : "\(status.unfinishedFiles) file\(status.unfinishedFiles == 1 ? " was" : "s were") cut off while being read",
                next: "kb ingest"))
        let unfinished = try store.sources(counts: false).filter { $0.ingestedAt == nil }
        for source in unfinished {
            checks.append(
                Check(
                    name: "source \(source.name)", passed: false, detail: "its first ingest was cut off",
                    next: "kb ingest"))
        }
        for source in try store.sources(counts: false) where !FileManager.default.fileExists(atPath: source.path) {
            checks.append(
                Check(
                    name: "source \(source.name)", passed: false, detail: "\(source.path) does not exist",
                    next: "kb sources mv \(source.name) PATH, or kb sources rm \(source.name)"))
        }
        checks += encoderChecks(isCutOff: status.unfinishedFiles > 0 || !unfinished.isEmpty)
        return checks
    }

    private func encoderChecks(isCutOff: Bool) -> [Check] {
        var checks: [Check] = []
        let encoder: TransformerEncoder
        do {
            encoder = try self.encoder()
        } catch {
            return [Check(name: "encoder", passed: false, detail: String(describing: error), next: "kb model verify")]
        }
        do {
            guard let indexed = try store.meta(Store.fingerprintKey) else {
                return [Check(name: "encoder", passed: true, detail: "nothing encoded yet", next: nil)]
            }
            checks.append(
                Check(
                    name: "encoder", passed: indexed == encoder.fingerprint,
                    detail: indexed == encoder.fingerprint
                        ? "the one the vectors were made with"
                        : "indexed with \(indexed), in use is \(encoder.fingerprint)",
                    next: "kb ingest --reencode"))
            guard indexed == encoder.fingerprint else { return checks }
            let bad = try store.vectorsNotUnit()
            checks.append(
                Check(
                    name: "stored vectors", passed: bad == 0,
                    detail: bad == 0 ? "each of length 1" : "\(bad) are not of length 1",
                    next: "kb restore FILE (a backup); without one remove \(location.database) and kb ingest again"))
            checks.append(try sampleCheck(encoder))
            let generation = try store.generation()
            let file = VectorFile(path: location.vectors, fingerprint: encoder.fingerprint)
            // A lagging file is right for what it holds and readers add the rest; a wrong row is a fault.
            let isWhole = file?.isWhole ?? true
            let (wrong, sampled) = try file.map { try store.wrongRows($0, sample: 200) } ?? (0, 0)
            checks.append(
                Check(
                    name: "vectors file", passed: file?.generation == generation && wrong == 0 && isWhole,
                    detail: file == nil
                        ? "missing or of another encoder"
                        : !isWhole
                            ? "damaged: its checksum differs"
                            : wrong > 0
                                ? "\(wrong) of \(sampled) sampled rows differ from the database"
                                : file!.generation == generation
                                    ? "agrees with the database" : "lags behind the database",
                    // An ingest that was cut off brings the file up to date when it is finished.
                    next: wrong == 0 && isWhole && isCutOff ? "kb ingest" : "kb doctor --repair"))
            if let file, let check = listsCheck(file, fingerprint: encoder.fingerprint, isCutOff: isCutOff) {
                checks.append(check)
            }
        } catch {
            checks.append(Check(name: "vectors", passed: false, detail: String(describing: error), next: "kb ingest"))
        }
        return checks
    }

    /// Encodes up to eight stored passages again and compares.
    private func sampleCheck(_ encoder: TransformerEncoder) throws -> Check {
        let last = try store.pool.read { try Int64.fetchOne($0, sql: "SELECT max(id) FROM chunk") ?? 0 }
        var worst: Float = 1
        var count = 0
        for place in 0..<8 {
            guard let passage = try store.passages(after: last * Int64(place) / 8, limit: 1).first else { continue }
            var batch = EmbeddingBatch(fingerprint: encoder.fingerprint)
            let key = batch.add(
                kind: passage.kind, title: passage.title, headings: passage.headings, text: passage.text,
                sentences: passage.sentences, encoder: encoder)
            guard let fresh = try batch.encode(with: encoder, except: []).first?.vector,
                let stored = try store.vector(ofChunk: passage.chunk)
            else { continue }
            let sameKey = try store.embeddingKey(ofChunk: passage.chunk) == key
            let cosine = sameKey ? zip(fresh, stored).reduce(0) { $0 + $1.0 * $1.1 } : 0
            // `min` would pass over NaN.
            if !(cosine >= worst) { worst = cosine }
            count += 1
        }
        return Check(
            name: "vectors", passed: worst > 0.9999,
            detail: "\(count) passages encoded again, smallest cosine \(worst)", next: "kb ingest --reencode")
    }

    // MARK: - Backup

    /// A consistent copy of the whole state in one file, while others read and write.
    public func backup(to path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw KnowledgeBaseError.invalidArgument("\(path) exists already. Name a new file, or remove it first.")
        }
        let temporary = path + ".partial"
        try? FileManager.default.removeItem(atPath: temporary)
        do {
            let copy = try DatabaseQueue(path: temporary)
            try store.pool.backup(to: copy)
            try copy.close()
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: temporary)
            try FileManager.default.moveItem(atPath: temporary, toPath: path)
        } catch {
            try? FileManager.default.removeItem(atPath: temporary)
            throw KnowledgeBaseError.unwritable(path: path)
        }
    }

    /// Replaces the state by that of a backup, in one transaction; the backup is checked first.
    public func restore(from path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw KnowledgeBaseError.unreadable(path: path, reason: "no such file or folder")
        }
        let lock = try IngestLock(path: location.lock)
        defer { lock.release() }
        do {
            var configuration = GRDB.Configuration()
            configuration.readonly = true
            let copy = try DatabaseQueue(path: path, configuration: configuration)
            try copy.read { db in
                guard try db.tableExists("chunk"), try db.tableExists("meta") else {
                    throw KnowledgeBaseError.invalidArgument(
                        "\(path) is not a backup of a knowledge base. Name a file that kb backup wrote.")
                }
                if try Schema.migrator.hasBeenSuperseded(db) { throw KnowledgeBaseError.newerSchema(path: path) }
                guard try String.fetchOne(db, sql: "PRAGMA quick_check(1)") == "ok" else {
                    throw KnowledgeBaseError.invalidArgument("\(path) is damaged. Name another backup.")
                }
            }
            try copy.backup(to: store.pool)
        } catch let error as DatabaseError {
            throw KnowledgeBaseError.invalidArgument(
                "\(path) is not a backup of a knowledge base (\(error.message ?? "SQLite error")). "
                    + "Name a file that kb backup wrote.")
        }
        try Schema.migrator.migrate(store.pool)
        for path in [
            location.vectors, location.vectorTail, location.lists, location.lengths, location.documentLengths,
        ] {
            try? FileManager.default.removeItem(atPath: path)
        }
        vectorCache.withLock { $0 = nil }
        // Without the encoder at hand the first question makes the file.
        if (try? matchingEncoder()) != nil { try? refreshVectors(anew: true) }
    }
}
