import Embedding
import FoundationEssentials
import GRDB

extension Engine {
    /// A grounded answer to each question, with a confidence.
    ///
    /// - Parameter log: writes each question with its outcome to the question log.
    /// - Parameter each: is handed every answer as soon as it is ready.
    public func answer(
        _ questions: [Question], options: SearchOptions, log: Bool, each: (Answer) throws -> Void
    ) throws {
        let vectors = Deferred(try encoding(questions, mode: options.mode))
        guard questions.count == 1 else {
            return try answer(questions, vectors: vectors(), options: options, log: log, each: each)
        }
        // A lone question is still being encoded (`Models.opening`) while its words are looked up; then the core that encoded it
        // finds what it says to the policy while the other one goes on to the draft.
        let found = Beside.make { [self] in
            let vectors = try vectors()
            GradingPhrases.prepare()
            return try signals(questions, words: words(of: questions), vectors: vectors)
        }
        try answer(questions, vectors: vectors, found: found, options: options, log: log, each: each)
    }

    /// As above, with the questions' vectors as `encode` gives them.
    ///
    /// - Parameter replayed: in a replay its own answers so far, in place of the question log.
    func answer(
        _ questions: [Question], vectors: [[Float]], options: SearchOptions, log: Bool,
        replayed: ReplayedAnswers? = nil, each: (Answer) throws -> Void
    ) throws {
        let found = try signals(questions, words: words(of: questions), vectors: vectors)
        try answer(
            questions, vectors: Deferred { vectors }, found: { found }, options: options, log: log, replayed: replayed,
            each: each)
    }

    /// - Parameter found: what each question says to the policy, asked for when an answer needs it.
    private func answer(
        _ questions: [Question], vectors: Deferred<[[Float]]>, found: () throws -> [PolicyEvidence],
        options: SearchOptions, log: Bool, replayed: ReplayedAnswers? = nil, each: (Answer) throws -> Void
    ) throws {
        let file = try mappedVectors(mode: options.mode)
        for (index, question) in questions.enumerated() {
            let started = ContinuousClock.now
            var answer = try store.pool.read { db in
                let retrieval = try retrieve(question, vector: vectors()[index], file: file, options: options, db)
                return try compose(question, retrieval: retrieval, found: found()[index], replayed: replayed, db) {
                    try retrieve($0, vector: $1, file: file, options: options, db)
                }
            }
            answer.milliseconds = started.elapsedMilliseconds
            // What has no word is no question that an article could answer.
            if log, !MatchExpression(question.fullText).words.isEmpty { try store.record(answer) }
            try each(answer)
        }
    }

