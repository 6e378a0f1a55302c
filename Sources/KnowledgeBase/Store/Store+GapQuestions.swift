import Embedding
import FoundationEssentials
import GRDB

extension Store {
    /// Everything that was asked in a window, from the log and from past tickets, each question once, by time.
    ///
    /// A logged question that is a known ticket is that ticket. The log's questions may lack their vectors.
    func questionsAsked(_ window: Range<Date>, dimension: Int) throws -> [GapQuestion] {
        try pool.read { db in
            var questions = try Self.ticketsAsked(window, dimension: dimension, db)
            let places = Dictionary(
                questions.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
            var seen: Set<String> = []
            let bounds: StatementArguments = [window.lowerBound.milliseconds, window.upperBound.milliseconds]
            for logged in try Self.logged(
                "q.asked_at >= ? AND q.asked_at < ?", bounds, dimension: dimension, db)
            {
                if let place = places[logged.key] {
                    if questions[place].customer == nil { questions[place].customer = logged.customer }
                    questions[place].isAnswered = questions[place].isAnswered || logged.isAnswered
                    questions[place].isMarkedWrong = questions[place].isMarkedWrong || logged.isMarkedWrong
                    questions[place].shouldBe = questions[place].shouldBe ?? logged.shouldBe
                    continue
                }
                guard seen.insert(logged.key).inserted else { continue }
                var logged = logged
                logged.replies = try Self.caseReplies(to: logged.key, db)
                // The same customer in the same words is the same question.
                if let customer = logged.customer,
                    !seen.insert("c:\(CustomerIdentity.of(customer))\n\(QuestionSyntax.fold(logged.text))").inserted
                {
                    continue
                }
                questions.append(logged)
            }
            return questions.sorted { ($0.askedAt, $0.key) < ($1.askedAt, $1.key) }
        }
    }

    /// When the first and the last question before a moment was asked; `nil` where none was.
    func askedBounds(before moment: Date) throws -> ClosedRange<Date>? {
        try pool.read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT min(at), max(at) FROM (SELECT created_at AS at FROM ticket UNION ALL SELECT asked_at FROM question)
                    WHERE at < ?
                    """, arguments: [moment.milliseconds])
            guard let first = row?[0] as Int64?, let last = row?[1] as Int64? else { return nil }
            return Date(milliseconds: first)...Date(milliseconds: last)
        }
    }

    /// Questions of stored gaps by their keys, wherever they are by now; those that are gone are left out. Without replies
    /// and marks: they are only asked again.
    func questions(keys: Set<String>, dimension: Int) throws -> [GapQuestion] {
        guard !keys.isEmpty else { return [] }
        return try pool.read { db in
            let external = try JSONText.encode(keys.filter { $0.hasPrefix("x:") }.map { String($0.dropFirst(2)) })
            let rows = try JSONText.encode(keys.filter { $0.hasPrefix("q:") }.compactMap { Int64($0.dropFirst(2)) })
            let tickets = try Self.ticketRows(
                "t.external_id IN (SELECT value FROM json_each(?))", [external], dimension, db)
            let logged = try Self.logged(
                "q.external_id IN (SELECT value FROM json_each(?)) OR q.external_id IS NULL AND q.id IN "
                    + "(SELECT value FROM json_each(?))", [external, rows], dimension: dimension, db)
            var seen = Set(tickets.map(\.question.key))
            return (tickets.map(\.question) + logged.filter { seen.insert($0.key).inserted })
                .sorted { ($0.askedAt, $0.key) < ($1.askedAt, $1.key) }
        }
    }

    /// The first article that an agent linked, by the ticket's own id.
    func firstLinks() throws -> [String: String] {
        try pool.read { db in
            var out: [String: String] = [:]
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT t.external_id, d.key FROM link l JOIN ticket t ON t.document_id = l.ticket_id
                    JOIN document d ON d.id = l.article_id ORDER BY l.created_at, l.id
                    """)
            while let row = try rows.next() {
                let (ticket, article): (String, String) = (row[0], row[1])
                if out[ticket] == nil { out[ticket] = article }
            }
            return out
        }
    }

    /// Keeps the vectors of logged questions.
    func keepVectors(_ vectors: [(key: String, vector: [Float])]) throws {
        try pool.write { db in
            for (key, vector) in vectors {
                let data = vector.withUnsafeBytes { Data($0) }
                if key.hasPrefix("q:") {
                    try db.cachedStatement(sql: "UPDATE question SET vector = ? WHERE id = ?")
                        .execute(arguments: [data, Int64(key.dropFirst(2)) ?? 0])
                } else {
                    try db.cachedStatement(sql: "UPDATE question SET vector = ? WHERE external_id = ?")
                        .execute(arguments: [data, String(key.dropFirst(2))])
                }
            }
        }
    }

    private static func ticketRows(
        _ condition: String, _ arguments: StatementArguments, _ dimension: Int, _ db: Database
    ) throws -> [(rowID: Int64, question: GapQuestion)] {
        var out: [(rowID: Int64, question: GapQuestion)] = []
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT t.document_id, t.external_id, t.created_at, t.requester, t.requester_name, t.topic, t.subject, t.body,
                  e.vector, EXISTS (SELECT 1 FROM link l WHERE l.ticket_id = t.document_id AND l.article_id IS NOT NULL)
                FROM ticket t JOIN chunk c ON c.document_id = t.document_id AND c.ordinal = 0
                JOIN embedding e ON e.key = c.embedding_key WHERE \(condition)
                """, arguments: arguments)
        while let row = try rows.next() {
            guard let vector = vector(row, at: 8, dimension: dimension) else { continue }
            let (subject, body): (String, String) = (row[6], row[7])
            var question = GapQuestion(
                key: "x:" + (row[1] as String), id: row[1],
                text: subject.isEmpty ? body : body.isEmpty ? subject : subject + "\n" + body,
                askedAt: Date(milliseconds: row[2]), customer: row[3], channel: .ticket, topic: row[5])
            question.names = (row[4] as String?).map { [$0] } ?? []
            question.vector = vector
            question.isAnswered = row[9]
            out.append((row[0], question))
        }
        return out
    }

    private static func ticketsAsked(_ window: Range<Date>, dimension: Int, _ db: Database) throws -> [GapQuestion] {
        let bounds: StatementArguments = [window.lowerBound.milliseconds, window.upperBound.milliseconds]
        let rows = try ticketRows("t.created_at >= ? AND t.created_at < ?", bounds, dimension, db)
        var out = rows.map(\.question)
        let places = Dictionary(rows.enumerated().map { ($1.rowID, $0) }, uniquingKeysWith: { first, _ in first })
        var sent: [GapQuestion.Sent] = []
        let comments = try Row.fetchCursor(
            db,
            sql: """
                SELECT c.ticket_id, c.body, c.author_name FROM comment c JOIN ticket t ON t.document_id = c.ticket_id
                WHERE c.author = 'agent' AND c.public = 1 AND t.created_at >= ? AND t.created_at < ?
                ORDER BY c.ticket_id, c.created_at, c.id
                """, arguments: bounds)
        while let row = try comments.next() {
            guard let place = places[row[0]] else { continue }
            sent.append(GapQuestion.Sent(place: place, text: row[1], name: row[2]))
        }
        try GapQuestion.addReplies(sent, to: &out)
        return out
    }

    /// What people answered in the case that a logged question came with.
    private static func caseReplies(to key: String, _ db: Database) throws -> [GapQuestion.Reply] {
        guard key.hasPrefix("x:") else { return [] }
        return try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT m.body, m.name FROM message m JOIN ticket_case c ON c.id = m.case_id
                    WHERE c.key = ? AND m.author = 'person' AND m.public = 1 ORDER BY m.at, m.id
                    """), arguments: [String(key.dropFirst(2))]
        ).map { row in
            let text = GapReply.ownWords(row[0])
            return GapQuestion.Reply(
                text: text, kind: GapReply(ownWords: text, isMacro: false),
                names: (row[1] as String?).map { [$0] } ?? [])
        }
    }

    private static func logged(
        _ condition: String, _ arguments: StatementArguments, dimension: Int, _ db: Database
    ) throws -> [GapQuestion] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT q.id, q.answer_id, q.external_id, q.asked_at, q.text, q.customer, q.vector, m.verdict, m.should_be,
                  m.document, d.changed_at > m.marked_at
                FROM question q LEFT JOIN mark m ON m.answer_id = q.answer_id AND m.undone_at IS NULL
                LEFT JOIN document d ON d.key = m.document
                WHERE \(condition) ORDER BY q.asked_at DESC, q.id DESC
                """, arguments: arguments)
        var out: [GapQuestion] = []
        while let row = try rows.next() {
            let external: String? = row[2]
            var question = GapQuestion(
                key: external.map { "x:" + $0 } ?? "q:\(row[0] as Int64)", id: external ?? row[1], text: row[4],
                askedAt: Date(milliseconds: row[3]), customer: row[5], channel: .query)
            if let data = row[6] as Data?, data.count == dimension * 4 {
                question.vector = data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
            }
            if let verdict = row[7] as String? {
                question.isAnswered = verdict == Mark.Verdict.right.rawValue
                // What was wrong of a text says nothing of the one that came after it.
                question.isMarkedWrong =
                    verdict == Mark.Verdict.wrong.rawValue && !(row[10] as Bool? ?? false)
                question.shouldBe = row[8]
                if question.isMarkedWrong { question.judgedWrong = row[9] }
            }
            out.append(question)
        }
        return out
    }
}
