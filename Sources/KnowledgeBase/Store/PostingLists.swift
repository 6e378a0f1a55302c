import CLexical
import GRDB
import GRDBSQLite
import Synchronization

/// The rows of one phrase, as FTS5's tables have them.
final class PostingList: @unchecked Sendable {
    // @unchecked: nothing changes after init, and the memory is this object's own.
    let list: lexical_list

    fileprivate init(_ list: lexical_list) { self.list = list }

    deinit {
        var list = list
        lexical_free(&list, 1)
    }

    fileprivate var bytes: Int {
        Int(list.count) * 8 + Int(list.bounds_size) * 17 / 16
    }
}

/// Long lists of one state of a text index, kept between questions: most words of most questions are the same few hundred.
package final class PostingCache: Sendable {
    private struct Kept {
        var list: PostingList
        /// When it was last asked for: questions are counted, not time.
        var used: Int
    }

    private struct State {
        var lists: [[UInt8]: Kept] = [:]
        var uses = 0
        var bytes = 0
        /// The index terms of phrases; none of one that stands nowhere.
        var tokens: [String: [UInt8]] = [:]
        var table: (rows: Int64, averageLength: Double)?
    }
    private let state = Mutex(State())
    private let keptFrom: Int
    private let limit: Int

    /// Most bytes of all lists, however large the base: 20 million rows.
    static let greatestLimit = 160 << 20
    /// Phrases whose terms are remembered.
    static let phraseLimit = 200_000

    /// - Parameter keptFrom: rows from which on a list is worth keeping.
    /// - Parameter limit: bytes of all lists.
    package init(keptFrom: Int = 1_000, limit: Int = PostingCache.greatestLimit) {
        (self.keptFrom, self.limit) = (keptFrom, limit)
    }

    /// What the table is, and the terms of each phrase where all are known.
    func statistics(_ phrases: [String]) -> LexicalSearch.Statistics? {
        state.withLock { state in
            guard let table = state.table else { return nil }
            var present: [String] = []
            var tokens: [UInt8] = []
            for phrase in phrases {
                guard let own = state.tokens[phrase] else { return nil }
                guard !own.isEmpty else { continue }
                present.append(phrase)
                tokens += own + [0x1e]
            }
            return LexicalSearch.Statistics(
                phrases: present, counts: [], tokens: tokens, rows: table.rows, averageLength: table.averageLength)
        }
    }

    /// Of the lists that are kept.
    var bytes: Int { state.withLock { $0.bytes } }

    func isKnown(_ phrase: String) -> Bool { state.withLock { $0.tokens[phrase] != nil } }

    /// Remembers what FTS5 makes of phrases; `nil` where none of them stands anywhere.
    func keep(_ statistics: LexicalSearch.Statistics?, of phrases: [String]) {
        let pieces = statistics?.tokens.split(separator: 0x1e, omittingEmptySubsequences: false).map(Array.init)
        state.withLock { state in
            if state.tokens.count > Self.phraseLimit { state.tokens = [:] }
            if let statistics { state.table = (statistics.rows, statistics.averageLength) }
            for (place, phrase) in phrases.enumerated() { state.tokens[phrase] = pieces?[place] ?? [] }
        }
    }

    fileprivate subscript(phrase: [UInt8]) -> PostingList? {
        state.withLock { state in
            guard let index = state.lists.index(forKey: phrase) else { return nil }
            state.uses += 1
            state.lists.values[index].used = state.uses
            return state.lists.values[index].list
        }
    }

    fileprivate func keep(_ list: PostingList, for phrase: [UInt8]) {
        guard list.list.count >= keptFrom, list.bytes <= limit / 4 else { return }
        state.withLock { state in
            guard state.lists[phrase] == nil else { return }
            if state.bytes + list.bytes > limit {
                // Those longest unused make room, a tenth more than is needed now: they are sorted seldom.
                for (phrase, kept) in state.lists.sorted(by: { $0.value.used < $1.value.used }) {
                    guard state.bytes + list.bytes > limit - limit / 10 else { break }
                    state.lists[phrase] = nil
                    state.bytes -= kept.list.bytes
                }
            }
            state.uses += 1
            state.lists[phrase] = Kept(list: list, used: state.uses)
            state.bytes += list.bytes
        }
    }
}

/// The rows of each phrase of one question, read from FTS5's tables, by falling IDF.
///
/// Of one transaction: it must not outlive it.
final class PostingLists {
    private let owners: [PostingList]
    private let lists: [lexical_list]
    private let idf: [Double]

    var isEmpty: Bool { lists.isEmpty }

