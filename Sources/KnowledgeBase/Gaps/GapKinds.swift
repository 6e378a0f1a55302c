/// What is known of a gap when its kind is decided.
struct GapEvidence: Sendable {
    /// What rewrites of the questions found.
    struct Found: Sendable, Codable, Equatable {
        var document: String
        var title: String
        /// Rewrites that found it first, of how many.
        var votes: Int
        var of: Int
        var confidence: Double
        /// An agent's reply, the gap's terms, or a person's mark.
        var by: String

        static let marks = "people’s marks"
        static let terms = "its own terms"
        static let questions = "the questions"
    }

    /// Mean cosine of the questions with their best passages.
    var meanCosine: Double
    /// The article with the most votes, a first place one and a second half, and their share of the questions.
    var nearest: String?
    var nearestTitle = ""
    /// Mean confidence of the questions' answers.
    var nearestConfidence = 0.0
    var nearestShare: Double
    var terms: [String]
    var missingTerms: [String]
    var found: [Found] = []
    /// What agents answered, in the articles that the questions and the answers themselves find; the best first.
    var grounding: [GapGrounding] = []
    /// An agent replied, in whatever way.
    var hasReplies = false
    var contradictory: GapConflict?
    var stale: GapConflict?
    /// The article from which most of the questions were answered, and people judged it wrong without naming another.
    var judgedWrong: (document: String, title: String, votes: Int)?
    /// Where the questions are far from the articles: mean cosine with the nearest questions that an article did answer.
    var answeredCosine: Double?
    /// How much agents' replies say that the matter is not theirs (`GapScope`); `nil` without replies.
    var elsewhere: Double?

    /// How near it all is to what the articles are about, less what agents say against it.
    var scope: Double {
        max(meanCosine, answeredCosine ?? -1) - GapDefaults.elsewhereWeight * (elsewhere ?? 0)
    }
}

