import GRDB
import Testing

@testable import KnowledgeBase

/// FTS5's own `ORDER BY rank` says what is right.
@Suite struct LexicalSearchTests {
    /// 6,000 rows of words whose frequencies fall like those of a language; seeded.
    private static let database: DatabaseQueue = {
        var configuration = Configuration()
        configuration.prepareDatabase { try LexicalSearch.register($0) }
        let queue = try! DatabaseQueue(configuration: configuration)
        try! queue.write { db in
            try db.execute(
                sql: """
                    CREATE VIRTUAL TABLE t USING fts5(title, heading, body, tokenize = 'porter unicode61');
                    INSERT INTO t (t, rank) VALUES ('pgsz', 1000);
                    """)
            var random = Seeded(7)
            for id in 1...6_000 {
                // Gaps between ids, as replaced passages leave them.
                try db.execute(
                    sql: "INSERT INTO t (rowid, title, heading, body) VALUES (?, ?, ?, ?)",
                    arguments: [
                        id * 3 / 2, random.words(3), random.words(2), random.words(5 + Int(random.next() % 60)),
                    ])
            }
            try db.execute(sql: "DELETE FROM t WHERE rowid % 17 = 0")
        }
        return queue
    }()

    private struct Seeded: RandomNumberGenerator {
        var state: UInt64
        init(_ seed: UInt64) { state = seed }
        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
        /// Word n of 2,000 stands about once in n draws.
        mutating func word() -> String {
            let share = Double(next() % 1_000_000) / 1_000_000
            return "w" + String(Int(LexicalSearchTests.power(2_000, share)))
        }
        mutating func words(_ count: Int) -> String { (0..<count).map { _ in word() }.joined(separator: " ") }
    }

    private static func power(_ base: Double, _ exponent: Double) -> Double {
        var (result, factor, rest) = (1.0, base, exponent)
        // base^exponent by square roots: enough for a draw.
        for _ in 0..<20 {
            factor = factor.squareRoot()
            rest *= 2
            if rest >= 1 {
                result *= factor
                rest -= 1
            }
        }
        return result
    }

    private static let weights = [4.0, 2.0, 1.0]

    private static func questions(_ count: Int) -> [[String]] {
        var random = Seeded(11)
        return (0..<count).map { i in
            var phrases = (0..<1 + i % 12).map { _ in random.word() }
            if i % 5 == 0 { phrases.append("w1 w2") }
            if i % 7 == 0 { phrases.append("w3-w1") }
            if i % 11 == 0 { phrases.append("nowhere") }
            if i % 13 == 0 { phrases.append("®") }
            if i % 17 == 0 { phrases.append(phrases[0]) }
            return phrases
        }
    }

    /// What differs in ids and scores; where scores tie at the end of the list either row is right.
    private func difference(_ found: [LexicalSearch.Match], _ expected: [(Int64, Double)]) -> String? {
        if found.count != expected.count { return "\(found.count) rows for \(expected.count)" }
        let scores = Dictionary(uniqueKeysWithValues: expected.map { ($0.0, $0.1) })
        for (match, other) in zip(found, expected) {
            if abs(match.score - other.1) > 1e-6 { return "\(match) for \(other)" }
            let own = scores[match.id] ?? expected.last!.1
            if abs(own - match.score) > 1e-6 { return "\(match) has \(own)" }
        }
        return nil
    }

    private func byRank(_ phrases: [String], limit: Int, _ db: Database) throws -> [(Int64, Double)] {
        try Row.fetchAll(
            db, sql: "SELECT rowid, -bm25(t, 4, 2, 1) AS s FROM t WHERE t MATCH ? ORDER BY s DESC, rowid LIMIT ?",
            arguments: [phrases.map { "\"\($0)\"" }.joined(separator: " OR "), limit]
        ).map { ($0[0], $0[1]) }
    }

    @Test(arguments: [false, true])
    func `the best hundred of 400 questions are FTS5's own`(withLengths: Bool) throws {
        try Self.database.read { db in
            let search = LexicalSearch(
                table: "t", weights: Self.weights, lengths: withLengths ? try RowLengths(table: "t", db) : nil)
            for question in Self.questions(400) {
                let found = try search.top(question, limit: 100, db)
                let problem = difference(found, try byRank(question, limit: 100, db))
                try #require(problem == nil, "\(question)")
            }
        }
    }

    @Test(arguments: [1, 3, 10])
    func `few results are FTS5's own`(limit: Int) throws {
        try Self.database.read { db in
            let search = LexicalSearch(table: "t", weights: Self.weights, cache: PostingCache())
            for question in Self.questions(200) {
                let found = try search.top(question, limit: limit, db)
                let problem = difference(found, try byRank(question, limit: limit, db))
                try #require(problem == nil, "\(question)")
            }
        }
    }

    /// Lists of up to some thousand rows of eight bytes: most questions push others' out.
    @Test func `lists that had to make room are read again`() throws {
        try Self.database.read { db in
            let small = PostingCache(keptFrom: 1, limit: 40_000)
            let search = LexicalSearch(table: "t", weights: Self.weights, cache: small)
            let without = LexicalSearch(table: "t", weights: Self.weights)
            for question in Self.questions(120) + Self.questions(120) {
                let found = try search.top(question, limit: 20, db)
                #expect(try found == without.top(question, limit: 20, db))
                #expect(small.bytes <= 40_000)
            }
            #expect(small.bytes > 10_000)
        }
    }

