#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Absolute measurements of one question's retrieval: what confidence is made of.
///
/// None is a rank or normalised per question: those cannot say that nothing answers (design/peers.md, 0c).
struct Evidence: Sendable, Equatable {
    /// Cosine of the question and the best passage, −1…1.
    var bestCosine = 0.0
    /// Best cosine minus the best of any other document, 0…2.
    var cosineGap = 0.0
    /// Share of the question's IDF mass whose terms stand in the cited document's best passage, 0…1.
    var termShare = 0.0
    /// 1 when the first-ranked document is first in both legs, 0.5 when in one.
    var agreement = 0.0

    var named: [(name: String, value: Double)] {
        [
            ("best_cosine", bestCosine), ("cosine_gap", cosineGap), ("term_share", termShare),
            ("agreement", agreement),
        ]
    }
}

/// A shipped logistic over the evidence, for a base that has no labels of its own.
///
/// Fitted on the sets named in benchmarks/results/prior.md with half of the questions unanswerable.
enum Prior {
    /// Log-odds = intercept + Σ weight · value.
    struct Model: Sendable {
        var intercept: Double
        var weights: [String: Double]

        func probability(_ evidence: Evidence) -> Double {
            1 / (1 + exp(-logOdds(evidence)))
        }

        func logOdds(_ evidence: Evidence) -> Double {
            evidence.named.reduce(intercept) { $0 + (weights[$1.name] ?? 0) * $1.value }
        }
    }

    static let confidence = Model(
        intercept: -5.2,
        weights: ["best_cosine": 5.5, "cosine_gap": 4.0, "term_share": 1.6, "agreement": 0.9])
    static let answerable = Model(
        intercept: -4.6, weights: ["best_cosine": 7.0, "cosine_gap": 1.0, "term_share": 1.8, "agreement": 0.3])
}