/// Decides what is wrong, and says why with the numbers it went by.
enum GapKinds {
    static func decide(_ evidence: GapEvidence) -> (kind: Gap.Kind, reason: String, found: GapEvidence.Found?) {
        func decimals(_ value: Double) -> String { String((value * 100).rounded() / 100) }
        func named(_ title: String) -> String { "“\(title)”" }
        // What a person said counts first.
        if let found = evidence.found.first(where: {
            $0.by == GapEvidence.Found.marks && $0.document != evidence.nearest
        }) {
            return (
                .notFound,
                "people named \(named(found.title)) for \(found.votes) of them; the questions do not find it", found
            )
        }
        if let conflict = evidence.contradictory {
            return (.contradictory, "articles disagree: \(conflict.words)", nil)
        }
        if let conflict = evidence.stale {
            let who = conflict.votes == 1 ? "an agent contradicts" : "\(conflict.votes) agents’ replies contradict"
            return (.stale, "\(who) “\(conflict.title)”: \(conflict.words)", nil)
        }
        if let judged = evidence.judgedWrong {
            return (.partial, "people judged \(judged.votes) answers from \(named(judged.title)) wrong", nil)
        }
        // Then where the agents' answer stands.
        if let held = evidence.grounding.first(where: \.holdsAnswer) {
            return (
                .notFound,
                "\(named(held.title)) holds what agents answered (\(decimals(held.words)) of its words, mean cosine of the "
                    + "sentences \(decimals(held.meaning))); the questions are put in other words",
                .init(
                    document: held.document, title: held.title, votes: 1, of: 1, confidence: held.value,
                    by: "agents’ replies")
            )
        }
        if evidence.grounding.isEmpty,
            let found = evidence.found.first(where: { found in
                found.by == GapEvidence.Found.terms && found.document != evidence.nearest
                    && found.confidence >= GapDefaults.foundConfidence
            })
        {
            return (
                .notFound,
                "its own terms find \(named(found.title)) (confidence \(decimals(found.confidence))); the questions do not",
                found
            )
        }
        let cosine = "mean cosine of the questions with their best passages \(decimals(evidence.meanCosine))"
        let share =
            "has \(Int((evidence.nearestShare * 100).rounded())) % of their votes (a second place is half a vote)"
        // Where nothing was found, there is nothing to be near to.
        if evidence.nearest != nil, evidence.scope < GapDefaults.scopeCosine {
            return (
                .outOfScope,
                "nothing here is near: \(cosine)"
                    + (evidence.answeredCosine.map { ", with questions that articles did answer \(decimals($0))" } ?? "")
                    + (evidence.elsewhere.map {
                        "; agents’ replies lean by \(decimals($0)) to its being none of theirs"
                    }
                        ?? ""),
                nil
            )
        }
        if evidence.nearestShare >= GapDefaults.partialShare, evidence.nearest != nil {
            let lacking =
                evidence.missingTerms.isEmpty ? evidence.grounding.first?.lacking ?? [] : evidence.missingTerms
            if evidence.meanCosine >= GapDefaults.partialCosine {
                return (
                    .partial,
                    "\(named(evidence.nearestTitle)) \(share), \(cosine)"
                        + (lacking.isEmpty ? "" : ", and lacks: \(lacking.joined(separator: ", "))"), nil
                )
            }
            // They agree on an article, in words it does not have, and nobody's answer says otherwise.
            if !evidence.hasReplies, let nearest = evidence.nearest,
                evidence.nearestConfidence >= GapDefaults.notFoundConfidence
            {
                return (
                    .notFound,
                    "\(named(evidence.nearestTitle)) \(share) although they share few words with it, \(cosine); "
                        + "no agent answered",
                    .init(
                        document: nearest, title: evidence.nearestTitle, votes: 1, of: 1,
                        confidence: evidence.meanCosine, by: GapEvidence.Found.questions)
                )
            }
        }
        return (
            .missing,
            "none is near enough to be mended: \(cosine); the commonest article \(share)"
                + (evidence.grounding.first.map {
                    "; what agents answered stands in none (\(decimals($0.words)) of its words in \(named($0.title)))"
                } ?? ""),
            nil
        )
    }

    /// A line to paste, or what to do next.
    static func suggestion(_ kind: Gap.Kind, _ found: GapEvidence.Found?, _ evidence: GapEvidence, id: String) -> String
    {
        func quoted(_ text: String) -> String { "\"" + text.filter { $0 != "\"" && $0 != "\\" } + "\"" }
        switch kind {
        case .notFound:
            guard let found else { return "" }
            // Nobody's answer says that it stands there: that is looked at first.
            if found.by == GapEvidence.Found.questions {
                return "see whether \(found.document) answers it: then it needs their words, else write an article: "
                    + "kb gaps draft \(id)"
            }
            let terms = evidence.terms.prefix(3).map(quoted).joined(separator: ", ")
            return "in the front matter of \(found.document): aliases: [\(terms)]"
        case .partial:
            if let judged = evidence.judgedWrong {
                return "look at what \(judged.document) says of it: correct it, or add what was asked"
            }
            let lacking =
                evidence.missingTerms.isEmpty ? evidence.grounding.first?.lacking ?? [] : evidence.missingTerms
            let what = lacking.isEmpty ? "what agents answered (kb gaps draft \(id))" : lacking.joined(separator: ", ")
            return "add to \(evidence.nearest ?? "the article"): \(what)"
        case .contradictory:
            guard let conflict = evidence.contradictory else { return "" }
            return "make \(conflict.document):\(conflict.line) and \(conflict.other) say the same"
        case .stale: return evidence.stale.map { "bring \($0.document):\($0.line) up to date" } ?? ""
        case .outOfScope: return "say where this is answered, or dismiss it: kb gaps dismiss \(id)"
        default: return "write an article: kb gaps draft \(id)"
        }
    }
}
