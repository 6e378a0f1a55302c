/// Finds in a question what the policy reacts to: by the shipped model and its phrases, by the team's own phrases and examples.
struct TriggerDetector: Sendable {
    let policy: Policy
    private let personOwn: PhraseTable?
    private let topicsOwn: [(name: String, table: PhraseTable)]

    /// Cosine from which a sentence is like an example of the team's own.
    static let ownLikeness = 0.60
    /// Such an example must be nearer than every ordinary question by so much.
    static let lead = 0.06

    /// Own phrases were checked when the policy was read.
    init(_ policy: Policy) {
        self.policy = policy
        personOwn = policy.personPhrases.isEmpty ? nil : try? PhraseTable(policy.personPhrases.joined(separator: "\n"))
        topicsOwn = policy.topics.compactMap { topic in
            guard policy.rule(.sensitiveTopic).isOn, topic.isOn, !topic.phrases.isEmpty,
                let table = try? PhraseTable(topic.phrases.joined(separator: "\n"))
            else { return nil }
            return (topic.name, table)
        }
    }

    /// One message before anything of it is encoded.
    struct Reading: Sendable {
        /// At most `TriggerSentences.encoded`.
        var message: TriggerSentences
        /// The words that a shipped phrase matches.
        var personPhrase: String?
        var topicPhrases: [String: String] = [:]
    }

    /// Reads a message; what the team's own phrases find is a finding at once, with the value 1.
    func read(_ text: String, folded: FoldedText, into evidence: inout PolicyEvidence) -> Reading {
        func detail(_ match: PhraseTable.Match) -> String {
            let words = folded.words[match.words].filter { !$0.isEnd }
            guard let first = words.first, let last = words.last else { return match.phrase }
            return String(decoding: Array(text.utf8)[first.range.lowerBound..<last.range.upperBound], as: UTF8.self)
        }
        if let match = personOwn?.matches(in: folded).first { evidence.person = .init(value: 1, detail: detail(match)) }
        for (name, table) in topicsOwn {
            if let match = table.matches(in: folded).first {
                evidence.topics.append((name, .init(value: 1, detail: detail(match))))
            }
        }
        var reading = Reading(message: TriggerSentences(text, folded))
        reading.message.keepLikeliest()
        reading.personPhrase = PhraseTables.person.matches(in: folded).first.map(detail)
        if policy.rule(.sensitiveTopic).isOn {
            for (topic, table) in PhraseTables.sensitive {
                reading.topicPhrases[topic.rawValue] = table.matches(in: folded).first.map(detail)
            }
        }
        return reading
    }

    /// What the shipped model says, given each part of the message with its scores.
    ///
    /// - Parameter isWhole: scores with vectors; else those of the wording alone.
    func judge(
        _ reading: Reading, _ parts: [(text: String, scores: TriggerModel.Scores)], withVectors: Bool,
        into evidence: inout PolicyEvidence
    ) {
        let scores = TriggerModel.greatest(parts.map(\.scores))
        let probability = withVectors ? TriggerWeights.probability : TriggerWeights.probabilityByWording
        func span(_ place: Int) -> String {
            let part = parts.max { ($0.scores[place], $1.text.utf8.count) < ($1.scores[place], $0.text.utf8.count) }
            return Self.shortened(part?.text ?? "")
        }
        if evidence.person == nil {
            let value = probability.ofPerson(
                scores, phrase: reading.personPhrase != nil, sentences: reading.message.count)
            if value >= policy.rule(.askedForPerson).threshold {
                evidence.person = .init(value: value, detail: reading.personPhrase ?? span(TriggerModel.person))
            }
        }
        guard policy.rule(.sensitiveTopic).isOn else { return }
        let value = probability.ofSensitive(
            scores, phrase: !reading.topicPhrases.isEmpty, sentences: reading.message.count)
        guard value >= policy.rule(.sensitiveTopic).threshold else { return }
        // The topic it is most like, and every other that it is more like than not.
        let ranked = TriggerModel.topics.map { place -> (name: String, place: Int, score: Float) in
            let name = TriggerModel.classes[place]
            return (name, place, scores[place] + (reading.topicPhrases[name] == nil ? 0 : 1))
        }.sorted { ($1.score, $0.place) < ($0.score, $1.place) }
        for (rank, topic) in ranked.enumerated() where rank == 0 || topic.score > 0 {
            guard policy.topics.contains(where: { $0.name == topic.name && $0.isOn }),
                !evidence.topics.contains(where: { $0.topic == topic.name })
            else { continue }
            evidence.topics.append(
                (topic.name, .init(value: value, detail: reading.topicPhrases[topic.name] ?? span(topic.place))))
        }
    }

    /// What likeness to the team's own examples finds; the value is the cosine of the nearest.
    func compare(_ rows: [ArraySlice<Float>], examples: ExampleVectors, into evidence: inout PolicyEvidence) {
        for row in rows {
            let nearest = examples.nearest(row)
            let ordinary = nearest[.ordinary]?.cosine ?? -1
            func finding(_ label: ExampleVectors.Label) -> PolicyEvidence.Finding? {
                guard let near = nearest[label], near.cosine >= max(Self.ownLikeness, ordinary + Self.lead) else {
                    return nil
                }
                return .init(value: near.cosine, detail: "like \"\(near.text)\"")
            }
            if evidence.person == nil { evidence.person = finding(.person) }
            guard policy.rule(.sensitiveTopic).isOn else { continue }
            for topic in policy.topics where topic.isOn && !evidence.topics.contains(where: { $0.topic == topic.name })
            {
                if let found = finding(.topic(topic.name)) { evidence.topics.append((topic.name, found)) }
            }
        }
    }

    private static func shortened(_ text: String) -> String {
        text.count <= 160 ? text : text.prefix(159) + "…"
    }
}
