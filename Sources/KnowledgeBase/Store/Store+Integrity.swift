import FoundationEssentials
import GRDB

extension Store {
    /// Whether the file is whole: its pages, its tables. Where this fails nothing else can be asked.
    func databaseCheck() -> Check {
        do {
            let found = try pool.read { db in
                let missing = try Schema.missingTables(db)
                guard missing.isEmpty else { return missing.map { "the table \($0) is missing" } }
                return try String.fetchAll(db, sql: "PRAGMA quick_check(5)")
            }
            // SQLite ends its lines itself, and the first says enough.
            let lines = found.flatMap { $0.split(separator: "\n") }
            let detail = lines.first { !$0.hasPrefix("***") }.map(String.init) ?? "no answer"
            guard found == ["ok"] else { return Check.damaged(database: path, reason: detail) }
            return Check(name: "database", passed: true, detail: "intact", next: nil)
        } catch {
            let said = (error as? DatabaseError)?.message ?? "it cannot be read"
            return Check.damaged(database: path, reason: said)
        }
    }

    /// What the database can tell of its own health.
    func integrityChecks() throws -> [Check] {
        // FTS5 checks itself by an INSERT: a reader leaves that out.
        try pool.writeWithoutTransaction { db in
            var checks: [Check] = []
            for kind in DocumentKind.allCases where access == .write {
                var detail = "agrees with the passages"
                var passed = true
                do {
                    // Rank 1 compares the index with the text it was made from (sqlite.org/fts5.html#the_integrity_check_command).
                    for table in ["\(kind.rawValue)_fts", "\(kind.rawValue)_document_fts"] {
                        try db.execute(sql: "INSERT INTO \(table) (\(table), rank) VALUES ('integrity-check', 1)")
                    }
                } catch let error as DatabaseError {
                    (passed, detail) = (false, error.message ?? "damaged")
                }
                checks.append(
                    Check(
                        name: "text index (\(kind.rawValue)s)", passed: passed, detail: detail,
                        next: "kb doctor --repair"))
            }
            let missing =
                try Int.fetchOne(
                    db,
                    sql:
                        "SELECT count(*) FROM chunk c WHERE NOT EXISTS (SELECT 1 FROM embedding WHERE key = c.embedding_key)"
                )
                ?? 0
            let orphans =
                try Int.fetchOne(
                    db,
                    sql:
                        "SELECT count(*) FROM embedding e WHERE NOT EXISTS (SELECT 1 FROM chunk WHERE embedding_key = e.key)"
                )
                ?? 0
            checks.append(
                Check(
                    name: "passages", passed: missing == 0,
                    detail: missing == 0
                        ? "each has its vector" + (orphans > 0 ? " (\(orphans) spare ones)" : "")
                        : "\(missing) have no vector", next: "kb ingest --reencode"))
            return checks
        }
    }

    /// Makes the text index anew from the passages.
    func rebuildTextIndex() throws {
        try pool.write { db in
            for kind in DocumentKind.allCases {
                for table in ["\(kind.rawValue)_fts", "\(kind.rawValue)_document_fts"] {
                    try db.execute(sql: "INSERT INTO \(table) (\(table)) VALUES ('rebuild')")
                }
            }
        }
    }

    func vector(ofChunk id: Int64) throws -> [Float]? {
        try pool.read { db in
            try Data.fetchOne(
                db, sql: "SELECT e.vector FROM chunk c JOIN embedding e ON e.key = c.embedding_key WHERE c.id = ?",
                arguments: [id])
        }.map { data in data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) } }
    }

    func embeddingKey(ofChunk id: Int64) throws -> [UInt8]? {
        try pool.read { try Data.fetchOne($0, sql: "SELECT embedding_key FROM chunk WHERE id = ?", arguments: [id]) }
            .map(Array.init)
    }

    /// How many of some sampled rows of the vectors file differ from the database, and how many were looked at.
    func wrongRows(_ file: VectorFile, sample: Int) throws -> (wrong: Int, sampled: Int) {
        var (wrong, sampled) = (0, 0)
        for kind in DocumentKind.allCases {
            let step = max(1, file.count(kind) / max(1, sample / 2))
            var before = 0
            for part in file.parts(kind) {
                defer { before += part.ids.count }
                for i in part.ids.indices where (before + i) % step == 0 {
                    guard let stored = try vector(ofChunk: part.ids[i]) else { continue }
                    sampled += 1
                    // By bits: NaN equals nothing, and two files may hold the same one.
                    let row = part.rows[i * file.dimension..<(i + 1) * file.dimension]
                    if !stored.lazy.map(\.bitPattern).elementsEqual(row.lazy.map(\.bitPattern)) { wrong += 1 }
                }
            }
        }
        return (wrong, sampled)
    }

    /// How many of all stored vectors are not of length 1: NaN from damaged weights, or damage to the file.
    func vectorsNotUnit() throws -> Int {
        try pool.read { db in
            var count = 0
            let rows = try Row.fetchCursor(db, sql: "SELECT vector FROM embedding")
            while let row = try rows.next() {
                let square = try row.withUnsafeData(atIndex: 0) { data -> Float in
                    guard let data else { return 0 }
                    return data.withUnsafeBytes { $0.bindMemory(to: Float.self).reduce(0) { $0 + $1 * $1 } }
                }
                if !(abs(square - 1) < 1e-3) { count += 1 }
            }
            return count
        }
    }
}
