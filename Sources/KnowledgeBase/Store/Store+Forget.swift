import FoundationEssentials
import GRDB

/// What `kb forget` removed.
public struct ForgetReport: Sendable, Equatable {
    public var cases: [String] = []
    /// Past tickets read by `kb ingest`.
    public var tickets: [String] = []
    public var customers: [String] = []
    public var questions = 0
    public var marks = 0
    public var gaps = 0
    public var payloads = 0
    /// Rows of other cases in which something was blotted out.
    public var blotted = 0
}

extension Store {
    static let blot = "(forgotten)"

    func forgottenReferences() throws -> Set<String> {
        try pool.read { Set(try String.fetchAll($0, sql: "SELECT ref FROM forgotten")) }
    }

    /// A file that still holds what was forgotten does not bring it back.
    func withoutForgotten(_ tickets: [SourceTicket]) throws -> [SourceTicket] {
        let references = try forgottenReferences()
        guard !references.isEmpty, let refs = try knownPseudonyms() else { return tickets }
        return tickets.filter { !references.contains(refs.reference($0.id)) }
    }

    /// Removes everything of some cases, of past tickets with the same ids, and of customers; one transaction.
    ///
    /// - Parameter asker: who is no known customer and asked past tickets or questions all the same.
    static func forget(
        caseIDs: [String], customers: [KnownCustomer], asker: String? = nil, refs: Pseudonyms, at now: Date,
        _ db: Database
    ) throws -> ForgetReport {
        var report = ForgetReport()
        var ids = caseIDs
        var texts: Set<String> = []
        // Past tickets by id, and by who asked.
        var tickets: [(document: Int64, id: String)] = []
        var names = customers.flatMap { [$0.key, "claimed:" + $0.key] } + (asker.map { [$0] } ?? [])
        for customer in customers {
            for identity in try identities(of: customer.rowID, db) { names.append(identity.value) }
            ids += try cases(ofCustomer: customer.rowID, db).map(\.id)
        }
        let known = Set(names.map { CustomerIdentity.of($0) })
        for row in try Row.fetchAll(db, sql: "SELECT document_id, external_id, requester FROM ticket") {
            let requester = (row[2] as String?).map { CustomerIdentity.of($0) }
            if ids.contains(row[1]) || requester.map(known.contains) == true { tickets.append((row[0], row[1])) }
        }
        ids = Array(Set(ids + tickets.map(\.id))).sorted()

        var rows: [Int64] = []
        // Submissions of a form that went on with a case: each would come back by its own key.
        var submissions: [String] = []
        for id in ids {
            guard let item = try findCase(id, db) else { continue }
            rows.append(item.rowID)
            submissions += try String.fetchAll(
                db, sql: "SELECT key FROM message WHERE case_id = ? AND key LIKE 'w%'", arguments: [item.rowID])
            report.cases.append(id)
            if !item.subject.isEmpty { texts.insert(item.subject) }
            texts.insert(refs.redact(item.subject).text)
        }
        texts.remove("")
        report.payloads = try removePayloads(rows, ids, refs: refs, at: now, db)
        try removeQuestions(ids, known, &report, db)
        for ticket in tickets {
            let keys = try removeDocument(ticket.document, db)
            try removeUnused(keys, db)
            report.tickets.append(ticket.id)
        }
        for (id, row) in zip(report.cases, rows) {
            try db.execute(sql: "DELETE FROM fact WHERE layer = 'case' AND subject = ?", arguments: [row])
            try db.execute(
                sql:
                    "DELETE FROM fact WHERE layer = 'message' AND subject IN (SELECT id FROM message WHERE case_id = ?)",
                arguments: [row])
            try forgetInIncident(row, id, db)
            try db.execute(sql: "DELETE FROM ticket_case WHERE id = ?", arguments: [row])
        }
        for id in submissions {
            try db.execute(
                sql: "INSERT INTO forgotten (ref, at) VALUES (?, ?) ON CONFLICT DO NOTHING",
                arguments: [refs.reference(id), now.milliseconds])
        }
        for id in ids {
            try db.execute(
                sql: "INSERT INTO forgotten (ref, at) VALUES (?, ?) ON CONFLICT DO NOTHING",
                arguments: [refs.reference(id), now.milliseconds])
            // What came from these tickets is known of nobody.
            try db.execute(sql: "DELETE FROM fact WHERE source = ?", arguments: ["ticket " + id])
            try db.execute(sql: "UPDATE identity SET source = 'ticket' WHERE source = ?", arguments: ["ticket " + id])
        }
        func rememberForgotten(_ name: String) throws {
            try db.execute(
                sql: "INSERT INTO forgotten (ref, at) VALUES (?, ?) ON CONFLICT DO NOTHING",
                arguments: [refs.reference("customer " + name), now.milliseconds])
        }
        if let asker { try rememberForgotten(CustomerIdentity.of(asker)) }
        for customer in customers {
            for identity in try identities(of: customer.rowID, db) {
                try rememberForgotten(identity.value)
                if identity.kind == .email { try rememberForgotten(CustomerIdentity.of(identity.value)) }
            }
            try db.execute(
                sql: "DELETE FROM fact WHERE layer = 'customer' AND subject = ?", arguments: [customer.rowID])
            try db.execute(sql: "DELETE FROM customer WHERE id = ?", arguments: [customer.rowID])
            report.customers.append(customer.key)
        }
        try db.execute(
            sql: """
                DELETE FROM fact WHERE layer = 'organisation' AND subject NOT IN
                  (SELECT organisation_id FROM customer WHERE organisation_id IS NOT NULL);
                DELETE FROM organisation WHERE id NOT IN
                  (SELECT organisation_id FROM customer WHERE organisation_id IS NOT NULL);
                """)
        report.blotted = try blotOut(ids, texts, db)
        // Vectors of past questions; the next kb calibrate makes them anew.
        try db.execute(sql: "UPDATE calibration SET memory = NULL")
        try bumpGeneration(db)
        try bumpResolutions(db)
        return report
    }

