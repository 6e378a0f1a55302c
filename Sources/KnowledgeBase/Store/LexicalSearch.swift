import CLexical
import GRDB
import GRDBSQLite
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The best rows of one FTS5 table by BM25: FTS5's formula and statistics, without its sorter and its look-ups of sizes.
///
/// Scores equal `-bm25(table, weights…)` within 1e-6. Phrases that together cannot lift a row into the result do not drive the
/// match (MaxScore, Turtle and Flood 1995); they are looked up for the rows that the others find, so the result is the exact
/// top of the full OR. Measured: benchmarks/results/scale.md.
package struct LexicalSearch: Sendable {
    package struct Match: Sendable, Equatable {
        package let id: Int64
        package let score: Double
    }

    let table: String
    let weights: [Double]
    /// Lengths by row id; where it has none FTS5 is asked, which costs about a microsecond a row.
    let lengths: RowLengths?
    let counts: PhraseCounts?
    /// Driving phrases are chosen only when the question's phrases stand in so many rows together: below, it costs more than it saves.
    static let prunedFrom: Int64 = 2_000

    package init(table: String, weights: [Double], lengths: RowLengths? = nil, counts: PhraseCounts? = nil) {
        (self.table, self.weights, self.lengths, self.counts) = (table, weights, lengths, counts)
    }

    /// The `limit` best rows that hold any of the phrases, by falling score, ties by rising id.
    ///
    /// - Parameter phrases: texts without `"`; each is one FTS5 phrase.
    package func top(_ phrases: [String], limit: Int, _ db: Database) throws -> [Match] {
        try top(phrases, limit: limit, prunes: true, db).matches
    }

    /// As `top`, and how many rows were looked at.
    package func top(
        _ phrases: [String], limit: Int, prunes: Bool, _ db: Database
    ) throws -> (matches: [Match], visited: Int64) {
        guard limit > 0, let found = try statistics(phrases, db) else { return ([], 0) }
        // Phrases of several words drive always: see `expression`. Then the rarer first.
        let statistics = found.sorted()
        let (count, idf) = (statistics.phrases.count, statistics.idf)
        guard prunes, statistics.counts.reduce(0, +) >= Self.prunedFrom, count > 1 else {
            let pass = try pass(.top(limit), statistics, driving: count, floor: -.infinity, db)
            return (pass.matches, pass.visited)
        }
        // The rarest phrases first: their best rows give a floor that tells which phrases cannot matter by themselves.
        var few = max(1, statistics.pieces.count { $0.count > 1 })
        while few < count, statistics.counts[..<few].reduce(0, +) < Int64(4 * limit) { few += 1 }
        let first = try pass(.top(limit), statistics, driving: few, floor: -.infinity, db)
        let floor = first.matches.count == limit ? first.matches[limit - 1].score : -.infinity
        var driving = count
        var reach = 0.0
        while driving > few {
            reach += idf[driving - 1] * Self.greatestFactor
            guard reach < floor else { break }
            driving -= 1
        }
        guard driving > few else { return (first.matches, first.visited) }
        let all = try pass(.top(limit), statistics, driving: driving, floor: floor, db)
        return (all.matches, first.visited + all.visited)
    }

    /// The score of every row that holds any of the phrases, by rising id; bit for bit FTS5's.
    package func all(_ phrases: [String], _ db: Database) throws -> [Match] {
        guard let statistics = try statistics(phrases, db) else { return [] }
        return try pass(.all, statistics, driving: statistics.phrases.count, floor: -.infinity, db).matches
    }

    /// Scores of single rows for one question: what the phrases weigh is looked up once.
    struct RowScorer {
        fileprivate let search: LexicalSearch
        fileprivate let statistics: Statistics?

        /// Of some rows, those that hold any of the phrases. Cost: a seek in every phrase's list for each row.
        func scores(of ids: some Sequence<Int64>, _ db: Database) throws -> [Match] {
            guard let statistics else { return [] }
            return try ids.flatMap { id in
                try search.pass(
                    .all, statistics, driving: statistics.phrases.count, floor: -.infinity, row: id, db
                    // FTS5 begins at the first row from there on, which need not be the one asked for.
                ).matches.filter { $0.id == id }
            }
        }
    }

    func scorer(_ phrases: [String], _ db: Database) throws -> RowScorer {
        RowScorer(search: self, statistics: try statistics(phrases, db))
    }

    // MARK: - Passes

    /// No phrase adds more than its IDF times this: k1 + 1.
    private static let greatestFactor = 2.2

    fileprivate struct Statistics {
        var phrases: [String]
        var counts: [Int64]
        var idf: [Double]
        /// The tokens of each phrase of several as they are written; empty for a single word.
        var pieces: [[String]]
        var averageLength: Double

        /// Phrases of several words first, then by falling IDF.
        func sorted() -> Statistics {
            let order = phrases.indices.sorted { a, b in
                let (first, second) = (pieces[a].count > 1, pieces[b].count > 1)
                return first != second ? first : (idf[b], a) < (idf[a], b)
            }
            return Statistics(
                phrases: order.map { phrases[$0] }, counts: order.map { counts[$0] }, idf: order.map { idf[$0] },
                pieces: order.map { pieces[$0] }, averageLength: averageLength)
        }
    }

    fileprivate enum Mode {
        case top(Int)
        case all
    }

    /// IDF of each phrase as FTS5 has it; phrases that stand nowhere are left out. `nil` when no row holds any.
    private func statistics(_ phrases: [String], _ db: Database) throws -> Statistics? {
        guard !phrases.isEmpty else { return nil }
        var counted = phrases.map { counts?[$0] ?? -1 }
        var pass = lexical_pass()
        defer { lexical_clear(&pass) }
        pass.mode = Int32(LEXICAL_COUNT)
        pass.phrases = Int32(phrases.count)
        let texts = phrases.map { strdup($0) }
        defer { for text in texts { free(text) } }
        let found = try counted.withUnsafeMutableBufferPointer { buffer in
            try texts.map { UnsafePointer($0) }.withUnsafeBufferPointer { texts in
                (pass.counts, pass.texts) = (buffer.baseAddress, texts.baseAddress)
                return try step(Self.disjunction(phrases), &pass, db)
            }
        }
        guard found else { return nil }
        guard Int(pass.expression_phrases) == phrases.count else {
            throw KnowledgeBaseError.damaged(
                path: table, reason: "FTS5 reads the question in another way than it was written")
        }
        let pieces = UnsafeRawBufferPointer(start: pass.pieces, count: Int(pass.pieces_length))
            .split(separator: 0x1e, omittingEmptySubsequences: false).prefix(phrases.count)
            .map { $0.split(separator: 0x1f).map { String(decoding: $0, as: UTF8.self) } }
        for (phrase, count) in zip(phrases, counted) { counts?[phrase] = count }
        let present = phrases.indices.filter { counted[$0] > 0 }
        let total = Double(pass.rows)
        return Statistics(
            phrases: present.map { phrases[$0] }, counts: present.map { counted[$0] },
            idf: present.map { i in
                let n = Double(counted[i])
                // FTS5 gives a term of more than half the rows this little.
                return max(log((total - n + 0.5) / (n + 0.5)), 1e-6)
            }, pieces: present.map { pieces[$0] }, averageLength: Double(pass.tokens) / total)
    }

    /// - Parameter driving: that many phrases drive the match, the others are looked up.
    fileprivate func pass(
        _ mode: Mode, _ statistics: Statistics, driving: Int, floor: Double, row: Int64? = nil, _ db: Database
    ) throws -> (matches: [Match], visited: Int64) {
        let phrases = statistics.phrases
        let expression = Self.expression(statistics, driving: driving)
        // Where others are looked up the drivers are written twice.
        let places = phrases.indices.map {
            Int32($0 < driving ? $0 : $0 - driving + Self.driverPhrases(statistics, driving))
        }
        var pass = lexical_pass()
        defer { lexical_clear(&pass) }
        pass.phrases = Int32(phrases.count)
        pass.driving = Int32(driving)
        pass.floor = floor
        pass.average_length = statistics.averageLength
        pass.columns = Int32(weights.count)
        switch mode {
        case .top(let limit): (pass.mode, pass.limit) = (Int32(LEXICAL_TOP), Int32(limit))
        case .all: pass.mode = Int32(LEXICAL_ALL)
        }
        try weights.withUnsafeBufferPointer { weights in
            try places.withUnsafeBufferPointer { places in
                try statistics.idf.withUnsafeBufferPointer { idf in
                    pass.weights = weights.baseAddress
                    pass.places = places.baseAddress
                    pass.idf = idf.baseAddress
                    if let lengths {
                        try lengths.withUnsafeBufferPointer {
                            (pass.lengths, pass.length_count) = ($0.baseAddress, Int64($0.count))
                            _ = try step(expression, &pass, row: row, db)
                        }
                    } else {
                        _ = try step(expression, &pass, row: row, db)
                    }
                }
            }
        }
        if case .top = mode { lexical_sort(&pass) }
        let matches = (0..<Int(pass.count)).map { Match(id: pass.ids[$0], score: pass.scores[$0]) }
        return (matches, pass.visited)
    }

    /// The FTS5 expression whose rows are those of the driving phrases, with the places of the others known in them.
    ///
    /// `D OR (D AND rest)`: FTS5 then skips along the others' lists to the drivers' rows. In the second D a phrase of several
    /// words is the conjunction of its words: where a phrase inside AND does not match, FTS5 (3.40) forgets the places of
    /// the words beside it that already stand at a later row.
    private static func expression(_ statistics: Statistics, driving: Int) -> String {
        let drivers = disjunction(statistics.phrases[..<driving])
        guard driving < statistics.phrases.count else { return drivers }
        let words = statistics.phrases.indices.prefix(driving).map { i -> String in
            let pieces = statistics.pieces[i]
            guard pieces.count > 1 else { return "\"\(statistics.phrases[i])\"" }
            let all = pieces.map { "\"\($0)\"" }.joined(separator: " AND ")
            return "(\(all))"
        }
        let again = words.joined(separator: " OR ")
        return "\(drivers) OR ((\(again)) AND (\(disjunction(statistics.phrases[driving...]))))"
    }

    /// How many phrases stand before the looked-up ones in `expression`.
    private static func driverPhrases(_ statistics: Statistics, _ driving: Int) -> Int {
        driving + statistics.pieces[..<driving].reduce(0) { $0 + max(1, $1.count) }
    }

    /// Runs a pass over the rows that match; true when it ended at a row.
    private func step(_ expression: String, _ pass: inout lexical_pass, row: Int64? = nil, _ db: Database) throws
        -> Bool
    {
        let connection = db.sqliteConnection
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        // `table` is one of our own names.
        let condition = row.map { " AND rowid = \($0)" } ?? ""
        let sql = "SELECT 1 FROM \(table) WHERE \(table) MATCH ?1 AND kb_lexical(\(table), ?2)\(condition)"
        var status = sqlite3_prepare_v2(connection, sql, -1, &statement, nil)
        if status == SQLITE_OK {
            status = expression.withCString { sqlite3_bind_text(statement, 1, $0, -1, Self.transient) }
        }
        return try withUnsafeMutablePointer(to: &pass) { pass in
            if status == SQLITE_OK {
                status = sqlite3_bind_pointer(statement, 2, pass, lexical_pointer_type(), nil)
            }
            if status == SQLITE_OK { status = sqlite3_step(statement) }
            guard status == SQLITE_ROW || status == SQLITE_DONE else {
                throw DatabaseError(
                    resultCode: ResultCode(rawValue: status), message: String(cString: sqlite3_errmsg(connection)))
            }
            return status == SQLITE_ROW
        }
    }

    /// SQLITE_TRANSIENT: SQLite copies the text.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    private static func disjunction(_ phrases: some Sequence<String>) -> String {
        phrases.map { "\"" + $0 + "\"" }.joined(separator: " OR ")
    }

    /// Makes the function known to a connection.
    package static func register(_ db: Database) throws {
        let status = lexical_register(db.sqliteConnection)
        guard status == SQLITE_OK else {
            throw DatabaseError(resultCode: ResultCode(rawValue: status), message: "FTS5 takes no function of ours")
        }
    }
}

/// In how many rows phrases stand, kept between questions: counting is the greater part of what is left of a search.
package final class PhraseCounts: Sendable {
    private let counts = Mutex<[String: Int64]>([:])

    package init() {}

    package subscript(phrase: String) -> Int64? {
        get { counts.withLock { $0[phrase] } }
        set {
            counts.withLock { counts in
                // A long-lived server must not keep every word ever asked.
                if counts.count >= 50_000 { counts.removeAll() }
                counts[phrase] = newValue
            }
        }
    }
}
