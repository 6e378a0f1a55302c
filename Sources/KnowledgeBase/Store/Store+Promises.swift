import FoundationEssentials
import GRDB

/// A promise of the team's to a customer.
public struct CasePromise: Sendable, Equatable {
    var rowID: Int64 = 0
    public var caseID: String
    public var text: String
    public var by: String
    public var madeAt: Date
    public var dueAt: Date?
    public var keptAt: Date?

    /// `kept`, `open`, `broken`.
    public func state(at now: Date) -> String {
        keptAt != nil ? "kept" : dueAt.map { $0 < now } == true ? "broken" : "open"
    }
}

extension Store {
    static func add(
        _ promise: FoundPromise, by name: String, message: CaseMessage, to item: Int64, _ db: Database
    ) throws {
        try db.cachedStatement(
            sql: "INSERT INTO promise (case_id, message_id, text, by, made_at, due_at) VALUES (?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            item, message.rowID, promise.text, name, message.at.milliseconds, promise.dueAt?.milliseconds,
        ])
    }

    /// Promises of some cases, oldest first.
    static func promises(of cases: [Int64], _ db: Database) throws -> [CasePromise] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT p.id, c.key, p.text, p.by, p.made_at, p.due_at, p.kept_at FROM promise p
                JOIN ticket_case c ON c.id = p.case_id WHERE p.case_id = ?
                """)
        let rows = try cases.flatMap { try Row.fetchAll(statement, arguments: [$0]) }
            .sorted { ($0[4] as Int64, $0[0] as Int64) < ($1[4] as Int64, $1[0] as Int64) }
        return rows.map { row in
            CasePromise(
                rowID: row[0], caseID: row[1], text: row[2], by: row[3], madeAt: Date(milliseconds: row[4]),
                dueAt: (row[5] as Int64?).map(Date.init(milliseconds:)),
                keptAt: (row[6] as Int64?).map(Date.init(milliseconds:)))
        }
    }
}
