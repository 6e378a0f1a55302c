/// Every constant of learning from resolved tickets; experiment: benchmarks/results/learning.md.
enum LearningDefaults {
    /// λ of the ridge head: nothing between .5 and 1 makes a difference.
    static let ridgePenalty = 1.0
    static let headWeight = 1.0
    /// Each article is a weak example of itself for the head: this weight, or less where articles are many.
    static let selfExampleWeight = 0.2
    static let selfExampleMass = 40.0
    /// With more articles only those that resolved something have a head: its cost grows with their number.
    static let maximumSelfExamples = 4096
    static let voteWeight = 0.25
    /// Steepness β of the votes' kernel exp(β (cos − 1)).
    static let voteSharpness = 30.0
    /// The kernel at this cosine, times `voteDamping` / N, is what votes must outweigh: a lone, merely related ticket
    /// counts little.
    static let voteFloorCosine = 0.7
    static let voteDamping = 30.0
    /// A ticket's vote halves in two years: what was right then may have been replaced. In days.
    static let voteHalfLife = 730.0
    /// An article that resolved n examples is believed (n + prior) / (n + prior + half): one ticket may be an agent's slip.
    static let supportPrior = 0.5
    static let supportHalf = 0.75
    /// Trust in what was learned is N / (N + this): with a handful of tickets both parts stay small.
    static let trustHalf = 20.0
    /// The newest examples that vote; older ones still teach the head. Keeps a vote below a millisecond.
    static let maximumVoters = 8192
    /// A mark is about the very same question from this cosine on.
    static let sameQuestionCosine = 0.995
    /// By how much a marked document leads.
    static let markMargin = 0.05
    /// From this cosine on a resolved ticket is named as having counted.
    static let namedCosine = 0.6
    /// Where so much was added, the nearest ticket is named in any case.
    static let namedScore = 0.02
}
