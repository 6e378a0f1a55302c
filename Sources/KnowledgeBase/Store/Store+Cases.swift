import FoundationEssentials
import GRDB

extension Store {
    private static let caseColumns = """
        id, key, channel, subject, state, owner, episode, created_at, updated_at, customer_id, verified, tags, fields,
        nudges, asked_question, asked_confirmation, first_response_at, resolved_at, witness, due_at, triage, decision
        """

    static func readCase(_ row: Row) throws -> Case {
        var item = Case(
            id: row["key"], channel: row["channel"], subject: row["subject"],
            createdAt: Date(milliseconds: row["created_at"]))
        item.rowID = row["id"]
        guard let state = CaseState(rawValue: row["state"]) else {
            throw KnowledgeBaseError.invalidArgument(
                "The case \(item.id) is in the state '\(row["state"] as String)', which this kb does not know. Update kb."
            )
        }
        // An owner without a name is nobody's doing any more; the queue and `kb ticket assign` must go on.
        let owner = CaseOwner(row["owner"]) ?? .team("nobody")
        (item.state, item.owner, item.episode) = (state, owner, row["episode"])
        item.updatedAt = Date(milliseconds: row["updated_at"])
        (item.customer, item.isVerified) = (row["customer_id"], row["verified"])
        item.tags = try JSONText.decode([String].self, row["tags"])
        item.fields = try JSONText.decode([String: String].self, row["fields"])
        (item.nudges, item.askedQuestion, item.askedConfirmation) = (
            row["nudges"], row["asked_question"], row["asked_confirmation"]
        )
        item.firstResponseAt = (row["first_response_at"] as Int64?).map(Date.init(milliseconds:))
        item.resolvedAt = (row["resolved_at"] as Int64?).map(Date.init(milliseconds:))
        item.witness = row["witness"]
        item.dueAt = (row["due_at"] as Int64?).map(Date.init(milliseconds:))
        item.triage = try (row["triage"] as String?).map { try JSONText.decode(Triage.self, $0) }
        item.decision = try (row["decision"] as String?).map { try JSONText.decode(CaseDecision.self, $0) }
        return item
    }

    static func findCase(_ id: String, _ db: Database) throws -> Case? {
        guard
            let row = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT \(caseColumns) FROM ticket_case WHERE key = ?"), arguments: [id])
        else { return nil }
        return try withLinks(readCase(row), db)
    }

