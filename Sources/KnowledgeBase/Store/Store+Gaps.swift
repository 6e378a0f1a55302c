import FoundationEssentials
import GRDB

/// A gap as it is kept from night to night.
struct StoredGap: Sendable {
    var gap: Gap
    var openedAt: Date
    /// Row ids in `gap_run`.
    var run: Int64
    var baseline: Int64
    var centroid: [Float]
    /// Baseline confidence and answerable by `GapQuestion.key`.
    var questions: [String: (confidence: Double, answerable: Double)] = [:]
    var dismissedCount: Int?
    var returnFactor: Double?
    var closedAt: Date?
}

extension Store {
    /// Content hash of every article by id: what a proof compares. The end of it: it begins with how files were read then.
    static func articleHashes(_ db: Database) throws -> [String: String] {
        var out: [String: String] = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT key, content_hash FROM document WHERE kind = 'article'")
        while let row = try rows.next() { out[row[0]] = SHA256.hex(Array((row[1] as Data).suffix(6))) }
        return out
    }

    // MARK: - Judgements

    func judgements(state: String) throws -> [String: GapJudgement] {
        try pool.read { db in
            var out: [String: GapJudgement] = [:]
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT question, answerable, confidence, documents, chunk, cosine FROM judgement WHERE state = ?",
                arguments: [state])
            while let row = try rows.next() {
                out[row[0]] = GapJudgement(
                    answerable: row[1], confidence: row[2], documents: try JSONText.decode([String].self, row[3]),
                    chunk: row[4], cosine: row[5])
            }
            return out
        }
    }

    /// Keeps judgements; those of another state are let go.
    func keep(_ judgements: [String: GapJudgement], state: String) throws {
        try pool.write { db in
            try db.execute(sql: "DELETE FROM judgement WHERE state <> ?", arguments: [state])
            let insert = try db.makeStatement(
                sql: """
                    INSERT OR REPLACE INTO judgement (question, state, answerable, confidence, documents, chunk, cosine)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """)
            for (key, one) in judgements.sorted(by: { $0.key < $1.key }) {
                try insert.execute(arguments: [
                    key, state, one.answerable, one.confidence, try JSONText.encode(one.documents), one.chunk,
                    one.cosine,
                ])
            }
        }
    }

    // MARK: - Runs

    struct GapRun: Sendable {
        var id: Int64
        var at: Date
        var articles: [String: String]
    }

    func gapRuns(_ ids: [Int64]) throws -> [Int64: GapRun] {
        try pool.read { db in
            var out: [Int64: GapRun] = [:]
            for id in Set(ids) {
                guard
                    let row = try Row.fetchOne(
                        db, sql: "SELECT id, at, articles FROM gap_run WHERE id = ?", arguments: [id])
                else { continue }
                out[id] = GapRun(
                    id: id, at: Date(milliseconds: row[1]),
                    articles: try JSONText.decode([String: String].self, row[2]))
            }
            return out
        }
    }

    func lastGapRun() throws -> (id: Int64, at: Date)? {
        try pool.read { db in
            try Row.fetchOne(db, sql: "SELECT id, at FROM gap_run ORDER BY id DESC LIMIT 1")
                .map { ($0[0], Date(milliseconds: $0[1])) }
        }
    }

    /// Share answered by past runs, the last of each day, oldest first.
    func answeredHistory() throws -> [(at: Date, answered: Double)] {
        try pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT at, answered FROM gap_run WHERE id IN
                      (SELECT max(id) FROM gap_run WHERE answered >= 0 GROUP BY at / 86400000) ORDER BY id
                    """
            ).map {
                (Date(milliseconds: $0[0]), $0[1])
            }
        }
    }

    // MARK: - Gaps

    func gaps(id: String? = nil) throws -> [StoredGap] {
        try pool.read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT id, state, opened_at, run, baseline, centroid, report, assignee, dismissed_count, return_factor,
                      closed_at, proof FROM gap WHERE ?1 IS NULL OR id = ?1 ORDER BY id
                    """, arguments: [id])
            return try rows.map { row in
                var gap = try JSONText.decode(Gap.self, row[6])
                gap.state = Gap.State(rawValue: row[1]) ?? .open
                gap.assignee = row[7]
                gap.proof = try (row[11] as String?).map { try JSONText.decode(Gap.Proof.self, $0) }
                var stored = StoredGap(
                    gap: gap, openedAt: Date(milliseconds: row[2]), run: row[3], baseline: row[4],
                    centroid: (row[5] as Data).withUnsafeBytes { Array($0.bindMemory(to: Float.self)) })
                (stored.dismissedCount, stored.returnFactor) = (row[8], row[9])
                stored.closedAt = (row[10] as Int64?).map(Date.init(milliseconds:))
                let questions = try Row.fetchCursor(
                    db, sql: "SELECT question, confidence, answerable FROM gap_question WHERE gap = ?",
                    arguments: [gap.id])
                while let row = try questions.next() { stored.questions[row[0]] = (row[1], row[2]) }
                return stored
            }
        }
    }

    /// Writes a run and its gaps, with what happened, all or nothing.
    ///
    /// - Parameter make: gaps and events, from the run's row id.
    func record(
        at now: Date, questions: Int, answered: Double,
        _ make: (Int64) -> (gaps: [StoredGap], events: [(gap: String, event: GapEvent)])
    ) throws {
        try pool.write { db in
            try db.execute(
                sql: "INSERT INTO gap_run (at, questions, answered, articles) VALUES (?, ?, ?, ?)",
                arguments: [now.milliseconds, questions, answered, try JSONText.encode(try Self.articleHashes(db))])
            let made = make(db.lastInsertedRowID)
            for stored in made.gaps { try Self.write(stored, db) }
            for (gap, event) in made.events { try Self.write(event, of: gap, db) }
            // Article lists that no gap refers to any more, but for the last.
            try db.execute(
                sql: """
                    UPDATE gap_run SET articles = '{}' WHERE id < ? AND id NOT IN (SELECT baseline FROM gap)
                      AND articles <> '{}'
                    """, arguments: [db.lastInsertedRowID])
        }
    }

    func update(_ gaps: [StoredGap], events: [(gap: String, event: GapEvent)]) throws {
        try pool.write { db in
            for stored in gaps { try Self.write(stored, db) }
            for (gap, event) in events { try Self.write(event, of: gap, db) }
        }
    }

    func events(of gap: String) throws -> [GapEvent] {
        try pool.read { db in
            try Row.fetchAll(
                db, sql: "SELECT at, what, detail FROM gap_event WHERE gap = ? ORDER BY id", arguments: [gap]
            ).map { GapEvent(at: Date(milliseconds: $0[0]), what: $0[1], detail: $0[2]) }
        }
    }

    private static func write(_ stored: StoredGap, _ db: Database) throws {
        let gap = stored.gap
        try db.cachedStatement(
            sql: """
                INSERT INTO gap (id, state, opened_at, run, baseline, centroid, report, assignee, dismissed_count,
                  return_factor, closed_at, proof) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                ON CONFLICT (id) DO UPDATE SET state = ?2, run = ?4, baseline = ?5, centroid = ?6, report = ?7,
                  assignee = ?8, dismissed_count = ?9, return_factor = ?10, closed_at = ?11, proof = ?12
                """
        ).execute(arguments: [
            gap.id, gap.state.rawValue, stored.openedAt.milliseconds, stored.run, stored.baseline,
            stored.centroid.withUnsafeBytes { Data($0) }, try JSONText.encode(gap), gap.assignee,
            stored.dismissedCount, stored.returnFactor, stored.closedAt?.milliseconds,
            try gap.proof.map { try JSONText.encode($0) },
        ])
        try db.cachedStatement(sql: "DELETE FROM gap_question WHERE gap = ?").execute(arguments: [gap.id])
        let insert = try db.cachedStatement(
            sql: "INSERT INTO gap_question (gap, question, confidence, answerable) VALUES (?, ?, ?, ?)")
        for (key, value) in stored.questions.sorted(by: { $0.key < $1.key }) {
            try insert.execute(arguments: [gap.id, key, value.confidence, value.answerable])
        }
    }

    private static func write(_ event: GapEvent, of gap: String, _ db: Database) throws {
        try db.cachedStatement(sql: "INSERT INTO gap_event (gap, at, what, detail) VALUES (?, ?, ?, ?)")
            .execute(arguments: [gap, event.at.milliseconds, event.what, event.detail])
    }
}

