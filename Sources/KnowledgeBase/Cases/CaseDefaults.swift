/// Constants of the loop that no team need set.
enum CaseDefaults {
    /// Seconds within which messages of one sender are one request.
    static let burst = 900.0
    /// Seconds within which the same subject of the same sender is the same conversation.
    static let sameSubject = 259_200.0
    /// The same for an answer to it ("Re: ..."), and for one that opens it again.
    static let repliedSubject = 2_592_000.0
    /// Likeness (`CaseNeighbours.Near`) from which an earlier case is told of.
    static let alike = 0.45
    /// Cosine, seconds and cases of an incident.
    static let incidentCosine = 0.70
    static let incidentWindow = 21_600.0
    static let incidentCases = 5
    /// A reminder so late (seconds) is not sent any more: the past is taken in, not written to.
    static let latestReminder = 1_209_600.0
    /// People who may let a case wait past its service level before the lead has it.
    static let moves = 2
    /// A conversation of an export whose last word is so old (seconds) is the past: it is learned from, not answered.
    static let pastConversation = 2_592_000.0
    /// Bytes of one message that a packet carries.
    static let longestMessage = 20_000
    /// Cases that tell who resolves what.
    static let routingNeighbours = 25
}
