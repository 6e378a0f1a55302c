import FoundationEssentials

/// A grounded answer to one question, with everything needed to judge it.
public struct Answer: Sendable {
    public var question: Question
    /// Stable for the same question and the same answer, so a mark on it can act when it is asked again.
    public var answerID: String
    public var askedAt: Date
    public var milliseconds: Double
    /// `nil` only when nothing is indexed or nothing matched.
    public var draft: Draft?
    public var confidence: Double
    public var answerable: Double
    public var band: Band
    public var action: Band
    public var reasons: [Reason]
    public var shadow: Shadow?
    public var calibration: CalibrationSummary
    public var precedents: [Precedent]
    public var nearMiss: NearMiss?
    public var explanation: Explanation
    /// First 12 hexadecimal digits of the SHA-256 of the policy that decided.
    public var policyHash = ""
    /// How far the policy lets it go by itself.
    public var autonomy = AppliedAutonomy(level: .draft, by: "default")
    /// The way to a person that goes with a draft to the customer; `nil` with another action.
    public var offer: String?
    /// What the grader found; `nil` without a draft.
    public var grade: Grade?
    /// What the question is about, where the policy names intents and one is recognised.
    public var intent: String?
    public var reading = QuestionReading()
    /// The best articles by id, each with its share of the ranking's weight: which are likely to be the one.
    public var shares: [String: Double] = [:]

    /// What was measured for both probabilities.
    public var evidence: [Feature] { explanation.features }

    /// Who may read the answer: `agent` when it goes to a person as a note.
    public var audience: String { action == .human ? "agent" : "customer" }
}

/// Ranges of the confidence, and what is done with an answer in them.
public enum Band: String, Sendable, Codable, CaseIterable, Comparable {
    case human
    case draft
    case auto

    /// The range a probability falls in: `auto` at ≥ 0.90, `draft` in [0.70, 0.90), `human` below.
    public init(confidence: Double) {
        self = confidence >= 0.90 ? .auto : confidence >= 0.70 ? .draft : .human
    }

    public static func < (a: Band, b: Band) -> Bool {
        let order: [Band] = [.human, .draft, .auto]
        return order.firstIndex(of: a)! < order.firstIndex(of: b)!
    }
}

/// An extractive answer: sentences of the articles, in the article's order, each with its citations.
public struct Draft: Sendable, Equatable {
    public struct Line: Sendable, Equatable {
        public var text: String
        /// Numbers into `citations`, from 1.
        public var citations: [Int]
        /// What stands in front of it when it has a line of its own: `1. ` of a numbered step, `- ` of a list item;
        /// `nil` for running text.
        public var lead: String?
        /// How it stands to the sentence before.
        public var follows = Follows.directly
    }

    /// Where a sentence stands in the article, seen from the one quoted before it.
    public enum Follows: Sendable, Equatable {
        case directly
        /// In the same section, with something left out between.
        case laterOn
        /// In another section.
        case elsewhere
    }

    public var sentences: [Line]
    public var citations: [Citation]

    /// Adds what another article says.
    mutating func append(_ other: Draft) {
        let before = citations.count
        for (place, line) in other.sentences.enumerated() {
            var line = line
            line.citations = line.citations.map { $0 + before }
            if place == 0 { line.follows = .elsewhere }
            sentences.append(line)
        }
        for citation in other.citations {
            var citation = citation
            citation.number += before
            citations.append(citation)
        }
    }

    /// The sentences as prose; steps and list items on lines of their own, a new line where something is left out and an
    /// empty one before another section.
    public var text: String { rendered { _, line in (line.lead ?? "") + line.text } }

    /// Joins the sentences as `text` does, each written by `body` from its place and itself.
    public func rendered(_ body: (Int, Line) -> String) -> String {
        var out = ""
        for (i, line) in sentences.enumerated() {
            if i > 0 {
                switch line.follows {
                case .elsewhere: out += "\n\n"
                case .laterOn: out += "\n"
                case .directly: out += line.lead != nil || sentences[i - 1].lead != nil ? "\n" : " "
                }
            }
            out += body(i, line)
        }
        return out
    }
}

/// Where a sentence of an answer stands.
public struct Citation: Sendable, Equatable {
    public var number: Int
    public var document: Document
    public var headings: [String]
    public var lines: ClosedRange<Int>
    public var quote: String
}

/// One rule that fired, with the value it saw and the threshold it used.
public struct Reason: Sendable, Equatable {
    public var code: String
    public var value: Double?
    public var threshold: Double?
    /// The words that spoke for it, or which topic, tag or criterion it was.
    public var detail: String?

    init(code: String, value: Double?, threshold: Double?, detail: String? = nil) {
        (self.code, self.value, self.threshold, self.detail) = (code, value, threshold, detail)
    }
}

/// The band an answer would have acted in, were the band certified.
public struct Shadow: Sendable, Equatable {
    public var wouldBe: Band
    public var reviewsNeeded: Int
}

/// Which fit the probabilities come from.
public struct CalibrationSummary: Sendable, Equatable, Codable {
    public enum Source: String, Sendable, Codable {
        case tickets, labels, `self`, prior
    }

    public var source: Source
    /// Labelled questions in the fit.
    public var count: Int
    /// Expected calibration error on held-back questions; `nil` when there were none.
    public var ece: Double?
    public var fittedAt: Date?
}

/// A resolved past ticket like the question.
public struct Precedent: Sendable, Equatable {
    public var ticket: String
    public var similarity: Double
    public var articles: [String]
}

/// The closest article of a question nothing answers, and the question's words it lacks.
public struct NearMiss: Sendable, Equatable {
    public var document: Document
    public var missingTerms: [String]
}
