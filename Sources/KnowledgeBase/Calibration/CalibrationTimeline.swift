/// Fits as outcomes become known: what would have been believed at any moment of the past.
///
/// Pure and deterministic; a fit at a moment depends on the cases known before it and on nothing else.
struct CalibrationTimeline: Sendable {
    let history: LabelHistory
    /// The cases' evidence with what was known when each was asked; in the order of `history.outcomes`.
    let evidence: [Evidence]
    let source: CalibrationSummary.Source
    /// Where the labels do not say how many questions are answerable, the share to assume; else `nil`.
    let assumedShare: Double?
    /// What is used while too little is known.
    let fallback: CalibrationFit

    init(
        _ cases: [CalibrationCase], dimension: Int, source: CalibrationSummary.Source, assumedShare: Double?,
        fallback: CalibrationFit
    ) {
        let sorted = cases.filter { $0.vector.count == dimension }
            .sorted { ($0.outcome.knownAt, $0.outcome.id) < ($1.outcome.knownAt, $1.outcome.id) }
        let history = LabelHistory(sorted.map(\.outcome), rows: sorted.flatMap(\.vector), dimension: dimension)
        self.history = history
        self.source = source
        self.assumedShare = assumedShare
        self.fallback = fallback
        evidence = sorted.map { past in
            var evidence = past.evidence
            history.complete(
                &evidence, vector: past.vector, first: past.outcome.first, before: past.outcome.askedAt,
                own: past.outcome.id)
            return evidence
        }
    }

    /// The number of known cases that a fit after `known` of them is made from: it changes every 60th time only.
    static func fitted(of known: Int) -> Int {
        guard known > CalibrationDefaults.labelsNeeded else { return known }
        return known - (known - CalibrationDefaults.labelsNeeded) % CalibrationDefaults.refitEvery
    }

    /// The fit to the first `known` cases; the fallback where they are too few.
    func fit(known: Int) -> CalibrationFit {
        let first = Int(CalibrationDefaults.burnIn * Double(known))
        let range = first..<known
        let right = range.compactMap { i in history.outcomes[i].right.map { (evidence: evidence[i], label: $0) } }
        let ended = range.compactMap { i in history.outcomes[i].answered.map { (evidence: evidence[i], label: $0) } }
        let labelled = history.outcomes[..<known].filter { $0.right != nil }.count
        guard labelled >= CalibrationDefaults.labelsNeeded else { return fallback }
        var fit = fallback
        fit.source = source
        fit.count = labelled
        fit.confidence =
            Self.hasBoth(right.map { $0.label ? 1 : 0 })
            ? CalibrationModel.fit(.confidence, right, penalty: CalibrationDefaults.labelPenalty)
            : Self.level(fallback.confidence, right)
        if Self.hasBoth(ended.map(\.label)) {
            let model = CalibrationModel.fit(.answerable, ended, penalty: CalibrationDefaults.labelPenalty)
            let labelledShare = ended.reduce(0) { $0 + $1.label } / Double(ended.count)
            fit.share = assumedShare ?? labelledShare
            fit.answerable = model.rescaled(
                offset: assumedShare.map { CalibrationModel.shift(fromShare: labelledShare, to: $0) } ?? 0)
        }
        return fit.reaching(Array(evidence[range]), else: fallback)
    }

    /// Where nearly all labels agree nothing can be learned of what tells right from wrong, but how many are right: the same is said of
    /// every question within reach, with one imagined question of each kind beside the labels.
    private static func level(
        _ model: CalibrationModel, _ cases: [(evidence: Evidence, label: Bool)]
    ) -> CalibrationModel {
        let right = Double(cases.count { $0.label })
        return model.rescaled(slope: 0, offset: LogOdds.of((right + 1) / Double(cases.count + 2), clip: 0))
    }

    /// At least ten of each kind: fewer teach nothing of it.
    private static func hasBoth(_ labels: [Double]) -> Bool {
        let positive = labels.reduce(0, +)
        return positive >= 10 && Double(labels.count) - positive >= 10
    }

    /// What would have been said of the last cases by time asked, each by the fit of its own moment.
    ///
    /// - Parameter share: of the cases, the last of which are predicted.
    func heldBack(share: Double = 0.4) -> [Prediction] {
        let order = history.outcomes.indices.sorted {
            (history.outcomes[$0].askedAt, history.outcomes[$0].id) < (
                history.outcomes[$1].askedAt, history.outcomes[$1].id
            )
        }
        return predictions(order[(order.count - Int(Double(order.count) * share))...])
    }

    /// What would have been said of some cases, each by the fit of its own moment.
    func predictions(_ indices: some Sequence<Int>) -> [Prediction] {
        var fits: [Int: CalibrationFit] = [:]
        return indices.map { i in
            let known = Self.fitted(of: history.known(before: history.outcomes[i].askedAt))
            let fit = fits[known] ?? self.fit(known: known)
            fits[known] = fit
            let (confidence, answerable) = fit.probabilities(evidence[i])
            return Prediction(index: i, confidence: confidence, answerable: answerable)
        }
    }

    struct Prediction: Sendable {
        /// Into `history.outcomes`.
        var index: Int
        var confidence: Double
        var answerable: Double
    }
}
