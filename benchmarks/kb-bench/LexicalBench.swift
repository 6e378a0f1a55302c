import FoundationEssentials
import GRDB
import KnowledgeBase

/// kb-bench lexical DATA N: kb's BM25 against FTS5's `ORDER BY rank LIMIT 100`, in turns, on questions of eight terms.
enum LexicalBench {
    struct Report: Encodable {
        let bench = "lexical"
        let passages: Int
        let questions: Int
        let fts5: Timings
        let kb: Timings
        /// As one process does that keeps the lists of frequent words.
        let kbKept: Timings
        /// Without MaxScore.
        let kbAllRows: Timings
        let visited: Int64
        let visitedAllRows: Int64
        /// Rows whose id and score equal FTS5's within 1e-6, ties at the end of the list aside.
        let same: Int
        let rows: Int
        let lengthsMilliseconds: Double
        let fileBytes: Int
        let memory: Memory
    }

    static func run(_ arguments: [String]) throws {
        let data = try ScaleData(folder: arguments[0], count: Int(arguments[1]) ?? 0)
        let path = "\(data.folder)/lexical-\(data.count).sqlite"
        try build(path, data)
        var configuration = Configuration()
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA mmap_size = 4294967296; PRAGMA cache_size = -65536;")
            try LexicalSearch.register(db)
        }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        let report = try queue.read { db in
            let started = ContinuousClock.now
            let lengths = try RowLengths(table: "t", db)
            let loading = started.duration(to: .now) / .milliseconds(1)
            let search = LexicalSearch(table: "t", weights: [4.0, 2.0, 1.0], lengths: lengths)
            let statement = try db.makeStatement(
                sql: "SELECT rowid, bm25(t, 4, 2, 1) AS s FROM t WHERE t MATCH ? ORDER BY s LIMIT 100")
            let keeping = LexicalSearch(table: "t", weights: [4.0, 2.0, 1.0], lengths: lengths, cache: PostingCache())
            var (fts5, kb, kept, plain): ([Sample], [Sample], [Sample], [Sample]) = ([], [], [], [])
            var (same, rows) = (0, 0)
            var (visited, visitedAll): (Int64, Int64) = (0, 0)
            let questions = data.questions.filter { $0.terms.count == 8 }.prefix(500)
            // What comes a second time is weighed.
            for question in questions + questions { _ = try keeping.top(question.terms, limit: 100, db) }
            for question in questions {
                let match = question.terms.map { "\"\($0)\"" }.joined(separator: " OR ")
                let own = try Timings.measure(&fts5) {
                    try Row.fetchAll(statement, arguments: [match]).map {
                        (id: $0[0] as Int64, score: -($0[1] as Double))
                    }
                }
                let found = try Timings.measure(&kb) { try search.top(question.terms, limit: 100, prunes: true, db) }
                let all = try Timings.measure(&plain) { try search.top(question.terms, limit: 100, prunes: false, db) }
                let again = try Timings.measure(&kept) { try keeping.top(question.terms, limit: 100, prunes: true, db) }
                guard again.matches == found.matches else {
                    throw BenchError("kept lists change the result of \(match)")
                }
                guard all.matches == found.matches else { throw BenchError("MaxScore changes the result of \(match)") }
                (visited, visitedAll) = (visited + found.visited, visitedAll + all.visited)
                rows += own.count
                same += agreeing(found.matches, own)
            }
            return Report(
                passages: data.count, questions: questions.count, fts5: Timings(fts5), kb: Timings(kb),
                kbKept: Timings(kept), kbAllRows: Timings(plain), visited: visited, visitedAllRows: visitedAll,
                same: same, rows: rows, lengthsMilliseconds: loading, fileBytes: Memory.size(path),
                memory: Memory.now())
        }
        guard report.same == report.rows else { throw BenchError("\(report.same) of \(report.rows) rows are FTS5's") }
        try Output.json(report)
    }

    private static func agreeing(_ found: [LexicalSearch.Match], _ own: [(id: Int64, score: Double)]) -> Int {
        guard found.count == own.count else { return 0 }
        let ids = Set(own.map(\.id))
        return zip(found, own).count { match, row in
            abs(match.score - row.score) < 1e-6 && (ids.contains(match.id) || abs(match.score - own.last!.score) < 1e-6)
        }
    }

    private static func build(_ path: String, _ data: ScaleData) throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        let queue = try DatabaseQueue(path: path + ".tmp")
        try queue.inDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
                    CREATE VIRTUAL TABLE IF NOT EXISTS t USING fts5(title, heading, body, content = '',
                      tokenize = 'porter unicode61 remove_diacritics 2');
                    """)
            try db.inTransaction {
                let insert = try db.makeStatement(
                    sql: "INSERT INTO t (rowid, title, heading, body) VALUES (?, ?, ?, ?)")
                for (i, text) in try data.texts().enumerated() {
                    // Title and heading are what a first sentence's first words would be in an article.
                    let words = text.split(separator: " ")
                    try insert.execute(arguments: [
                        i + 1, words.prefix(6).joined(separator: " "), "", words.dropFirst(6).joined(separator: " "),
                    ])
                }
                return .commit
            }
        }
        try queue.close()
        try FileManager.default.moveItem(atPath: path + ".tmp", toPath: path)
    }
}