extension Store {
    private static func reportedKey(isDelivery: Bool) -> String { isDelivery ? "gaps.delivered" : "gaps.reported" }

    /// What happened to gaps since the last report that was marked, by ids; each gap under the last thing that happened.
    func gapNews(isDelivery: Bool) throws -> (
        new: [String], grew: [String], closed: [String], reopened: [String], lastEvent: Int64
    ) {
        try pool.read { db in
            let last = try Self.meta(Self.reportedKey(isDelivery: isDelivery), db).flatMap(Int64.init) ?? 0
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT id, gap, what FROM gap_event WHERE id > ? AND what IN ('opened', 'grew', 'closed', 'reopened')
                    ORDER BY id
                    """, arguments: [last])
            var now: [String: String] = [:]
            for row in rows {
                // What is new and grew is new.
                if now[row[1]] == "opened", (row[2] as String) == "grew" { continue }
                now[row[1]] = row[2]
            }
            func ids(_ what: String) -> [String] { now.filter { $0.value == what }.keys.sorted() }
            return (ids("opened"), ids("grew"), ids("closed"), ids("reopened"), rows.last?[0] ?? last)
        }
    }

    func markReported(event: Int64, isDelivery: Bool) throws {
        try setMeta(Self.reportedKey(isDelivery: isDelivery), String(event))
    }

    func setMeta(_ key: String, _ value: String) throws {
        try pool.write { try Self.setMeta(key, value, $0) }
    }

    func titles(ofDocuments keys: Set<String>) throws -> [String: String] {
        try pool.read { db in
            var out: [String: String] = [:]
            for key in keys {
                out[key] = try String.fetchOne(
                    db.cachedStatement(sql: "SELECT title FROM document WHERE key = ?"), arguments: [key])
            }
            return out
        }
    }
}
