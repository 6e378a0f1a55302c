/// What a message says to the policy, before anything is retrieved.
public struct TriggerFinding: Sendable {
    public var question: Question
    /// `asked_for_person` or `sensitive_topic`.
    public var trigger: Trigger
    /// The topic of a sensitive one.
    public var topic: String?
    /// A probability; 1 for a phrase of the team's own, the cosine for an example of theirs.
    public var value: Double
    /// The words that spoke for it.
    public var detail: String
}

extension Engine {
    /// Which past tickets ask for a person or touch a sensitive topic, by the policy as it is; nothing is answered.
    ///
    /// - Parameter path: a ticket export: a file or a folder.
    /// - Returns: the tickets' number, and what fired, in the order of the tickets.
    public func triggers(
        tickets path: String, progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> (tickets: Int, findings: [TriggerFinding]) {
        let questions = try readTickets(path).tickets.map(Self.question)
        var findings: [TriggerFinding] = []
        for start in stride(from: 0, to: questions.count, by: ReplayDefaults.batch) {
            findings += try triggers(Array(questions[start..<min(start + ReplayDefaults.batch, questions.count)]))
            progress(min(start + ReplayDefaults.batch, questions.count), questions.count)
        }
        return (questions.count, findings)
    }

    /// - Parameter questions: a batch: their sentences are encoded together.
    public func triggers(_ questions: [Question]) throws -> [TriggerFinding] {
        let vectors = try encode(questions, mode: .hybrid)
        return zip(questions, try signals(questions, words: words(of: questions), vectors: vectors)).flatMap {
            question, evidence in
            var found: [TriggerFinding] = []
            func add(_ trigger: Trigger, _ topic: String?, _ finding: PolicyEvidence.Finding) {
                found.append(
                    .init(
                        question: question, trigger: trigger, topic: topic, value: finding.value, detail: finding.detail
                    ))
            }
            if let person = evidence.person { add(.askedForPerson, nil, person) }
            for (topic, finding) in evidence.topics { add(.sensitiveTopic, topic, finding) }
            return found
        }
    }
}
