/// Which features a model reads and which way each may count.
struct ModelDesign: Sendable, Equatable {
    struct Term: Sendable, Equatable {
        var feature: EvidenceFeature
        /// 1: more of it never lowers the probability; −1: never raises it.
        var sign: Int
        /// Values beyond are taken as the limit.
        var limits: ClosedRange<Double>?
    }

    var terms: [Term]

    private static let firstShare = Term(feature: .firstShare, sign: 1, limits: -4.595...4.595)

    /// The first ranked document is right; with past labelled questions. AUROC .803 (research, stage 2b).
    static let confidence = ModelDesign(terms: [
        firstShare, Term(feature: .track, sign: 1), Term(feature: .local, sign: 1), Term(feature: .links, sign: -1),
        Term(feature: .vote, sign: 1),
    ])
    /// Some document answers; with past labelled questions.
    static let answerable = ModelDesign(terms: [
        firstShare, Term(feature: .localAnswerable, sign: 1), Term(feature: .trackAnswerable, sign: 1),
        Term(feature: .headBest, sign: 1),
    ])
    /// Both, from the base itself or from labels without times: what a question's own retrieval says.
    static let retrievalOnly = ModelDesign(terms: [
        Term(feature: .denseBest, sign: 1), Term(feature: .firstShare, sign: 1),
    ])
}

/// A fitted probability: log-odds = intercept + Σ weight · (clipped value − mean) / scale.
public struct CalibrationModel: Sendable, Equatable, Codable {
    public struct Term: Sendable, Equatable, Codable {
        public var feature: EvidenceFeature
        public var mean: Double
        public var scale: Double
        /// On the standardised value, so weights can be compared.
        public var weight: Double
        public var low: Double?
        public var high: Double?
    }

    public var intercept: Double
    public var terms: [Term]

    /// What one feature adds to the log-odds; nothing where it was not measured.
    func contribution(_ term: Term, _ evidence: Evidence) -> Double {
        guard let value = evidence[term.feature] else { return 0 }
        return term.weight * (min(max(value, term.low ?? value), term.high ?? value) - term.mean) / term.scale
    }

    func logOdds(_ evidence: Evidence) -> Double {
        terms.reduce(intercept) { $0 + contribution($1, evidence) }
    }

    func probability(_ evidence: Evidence) -> Double { LogOdds.probability(logOdds(evidence)) }

    /// The model whose log-odds are `slope` times these plus `offset`.
    func rescaled(slope: Double = 1, offset: Double) -> CalibrationModel {
        CalibrationModel(
            intercept: slope * intercept + offset,
            terms: terms.map { term in
                var term = term
                term.weight *= slope
                return term
            })
    }

    static func fit(_ design: ModelDesign, _ cases: [(evidence: Evidence, label: Bool)], penalty: Double)
        -> CalibrationModel
    {
        fit(design, cases.map { ($0.evidence, $0.label ? 1 : 0) }, penalty: penalty)
    }

    /// Fits a design to labelled evidence; a feature that was not measured counts as its mean.
    static func fit(_ design: ModelDesign, _ cases: [(evidence: Evidence, label: Double)], penalty: Double)
        -> CalibrationModel
    {
        let n = Double(max(1, cases.count))
        let columns = design.terms.map { term -> (values: [Double], mean: Double, scale: Double) in
            let measured = cases.map { pair -> Double? in
                pair.evidence[term.feature].map { value in
                    term.limits.map { min(max(value, $0.lowerBound), $0.upperBound) } ?? value
                }
            }
            let known = measured.compactMap { $0 }
            let mean = known.reduce(0, +) / Double(max(1, known.count))
            let values = measured.map { $0 ?? mean }
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
            return (values, mean, max(variance.squareRoot(), 1e-9))
        }
        let rows = cases.indices.map { i in columns.map { ($0.values[i] - $0.mean) / $0.scale } }
        let solution = MonotoneLogistic.fit(
            rows: rows, labels: cases.map(\.label), signs: design.terms.map(\.sign), penalty: penalty)
        return CalibrationModel(
            intercept: solution.intercept,
            terms: design.terms.indices.map { j in
                let term = design.terms[j]
                return Term(
                    feature: term.feature, mean: columns[j].mean, scale: columns[j].scale, weight: solution.weights[j],
                    low: term.limits?.lowerBound, high: term.limits?.upperBound)
            })
    }

    /// Log-odds of the real share of positives less that of the fitted cases: what moves a fit to another mix.
    static func shift(fromShare fitted: Double, to assumed: Double) -> Double {
        LogOdds.of(assumed, clip: 0.001) - LogOdds.of(fitted, clip: 0.001)
    }
}
