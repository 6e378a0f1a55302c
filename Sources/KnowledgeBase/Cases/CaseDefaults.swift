/// Constants of the loop that no team need set.
enum CaseDefaults {
    /// Seconds within which messages of one sender are one request.
    static let burst = 900.0
    /// Seconds within which the same subject of the same sender is the same conversation.
    static let sameSubject = 259_200.0
    /// Cosine from which two opening requests are alike enough to be told of; as for tickets in the ranking.
    static let alike = LearningDefaults.namedCosine
    /// Cosine, seconds and cases of an incident.
    static let incidentCosine = 0.70
    static let incidentWindow = 21_600.0
    static let incidentCases = 5
    /// A reminder so late (seconds) is not sent any more: the past is taken in, not written to.
    static let latestReminder = 1_209_600.0
    /// Cases that tell who resolves what.
    static let routingNeighbours = 25
}
