import Embedding
import FoundationEssentials
import GRDB
import Synchronization

/// What a process keeps for searching many passages.
struct CandidateCache: Sendable {
    /// Of the database as all this was read.
    var generation: Int64
    var lists: InvertedFile?
    var passages: LexicalSearch
    var documents: LexicalSearch
    /// Only where candidates are searched; made for the first.
    var sample: Deferred<BackgroundSample>?
}

/// Documents that are near a question, by rising place, with their exact scores.
struct DenseCandidates: Sendable {
    let lists: InvertedFile
    let places: [Int]
    let entries: [DenseScores.Entry]
}

/// What a second thread finds of a lone question while the first looks up its words.
final class EarlyCandidates: Sendable {
    /// Searched on both threads.
    let file: VectorFile?
    let found = Promise<DenseCandidates?>()
    /// A share of the work, for who waits for it.
    let help = Mutex<(@Sendable () -> Void)?>(nil)

    init(file: VectorFile?) { self.file = file }

    func wait() throws -> DenseCandidates? {
        let help = help.withLock { help in
            defer { help = nil }
            return help
        }
        help?()
        return try found.wait()
    }
}

extension Engine {
    /// Whether so many articles are searched, and in such a way, that candidates are scored instead of all.
    func takesCandidates(_ options: SearchOptions, _ file: VectorFile?) -> Bool {
        !options.exact && options.mode != .lexical && options.filter.isEmpty
            && options.limit <= RetrievalDefaults.candidatesServe
            && file.map { $0.count(.article) >= candidatesFrom } == true
    }

    /// The lexical leg's first passages and documents, which need no vector.
    struct LexicalCandidates {
        let lists: InvertedFile
        let sample: Deferred<BackgroundSample>
        let passageScorer: LexicalSearch.RowScorer
        let documentScorer: LexicalSearch.RowScorer
        let passages: [LexicalSearch.Match]
        let documents: [LexicalSearch.Match]
    }

    /// What `Store.lexicalScores` gives of articles, from FTS5's lists: a fifth of its time where both fit. `nil` where the vectors or the
    /// lengths lag behind the database.
    func listedScores(_ expression: MatchExpression, file: VectorFile?, _ db: Database) throws -> LexicalScores? {
        guard let file, try Store.generation(db) == file.generation, let cache = try candidateCache(file, db),
            cache.passages.lengths != nil, cache.documents.lengths != nil
        else { return nil }
        let rows = ArticleRows(file)
        return try LexicalScores(
            expression, passages: cache.passages, documents: cache.documents, count: max(1, file.count(.article)), db
        ) { passage in rows.row(passage).map { rows.document(ofPlace: rows.place(ofRow: $0)) } }
    }

    /// `nil` where all articles are scored instead: few passages, no inverted file, vectors that lag behind, filters, `--exact`.
    ///
    /// - Parameter between: is called once the passages are looked up, before the documents are: who encodes the question on another
    ///   thread can then look up its neighbours while this one goes on.
    func lexicalCandidates(
        _ expression: MatchExpression, file: VectorFile?, options: SearchOptions, _ db: Database,
        between: () throws -> Void = {}
    ) throws -> LexicalCandidates? {
        guard let file, takesCandidates(options, file), try Store.generation(db) == file.generation,
            let cache = try candidateCache(file, db), let lists = cache.lists, let sample = cache.sample
        else { return nil }
        let phrases = expression.words + expression.phrases
        let passages = try cache.passages.scorer(phrases, db)
        let firstPassages = try passages.top(RetrievalDefaults.lexicalCandidates, db).matches
        try between()
        let documents = try cache.documents.scorer(phrases, db)
        return LexicalCandidates(
            lists: lists, sample: sample, passageScorer: passages, documentScorer: documents, passages: firstPassages,
            documents: try documents.top(RetrievalDefaults.lexicalCandidates, db).matches)
    }

