import Embedding
import FoundationEssentials
import GRDB

/// A question made from the base: with its document in place, and with it masked.
struct SelfQuestion: Sendable {
    var isTitle: Bool
    var document: Int64
    var present: Evidence
    /// Whether the document came first.
    var isFirst: Bool
    var masked: Evidence
}

extension Engine {
    /// Asks the base its own titles and opening sentences: answerable as it stands, unanswerable without the document.
    ///
    /// A sentence is asked without its own passage: else it would only find itself. Nothing when there are too few
    /// articles. Cost: two rankings a question, of candidates alone where searching takes these, so that the fit sees what a question will; titles and
    /// sentences are encoded.
    func selfQuestions() throws -> [SelfQuestion] {
        let encoder = try matchingEncoder()
        let (titles, sentences) = try store.pool.read { db in
            guard try Store.calibrationSize(db).documents >= CalibrationDefaults.selfDocumentsNeeded else {
                return ([(document: Int64, text: String)](), [(document: Int64, chunk: Int64, text: String)]())
            }
            let sentences = try Store.openingSentences(db).filter {
                CalibrationDefaults.sentenceWords.contains(Drafter.words($0.text))
            }
            return (
                Self.spread(try Store.uniqueTitles(db), CalibrationDefaults.maximumTitles),
                Self.spread(sentences, CalibrationDefaults.maximumSentences)
            )
        }
        let texts =
            titles.map { ($0.document, nil as Int64?, $0.text) } + sentences.map { ($0.document, $0.chunk, $0.text) }
        guard !texts.isEmpty else { return [] }
        let vectors = try encode(texts.map { Question(text: $0.2) }, mode: .hybrid)
        let file = vectorFile(fingerprint: encoder.fingerprint, dimension: encoder.dimension)
        return try store.pool.read { db in
            let snapshot = try VectorSnapshot(file: file, kind: .article, dimension: encoder.dimension, db)
            return try texts.enumerated().map { i, item in
                let (document, chunk, text) = item
                return try selfQuestion(text, document, chunk, vector: vectors[i], snapshot, file, db)
            }
        }
    }

    private func selfQuestion(
        _ text: String, _ document: Int64, _ chunk: Int64?, vector: [Float], _ snapshot: VectorSnapshot,
        _ file: VectorFile?, _ db: Database
    ) throws -> SelfQuestion {
        let syntax = try QuestionSyntax(text) { try Store.isOption($0, db) }
        let expression = expression(of: syntax)
        var some: (dense: DenseScores, lexical: LexicalScores, background: DenseBackground)?
        if let file, let words = try lexicalCandidates(expression, file: file, options: SearchOptions(), db) {
            some = try candidates(
                expression, vector: vector, file: file, words: words, always: [document],
                limit: CalibrationDefaults.selfCandidates, db)
        }
        var lexical = try some?.lexical ?? Store.lexicalScores(expression.fts5, kind: .article, db)
        lexical.identifiers = try Store.identifierShares(
            Identifiers.found(in: expression, text: syntax.text), kind: .article, db)
        var dense = some?.dense ?? snapshot.scores(vector)
        if let chunk {
            let others = try Store.passageVectors(ofDocument: document, dimension: vector.count, db).filter {
                $0.chunk != chunk
            }
            let cosines = others.map { zip($0.vector, vector).reduce(0) { $0 + $1.0 * $1.1 } }.sorted(by: >)
            let best = cosines.first ?? -1
            dense.replace(document, best: best, second: cosines.count > 1 ? cosines[1] : best)
            lexical.entries[document]?.passage = others.compactMap { lexical.passages[$0.chunk] }.max() ?? 0
        }
        func rank(without masked: Int64?) -> (documents: [RankedDocument], field: ScoreField) {
            var ranking = Fusion.rank(
                dense: dense, lexical: lexical, terms: expression.words.count, without: masked, limit: 2)
            if let some { ranking.field.widen(to: some.background) }
            return ranking
        }
        func evidence(_ ranking: (documents: [RankedDocument], field: ScoreField)) -> Evidence {
            Evidence(
                ranked: ranking.documents, field: ranking.field, learned: LearnedScores(), terms: expression.words.count
            )
        }
        let present = rank(without: nil)
        return SelfQuestion(
            isTitle: chunk == nil, document: document, present: evidence(present),
            isFirst: present.documents.first?.document == document, masked: evidence(rank(without: document)))
    }

    /// At most `limit` items, evenly over all.
    private static func spread<T>(_ items: [T], _ limit: Int) -> [T] {
        items.count <= limit ? items : (0..<limit).map { items[$0 * items.count / limit] }
    }
}
