import GRDB

extension Store {
    private static let removedSinceKey = "removed.since"

    /// Documents whose passages went after `generation`; `nil` where that is not known any more.
    static func removedDocuments(since generation: Int64, _ db: Database) throws -> [Int64]? {
        guard let since = try meta(removedSinceKey, db).flatMap(Int64.init), generation >= since else { return nil }
        return try Int64.fetchAll(
            db, sql: "SELECT DISTINCT document_id FROM removed_document WHERE generation >= ?", arguments: [generation])
    }

    /// Forgets what was removed before a generation that the vectors file has.
    func forgetRemoved(before generation: Int64) throws {
        try pool.write { db in
            try db.execute(sql: "DELETE FROM removed_document WHERE generation < ?", arguments: [generation])
            try Self.setMeta(Self.removedSinceKey, String(generation), db)
        }
    }

    /// How many articles there are. Cost: one row.
    static func articleCount(_ db: Database) throws -> Int { try rowCount("article_document_fts", db) }
}