    /// The dense leg's first documents by the passages of the lists that are nearest and of those that are in none; `nil` where the
    /// lists turn out to be damaged.
    private func denseCandidates(
        _ vector: [Float], lists: InvertedFile, _ rows: ArticleRows,
        invite: ((@escaping @Sendable () -> Void) -> Void)? = nil
    ) -> DenseCandidates? {
        let listed = lists.candidates(
            vector, probes: RetrievalDefaults.probes(of: lists.lists), count: RetrievalDefaults.denseCandidates,
            invite: invite)
        // No passage has the id 0.
        guard let listed, !listed.contains(0) else { return nil }
        // Later passages than the lists hold are scored one and all.
        let near =
            listed.compactMap(rows.row)
            + rows.nearest(vector, from: rows.firstRow(after: lists.lastID), limit: RetrievalDefaults.denseCandidates)
        let places = Set(near.map(rows.place(ofRow:))).sorted()
        return DenseCandidates(lists: lists, places: places, entries: rows.entries(places, question: vector))
    }

    /// Begins to encode a lone question and to look up its neighbours on a thread of its own; `nil` where that is not worth it or
    /// not to be had: the question has several texts, nothing is opened yet, one thread is allowed.
    func earlyCandidates(_ question: Question, options: SearchOptions) throws -> EarlyCandidates? {
        guard options.mode != .lexical, let encoder = openedEncoder, encoder.threads > 1 else { return nil }
        let texts = try encoded(question)
        guard texts.count == 1 else { return nil }
        let file = try mappedVectors(mode: options.mode)
        let lists = takesCandidates(options, file) ? candidatesCache.withLock { $0?.lists } : nil
        let early = EarlyCandidates(file: file)
        encoder.begin(texts[0]) { [self] matrix in
            guard let matrix, let file, let lists, (try? EmbeddingBatch.checkUnit(matrix[0])) != nil else {
                return early.found.fulfil(.success(nil))
            }
            let found = denseCandidates(Array(matrix[0]), lists: lists, ArticleRows(file)) { help in
                early.help.withLock { $0 = help }
            }
            early.found.fulfil(.success(found))
        }
        return early
    }

    /// The dense leg by itself, of the documents that are near; `nil` where all are scored instead, as of `lexicalCandidates`, and where
    /// the lists or the vectors turn out to be damaged.
    func nearest(
        _ vector: [Float], file: VectorFile, early: EarlyCandidates?, _ db: Database
    ) throws -> (dense: DenseScores, background: DenseBackground)? {
        guard try Store.generation(db) == file.generation, let cache = try candidateCache(file, db),
            let lists = cache.lists, let sample = cache.sample
        else { return nil }
        let found = try early?.wait()
        let near =
            if let found, found.lists === lists { found } else {
                denseCandidates(vector, lists: lists, ArticleRows(file))
            }
        guard let near, !near.entries.contains(where: \.isSuspect) else { return nil }
        var dense = DenseScores()
        for entry in near.entries { dense.append(entry) }
        return (dense, try sample().background(vector))
    }