    /// - Returns: how many payloads went; the chain keeps their digests, and an entry says which.
    private static func removePayloads(
        _ rows: [Int64], _ ids: [String], refs: Pseudonyms, at now: Date, _ db: Database
    ) throws -> Int {
        var gone: Set<Int64> = []
        for row in rows {
            gone.formUnion(
                try Int64.fetchAll(db, sql: "SELECT seq FROM journal_payload WHERE case_id = ?", arguments: [row]))
        }
        for id in ids {
            let quoted = try JSONText.encode(id)
            gone.formUnion(
                try Int64.fetchAll(
                    db,
                    sql: """
                        SELECT p.seq FROM journal_payload p JOIN journal j ON j.seq = p.seq
                        WHERE instr(p.payload, ?) > 0 AND j.kind <> ?
                        """, arguments: [quoted, forgotten]))
        }
        for seq in gone { try db.execute(sql: "DELETE FROM journal_payload WHERE seq = ?", arguments: [seq]) }
        var ranges: [[Int64]] = []
        for seq in gone.sorted() {
            if let last = ranges.last, last[1] + 1 == seq {
                ranges[ranges.count - 1][1] = seq
            } else {
                ranges.append([seq, seq])
            }
        }
        try journal(
            forgotten, ref: "-", actor: "person", payload: JSONText.encode(Forgotten(entries: ranges)), caseID: nil,
            at: now, db)
        return gone.count
    }

    private static func removeQuestions(
        _ ids: [String], _ names: Set<String>, _ report: inout ForgetReport, _ db: Database
    ) throws {
        var questions: [(id: Int64, answer: String, key: String)] = []
        for row in try Row.fetchAll(db, sql: "SELECT id, answer_id, external_id, customer FROM question") {
            let external: String? = row[2]
            let customer: String? = row[3]
            let isTheirs =
                external.map(ids.contains) == true || customer.map { names.contains(CustomerIdentity.of($0)) } == true
                || ids.contains { customer == "case:" + $0 }
            if isTheirs {
                questions.append((row[0], row[1], external.map { "x:" + $0 } ?? "q:\(row[0] as Int64)"))
            }
        }
        for question in questions {
            try db.execute(sql: "DELETE FROM question WHERE id = ?", arguments: [question.id])
            try db.execute(sql: "DELETE FROM judgement WHERE question = ?", arguments: [question.key])
        }
        report.questions = questions.count
        for answer in Set(questions.map(\.answer)) {
            // Somebody else may have asked the same and been told the same.
            let others =
                try Bool.fetchOne(
                    db, sql: "SELECT EXISTS (SELECT 1 FROM question WHERE answer_id = ?)", arguments: [answer]) ?? false
            guard !others else { continue }
            try db.execute(sql: "DELETE FROM mark WHERE answer_id = ?", arguments: [answer])
            report.marks += db.changesCount
        }
        for id in ids {
            try db.execute(
                sql: "DELETE FROM mark WHERE note LIKE ? ESCAPE '\\'", arguments: [like("case \(id): ") + "%"])
            report.marks += db.changesCount
            try db.execute(sql: "DELETE FROM judgement WHERE question = ?", arguments: ["x:" + id])
        }
        let keys = Set(questions.map(\.key) + ids.map { "x:" + $0 })
        let shown = Set(ids + questions.map(\.answer))
        var gaps: Set<String> = []
        for key in keys {
            gaps.formUnion(
                try String.fetchAll(db, sql: "SELECT gap FROM gap_question WHERE question = ?", arguments: [key]))
        }
        for gap in gaps { try removeFromGap(gap, keys, shown: shown, db) }
        report.gaps = gaps.count
        // They quote agents; what is still of use is found again.
        if !keys.isEmpty { try db.execute(sql: "DELETE FROM gap_lookup; DELETE FROM gap_vector") }
    }

