import FoundationEssentials
import GRDB

extension Store {
    /// Resolved tickets by link and marked questions, oldest first.
    static func examples(dimension: Int, _ db: Database) throws -> [ResolvedExample] {
        try ticketExamples(dimension: dimension, db) + markExamples(dimension: dimension, after: 0, db)
    }

    private static func ticketExamples(dimension: Int, _ db: Database) throws -> [ResolvedExample] {
        var examples: [ResolvedExample] = []
        // CROSS JOIN keeps this order: without statistics SQLite begins with the passages, and reads all of them for no link.
        let links = try Row.fetchCursor(
            db,
            sql: """
                SELECT l.ticket_id, l.article_id, min(l.created_at), e.vector
                FROM link l CROSS JOIN chunk c ON c.document_id = l.ticket_id AND c.ordinal = 0
                CROSS JOIN embedding e ON e.key = c.embedding_key
                WHERE l.article_id IS NOT NULL GROUP BY l.ticket_id, l.article_id
                ORDER BY (SELECT min(created_at) FROM link WHERE ticket_id = l.ticket_id), l.ticket_id, min(l.created_at),
                  l.article_id
                """)
        while let row = try links.next() {
            let (ticket, article, at): (Int64, Int64, Int64?) = (row[0], row[1], row[2])
            if examples.last?.id == ticket {
                examples[examples.count - 1].articles.append((article, at))
            } else if let vector = vector(row, at: 3, dimension: dimension) {
                examples.append(ResolvedExample(id: ticket, vector: vector, articles: [(article, at)]))
            }
        }
        return examples
    }

    /// Standing marks that name an article, from a row on.
    static func markExamples(dimension: Int, after last: Int64, _ db: Database) throws -> [ResolvedExample] {
        var examples: [ResolvedExample] = []
        let marks = try Row.fetchCursor(
            db,
            sql: """
                SELECT m.id, d.id, m.marked_at, m.vector FROM mark m
                JOIN document d ON d.key = CASE m.verdict WHEN 'right' THEN m.document ELSE m.should_be END
                WHERE m.id > ? AND m.undone_at IS NULL AND d.kind = 'article' ORDER BY m.id
                """, arguments: [last])
        while let row = try marks.next() {
            guard let vector = vector(row, at: 3, dimension: dimension) else { continue }
            examples.append(ResolvedExample(id: -(row[0] as Int64), vector: vector, articles: [(row[1], row[2])]))
        }
        return examples
    }

