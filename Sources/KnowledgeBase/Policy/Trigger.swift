/// What can lower the action of an answer. The list is closed: reports, tuning and gaps count by these names.
public enum Trigger: String, Sendable, CaseIterable {
    case lowConfidence = "low_confidence"
    case askedForPerson = "asked_for_person"
    case sensitiveTopic = "sensitive_topic"
    case sentiment
    case ambiguity
    case foreignLanguage = "foreign_language"
    case askedAgain = "asked_again"
    case customerTier = "customer_tier"
    case draftFailed = "draft_failed"
}

/// How far an answer may go by itself.
public enum Autonomy: String, Sendable, CaseIterable {
    /// Nothing is answered: straight to a person.
    case off
    /// To a person, with what would have been done on record.
    case shadow
    /// At most a draft.
    case draft
    /// The band decides.
    case auto

    /// The highest action it leaves.
    var ceiling: Band {
        switch self {
        case .off, .shadow: .human
        case .draft: .draft
        case .auto: .auto
        }
    }
}

/// What the policy knows of one question and its answer. Each finding is a measurement; the policy compares.
struct PolicyEvidence: Sendable {
    struct Finding: Sendable, Equatable {
        var value: Double
        /// The words or the example that spoke for it.
        var detail: String
    }

    var confidence = 0.0
    /// The probability; 1 for a phrase of the team's own, the cosine for an example of theirs.
    var person: Finding?
    /// By topic, shipped or the team's own.
    var topics: [(topic: String, finding: Finding)] = []
    /// −1…1; `nil` when it was not measured.
    var sentiment: Double?
    /// Difference of the two best documents' cosines; `nil` with fewer than two.
    var margin: Double?
    /// The question's language, where it is none of the articles'.
    var foreignLanguage: Finding?
    /// Earlier answers to the same customer on the same thing.
    var earlierAnswers = 0
    var customer: String?
    var tags: [String] = []
    var fields: [String: String] = [:]
    var intent: String?
    /// The vectors of the question's parts, when it has several.
    var partVectors: [[Float]] = []
    /// Criteria of the grader that failed.
    var failedCriteria: [String] = []
}

/// What the policy decides about one answer.
public struct PolicyDecision: Sendable, Equatable {
    public var action: Band
    /// Every rule that fired, the trigger's order.
    public var reasons: [Reason]
    /// What would have been done, when autonomy is `shadow`.
    public var shadowed: Band?
    public var autonomy: AppliedAutonomy
}

/// How far the policy lets an answer go by itself, and which of its lines says so.
public struct AppliedAutonomy: Sendable, Equatable {
    public var level: Autonomy
    /// "default", "intent refund", "tag vip", "plan enterprise".
    public var by: String
}
