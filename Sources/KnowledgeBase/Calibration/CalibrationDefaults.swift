/// Every constant of the confidence; experiment: benchmarks/results/confidence.md (prototype: research, stage 2b and 3).
enum CalibrationDefaults {
    /// Share of questions that some document answers, where no label says otherwise.
    static let assumedAnswerableShare = 0.5
    /// How far links move that in log-odds. Of tickets that were answered with a page of the documentation the share whose page is
    /// an article here is the most that can be: what no page answers gets no link.
    static let linkedShareWeight = 1.0 / 6
    /// Articles of which a self question's first two are among the best, where only candidates are scored.
    static let selfCandidates = 10
    /// L2 penalty λ on standardised weights: loss = Σ log-loss + λ/2 Σ w². 1 / .3 on labels, 1 on self questions.
    static let labelPenalty = 1 / 0.3
    static let selfPenalty = 1.0
    /// The second, one-slope fit has hundreds of questions for two numbers.
    static let scalePenalty = 0.01
    /// Sharpness of the softmax over ranking scores whose first share is `first_share`.
    static let softmaxSharpness = 15.0
    /// Documents whose shares are this small change nothing: e⁻²⁰.
    static let softmaxReach = 20.0
    /// Kernel exp(β (cos − 1)) over earlier labelled questions.
    static let localSharpness = 20.0
    /// How many average questions the base rate weighs in `local`, and how many in `track`.
    static let localShrinkage = 10.0
    static let trackShrinkage = 4.0
    /// Shares enter log-odds clipped to this much from 0 and 1.
    static let shareClip = 0.02
    /// With fewer labelled questions than this `local` says nothing.
    static let localMinimum = 5
    /// Share of a fit's questions that are taken for strays when it is said how far the others reach.
    static let beyondReach = 0.01
    /// Least that is said of an answer which a person marked as right for the same question; people err too.
    static let judgedProbability = 0.9
    /// Labelled questions a fit of its own needs.
    static let labelsNeeded = 50
    /// Articles that a fit on the base itself needs.
    static let selfDocumentsNeeded = 20
    /// Newest labelled questions in a fit: more cost time and are older.
    static let maximumLabels = 2000
    /// Answered tickets without an article in a fit, at most.
    static let maximumUnresolved = 1000
    /// Titles and sentences made into questions, at most: the fit on the base itself stays within two seconds.
    static let maximumTitles = 400
    static let maximumSentences = 200
    /// Words of a sentence that may serve as a question.
    static let sentenceWords = 5...40
    /// New labels after which a model is fitted again in a replay; daily work refits by `kb calibrate` and `kb nightly`.
    static let refitEvery = 60
    /// Earliest share of labelled questions that only builds up history: they know too little to be typical.
    static let burnIn = 0.1
    /// Most that is said of an answer to a question for a code that no article has: with the article of the code left out
    /// none of the 36 such questions of `corpus/` is answered (below .08 at the level of .95).
    static let unknownCodeProbability = 0.05
    /// An answer without an article is final after this many days.
    static let unresolvedAfterDays = 3.0
    /// A new fit may be this much worse in Brier score on held-back questions and still replace the old one.
    static let brierTolerance = 0.005
    /// Held-back questions needed to compare two fits on what neither has seen.
    static let comparisonMinimum = 30
    /// The base has changed enough for a new fit when its articles or labels grew or shrank by this share.
    static let refitChange = 0.2
    /// Bins of a reliability table, of equal mass, and draws of a perfect model.
    static let reliabilityBins = 10
    static let perfectDraws = 1000
    /// A band is certified when its target is refuted to be missed at this level, one-sided.
    static let certificateLevel = 0.05
    static let certifiedShare = 0.90
}