    /// FTS5's record of the sizes of one row's columns.
    private final class SizeStatement {
        let pointer: OpaquePointer?

        /// - Parameter table: one of our own names.
        init(_ table: String, _ db: Database) throws {
            var statement: OpaquePointer?
            let status = sqlite3_prepare_v2(
                db.sqliteConnection, "SELECT sz FROM \(table)_docsize WHERE id = ?1", -1, &statement, nil)
            pointer = statement
            guard status == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: status)) }
        }

        deinit { sqlite3_finalize(pointer) }
    }

    /// `nil` where FTS5's tables are not as `lexical_read` knows them.
    init?(
        _ statistics: LexicalSearch.Statistics, table: String, weights: [Double], lengths: RowLengths?,
        cache: PostingCache?, _ db: Database
    ) throws {
        let phrases = statistics.tokens.split(separator: 0x1e, omittingEmptySubsequences: false)
            .prefix(statistics.phrases.count).map(Array.init)
        let size = try SizeStatement(table, db)
        var found = phrases.map { cache?[$0] }
        let missing = phrases.indices.filter { found[$0] == nil }
        guard
            let read = try Self.read(
                missing.map { phrases[$0] }, table: table, weights: weights, lengths: lengths, size: size,
                averageLength: statistics.averageLength, db)
        else { return nil }
        for (phrase, list) in zip(missing, read) {
            let owner = PostingList(list)
            found[phrase] = owner
            cache?.keep(owner, for: phrases[phrase])
        }
        // Rarest first; ties in the order of the question.
        owners = found.compactMap { $0 }.filter { $0.list.count > 0 }.enumerated()
            .sorted { ($0.element.list.count, $0.offset) < ($1.element.list.count, $1.offset) }.map(\.element)
        lists = owners.map(\.list)
        idf = lists.map { statistics.idf(Int64($0.count)) }
    }

    private static func read(
        _ phrases: [[UInt8]], table: String, weights: [Double], lengths: RowLengths?, size: SizeStatement,
        averageLength: Double, _ db: Database
    ) throws -> [lexical_list]? {
        guard !phrases.isEmpty else { return [] }
        let tokens: [UInt8] = phrases.reduce(into: []) { $0 += $1 + [0x1e] }
        var status = SQLITE_OK
        let lists = [lexical_list](unsafeUninitializedCapacity: phrases.count) { out, count in
            tokens.withUnsafeBytes { tokens in
                RowLengths.withUnsafeBufferPointer(lengths) { lengths in
                    var known = lexical_lengths(
                        lengths: lengths.baseAddress, count: Int64(lengths.count), size: size.pointer)
                    status = lexical_read(
                        db.sqliteConnection, table, tokens.baseAddress!.assumingMemoryBound(to: CChar.self),
                        Int32(tokens.count), Int32(phrases.count), weights, Int32(weights.count), &known,
                        averageLength, out.baseAddress!)
                }
            }
            count = phrases.count
        }
        guard status == SQLITE_OK else {
            for var list in lists { lexical_free(&list, 1) }
            // What is not laid out as expected FTS5 reads itself; where it is damaged, FTS5 says so.
            if status == SQLITE_RANGE || status & 0xff == SQLITE_CORRUPT { return nil }
            throw DatabaseError(
                resultCode: ResultCode(rawValue: status), message: "the text index \(table) cannot be read")
        }
        return lists
    }

    func top(_ limit: Int, prunes: Bool) throws -> (matches: [LexicalSearch.Match], visited: Int64) {
        try withPass { pass in
            defer { lexical_clear(&pass) }
            (pass.mode, pass.limit) = (Int32(LEXICAL_TOP), Int32(clamping: limit))
            let status = lexical_top(&pass, lists, Int32(lists.count), prunes ? 1 : 0)
            guard status == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: status)) }
            lexical_sort(&pass)
            return (pass.matches, pass.visited)
        }
    }

    func scores(of ids: some Sequence<Int64>) -> [LexicalSearch.Match] {
        withPass { pass in
            ids.compactMap { id in
                guard let row = UInt32(exactly: id) else { return nil }
                let score = lexical_score(&pass, lists, Int32(lists.count), row)
                return score > 0 ? .init(id: id, score: score) : nil
            }
        }
    }

    private func withPass<T>(_ body: (inout lexical_pass) throws -> T) rethrows -> T {
        try idf.withUnsafeBufferPointer { idf in
            var pass = lexical_pass()
            (pass.idf, pass.phrases) = (idf.baseAddress, Int32(lists.count))
            return try body(&pass)
        }
    }
}
