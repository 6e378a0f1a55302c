import Embedding
import FoundationEssentials
import GRDB
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What to search and how.
public struct SearchOptions: Sendable {
    public var mode: SearchMode = .hybrid
    public var pool: Pool = .articles
    /// Documents returned.
    public var limit = 10
    public var filter = SearchFilter()
    /// Scores every document, however many there are.
    public var exact = false
    /// Where many questions are asked in a row.
    var run: LexicalRun?

    public init() {}
}

/// Everything one question found: the ranking and the evidence that drafting and confidence read.
struct Retrieval: Sendable {
    var ranked: [RankedDocument]
    var lexical: LexicalScores
    var expression: MatchExpression
    /// Unit vector of the question; empty in lexical mode.
    var vector: [Float]
    var learned: LearnedScores
    /// What a person said of this very question.
    var mark: MarkEffect?
    /// The scores of all documents, summed up.
    var field = ScoreField()
    var reading = QuestionReading()
    /// Error codes, and in a short question other exact names, that the answer must be about.
    var codes: [Identifier] = []
    /// Options of a command that a short question names, as it writes them.
    var options: [String] = []
    /// A code or an option that no article has, though they have others of its kind.
    var unknownCode: String?
    /// Of the ranked articles, as far as they were read.
    var documents: [Int64: Document] = [:]
    /// The ranking of both legs, which the confidence is fitted to.
    var isHybrid = true
}

extension Engine {
    /// Ranked documents for each question, best first; each document once, with its best passage.
    ///
    /// Questions are encoded as one batch. Errors: no encoder, another encoder than the index was made with.
    public func search(_ questions: [Question], options: SearchOptions) throws -> [SearchResult] {
        let isAlone = searches.add(1, ordering: .relaxed).newValue == 1 && questions.count == 1
        defer { searches.subtract(1, ordering: .relaxed) }
        let early = isAlone ? try earlyCandidates(questions[0], options: options) : nil
        let vectors = Deferred(try encoding(questions, mode: options.mode))
        return try search(questions, vectors: vectors, options: options, early: early)
    }

    /// As above, with the questions' vectors as `encode` gives them.
    func search(_ questions: [Question], vectors: [[Float]], options: SearchOptions) throws -> [SearchResult] {
        try search(questions, vectors: Deferred { vectors }, options: options)
    }

    private func search(
        _ questions: [Question], vectors: Deferred<[[Float]]>, options: SearchOptions, early: EarlyCandidates? = nil
    ) throws -> [SearchResult] {
        let file = try early?.file ?? mappedVectors(mode: options.mode)
        return try questions.enumerated().map { index, question in
            let started = ContinuousClock.now
            let (hits, reading) = try store.pool.read { db in
                var retrieval = try retrieve(
                    question, vector: vectors()[index], file: file, options: options, early: early, db)
                var hits = try Self.hits(retrieval, limit: options.limit, db)
                // So many repeat one another that others must be looked for.
                var wider = options
                while hits.count < options.limit, retrieval.ranked.count >= Self.looked(at: wider.limit),
                    wider.limit < Self.mostLooked
                {
                    wider.limit *= 4
                    retrieval = try retrieve(question, vector: vectors()[index], file: file, options: wider, db)
                    hits = try Self.hits(retrieval, limit: options.limit, db)
                }
                return (hits, retrieval.reading)
            }
            return SearchResult(
                question: question, mode: options.mode, hits: hits, reading: reading,
                milliseconds: started.elapsedMilliseconds)
        }
    }

    func encode(_ questions: [Question], mode: SearchMode) throws -> [[Float]] { try encoding(questions, mode: mode)() }

    /// What the encoder is given of a question: itself and what its synonyms make of it, so that they act on meaning too.
    func encoded(_ question: Question) throws -> [String] {
        [try syntax(of: question.fullText).text] + synonyms.variants(of: question.fullText)
    }

