/// Every constant of retrieval. Chosen on the first halves of three public sets; experiment and second halves:
/// benchmarks/results/ranking.md.
enum RetrievalDefaults {
    /// Of score differences, for the shares that articles have of a question (benchmarks/results/triage.md).
    static let shareSharpness = 10.0
    /// One of several things asked is answered from another article than the first where that one's score for it is so much higher, and it is
    /// so likely to have an answer when asked alone (benchmarks/results/policy.md).
    static let leadOfPart = 0.15
    static let answerablePart = 0.6
    /// Articles at most that are quoted beside the first for further codes of a question.
    static let articlesOfCodes = 2
    /// BM25 weights of the columns of a passage and of a whole document.
    static let passageWeights = (title: 4.0, heading: 2.0, body: 1.0)
    static let documentWeights = (title: 4.0, body: 1.0)
    /// What the cosines of a document's best passage, second-best passage and centroid weigh; they sum to 1.
    static let bestWeight = 0.4
    static let secondWeight = 0.2
    static let centroidWeight = 0.4
    /// Weight of BM25 / √(terms of the question) against cosine.
    static let lexicalWeight = 0.035
    /// Weight of holding the question's identifiers / √(terms of the question).
    static let identifierWeight = 0.5
    /// By how much the only article with the code asked for leads what tickets lifted above it.
    static let soleHolderMargin = 0.01
    /// What an article in another language than the question's loses, where the articles say their language.
    static let foreignLocalePenalty = 0.1
    /// A newer version of the same article comes first from this much below the older one on.
    static let newerVersionReach = 0.15
    /// What a page that only leads elsewhere keeps of its score.
    static let navigationFactor = 0.7
    /// Passages of the first-ranked document that sentences are quoted from.
    static let maximumDraftPassages = 64
    /// Distinct words of a question that are searched; the rest of a very long text adds cost, not precision.
    static let maximumTerms = 64
    /// Longer runs without a space are no words.
    static let maximumWordBytes = 64
    /// Of a longer question the first bytes are read: many times what the encoder takes in.
    static let maximumQuestionBytes = 16_384

    // Measured in benchmarks/results/scale.md.

    /// Passages of articles from which on candidates are scored instead of all.
    static let candidatesFrom = 50_000
    /// Passages of the inverted file, and passages and documents of the lexical leg, that are candidates.
    static let denseCandidates = 500
    static let lexicalCandidates = 200
    /// Documents asked for up to which candidates hold them; beyond that all are scored. Recall of the first 10, 50 and 200 at 100,000 passages:
    /// .994, .972, .859.
    static let candidatesServe = 25
    /// Of so many lists those that are looked at: of the exhaustive ten .991 at 1,000,000 passages; .984 of one in eight, .964 of one in sixteen.
    /// At least 16: with 8 a base of some hundred passages found 203 of 230 neighbours (crash harness, scenario lists).
    static func probes(of lists: Int) -> Int { max(16, lists / 6) }
    /// Documents whose scores stand for those of all in mean and spread.
    static let backgroundDocuments = 1_000
}
