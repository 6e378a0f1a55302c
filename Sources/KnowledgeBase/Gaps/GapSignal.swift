import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A question that was asked in the window, from the question log or a past ticket.
struct GapQuestion: Sendable {
    enum Channel: String, Sendable, Codable { case query, ticket }

    /// Names it for good: `x:` and the caller's or help desk's id, else `q:` and its row in the log.
    var key: String
    /// What users see.
    var id: String
    var text: String
    var askedAt: Date
    var customer: String?
    /// People known from the ticket, for de-identification.
    var names: [String] = []
    var channel: Channel
    var topic: String?
    /// Unit vector; empty until it was encoded.
    var vector: [Float] = []
    /// Agents' public replies, oldest first.
    var replies: [Reply] = []
    /// An agent linked an article that is here, or a person marked the answer right.
    var isAnswered = false
    var isMarkedWrong = false
    /// The article that a person named instead of the answer's.
    var shouldBe: String?
    /// The article whose answer a person judged wrong.
    var judgedWrong: String?
    /// An agent, or the article that comes second, seems to contradict the one that comes first.
    var isContradicted = false

    struct Reply: Sendable {
        var text: String
        var kind: GapReply
        var names: [String]
    }

    /// Whether an agent said at length how it is.
    var isAnsweredAtLength: Bool { replies.contains { $0.kind == .answer } }

    /// Why the question is none that an article could answer; `nil` when it may be.
    var reasonToLeaveOut: String? {
        guard !replies.isEmpty, !isAnsweredAtLength else { return nil }
        for kind in [GapReply.account, .macro, .request] where replies.contains(where: { $0.kind == kind }) {
            switch kind {
            case .account: return "settled by hand for one customer"
            case .macro: return "answered with a macro"
            default: return "only asked for information"
            }
        }
        return nil
    }
}

/// What the base makes of a question now.
struct GapJudgement: Sendable, Equatable {
    var answerable: Double
    var confidence: Double
    /// The first two documents, by id.
    var documents: [String]
    /// Row id of the first one's best passage.
    var chunk: Int64
    /// Its cosine.
    var cosine: Double

    /// Of a question that somebody answered: nothing was looked up.
    static let ofAnswered = GapJudgement(answerable: 1, confidence: 1, documents: [], chunk: 0, cosine: 0)
}

/// The weight of evidence: from the calibrated probability and what people did to the probability that nothing answers.
enum GapWeight {
    /// How likely an agent of this team links the article when there is one: links are weighed by how often it links.
    ///
    /// The share of the tickets answered at length that hold a link, over the share that some article answers.
    static func linkRate(linked: Int, answered: Int, answerable: Double) -> Double {
        guard answered > 0 else { return 0 }
        return min(0.95, Double(linked) / Double(answered) / max(0.05, min(1, answerable)))
    }

    /// The probability that some article answers, once it is known what people did.
    ///
    /// Bayes: an answer at length without a link has probability 1 − `linkRate` where an article answers and 1 where none
    /// does. A wrong mark without another article shifts by an odds ratio. However sure the article is, it is
    /// not believed against an agent who gives another number.
    static func answerable(_ judgement: GapJudgement, _ question: GapQuestion, linkRate: Double) -> Double {
        var odds = judgement.answerable / max(1e-9, 1 - judgement.answerable)
        if question.channel == .ticket, question.isAnsweredAtLength { odds *= 1 - linkRate }
        if question.isMarkedWrong { odds *= exp(-GapDefaults.wrongMark) }
        let probability = odds / (1 + odds)
        return question.isContradicted ? min(probability, GapDefaults.contradictedAnswerable) : probability
    }
}
