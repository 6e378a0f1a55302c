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
        let vectors = try encode(questions, mode: options.mode)
        let file = try mappedVectors(mode: options.mode)
        let found = try signals(questions, vectors: vectors)
        for (index, question) in questions.enumerated() {
            let started = ContinuousClock.now
            var answer = try store.pool.read { db in
                let retrieval = try retrieve(question, vector: vectors[index], file: file, options: options, db)
                return try compose(question, retrieval: retrieval, found: found[index], db)
            }
            answer.milliseconds = started.elapsedMilliseconds
            if log { try store.log(answer) }
            try each(answer)
        }
    }

    /// From what was found to what is said: passages → draft → evidence → probability → band and action.
    private func compose(
        _ question: Question, retrieval: Retrieval, found: PolicyEvidence, _ db: Database
    ) throws -> Answer {
        let now = clock()
        let terms = try QuestionTerms(retrieval.expression, db)
        let passages = try draftPassages(retrieval, terms: terms, db)
        let draft = Drafter.draft(passages)
        let evidence = Self.evidence(retrieval, passages: passages, terms: terms)
        let confidence = draft == nil ? 0 : Prior.confidence.probability(evidence)
        let answerable = draft == nil ? 0 : max(confidence, Prior.answerable.probability(evidence))
        let band = policy.band(confidence)
        var reasons: [Reason] = []
        switch band {
        case .auto: reasons.append(Reason(code: "confidence", value: confidence, threshold: policy.autoBand))
        case .draft: reasons.append(Reason(code: "confidence", value: confidence, threshold: policy.draftBand))
        case .human: reasons.append(Reason(code: "low_confidence", value: confidence, threshold: policy.draftBand))
        }
        var action = band
        if band == .auto {
            // A fit on other people's data never sends by itself.
            action = .draft
            reasons.append(Reason(code: "prior", value: nil, threshold: nil))
        }
        let grade = try draft.map { try self.grade($0, question: question, retrieval: retrieval, passages: passages, now: now, db) }
        var known = found
        known.confidence = confidence
        known.failedCriteria = grade?.failedCriteria ?? []
        try complete(&known, question: question, retrieval: retrieval, draft: draft, now: now, db)
        let decision = policy.decide(known, action: action)
        action = decision.action
        reasons += decision.reasons
        let shadow = decision.shadowed.map { Shadow(wouldBe: $0, reviewsNeeded: 0) }
        var nearMiss: NearMiss?
        if action == .human, let first = passages.first {
            nearMiss = NearMiss(document: first.document, missingTerms: terms.missing(from: try terms.present(first, db)))
        }
        return Answer(
            question: question, answerID: Self.answerID(question, draft), askedAt: question.askedAt ?? now,
            milliseconds: 0, draft: draft, confidence: confidence, answerable: answerable, band: band, action: action,
            reasons: reasons, shadow: shadow,
            calibration: CalibrationSummary(source: .prior, count: 0, ece: nil, fittedAt: nil), precedents: try precedents(retrieval, db),
            nearMiss: nearMiss,
            evidence: evidence.named.map {
                Feature(name: $0.name, value: $0.value, contribution: (Prior.confidence.weights[$0.name] ?? 0) * $0.value)
            }, policyHash: policy.hash, offer: draft != nil && action == .draft ? policy.offer : nil, grade: grade)
    }

    /// The passages of the first-ranked document, the best first, with each sentence's fitness.
    private func draftPassages(_ retrieval: Retrieval, terms: QuestionTerms, _ db: Database) throws -> [DraftPassage] {
        guard let first = retrieval.ranked.first,
            let document = try Store.documents([first.document], db)[first.document], document.kind == .article
        else { return [] }
        let ids = try Store.chunkIDs(ofDocument: first.document, db)
        let chunks = try Store.chunks(ids, db)
        let leading = ids.filter { $0 == first.chunk } + ids.filter { $0 != first.chunk }
        return try leading.compactMap { chunks[$0] }.filter { $0.role != .alias }.map { chunk in
            var cosines: [Float] = []
            if !retrieval.vector.isEmpty, let packed = try Store.sentenceVectors(chunk.embeddingKey, db) {
                cosines = SentenceVectors.scores(packed, with: retrieval.vector)
            }
            return DraftPassage(
                document: document, chunk: chunk, cosines: cosines,
                overlaps: try chunk.sentences.map { terms.share(of: try Store.indexTerms($0.text, db)) })
        }
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

    private static func evidence(_ retrieval: Retrieval, passages: [DraftPassage], terms: QuestionTerms) -> Evidence {
        var evidence = Evidence()
        guard let first = retrieval.ranked.first else { return evidence }
        evidence.bestCosine = first.dense?.cosine ?? 0
        let rival = retrieval.ranked.dropFirst().compactMap { $0.dense?.cosine }.max()
        evidence.cosineGap = max(0, evidence.bestCosine - (rival ?? evidence.bestCosine))
        evidence.termShare = passages.first.map { $0.overlaps.reduce(0, max) } ?? 0
        let places = [first.dense?.rank, first.lexical?.rank].compactMap { $0 }
        evidence.agreement = Double(places.filter { $0 == 1 }.count) / 2
        return evidence
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
