import FoundationEssentials

/// One conversation with one customer, from the first message to the confirmed end.
public struct Case: Sendable, Equatable {
    /// The help desk's id; `w…` for what came by web form.
    public var id: String
    /// Of the row.
    var rowID: Int64 = 0
    public var channel: String
    public var subject: String
    public var state = CaseState.new
    public var owner = CaseOwner.kb
    /// From 1; a case that is opened again begins a new one, and only its messages count.
    public var episode = 1
    public var createdAt: Date
    public var updatedAt: Date
    /// The customer's row; nil where nobody is known.
    var customer: Int64?
    /// Whether it is proven that the sender is this customer.
    public var isVerified = false
    public var tags: [String] = []
    public var fields: [String: String] = [:]
    public var nudges = 0
    public var askedQuestion = false
    public var askedConfirmation = false
    /// The first word to the customer that is not a mere receipt.
    public var firstResponseAt: Date?
    public var resolvedAt: Date?
    public var witness: String?
    /// When a person must have moved.
    public var dueAt: Date?
    public var triage: Triage?
    public var decision: CaseDecision?
    /// Issues elsewhere whose end is the case's.
    public var links: [String] = []

    public init(id: String, channel: String, subject: String, createdAt: Date) {
        (self.id, self.channel, self.subject) = (id, channel, subject)
        (self.createdAt, updatedAt) = (createdAt, createdAt)
    }
}

/// A message of a case.
public struct CaseMessage: Sendable, Equatable {
    public enum Author: String, Sendable, Codable {
        case customer
        /// Somebody else on the customer's side: recorded, never followed.
        case participant
        case person
        case kb
    }

    var rowID: Int64 = 0
    /// Unique within the case: the export's id, else of its content.
    public var key: String
    public var author: Author
    public var name: String?
    public var body: String
    public var at: Date
    public var isPublic = true
    public var episode = 1
    public var links: [String] = []
}

/// What the last run found and decided: enough to send it later, and to judge it by its outcome.
public struct CaseDecision: Sendable, Equatable, Codable {
    public enum Action: String, Sendable, Codable { case answer, draft, question, handoff }

    public struct Fired: Sendable, Equatable, Codable {
        public var code: String
        public var value: Double?
        public var threshold: Double?
        public var detail: String?
    }

    public struct Cited: Sendable, Equatable, Codable {
        public var document: String
        public var title: String
        public var url: String?
        public var lines: [Int]
        public var quote: String
    }

    public var at: Date
    public var action: Action
    public var answerID: String
    /// What would be, or was, said to the customer.
    public var text: String
    public var citations: [Cited]
    public var confidence: Double
    public var answerable: Double
    /// Low and high of what the confidence means, from the calibration's measured error.
    public var interval: [Double]
    public var fired: [Fired]
    /// Of `policy.yaml`.
    public var rules: String
    public var precedents: [String]
    public var nearMiss: String?
    public var missingTerms: [String]
    /// Last message it answers; a later one makes it stale.
    public var upTo: Int64
    public var verdict: String?

    /// What decided: what calls for a person by itself, then the band, then what only keeps an answer from being sent.
    public var trigger: Fired {
        for code in Self.telling { if let found = fired.first(where: { $0.code == code }) { return found } }
        return fired.first { $0.code != "confidence" } ?? fired.first
            ?? Fired(code: "low_confidence", value: confidence, threshold: nil, detail: nil)
    }

    private static let telling = [
        Trigger.askedForPerson, .sensitiveTopic, .sentiment, .askedAgain, .lowConfidence, .foreignLanguage, .draftFailed,
        .ambiguity, .customerTier,
    ].map(\.rawValue)
}
