import FoundationEssentials
import KnowledgeBase

struct GapJSON: Encodable {
    struct QuestionJSON: Encodable {
        var id: String
        var text: String
        var askedAt: Date
    }
    struct NearestJSON: Encodable {
        struct DocumentID: Encodable {
            var id: String
            var title: String
        }
        var document: DocumentID
        var lines: [Int]
        var confidence: Double
        var missingTerms: [String]
    }
    struct ScoreJSON: Encodable {
        var unanswered: Double
        var volume: Double
    }
    struct ReplyJSON: Encodable {
        var ticket: String
        var text: String
    }
    struct ProofJSON: Encodable {
        struct AskedJSON: Encodable {
            var question: String
            var before: Double
            var after: Double
            @Nullable var rank: Int?
            @Nullable var document: String?
        }
        var at: Date
        var rise: Double
        var share: Double
        var articles: [String]
        var questions: [AskedJSON]
    }

    var id: String
    var title: String
    var kind: String
    var evidence: String
    var state: String
    /// Found on an earlier day and open still, though the questions of this window alone would not show it.
    var standing: Bool
    var count: Int
    @Nullable var customers: Int?
    var perMonth: Double
    var firstSeen: Date
    var lastSeen: Date
    var trend: [Int]
    var questions: [QuestionJSON]
    var representative: String
    @Nullable var nearest: NearestJSON?
    var terms: [String]
    var score: Double
    /// The factors of the score.
    var scoreParts: ScoreJSON
    var replies: [ReplyJSON]
    var suggestion: String
    @Nullable var topic: String?
    @Nullable var assignee: String?
    @Nullable var proof: ProofJSON?

    init(_ gap: Gap, standing: Bool = false) {
        self.standing = standing
        (id, title, kind, state, count) = (gap.id, gap.title, gap.kind.rawValue, gap.state.rawValue, gap.count)
        (evidence, trend, terms, suggestion) = (gap.evidence, gap.trend, gap.terms, gap.suggestion)
        (firstSeen, lastSeen, representative) = (gap.firstSeen, gap.lastSeen, gap.representative)
        perMonth = JSONOutput.rounded(gap.perMonth, 2)
        score = JSONOutput.rounded(gap.score.value, 4)
        scoreParts = ScoreJSON(
            unanswered: JSONOutput.rounded(gap.score.unanswered, 4), volume: JSONOutput.rounded(gap.score.volume, 4))
        questions = gap.questions.map { QuestionJSON(id: $0.id, text: $0.text, askedAt: $0.askedAt) }
        replies = gap.replies.map { ReplyJSON(ticket: $0.ticket, text: $0.text) }
        customers = gap.customers
        nearest = gap.nearest.map {
            NearestJSON(
                document: .init(id: $0.document, title: $0.title), lines: $0.lines,
                confidence: JSONOutput.rounded($0.confidence, 4), missingTerms: $0.missingTerms)
        }
        topic = gap.topic
        assignee = gap.assignee
        proof = gap.proof.map { proof in
            ProofJSON(
                at: proof.at, rise: JSONOutput.rounded(proof.rise, 4), share: JSONOutput.rounded(proof.share, 4),
                articles: proof.articles.keys.sorted(),
                questions: proof.questions.map {
                    .init(
                        question: $0.question, before: JSONOutput.rounded($0.before, 4),
                        after: JSONOutput.rounded($0.after, 4), rank: $0.rank, document: $0.document)
                })
        }
    }
}

struct GapsJSON: Encodable {
    struct ChangedJSON: Encodable {
        var new: Int
        var grew: Int
        var closed: Int
        var reopened: Int
    }

    var since: Date
    var until: Date
    var questions: Int
    var answered: Double
    /// The same by quarters of the window.
    var answeredTrend: [Double]
    var changed: ChangedJSON
    /// Questions that were no signal, by reason.
    var leftOut: [String: Int]
    /// Gaps that somebody dismissed and that have not grown since: not among `gaps`.
    var dismissed: Int
    var gaps: [GapJSON]

    init(_ report: GapReport) {
        (since, until, questions) = (report.since, report.until, report.questions)
        answered = JSONOutput.rounded(report.answered, 4)
        answeredTrend = report.answeredTrend.map { JSONOutput.rounded($0, 4) }
        changed = ChangedJSON(
            new: report.new.count, grew: report.grew.count, closed: report.closed.count, reopened: report.reopened.count
        )
        leftOut = Dictionary(
            uniqueKeysWithValues: report.leftOut.map { (String($0.key.map { $0 == " " ? "_" : $0 }), $0.value) })
        dismissed = report.dismissed
        gaps = report.gaps.map { GapJSON($0, standing: report.standing.contains($0.id)) }
    }
}

struct GapStoryJSON: Encodable {
    var gap: GapJSON
    var events: [GapEvent]
}
