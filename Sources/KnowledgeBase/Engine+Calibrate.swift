import Embedding
import FoundationEssentials
import GRDB
import Synchronization

/// What `kb calibrate` did and found.
public struct CalibrationReport: Sendable, Codable {
    public var fit: CalibrationFit
    /// What it was made from: linked tickets, answered ones without an article, marks, labels, titles, sentences.
    public var contents: [String: Int]
    /// On held-back questions: against "the first document is right", and "some document answers". For source `self`
    /// the questions are the base's own and `confidence` is absent.
    public var confidence: ProbabilityMetrics?
    public var answerable: ProbabilityMetrics?
    /// Whether it is in use now, and when not, why.
    public var accepted: Bool
    public var note: String?
    /// Fit that stays in use when this one was not accepted.
    public var kept: CalibrationSummary?
    public var milliseconds: Double
}

extension Engine {
    /// Fits the confidence anew and puts it in use unless it is worse than the one there is.
    ///
    /// - Parameter labels: a folder with queries.jsonl and qrels/; its questions are the labels then. Else resolved
    ///   tickets and marks where there are at least 50, else the base itself, else the shipped prior.
    /// - Parameter share: assumed share of answerable questions; else what labels say, or the setting.
    public func calibrate(labels: String? = nil, qrels: String? = nil, share: Double? = nil) throws -> CalibrationReport
    {
        let started = ContinuousClock.now
        let now = clock()
        let assumed = share ?? assumedAnswerableShare
        let size = try store.pool.read { try Store.calibrationSize($0) }
        let questions = try selfQuestions()
        let own = SelfFit.fit(questions, share: assumed)
        let fallback = own ?? CalibrationFit.prior(share: assumed)
        var report: CalibrationReport
        var memory: [CalibrationCase] = []
        var comparison: Comparison?
        if let labels {
            (report, comparison) = try fitLabels(folder: labels, qrels: qrels, share: share, fallback: fallback)
        } else if let tickets = try fitTickets(size: size, share: assumed, fallback: fallback, now: now) {
            (report, memory, comparison) = (tickets.report, tickets.cases, tickets.comparison)
        } else {
            report = CalibrationReport(
                fit: fallback, contents: [:], accepted: true, milliseconds: 0)
            if own != nil {
                report.contents = [
                    "titles": questions.filter(\.isTitle).count, "sentences": questions.filter { !$0.isTitle }.count,
                ]
                report.answerable = SelfFit.heldBack(questions).map {
                    ProbabilityMetrics($0.probabilities, $0.outcomes)
                }
            }
        }
        let old = try store.pool.read { try Store.calibration($0) }
        if let old, let reason = comparison?.reasonToKeep(old) {
            report.accepted = false
            report.note = reason
            report.kept = CalibrationSummary(
                source: old.fit.source, count: old.fit.count, ece: old.ece, fittedAt: old.fittedAt)
        }
        report.milliseconds = started.elapsedMilliseconds
        // The base's own fit is kept beside the others: it speaks for moments when no label was known.
        if let own, report.fit.source == .tickets,
            try store.pool.read({ try Store.calibration(source: .`self`, $0) }) == nil
        {
            try keep(CalibrationReport(fit: own, contents: [:], accepted: true, milliseconds: 0), memory: [], size, now)
        }
        try keep(report, memory: memory, size, now)
        calibrationCache.withLock { $0 = nil }
        return report
    }

    /// Fits the confidence after an ingest where there is no fit yet or the base is not what it was.
    func calibrateIfChanged() throws {
        let (old, size) = try store.pool.read { (try Store.calibration($0), try Store.calibrationSize($0)) }
        if let old {
            func changed(_ now: Int, _ then: Int) -> Bool {
                abs(Double(now - then)) > CalibrationDefaults.refitChange * Double(max(1, then))
            }
            // Labels from a folder are not replaced by less than labels.
            if old.fit.source == .labels, size.labels < CalibrationDefaults.labelsNeeded { return }
            let mayLabel = size.labels >= CalibrationDefaults.labelsNeeded
            guard changed(size.documents, old.documents) || mayLabel && changed(size.labels, old.labels) else { return }
        } else {
            guard
                size.documents >= CalibrationDefaults.selfDocumentsNeeded
                    || size.labels >= CalibrationDefaults.labelsNeeded
            else { return }
        }
        _ = try calibrate()
    }

