/// A new fit against the one in use, on questions with labels.
struct Comparison: Sendable {
    /// A question that the new fit did not see when it spoke.
    struct HeldBack: Sendable {
        var evidence: Evidence
        var label: Bool
        /// What the new fit, made without it, says.
        var said: Double
        /// Whether the fit in use has not seen it either.
        var isFresh: Bool
    }

    var fit: CalibrationFit
    /// All questions, the held-back ones among them.
    var cases: [(evidence: Evidence, label: Bool)]
    var heldBack: [HeldBack]

    /// Why the old fit stays: its Brier score is better by more than the tolerance. `nil` when the new one is in order.
    ///
    /// Judged on what neither has seen where there are at least 30 such questions, else on all of them by both.
    func reasonToKeep(_ old: StoredCalibration) -> String? {
        let fresh = heldBack.filter(\.isFresh)
        let isFresh = fresh.count >= CalibrationDefaults.comparisonMinimum
        func brier(_ items: [(said: Double, label: Bool)]) -> Double {
            let errors = items.map { $0.said - ($0.label ? 1 : 0) }
            return errors.reduce(0) { $0 + $1 * $1 } / Double(max(1, items.count))
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
        let judged = isFresh ? "\(fresh.count) held-back questions" : "all \(cases.count) labelled questions"
        return "its Brier score is \(shown(new)) on \(judged), that of the fit in use \(shown(before))"
    }
}
