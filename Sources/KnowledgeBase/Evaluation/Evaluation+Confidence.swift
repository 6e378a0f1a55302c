import Embedding
import FoundationEssentials

/// One question of a scored set with what was said of it and what is true.
public struct EvaluatedQuestion: Sendable {
    public var id: String
    public var confidence: Double
    public var answerable: Double
    /// Whether the first document is in the qrels.
    public var isRight: Bool
    /// Whether some right document is there; `nil` where only some of them were left out.
    public var isAnswerable: Bool?
}

extension Evaluation {
    /// Both probabilities of each asked question, by what was known at its moment.
    ///
    /// With a protocol the earlier labelled questions are the labels, refitted as they come; else resolved tickets where
    /// there are enough, else the base itself.
    func predictions(_ asked: [LabelledSet.LabelledQuestion], vectors: [[Float]]) throws -> [EvaluatedQuestion] {
        let share = request.share ?? CalibrationDefaults.assumedAnswerableShare
        let context = LabelContext(names: try engine.store.articleNames(), linkTimes: try engine.store.firstLinkTimes())
        let fallback =
            SelfFit.fit(try engine.selfQuestions(), share: share) ?? CalibrationFit.prior(share: share)
        let ids = try ticketIDs(asked)
        let questions = asked.indices.map { i in
            past(asked[i], id: ids[i] ?? -1 - Int64(i), at: asked[i].question.askedAt, vector: vectors[i], context)
        }
        let cases = try engine.cases(questions)
        let dimension = vectors.first?.count ?? 0
        let timeline: CalibrationTimeline
        if request.timeline != nil {
            timeline = CalibrationTimeline(
                try earlier(asked: asked, context) + cases, dimension: dimension, source: .tickets,
                assumedShare: request.share, fallback: fallback)
        } else {
            let known = try engine.labelledPast(now: .distantFuture, share: share)
            timeline = CalibrationTimeline(
                try engine.cases(known), dimension: dimension, source: .tickets, assumedShare: share, fallback: fallback
            )
        }
        let byID = Dictionary(cases.map { ($0.outcome.id, $0) }, uniquingKeysWith: { first, _ in first })
        var fits: [Int: CalibrationFit] = [:]
        return zip(asked, questions).map { labelled, question in
            let past = byID[question.id]!
            let moment = labelled.question.askedAt?.milliseconds
            var evidence = past.evidence
            timeline.history.complete(
                &evidence, vector: past.vector, first: past.outcome.first, before: moment, own: past.outcome.id)
            let known = CalibrationTimeline.fitted(of: timeline.history.known(before: moment))
            let fit = fits[known] ?? timeline.fit(known: known)
            fits[known] = fit
            let (confidence, answerable) = fit.probabilities(evidence)
            return EvaluatedQuestion(
                id: labelled.question.id ?? "", confidence: confidence, answerable: answerable,
                isRight: past.outcome.right == true, isAnswerable: past.outcome.answerable)
        }
    }

    /// The labelled questions before the asked ones, as of their own moments.
    private func earlier(
        asked: [LabelledSet.LabelledQuestion], _ context: LabelContext
    ) throws -> [CalibrationCase] {
        let isAsked = Set(asked.compactMap(\.question.id))
        let items = timed(try engine.store.ticketTimes()).filter { !isAsked.contains($0.1.question.id!) }
        let ids = try ticketIDs(items.map(\.1))
        let dimension = try engine.encoder().dimension
        // The ticket's stored vector is that of its beginning, which is what the encoder reads of the question too.
        let vectors = try engine.store.firstVectors(ofDocuments: ids, dimension: dimension)
        return try engine.cases(
            items.indices.compactMap { i in
                guard let id = ids[i], let vector = vectors[i] else { return nil }
                return past(items[i].1, id: id, at: items[i].0, vector: vector, context)
            })
    }

    private func past(
        _ labelled: LabelledSet.LabelledQuestion, id: Int64, at moment: Date?, vector: [Float], _ context: LabelContext
    ) -> PastQuestion {
        var question = labelled.question
        question.askedAt = moment
        let right = Set(labelled.relevant.keys.flatMap { context.names[$0] ?? [] })
        var answerable: Bool? = !right.isEmpty
        if request.ablate, let ablation = set.ablation, let name = question.id {
            answerable = ablation.gaps.contains(name) ? false : ablation.answerable.contains(name) ? true : nil
        }
        return PastQuestion(
            id: id, question: question, knownAt: context.labelTime(id, asked: moment), vector: vector,
            isRight: { right.contains($0) }, answerable: answerable)
    }

    private func ticketIDs(_ questions: [LabelledSet.LabelledQuestion]) throws -> [Int64?] {
        try engine.store.ticketDocuments(questions.map(\.question.id))
    }
}

/// What labels are looked up in.
private struct LabelContext {
    /// Row ids of articles by their names in qrels.
    var names: [String: [Int64]]
    /// Unix ms of each ticket's first link to an article.
    var linkTimes: [Int64: Int64]

    /// When a question's label became known: with the first link to an article, else some days after it was asked.
    func labelTime(_ id: Int64, asked: Date?) -> Int64 {
        let asked = asked?.milliseconds ?? 0
        return max(asked, linkTimes[id] ?? asked + Int64(CalibrationDefaults.unresolvedAfterDays * 86_400_000))
    }
}
