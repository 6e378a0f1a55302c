/// What a change of the articles does to the questions they are held to.
public struct CheckReport: Sendable {
    /// What one state makes of a question.
    public struct Standing: Sendable, Equatable {
        /// Where the expected article comes; `nil` where it is not among the first ten, or there is none.
        public var rank: Int?
        /// That the first article answers.
        public var confidence: Double
        /// Id of the first article.
        public var first: String?
    }

    public struct Outcome: Sendable, Equatable {
        public var question: CheckQuestion
        /// The expected article in this state of the docs; where it is gone, as it was.
        public var document: String
        public var before: Standing
        public var after: Standing
        /// Why it counts, in words.
        public var reason: String
    }

    public struct ClosedGap: Sendable, Equatable {
        public var id: String
        public var title: String
        public var proof: Gap.Proof
    }

    public var folder: String
    /// What was given, and the commit that it is.
    public var against: String
    public var commit: String
    /// Where the folder lies in its repository: "" or "docs/".
    public var prefix: String
    public var added: [String]
    public var removed: [String]
    public var edited: [String]
    /// Old id by new one: the same text under another name.
    public var moved: [String: String]
    /// Questions with an expected article, and for how many it came first.
    public var questions: Int
    public var answeredBefore: Int
    public var answeredAfter: Int
    public var breaks: [Outcome]
    public var answered: [Outcome]
    public var closing: [ClosedGap]
    /// Expected articles that are in neither state.
    public var unknown: [String]
    /// Passages that were encoded; the rest came from the cache.
    public var encoded: Int
}

/// Constants of the gate; experiments: benchmarks/results/check.md.
enum CheckDefaults {
    /// Places that are looked at for the expected article.
    static let places = 10
    /// An article that still comes first no longer answers when the confidence fell by this much.
    static let fall = 0.15
    /// … or when less than this share of the words of its answer are still in it.
    static let kept = 0.5
    /// A new article is an old one under another name when it has this share of its passages, or of both ones' words.
    static let sameArticle = 0.5
}