    private func keep(
        _ report: CalibrationReport, memory: [CalibrationCase], _ size: (documents: Int, labels: Int), _ now: Date
    ) throws {
        let until = memory.map(\.outcome.knownAt).max()
        var shown = report
        shown.milliseconds = 0
        try store.add(
            StoredCalibration(
                fit: report.fit, ece: report.fit.source == .`self` ? nil : report.confidence?.ece, fittedAt: now,
                documents: size.documents, labels: size.labels, until: until, accepted: report.accepted,
                note: report.note),
            report: try JSONText.encode(shown),
            memory: memory.isEmpty ? nil : CalibrationMemory.encode(memory, dimension: memory[0].vector.count))
    }

    // MARK: - Sources

    private func fitTickets(
        size: (documents: Int, labels: Int), share: Double, fallback: CalibrationFit, now: Date
    ) throws -> (report: CalibrationReport, cases: [CalibrationCase], comparison: Comparison)? {
        guard size.labels >= CalibrationDefaults.labelsNeeded else { return nil }
        let past = try labelledPast(now: now)
        let cases = try cases(past)
        guard let dimension = cases.first?.vector.count else { return nil }
        let timeline = CalibrationTimeline(
            cases, dimension: dimension, source: .tickets, assumedShare: share, fallback: fallback)
        let fit = timeline.fit(known: timeline.history.outcomes.count)
        guard fit.source == .tickets else { return nil }
        let held = timeline.heldBack()
        let outcomes = timeline.history.outcomes
        let judged = held.filter { outcomes[$0.index].right != nil }
        let ended = held.filter { outcomes[$0.index].answerable != nil }
        let report = CalibrationReport(
            fit: fit,
            contents: [
                "linked tickets": past.filter { $0.id > 0 && $0.answerable == true }.count,
                "tickets answered without an article": past.filter { $0.id > 0 && $0.answerable == false }.count,
                "marks": past.filter { $0.id < 0 }.count,
            ],
            confidence: ProbabilityMetrics(judged.map(\.confidence), judged.map { outcomes[$0.index].right! }),
            answerable: ProbabilityMetrics(ended.map(\.answerable), ended.map { outcomes[$0.index].answerable! }),
            accepted: true, milliseconds: 0)
        let comparison = Comparison(
            fit: fit,
            cases: outcomes.indices.compactMap { i in
                outcomes[i].right.map { (timeline.evidence[i], $0, outcomes[i].knownAt) }
            },
            heldBack: judged.map {
                (timeline.evidence[$0.index], outcomes[$0.index].right!, outcomes[$0.index].knownAt, $0.confidence)
            })
        return (report, cases, comparison)
    }