    static func findCase(row id: Int64, _ db: Database) throws -> Case? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT \(caseColumns) FROM ticket_case WHERE id = ?"), arguments: [id]
        ).map { try withLinks(readCase($0), db) }
    }

    private static func withLinks(_ item: Case, _ db: Database) throws -> Case {
        var item = item
        item.links = try String.fetchAll(
            db.cachedStatement(sql: "SELECT name FROM case_link WHERE case_id = ? ORDER BY at, name"),
            arguments: [item.rowID])
        return item
    }

    /// Cases in some states, oldest first; all where none is named.
    static func cases(_ states: [CaseState] = [], _ db: Database) throws -> [Case] {
        let wanted = states.isEmpty ? CaseState.allCases : states
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT \(caseColumns) FROM ticket_case WHERE state IN (\(wanted.map { _ in "?" }.joined(separator: ", ")))
                ORDER BY created_at, id
                """, arguments: StatementArguments(wanted.map(\.rawValue)))
        var out: [Case] = []
        while let row = try rows.next() { out.append(try readCase(row)) }
        return out
    }

    /// Cases with something that no run has looked at: kb's move, never seen, or more words beside a person.
    static func unseenCases(_ db: Database) throws -> [Case] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT \(caseColumns) FROM ticket_case WHERE id IN (
                  SELECT id FROM ticket_case WHERE state IN ('new', 'open') AND owner = 'kb'
                  UNION SELECT id FROM ticket_case WHERE seen = 0
                  UNION SELECT c.id FROM ticket_case c WHERE c.state = 'waiting_expert' AND EXISTS
                    (SELECT 1 FROM message m WHERE m.case_id = c.id AND m.author = 'customer' AND m.id > c.seen))
                ORDER BY created_at, id
                """
        ).map(readCase)
    }

    /// Hours from opening to the confirmed end, by intent ("" where none was read).
    static func resolutionHours(_ db: Database) throws -> [String: [Double]] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT coalesce(json_extract(triage, '$.intent.name'), ''), (resolved_at - created_at) / 3600000.0
                FROM ticket_case WHERE resolved_at IS NOT NULL AND witness IS NOT NULL ORDER BY 2
                """)
        var out: [String: [Double]] = [:]
        while let row = try rows.next() { out[row[0], default: []].append(row[1]) }
        return out
    }

    static func cases(ofCustomer customer: Int64, _ db: Database) throws -> [Case] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT \(caseColumns) FROM ticket_case WHERE customer_id = ? ORDER BY created_at, id"),
            arguments: [customer]
        ).map(readCase)
    }

    /// Writes a case anew or over its row; gives it its row's number.
    static func write(_ item: inout Case, _ db: Database) throws {
        let values: [(String, (any DatabaseValueConvertible)?)] = [
            ("key", item.id), ("channel", item.channel), ("subject", item.subject), ("state", item.state.rawValue),
            ("owner", item.owner.text), ("episode", item.episode), ("created_at", item.createdAt.milliseconds),
            ("updated_at", item.updatedAt.milliseconds), ("customer_id", item.customer), ("verified", item.isVerified),
            ("tags", try JSONText.encode(item.tags)), ("fields", try JSONText.encode(item.fields)),
            ("nudges", item.nudges), ("asked_question", item.askedQuestion),
            ("asked_confirmation", item.askedConfirmation), ("first_response_at", item.firstResponseAt?.milliseconds),
            ("resolved_at", item.resolvedAt?.milliseconds), ("witness", item.witness),
            ("due_at", item.dueAt?.milliseconds), ("triage", try item.triage.map { try JSONText.encode($0) }),
            ("decision", try item.decision.map { try JSONText.encode($0) }), ("seen", item.triage?.upTo ?? 0),
        ]
        let names = values.map(\.0)
        if item.rowID == 0 {
            try db.cachedStatement(
                sql:
                    "INSERT INTO ticket_case (\(names.joined(separator: ", "))) VALUES (\(names.map { _ in "?" }.joined(separator: ", ")))"
            ).execute(arguments: StatementArguments(values.map(\.1)))
            item.rowID = db.lastInsertedRowID
        } else {
            try db.cachedStatement(
                sql: "UPDATE ticket_case SET \(names.map { $0 + " = ?" }.joined(separator: ", ")) WHERE id = ?"
            ).execute(arguments: StatementArguments(values.map(\.1) + [item.rowID]))
        }
    }

    static func setVector(_ vector: [Float], ofCase id: Int64, _ db: Database) throws {
        try db.cachedStatement(sql: "UPDATE ticket_case SET vector = ? WHERE id = ?")
            .execute(arguments: [vector.withUnsafeBytes { Data($0) }, id])
    }

    static func vector(ofCase id: Int64, dimension: Int, _ db: Database) throws -> [Float]? {
        guard
            let row = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT vector FROM ticket_case WHERE id = ? AND vector IS NOT NULL"),
                arguments: [id])
        else { return nil }
        return vector(row, at: 0, dimension: dimension)
    }

    // MARK: - Messages

    /// - Returns: false when the case has this message already.
    static func add(_ message: inout CaseMessage, to item: Int64, _ db: Database) throws -> Bool {
        try db.cachedStatement(
            sql: """
                INSERT INTO message (case_id, key, author, name, body, at, public, episode, links)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """
        ).execute(arguments: [
            item, message.key, message.author.rawValue, message.name, message.body, message.at.milliseconds,
            message.isPublic, message.episode, try JSONText.encode(message.links),
        ])
        guard db.changesCount > 0 else { return false }
        message.rowID = db.lastInsertedRowID
        return true
    }

    static func hasMessage(_ key: String, in item: Int64, _ db: Database) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM message WHERE case_id = ? AND key = ?)"),
            arguments: [item, key]) ?? false
    }

    /// When a person last wrote something that the customer could read.
    static func lastWordOfPerson(in item: Int64, _ db: Database) throws -> Date? {
        try Int64.fetchOne(
            db.cachedStatement(
                sql: "SELECT max(at) FROM message WHERE case_id = ? AND author = 'person' AND public = 1"),
            arguments: [item]
        ).map(Date.init(milliseconds:))
    }

    /// All messages of a case, oldest first.
    static func messages(of item: Int64, _ db: Database) throws -> [CaseMessage] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT id, key, author, name, body, at, public, episode, links FROM message WHERE case_id = ?
                    ORDER BY at, id
                    """), arguments: [item]
        ).map { row in
            CaseMessage(
                rowID: row[0], key: row[1], author: CaseMessage.Author(rawValue: row[2]) ?? .participant, name: row[3],
                body: row[4], at: Date(milliseconds: row[5]), isPublic: row[6], episode: row[7],
                links: try JSONText.decode([String].self, row[8]))
        }
    }
}

extension Store {
    static func neighbours(dimension: Int, _ db: Database) throws -> CaseNeighbours {
        var out = CaseNeighbours(dimension: dimension)
        let rows = try Row.fetchCursor(
            db,
            sql:
                "SELECT id, created_at, vector, article FROM ticket_case WHERE vector IS NOT NULL ORDER BY created_at, id"
        )
        while let row = try rows.next() {
            if let vector = vector(row, at: 2, dimension: dimension) {
                out.add(row[0], at: row[1], vector, article: row[3])
            }
        }
        return out
    }
}

extension Store {
    /// The person whose public word was the last before the case was proposed as resolved.
    static func resolver(ofCase id: Int64, _ db: Database) throws -> String? {
        try String.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT m.name FROM message m JOIN ticket_case c ON c.id = m.case_id
                    WHERE m.case_id = ? AND m.author = 'person' AND m.public = 1 AND m.name IS NOT NULL AND m.name <> ''
                      AND c.state IN ('resolved_proposed', 'resolved_confirmed', 'closed') ORDER BY m.at DESC, m.id DESC LIMIT 1
                    """), arguments: [id])
    }

    /// Cases that wait for each person.
    static func load(_ db: Database) throws -> [String: Int] {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT owner, count(*) FROM ticket_case
                    WHERE owner LIKE 'person:%' AND state IN ('open', 'waiting_expert') GROUP BY owner
                    """))
        return Dictionary(uniqueKeysWithValues: rows.map { (String(($0[0] as String).dropFirst(7)), $0[1]) })
    }
}
