import FoundationEssentials
import GRDB
import GRDBSQLite

/// What a process wants of a knowledge base.
public enum Access: Sendable {
    case read, write
}

/// The database of one knowledge base: all SQL lives in this folder.
///
/// One writer, many readers (WAL): a reader sees the state at the start of its snapshot, old or new, never half.
/// Times are INTEGER unix milliseconds UTC. Vectors are little-endian float32 BLOBs and the truth of them.
final class Store: Sendable {
    let pool: any DatabaseWriter
    let path: String
    let access: Access

    /// Opens the database and brings its schema up to date; creates it when `access` is `.write`.
    ///
    /// A reader leaves no byte behind: it makes no write-ahead log and needs no leave to write. It cannot bring an older
    /// schema up to date, so then it opens like a writer.
    convenience init(path: String, access: Access) throws {
        do {
            try self.init(opening: path, access: access)
        } catch Unready.olderSchema {
            try self.init(opening: path, access: .write)
        }
    }

    private enum Unready: Error { case olderSchema }

    private init(opening path: String, access: Access) throws {
        self.path = path
        self.access = access
        var configuration = Configuration()
        configuration.readonly = access == .read
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { db in
            // mmap saves a copy per page read; 64 MB of page cache keeps a mid-size FTS5 index warm.
            try db.execute(
                sql: """
                    PRAGMA synchronous = NORMAL;
                    PRAGMA mmap_size = 1073741824;
                    PRAGMA cache_size = -65536;
                    PRAGMA temp_store = MEMORY;
                    """)
            try LexicalSearch.register(db)
            if access == .write { Self.keepWriteAheadLog(db) }
        }
        do {
            pool = try Self.pool(path, configuration)
            let migrator = Schema.migrator
            let applied = try pool.read { try migrator.appliedIdentifiers($0) }
            if !applied.isSubset(of: migrator.migrations) { throw KnowledgeBaseError.newerSchema(path: path) }
            if applied.count < migrator.migrations.count {
                guard access == .write else { throw Unready.olderSchema }
                try Self.migrate(pool, by: migrator)
            }
        } catch let error as DatabaseError
            where error.resultCode == .SQLITE_NOTADB || error.resultCode == .SQLITE_CORRUPT
        {
            throw KnowledgeBaseError.damaged(path: path, reason: error.message ?? "SQLite error \(error.resultCode)")
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN {
            throw KnowledgeBaseError.unreadable(path: path, reason: "SQLite cannot open it")
        }
    }

    /// Another process may open the base at the same moment and be first: then its steps are there, and nothing is left to do.
    private static func migrate(_ pool: any DatabaseWriter, by migrator: DatabaseMigrator) throws {
        func applied() throws -> Int { try pool.read { try migrator.appliedIdentifiers($0).count } }
        var known = try applied()
        while true {
            do {
                return try migrator.migrate(pool)
            } catch {
                let now = try applied()
                guard now > known else { throw error }
                known = now
            }
        }
    }

    /// A reader is one connection, which asks one thing at a time: each has a cache and reads the schema for itself.
    ///
    /// A reader of a folder it may not write to finds no write-ahead log where nobody has one open; then nobody writes.
    private static func pool(_ path: String, _ configuration: Configuration) throws -> any DatabaseWriter {
        guard configuration.readonly else { return try DatabasePool(path: path, configuration: configuration) }
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            _ = try queue.read { try Int.fetchOne($0, sql: "PRAGMA schema_version") }
            return queue
        } catch let error as DatabaseError
            where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
        {
            let escaped = path.utf8.map { byte in
                switch byte {
                case UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "%"): "%" + SHA256.hex([byte])
                default: String(UnicodeScalar(byte))
                }
            }.joined()
            return try DatabaseQueue(path: "file:\(escaped)?immutable=1", configuration: configuration)
        }
    }

    /// Leaves the log's file in place when the last connection closes: making and removing it costs every process
    /// four synchronous writes, and a reader without leave to write needs it there.
    private static func keepWriteAheadLog(_ db: Database) {
        var on: CInt = 1
        sqlite3_file_control(db.sqliteConnection, nil, SQLITE_FCNTL_PERSIST_WAL, &on)
    }

    // MARK: - Meta

    static let fingerprintKey = "encoder.fingerprint"
    static let generationKey = "generation"

    func meta(_ key: String) throws -> String? {
        try pool.read { db in try Self.meta(key, db) }
    }

    /// Names the encoder that the vectors are made with.
    func setFingerprint(_ fingerprint: String) throws {
        try pool.write { try Self.setMeta(Self.fingerprintKey, fingerprint, $0) }
    }

    func generation() throws -> Int64 {
        try pool.read { try Self.generation($0) }
    }

    static func meta(_ key: String, _ db: Database) throws -> String? {
        try String.fetchOne(db.cachedStatement(sql: "SELECT value FROM meta WHERE key = ?"), arguments: [key])
    }

    static func setMeta(_ key: String, _ value: String, _ db: Database) throws {
        try db.cachedStatement(sql: "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)")
            .execute(arguments: [key, value])
    }

    /// A number that grows with every change to the searchable content.
    static func generation(_ db: Database) throws -> Int64 {
        try meta(generationKey, db).flatMap(Int64.init) ?? 0
    }

    static func bumpGeneration(_ db: Database) throws {
        try setMeta(generationKey, String(generation(db) + 1), db)
    }

    /// Folds the write-ahead log into the database file; readers may still be at work, then it does what it can.
    func checkpoint() throws {
        try pool.writeWithoutTransaction { db in
            // Without the limit the statistics of a million rows would be taken whole.
            try db.execute(sql: "PRAGMA analysis_limit = 400; PRAGMA optimize")
            _ = try? db.checkpoint(.truncate)
        }
    }
}

extension Date {
    /// Unix milliseconds UTC, as the database stores times.
    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }

    /// Days from here to a later moment; 0 when it is earlier.
    func days(until moment: Date) -> Double { max(0, moment.timeIntervalSince(self) / 86_400) }

    init(milliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
    }
}

extension Store {
    private static let pseudonymKey = "pseudonym.secret"

    /// The pseudonyms of a base that has given out some.
    func knownPseudonyms() throws -> Pseudonyms? {
        try meta(Self.pseudonymKey).map { Pseudonyms(secret: Array($0.utf8)) }
    }

    /// The base's own secret, drawn at its first use.
    func pseudonyms() throws -> Pseudonyms {
        if let hex = try meta(Self.pseudonymKey) { return Pseudonyms(secret: Array(hex.utf8)) }
        return try pool.write { db in
            if let hex = try Self.meta(Self.pseudonymKey, db) { return Pseudonyms(secret: Array(hex.utf8)) }
            var random = SystemRandomNumberGenerator()
            let hex = SHA256.hex((0..<32).map { _ in UInt8.random(in: 0...255, using: &random) })
            try Self.setMeta(Self.pseudonymKey, hex, db)
            return Pseudonyms(secret: Array(hex.utf8))
        }
    }
}
