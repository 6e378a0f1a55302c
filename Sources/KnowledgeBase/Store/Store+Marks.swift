import FoundationEssentials
import GRDB

extension Store {
    struct LoggedQuestion: Sendable {
        var text: String
        var document: String?
    }

    /// The newest logged question with this answer.
    func loggedQuestion(answerID: String) throws -> LoggedQuestion? {
        try pool.read { try Self.loggedQuestion(answerID: answerID, $0) }
    }

    static func loggedQuestion(answerID: String, _ db: Database) throws -> LoggedQuestion? {
        try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT text, document FROM question WHERE answer_id = ? ORDER BY id DESC LIMIT 1"),
            arguments: [answerID]
        ).map { LoggedQuestion(text: $0[0], document: $0[1]) }
    }

    /// Writes a mark in place of any earlier one on the same answer.
    ///
    /// - Parameter autoBand: where the band `auto` begins now.
    func write(_ mark: Mark, vector: [Float], autoBand: Double) throws {
        try pool.write { try Self.write(mark, vector: vector, autoBand: autoBand, $0) }
    }

    static func write(_ mark: Mark, vector: [Float], autoBand: Double, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE mark SET undone_at = ? WHERE answer_id = ? AND undone_at IS NULL",
            arguments: [mark.markedAt.milliseconds, mark.answerID])
        try db.execute(
            sql: """
                INSERT INTO mark (answer_id, question, vector, document, verdict, should_be, note, marked_at, auto_band)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                mark.answerID, mark.question, vector.withUnsafeBytes { Data($0) }, mark.document,
                mark.verdict.rawValue, mark.shouldBe, mark.note, mark.markedAt.milliseconds, autoBand,
            ])
        try Self.bumpResolutions(db)
    }

    /// The note of the mark that another one on the same answer is about to replace.
    func standingNote(answerID: String) throws -> String? {
        try pool.read { db in
            try String.fetchOne(
                db, sql: "SELECT note FROM mark WHERE answer_id = ? AND undone_at IS NULL", arguments: [answerID])
        }
    }

    /// Takes the standing mark of an answer back; false where there is none.
    func undoMark(answerID: String, at now: Date) throws -> Bool {
        try pool.write { db in
            try db.execute(
                sql: "UPDATE mark SET undone_at = ? WHERE answer_id = ? AND undone_at IS NULL",
                arguments: [now.milliseconds, answerID])
            guard db.changesCount > 0 else { return false }
            try Self.bumpResolutions(db)
            return true
        }
    }

    /// Standing marks, oldest first.
    func marks() throws -> [Mark] {
        try pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT id, answer_id, question, document, verdict, should_be, note, marked_at
                    FROM mark WHERE undone_at IS NULL ORDER BY id
                    """
            ).map { row in
                Mark(
                    id: row[0], answerID: row[1], question: row[2], document: row[3],
                    verdict: Mark.Verdict(rawValue: row[4]) ?? .wrong, shouldBe: row[5], note: row[6],
                    markedAt: Date(milliseconds: row[7]))
            }
        }
    }

    /// Logged questions that nobody has judged, those first whose judgement teaches most: nearest to even odds.
    func unreviewed(_ limit: Int) throws -> [ReviewItem] {
        try pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT q.answer_id, q.text, max(q.asked_at), q.document, d.title, q.confidence
                    FROM question q LEFT JOIN document d ON d.key = q.document
                    WHERE q.document IS NOT NULL
                      AND NOT EXISTS (SELECT 1 FROM mark m WHERE m.answer_id = q.answer_id AND m.undone_at IS NULL)
                    GROUP BY q.answer_id ORDER BY abs(q.confidence - 0.7), q.answer_id LIMIT ?
                    """, arguments: [limit]
            ).map {
                ReviewItem(
                    answerID: $0[0], question: $0[1], askedAt: Date(milliseconds: $0[2]), document: $0[3], title: $0[4],
                    confidence: $0[5])
            }
        }
    }

    /// Ids of documents that a user may mean by `name`: the id itself, a url, else those that end in it, with or without ending.
    func documentIDs(named name: String) throws -> [String] {
        try pool.read { db in
            if let exact = try String.fetchOne(
                db, sql: "SELECT key FROM document WHERE key = ? AND kind = 'article'", arguments: [name])
            {
                return [exact]
            }
            if name.hasPrefix("http://") || name.hasPrefix("https://") {
                // A copied address may carry a query, a fragment or a slash at its end.
                func bare(_ url: String) -> String {
                    var url = String(url.prefix { $0 != "?" && $0 != "#" })
                    while url.last == "/" { url.removeLast() }
                    return url.lowercased()
                }
                let rows = try Row.fetchAll(
                    db, sql: "SELECT key, url FROM document WHERE kind = 'article' AND url IS NOT NULL ORDER BY key")
                return rows.filter { bare($0["url"]) == bare(name) }.map { $0["key"] }
            }
            let keys = try String.fetchAll(db, sql: "SELECT key FROM document WHERE kind = 'article' ORDER BY key")
            return keys.filter { LabelledSet.names($0).contains(name) }
        }
    }

    /// The whole text of an article; empty where there is none of that id.
    func text(ofDocument key: String) throws -> String {
        try pool.read { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT c.body FROM chunk c JOIN document d ON d.id = c.document_id
                    WHERE d.key = ? AND c.role <> 'alias' ORDER BY c.ordinal
                    """, arguments: [key]
            ).joined(separator: "\n")
        }
    }

    /// Ids of all articles.
    func articleIDs() throws -> [String] {
        try pool.read { try String.fetchAll($0, sql: "SELECT key FROM document WHERE kind = 'article' ORDER BY key") }
    }

    /// A number that grows with every mark, link or other resolution.
    static let resolutionsKey = "resolutions.generation"

    static func bumpResolutions(_ db: Database) throws {
        let old = try meta(resolutionsKey, db).flatMap(Int64.init) ?? 0
        try setMeta(resolutionsKey, String(old + 1), db)
    }
}
