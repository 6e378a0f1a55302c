import FoundationEssentials
import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A question's words as the index sees them, each with its weight.
struct QuestionTerms: Sendable {
    struct Word: Sendable {
        var text: String
        /// Its index terms: several for `TB-1042`.
        var terms: [String]
        /// Inverse document frequency over the articles' passages, at least 0: ln(1 + (N − n + ½) / (n + ½)).
        var idf: Double
        /// No article has it.
        var isUnknown = false
    }

    private(set) var words: [Word]

    init(_ expression: MatchExpression, _ db: Database) throws {
        let count = try Double(Store.chunkCount(.article, db))
        let indexTerms = try Store.IndexTerms(db)
        var words: [Word] = []
        for word in expression.words {
            let terms = try indexTerms(word)
            guard !terms.isEmpty else { continue }
            let frequencies = try Store.documentFrequencies(terms, kind: .article, db)
            let n = Double(terms.map { frequencies[$0] ?? 0 }.min() ?? 0)
            words.append(
                Word(
                    text: word, terms: terms, idf: log(1 + (count - n + 0.5) / (n + 0.5)), isUnknown: n == 0))
        }
        self.words = words
    }

    mutating func leaveOut(_ isLeftOut: (Word) -> Bool) { words.removeAll(where: isLeftOut) }

    private var mass: Double { words.reduce(0) { $0 + $1.idf } }

    /// The share of the question's IDF mass whose words stand among `terms`, 0…1.
    func share(of terms: [String]) -> Double {
        let present = Set(terms)
        let total = mass
        guard total > 0 else { return 0 }
        return words.reduce(0) { $0 + ($1.terms.allSatisfy(present.contains) ? $1.idf : 0) } / total
    }

    /// The question's words that stand nowhere in a document, weightiest first, at most five.
    ///
    /// The whole document is looked at: all its passages, title and headings, stemmed as the index is. Words that only ask
    /// are never missing.
    func missing(fromDocument document: Int64, _ db: Database) throws -> [String] {
        let headings = try String.fetchAll(
            db.cachedStatement(sql: "SELECT DISTINCT heading FROM chunk WHERE document_id = ?"), arguments: [document])
        let above = try Set(Store.indexTerms(headings.joined(separator: "\n"), db))
        let statement = try db.cachedStatement(
            sql: "SELECT 1 FROM article_document_fts WHERE article_document_fts MATCH ? AND rowid = ?")
        return try words.filter { word in
            guard !Self.asking.contains(word.text), !StopWords.english.contains(word.text),
                word.text.contains(where: { $0.isWord }), !word.terms.allSatisfy(above.contains)
            else { return false }
            // Each part quoted: a word of several is present when all are, wherever they stand. As it was written, since the index
            // stems what it is asked for: a stem would be cut once more.
            let parts = word.text.split { !$0.isWord }
            let code = Identifier(word.text)
            let match = code.family == nil ? parts.map { "\"\($0)\"" }.joined(separator: " AND ") : code.match
            return try Int.fetchOne(statement, arguments: [match, document]) == nil
        }
        .sorted { $0.idf != $1.idf ? $0.idf > $1.idf : $0.text < $1.text }
        .prefix(5).map(\.text)
    }

    /// Words that ask without saying about what, beyond the stop words of search.
    private static let asking: Set<String> = Set(
        """
        mean means meaning work works working happen happens happening need needs want wants know tell explain help find
        try trying tried make makes take takes give gives see say says go goes come comes put show shows possible way ways
        thing things one ones someone something anyone anything everyone everything else instead still yet already ever
        always never new old let without within able
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
