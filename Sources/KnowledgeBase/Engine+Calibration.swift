import Embedding
import FoundationEssentials
import GRDB
import Synchronization

/// What an engine keeps of the confidence between questions.
struct CalibrationCache: Sendable {
    /// Row id of the fit in use; `nil` where there is none.
    var id: Int64?
    var stored: StoredCalibration?
    /// What the past says; read when a model asks for it.
    var history: LabelHistory?
    /// Everything, for questions asked as of a moment.
    var timeline: CalibrationTimeline?
    var fits: [Int: CalibrationFit] = [:]
}

/// Both probabilities of an answer with what they rest on.
struct Judgement: Sendable {
    var summary: CalibrationSummary
    var explanation: Explanation

    var confidence: Double { explanation.confidence.probability }
    var answerable: Double { explanation.answerable.probability }
}

extension Engine {
    /// Which share of questions is assumed to be answerable where labels do not say: kb.yaml, else the default.
    var assumedAnswerableShare: Double {
        settings.assumedAnswerableShare ?? CalibrationDefaults.assumedAnswerableShare
    }

    /// The same for a new fit: where kb.yaml says nothing, the default moved by what past tickets link.
    func assumedAnswerableShare(_ db: Database) throws -> Double {
        let share = assumedAnswerableShare
        guard settings.assumedAnswerableShare == nil, let linked = try Store.linkedShare(db) else { return share }
        return LogOdds.probability(
            LogOdds.of(share) + CalibrationDefaults.linkedShareWeight
                * LogOdds.of(linked, clip: CalibrationDefaults.shareClip))
    }

    /// The probabilities of an answer by the fit in use, or with `askedAt` by what was known at that moment.
    func judge(
        _ question: Question, retrieval: Retrieval, draft: DraftEvidence, _ db: Database
    ) throws -> Judgement {
        var evidence = Evidence(
            ranked: retrieval.ranked, field: retrieval.field, learned: retrieval.learned,
            terms: retrieval.expression.words.count, draft: draft)
        let own = try question.id.flatMap { try Store.ticketDocument($0, db) }
        let first = retrieval.ranked.first?.document ?? 0
        let moment = question.askedAt?.milliseconds
        var summary: CalibrationSummary
        let fit: CalibrationFit
        (fit, summary) = try calibrationCache.withLock { cache in
            try load(&cache, db)
            guard let stored = cache!.stored else {
                let prior = CalibrationFit.prior(share: assumedAnswerableShare)
                return (prior, CalibrationSummary(source: .prior, count: 0, ece: nil, fittedAt: nil))
            }
            let summary = CalibrationSummary(
                source: stored.fit.source, count: stored.fit.count, ece: stored.ece, fittedAt: stored.fittedAt)
            guard stored.fit.source == .tickets else { return (stored.fit, summary) }
            guard let moment, moment <= stored.until ?? .min else {
                if cache!.history == nil {
                    cache!.history = try Store.calibrationMemory(stored.id, db).flatMap(CalibrationMemory.history)
                }
                cache!.history?.complete(&evidence, vector: retrieval.vector, first: first, before: moment, own: own)
                return (stored.fit, summary)
            }
            if cache!.timeline == nil { cache!.timeline = try timeline(of: stored, db) }
            guard let timeline = cache!.timeline else { return (stored.fit, summary) }
            timeline.history.complete(&evidence, vector: retrieval.vector, first: first, before: moment, own: own)
            let known = CalibrationTimeline.fitted(of: timeline.history.known(before: moment))
            let fit = cache!.fits[known] ?? timeline.fit(known: known)
            cache!.fits[known] = fit
            return (fit, CalibrationSummary(source: fit.source, count: fit.count, ece: nil, fittedAt: nil))
        }
        var said = fit.explanation(evidence)
        // Labels are too few to learn this one: the article on TB-1042 does not answer what TB-9999 is.
        if retrieval.unknownCode != nil {
            said.answerable.apply(
                .unknownCode, min(said.answerable.probability, CalibrationDefaults.unknownCodeProbability))
            said.confidence.apply(.unknownCode, min(said.confidence.probability, said.answerable.probability))
        }
        // A person said of this very question that this article answers it: worth more than any likeness.
        if let judged = retrieval.mark?.promoted, judged == first {
            said.confidence.apply(
                .judgedRight, max(said.confidence.probability, CalibrationDefaults.judgedProbability))
            said.answerable.apply(
                .atLeastConfidence, max(said.answerable.probability, said.confidence.probability))
        }
        return Judgement(summary: summary, explanation: said)
    }

    /// Reads the fit in use where another than the cached one is.
    private func load(_ cache: inout CalibrationCache?, _ db: Database) throws {
        let id = try Store.calibrationID(db)
        if let cached = cache, cached.id == id { return }
        cache = CalibrationCache(id: id, stored: id == nil ? nil : try Store.calibration(db))
    }

    /// Past questions of a stored fit, so that any moment's fit can be made again.
    private func timeline(of stored: StoredCalibration, _ db: Database) throws -> CalibrationTimeline? {
        guard let bytes = try Store.calibrationMemory(stored.id, db), let cases = CalibrationMemory.cases(bytes),
            let dimension = cases.first?.vector.count
        else { return nil }
        let fallback =
            try Store.calibration(source: .`self`, db)?.fit ?? CalibrationFit.prior(share: stored.fit.share)
        return CalibrationTimeline(
            cases, dimension: dimension, source: .tickets, assumedShare: stored.fit.share, fallback: fallback)
    }

    /// What an `auto` band may do: act only on a fit to this base's own labels whose band is certified.
    ///
    /// By the reviews of the question's own intent where there are as many as the least certificate takes, for an
    /// intent that fails must not hide among others; by all reviews of the band otherwise.
    /// - Returns: `nil` when it may act, else how many more reviews it takes.
    func shadow(of band: Band, intent: String?, summary: CalibrationSummary, _ db: Database) throws -> Shadow? {
        guard band == .auto else { return nil }
        let threshold = try policy().autoBand
        let all = try Store.reviews(atLeast: threshold, bandFrom: threshold, db)
        let own = try intent.map { try Store.reviews(atLeast: threshold, intent: $0, bandFrom: threshold, db) }
        let reviews = own.flatMap { $0.decidesAlone ? $0 : nil } ?? all
        var needed = reviews.reviewsNeeded
        // Marks are labels too: with enough of them the fit becomes one to this base's own questions.
        if summary.source == .prior || summary.source == .`self` {
            needed = max(needed, CalibrationDefaults.labelsNeeded - (all.right + all.wrong), 1)
        }
        return needed > 0 ? Shadow(wouldBe: .auto, reviewsNeeded: needed) : nil
    }
}
