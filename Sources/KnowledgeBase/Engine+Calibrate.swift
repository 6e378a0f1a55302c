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
    /// What is odd about the labels.
    public var warning: String?
    /// Fit that stays in use when this one was not accepted.
    public var kept: CalibrationSummary?
    public var milliseconds: Double
}

extension Engine {
    /// Fits the confidence anew and puts it in use unless it is worse than the one there is.
    ///
    /// - Parameter labels: a folder with queries.jsonl and qrels/; its questions are the labels then. Else resolved
    ///   tickets and marks where there are at least 50, else the base itself, else the shipped prior.
    /// - Parameter share: assumed share of answerable questions; else the setting, else `assumedAnswerableShare(_:)`.
    public func calibrate(labels: String? = nil, qrels: String? = nil, share: Double? = nil) throws -> CalibrationReport
    {
        let started = ContinuousClock.now
        let now = clock()
        let (size, assumed) = try store.pool.read { db in
            (try Store.calibrationSize(db), try share ?? assumedAnswerableShare(db))
        }
        let questions = try selfQuestions()
        let own = SelfFit.fit(questions, share: assumed)
        let old = try store.pool.read { try Store.calibration($0) }
        let fallback = own ?? CalibrationFit.prior(share: assumed)
        var report: CalibrationReport
        var memory: [CalibrationCase] = []
        var comparison: Comparison?
        if let labels {
            (report, memory, comparison) = try fitLabels(
                folder: labels, qrels: qrels, share: share, fallback: fallback, old: old)
        } else if let tickets = try fitTickets(size: size, share: assumed, fallback: fallback, old: old, now: now) {
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
        if let old, let reason = comparison.map({ $0.reasonToKeep(old) }) ?? Self.reasonToKeep(old, against: report.fit)
        {
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
        let unlinked = try store.pool.read { try Store.unlinkedTicketCount($0) }
        try store.setMeta(Store.unlinkedKey, String(unlinked))
        calibrationCache.withLock { $0 = nil }
        return report
    }

    /// Fits the confidence where there is none, or as many labels have come as a replay refits after.
    ///
    /// - Returns: `nil` where none was due.
    public func calibrateIfDue() throws -> CalibrationReport? {
        let (old, size) = try store.pool.read { (try Store.calibration($0), try Store.calibrationSize($0)) }
        if let old {
            if old.fit.source == .labels, size.labels < CalibrationDefaults.labelsNeeded { return nil }
            guard try abs(size.labels - old.labels) >= CalibrationDefaults.refitEvery || hasOtherUnlinked() else {
                return nil
            }
        }
        return try calibrate()
    }

    /// Whether so many tickets were answered without an article, or no longer were, that the fit knows another base.
    private func hasOtherUnlinked() throws -> Bool {
        let (now, then) = try store.pool.read { db in
            (try Store.unlinkedTicketCount(db), try Store.meta(Store.unlinkedKey, db).flatMap { Int($0) })
        }
        guard let then else { return false }
        let least = CalibrationDefaults.refitChange * Double(max(CalibrationDefaults.labelsNeeded, then))
        return Double(abs(now - then)) >= least
    }

    /// Fits the confidence after an ingest where there is no fit yet or the base is not what it was.
    func calibrateIfChanged() throws -> CalibrationReport? {
        let (old, size) = try store.pool.read { (try Store.calibration($0), try Store.calibrationSize($0)) }
        if let old {
            func changed(_ now: Int, _ then: Int) -> Bool {
                abs(Double(now - then)) > CalibrationDefaults.refitChange * Double(max(1, then))
            }
            // Labels from a folder are not replaced by less than labels.
            if old.fit.source == .labels, size.labels < CalibrationDefaults.labelsNeeded { return nil }
            let mayLabel = size.labels >= CalibrationDefaults.labelsNeeded
            guard
                try changed(size.documents, old.documents) || mayLabel && changed(size.labels, old.labels)
                    || hasOtherUnlinked()
            else { return nil }
        } else {
            guard
                size.documents >= CalibrationDefaults.selfDocumentsNeeded
                    || size.labels >= CalibrationDefaults.labelsNeeded
            else { return nil }
        }
        return try calibrate()
    }

    /// Where nothing can be compared: what people labelled is not replaced by what the articles say of themselves.
    private static func reasonToKeep(_ old: StoredCalibration, against new: CalibrationFit) -> String? {
        guard old.fit.source == .labels, new.source == .`self` || new.source == .prior else { return nil }
        return
            "it knows no label, and the fit in use is one to \(old.fit.count) of them; kb calibrate --labels replaces that"
    }

    private func keep(
        _ report: CalibrationReport, memory: [CalibrationCase], _ size: (documents: Int, labels: Int), _ now: Date
    ) throws {
        let until = report.fit.source == .tickets ? memory.map(\.outcome.knownAt).max() : nil
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
        size: (documents: Int, labels: Int), share: Double, fallback: CalibrationFit, old: StoredCalibration?, now: Date
    ) throws -> (report: CalibrationReport, cases: [CalibrationCase], comparison: Comparison)? {
        guard size.labels >= CalibrationDefaults.labelsNeeded else { return nil }
        let past = try labelledPast(now: now, share: share)
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
        let until = old?.until ?? .min
        let comparison = Comparison(
            fit: fit,
            cases: outcomes.indices.compactMap { i in outcomes[i].right.map { (timeline.evidence[i], $0) } },
            heldBack: judged.map { item in
                .init(
                    evidence: timeline.evidence[item.index], label: outcomes[item.index].right!, said: item.confidence,
                    isFresh: outcomes[item.index].knownAt > until)
            })
        return (report, cases, comparison)
    }

    /// Questions of a folder: right where their qrels name the first document, unanswerable where they name none here.
    private func fitLabels(
        folder: String, qrels: String?, share: Double?, fallback: CalibrationFit, old: StoredCalibration?
    ) throws -> (CalibrationReport, [CalibrationCase], Comparison) {
        let set = try LabelledSet(folder: folder, qrels: qrels, needsDocuments: false)
        let labelled = set.order.map { id in
            (question: Question(id: id, text: set.texts[id]!), relevant: set.relevant[id] ?? [:])
        }
        let names = try store.articleNames()
        let warning = try Self.checkLabels(labelled.map { ($0.question.id!, $0.relevant) }, folder) { names[$0] != nil }
        let vectors = try encode(labelled.map(\.question), mode: .hybrid)
        let past = labelled.indices.map { i in
            let right = Set(labelled[i].relevant.keys.flatMap { names[$0] ?? [] })
            // Named by its text, so that the next fit knows which questions this one has seen.
            let name = SHA256.digest(Array(labelled[i].question.fullText.utf8)).prefix(8).reduce(Int64(0)) {
                $0 << 8 | Int64($1)
            }
            return PastQuestion(
                id: name, question: labelled[i].question, knownAt: 0, vector: vectors[i],
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
        var report = CalibrationReport(
            fit: whole,
            contents: ["labelled questions": cases.count, "unanswerable": ended.filter { !$0.label }.count],
            confidence: ProbabilityMetrics(
                held.map { $1.probabilities(cases[$0].evidence).confidence }, held.map { right[$0.0].label }),
            answerable: ProbabilityMetrics(
                held.map { $1.probabilities(cases[$0].evidence).answerable }, held.map { ended[$0.0].label }),
            accepted: true, milliseconds: 0)
        report.warning = warning
        // The fit in use is judged with all that it goes by, and where there are enough on questions new to it.
        let seen = try evidence(of: cases, for: old)
        let known = try questionsKnown(to: old)
        let comparison = Comparison(
            fit: whole, cases: cases.indices.map { (seen[$0], right[$0].label) },
            heldBack: held.map { i, fit in
                .init(
                    evidence: seen[i], label: right[i].label, said: fit.probabilities(right[i].evidence).confidence,
                    isFresh: !known.contains(cases[i].outcome.id))
            })
        return (report, cases, comparison)
    }

    /// Labels of another base would teach that no article answers anything.
    ///
    /// - Returns: a warning where fewer than half of the labels name an article here.
    /// - Throws: `invalidArgument` where none does.
    private static func checkLabels(
        _ labelled: [(question: String, relevant: [String: Double])], _ folder: String, isKnown: (String) -> Bool
    ) throws -> String? {
        let labels = labelled.flatMap { item in item.relevant.keys.sorted().map { (question: item.question, name: $0) }
        }
        let advice =
            "A label names an article by its path or the end of it, with or without .md: kb search shows the paths. "
        guard let first = labels.first(where: { !isKnown($0.name) }) ?? labels.first else {
            throw KnowledgeBaseError.invalidArgument(
                "\(folder): no label is of a question in queries.jsonl. Nothing was fitted. Give the qrels' query-id the _id of a "
                    + "question, or choose other qrels: --qrels NAME.")
        }
        let known = labels.count { isKnown($0.name) }
        let example = "'\(first.name)', of the question '\(first.question)'"
        if known == 0 {
            throw KnowledgeBaseError.invalidArgument(
                "\(folder): none of its \(labels.count) labels names an article of this base; the first is \(example). Nothing was "
                    + "fitted. \(advice)Correct the labels, or ingest the articles they name: kb ingest.")
        }
        guard known * 2 < labels.count else { return nil }
        return
            "\(folder): only \(known) of \(labels.count) labels name an article of this base; the first that does not is "
            + "\(example). A question without any other label counts as one that no article answers. \(advice)"
            + "Correct the labels, or ingest the articles they name, and run this again."
    }

    /// The labelled questions that a fit to labels was made from.
    private func questionsKnown(to old: StoredCalibration?) throws -> Set<Int64> {
        guard let old, old.fit.source == .labels,
            let memory = try store.pool.read({ try Store.calibrationMemory(old.id, $0) })
        else { return [] }
        return Set((CalibrationMemory.history(memory)?.outcomes ?? []).map(\.id))
    }

    /// The cases' evidence with what a fit to tickets remembers of the past.
    private func evidence(of cases: [CalibrationCase], for old: StoredCalibration?) throws -> [Evidence] {
        var out = cases.map(\.evidence)
        guard let old, old.fit.source == .tickets,
            let history = try store.pool.read({ try Store.calibrationMemory(old.id, $0) })
                .flatMap(CalibrationMemory.history)
        else { return out }
        for (i, past) in cases.enumerated() {
            history.complete(&out[i], vector: past.vector, first: past.outcome.first, before: nil)
        }
        return out
    }
}