    @Test func `every score is FTS5's own bit for bit`() throws {
        try Self.database.read { db in
            let search = LexicalSearch(table: "t", weights: Self.weights, lengths: try RowLengths(table: "t", db))
            for question in Self.questions(60) {
                let own = try byRank(question, limit: .max, db)
                let all = try search.all(question, db)
                #expect(
                    Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0.score) })
                        == Dictionary(uniqueKeysWithValues: own.map { ($0.0, $0.1) }), "\(question)")
            }
        }
    }

    @Test func `a single row has its own score, and one that holds no phrase none`() throws {
        try Self.database.read { db in
            let search = LexicalSearch(table: "t", weights: Self.weights)
            for question in [["w900", "w901"], ["w3", "w1 w2"]] {
                let all = try search.all(question, db)
                let scores = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0.score) })
                let scorer = try search.scorer(question, db)
                for id in stride(from: Int64(1), to: 600, by: 1) {
                    let found = try scorer.scores(of: [id], db)
                    #expect(found.count == (scores[id] == nil ? 0 : 1))
                    // Parts of lists are whole numbers: 1e-8 off at most.
                    if let own = scores[id], let score = found.first?.score { #expect(abs(score - own) < 1e-7) }
                }
            }
        }
    }

    /// Of words in most rows, whose bounds are summed side by side.
    @Test(arguments: [1, 20, 300])
    func `the best rows of frequent words are FTS5's own`(limit: Int) throws {
        try Self.database.read { db in
            let cache = PostingCache()
            let search = LexicalSearch(table: "t", weights: Self.weights, cache: cache)
            for question in [["w1", "w2", "w3"], ["w1"], ["w1", "w2", "w1500"], ["w2", "w3", "w40", "w41"]] {
                let found = try search.top(question, limit: limit, db)
                let problem = difference(found, try byRank(question, limit: limit, db))
                try #require(problem == nil, "\(question)")
            }
            // A byte for each id beside the eight of each row: without it there were no bounds to test.
            let rows = try ["w1", "w2", "w3"].reduce(0) { try $0 + byRank([$1], limit: .max, db).count }
            #expect(cache.bytes > rows * 8 + 9_000)
        }
    }

    @Test func `common words are looked up and not walked through`() throws {
        try Self.database.read { db in
            let search = LexicalSearch(table: "t", weights: Self.weights)
            let question = ["w1", "w2", "w900", "w901", "w700", "w702", "w650"]
            let pruned = try search.top(question, limit: 5, prunes: true, db)
            let full = try search.top(question, limit: 5, prunes: false, db)
            #expect(pruned.matches == full.matches)
            #expect(pruned.visited * 4 < full.visited)
        }
    }

    @Test func `words that stand nowhere find nothing`() throws {
        try Self.database.read { db in
            let search = LexicalSearch(table: "t", weights: Self.weights)
            for question in [["nowhere", "neither"], [], ["®"]] {
                let found = try search.top(question, limit: 5, db)
                #expect(found.isEmpty)
            }
        }
    }

    /// FTS5 merges segments piece by piece: some are used up while the merge goes on, others have lost their first pages.
    @Test func `the lists are read at every stage of a merge`() throws {
        var configuration = Configuration()
        configuration.prepareDatabase { try LexicalSearch.register($0) }
        let queue = try DatabaseQueue(configuration: configuration)
        try queue.write { db in
            try db.execute(
                sql: """
                    CREATE VIRTUAL TABLE m USING fts5(body);
                    INSERT INTO m (m, rank) VALUES ('pgsz', 64), ('automerge', 0);
                    """)
        }
        // The first segment holds one word, before all others.
        let words = (0..<4).map { part in
            part == 0 ? ["aaa"] : (0..<300).map { "w\(1_000 + ($0 * 7 + part) % 600)" }
        }
        for (part, own) in words.enumerated() {
            try queue.write { db in
                try db.execute(
                    sql: "INSERT INTO m (rowid, body) VALUES (?, ?)", arguments: [part + 1, own.joined(separator: " ")])
            }
        }
        let asked = ["aaa", "w1001", "w1250", "w1400", "w1599"]
        for stage in 0..<12 {
            try queue.write { try $0.execute(sql: "INSERT INTO m (m, rank) VALUES ('merge', 12)") }
            try queue.read { db in
                for word in asked {
                    let search = LexicalSearch(table: "m", weights: [1])
                    #expect(try search.scorer([word], db).readsLists, "\(word) at stage \(stage)")
                    let expected = try Int64.fetchAll(
                        db, sql: "SELECT rowid FROM m WHERE m MATCH ? ORDER BY rowid", arguments: [word])
                    let found = try search.top([word], limit: 10, db).map(\.id).sorted()
                    #expect(found == expected, "\(word) at stage \(stage)")
                }
            }
        }
    }
}
