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
    }

    let words: [Word]

    init(_ expression: MatchExpression, _ db: Database) throws {
        let count = try Double(Store.chunkCount(.article, db))
        var words: [Word] = []
        for word in expression.words {
            let terms = try Store.indexTerms(word, db)
            guard !terms.isEmpty else { continue }
            let frequencies = try Store.documentFrequencies(terms, kind: .article, db)
            let n = Double(terms.map { frequencies[$0] ?? 0 }.min() ?? 0)
            words.append(Word(text: word, terms: terms, idf: log(1 + (count - n + 0.5) / (n + 0.5))))
        }
        self.words = words
    }

    private var mass: Double { words.reduce(0) { $0 + $1.idf } }

    /// The share of the question's IDF mass whose words stand among `terms`, 0…1.
    func share(of terms: [String]) -> Double {
        let present = Set(terms)
        let total = mass
        guard total > 0 else { return 0 }
        return words.reduce(0) { $0 + ($1.terms.allSatisfy(present.contains) ? $1.idf : 0) } / total
    }

    /// Index terms of the passages that were read of a document.
    func present(_ passage: DraftPassage, _ db: Database) throws -> Set<String> {
        Set(try Store.indexTerms(passage.document.title + "\n" + passage.chunk.text, db))
    }

    /// The question's words not among `terms`, weightiest first, at most five.
    func missing(from terms: Set<String>) -> [String] {
        words.filter { !$0.terms.allSatisfy(terms.contains) }
            .sorted { $0.idf != $1.idf ? $0.idf > $1.idf : $0.text < $1.text }
            .prefix(5).map(\.text)
    }
}
