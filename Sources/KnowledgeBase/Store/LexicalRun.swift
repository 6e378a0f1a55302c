import GRDB

/// The lexical leg for many questions of one state of the articles: what is read of the text index for one is kept for the
/// next. Scores are `Store.lexicalScores`' within 1e-6.
///
/// Of 23,359 tickets FTS5 took half of what judging them took: it opens every word's rows anew for each question.
struct LexicalRun: Sendable {
    private let generation: Int64
    private let passages: LexicalSearch
    private let documents: LexicalSearch
    /// Article of each passage.
    private let owners: [Int64: Int64]

    init(_ db: Database) throws {
        let (passage, document) = (RetrievalDefaults.passageWeights, RetrievalDefaults.documentWeights)
        generation = try Store.generation(db)
        passages = LexicalSearch(
            table: "article_fts", weights: [passage.title, passage.heading, passage.body],
            cache: PostingCache(keptFrom: 1))
        documents = LexicalSearch(
            table: "article_document_fts", weights: [document.title, document.body], cache: PostingCache(keptFrom: 1))
        var owners: [Int64: Int64] = [:]
        let rows = try Row.fetchCursor(db, sql: "SELECT id, document_id FROM chunk WHERE kind = 'article'")
        while let row = try rows.next() { owners[row[0]] = row[1] }
        self.owners = owners
    }

    /// `nil` where the base is no longer the one that was read.
    func scores(_ expression: MatchExpression, _ db: Database) throws -> LexicalScores? {
        guard try Store.generation(db) == generation else { return nil }
        return try LexicalScores(
            expression, passages: passages, documents: documents, count: max(1, owners.count), db
        ) { owners[$0] }
    }
}

extension LexicalScores {
    /// Every article's scores from the lists of both tables; `nil` where the article of a passage is not known.
    ///
    /// - Parameter count: passages at most, which articles never exceed.
    init?(
        _ expression: MatchExpression, passages: LexicalSearch, documents: LexicalSearch, count: Int, _ db: Database,
        owner: (Int64) -> Int64?
    ) throws {
        self.init()
        let phrases = expression.words + expression.phrases
        // Best first, ties by rising id: the first of an article is its best.
        for match in try passages.scorer(phrases, db).top(count, prunes: false, db).matches {
            guard let document = owner(match.id) else { return nil }
            self.passages[match.id] = match.score
            if entries[document] == nil { entries[document] = .init(passage: match.score, chunk: match.id) }
        }
        for match in try documents.scorer(phrases, db).top(count, prunes: false, db).matches {
            entries[match.id, default: .init()].document = match.score
        }
    }
}