    /// As `encode`, but what the database is asked for is read now and the encoder waited for when the vectors are asked for, within
    /// a transaction too.
    func encoding(_ questions: [Question], mode: SearchMode) throws -> @Sendable () throws -> [[Float]] {
        guard mode != .lexical else { return { questions.map { _ in [] } } }
        let indexed = try store.meta(Store.fingerprintKey)
        // A question is the mean of its texts.
        let texts = try questions.map(encoded)
        return { [self] in
            let matrix = try encoder(matching: indexed).encode(texts.flatMap { $0 })
            for i in 0..<matrix.rows { try EmbeddingBatch.checkUnit(matrix[i]) }
            var row = 0
            return texts.map { variants in
                defer { row += variants.count }
                guard variants.count > 1 else { return Array(matrix[row]) }
                return (row..<row + variants.count).reduce([Float](repeating: 0, count: matrix.columns)) { sum, i in
                    zip(sum, matrix[i]).map(+)
                }.normalized()
            }
        }
    }

    /// How a question is read; the articles are asked only where a `-word` needs it.
    private func syntax(of text: String) throws -> QuestionSyntax {
        let plain = QuestionSyntax(text)
        guard !plain.excluded.isEmpty else { return plain }
        return try store.pool.read { db in try QuestionSyntax(text) { try Store.isOption($0, db) } }
    }

    /// - Returns: `nil` where there is none, and for the lexical leg alone where it would have to be made.
    func mappedVectors(mode: SearchMode) throws -> VectorFile? {
        if let file = try indexedVectorFile() { return file }
        guard mode != .lexical else { return nil }
        let encoder = try matchingEncoder()
        return vectorFile(fingerprint: encoder.fingerprint, dimension: encoder.dimension)
    }

