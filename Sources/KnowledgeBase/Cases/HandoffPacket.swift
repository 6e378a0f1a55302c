import FoundationEssentials

/// Everything a person needs to take a case over, so that the customer never tells it twice.
///
/// The schema is schemas/handoff-packet.schema.json. Free text is redacted: a person reads the original with `kb ticket show`.
public struct HandoffPacket: Sendable, Equatable, Encodable {
    public struct About: Sendable, Equatable, Encodable {
        public var id: String
        public var subject: String
        public var channel: String
        public var state: String
        public var owner: String
        public var episode: Int
        public var priority: String
        public var need: String
        @Nullable public var intent: Triage.Reading?
        @Nullable public var type: Triage.Reading?
        @Nullable public var product: Triage.Reading?
        @Nullable public var language: Triage.Reading?
        public var createdAt: Date
        @Nullable public var slaDue: Date?
    }

    public struct Fired: Sendable, Equatable, Encodable {
        public var id: String
        @Nullable public var value: Double?
        @Nullable public var threshold: Double?
        @Nullable public var detail: String?
    }

    public struct Cause: Sendable, Equatable, Encodable {
        public var id: String
        @Nullable public var value: Double?
        @Nullable public var threshold: Double?
        @Nullable public var detail: String?
        public var ruleVersion: String
        public var allFired: [Fired]
    }

    public struct PastCase: Sendable, Equatable, Encodable {
        public var id: String
        public var subject: String
        public var state: String
        @Nullable public var resolution: String?
        public var createdAt: Date
    }

    public struct Promise: Sendable, Equatable, Encodable {
        public var text: String
        public var by: String
        @Nullable public var due: Date?
        public var state: String
    }

    public struct Customer: Sendable, Equatable, Encodable {
        @Nullable public var id: String?
        public var verified: Bool
        @Nullable public var tier: String?
        @Nullable public var plan: String?
        @Nullable public var organisation: String?
        public var history: [PastCase]
        public var promises: [Promise]
    }

    public struct Summary: Sendable, Equatable, Encodable {
        public var request: String
        public var whatChanged: [String]
        public var openQuestions: [String]
        public var upcoming: [Date]
    }

    public struct Message: Sendable, Equatable, Encodable {
        public var author: String
        public var at: Date
        public var text: String
    }

    public struct Mood: Sendable, Equatable, Encodable {
        public var at: Date
        public var value: Double
    }

    public struct Attempt: Sendable, Equatable, Encodable {
        public var action: String
        public var result: String
        public var at: Date
    }

    public struct Citation: Sendable, Equatable, Encodable {
        public var document: String
        public var title: String
        @Nullable public var url: String?
        public var lines: [Int]
    }

    public struct Guess: Sendable, Equatable, Encodable {
        public var text: String
        public var pCorrect: Double
        public var interval: [Double]
        public var citations: [Citation]
    }

    public struct NextStep: Sendable, Equatable, Encodable {
        public var text: String
        public var why: String
        public var precedents: [String]
    }

    public struct To: Sendable, Equatable, Encodable {
        public var team: String
        @Nullable public var person: String?
        public var why: String
        public var alternates: [String]
    }

    public struct Similar: Sendable, Equatable, Encodable {
        public var id: String
        public var subject: String
        public var similarity: Double
        public var state: String
        @Nullable public var resolution: String?
    }

    public struct Notice: Sendable, Equatable, Encodable {
        public var text: String
        public var sentAt: Date
    }

    public struct Redaction: Sendable, Equatable, Encodable {
        public var policy: String
        public var counts: [String: Int]
    }

    public var version = 1
    public var `case`: About
    public var trigger: Cause
    public var customer: Customer
    public var summary: Summary
    public var conversation: [Message]
    public var sentimentTrajectory: [Mood]
    public var attempted: [Attempt]
    @Nullable public var bestGuess: Guess?
    public var nextStep: NextStep
    public var route: To
    public var doNotAsk: [String]
    public var similarIncidents: [Similar]
    public var links: [String]
    /// 0…1: the share of what a person needs that is there.
    public var completeness = 0.0
    public var missing: [String] = []
    @Nullable public var customerNotice: Notice?
    public var redaction: Redaction
    /// SHA-256 of the packet's JSON with an empty hash, keys sorted, no white space.
    public var hash = ""

    /// What is there and what is not.
    private var parts: [(name: String, isThere: Bool, weight: Double)] {
        [
            ("conversation", !conversation.isEmpty && !conversation.allSatisfy { $0.text.isEmpty }, 3),
            ("request", !summary.request.isEmpty, 2),
            ("trigger", !trigger.id.isEmpty, 2),
            ("best_guess", bestGuess != nil, 2),
            ("citations", bestGuess.map { !$0.citations.isEmpty } ?? false, 1),
            ("next_step", !nextStep.text.isEmpty && !nextStep.why.isEmpty, 2),
            ("route", !route.team.isEmpty && !route.why.isEmpty, 2),
            ("customer", customer.id != nil, 2),
            ("verified", customer.verified, 1),
            ("plan_or_tier", customer.plan != nil || customer.tier != nil, 1),
            ("attempted", !attempted.isEmpty, 1),
            ("precedents", !nextStep.precedents.isEmpty || !similarIncidents.isEmpty, 1),
            ("product", self.case.product != nil, 1),
            ("sla_due", self.case.slaDue != nil, 1),
            ("customer_notice", customerNotice != nil, 2),
        ]
    }

    /// Computes completeness and hash from what is there.
    mutating func seal() throws {
        let parts = parts
        let whole = parts.reduce(0) { $0 + $1.weight }
        completeness = JSONRecord.rounded(parts.reduce(0) { $0 + ($1.isThere ? $1.weight : 0) } / whole)
        missing = parts.filter { !$0.isThere }.map(\.name)
        hash = ""
        hash = SHA256.hex(SHA256.digest(Array(try JSONRecord.text(self).utf8)))
    }
}