    private static func forgetInIncident(_ row: Int64, _ id: String, _ db: Database) throws {
        guard
            let incident = try Int64.fetchOne(
                db, sql: "SELECT incident_id FROM ticket_case WHERE id = ?", arguments: [row])
        else { return }
        let other = try String.fetchOne(
            db, sql: "SELECT subject FROM ticket_case WHERE incident_id = ? AND id <> ? ORDER BY id LIMIT 1",
            arguments: [incident, row])
        if other != nil {
            try db.execute(
                sql: "UPDATE incident SET count = count - 1, title = ? WHERE id = ?", arguments: [blot, incident])
        } else {
            try db.execute(sql: "DELETE FROM incident WHERE id = ?", arguments: [incident])
        }
    }

    /// What other cases' rows say of the forgotten ones: their ids and subjects.
    private static func blotOut(_ ids: [String], _ texts: Set<String>, _ db: Database) throws -> Int {
        func json(_ text: String) throws -> String { String(try JSONText.encode(text).dropFirst().dropLast()) }
        var changes = 0
        let needles = texts.filter { $0.count >= 3 }.sorted { $0.count > $1.count }
        for (table, column) in [("outbox", "text"), ("outbox", "body"), ("ticket_case", "decision")] {
            for text in needles {
                for form in Set([text, try json(text), TextHygiene.collapsed(text)]) {
                    try db.execute(
                        sql:
                            "UPDATE \(table) SET \(column) = replace(\(column), ?1, ?2) WHERE instr(\(column), ?1) > 0",
                        arguments: [form, blot])
                    changes += db.changesCount
                }
            }
            for id in ids {
                let quoted = try JSONText.encode(id)
                try db.execute(
                    sql: "UPDATE \(table) SET \(column) = replace(\(column), ?1, ?2) WHERE instr(\(column), ?1) > 0",
                    arguments: [quoted, "\"\(blot)\""])
                changes += db.changesCount
                // In running text an id is a word of its own; short ones would be found in other numbers.
                guard column == "text" else { continue }
                for row in try Row.fetchAll(
                    db, sql: "SELECT id, text FROM outbox WHERE instr(text, ?) > 0", arguments: [id])
                {
                    let text: String = row[1]
                    let out = blotted(text, id)
                    guard out != text else { continue }
                    try db.execute(sql: "UPDATE outbox SET text = ? WHERE id = ?", arguments: [out, row[0] as Int64])
                    changes += 1
                }
            }
        }
        // In a packet's sentences too; its hash is that of what is left.
        for row in try Row.fetchAll(db, sql: "SELECT id, body FROM outbox WHERE body <> '{}'") {
            let body: String = row[1]
            let named = ids.filter { $0.utf8.count >= 3 && body.contains($0) }
            guard !named.isEmpty || body.contains(blot) else { continue }
            let out = resealed(named.reduce(body) { blottedStrings($0, $1) })
            guard out != body else { continue }
            try db.execute(sql: "UPDATE outbox SET body = ? WHERE id = ?", arguments: [out, row[0] as Int64])
            changes += named.isEmpty ? 0 : 1
        }
        return changes
    }

    /// JSON with a word taken out of its strings.
    private static func blottedStrings(_ json: String, _ id: String) -> String {
        var (out, string, isInside, isEscaped) = ("", "", false, false)
        for character in json.unicodeScalars {
            if !isInside {
                out.unicodeScalars.append(character)
                isInside = character == "\""
            } else if character == "\"", !isEscaped {
                out += blotted(string, id) + "\""
                (string, isInside) = ("", false)
            } else {
                string.unicodeScalars.append(character)
                isEscaped = character == "\\" && !isEscaped
            }
        }
        return out + string
    }

    /// A packet with the hash of what it says now; other bodies as they are.
    private static func resealed(_ body: String) -> String {
        let marker = "\"hash\":\""
        guard body.contains("\"completeness\""), let start = body.firstRange(of: marker)?.upperBound,
            let end = body[start...].firstIndex(of: "\"")
        else { return body }
        let bare = body[..<start] + body[end...]
        return body[..<start] + SHA256.hex(SHA256.digest(Array(bare.utf8))) + body[end...]
    }

    private static func blotted(_ text: String, _ id: String) -> String {
        var out = ""
        var rest = text[...]
        while let range = rest.firstRange(of: id) {
            let before = rest[..<range.lowerBound].last
            let after = rest[range.upperBound...].first
            let isWord =
                !(before.map { $0.isLetter || $0.isNumber } ?? false)
                && !(after.map { $0.isLetter || $0.isNumber } ?? false)
            out += rest[..<range.lowerBound] + (isWord ? blot : id)
            rest = rest[range.upperBound...]
        }
        return out + rest
    }

    private static func like(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_")
    }

    /// Leaves nothing of deleted rows in free pages or in the log.
    func scrub() throws {
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA secure_delete = ON")
            for table in ["article_fts", "ticket_fts", "article_document_fts", "ticket_document_fts"] {
                try db.execute(sql: "INSERT INTO \(table)(\(table)) VALUES ('optimize')")
            }
            try db.execute(sql: "VACUUM")
            _ = try db.checkpoint(.truncate)
        }
    }
}
