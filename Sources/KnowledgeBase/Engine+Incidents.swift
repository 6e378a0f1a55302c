import Embedding
import FoundationEssentials
import GRDB

/// A burst of alike cases.
public struct Incident: Sendable, Equatable {
    public var id: Int64
    public var title: String
    public var openedAt: Date
    public var announcedAt: Date?
    public var lastAt: Date
    public var cases: [String]
}

extension Engine {
    /// Looks whether a new case is one more of a burst, and announces the burst once, by its fifth case.
    func joinIncident(_ item: Case, _ vector: [Float], _ context: CaseContext, now: Date, _ db: Database) throws {
        let start = now.addingTimeInterval(-CaseDefaults.incidentWindow)
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT id, count, centroid, announced_at, title FROM incident WHERE last_at >= ? ORDER BY id"),
            arguments: [start.milliseconds])
        var best: (row: Row, cosine: Double)?
        for row in rows {
            guard let centroid = Store.vector(row, at: 2, dimension: vector.count) else { continue }
            let cosine = Double(zip(centroid.normalized(), vector).reduce(0) { $0 + $1.0 * $1.1 })
            guard try namesTheSame(item.rowID, ofIncident: row[0], db) else { continue }
            if cosine >= CaseDefaults.incidentCosine, cosine > best?.cosine ?? -1 { best = (row, cosine) }
        }
        if let best, let centroid = Store.vector(best.row, at: 2, dimension: vector.count) {
            let id: Int64 = best.row[0]
            let sum = zip(centroid, vector).map(+)
            try db.cachedStatement(
                sql: "UPDATE incident SET count = count + 1, centroid = ?, last_at = max(last_at, ?) WHERE id = ?"
            ).execute(arguments: [sum.withUnsafeBytes { Data($0) }, now.milliseconds, id])
            try join(item.rowID, id, db)
            return try announce(id, item, context, now: now, db)
        }
        // The first two of a burst open it.
        guard
            let near = context.neighbours.nearest(
                vector, before: now, since: start, without: item.rowID, limit: 1, atLeast: CaseDefaults.incidentCosine
            ).first, let other = try Store.vector(ofCase: near.row, dimension: vector.count, db),
            try Int64.fetchOne(
                db.cachedStatement(sql: "SELECT incident_id FROM ticket_case WHERE id = ?"), arguments: [near.row])
                == nil,
            Self.agree(try Self.named(item.rowID, db), try Self.named(near.row, db))
        else { return }
        let sum = zip(other, vector).map(+)
        try db.cachedStatement(
            sql: "INSERT INTO incident (title, opened_at, last_at, count, centroid) VALUES (?, ?, ?, 2, ?)"
        ).execute(arguments: [
            context.refs.redact(try Self.title(item, db)).text, now.milliseconds, now.milliseconds,
            sum.withUnsafeBytes { Data($0) },
        ])
        let id = db.lastInsertedRowID
        try join(near.row, id, db)
        try join(item.rowID, id, db)
    }

    /// Codes and names in what was asked first: requests alike in all else that name different ones are of different things.
    private static func named(_ row: Int64, _ db: Database) throws -> Set<String> {
        let text = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT c.subject, (SELECT body FROM message m WHERE m.case_id = c.id ORDER BY m.id LIMIT 1)
                    FROM ticket_case c WHERE c.id = ?
                    """), arguments: [row]
        ).map { "\($0[0] as String)\n\($0[1] as String? ?? "")" }
        return Set(Identifiers.named(in: text ?? "").map { $0.lowercased() })
    }

    private static func agree(_ one: Set<String>, _ other: Set<String>) -> Bool {
        one.isEmpty || other.isEmpty || !one.isDisjoint(with: other)
    }

    private func namesTheSame(_ row: Int64, ofIncident incident: Int64, _ db: Database) throws -> Bool {
        let own = try Self.named(row, db)
        guard !own.isEmpty else { return true }
        let members = try Int64.fetchAll(
            db.cachedStatement(sql: "SELECT id FROM ticket_case WHERE incident_id = ? ORDER BY id LIMIT 5"),
            arguments: [incident])
        return try members.allSatisfy { Self.agree(own, try Self.named($0, db)) }
    }

    /// The subject, or where there is none the first words of the request.
    private static func title(_ item: Case, _ db: Database) throws -> String {
        guard item.subject.trimmed.isEmpty else { return item.subject }
        let body = try Store.messages(of: item.rowID, db).first?.body ?? ""
        return TextHygiene.collapsed(String(body.prefix(80)))
    }

    private func join(_ item: Int64, _ incident: Int64, _ db: Database) throws {
        try db.cachedStatement(sql: "UPDATE ticket_case SET incident_id = ? WHERE id = ?").execute(arguments: [
            incident, item,
        ])
    }

    private func announce(_ id: Int64, _ item: Case, _ context: CaseContext, now: Date, _ db: Database) throws {
        guard let incident = try Self.incident(id, db), incident.announcedAt == nil,
            incident.cases.count >= CaseDefaults.incidentCases
        else { return }
        let text =
            "\(incident.cases.count) alike cases within \(CaseText.duration(now.timeIntervalSince(try Self.began(id, db) ?? incident.openedAt) / 3600)): "
            + "\"\(incident.title)\". Cases: \(incident.cases.joined(separator: ", "))."
        try Store.post(
            OutboxItem(
                key: "incident/\(id)", caseID: nil, kind: "incident", recipient: "person:" + context.desk.lead,
                text: text,
                body: try JSONRecord.text(["cases": incident.cases]), at: now), caseRow: nil, db)
        try db.execute(sql: "UPDATE incident SET announced_at = ? WHERE id = ?", arguments: [now.milliseconds, id])
        try Store.journal(
            "incident", ref: context.refs.reference("incident \(id)"), actor: "kb",
            payload: JSONRecord.text(["cases": incident.cases]), caseID: item.rowID, at: now, db)
    }

    /// When the first of its cases was.
    private static func began(_ id: Int64, _ db: Database) throws -> Date? {
        try Int64.fetchOne(
            db, sql: "SELECT min(created_at) FROM ticket_case WHERE incident_id = ?", arguments: [id]
        ).map(Date.init(milliseconds:))
    }

    static func incident(_ id: Int64, _ db: Database) throws -> Incident? {
        guard
            let row = try Row.fetchOne(
                db, sql: "SELECT title, opened_at, announced_at, last_at FROM incident WHERE id = ?", arguments: [id])
        else { return nil }
        return Incident(
            id: id, title: row[0], openedAt: Date(milliseconds: row[1]),
            announcedAt: (row[2] as Int64?).map(Date.init(milliseconds:)), lastAt: Date(milliseconds: row[3]),
            cases: try String.fetchAll(
                db, sql: "SELECT key FROM ticket_case WHERE incident_id = ? ORDER BY created_at, id", arguments: [id]))
    }

    /// Bursts that were announced, newest first.
    public func incidents() throws -> [Incident] {
        try store.pool.read { db in
            try Int64.fetchAll(db, sql: "SELECT id FROM incident WHERE announced_at IS NOT NULL ORDER BY id DESC")
                .compactMap { try Self.incident($0, db) }
        }
    }
}
