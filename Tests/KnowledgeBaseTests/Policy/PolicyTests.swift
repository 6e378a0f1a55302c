import Testing

@testable import KnowledgeBase

struct PolicyTests {
    @Test(arguments: TriggerCases.asksForPerson) func `a phrase hears who asks for a person`(_ text: String) {
        #expect(!PhraseTables.person.matches(in: FoldedText(text)).isEmpty)
    }

    @Test(arguments: TriggerCases.doesNot) func `no phrase takes a question about persons, agents and bots for one`(
        _ text: String
    ) {
        #expect(PhraseTables.person.matches(in: FoldedText(text)).isEmpty)
    }

    @Test(arguments: TriggerCases.sensitive) func `a phrase sees a sensitive topic`(_ line: String) {
        let parts = line.components(": ")
        let text = FoldedText(parts[1...].joined(separator: ": "))
        // A sentence may touch another topic first; what counts is that it is seen.
        #expect(PhraseTables.sensitive.contains { !$0.table.matches(in: text).isEmpty }, "\(parts[0])")
    }

    @Test func `the template says what holds without a file`() throws {
        let (written, problems) = Policy.parse(PolicyTemplate.text)
        #expect(problems.isEmpty)
        var plain = Policy()
        plain.hash = written.hash
        #expect(written == plain)
        #expect(written.hash.count == 12)
    }

    @Test(arguments: [
        ("foo: 1", 1, "unknown key 'foo'"), ("bands:\n  auto: 2", 2, "bands.auto is '2'"),
        ("bands:\n  auto: 0.5", 2, "above"),
        ("triggers:\n  asked_for_person:\n    on: false", 3, "cannot be switched off"),
        ("triggers:\n  asked_for_person: {threshold: 1}", 2, "0.05 to 0.9"),
        ("triggers:\n  asked_for_person: {phrases: ['a||b']}", 2, "without a word"),
        ("triggers:\n  draft_failed: {action: auto}", 2, "known: human, draft"),
        ("autonomy: {default: maybe}", 1, "known: off, shadow, draft, auto"),
        ("autonomy: {intents: {x: auto}}", 1, "no examples"),
        ("triggers:\n  sensitive_topic:\n    topics:\n      birds: {}", 4, "neither phrases nor examples"),
        ("triggers:\n  sensitive_topic:\n    topics:\n      birds: {phrases: ['a ..x b']}", 4, "no gap"),
        ("a: [", 1, "not valid YAML"),
        // A section that is wrong as a whole is named by the line of its key.
        ("# a\noffer: x\n\nbands:\n\n  - auto\n", 4, "bands: expected"),
        ("offer: x\ntriggers:\n  sensitive_topic:\n\n    - a\n", 3, "triggers.sensitive_topic: expected"),
        ("offer: x\n\nintents:\n  # examples\n  - a\n", 3, "intents: expected"),
        ("offer:\n\n  - a\n", 1, "offer: expected text"),
        ("# a\nautonomy:\n  default: auto\n  intents:\n    y: off\nintents: {x: [a]}", 5, "'y', which has no examples"),
        ("bands:\n  auto: 0.8\n\n  draft: 0.9", 4, "above"),
        (
            "triggers:\n  sensitive_topic:\n    topics:\n      birds:\n\n        on: true", 4,
            "neither phrases nor examples"
        ),
        (
            "offer: x\ndesk:\n  teams: {a: [jo]}\n  routes:\n    billing: a\n    refund: bob", 6,
            "sends refund to 'bob'"
        ),
    ]) func `a mistake is named with its line`(_ text: String, _ line: Int, _ words: String) throws {
        let problems = Policy.parse(text).problems
        let problem = try #require(problems.first)
        #expect(problem.message.contains(words), "\(problems)")
        if !words.contains("YAML") { #expect(problem.line == line) }
    }

    @Test func `a trigger only lowers`() {
        var policy = Policy()
        policy.autonomy = .auto
        var evidence = PolicyEvidence()
        #expect(policy.decide(evidence, action: .auto).action == .auto)
        evidence.margin = 0.001
        #expect(policy.decide(evidence, action: .auto).action == .draft)
        #expect(policy.decide(evidence, action: .human).action == .human)
        evidence.person = .init(value: 1, detail: "a human")
        let decision = policy.decide(evidence, action: .auto)
        #expect(decision.action == .human)
        #expect(decision.reasons.map(\.code) == ["asked_for_person", "ambiguity"])
        #expect(decision.reasons[1].threshold == 0.01 && decision.reasons[1].value == 0.001)
    }

    @Test func `a failed draft is never sent by itself, whatever the file says`() {
        var policy = Policy()
        policy.autonomy = .auto
        policy.rules[.draftFailed]!.action = .auto
        var evidence = PolicyEvidence()
        evidence.failedCriteria = ["promise"]
        #expect(policy.decide(evidence, action: .auto).action == .draft)
    }

    @Test func `the least autonomy that applies holds`() {
        var policy = Policy.parse(
            """
            autonomy:
              default: draft
              intents: {password: auto}
              tags: {vip: off}
              fields: {plan: {enterprise: shadow}}
            intents: {password: [How do I reset my password?]}
            """
        ).policy
        policy.rules[.ambiguity]!.isOn = false
        var evidence = PolicyEvidence()
        #expect(policy.decide(evidence, action: .auto).action == .draft)
        evidence.intent = "password"
        #expect(policy.decide(evidence, action: .auto).action == .auto)
        evidence.fields = ["plan": "enterprise"]
        #expect(policy.decide(evidence, action: .auto).shadowed == .auto)
        #expect(policy.decide(evidence, action: .auto).action == .human)
        evidence.tags = ["vip"]
        #expect(policy.decide(evidence, action: .auto).shadowed == nil)
        #expect(policy.decide(evidence, action: .auto).reasons.last?.detail == "off by tag vip")
    }

    @Test func `the team's own topic fires by its own phrase`() {
        let policy = Policy.parse(
            "triggers:\n  sensitive_topic:\n    topics:\n      birds: {phrases: ['injured|sick bird|birds'], action: draft}"
        ).policy
        var evidence = PolicyEvidence()
        _ = TriggerDetector(policy).read("A sick bird", folded: FoldedText("A sick bird"), into: &evidence)
        #expect(policy.decide(evidence, action: .draft).reasons.map(\.detail) == ["birds: sick bird"])
    }

    @Test(arguments: [
        ("How do I reset my password and where is the button?", "en"),
        ("Wie kann ich mein Passwort zurücksetzen?", "de"),
        ("Comment puis-je changer mon mot de passe ?", "fr"),
        ("¿Cómo puedo cambiar mi contraseña para la cuenta?", "es"),
        ("パスワードを変更するにはどうすればいいですか", "ja"), ("如何更改我的密码", "zh"), ("Как изменить пароль?", "ru"), ("비밀번호를 어떻게 바꾸나요", "ko"),
        ("Hoe kan ik mijn wachtwoord wijzigen?", "nl"),
    ]) func `the language of a question is guessed`(_ text: String, _ language: String) {
        #expect(LanguageGuess.guess(FoldedText(text))?.language == language)
    }

    @Test(arguments: ["Thunderbird IMAP", "error 0x80070005", "OAuth2 token expired"])
    func `too little says nothing of a language`(_ text: String) {
        #expect(LanguageGuess.guess(FoldedText(text)) == nil)
    }

    @Test func `the policy is read back in plain sentences`() {
        let text = Policy().explained().joined(separator: "\n")
        #expect(text.contains("Whoever asks for a person gets one"))
        #expect(text.contains("90 of 100"))
    }
}
