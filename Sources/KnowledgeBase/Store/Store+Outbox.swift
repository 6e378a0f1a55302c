import FoundationEssentials
import GRDB

/// Something that goes out: to the customer, a person, the lead. An adapter sends it; here it is a row and a file.
public struct OutboxItem: Sendable, Equatable {
    var rowID: Int64 = 0
    /// Same effect, same key: an adapter that saw it sends nothing.
    public var key: String
    public var caseID: String?
    public var kind: String
    public var recipient: String
    /// Where a customer is reached: the address they wrote from, else one of theirs, else the help desk's id of them; nil for colleagues, and where none is known.
    public var address: String?
    public var text: String
    /// JSON object.
    public var body: String
    public var at: Date

    /// For a file: time and a digest of the key.
    public var fileName: String {
        let stamp = at.formatted(.iso8601).filter { !":-".contains($0) }
        return "\(stamp)-\(kind)-\(SHA256.hex(SHA256.digest(Array(key.utf8)).prefix(6))).json"
    }
}

extension Store {
    /// - Returns: false when it is there already.
    @discardableResult
    static func post(_ item: OutboxItem, caseRow: Int64?, _ db: Database) throws -> Bool {
        try db.cachedStatement(
            sql: """
                INSERT INTO outbox (key, case_id, kind, recipient, text, body, at) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (key) DO NOTHING
                """
        ).execute(arguments: [item.key, caseRow, item.kind, item.recipient, item.text, item.body, item.at.milliseconds])
        return db.changesCount > 0
    }

    private static let outboxRows = """
        SELECT o.id, o.key, c.key, o.kind, o.recipient, o.text, o.body, o.at, CASE WHEN o.recipient = 'customer' THEN coalesce(
          (SELECT f.value FROM fact f WHERE f.layer = 'case' AND f.subject = c.id AND f.key = 'address' ORDER BY f.at LIMIT 1),
          (SELECT i.value FROM identity i WHERE i.customer_id = c.customer_id ORDER BY i.kind = 'email' DESC, i.at, i.value LIMIT 1))
          END FROM outbox o LEFT JOIN ticket_case c ON c.id = o.case_id
        """

    private static func item(_ row: Row) -> OutboxItem {
        OutboxItem(
            rowID: row[0], key: row[1], caseID: row[2], kind: row[3], recipient: row[4], address: row[8], text: row[5],
            body: row[6], at: Date(milliseconds: row[7]))
    }

    /// Of one case, oldest first.
    static func outbox(ofCase id: Int64, _ db: Database) throws -> [OutboxItem] {
        try Row.fetchAll(
            db.cachedStatement(sql: outboxRows + " WHERE o.case_id = ? ORDER BY o.at, o.id"), arguments: [id]
        ).map(item)
    }

    /// All, in the order they were written, one in memory at a time: with their packets they are gigabytes.
    static func eachOutboxItem(_ db: Database, _ body: (OutboxItem) throws -> Void) throws {
        let rows = try Row.fetchCursor(db, sql: outboxRows + " ORDER BY o.id")
        while let row = try rows.next() { try body(item(row)) }
    }

    // MARK: - Timers

    /// Sets the timers of a case to these alone, and one that may stand as it is.
    static func setTimers(
        _ timers: [(kind: String, due: Date)], ofCase id: Int64, keeping kept: String, _ db: Database
    ) throws {
        try db.cachedStatement(sql: "DELETE FROM timer WHERE case_id = ? AND kind <> ?").execute(arguments: [id, kept])
        for timer in timers {
            try db.cachedStatement(sql: "INSERT INTO timer (case_id, kind, due_at) VALUES (?, ?, ?)")
                .execute(arguments: [id, timer.kind, timer.due.milliseconds])
        }
    }

    /// The first timer that has run out.
    static func timersDue(at now: Date, _ db: Database) throws -> [(caseID: Int64, kind: String, due: Date)] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT case_id, kind, due_at FROM timer WHERE due_at <= ? ORDER BY due_at, case_id, kind"),
            arguments: [now.milliseconds]
        ).map { ($0[0], $0[1], Date(milliseconds: $0[2])) }
    }
}

extension Store {
    /// Whether a timer still stands as it was read.
    static func isSet(_ kind: String, _ due: Date, ofCase id: Int64, _ db: Database) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(
                sql: "SELECT EXISTS (SELECT 1 FROM timer WHERE case_id = ? AND kind = ? AND due_at = ?)"),
            arguments: [id, kind, due.milliseconds]) ?? false
    }

    /// Who was told of the case as theirs in this episode.
    static func owners(ofCase item: Case, _ db: Database) throws -> [String] {
        try String.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT DISTINCT recipient FROM outbox WHERE case_id = ? AND kind IN ('tell_person', 'review')
                      AND key LIKE ? ESCAPE '\\'
                    """),
            arguments: [
                item.rowID,
                item.id.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
                    + "/\(item.episode)/%",
            ]
        ).compactMap { CaseOwner($0)?.name }
    }
}
