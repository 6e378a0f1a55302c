import FoundationEssentials

/// A customer's question as it reached kb.
public struct Question: Sendable, Equatable {
    /// The caller's id; a known ticket's id keeps that ticket from counting as evidence for itself.
    public var id: String?
    public var text: String
    /// Put before the text, as the subject of a ticket.
    public var subject: String?
    /// The moment the question was asked; when given, nothing later counts as evidence.
    public var askedAt: Date?
    public var customer: String?
    /// Tags and fields of the ticket, for the policy's autonomy.
    public var tags: [String] = []
    public var fields: [String: String] = [:]

    public init(
        id: String? = nil, text: String, subject: String? = nil, askedAt: Date? = nil, customer: String? = nil
    ) {
        self.id = id
        self.text = text
        self.subject = subject
        self.askedAt = askedAt
        self.customer = customer
    }

    /// Subject and text as one string: what is matched.
    public var fullText: String {
        guard let subject, !subject.isEmpty else { return text }
        return text.isEmpty ? subject : subject + "\n" + text
    }
}
