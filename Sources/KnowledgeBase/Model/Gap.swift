import FoundationEssentials

/// What customers asked and no article answers: like questions, with what a doc writer needs to decide and to write.
public struct Gap: Sendable, Codable, Equatable {
    /// What is wrong, and so what would mend it.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// No article is about it.
        case missing
        /// An article is about it and lacks what was asked.
        case partial
        /// An article answers it and was not found: an alias or a synonym mends it.
        case notFound = "not_found"
        /// Agents contradict the article.
        case stale
        /// Two articles disagree.
        case contradictory
        /// Far from everything the articles are about.
        case outOfScope = "out_of_scope"
    }

    public enum State: String, Sendable, Codable, CaseIterable {
        case open, acknowledged, dismissed, closed, reopened
    }

    public struct AskedQuestion: Sendable, Codable, Equatable {
        /// The ticket's id, the caller's id, or the answer's.
        public var id: String
        /// De-identified; empty beyond the first hundred.
        public var text: String
        public var askedAt: Date
    }

    public struct Nearest: Sendable, Codable, Equatable {
        public var document: String
        public var title: String
        /// 1-based lines of the passage that comes closest.
        public var lines: [Int]
        /// Mean over the questions of the probability that the first document answers.
        public var confidence: Double
        /// The gap's terms that do not stand in the article.
        public var missingTerms: [String]
    }

    public struct Reply: Sendable, Codable, Equatable {
        public var ticket: String
        /// De-identified, without greeting and signature.
        public var text: String
    }

    /// Where the score comes from: their product.
    public struct Score: Sendable, Codable, Equatable {
        /// Mean probability that no article answers, 0…1.
        public var unanswered: Double
        /// n / (n + 3): three questions are half of what many are.
        public var volume: Double
        public var value: Double { unanswered * volume }
    }

    public var id: String
    public var title: String
    public var kind: Kind
    /// Why this kind, in a sentence with its numbers.
    public var evidence: String
    public var state: State
    public var count: Int
    /// Distinct ones; `nil` where they are unknown.
    public var customers: Int?
    public var perMonth: Double
    public var firstSeen: Date
    public var lastSeen: Date
    /// Questions in each quarter of the window.
    public var trend: [Int]
    /// The most typical first.
    public var questions: [AskedQuestion]
    public var representative: String
    public var nearest: Nearest?
    public var terms: [String]
    public var score: Score
    public var replies: [Reply]
    /// A line to paste, or what to do next.
    public var suggestion: String
    public var topic: String?
    public var assignee: String?
    /// What closed it.
    public var proof: Proof?
    /// The disagreement behind `stale` and `contradictory`.
    var conflict: GapConflict?

    /// The gap's own questions, asked again.
    public struct Proof: Sendable, Codable, Equatable {
        public struct Asked: Sendable, Codable, Equatable {
            public var question: String
            public var before: Double
            public var after: Double
            /// Rank of a changed article, 1 or 2; `nil` where none came so high.
            public var rank: Int?
            public var document: String?
        }

        public var at: Date
        public var questions: [Asked]
        /// Articles that changed and are first or second, with for how many questions.
        public var articles: [String: Int]

        /// Mean rise of the confidence.
        public var rise: Double {
            questions.isEmpty ? 0 : questions.reduce(0) { $0 + $1.after - $1.before } / Double(questions.count)
        }
        /// Share of the questions with a changed article first or second.
        public var share: Double {
            questions.isEmpty ? 0 : Double(questions.filter { $0.rank != nil }.count) / Double(questions.count)
        }
    }
}

/// One thing that happened to a gap.
public struct GapEvent: Sendable, Codable, Equatable {
    public var at: Date
    /// opened, grew, acknowledged, dismissed, assigned, note, closed, reopened, returned.
    public var what: String
    public var detail: String
}

/// The gaps of one window, most worth writing first.
public struct GapReport: Sendable {
    public var since: Date
    public var until: Date
    /// Questions asked in the window, and the share of them that articles answer.
    public var questions: Int
    public var answered: Double
    /// The same by quarters of the window.
    public var answeredTrend: [Double]
    public var new: [String]
    public var grew: [String]
    public var closed: [String]
    public var reopened: [String]
    public var gaps: [Gap]
    /// Questions that were no signal, by reason.
    public var leftOut: [String: Int]
    /// Those of `gaps` that stand from before: in this look fewer of their questions than make a gap count as unanswered.
    public var standing: Set<String> = []
    /// Open gaps that nobody asked about in the window: not among `gaps`.
    public var notAsked = 0
    /// Gaps that somebody dismissed.
    public var dismissed = 0

    /// The newest thing that happened to a gap; what is reported up to there is no news next time.
    var lastEvent: Int64

    public var isNews: Bool { !(new.isEmpty && grew.isEmpty && closed.isEmpty && reopened.isEmpty) }

    /// "2 new, 1 grew, 1 closed".
    public var changes: String {
        let parts = [("new", new), ("grew", grew), ("closed", closed), ("reopened", reopened)]
            .filter { !$0.1.isEmpty }.map { "\($0.1.count) \($0.0)" }
        return parts.isEmpty ? "nothing changed since the last report" : parts.joined(separator: ", ")
    }
}
