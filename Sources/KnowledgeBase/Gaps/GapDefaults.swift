/// Every constant of the gaps; experiments: benchmarks/results/gaps.md.
package enum GapDefaults {
    /// Days that are looked back on.
    static let windowDays = 90.0
    /// A question is a signal when the probability that some article answers it is below this.
    static let signal = 0.56
    /// Two groups are one while the mean cosine between their members is at least this.
    package static let cosine: Float = 0.6
    /// How much a question is drawn towards its answer before it is grouped; of so many.
    static let replyWeight: Float = 0.5
    /// Characters of a reply that are encoded, for grouping and to look for it again: the same, so once.
    static let replyLength = 300
    static let groupedReplies = 1_000
    static let minimumQuestions = 3
    static let minimumCustomers = 2
    /// Words of an agent's own reply, without questions to the customer, that make it an answer.
    static let answerWords = 20
    /// The same reply to this many tickets is a macro.
    static let macroCount = 5
    /// Questions that are grouped at most, the newest of more.
    static let maximumGrouped = 60_000
    /// Questions whose text is reported, and replies.
    static let shownQuestions = 100
    static let shownReplies = 5
    /// Terms of a gap.
    static let terms = 6
    /// An old gap and a new group are one gap when this share of the smaller one's questions is in both…
    static let sameOverlap = 0.5
    /// …or when the mean questions are this alike.
    static let sameCosine = 0.85
    /// A gap closes when its own questions, asked again, gained this much confidence on average…
    static let closingRise = 0.15
    /// …and for more than this share of them an article that changed is first or second.
    static let closingShare = 0.5
    /// It reopens below this share of the rise: what wavers about the bound does not flap.
    static let reopeningFactor = 0.5
    /// A dismissed gap returns when it has grown to this many times its size, unless the user says otherwise.
    static let returnFactor = 2.0
    /// A rewrite finds an article that answers from this confidence on.
    static let foundConfidence = 0.70
    /// Where nobody answered, an article that most of the questions come near to may hold the answer from this mean confidence on.
    static let notFoundConfidence = 0.2
    /// Replies that are looked up for that, sentences of them that are looked for in articles, and articles looked at.
    static let rewrittenReplies = 3
    static let groundedSentences = 9
    static let groundedArticles = 8
    /// The first so many gaps are held against the articles sentence by sentence: some forty sentences each are encoded,
    /// which takes longer than to judge a hundred questions, and nobody reads a list much further.
    static let comparedGaps = 100
    /// Reports that what was found for a gap outlives without being of use.
    static let unusedLookups = 3
    /// An article holds the agents' answer when it has at least this share of its words, its sentences are this near on
    /// average, and the product is this much.
    static let groundedWords = 0.5
    static let groundedMeaning = 0.35
    static let groundedValue = 0.28
    /// The first article is about the matter when it comes first for this share of the questions with this mean cosine.
    static let partialShare = 0.5
    static let partialCosine = 0.45
    /// Mean cosine of the questions with a sentence from which a disagreement about it concerns them.
    static let conflictRelevance = 0.42
    /// From which it is held against what agents said, and how many are looked at.
    static let comparedRelevance = 0.25
    static let conflictSentences = 24
    /// Tickets whose agents contradict an article until it counts, and how alike two sentences are that a "not" parts.
    static let conflictReplies = 2
    static let negationCosine = 0.75
    /// Mean cosine of the questions with their best passages, and with questions that were answered, below which nothing
    /// here is near.
    static let scopeCosine = 0.31
    /// What agents' saying that it is none of theirs takes off that.
    static let elsewhereWeight = 1.0
    static let answeredLookedAt = 5_000
    /// How much a judged-wrong answer speaks against there being an article, in log-odds (an odds ratio of 7).
    static let wrongMark = 2.0
    /// Most that an article is believed to answer where an agent, or another article, says otherwise. Whether it is so two tickets and
    /// the comparison of sentences decide; of so many groups beyond the first hundred gaps.
    static let contradictedAnswerable = 0.3
    static let contradictedGroups = 40
    /// Newest answered tickets whose replies are looked up by their words for it, and words of the matter that both must have then.
    static let contradictingReplies = 2_000
    static let repliedWords = 3
    /// Words of the matter that both sentences must have until their numbers are held against each other.
    static let contradictedWords = 2
    /// What one customer asks again in words this near counts once.
    static let againCosine: Float = 0.8
}
