/// Finds in a question what the policy reacts to: by phrase, and by likeness of its sentences to examples.
struct TriggerDetector: Sendable {
    let policy: Policy
    private let person: PhraseTable
    private let personOwn: PhraseTable?
    private let topics: [(name: String, table: PhraseTable)]

    /// An example must be nearer than every ordinary question by so much.
    static let lead = 0.06
    /// Sentences longer than this are stories; their vector says little about one wish.
    private static let longestSentence = 40
    /// Sentences of one question that are encoded beyond the question itself.
    static let maximumSentences = 6

    /// Own phrases were checked when the policy was read.
    init(_ policy: Policy) {
        self.policy = policy
        person = PhraseTables.person
        personOwn = policy.personPhrases.isEmpty ? nil : try? PhraseTable(policy.personPhrases.joined(separator: "\n"))
        var topics: [(name: String, table: PhraseTable)] = []
        if policy.rule(.sensitiveTopic).isOn {
            for topic in policy.topics where topic.isOn {
                if let shipped = PhraseTables.sensitive.first(where: { $0.topic.rawValue == topic.name }) {
                    topics.append((topic.name, shipped.table))
                }
                if !topic.phrases.isEmpty, let own = try? PhraseTable(topic.phrases.joined(separator: "\n")) {
                    topics.append((topic.name, own))
                }
            }
        }
        self.topics = topics
    }

    /// What phrases find; the value is 1.
    func byPhrase(_ text: String, folded: FoldedText, into evidence: inout PolicyEvidence) {
        func detail(_ match: PhraseTable.Match) -> String {
            let words = folded.words[match.words].filter { !$0.isEnd }
            guard let first = words.first, let last = words.last else { return match.phrase }
            return String(decoding: Array(text.utf8)[first.range.lowerBound..<last.range.upperBound], as: UTF8.self)
        }
        if let match = person.matches(in: folded).first ?? personOwn?.matches(in: folded).first {
            evidence.person = .init(value: 1, detail: detail(match))
        }
        for (name, table) in topics where !evidence.topics.contains(where: { $0.topic == name }) {
            if let match = table.matches(in: folded).first {
                evidence.topics.append((name, .init(value: 1, detail: detail(match))))
            }
        }
    }

    /// The sentences worth encoding: short ones; of a long message those with a word that hints at a trigger.
    func sentences(_ text: String) -> [String] {
        let utf8 = Array(text.utf8)
        let ranges = SentenceSplitter.ranges(text)
        let all = ranges.map { String(decoding: utf8[$0], as: UTF8.self) }.filter { sentence in
            let words = sentence.split(whereSeparator: \.isWhitespace).count
            return words >= 2 && words <= Self.longestSentence
        }
        if all.count <= 3 { return all }
        return Array(
            all.filter { sentence in
                FoldedText(sentence).words.contains { Self.hints.contains($0.text) }
            }.prefix(Self.maximumSentences))
    }

    /// What likeness finds; the value is the cosine of the nearest example.
    ///
    /// - Parameter whole: the vector of the question, for its intent.
    func byLikeness(
        _ rows: [ArraySlice<Float>], whole: [Float], examples: ExampleVectors, into evidence: inout PolicyEvidence
    ) {
        for row in rows {
            let nearest = examples.nearest(row)
            let ordinary = nearest[.ordinary]?.cosine ?? -1
            func finding(_ label: ExampleVectors.Label, _ threshold: Double) -> PolicyEvidence.Finding? {
                guard let near = nearest[label], near.cosine >= threshold, near.cosine >= ordinary + Self.lead else {
                    return nil
                }
                return .init(value: near.cosine, detail: "like \"\(near.text)\"")
            }
            if evidence.person == nil { evidence.person = finding(.person, policy.rule(.askedForPerson).threshold) }
            guard policy.rule(.sensitiveTopic).isOn else { continue }
            for topic in policy.topics where topic.isOn && !evidence.topics.contains(where: { $0.topic == topic.name })
            {
                if let found = finding(.topic(topic.name), policy.rule(.sensitiveTopic).threshold) {
                    evidence.topics.append((topic.name, found))
                }
            }
        }
        guard !policy.intents.isEmpty, !whole.isEmpty else { return }
        let near = examples.nearest(whole)
        var best: (intent: String, cosine: Double)?
        for intent in policy.intents.keys.sorted() {
            guard let cosine = near[.intent(intent)]?.cosine, cosine >= Self.intentThreshold else { continue }
            if cosine > best?.cosine ?? -1 { best = (intent, cosine) }
        }
        evidence.intent = best?.intent
    }

    /// Cosine from which the nearest example names the intent.
    static let intentThreshold = 0.55

    private static let hints: Set<String> = Set(
        """
        person human humans agent operator representative rep someone somebody anyone anybody talk speak chat call phone ring \
        telephone contact manager supervisor staff team support bot robot chatbot machine automated escalate colleague employee \
        advisor specialist connect transfer reach lawyer legal court sue contract law police rights liable copyright complaint \
        authorities charged charge billed bill invoice refund money payment paid card bank price cost subscription fee hacked \
        stolen password security login account access breach leaked suspicious data personal information privacy private consent \
        delete gdpr medical doctor patient tax invest child kill harm hurt burned injured died death regulator compliance \
        harassed threatened dispute fraud unauthorised unauthorized
        """.pieces(" ").map { String($0.trimmed) })
}
