import FoundationEssentials
import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Store {
    /// BM25 of every passage and every document of a kind that matches; nothing when the expression is empty.
    ///
    /// No ORDER BY: FTS5's sorter costs more than keeping the best in memory (measured at 100 k passages).
    static func lexicalScores(_ match: String, kind: DocumentKind, _ db: Database) throws -> LexicalScores {
        var out = LexicalScores()
        guard !match.isEmpty else { return out }
        let (passage, document) = (RetrievalDefaults.passageWeights, RetrievalDefaults.documentWeights)
        let table = "\(kind.rawValue)_fts"
        let passages = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT f.rowid, c.document_id, bm25(\(table), \(passage.title), \(passage.heading), \(passage.body))
                    FROM \(table) f JOIN chunk c ON c.id = f.rowid WHERE \(table) MATCH ?
                    """), arguments: [match])
        while let row = try passages.next() {
            let (chunk, owner, score): (Int64, Int64, Double) = (row[0], row[1], -row[2])
            out.passages[chunk] = score
            let best = out.entries[owner]
            if best == nil || score > best!.passage || (score == best!.passage && chunk < best!.chunk!) {
                out.entries[owner] = LexicalScores.Entry(passage: score, document: 0, chunk: chunk)
            }
        }
        let whole = "\(kind.rawValue)_document_fts"
        let documents = try Row.fetchCursor(
            db.cachedStatement(
                sql:
                    "SELECT rowid, bm25(\(whole), \(document.title), \(document.body)) FROM \(whole) WHERE \(whole) MATCH ?"
            ), arguments: [match])
        while let row = try documents.next() { out.entries[row[0], default: .init()].document = -(row[1] as Double) }
        return out
    }

    /// For each document that holds any of some identifiers, their share of all that stand anywhere, the rarer the more.
    ///
    /// An identifier in n of N documents weighs 1 − ln n / ln N: one in a single document 1, one in all nothing.
    static func identifierShares(
        _ identifiers: [Identifier], kind: DocumentKind, _ db: Database
    ) throws -> [Int64: Double] {
        guard !identifiers.isEmpty else { return [:] }
        let total = Double(try rowCount("\(kind.rawValue)_document_fts", db))
        // By passages, for a code may stand in a heading alone, which whole documents do not hold.
        var shares: [Int64: Double] = [:]
        for identifier in identifiers {
            let documents = try documents(holding: identifier, kind, db)
            guard !documents.isEmpty, total > 1 else { continue }
            let weight = max(0, 1 - log(Double(documents.count)) / log(total))
            for document in documents { shares[document, default: 0] += weight / Double(identifiers.count) }
        }
        return shares
    }

    /// The one article that holds a code of the question, or of several the one that has it in its title: for each code.
    static func soleHolders(
        of identifiers: [Identifier], _ db: Database
    ) throws -> [(document: Int64, identifier: Identifier)] {
        var holders: [(document: Int64, identifier: Identifier)] = []
        for identifier in identifiers where identifier.isCode {
            var documents = try documents(holding: identifier, .article, limit: 2, db)
            if documents.count > 1 {
                documents = try Self.documents(holding: identifier, .article, inTitle: true, limit: 2, db)
                // "Release notes for ZX-200 and ZX-300" is about neither.
                let titles = try documents.compactMap {
                    try String.fetchOne(
                        db.cachedStatement(sql: "SELECT title FROM document WHERE id = ?"), arguments: [$0])
                }
                if titles.contains(where: { Identifiers.named(in: $0.lowercased()).count > 1 }) { documents = [] }
            }
            guard documents.count == 1 else { continue }
            if !holders.contains(where: { $0.document == documents[0] }) { holders.append((documents[0], identifier)) }
        }
        return holders
    }

    /// The documents that hold an identifier. To FTS5 `timer.idle` is two words in a row: where it is written so is looked up.
    private static func documents(
        holding identifier: Identifier, _ kind: DocumentKind, inTitle: Bool = false, limit: Int = .max, _ db: Database
    ) throws -> [Int64] {
        let match = inTitle ? "title : (\(identifier.match))" : identifier.match
        guard identifier.isJoined else {
            return try Int64.fetchAll(
                db.cachedStatement(sql: holders(kind) + " LIMIT ?"), arguments: [match, limit])
        }
        let written = "instr(lower(c.title || char(10) || c.heading || char(10) || c.body), ?) > 0"
        return try Int64.fetchAll(
            db.cachedStatement(sql: holders(kind) + " AND \(written) LIMIT ?"),
            arguments: [match, identifier.name.lowercased(), limit])
    }

    /// The documents that hold an expression in title, heading or text.
    private static func holders(_ kind: DocumentKind) -> String {
        """
        SELECT DISTINCT c.document_id FROM \(kind.rawValue)_fts f JOIN chunk c ON c.id = f.rowid
        WHERE \(kind.rawValue)_fts MATCH ?
        """
    }

    /// A code of the question that no article has, though articles have two others of its family or more: TB-9999 among
    /// TB-1042 and TB-1043.
    static func unknownCode(among identifiers: [Identifier], _ db: Database) throws -> String? {
        let known = try db.cachedStatement(sql: holders(.article) + " LIMIT 1")
        for identifier in identifiers {
            guard let family = identifier.family, try Int.fetchOne(known, arguments: [identifier.match]) == nil,
                try siblings(of: family, db) >= 2
            else { continue }
            return identifier.name.uppercased()
        }
        return nil
    }

    /// A long option of the question that no article has, though articles have others.
    static func unknownOption(among options: [String], _ db: Database) throws -> String? {
        for option in options where CommandOptions.isLong(option) {
            if try isOption(String(option.lowercased().dropFirst()), mostly: false, db) { continue }
            let other = try Int.fetchOne(
                db, sql: "SELECT 1 FROM chunk WHERE kind = 'article' AND body GLOB '*--[a-z][a-z]*' LIMIT 1")
            return other == nil ? nil : option
        }
        return nil
    }

    /// Whether the articles have other codes like this one: then it is one of theirs, wherever in a message it stands.
    static func isOfHouse(_ identifier: Identifier, _ db: Database) throws -> Bool {
        guard let family = identifier.family, !identifier.isCut else { return false }
        return try siblings(of: family, db) >= 2
    }

    /// Different codes of a family in the articles; counting ends at two.
    private static func siblings(of family: Identifier.Family, _ db: Database) throws -> Int {
        // Joined, a code is one term: those of a family lie side by side in the vocabulary.
        let terms = try String.fetchAll(
            db.cachedStatement(sql: "SELECT term FROM article_vocabulary WHERE term >= ? AND term < ?"),
            arguments: [family.letters + "0", family.letters + ":"])
        var codes = Set(terms.filter { Identifier($0).family == family })
        // With a hyphen it is two terms, and only the text tells "TB-1042" from "2 TB 10".
        let starts = (0...9).map { "\"\(family.letters) \($0)\" *" }.joined(separator: " OR ")
        let bodies = try String.fetchCursor(
            db.cachedStatement(
                sql: "SELECT heading || char(10) || body FROM article_fts WHERE article_fts MATCH ? LIMIT 50"),
            arguments: [starts])
        while codes.count < 2, let body = try bodies.next() {
            for name in Identifiers.named(in: body.lowercased()) where Identifier(name).family == family {
                codes.insert(Identifier(name).joined)
            }
        }
        return codes.count
    }

    /// How many passages of a kind there are.
    static func chunkCount(_ kind: DocumentKind, _ db: Database) throws -> Int {
        try rowCount("\(kind.rawValue)_fts", db)
    }

    /// Rows of an FTS5 table as it keeps them itself, the first number of its record of averages: counting a million rows
    /// of text takes longer than the search.
    static func rowCount(_ table: String, _ db: Database) throws -> Int {
        let record = try Data.fetchOne(db.cachedStatement(sql: "SELECT block FROM \(table)_data WHERE id = 1"))
        var count = 0
        for byte in record ?? Data() {
            count = count << 7 | Int(byte & 0x7f)
            if byte < 0x80 { break }
        }
        return count
    }

    /// In how many passages each index term stands.
    static func documentFrequencies(_ terms: [String], kind: DocumentKind, _ db: Database) throws -> [String: Int] {
        let statement = try db.cachedStatement(sql: "SELECT doc FROM \(kind.rawValue)_vocabulary WHERE term = ?")
        var out: [String: Int] = [:]
        for term in Set(terms) { out[term] = try Int.fetchOne(statement, arguments: [term]) ?? 0 }
        return out
    }

    /// Text as the index sees it: stemmed, folded terms in order. For several texts make one `IndexTerms`.
    static func indexTerms(_ text: String, _ db: Database) throws -> [String] { try IndexTerms(db)(text) }

    /// The index's tokenizer; finding it takes a query.
    struct IndexTerms {
        private let tokenizer: any FTS5Tokenizer

        init(_ db: Database) throws {
            tokenizer = try db.makeTokenizer(.porter(wrapping: .unicode61(diacritics: .remove)))
        }

        func callAsFunction(_ text: String) throws -> [String] {
            try tokenizer.tokenize(document: text).map(\.token)
        }
    }

    /// The passages of one document with their order, first to last.
    static func chunkIDs(ofDocument id: Int64, _ db: Database) throws -> [Int64] {
        try Int64.fetchAll(
            db.cachedStatement(sql: "SELECT id FROM chunk WHERE document_id = ? ORDER BY ordinal"), arguments: [id])
    }

    static func documents(_ ids: some Sequence<Int64>, _ db: Database) throws -> [Int64: Document] {
        var out: [Int64: Document] = [:]
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT id, key, title, url, kind, source, locale, updated_at, changed_at
                FROM document WHERE id IN (\(list(ids)))
                """)
        while let row = try rows.next() {
            out[row[0]] = Document(
                rowID: row[0], id: row[1], title: row[2], url: row[3],
                kind: DocumentKind(rawValue: row[4]) ?? .article, source: row[5], locale: row[6],
                updated: (row[7] as Int64?).map(Date.init(milliseconds:)), changed: Date(milliseconds: row[8]))
        }
        return out
    }

    /// The passages of an article by its id, in order; none when it is gone.
    static func chunks(ofDocument id: String, _ db: Database) throws -> [Chunk] {
        guard let row = try Int64.fetchOne(db, sql: "SELECT id FROM document WHERE key = ?", arguments: [id]) else {
            return []
        }
        return try chunks(chunkIDs(ofDocument: row, db), db).values.sorted { $0.ordinal < $1.ordinal }
            .filter { $0.role != .alias }
    }

    static func chunks(_ ids: some Sequence<Int64>, _ db: Database) throws -> [Int64: Chunk] {
        var out: [Int64: Chunk] = [:]
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT id, document_id, ordinal, headings, body, line_start, line_end, role, sentences, embedding_key
                FROM chunk WHERE id IN (\(list(ids)))
                """)
        while let row = try rows.next() {
            let text: String = row[4]
            out[row[0]] = Chunk(
                rowID: row[0], documentRowID: row[1], ordinal: row[2],
                headings: try JSONText.strings(row[3]), text: text,
                lines: (row[5] as Int)...(row[6] as Int), role: PassageRole(rawValue: row[7]) ?? .content,
                sentences: try SentenceText.decode(row[8], text: text), embeddingKey: Array(row[9] as Data))
        }
        return out
    }

    /// Packed sentence vectors of a passage; see `SentenceVectors`.
    static func sentenceVectors(_ key: [UInt8], _ db: Database) throws -> [UInt8]? {
        try Data.fetchOne(
            db.cachedStatement(sql: "SELECT sentences FROM embedding WHERE key = ?"), arguments: [Data(key)]
        ).map(Array.init)
    }

    /// Row ids are integers of our own, never user text.
    private static func list(_ ids: some Sequence<Int64>) -> String {
        ids.map(String.init).joined(separator: ",")
    }
}
