import FoundationEssentials

/// A past ticket as a reader found it, whatever system exported it.
struct SourceTicket: Sendable, Equatable {
    var id: String
    var createdAt: Date?
    var updatedAt: Date?
    var subject: String = ""
    /// The customer's own words: the description without quoted mail and signature.
    var body: String = ""
    /// Quoted mail and signature, if there were any.
    var quoted: String?
    /// The whole description as it came, without markup: what a customer asks before anything is put apart.
    var description: String = ""
    /// Stable id or address of the customer.
    var requester: String?
    var requesterName: String?
    /// The help desk's own id of the customer, and whether it proved who that is.
    var requesterID: String?
    var requesterEmail: String?
    var isVerified = false
    var status: String?
    var priority: String?
    var topic: String?
    var tags: [String] = []
    var locale: String?
    /// All other scalar fields; lists are joined by ", ".
    var fields: [String: String] = [:]
    /// In order of time where times are known, else as they came.
    var comments: [SourceComment] = []
}

/// One message in a ticket's thread.
struct SourceComment: Sendable, Equatable {
    enum Author: String, Sendable { case requester, agent, system }

    var id: String
    var createdAt: Date?
    var author: Author
    var authorName: String?
    /// Wrote for the customer's side without being the requester.
    var isThirdParty = false
    /// Own words, without quoted mail and signature.
    var body: String
    var quoted: String?
    /// Private notes never reach an answer.
    var isPublic: Bool = true
    var helpfulVotes: Int = 0
    /// Urls and relative article links of the own words, in order, each once.
    var links: [String] = []
}