    /// Both legs' scores of the articles that can be among the best, from each leg's first passages and documents; `nil` where the
    /// vectors turn out to be damaged: then all are scored.
    ///
    /// Every article that is returned has its exact scores in both legs. One is left out when it is not among the first
    /// of either leg, or when both legs' floors show that it cannot reach the `limit` best.
    func candidates(
        _ expression: MatchExpression, vector: [Float], file: VectorFile, words first: LexicalCandidates,
        early: EarlyCandidates? = nil, always: Set<Int64>, limit: Int, _ db: Database
    ) throws -> (dense: DenseScores, lexical: LexicalScores, background: DenseBackground)? {
        let rows = ArticleRows(file)
        let (passages, documents) = (first.passages, first.documents)
        let passageFloor = passages.count == RetrievalDefaults.lexicalCandidates ? passages.last!.score : 0
        let documentFloor = documents.count == RetrievalDefaults.lexicalCandidates ? documents.last!.score : 0

        var lexical = LexicalScores()
        var places = Set<Int>()
        for match in passages {
            guard let row = rows.row(match.id) else { continue }
            let place = rows.place(ofRow: row)
            let document = rows.document(ofPlace: place)
            places.insert(place)
            lexical.passages[match.id] = match.score
            if lexical.entries[document]?.chunk == nil {
                lexical.entries[document] = .init(passage: match.score, document: 0, chunk: match.id)
            }
        }
        for match in documents { lexical.entries[match.id, default: .init()].document = match.score }
        let known = Set(documents.map(\.id))
        for document in always.union(known) { if let place = try rows.place(document, db) { places.insert(place) } }
        let ordered = places.sorted()
        var entries = Array(zip(ordered, rows.entries(ordered, question: vector)))
        let background = try first.sample().background(vector)
        // What a second thread found meanwhile, of the same lists.
        let found = try early?.wait()
        let near =
            if let found, found.lists === first.lists { found } else {
                denseCandidates(vector, lists: first.lists, rows)
            }
        guard let near else { return nil }
        entries += zip(near.places, near.entries).filter { !places.contains($0.0) }

        // Best first by what a document can reach; the lexical scores that are not known are read only while it matters.
        let factor = RetrievalDefaults.lexicalWeight / Double(max(1, expression.words.count)).squareRoot()
        let scored = entries.map {
            place, entry -> (place: Int, entry: DenseScores.Entry, reach: Double) in
            let words = lexical.entries[entry.document]
            let reach =
                (words?.chunk == nil ? passageFloor : words!.passage)
                + (known.contains(entry.document) ? words!.document : documentFloor)
            return (place, entry, Fusion.score(entry) + factor * reach / 2)
        }.sorted { $0.reach != $1.reach ? $0.reach > $1.reach : $0.entry.document < $1.entry.document }
        // Damage to the vectors: scoring all finds out what to do about it.
        guard !scored.contains(where: \.entry.isSuspect) else { return nil }
        var dense = DenseScores()
        var best = BoundedScores(limit: limit)
        for (place, entry, reach) in scored {
            guard reach >= best.floor || always.contains(entry.document) else { continue }
            var words = lexical.entries[entry.document] ?? .init()
            if words.chunk == nil, passageFloor > 0 {
                for match in try first.passageScorer.scores(of: rows.passages(ofPlace: place), db) {
                    lexical.passages[match.id] = match.score
                    if match.score > words.passage { (words.passage, words.chunk) = (match.score, match.id) }
                }
            }
            if !known.contains(entry.document), documentFloor > 0 {
                words.document = try first.documentScorer.scores(of: [entry.document], db).first?.score ?? 0
            }
            if words.passage > 0 || words.document > 0 { lexical.entries[entry.document] = words }
            dense.append(entry)
            best.add(Fusion.score(entry) + factor * words.score)
        }
        let kept = Set(dense.entries.map(\.document))
        lexical.entries = lexical.entries.filter { kept.contains($0.key) }
        return (dense, lexical, background)
    }

    /// What searching needs, of the database's generation.
    private func candidateCache(_ file: VectorFile, _ db: Database) throws -> CandidateCache? {
        let generation = try Store.generation(db)
        return try candidatesCache.withLock { cache in
            if let cache, cache.generation == generation { return cache }
            // A small base has no lists, and a question's words need not wait for the encoder.
            var lists: InvertedFile?
            if FileManager.default.fileExists(atPath: location.lists),
                let indexed = try Store.meta(Store.fingerprintKey, db)
            {
                lists = InvertedFile(path: location.lists, key: SHA256.digest(Array(indexed.utf8)))
            }
            let documentLengths = LengthFile(path: location.documentLengths)
            let (passage, document) = (RetrievalDefaults.passageWeights, RetrievalDefaults.documentWeights)
            cache = CandidateCache(
                generation: generation,
                lists: lists,
                passages: LexicalSearch(
                    table: "article_fts", weights: [passage.title, passage.heading, passage.body],
                    // Passages never change, so lengths of an older generation are right.
                    lengths: LengthFile(path: location.lengths)?.lengths, cache: PostingCache()),
                documents: LexicalSearch(
                    table: "article_document_fts", weights: [document.title, document.body],
                    lengths: documentLengths?.generation == generation ? documentLengths?.lengths : nil,
                    cache: PostingCache()),
                sample: lists.map { _ in Deferred { ArticleRows(file).sample() } })
            return cache
        }
    }

    /// Makes what many passages are searched by; nothing where there are few.
    func refreshCandidates() throws {
        candidatesCache.withLock { $0 = nil }
        let encoder = try encoder()
        guard let file = VectorFile(path: location.vectors, fingerprint: encoder.fingerprint) else { return }
        try store.pool.read { db in
            try LengthFile.refresh(path: location.lengths, table: "article_fts", keepsIDs: false, db)
            try LengthFile.refresh(path: location.documentLengths, table: "article_document_fts", keepsIDs: true, db)
        }
        guard file.count(.article) >= candidatesFrom else { return }
        let key = SHA256.digest(Array(encoder.fingerprint.utf8))
        // What the tail holds is scanned; the lists take it in when the file itself does.
        let held = file.parts(.article)[0]
        let old = InvertedFile(path: location.lists, key: key)
        let wanted = InvertedFile.listCount(rows: held.ids.count)
        // Centres serve until the lists should have doubled.
        let serves = old.map { $0.lists * 2 >= wanted && $0.dimension == file.dimension } ?? false
        if !serves || old!.rows != held.ids.count || old!.lastID != held.ids.last {
            try InvertedFile.write(
                held.rows, ids: held.ids, dimension: file.dimension, lists: wanted, extending: serves ? old : nil,
                key: key, path: location.lists, threads: availableProcessors())
        }
    }
}

