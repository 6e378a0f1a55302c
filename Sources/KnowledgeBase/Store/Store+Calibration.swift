import FoundationEssentials
import GRDB

/// A fit as it is kept.
struct StoredCalibration: Sendable {
    var id: Int64 = 0
    var fit: CalibrationFit
    /// On held-back labelled questions; `nil` where there were none.
    var ece: Double?
    var fittedAt: Date
    /// Articles, and labelled questions, of the base at that time.
    var documents: Int
    var labels: Int
    /// The newest outcome in it, unix ms.
    var until: Int64?
    /// Whether it is in use, and why not.
    var accepted: Bool
    var note: String?
}

/// A resolved ticket, an answered one without an article, or a mark: a question that came with its label.
struct LabelledQuestionRow: Sendable {
    var id: Int64
    var externalID: String?
    var askedAt: Int64
    var knownAt: Int64
    var subject: String
    var text: String
    var vector: [Float]
    /// Row ids of the articles that are right.
    var relevant: Set<Int64>
    /// Row id of the document that a person judged wrong, with no other one named.
    var wrong: Int64?
    var answerable: Bool?
    /// See `PastOutcome.doubt`.
    var doubt = 0.0
}

extension Store {
    // MARK: - Fits

    /// The newest accepted fit.
    static func calibration(source: CalibrationSummary.Source? = nil, _ db: Database) throws -> StoredCalibration? {
        try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT id, fit, ece, fitted_at, documents, labels, until, accepted, note FROM calibration
                    WHERE accepted = 1 AND (?1 IS NULL OR source = ?1) ORDER BY id DESC LIMIT 1
                    """), arguments: [source?.rawValue]
        ).map { row in
            StoredCalibration(
                id: row[0], fit: try CalibrationFit(json: JSONText.value(row[1])), ece: row[2],
                fittedAt: Date(milliseconds: row[3]), documents: row[4], labels: row[5], until: row[6],
                accepted: row[7], note: row[8])
        }
    }

    /// Row id of the newest accepted fit.
    static func calibrationID(_ db: Database) throws -> Int64? {
        try Int64.fetchOne(db.cachedStatement(sql: "SELECT max(id) FROM calibration WHERE accepted = 1"))
    }

    /// What a fit remembers of past questions; see `CalibrationMemory`.
    static func calibrationMemory(_ id: Int64, _ db: Database) throws -> [UInt8]? {
        try Data.fetchOne(
            db.cachedStatement(sql: "SELECT memory FROM calibration WHERE id = ?"), arguments: [id]
        ).map(Array.init)
    }

    /// Keeps a fit; the memory of older ones is let go.
    func add(_ calibration: StoredCalibration, report: String, memory: [UInt8]?) throws {
        try pool.write { db in
            if calibration.accepted { try db.execute(sql: "UPDATE calibration SET memory = NULL") }
            try db.execute(
                sql: """
                    INSERT INTO calibration (source, n, ece, fitted_at, share, state, documents, labels, until, accepted,
                      note, fit, report, memory) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    calibration.fit.source.rawValue, calibration.fit.count, calibration.ece,
                    calibration.fittedAt.milliseconds, calibration.fit.share, try Self.resolutionState(db),
                    calibration.documents, calibration.labels, calibration.until, calibration.accepted,
                    calibration.note, try JSONText.encode(calibration.fit), report,
                    calibration.accepted ? memory.map { Data($0) } : nil,
                ])
        }
    }

    // MARK: - Labels

    /// How many articles there are, and how many past questions that say which article is right.
    static func calibrationSize(_ db: Database) throws -> (documents: Int, labels: Int) {
        let documents = try articleCount(db)
        let marks = try Int.fetchOne(db, sql: "SELECT count(*) FROM mark WHERE undone_at IS NULL") ?? 0
        return (documents, try linkedTicketCount(db) + marks)
    }

    /// Tickets that an agent answered without linking an article here: they teach what no article answers.
    static func unlinkedTicketCount(_ db: Database) throws -> Int {
        try Int.fetchOne(
            db,
            sql: """
                SELECT count(DISTINCT c.ticket_id) FROM comment c JOIN ticket t ON t.document_id = c.ticket_id
                WHERE c.author = 'agent' AND c.public = 1 AND t.created_at IS NOT NULL
                  AND NOT EXISTS (SELECT 1 FROM link l WHERE l.ticket_id = c.ticket_id AND l.article_id IS NOT NULL)
                """) ?? 0
    }

    /// How many there were at the last fit.
    static let unlinkedKey = "calibration.unlinked_tickets"

    private static func linkedTicketCount(_ db: Database) throws -> Int {
        try Int.fetchOne(
            db,
            sql: """
                SELECT count(DISTINCT l.ticket_id) FROM link l JOIN ticket t ON t.document_id = l.ticket_id
                WHERE l.article_id IS NOT NULL AND t.created_at IS NOT NULL
                """) ?? 0
    }

    /// Of the tickets that were answered with a page of the documentation, the share whose page is an article here; `nil` with
    /// fewer than a fit takes.
    static func linkedShare(_ db: Database) throws -> Double? {
        let here = try linkedTicketCount(db)
        let all = here + (try ticketsLinkingLackingPages(before: .max, db).count)
        return all >= CalibrationDefaults.labelsNeeded ? Double(here) / Double(all) : nil
    }

    /// The newest tickets whose agents linked an article, known before `moment`.
    static func linkedTickets(limit: Int, before moment: Int64, dimension: Int, _ db: Database) throws
        -> [LabelledQuestionRow]
    {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT t.document_id, t.external_id, t.created_at, min(l.created_at) AS known, t.subject, t.body, e.vector,
                  json_group_array(DISTINCT l.article_id)
                FROM link l JOIN ticket t ON t.document_id = l.ticket_id
                JOIN chunk c ON c.document_id = t.document_id AND c.ordinal = 0
                JOIN embedding e ON e.key = c.embedding_key
                WHERE l.article_id IS NOT NULL AND t.created_at IS NOT NULL
                GROUP BY t.document_id HAVING known < ? ORDER BY known DESC, t.document_id DESC LIMIT ?
                """, arguments: [moment, limit])
        var out: [LabelledQuestionRow] = []
        while let row = try rows.next() {
            guard let vector = vector(row, at: 6, dimension: dimension) else { continue }
            out.append(
                LabelledQuestionRow(
                    id: row[0], externalID: row[1], askedAt: row[2], knownAt: max(row[3], row[2]), subject: row[4],
                    text: row[5], vector: vector, relevant: Set(try JSONText.decode([Int64].self, row[7])),
                    answerable: true))
        }
        return out
    }

    /// Tickets that an agent answered without any link to an article here: first those that were answered with a page of
    /// the documentation that is not here, the newest of more than the limit, for they say that no article answers; then
    /// others, spread evenly over time, for most of these only say that nobody linked one.
    ///
    /// - Parameter wait: ms after the first reply until the outcome counts as known; a link is known at once.
    /// - Parameter share: of all questions that some article answers.
    static func unlinkedTickets(
        limit: Int, wait: Int64, before moment: Int64, share: Double, dimension: Int, _ db: Database
    ) throws -> [LabelledQuestionRow] {
        let lacking = try ticketsLinkingLackingPages(before: moment, db).suffix(max(0, limit))
        let others = try Row.fetchAll(
            db,
            sql: """
                SELECT t.document_id, min(c.created_at) + ? AS known FROM ticket t
                JOIN comment c ON c.ticket_id = t.document_id AND c.author = 'agent' AND c.public = 1
                WHERE t.created_at IS NOT NULL AND NOT EXISTS
                  (SELECT 1 FROM link l WHERE l.ticket_id = t.document_id AND l.article_id IS NOT NULL)
                GROUP BY t.document_id HAVING known < ? ORDER BY known, t.document_id
                """, arguments: [wait, moment]
        ).map { (ticket: $0[0] as Int64, known: $0[1] as Int64) }
        let isLacking = Set(lacking.map(\.ticket))
        let found = others.filter { !isLacking.contains($0.ticket) }
        let room = max(0, limit - lacking.count)
        // Elkan & Noto, KDD 2008: what is not labelled is a mixture, and its share of positives is what is left of all.
        let linked = try linkedTicketCount(db)
        let all = Double(linked + lacking.count + found.count)
        let doubt = found.isEmpty ? 0 : max(0, (share * all - Double(linked)) / Double(found.count))
        let taken = lacking + (found.count <= room ? found : (0..<room).map { found[$0 * found.count / room] })
        let statement = try db.makeStatement(
            sql: """
                SELECT t.external_id, t.created_at, t.subject, t.body, e.vector FROM ticket t
                JOIN chunk c ON c.document_id = t.document_id AND c.ordinal = 0
                JOIN embedding e ON e.key = c.embedding_key WHERE t.document_id = ?
                """)
        return try taken.compactMap { ticket in
            guard let row = try Row.fetchOne(statement, arguments: [ticket.ticket]),
                let vector = vector(row, at: 4, dimension: dimension)
            else { return nil }
            return LabelledQuestionRow(
                id: ticket.ticket, externalID: row[0], askedAt: row[1], knownAt: max(ticket.known, row[1]),
                subject: row[2], text: row[3], vector: vector, relevant: [], answerable: false,
                doubt: isLacking.contains(ticket.ticket) ? 0 : doubt)
        }
    }

    /// Tickets whose agents linked pages of the documentation and none of them is an article here, by the moment of the
    /// first such link.
    private static func ticketsLinkingLackingPages(
        before moment: Int64, _ db: Database
    ) throws -> [(ticket: Int64, known: Int64)] {
        let links = try Row.fetchAll(
            db, sql: "SELECT url, count(*), article_id IS NOT NULL FROM link GROUP BY url, article_id IS NOT NULL"
        ).map { (url: $0[0] as String, count: $0[1] as Int, isArticle: $0[2] as Bool) }
        let documentation = DocumentationFolders(links)
        let lacking = links.filter { !$0.isArticle && documentation.contains($0.url) }.map(\.url)
        guard !lacking.isEmpty else { return [] }
        return try Row.fetchAll(
            db,
            sql: """
                SELECT l.ticket_id, min(l.created_at) AS known FROM link l JOIN ticket t ON t.document_id = l.ticket_id
                WHERE l.article_id IS NULL AND l.url IN (SELECT value FROM json_each(?)) AND t.created_at IS NOT NULL
                  AND NOT EXISTS
                  (SELECT 1 FROM link a WHERE a.ticket_id = l.ticket_id AND a.article_id IS NOT NULL)
                GROUP BY l.ticket_id HAVING known < ? ORDER BY known, l.ticket_id
                """, arguments: [try JSONText.encode(lacking), moment]
        ).map { ($0[0], $0[1]) }
    }

    /// Standing marks as labelled questions.
    static func markedQuestions(before moment: Int64, dimension: Int, _ db: Database) throws -> [LabelledQuestionRow] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT m.id, m.question, m.vector, m.marked_at, m.verdict, cited.id, better.id FROM mark m
                LEFT JOIN document cited ON cited.key = m.document
                LEFT JOIN document better ON better.key = m.should_be
                WHERE m.undone_at IS NULL AND m.marked_at < ? ORDER BY m.id
                """, arguments: [moment])
        var out: [LabelledQuestionRow] = []
        while let row = try rows.next() {
            guard let vector = vector(row, at: 2, dimension: dimension) else { continue }
            let (cited, better): (Int64?, Int64?) = (row[5], row[6])
            let isRight = (row[4] as String) == Mark.Verdict.right.rawValue
            let right = isRight ? cited : better
            out.append(
                LabelledQuestionRow(
                    id: -(row[0] as Int64), externalID: nil, askedAt: row[3], knownAt: row[3], subject: "",
                    text: row[1],
                    vector: vector, relevant: right.map { [$0] } ?? [], wrong: isRight || better != nil ? nil : cited,
                    answerable: right == nil ? nil : true))
        }
        return out
    }

    /// Row ids of articles by every name that a qrels file may use for them.
    func articleNames() throws -> [String: [Int64]] {
        try pool.read { db in
            var out: [String: [Int64]] = [:]
            let rows = try Row.fetchCursor(db, sql: "SELECT id, path FROM document WHERE kind = 'article' ORDER BY id")
            while let row = try rows.next() {
                for name in LabelledSet.names(row[1]) { out[name, default: []].append(row[0]) }
            }
            return out
        }
    }

    /// When each ticket's first link to an article became known, unix ms, by document row id.
    func firstLinkTimes() throws -> [Int64: Int64] {
        try pool.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT ticket_id, min(created_at) FROM link WHERE article_id IS NOT NULL AND created_at IS NOT NULL
                    GROUP BY ticket_id
                    """)
            var out: [Int64: Int64] = [:]
            while let row = try rows.next() { out[row[0]] = row[1] }
            return out
        }
    }

    /// The stored vectors of documents' first passages; `nil` where there is none.
    func firstVectors(ofDocuments ids: [Int64?], dimension: Int) throws -> [[Float]?] {
        try pool.read { db in
            let statement = try db.makeStatement(
                sql: """
                    SELECT e.vector FROM chunk c JOIN embedding e ON e.key = c.embedding_key
                    WHERE c.document_id = ? AND c.ordinal = 0
                    """)
            return try ids.map { id in
                try id.flatMap { try Row.fetchOne(statement, arguments: [$0]) }
                    .flatMap { Self.vector($0, at: 0, dimension: dimension) }
            }
        }
    }

    /// Document row ids of known tickets by the help desk's ids.
    func ticketDocuments(_ externalIDs: [String?]) throws -> [Int64?] {
        try pool.read { db in try externalIDs.map { try $0.flatMap { try Self.ticketDocument($0, db) } } }
    }

    /// Intents of questions whose answers were judged.
    static func reviewedIntents(_ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT DISTINCT q.intent FROM mark m JOIN question q ON q.answer_id = m.answer_id
                WHERE m.undone_at IS NULL AND q.intent IS NOT NULL ORDER BY q.intent
                """)
    }

    /// Marks on answers that were given a confidence of at least `threshold` and below `bound`; a question that is asked again in other signs or letters
    /// counts once, as wrong if it ever was: one case is no evidence for thirty.
    ///
    /// - Parameter intent: only questions that were recognised as being about it; `nil` takes all.
    /// - Parameter bandFrom: only what was judged while the band `auto` began there or lower: reviews of answers above .90 say nothing of a
    ///   band that begins at .50 today. Older marks do not say and count as of the default, .90.
    static func reviews(
        atLeast threshold: Double, below bound: Double = .infinity, intent: String? = nil, bandFrom: Double? = nil,
        _ db: Database
    ) throws -> BandCertificate {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT verdict, q.text FROM (
                      SELECT m.verdict, m.auto_band, (SELECT q.id FROM question q
                        WHERE q.answer_id = m.answer_id AND q.asked_at <= m.marked_at ORDER BY q.id DESC LIMIT 1) AS asked
                      FROM mark m WHERE m.undone_at IS NULL
                    ) JOIN question q ON q.id = asked
                    WHERE q.confidence >= ?1 AND q.confidence < ?3 AND (?2 IS NULL OR q.intent = ?2)
                      AND (?4 IS NULL OR coalesce(auto_band, \(Policy.defaultAutoBand)) <= ?4)
                    """), arguments: [threshold, intent, bound, bandFrom])
        var isRight: [[UInt8]: Bool] = [:]
        for row in rows {
            // Letters and figures; what is not ASCII as it stands.
            let asked = (row[1] as String).utf8.compactMap { byte -> UInt8? in
                switch byte {
                case 0x30...0x39, 0x61...0x7a, 0x80...: byte
                case 0x41...0x5a: byte + 0x20
                default: nil
                }
            }
            isRight[asked] = (row[0] as String) == Mark.Verdict.right.rawValue && isRight[asked] != false
        }
        let right = isRight.values.count { $0 }
        return BandCertificate(right: right, wrong: isRight.count - right)
    }

    // MARK: - The base as its own questions

    /// Titles that stand for one article only, by document.
    static func uniqueTitles(_ db: Database) throws -> [(document: Int64, text: String)] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT min(id), title FROM document WHERE kind = 'article' AND trim(title) <> ''
                GROUP BY lower(trim(title)) HAVING count(*) = 1 ORDER BY min(id)
                """
        ).map { ($0[0], $0[1]) }
    }

    /// The first two sentences of each of the articles' passages, by document and order.
    static func openingSentences(_ db: Database) throws -> [(document: Int64, chunk: Int64, text: String)] {
        var out: [(document: Int64, chunk: Int64, text: String)] = []
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT id, document_id, body, sentences FROM chunk WHERE kind = 'article' AND role <> 'alias'
                ORDER BY document_id, ordinal
                """)
        while let row = try rows.next() {
            for sentence in try SentenceText.decode(row[3], text: row[2]).prefix(2) {
                out.append((row[1], row[0], sentence.text))
            }
        }
        return out
    }

    /// Passages of a document with their vectors.
    static func passageVectors(ofDocument id: Int64, dimension: Int, _ db: Database) throws -> [(
        chunk: Int64, vector: [Float]
    )] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT c.id, e.vector FROM chunk c JOIN embedding e ON e.key = c.embedding_key
                    WHERE c.document_id = ? ORDER BY c.id
                    """), arguments: [id]
        ).compactMap { row in vector(row, at: 1, dimension: dimension).map { (row[0], $0) } }
    }
}