    /// Every article with the centroid of its passages, by rising id.
    static func centroids(dimension: Int, _ db: Database) throws -> [(article: Int64, vector: [Float])] {
        var out: [(article: Int64, vector: [Float])] = []
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT c.document_id, e.vector FROM chunk c JOIN embedding e ON e.key = c.embedding_key
                WHERE c.kind = 'article' ORDER BY c.document_id, c.ordinal
                """)
        while let row = try rows.next() {
            guard let vector = vector(row, at: 1, dimension: dimension) else { continue }
            if out.last?.article != row[0] { out.append((row[0], [Float](repeating: 0, count: dimension))) }
            for i in 0..<dimension { out[out.count - 1].vector[i] += vector[i] }
        }
        return out.map { ($0.article, $0.vector.normalized()) }
    }

    /// A learner that knows the articles and no example yet; of more articles than it looks at none is read.
    static func untaught(dimension: Int, _ db: Database) throws -> ResolutionLearner {
        let looks = try articleCount(db) <= LearningDefaults.maximumSelfExamples
        return ResolutionLearner(
            dimension: dimension, centroids: looks ? try centroids(dimension: dimension, db) : [])
    }

    static func vector(_ row: Row, at index: Int, dimension: Int) -> [Float]? {
        let data: Data = row[index]
        guard data.count == dimension * 4 else { return nil }
        return data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    }

    /// Standing marks from a row on, by row.
    static func marksForRanking(after last: Int64, _ db: Database) throws -> [MarkForRanking] {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT m.id, m.marked_at, m.question, m.vector,
                      -- What was wrong of a text says nothing of the one that came after it.
                      CASE WHEN m.verdict = 'wrong' AND cited.changed_at > m.marked_at THEN NULL ELSE cited.id END,
                      better.id, m.verdict FROM mark m
                    LEFT JOIN document cited ON cited.key = m.document
                    LEFT JOIN document better ON better.key = m.should_be
                    WHERE m.id > ? AND m.undone_at IS NULL ORDER BY m.id
                    """), arguments: [last])
        return rows.map { row in
            MarkForRanking(
                id: row[0], at: row[1], question: QuestionSyntax.fold(row[2] as String),
                vector: (row[3] as Data).withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }, cited: row[4],
                shouldBe: row[5], isRight: row[6] == Mark.Verdict.right.rawValue)
        }
    }

    /// When each known ticket was asked, by the help desk's id.
    func ticketTimes() throws -> [String: Date] {
        try pool.read { db in
            let rows = try Row.fetchCursor(
                db, sql: "SELECT external_id, created_at FROM ticket WHERE created_at IS NOT NULL")
            var out: [String: Date] = [:]
            while let row = try rows.next() { out[row[0]] = Date(milliseconds: row[1]) }
            return out
        }
    }

    /// Document row id of a known ticket.
    static func ticketDocument(_ externalID: String, _ db: Database) throws -> Int64? {
        try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT document_id FROM ticket WHERE external_id = ?"), arguments: [externalID])
    }

    /// Ids as users know them of examples: tickets by the help desk's id, marks by their answer's.
    static func exampleNames(_ ids: [Int64], _ db: Database) throws -> [Int64: String] {
        var out: [Int64: String] = [:]
        for id in ids {
            out[id] =
                id > 0
                ? try String.fetchOne(
                    db.cachedStatement(sql: "SELECT external_id FROM ticket WHERE document_id = ?"), arguments: [id])
                : try String.fetchOne(
                    db.cachedStatement(sql: "SELECT 'mark ' || answer_id FROM mark WHERE id = ?"), arguments: [-id])
        }
        return out
    }

    /// Changes whenever anything the learned model is made of does: examples alone where there are so many articles that their
    /// own vectors teach nothing. A mark names its article by key, so with marks any change of the content may matter.
    static func learningState(_ db: Database) throws -> String {
        guard try articleCount(db) > LearningDefaults.maximumSelfExamples,
            try Int.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM mark WHERE undone_at IS NULL)") == 0
        else { return try resolutionState(db) }
        return "links/\(try meta(resolutionsKey, db) ?? "0")"
    }

    /// Changes whenever content, links or marks do.
    static func resolutionState(_ db: Database) throws -> String {
        "\(try generation(db))/\(try meta(resolutionsKey, db) ?? "0")"
    }

    /// What tells whether nothing but new marks came since an earlier moment.
    static func markState(_ db: Database) throws -> MarkState {
        MarkState(
            generation: try generation(db), changes: try meta(resolutionsKey, db).flatMap(Int64.init) ?? 0,
            last: try Int64.fetchOne(db.cachedStatement(sql: "SELECT max(id) FROM mark")) ?? 0,
            undone: try Int.fetchOne(
                db.cachedStatement(sql: "SELECT count(*) FROM mark WHERE undone_at IS NOT NULL")) ?? 0)
    }
}

struct MarkState: Sendable, Equatable {
    var generation: Int64
    var changes: Int64
    /// Row of the newest mark.
    var last: Int64
    var undone: Int

    /// Every change since was a mark more.
    func onlyGrew(since old: MarkState) -> Bool {
        generation == old.generation && undone == old.undone && last - old.last == changes - old.changes
            && last >= old.last
    }
}

/// A mark as ranking needs it.
struct MarkForRanking: Sendable {
    var id: Int64
    /// Unix ms.
    var at: Int64
    /// Folded.
    var question: String
    var vector: [Float]
    var cited: Int64?
    var shouldBe: Int64?
    var isRight: Bool
}
