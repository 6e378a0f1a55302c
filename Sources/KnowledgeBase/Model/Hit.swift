/// Which legs of the index take part in a search.
public enum SearchMode: String, Sendable, Codable, CaseIterable {
    case hybrid
    case lexical
    case dense
}

/// Which documents are searched.
public enum Pool: String, Sendable, CaseIterable {
    case articles
    case tickets
    case all

    /// The kinds of document in this pool.
    public var kinds: [DocumentKind] {
        switch self {
        case .articles: [.article]
        case .tickets: [.ticket]
        case .all: [.article, .ticket]
        }
    }
}

/// One ranked document with its best passage and the evidence of each leg.
public struct Hit: Sendable, Equatable {
    /// From 1.
    public var rank: Int
    /// The ranking score; higher is better; comparable within one question only.
    public var score: Double
    public var document: Document
    public var chunk: Chunk
    public var lexical: LexicalEvidence?
    public var dense: DenseEvidence?
    public var resolutions: ResolutionEvidence?
    /// The parts that sum to `score`, in the order they were added.
    public var parts: [ScorePart]

    public struct LexicalEvidence: Sendable, Equatable {
        /// Rank of the document by its best passage's BM25, from 1.
        public var rank: Int
        /// BM25 of the document's best lexical passage, higher is better.
        public var bm25: Double
    }

    public struct DenseEvidence: Sendable, Equatable {
        public var rank: Int
        /// Cosine of the question and the document's best passage, -1…1.
        public var cosine: Double
    }

    public struct ResolutionEvidence: Sendable, Equatable {
        /// How many resolved tickets and marks spoke for the document.
        public var votes: Int
        /// What they added to the score.
        public var score: Double
        public var tickets: [String]
    }
}

/// One named addend of a ranking score.
public struct ScorePart: Sendable, Equatable {
    public var name: String
    public var value: Double
}

/// What of a question was not simply looked for.
public struct QuestionReading: Sendable, Equatable {
    /// Words that an answer must not contain.
    public var excluded: [String] = []
    /// Phrases in quotes that stand in no document: their words were looked for instead.
    public var missingPhrases: [String] = []
    /// What a filter left out only because it does not say: `locale`, `version` or `audience`, with the number of articles.
    public var silent: [(field: String, documents: Int)] = []
    /// Filters that nothing passes, with the values there are (at most 20).
    public var unmatched: [(field: String, value: String, known: [String])] = []

    /// Files beside the database that turned out to be damaged: they are done without, which takes longer.
    public var damaged: [String] = []

    public static func == (a: Self, b: Self) -> Bool {
        a.excluded == b.excluded && a.missingPhrases == b.missingPhrases && a.damaged == b.damaged
            && a.silent.elementsEqual(b.silent, by: ==)
            && a.unmatched.elementsEqual(b.unmatched) {
                ($0.field, $0.value, $0.known) == ($1.field, $1.value, $1.known)
            }
    }
}

/// The outcome of one search.
public struct SearchResult: Sendable {
    public var question: Question
    public var mode: SearchMode
    public var hits: [Hit]
    public var reading = QuestionReading()
    public var milliseconds: Double
}
