import Embedding
import Testing

@testable import KnowledgeBase

/// The shipped model by its wording alone: that needs no encoder. How good it is says benchmarks/results/policy-fixtures.md.
struct TriggerModelTests {
    private func judged(_ text: String, _ policy: Policy = Policy()) -> PolicyEvidence {
        var evidence = PolicyEvidence()
        let detector = TriggerDetector(policy)
        let reading = detector.read(text, folded: FoldedText(text), into: &evidence)
        var parts = reading.message.sentences.map { (text: $0.text, scores: TriggerModel.scores($0.grams)) }
        if let whole = reading.message.whole { parts.append((text, TriggerModel.scores(whole))) }
        detector.judge(reading, parts, withVectors: false, into: &evidence)
        return evidence
    }

    @Test(arguments: [
        "Please connect me to a human being.", "I want to talk to your manager", "agent",
        "Kann ich mit einem Mitarbeiter sprechen?",
        "The export fails with error 12. I have read the whole manual and restarted twice. Can somebody from your team call me?",
    ]) func `a person is asked for`(_ text: String) {
        let evidence = judged(text)
        #expect(evidence.person != nil)
        #expect((evidence.person?.value ?? 2) <= 1)
    }

    @Test(arguments: [
        "How do I add an agent to my team?", "How do I change my phone number?", "The page is blank.",
        "How many people can join a call?",
    ]) func `nobody is asked for`(_ text: String) {
        // The wording alone is less sure than with vectors: .32 for the last.
        #expect((judged(text).person?.value ?? 0) < 0.4)
    }

    @Test(arguments: [
        ("My lawyer will sue you for this", "legal"), ("I was charged twice, I want my money back", "billing_dispute"),
        ("My account was hacked and the password changed", "security"),
        ("Delete all the personal data you have about me", "privacy"),
        ("The charger caught fire and burned my hand", "regulated"),
    ]) func `a topic is seen and named`(_ text: String, _ topic: String) {
        #expect(judged(text).topics.map(\.topic).contains(topic), "\(judged(text).topics)")
    }

    @Test func `a topic that is switched off does not fire, and a higher threshold hears less`() {
        var policy = Policy()
        policy.topics = policy.topics.map { topic in
            var topic = topic
            topic.isOn = topic.name != "security"
            return topic
        }
        #expect(judged("Someone hacked my account", policy).topics.allSatisfy { $0.topic != "security" })
        policy = Policy()
        policy.rules[.askedForPerson]!.threshold = 1
        #expect(judged("Please connect me to a human being.", policy).person == nil)
    }

    @Test func `of a long message the sentences are kept whose wording speaks most`() {
        let filler = (1...9).map { "The blue button number \($0) moves the window to the left." }.joined(separator: " ")
        let text = filler + " Please let me talk to a human. " + filler
        var message = TriggerSentences(text, FoldedText(text))
        #expect(message.sentences.count == 19 && message.whole == nil)
        message.keepLikeliest(2)
        #expect(message.sentences.count == 2)
        #expect(message.sentences.contains { $0.text == "Please let me talk to a human." })
    }

    @Test func `packed numbers come back within their rounding`() {
        let numbers = (0..<500).map { Float($0 - 250) / 250 * 3 }
        let (scale, lines) = PackedMatrix.pack(numbers)
        #expect(scale == 3 && lines.allSatisfy { $0.utf8.count <= PackedMatrix.lineLength })
        #expect(lines.joined().utf8.allSatisfy { (36...126).contains($0) })
        let packed = PackedMatrix(rows: 2, columns: 3, scale: 2, "~$Q~$Q")
        #expect(packed.products([1, 10, 100]) == [-18, -18])
        #expect(packed[1, 0] == 2)
    }
}

struct ExampleClassifierTests {
    private let examples: [ExampleClassifier.Example] = [
        .init(text: "reset my password", classes: [0]), .init(text: "forgot the password", classes: [0]),
        .init(text: "track my parcel", classes: [1]), .init(text: "where is my parcel", classes: [1]),
        .init(text: "opening hours", classes: []),
    ]
    private let vectors = Matrix(rows: 5, columns: 3, values: [1, 0, 0, 0.8, 0.6, 0, 0, 1, 0, 0, 0.8, 0.6, 0, 0, 1])

    @Test func `examples are given their classes, and a text like none is given none`() throws {
        let classifier = try #require(IntentClassifier(["password", "parcel"], examples, vectors: vectors))
        #expect(classifier.intent(of: [1, 0, 0], TextGrams("reset my password")) == "password")
        #expect(classifier.intent(of: [0, 0.8, 0.6], TextGrams("where is the parcel")) == "parcel")
        #expect(classifier.intent(of: [0, 0, 1], TextGrams("opening hours")) == nil)
    }

    @Test func `wording counts beside meaning`() throws {
        let classifier = try #require(ExampleClassifier(examples, vectors: vectors, classCount: 2))
        let middle: [Float] = [0.6, 0.8, 0]
        let password = classifier.scores(middle, TextGrams("password"))
        let parcel = classifier.scores(middle, TextGrams("parcel"))
        #expect(password[0] > parcel[0] && parcel[1] > password[1])
    }

    @Test func `weights of an earlier fit give the same scores`() throws {
        let first = try #require(ExampleClassifier(examples, vectors: vectors, classCount: 2))
        let second = try #require(ExampleClassifier(examples, vectors: vectors, classCount: 2, weights: first.weights))
        #expect(first.scores([0, 1, 0], TextGrams("parcels")) == second.scores([0, 1, 0], TextGrams("parcels")))
    }

    @Test func `misspelt words share letters`() {
        func likeness(_ a: String, _ b: String) -> Float {
            let b = Dictionary(uniqueKeysWithValues: TextGrams(b).entries.map { ($0.hash, $0.weight) })
            return TextGrams(a).entries.reduce(0) { $0 + $1.weight * (b[$1.hash] ?? 0) }
        }
        #expect(likeness("representative", "represantative") > 0.3)
        #expect(likeness("representative", "parcel") < 0.05)
        #expect(abs(likeness("a human please", "A HUMAN, please!") - 2) < 0.4)
    }

    @Test func `kernel ridge solves what it is asked`() throws {
        let kernel = Matrix(rows: 2, columns: 2, values: [2, 1, 1, 2])
        let solved = try #require(
            KernelRidge.solve(kernel: kernel, penalty: 1, targets: Matrix(rows: 2, columns: 1, values: [1, 2])))
        // (K + I)⁻¹ y = [[3, 1], [1, 3]]⁻¹ [1, 2]
        #expect(abs(solved[0, 0] - 0.125) < 1e-6 && abs(solved[0, 1] - 0.625) < 1e-6)
    }
}