    /// Both legs and their fusion, within one snapshot of the database.
    ///
    /// - Parameter vector: the question's, asked for when its words have been looked up: meanwhile it may still be encoded.
    /// - Parameter early: what a second thread looks up meanwhile.
    func retrieve(
        _ question: Question, vector encodedVector: @autoclosure () throws -> [Float], file: VectorFile?,
        options: SearchOptions, early: EarlyCandidates? = nil,
        _ db: Database
    ) throws -> Retrieval {
        let text = String(
            decoding: question.fullText.utf8.prefix(RetrievalDefaults.maximumQuestionBytes), as: UTF8.self)
        let syntax = try QuestionSyntax(text) { try Store.isOption($0, db) }
        try Store.check(options.filter, db)
        let expression = expression(of: syntax)
        var ranked: [RankedDocument] = []
        var found = LexicalScores()
        var learned = LearnedScores()
        var judged: MarkEffect?
        var field = ScoreField()
        var unknownCode: String?
        var known: [Int64: Document] = [:]
        var reading = QuestionReading(excluded: syntax.excluded, missingPhrases: syntax.phrases)
        // Without a letter or a digit nothing is asked; the nearest vectors would be an accident.
        guard !expression.words.isEmpty else {
            return try Retrieval(
                ranked: [], lexical: found, expression: expression, vector: encodedVector(), learned: learned,
                reading: reading,
                isHybrid: options.mode == .hybrid)
        }
        let named = Identifiers.isShort(expression) ? CommandOptions.named(in: syntax.text) : []
        var encoded: [Float]?
        for kind in options.pool.kinds {
            // Single legs stay what they are: only the default ranking learns.
            let learns = kind == .article && options.mode == .hybrid
            let identifiers = options.mode == .hybrid ? Identifiers.found(in: expression, text: syntax.text) : []
            let shares = try Store.identifierShares(identifiers, kind: kind, db)
            let holders = learns ? try Store.soleHolders(of: identifiers, db) : []
            if learns {
                unknownCode =
                    try Store.unknownCode(among: identifiers, db) ?? Store.unknownOption(among: named, db)
            }
            let count = Self.looked(at: options.limit)
            let isPlain = syntax.excluded.isEmpty && syntax.phrases.isEmpty
            let choosesFrom = kind == .article && isPlain && takesCandidates(options, file) ? file : nil
            func allLexical() throws -> LexicalScores? {
                guard options.mode != .dense else { return nil }
                let listed =
                    kind == .article
                    ? try options.run?.scores(expression, db) ?? listedScores(expression, file: file, db) : nil
                return try listed ?? Store.lexicalScores(expression.fts5, kind: kind, db)
            }
            // With half of the words looked up, this thread lends a hand to the one that encodes.
            let firstWords =
                learns && choosesFrom != nil
                ? try lexicalCandidates(
                    expression, file: file, options: options, db, between: { encoded = try encoded ?? encodedVector() })
                : nil
            let words = firstWords == nil ? try allLexical() : nil
            let vector = try encoded ?? encodedVector()
            encoded = vector
            if learns { learned = try self.learned(question, vector: vector, db) }
            let mark = learns ? try markEffect(question, vector: vector, db) : nil
            if learns { judged = mark }
            var some: (dense: DenseScores, lexical: LexicalScores, background: DenseBackground)?
            if let file, let firstWords {
                var always = Set([mark?.promoted, mark?.demoted].compactMap { $0 } + holders.map(\.document))
                always.formUnion(learned.best(count))
                always.formUnion(
                    shares.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(count).map(\.key))
                some = try candidates(
                    expression, vector: vector, file: file, words: firstWords, early: early, always: always,
                    limit: count, db)
            }
            var lexical = try some?.lexical ?? words ?? (firstWords == nil ? nil : allLexical())
            if options.mode == .hybrid {
                lexical?.identifiers = shares
                let sought = try holders.filter { holder in
                    let isName = holder.identifier.family != nil || holder.identifier.isJoined
                    return try isName && Identifiers.isShort(expression)
                        || Store.isOfHouse(holder.identifier, db)
                            && !Identifiers.isInPassing(holder.identifier, syntax.text)
                }
                lexical?.isSought = !sought.isEmpty
                lexical?.soleHolders = (sought.isEmpty && holders.count == 1 ? holders : sought).map(\.document)
            }
            var nearest: (dense: DenseScores, background: DenseBackground)?
            if options.mode == .dense, let choosesFrom {
                nearest = try self.nearest(vector, file: choosesFrom, early: early, db)
            }
            let chosen = some?.dense ?? nearest?.dense
            let all =
                chosen == nil && options.mode != .lexical
                ? try denseScores(vector, file: file, kind: kind, db) : nil
            let dense = chosen ?? all?.scores
            if all?.isDamaged == true {
                reading.damaged = [location.vectors]
            } else if let choosesFrom, chosen == nil, try Store.generation(db) == choosesFrom.generation,
                FileManager.default.fileExists(atPath: location.lists)
            {
                reading.damaged = [location.lists]
            }
            let allowed = try Store.allowed(options.filter, syntax: syntax, kind: kind, db)
            if kind == .article { try Store.explain(options.filter, into: &reading, db) }
            reading.missingPhrases.removeAll { !allowed.missingPhrases.contains($0) }
            var ranking = Fusion.rank(
                dense: dense, lexical: lexical, terms: expression.words.count, learned: learns ? learned : nil,
                mark: mark,
                allowed: allowed.documents,
                limit: count)
            if let background = some?.background ?? nearest?.background { ranking.field.widen(to: background) }
            if kind == .article {
                known = try Store.documents(ranking.documents.map(\.document), db)
                ranking.documents = CurrentVersion.first(
                    ranking.documents, documents: known,
                    language: LanguageGuess.guess(FoldedText(syntax.text))?.language, chosen: mark?.promoted)
            }
            ranked += ranking.documents
            // Confidence is about articles; tickets are searched beside them as evidence.
            if kind == .article || field.count == 0 { field = ranking.field }
            if let lexical { found.entries.merge(lexical.entries) { $1 } }
            if let lexical { found.passages.merge(lexical.passages) { $1 } }
        }
        if options.pool.kinds.count > 1 {
            ranked.sort { $0.score != $1.score ? $0.score > $1.score : $0.document < $1.document }
        }
        return Retrieval(
            ranked: ranked, lexical: found, expression: expression, vector: encoded ?? [], learned: learned,
            mark: judged,
            field: field, reading: reading, codes: Identifiers.sought(in: expression, text: syntax.text),
            options: named,
            unknownCode: unknownCode, documents: known, isHybrid: options.mode == .hybrid)
    }

