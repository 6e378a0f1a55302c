import FoundationEssentials

/// What would have been done with one past ticket, and what is known of how right that was.
public struct ReplayedTicket: Sendable, Codable, Equatable {
    /// The help desk's id.
    public var id: String
    public var askedAt: Date
    /// Subject, or the beginning of the text; personal data replaced.
    public var title: String
    public var confidence: Double
    public var answerable: Double
    public var band: Band
    public var action: Band
    /// Codes of all rules that lowered it or put it in its band.
    public var reasons: [String]
    /// Id of the first cited document; `nil` without an answer.
    public var cited: String?
    /// Ids of the articles that the ticket's agents linked.
    public var linked: [String]
    public var intent: String?
    /// Whether a person said of this question that the first citation answers it; `nil` where nobody did.
    public var reviewed: Bool?

    /// Whether the first citation is one the agents linked; `nil` where they linked none.
    public var isRightByLink: Bool? { linked.isEmpty ? nil : cited.map(linked.contains) ?? false }

    /// The same, by a person's review where the agents linked none; `nil` where nobody knows.
    public var isRight: Bool? { isRightByLink ?? reviewed }

    /// Whether nothing but the missing certificate and the autonomy keeps it from being sent by itself.
    public var isReady: Bool { band == .auto && Set(reasons).isSubset(of: Self.preliminary) }

    /// Rules that say how far the switch is turned, and nothing about the ticket.
    static let preliminary: Set<String> = ["confidence", "band_not_certified", "autonomy", "self", "prior"]
}