extension Engine {
    /// Whether the lists hold what they should: passages under their nearest centres, and the neighbours of some of them
    /// among the candidates. `nil` where there are none.
    ///
    /// - Parameter isCutOff: whether an ingest was; finishing it makes what is missing.
    func listsCheck(_ file: VectorFile, fingerprint: String, isCutOff: Bool) -> Check? {
        // An ingest that finishes what was cut off writes them; one that finds nothing changed does not.
        let remedy = isCutOff ? "kb ingest" : "kb doctor --repair"
        guard file.count(.article) >= candidatesFrom else { return nil }
        guard let lists = InvertedFile(path: location.lists, key: SHA256.digest(Array(fingerprint.utf8))) else {
            return Check(
                name: "lists of passages", passed: false, detail: "missing or damaged: every passage is scored instead",
                next: remedy)
        }
        let rows = ArticleRows(file)
        let centres = lists.centreMatrix
        let held = file.parts(.article)[0].ids
        let lacking = lists.rows == held.count && lists.lastID == held.last ? 0 : abs(held.count - lists.rows) + 1
        var (wrong, sampled, found, expected) = (0, 0, 0, 0)
        for place in stride(from: 0, to: lists.rows, by: max(1, lists.rows / 200)) {
            guard let row = rows.row(lists.ids[place]) else { continue }
            let vector = rows.vector(row)
            sampled += 1
            // Passages that repeat each other have centres alike: which of them is nearest is rounding.
            let (own, nearest) = (lists.list(ofPlace: place), Int(KMeans.assign(vector, to: centres)[0]))
            func cosine(_ list: Int) -> Float { VectorIndex.product(Array(centres[list]), Array(vector), vector.count) }
            let isNearest = own == nearest || cosine(nearest) - cosine(own) < 1e-5
            if !isNearest || !lists.agrees(place, vector) { wrong += 1 }
            guard sampled % 10 == 0 else { continue }
            let neighbours = lists.nearest(Array(vector), count: 10) { id in
                rows.row(id).map { rows.vector($0).baseAddress! }
            }.matches
            let candidates = lists.candidates(
                Array(vector), probes: RetrievalDefaults.probes(of: lists.lists),
                count: RetrievalDefaults.denseCandidates)
            expected += neighbours.count
            // Which of passages that repeat each other come first is an accident: what is as near counts as well.
            let least = (neighbours.map(\.score).min() ?? 1) - 1e-5
            let near = (candidates ?? []).filter { id in
                rows.row(id).map { VectorIndex.product(Array(vector), Array(rows.vector($0)), vector.count) >= least }
                    ?? false
            }
            found += min(near.count, neighbours.count)
        }
        let recall = expected == 0 ? 1 : Double(found) / Double(expected)
        return Check(
            name: "lists of passages", passed: wrong == 0 && lacking == 0 && recall >= 0.9,
            detail: wrong > 0
                ? "\(wrong) of \(sampled) sampled passages are in the wrong list or have other numbers"
                : lacking > 0
                    ? "they hold \(lists.rows) passages, the vectors file \(held.count)"
                    : "\(found) of \(expected) nearest neighbours of sampled passages are found",
            next: wrong == 0 ? remedy : "kb doctor --repair")
    }
}

/// The greatest scores so far.
private struct BoundedScores {
    let limit: Int
    private var kept: [Double] = []
    init(limit: Int) { self.limit = limit }
    var floor: Double { kept.count == limit ? kept[limit - 1] : -.infinity }
    mutating func add(_ score: Double) {
        guard score > floor else { return }
        kept.insert(score, at: kept.firstIndex { $0 < score } ?? kept.count)
        if kept.count > limit { kept.removeLast() }
    }
}
