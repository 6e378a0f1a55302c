import GRDB

extension KnowledgeBaseError {
    /// What a failure of SQLite means to whoever runs kb, in one sentence; other errors as they are.
    ///
    /// SQL and bound values never appear: the first says nothing to the reader, the second may be private.
    public static func explained(_ error: any Error, database: String) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        let said = error.message ?? "SQLite error \(error.resultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return KnowledgeBaseError.damaged(path: database, reason: said)
        case .SQLITE_ERROR where damageSigns.contains(where: said.contains):
            return KnowledgeBaseError.damaged(path: database, reason: said)
        case .SQLITE_FULL:
            return KnowledgeBaseError.database(
                path: database, reason: "the disk is full. Make room and run the command again; what was done is kept.")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return KnowledgeBaseError.ingestRunning(path: database)
        case .SQLITE_READONLY, .SQLITE_PERM:
            return KnowledgeBaseError.database(
                path: database,
                reason: "you may not write to it. Ask its owner, or work on a copy: kb restore FILE --kb DIR.")
        case .SQLITE_CANTOPEN:
            return KnowledgeBaseError.database(
                path: database, reason: "it cannot be opened. Look at who owns the folder.")
        case .SQLITE_IOERR:
            return KnowledgeBaseError.database(
                path: database, reason: "the disk failed to read or write (\(said)). Look at the disk, then: kb doctor."
            )
        default:
            return KnowledgeBaseError.database(
                path: database, reason: "the database refused a command (\(said)). See what is wrong: kb doctor.")
        }
    }

    /// What SQLite says of a file whose pages are whole but whose tables are not.
    private static let damageSigns = ["no such table", "no such column", "vtable constructor failed", "malformed"]
}

extension Schema {
    /// What every base of this version holds.
    static let tables = [
        "meta", "source", "file", "document", "chunk", "embedding", "article_fts", "ticket_fts", "article_document_fts",
        "ticket_document_fts", "ticket", "comment", "link", "question", "mark", "calibration",
    ]

    /// The tables that are missing.
    static func missingTables(_ db: Database) throws -> [String] {
        let present = try Set(String.fetchAll(db, sql: "SELECT name FROM sqlite_master"))
        return tables.filter { !present.contains($0) }
    }
}