    /// Questions of a folder: right where their qrels name the first document, unanswerable where they name none here.
    private func fitLabels(
        folder: String, qrels: String?, share: Double?, fallback: CalibrationFit
    ) throws -> (CalibrationReport, Comparison) {
        let set = try LabelledSet(folder: folder, qrels: qrels, needsDocuments: false)
        let labelled = set.order.map { id in
            (question: Question(id: id, text: set.texts[id]!), relevant: set.relevant[id] ?? [:])
        }
        let vectors = try encode(labelled.map(\.question), mode: .hybrid)
        let names = try store.articleNames()
        let past = labelled.indices.map { i in
            let right = Set(labelled[i].relevant.keys.flatMap { names[$0] ?? [] })
            return PastQuestion(
                id: Int64(i + 1), question: labelled[i].question, knownAt: 0, vector: vectors[i],
                isRight: { right.contains($0) }, answerable: !right.isEmpty)
        }
        let cases = try cases(past)
        guard cases.count >= CalibrationDefaults.labelsNeeded else {
            throw KnowledgeBaseError.invalidArgument(
                "\(folder) has \(cases.count) questions; a fit takes at least \(CalibrationDefaults.labelsNeeded). "
                    + "Add more, or run kb calibrate without --labels.")
        }
        let right = cases.map { (evidence: $0.evidence, label: $0.outcome.right == true) }
        let ended = cases.map { (evidence: $0.evidence, label: $0.outcome.answerable == true) }
        func fit(_ rows: [Int]) -> CalibrationFit {
            func model(_ all: [(evidence: Evidence, label: Bool)]) -> CalibrationModel {
                CalibrationModel.fit(.retrievalOnly, rows.map { all[$0] }, penalty: CalibrationDefaults.labelPenalty)
            }
            let labelledShare = Double(rows.filter { ended[$0].label }.count) / Double(rows.count)
            var out = CalibrationFit(
                source: .labels, count: rows.count, share: share ?? labelledShare, confidence: model(right),
                answerable: model(ended))
            // All answerable: how the others look is not to be learned from these.
            if !(0.02...0.98).contains(labelledShare) { out.answerable = fallback.answerable }
            if let share, (0.02...0.98).contains(labelledShare) {
                let shift = CalibrationModel.shift(fromShare: labelledShare, to: share)
                out.confidence = out.confidence.rescaled(offset: shift)
                out.answerable = out.answerable.rescaled(offset: shift)
            }
            return out
        }
        var held: [(Int, CalibrationFit)] = []
        for fold in 0..<5 {
            let known = fit(cases.indices.filter { $0 % 5 != fold })
            held += cases.indices.filter { $0 % 5 == fold }.map { ($0, known) }
        }
        let whole = fit(Array(cases.indices))
        let report = CalibrationReport(
            fit: whole,
            contents: ["labelled questions": cases.count, "unanswerable": ended.filter { !$0.label }.count],
            confidence: ProbabilityMetrics(
                held.map { $1.probabilities(cases[$0].evidence).confidence }, held.map { right[$0.0].label }),
            answerable: ProbabilityMetrics(
                held.map { $1.probabilities(cases[$0].evidence).answerable }, held.map { ended[$0.0].label }),
            accepted: true, milliseconds: 0)
        let comparison = Comparison(
            fit: whole, cases: right.map { ($0.evidence, $0.label, 0) },
            heldBack: held.map {
                (right[$0].evidence, right[$0].label, 0, $1.probabilities(right[$0].evidence).confidence)
            })
        return (report, comparison)
    }
}

/// A new fit against the one in use, on questions with labels.
struct Comparison: Sendable {
    var fit: CalibrationFit
    /// All cases, and the held-back ones with what was said of them; with when their label became known.
    var cases: [(evidence: Evidence, label: Bool, knownAt: Int64)]
    var heldBack: [(evidence: Evidence, label: Bool, knownAt: Int64, said: Double)]

    /// Why the old fit stays: its Brier score is better by more than the tolerance. `nil` when the new one is in order.
    ///
    /// Judged on what neither has seen where there are at least 30 such questions, else on all of them by both.
    func reasonToKeep(_ old: StoredCalibration) -> String? {
        let fresh = heldBack.filter { old.until == nil || $0.knownAt > old.until! }
        // Labels from a folder carry no times: two fits to such may have seen the same ones.
        let bothLabels = old.fit.source == .labels && fit.source == .labels
        let isFresh = fresh.count >= CalibrationDefaults.comparisonMinimum && !bothLabels
        func brier(_ items: [(Double, Bool)]) -> Double {
            items.reduce(0) { $0 + ($1.0 - ($1.1 ? 1 : 0)) * ($1.0 - ($1.1 ? 1 : 0)) } / Double(max(1, items.count))
        }
        let new =
            isFresh
            ? brier(fresh.map { ($0.said, $0.label) })
            : brier(cases.map { (fit.confidence.probability($0.evidence), $0.label) })
        let before =
            isFresh
            ? brier(fresh.map { (old.fit.confidence.probability($0.evidence), $0.label) })
            : brier(cases.map { (old.fit.confidence.probability($0.evidence), $0.label) })
        guard new > before + CalibrationDefaults.brierTolerance else { return nil }
        func shown(_ value: Double) -> String { String((value * 10_000).rounded() / 10_000) }
        let count = isFresh ? fresh.count : cases.count
        return
            "its Brier score is \(shown(new)) on \(count) held-back questions, that of the fit in use \(shown(before))"
    }
}
