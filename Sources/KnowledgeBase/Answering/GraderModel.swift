/// A learned judge of the grader: a logistic model over named features, fitted by `scripts/train-grader` to drafts written for it.
struct GraderModel: Sendable {
    /// By feature: what it is taken relative to, and its weight.
    var means: [Double]
    var scales: [Double]
    var weights: [Double]
    var intercept: Double
    /// Log-odds from which a draft is stopped; chosen on authors that the fit had not seen (benchmarks/results/policy.md).
    var threshold: Double

    /// Further out than this many standard deviations a feature says no more.
    static let farthest = 4.0

    /// Log-odds that a draft with these features is flawed.
    func score(_ values: [Double]) -> Double {
        var sum = intercept
        for i in weights.indices {
            sum += weights[i] * min(Self.farthest, max(-Self.farthest, (values[i] - means[i]) / scales[i]))
        }
        return sum
    }

    /// Whether cosines of this encoder are what the weights were fitted to.
    static func knows(_ fingerprint: String) -> Bool { fingerprint == GraderWeights.fingerprint }

    /// A pair whose cosines both stay below this is not looked at: the two sentences speak of different things.
    static let nearest = 0.3
}