    /// The words of a question with what stands beside them: its phrases, synonyms, and codes in their other spellings.
    func expression(of syntax: QuestionSyntax) -> MatchExpression {
        let phrases = syntax.phrases + synonyms.additions(to: syntax.text)
        let plain = MatchExpression(syntax.text)
        let codes = Identifiers.found(in: plain, text: syntax.text).flatMap(\.otherSpellings)
        return MatchExpression(syntax.text, phrases: phrases + codes)
    }

    /// The dense leg; from the database alone where the vectors file turns out to be damaged, which then is thrown away.
    private func denseScores(
        _ vector: [Float], file: VectorFile?, kind: DocumentKind, _ db: Database
    ) throws -> (scores: DenseScores, isDamaged: Bool) {
        if let file {
            // The places are read as indices: a damaged one must not be followed.
            let known = try VectorSnapshot(file: file, kind: kind, dimension: vector.count, db)
            if let scores = known.checkedScores(vector), !scores.isSuspect || file.isWhole { return (scores, false) }
            if canWrite { unlink(location.vectors) }
            vectorCache.withLock { $0 = nil }
        }
        return (try VectorSnapshot(file: nil, kind: kind, dimension: vector.count, db).scores(vector), file != nil)
    }

    /// Documents looked at for so many that are asked for, since some may repeat others.
    private static func looked(at limit: Int) -> Int { max(limit, 10) + 10 }
    /// Beyond as many nothing more is looked for.
    private static let mostLooked = 4_000

    /// Documents with their best passages; one whose passage repeats an earlier one's is left out.
    static func hits(_ retrieval: Retrieval, limit: Int, _ db: Database) throws -> [Hit] {
        var documents = retrieval.documents
        let unread = retrieval.ranked.map(\.document).filter { documents[$0] == nil }
        if !unread.isEmpty { documents.merge(try Store.documents(unread, db)) { known, _ in known } }
        var chunks = try Store.chunks(retrieval.ranked.map(\.chunk), db)
        for ranked in retrieval.ranked where chunks[ranked.chunk]?.role == .alias {
            let own = try Store.chunks(try Store.chunkIDs(ofDocument: ranked.document, db), db).values
            chunks[ranked.chunk] = own.filter { $0.role != .alias }.min { $0.ordinal < $1.ordinal }
        }
        // Tickets and marks that counted for each, the mark on this very question first.
        func examples(_ ranked: RankedDocument) -> [Int64] {
            let own = retrieval.mark.flatMap { mark in ranked.parts.contains { $0.name == "mark" } ? -mark.mark : nil }
            let others = (ranked.learned?.voters ?? []).map(\.id).filter { $0 != own }
            return Array(([own].compactMap { $0 } + others).prefix(5))
        }
        let names = try Store.exampleNames(retrieval.ranked.prefix(limit).flatMap(examples), db)
        var seen = RepeatedPassages()
        var rank = 0
        return retrieval.ranked.compactMap { ranked in
            guard rank < limit, let document = documents[ranked.document], let chunk = chunks[ranked.chunk],
                seen.isNew(chunk.text)
            else { return nil }
            rank += 1
            return Hit(
                rank: rank, score: ranked.score, document: document, chunk: chunk,
                lexical: ranked.lexical, dense: ranked.dense,
                resolutions: examples(ranked).isEmpty && ranked.learned == nil
                    ? nil
                    : .init(
                        votes: ranked.learned?.voters.count ?? 0,
                        score: ranked.learned.map { $0.head + $0.vote } ?? 0,
                        tickets: examples(ranked).compactMap { names[$0] }),
                parts: ranked.parts)
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
