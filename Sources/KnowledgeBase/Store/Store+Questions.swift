import FoundationEssentials
import GRDB

extension Store {
    /// Writes one asked question with its outcome to the question log.
    func record(_ answer: Answer) throws {
        try pool.write { try Self.record(answer, $0) }
    }

    static func record(_ answer: Answer, _ db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO question (answer_id, external_id, asked_at, text, customer, document, confidence,
                  answerable, action, near_miss, missing_terms, intent)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            answer.answerID, answer.question.id, answer.askedAt.milliseconds, answer.question.fullText,
            answer.question.customer, answer.draft?.citations.first?.document.id, answer.confidence,
            answer.answerable, answer.action.rawValue, answer.nearMiss?.document.id,
            try JSONText.encode(answer.nearMiss?.missingTerms ?? []), answer.intent,
        ])
    }

    func questionCount() throws -> Int {
        try pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM question") ?? 0 }
    }
}

extension Store {
    /// How many answers a customer was given on a document in a time, drafts among them; both ends left out.
    static func answersGiven(
        to customer: String, about document: String, between start: Date, and end: Date, _ db: Database
    ) throws -> Int {
        let asker = CustomerIdentity.of(customer)
        return try String.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT customer FROM question
                    WHERE asked_at > ? AND asked_at < ? AND customer IS NOT NULL AND document = ? AND action <> 'human'
                    """), arguments: [start.milliseconds, end.milliseconds, document]
        ).count { CustomerIdentity.of($0) == asker }
    }

    private static let languagesKey = "languages"

    /// How many articles have each locale, those without one left out. Cost: every entry of their index.
    static func articleLocales(_ db: Database) throws -> [String: Int] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT locale, count(*) FROM document WHERE kind = 'article' AND locale IS NOT NULL GROUP BY locale
                """)
        return Dictionary(rows.map { ($0[0] as String, $0[1] as Int) }, uniquingKeysWith: +)
    }

    /// The languages of the articles as they were kept for this generation; nil where they were not.
    static func keptLanguages(of generation: Int64, _ db: Database) throws -> Set<String>? {
        guard let words = try meta(languagesKey, db)?.pieces(" "), words.first == Substring(String(generation)) else {
            return nil
        }
        return Set(words.dropFirst().map { String($0) })
    }

    static func keep(languages: Set<String>, of generation: Int64, _ db: Database) throws {
        try setMeta(languagesKey, ([String(generation)] + languages.sorted()).joined(separator: " "), db)
    }

    /// Texts of some passages of articles, spread evenly.
    static func sampleArticleTexts(_ count: Int, _ db: Database) throws -> [String] {
        // The text index has a row for each passage of an article, so either end is one look-up.
        guard let low = try Int64.fetchOne(db, sql: "SELECT min(id) FROM article_fts_docsize"),
            let high = try Int64.fetchOne(db, sql: "SELECT max(id) FROM article_fts_docsize")
        else { return [] }
        let statement = try db.cachedStatement(
            sql: "SELECT body FROM chunk WHERE id = (SELECT min(id) FROM article_fts_docsize WHERE id >= ?)")
        let step = max(1, (high - low) / Int64(count))
        return try stride(from: low, through: high, by: Int64.Stride(step)).prefix(count).compactMap { id in
            try String.fetchOne(statement, arguments: [id])
        }
    }
}
