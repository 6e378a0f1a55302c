import Embedding
import FoundationEssentials
import GRDB

/// What to search and how.
public struct SearchOptions: Sendable {
    public var mode: SearchMode = .hybrid
    public var pool: Pool = .articles
    /// Documents returned.
    public var limit = 10

    public init() {}
}

/// Everything one question found: the ranking and the evidence that drafting and confidence read.
struct Retrieval: Sendable {
    var ranked: [RankedDocument]
    var lexical: LexicalScores
    var expression: MatchExpression
    /// Unit vector of the question; empty in lexical mode.
    var vector: [Float]
}

extension Engine {
    /// Ranked documents for each question, best first; each document once, with its best passage.
    ///
    /// Questions are encoded as one batch. Errors: no encoder, another encoder than the index was made with.
    public func search(_ questions: [Question], options: SearchOptions) throws -> [SearchResult] {
        let vectors = try encode(questions, mode: options.mode)
        let file = try mappedVectors(mode: options.mode)
        return try questions.enumerated().map { index, question in
            let started = ContinuousClock.now
            let hits = try store.pool.read { db in
                let retrieval = try Self.retrieve(
                    question, vector: vectors[index], file: file, options: options, db)
                return try Self.hits(retrieval, limit: options.limit, db)
            }
            return SearchResult(
                question: question, mode: options.mode, hits: hits, milliseconds: started.elapsedMilliseconds)
        }
    }

    func encode(_ questions: [Question], mode: SearchMode) throws -> [[Float]] {
        guard mode != .lexical else { return questions.map { _ in [] } }
        let encoder = try matchingEncoder()
        let matrix = try encoder.encode(questions.map(\.fullText))
        return (0..<matrix.rows).map { Array(matrix.values[$0 * matrix.columns..<($0 + 1) * matrix.columns]) }
    }

    func mappedVectors(mode: SearchMode) throws -> VectorFile? {
        guard mode != .lexical else { return nil }
        let encoder = try matchingEncoder()
        return vectorFile(fingerprint: encoder.fingerprint, dimension: encoder.dimension)
    }

    /// Both legs and their fusion, within one snapshot of the database.
    static func retrieve(
        _ question: Question, vector: [Float], file: VectorFile?, options: SearchOptions, _ db: Database
    ) throws -> Retrieval {
        let expression = MatchExpression(question.fullText)
        let terms = Set(try expression.words.flatMap { try Store.indexTerms($0, db) }).count
        var ranked: [RankedDocument] = []
        var found = LexicalScores()
        for kind in options.pool.kinds {
            let lexical = options.mode == .dense ? nil : try Store.lexicalScores(expression.fts5, kind: kind, db)
            let dense =
                options.mode == .lexical
                ? nil : try VectorSnapshot(file: file, kind: kind, dimension: vector.count, db).scores(vector)
            ranked += Fusion.rank(dense: dense, lexical: lexical, terms: terms, limit: max(options.limit, 10))
            if let lexical { found.entries.merge(lexical.entries) { $1 } }
            if let lexical { found.passages.merge(lexical.passages) { $1 } }
        }
        if options.pool.kinds.count > 1 {
            ranked.sort { $0.score != $1.score ? $0.score > $1.score : $0.document < $1.document }
        }
        return Retrieval(ranked: ranked, lexical: found, expression: expression, vector: vector)
    }

    static func hits(_ retrieval: Retrieval, limit: Int, _ db: Database) throws -> [Hit] {
        let top = retrieval.ranked.prefix(limit)
        let documents = try Store.documents(top.map(\.document), db)
        let chunks = try Store.chunks(top.map(\.chunk), db)
        return top.enumerated().compactMap { index, ranked in
            guard let document = documents[ranked.document], let chunk = chunks[ranked.chunk] else { return nil }
            return Hit(
                rank: index + 1, score: ranked.score, document: document, chunk: chunk,
                lexical: ranked.lexical, dense: ranked.dense, resolutions: nil, parts: ranked.parts)
        }
    }
}

extension ContinuousClock.Instant {
    /// Milliseconds since this instant.
    var elapsedMilliseconds: Double {
        let elapsed = duration(to: .now)
        return Double(elapsed.components.seconds) * 1000 + Double(elapsed.components.attoseconds) / 1e15
    }
}
