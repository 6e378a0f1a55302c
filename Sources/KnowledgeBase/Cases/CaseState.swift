import FoundationEssentials

/// Where a case stands. `resolved_proposed` is our word, `resolved_confirmed` somebody else's.
public enum CaseState: String, Sendable, CaseIterable, Codable {
    case new
    /// kb works on it, or a draft waits for a person's yes.
    case open
    case waitingCustomer = "waiting_customer"
    /// With a person.
    case waitingExpert = "waiting_expert"
    case resolvedProposed = "resolved_proposed"
    case resolvedConfirmed = "resolved_confirmed"
    case closed
    /// The customer went silent; never counted as resolved.
    case abandoned

    /// Nothing is owed to anybody.
    public var isEnded: Bool { [.resolvedConfirmed, .closed, .abandoned].contains(self) }
}

/// Who has the next move. There is no case without one.
public enum CaseOwner: Sendable, Hashable {
    case kb
    case person(String)
    case team(String)

    /// `kb`, `person:lena`, `team:billing`.
    public var text: String {
        switch self {
        case .kb: "kb"
        case .person(let name): "person:" + name
        case .team(let name): "team:" + name
        }
    }

    /// - Returns: nil for what names nobody.
    public init?(_ text: String) {
        if text == "kb" {
            self = .kb
        } else if text.hasPrefix("person:"), text.utf8.count > 7 {
            self = .person(String(text.dropFirst(7)))
        } else if text.hasPrefix("team:"), text.utf8.count > 5 {
            self = .team(String(text.dropFirst(5)))
        } else {
            return nil
        }
    }

    public var isHuman: Bool { self != .kb }

    /// Without the kind, for people to read.
    public var name: String {
        switch self {
        case .kb: "kb"
        case .person(let name), .team(let name): name
        }
    }
}

/// Who or what says that the customer's problem is gone.
public enum CaseWitness: Sendable, Equatable {
    case customer
    /// A linked issue that was settled, by its name.
    case issue(String)
    /// A rule of the team, as `policy.yaml` words it.
    case rule(String)

    public var text: String {
        switch self {
        case .customer: "customer"
        case .issue(let name): "issue:" + name
        case .rule(let name): "rule:" + name
        }
    }
}

/// What happens to a case.
public struct CaseEvent: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable, Codable {
        case customerWrote = "customer_wrote"
        case customerConfirmed = "customer_confirmed"
        /// kb sends an answer.
        case answered
        /// An answer waits for a person's yes.
        case drafted
        /// kb sends its one clarifying question.
        case asked
        case approved
        case rejected
        case handedOver = "handed_over"
        /// A person wrote through kb, as an answer.
        case personReplied = "person_replied"
        /// A person wrote outside of kb, as an answer or as a question.
        case personAnswered = "person_answered"
        case personAsked = "person_asked"
        /// A person wrote outside of kb that they are at it: the answer is still to come.
        case personTook = "person_took"
        case issueSettled = "issue_settled"
        case ruleSettled = "rule_settled"
        case confirmationAsked = "confirmation_asked"
        case nudged
        case statusSent = "status_sent"
        /// The same where the lead has it past the service level.
        case stillWaiting = "still_waiting"
        /// Silence past the service level.
        case reassigned
        case wentQuiet = "went_quiet"
        case closed
        /// The team ends it without a resolution.
        case dismissed
    }

    public var kind: Kind
    public var at: Date
    /// Who takes over, for what changes hands; who spoke, for what a person did.
    public var owner: CaseOwner?
    public var witness: CaseWitness?
    /// Why, for the journal.
    public var reason: String?

    public init(
        _ kind: Kind, at: Date, owner: CaseOwner? = nil, witness: CaseWitness? = nil, reason: String? = nil
    ) {
        (self.kind, self.at, self.owner, self.witness, self.reason) = (kind, at, owner, witness, reason)
    }
}

/// What a step makes happen outside of the case. Each is an outbox row, but `handoff` and `episode`, which are journal
/// entries of their own.
public enum CaseEffect: String, Sendable, CaseIterable, Codable {
    case reply
    case question
    /// To the customer: a person has it now, or it is fixed.
    case tellCustomer = "tell_customer"
    /// To the person who has it: the packet, or what is new.
    case tellPerson = "tell_person"
    case tellLead = "tell_lead"
    /// To the person who says yes or no to a draft.
    case review
    case confirmation
    case nudge
    case status
    case handoff
    case episode

    public var isMessage: Bool { self != .handoff && self != .episode }
}