    /// From what was found to what is said: passages → draft → evidence → probability → band and action.
    private func compose(
        _ question: Question, retrieval: Retrieval, found: @autoclosure () throws -> PolicyEvidence,
        replayed: ReplayedAnswers?, _ db: Database, retrieve: (Question, [Float]) throws -> Retrieval
    ) throws -> Answer {
        let now = clock()
        let policy = try policy()
        let terms = try QuestionTerms(retrieval.expression, db)
        // The parts of a question have their vectors from there; without parts the draft does not wait for it.
        let known = try Self.isOfOnePart(question) ? nil : found()
        let parts = try known.map {
            try self.parts(of: question, vectors: $0.partVectors, first: retrieval.ranked.first, retrieve, db)
        }
        var passages = try draftPassages(
            retrieval, terms: terms, parts: parts.map { $0.count > 1 ? $0.filter(\.isOfFirst) : [] } ?? [], db)
        var draft = Drafter.draft(passages, wantsRemedy: Self.wantsRemedy(question, retrieval, passages))
        var others = (parts ?? []).filter { !$0.isOfFirst }.map(\.passages)
        if others.isEmpty, let draft {
            others = try passagesOfOtherCodes(retrieval, beside: draft, terms: terms, db)
        }
        for other in others where draft != nil {
            guard let more = Drafter.draft(other, maximumWords: Drafter.maximumWords / 2) else { continue }
            draft!.append(more)
            passages += other
        }
        let judgement = try judge(
            question, retrieval: retrieval,
            draft: DraftEvidence(
                overlaps: passages.first?.overlaps ?? [], question: question.fullText,
                passage: passages.first.map { $0.document.title + "\n" + $0.chunk.text } ?? "",
                age: passages.first.map {
                    ($0.document.updated ?? $0.document.changed).days(until: question.askedAt ?? now)
                }),
            db)
        var explanation = judgement.explanation
        if draft == nil {
            explanation.confidence.apply(.noAnswer, 0)
            explanation.answerable.apply(.noAnswer, 0)
        }
        let (confidence, answerable) = (explanation.confidence.probability, explanation.answerable.probability)
        let band = policy.band(confidence)
        let grade = try draft.map {
            try self.grade(
                $0, question: question, retrieval: retrieval, passages: passages,
                partVectors: known?.partVectors ?? [], now: now, db)
        }.map { $0.adding(uncovered(parts ?? [], below: policy.draftBand)) }
        var evidence = try known ?? found()
        var reasons: [Reason] = []
        switch band {
        case .auto: reasons.append(Reason(code: "confidence", value: confidence, threshold: policy.autoBand))
        case .draft: reasons.append(Reason(code: "confidence", value: confidence, threshold: policy.draftBand))
        case .human: reasons.append(Reason(code: "low_confidence", value: confidence, threshold: policy.draftBand))
        }
        if let code = retrieval.unknownCode {
            reasons.append(
                Reason(
                    code: "unknown_code", value: confidence, threshold: CalibrationDefaults.unknownCodeProbability,
                    detail: code))
        }
        var action = band
        let source = judgement.summary.source
        let shadow = try shadow(of: band, intent: evidence.intent, summary: judgement.summary, db)
        if let shadow {
            action = .draft
            // A fit on other people's data, or on the articles alone, never sends by itself.
            let isOwn = source == .tickets || source == .labels
            reasons.append(
                Reason(
                    code: isOwn ? "band_not_certified" : source.rawValue, value: Double(shadow.reviewsNeeded),
                    threshold: 0))
        }
        evidence.confidence = confidence
        evidence.failedCriteria = grade?.failedCriteria ?? []
        try complete(
            &evidence, question: question, retrieval: retrieval, draft: draft, now: now, replayed: replayed, db)
        // The fit is of both legs together: of one alone the number says nothing.
        if !retrieval.isHybrid, draft != nil {
            action = .human
            reasons = [Reason(code: "not_calibrated", value: nil, threshold: nil)]
        }
        let decision = policy.decide(evidence, action: action)
        action = decision.action
        reasons += decision.reasons
        var nearMiss: NearMiss?
        if action == .human, let first = passages.first {
            nearMiss = NearMiss(
                document: first.document, missingTerms: try terms.missing(fromDocument: first.document.rowID, db))
        }
        return Answer(
            question: question, answerID: Self.answerID(question, draft), askedAt: question.askedAt ?? now,
            milliseconds: 0, draft: draft, confidence: confidence, answerable: answerable, band: band, action: action,
            reasons: reasons, shadow: shadow ?? decision.shadowed.map { Shadow(wouldBe: $0, reviewsNeeded: 0) },
            calibration: judgement.summary, precedents: try precedents(retrieval, db), nearMiss: nearMiss,
            explanation: explanation, policyHash: policy.hash, autonomy: decision.autonomy,
            offer: draft != nil && action == .draft ? policy.offer : nil, grade: grade, intent: evidence.intent,
            reading: retrieval.reading, shares: try shares(retrieval, db))
    }

    /// Shares of the first ten articles: exp of their scores' sharpened differences.
    private func shares(_ retrieval: Retrieval, _ db: Database) throws -> [String: Double] {
        let top = retrieval.ranked.prefix(10)
        guard let best = top.first?.score else { return [:] }
        let names = try Store.documents(top.map(\.document), db)
        let weights = top.map { LogOdds.weight(RetrievalDefaults.shareSharpness * ($0.score - best)) }
        let sum = weights.reduce(0, +)
        return Dictionary(
            zip(top, weights).compactMap { ranked, weight in names[ranked.document].map { ($0.id, weight / sum) } },
            uniquingKeysWith: +)
    }

    /// The passages of the first-ranked document, the best first, with each sentence's fitness.
    ///
    /// - Parameter parts: things asked, for which the fitness is wanted too.
    func draftPassages(
        _ retrieval: Retrieval, terms: QuestionTerms, parts: [QuestionPart] = [], _ db: Database
    ) throws -> [DraftPassage] {
        guard let first = retrieval.ranked.first,
            let document = try Store.documents([first.document], db)[first.document], document.kind == .article
        else { return [] }
        var ids = try Store.chunkIDs(ofDocument: first.document, db)
        if ids.count > RetrievalDefaults.maximumDraftPassages {
            // Of a book-long document those that share words with the question, then those nearest to the best one.
            let best = ids.firstIndex(of: first.chunk) ?? 0
            let order = ids.indices.sorted { a, b in
                let (x, y) = (retrieval.lexical.passages[ids[a]] ?? 0, retrieval.lexical.passages[ids[b]] ?? 0)
                return x != y ? x > y : (abs(a - best), a) < (abs(b - best), b)
            }
            ids = order.prefix(RetrievalDefaults.maximumDraftPassages).sorted().map { ids[$0] }
        }
        let leading = [first.chunk] + ids.filter { $0 != first.chunk }
        let chunks = try Store.chunks(leading, db)
        let indexTerms = try Store.IndexTerms(db)
        return try leading.compactMap { chunks[$0] }.filter { $0.role != .alias }.map { chunk in
            var cosines: [Float] = []
            var toParts: [[Float]] = []
            if !retrieval.vector.isEmpty, let packed = try Store.sentenceVectors(chunk.embeddingKey, db) {
                cosines = SentenceVectors.scores(packed, with: retrieval.vector)
                toParts = parts.map { SentenceVectors.scores(packed, with: $0.vector) }
            }
            return try measured(
                DraftPassage(document: document, chunk: chunk, cosines: cosines, overlaps: []), terms: terms,
                parts: Array(zip(parts, toParts)), codes: Set(retrieval.codes.map(\.joined)),
                options: Set(retrieval.options), indexTerms)
        }
    }

