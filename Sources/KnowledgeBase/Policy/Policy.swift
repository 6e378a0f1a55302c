/// The escalation policy: which bands, which triggers, how much autonomy. Read from `policy.yaml` (`Policy.read`).
public struct Policy: Sendable, Equatable {
    /// How one trigger acts.
    public struct Rule: Sendable, Equatable {
        public var isOn = true
        /// The action it lowers to.
        public var action: Band
        /// What its value is compared with; the meaning is the trigger's.
        public var threshold: Double
    }

    public struct Topic: Sendable, Equatable {
        public var name: String
        public var isOn = true
        /// `nil`: as the trigger.
        public var action: Band?
        /// Lines of a phrase table.
        public var phrases: [String] = []
        public var examples: [String] = []
    }

    /// Where the band `auto` begins where a policy does not say.
    public static let defaultAutoBand = 0.90
    public var autoBand = Self.defaultAutoBand
    public var draftBand = 0.70
    /// Added to a draft: the way to a person.
    public var offer = "Did this not answer your question? Reply \"person\" and someone from our team takes over."
    public var autonomy = Autonomy.draft
    public var autonomyByIntent: [String: Autonomy] = [:]
    public var autonomyByTag: [String: Autonomy] = [:]
    /// Field, then value.
    public var autonomyByField: [String: [String: Autonomy]] = [:]
    /// Example questions by intent.
    public var intents: [String: [String]] = [:]
    public var rules: [Trigger: Rule] = Policy.defaultRules
    public var personPhrases: [String] = []
    public var personExamples: [String] = []
    public var topics: [Topic] = SensitiveTopic.allCases.map { Topic(name: $0.rawValue) }
    /// Languages answered in; empty: those of the articles.
    public var languages: [String] = []
    /// How long an answer counts for `asked_again`.
    public var askedAgainDays = 7.0
    public var tierField = "tier"
    public var tierValues: [String] = []
    public var tierCustomers: [String] = []
    public var desk = DeskRules()
    /// First 12 hexadecimal digits of the SHA-256 of the file, as `sha256sum policy.yaml | cut -c1-12` prints it.
    public var hash = ""

    public static let defaultRules: [Trigger: Rule] = [
        .lowConfidence: Rule(action: .human, threshold: 0.70),
        .askedForPerson: Rule(action: .human, threshold: 0.30),
        .sensitiveTopic: Rule(action: .human, threshold: 0.30),
        // Off until measured on the team's own tickets: moods do not carry over (design/support-loop.md, 4.6).
        .sentiment: Rule(isOn: false, action: .human, threshold: -0.5),
        .ambiguity: Rule(action: .draft, threshold: 0.01),
        .foreignLanguage: Rule(action: .draft, threshold: 0.5),
        .askedAgain: Rule(action: .human, threshold: 1),
        .customerTier: Rule(action: .draft, threshold: 1),
        .draftFailed: Rule(action: .draft, threshold: 1),
    ]

    public init() {}

    func rule(_ trigger: Trigger) -> Rule { rules[trigger] ?? Self.defaultRules[trigger]! }

    /// `auto` at or above the first band, `draft` at or above the second, `human` below.
    public func band(_ confidence: Double) -> Band {
        confidence >= autoBand ? .auto : confidence >= draftBand ? .draft : .human
    }

    /// The least autonomy any of the question's properties is given; `default` where none is named.
    func autonomy(of evidence: PolicyEvidence) -> AppliedAutonomy {
        var named: [AppliedAutonomy] = []
        if let intent = evidence.intent, let level = autonomyByIntent[intent] {
            named.append(AppliedAutonomy(level: level, by: "intent " + intent))
        }
        for tag in evidence.tags.sorted() {
            if let level = autonomyByTag[tag.lowercased()] {
                named.append(AppliedAutonomy(level: level, by: "tag " + tag))
            }
        }
        for (field, value) in evidence.fields.sorted(by: { $0.key < $1.key }) {
            if let level = autonomyByField[field.lowercased()]?[value.lowercased()] {
                named.append(AppliedAutonomy(level: level, by: "\(field) \(value)"))
            }
        }
        return named.min { $0.level.rank < $1.level.rank } ?? AppliedAutonomy(level: autonomy, by: "default")
    }

    /// Lowers `action` by every trigger that fires; nothing here can raise it.
    ///
    /// - Parameter action: what the bands and their certification allow.
    func decide(_ evidence: PolicyEvidence, action: Band) -> PolicyDecision {
        let autonomy = autonomy(of: evidence)
        var decision = PolicyDecision(action: action, reasons: [], shadowed: nil, autonomy: autonomy)
        func fire(_ trigger: Trigger, _ value: Double?, _ detail: String?, to lowered: Band? = nil) {
            let rule = rule(trigger)
            decision.action = min(decision.action, lowered ?? rule.action)
            decision.reasons.append(
                Reason(code: trigger.rawValue, value: value, threshold: rule.threshold, detail: detail))
        }
        if let person = evidence.person { fire(.askedForPerson, person.value, person.detail, to: .human) }
        if rule(.sensitiveTopic).isOn {
            for (name, finding) in evidence.topics {
                guard let topic = topics.first(where: { $0.name == name }), topic.isOn else { continue }
                fire(.sensitiveTopic, finding.value, "\(name): \(finding.detail)", to: topic.action)
            }
        }
        if rule(.sentiment).isOn, let value = evidence.sentiment, value <= rule(.sentiment).threshold {
            fire(.sentiment, value, nil)
        }
        if rule(.ambiguity).isOn, let margin = evidence.margin, margin < rule(.ambiguity).threshold {
            fire(.ambiguity, margin, nil)
        }
        if rule(.foreignLanguage).isOn, let language = evidence.foreignLanguage {
            fire(.foreignLanguage, language.value, language.detail)
        }
        if rule(.askedAgain).isOn, Double(evidence.earlierAnswers) >= rule(.askedAgain).threshold {
            fire(.askedAgain, Double(evidence.earlierAnswers), nil)
        }
        if rule(.customerTier).isOn, let tier = tier(of: evidence) { fire(.customerTier, 1, tier) }
        if rule(.draftFailed).isOn, !evidence.failedCriteria.isEmpty {
            // Whatever the file says, a failed draft is never sent by itself.
            fire(
                .draftFailed, Double(evidence.failedCriteria.count), evidence.failedCriteria.joined(separator: ", "),
                to: min(rule(.draftFailed).action, .draft))
        }
        if autonomy.level.ceiling < decision.action {
            if autonomy.level == .shadow { decision.shadowed = decision.action }
            decision.action = autonomy.level.ceiling
            decision.reasons.append(
                Reason(
                    code: "autonomy", value: nil, threshold: nil, detail: "\(autonomy.level.rawValue) by \(autonomy.by)"
                ))
        }
        return decision
    }

    private func tier(of evidence: PolicyEvidence) -> String? {
        if let customer = evidence.customer, !tierCustomers.isEmpty {
            let asker = CustomerIdentity.of(customer)
            if tierCustomers.contains(where: { CustomerIdentity.of($0) == asker }) { return customer }
        }
        guard !tierValues.isEmpty else { return nil }
        let (field, values) = (tierField.lowercased(), Set(tierValues.map { $0.lowercased() }))
        return evidence.fields.sorted { $0.key < $1.key }.first {
            $0.key.lowercased() == field && values.contains($0.value.lowercased())
        }.map { "\(tierField) \($0.value)" }
    }
}

extension Autonomy {
    fileprivate var rank: Int { Autonomy.allCases.firstIndex(of: self)! }
}
