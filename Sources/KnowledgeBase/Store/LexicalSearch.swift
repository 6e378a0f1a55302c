import CLexical
import GRDB
import GRDBSQLite

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The best rows of one FTS5 table by BM25: FTS5's formula and statistics, without its sorter and its look-ups of sizes.
///
/// Scores equal `-bm25(table, weights…)` within 1e-6. The lists of rows are read from FTS5's own tables and scored there; phrases
/// that together cannot lift a row into the result are looked up for the rows that the others find, so the result is the
/// exact top of the full OR. Where FTS5 lays its tables out in another way, or holds rows of an open transaction in memory, an
/// auxiliary function walks through the matches instead. Measured: benchmarks/results/scale.md.
package struct LexicalSearch: Sendable {
    package struct Match: Sendable, Equatable {
        package let id: Int64
        package let score: Double
    }

    let table: String
    let weights: [Double]
    /// Lengths by row id; where it has none FTS5's record is asked, which costs about a microsecond a row.
    let lengths: RowLengths?
    /// Lists of earlier questions, of one state of the table.
    let cache: PostingCache?

    package init(table: String, weights: [Double], lengths: RowLengths? = nil, cache: PostingCache? = nil) {
        (self.table, self.weights, self.lengths, self.cache) = (table, weights, lengths, cache)
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
        try scorer(phrases, db).top(limit, prunes: prunes, db)
    }

    /// The score of every row that holds any of the phrases, by rising id; bit for bit FTS5's.
    package func all(_ phrases: [String], _ db: Database) throws -> [Match] {
        guard let statistics = try statistics(phrases, counts: true, db) else { return [] }
        return try pass(.all, statistics, db).matches
    }

    /// One question's rows, read once: the best of them, and the scores of any.
    struct RowScorer {
        fileprivate let search: LexicalSearch
        fileprivate let rows: Rows

        /// Whether FTS5's tables were read, and not FTS5 asked.
        var readsLists: Bool { if case .lists = rows { true } else { false } }

        fileprivate enum Rows {
            case none
            case lists(PostingLists)
            case function(Statistics)
        }

        /// The `limit` best by falling score, ties by rising id, and how many rows were looked at.
        func top(_ limit: Int, prunes: Bool = true, _ db: Database) throws -> (matches: [Match], visited: Int64) {
            guard limit > 0 else { return ([], 0) }
            switch rows {
            case .none: return ([], 0)
            case .lists(let lists): return try lists.top(limit, prunes: prunes)
            case .function(let statistics): return try search.pass(.top(limit), statistics, db)
            }
        }

        /// Of some rows, those that hold any of the phrases. Cost: a binary search in every phrase's list for each row.
        func scores(of ids: some Sequence<Int64>, _ db: Database) throws -> [Match] {
            switch rows {
            case .none: return []
            case .lists(let lists): return lists.scores(of: ids)
            case .function(let statistics):
                return try ids.flatMap { id in
                    // FTS5 begins at the first row from there on, which need not be the one asked for.
                    try search.pass(.all, statistics, row: id, db).matches.filter { $0.id == id }
                }
            }
        }
    }

    func scorer(_ phrases: [String], _ db: Database) throws -> RowScorer {
        // What a transaction has written FTS5 may still hold in memory.
        let reads = sqlite3_txn_state(db.sqliteConnection, "main") != SQLITE_TXN_WRITE
        if reads, phrases.count <= Int(LEXICAL_MOST_LISTS) {
            guard let statistics = try remembered(phrases, db), !statistics.phrases.isEmpty else {
                return RowScorer(search: self, rows: .none)
            }
            if let lists = try PostingLists(
                statistics, table: table, weights: weights, lengths: lengths, cache: cache, db)
            {
                return RowScorer(search: self, rows: lists.isEmpty ? .none : .lists(lists))
            }
        }
        let counted = try statistics(phrases, counts: true, db)
        return RowScorer(search: self, rows: counted.map { .function($0) } ?? .none)
    }

    // MARK: - The auxiliary function

    /// What a table and the phrases of a question are, in the question's order.
    struct Statistics {
        var phrases: [String]
        /// 0 where they are not counted.
        var counts: [Int64]
        /// The tokens of each phrase, as `lexical_read` takes them.
        var tokens: [UInt8]
        var rows: Int64
        var averageLength: Double

        /// FTS5's, of a phrase that stands in `count` rows. It gives one in more than half of them this little.
        func idf(_ count: Int64) -> Double {
            let (total, n) = (Double(rows), Double(count))
            return max(log((total - n + 0.5) / (n + 0.5)), 1e-6)
        }
    }

    private enum Mode {
        case top(Int)
        case all
    }

    /// As below without counts; what the cache knows is not asked of FTS5, whose query costs more than all the scoring of a
    /// small table.
    private func remembered(_ phrases: [String], _ db: Database) throws -> Statistics? {
        guard let cache else { return try statistics(phrases, counts: false, db) }
        let new = phrases.filter { !cache.isKnown($0) }
        if !new.isEmpty { cache.keep(try statistics(new, counts: false, db), of: new) }
        // What was remembered may have been forgotten to make room.
        return try cache.statistics(phrases) ?? statistics(phrases, counts: false, db)
    }

    /// `nil` when no row holds any of the phrases.
    private func statistics(_ phrases: [String], counts: Bool, _ db: Database) throws -> Statistics? {
        guard !phrases.isEmpty else { return nil }
        var counted = [Int64](repeating: 0, count: phrases.count)
        var pass = lexical_pass()
        defer { lexical_clear(&pass) }
        pass.mode = Int32(counts ? LEXICAL_COUNT : LEXICAL_TOKENS)
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
        return Statistics(
            phrases: phrases, counts: counted,
            tokens: Array(UnsafeRawBufferPointer(start: pass.pieces, count: Int(pass.pieces_length))),
            rows: pass.rows, averageLength: Double(pass.tokens) / Double(pass.rows))
    }

    /// - Parameter row: only this row, or the next that matches.
    private func pass(
        _ mode: Mode, _ statistics: Statistics, row: Int64? = nil, _ db: Database
    ) throws -> (matches: [Match], visited: Int64) {
        // A phrase that stands nowhere adds nothing.
        let present = statistics.phrases.indices.filter { statistics.counts[$0] > 0 }
        let idf = present.map { statistics.idf(statistics.counts[$0]) }
        let expression = Self.disjunction(present.map { statistics.phrases[$0] })
        guard !present.isEmpty else { return ([], 0) }
        var pass = lexical_pass()
        defer { lexical_clear(&pass) }
        pass.phrases = Int32(present.count)
        pass.average_length = statistics.averageLength
        pass.columns = Int32(weights.count)
        switch mode {
        case .top(let limit): (pass.mode, pass.limit) = (Int32(LEXICAL_TOP), Int32(limit))
        case .all: pass.mode = Int32(LEXICAL_ALL)
        }
        try weights.withUnsafeBufferPointer { weights in
            try idf.withUnsafeBufferPointer { idf in
                (pass.weights, pass.idf) = (weights.baseAddress, idf.baseAddress)
                try RowLengths.withUnsafeBufferPointer(lengths) {
                    (pass.lengths, pass.length_count) = ($0.baseAddress, Int64($0.count))
                    _ = try step(expression, &pass, row: row, db)
                }
            }
        }
        if case .top = mode { lexical_sort(&pass) }
        return (pass.matches, pass.visited)
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

extension lexical_pass {
    /// What was found.
    var matches: [LexicalSearch.Match] { (0..<Int(count)).map { .init(id: ids[$0], score: scores[$0]) } }
}