    /// Whether the question wants to know what to do about a code that the first document's title names.
    private static func wantsRemedy(_ question: Question, _ retrieval: Retrieval, _ passages: [DraftPassage]) -> Bool {
        let codes = Set(retrieval.codes.filter { $0.family != nil }.map(\.joined))
        guard !codes.isEmpty, let title = passages.first?.document.title.lowercased() else { return false }
        return Identifiers.named(in: title).contains { codes.contains(Identifier($0).joined) }
            && RemedyRequest.isIn(question.fullText)
    }

    /// Adds what shares of the question stand in each sentence and in the headings above it.
    private func measured(
        _ passage: DraftPassage, terms: QuestionTerms, parts: [(part: QuestionPart, cosines: [Float])],
        codes: Set<String>, options: Set<String>,
        _ indexTerms: Store.IndexTerms
    ) throws -> DraftPassage {
        var passage = passage
        let chunk = passage.chunk
        var inner: String?
        // A name in the title is what the whole article is about, and sets no entry of it apart.
        let titled = codes.intersection(
            Identifiers.named(in: passage.document.title.lowercased()).map { Identifier($0).joined })
        func holds(_ text: String, _ codes: Set<String>) -> Bool {
            !codes.isEmpty
                && Identifiers.named(in: text.lowercased()).contains { codes.contains(Identifier($0).joined) }
        }
        var above = try indexTerms(chunk.headings.joined(separator: "\n"))
        passage.parts = parts.map { PartFitness(hasName: $0.part.hasName) }
        for (sentence, broken) in zip(chunk.sentences, DraftSentences.breaks(in: chunk).before) {
            if let broken {
                inner = broken.heading
                above = try indexTerms((chunk.headings + [inner].compactMap { $0 }).joined(separator: "\n"))
            }
            let own = try indexTerms(sentence.text)
            passage.overlaps.append(terms.share(of: own))
            passage.headed.append(terms.share(of: above))
            passage.united.append(terms.share(of: own + above))
            for (index, part) in parts.enumerated() {
                let place = passage.parts[index].fitness.count
                passage.parts[index].fitness.append(
                    Drafter.fitness(
                        cosine: place < part.cosines.count ? Double(part.cosines[place]) : 0,
                        overlap: part.part.terms.share(of: own + above)))
            }
            let heading = inner ?? chunk.headings.last
            var name = NameMention(sentence, below: heading) {
                holds($0, codes.subtracting(titled))
                    || !options.isEmpty && !options.isDisjoint(with: CommandOptions.named(in: $0))
            }
            if name == .none, holds(sentence.text, titled) || heading.map({ holds($0, titled) }) == true {
                name = .inText
            }
            passage.names.append(name)
        }
        return passage
    }

    /// The nearest resolved tickets, with the articles that resolved them.
    private func precedents(_ retrieval: Retrieval, _ db: Database) throws -> [Precedent] {
        let tickets = retrieval.learned.nearest.filter { $0.id > 0 }.prefix(3)
        let names = try Store.exampleNames(tickets.map(\.id), db)
        let articles = try Store.documents(tickets.flatMap(\.articles), db)
        return tickets.compactMap { ticket in
            guard let name = names[ticket.id] else { return nil }
            return Precedent(
                ticket: name, similarity: ticket.cosine, articles: ticket.articles.compactMap { articles[$0]?.id })
        }
    }

    /// Eight letters and digits that name a question together with its answer.
    private static func answerID(_ question: Question, _ draft: Draft?) -> String {
        let cited = draft?.citations.map(\.document.id).joined(separator: "\n") ?? ""
        let digest = SHA256.digest(
            Array(question.fullText.utf8), [0], Array((draft?.text ?? "").utf8), [0], Array(cited.utf8))
        let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789".utf8)
        return "k" + String(decoding: digest.prefix(7).map { alphabet[Int($0) % alphabet.count] }, as: UTF8.self)
    }
}
