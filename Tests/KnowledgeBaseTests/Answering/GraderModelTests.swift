import Embedding
import FoundationEssentials
import Testing

@testable import KnowledgeBase

/// The learned criteria with cosines given by hand. How good they are says benchmarks/results/policy.md.
struct GraderModelTests {
    private func draft(_ question: String, _ sentences: [String], source: String, rival: String?) -> Grading.Draft {
        Grading.Draft(
            question: question, sentences: sentences.map { .init(text: $0, citations: [1]) },
            cited: [.init(document: "a.md", title: "Refunds", text: source)],
            rivals: rival.map { [.init(document: "b.md", title: "Money back", text: $0)] } ?? [], now: Date())
    }

    private func measures(
        parts: [[Double]], unquoted: [Double] = [0], rival: [[Double]] = [], asked: [[Double]] = []
    ) -> Grading.Measures {
        Grading.Measures(
            draftRows: [], partToDraft: parts, partToUnquoted: unquoted, draftToRival: rival.map { [$0] },
            partToRival: asked.map { [$0] })
    }

    private func conflicts(_ draft: Grading.Draft, _ measures: Grading.Measures) -> [Grade.Finding] {
        Grading.learnedConflicts(draft, Grading.PairSearch(draft, measures).likeliest())
    }

    @Test func `several callers together find what one finds`() throws {
        var own = draft(
            "How long does a refund take?", ["Refunds take 14 days."], source: "Refunds take 14 days.", rival: nil)
        own.rivals = (1...9).map {
            .init(document: "\($0).md", title: "Money back", text: "A refund takes \(20 + $0 % 3) days.")
        }
        let near = Grading.Measures(
            draftRows: [], partToDraft: [[0.8]], partToUnquoted: [0], draftToRival: [own.rivals.map { _ in [0.9] }],
            partToRival: [own.rivals.map { _ in [0.75] }])
        let alone = Grading.PairSearch(own, near).likeliest()
        #expect(alone[0] != nil)
        let shared = Grading.PairSearch(own, near)
        let others = (0..<3).map { _ in Beside.make { shared.likeliest() } }
        let merged = try others.reduce(shared.likeliest()) { try $0.merging($1(), uniquingKeysWith: max) }
        #expect(merged == alone)
        #expect(shared.likeliest().isEmpty)
    }

    @Test func `there is a weight for every feature`() {
        for (model, names) in [
            (GraderWeights.conflict, ConflictFeatures.names), (GraderWeights.coverage, CoverageFeatures.names),
        ] {
            #expect(
                model.weights.count == names.count && model.means.count == names.count
                    && model.scales.count == names.count)
            #expect(Set(names).count == names.count && model.scales.allSatisfy { $0 > 0 })
        }
    }

    @Test func `every pair and every part has all features`() {
        let own = draft(
            "How long does a refund take? And who pays it?", ["Refunds take 14 days."],
            source: "Refunds take 14 days. Ask the desk.", rival: "A refund takes 30 days. The office is closed.")
        let seen = measures(
            parts: [[0.8], [0.3]], unquoted: [0.2, 0.5], rival: [[0.9, 0.1]], asked: [[0.7, 0.1], [0.3, 0.1]])
        let pairs = Grading.pairs(own, seen)
        #expect(pairs.map(\.sentence) == [0], "what is far from the draft and the question is no pair")
        #expect(pairs.allSatisfy { $0.values.count == ConflictFeatures.names.count })
        let parts = CoverageFeatures.values(own, seen)
        #expect(parts.count == 2 && parts.allSatisfy { $0.values.count == CoverageFeatures.names.count })
    }

    @Test func `a draft about something else is not an answer, in whatever language it is`() {
        var unlike = measures(parts: [[0.1]])
        #expect(
            !Grading.learnedCoverage(draft("Why?", ["A dryer costs."], source: "A dryer costs.", rival: nil), unlike)
                .contains { $0.detail.contains("something else") })
        unlike.questionToDraft = [0.1]
        let own = draft(
            "How do I lift my boat?", ["A dryer costs 3 euros."], source: "A dryer costs 3 euros.", rival: nil)
        #expect(Grading.learnedCoverage(own, unlike).map(\.criterion) == [.covered])
        let french = draft(
            "Combien de fois est-ce que je peux changer de soirée ?",
            ["You may swap one evening for each season of the year."],
            source: "You may swap one evening for each season of the year.", rival: nil)
        #expect(!Grading.learnedCoverage(french, unlike).contains { $0.detail.contains("something else") })
    }

    @Test func `what the source says too, and a title, is no pair`() {
        var own = draft(
            "How long does a refund take?", ["Refunds take 14 days."], source: "Refunds take 14 days. Ask the desk.",
            rival: "Money back\nAsk the desk.")
        own.rivals[0] = .init(document: "b.md", text: "Money back\nAsk the desk.")
        #expect(own.rivals[0].title == "Money back")
        #expect(Grading.pairs(own, measures(parts: [[0.8]], rival: [[0.9, 0.9]], asked: [[0.7, 0.7]])).isEmpty)
    }

    @Test func `another number for the same thing is stopped, another matter is not`() {
        let own = draft(
            "How long does a refund take?", ["Refunds take 14 days."], source: "Refunds take 14 days.",
            rival: "A refund takes 30 days.")
        let near = measures(parts: [[0.8]], rival: [[0.9]], asked: [[0.75]])
        #expect(conflicts(own, near).map(\.criterion) == [.contradicted])
        let far = draft(
            "How long does a refund take?", ["Refunds take 14 days."], source: "Refunds take 14 days.",
            rival: "The lobby is painted green.")
        #expect(conflicts(far, measures(parts: [[0.8]], rival: [[0.31]], asked: [[0.1]])).isEmpty)
    }

    @Test
    func `a plain conflict is said plainly, a model's opinion as a likelihood, each with the line it is held against`()
    {
        var own = draft(
            "How long does a refund take?", ["Refunds take 14 days."], source: "Refunds take 14 days.",
            rival: "The desk is open. A refund takes 30 days.")
        own.rivals[0].lines = [3, 7]
        let document = own.rivals[0].document
        let plain = Grading.learnedConflicts(own, [0: .init(score: -0.5, isPlain: true, rival: 0, sentence: 1)])[0]
        #expect(plain.detail == "\(document):7 says otherwise of the same thing: \"A refund takes 30 days.\"")
        #expect(plain.likelihood == nil && plain.against?.line == 7)
        let likely = Grading.learnedConflicts(own, [0: .init(score: 0.5, isPlain: false, rival: 0, sentence: 1)])[0]
        #expect(
            likely.detail
                == "it may be contradicted by \(document):7 (a model's likelihood: p = .62, limit .31): \"A refund takes 30 days.\""
        )
        #expect(likely.against == .init(document: document, line: 7, text: "A refund takes 30 days."))
    }

    @Test func `a part that nothing speaks to is named`() throws {
        let own = draft(
            "How long does a refund take? How do I print the manual?", ["Refunds take 14 days."],
            source: "Refunds take 14 days.", rival: nil)
        let found = Grading.learnedCoverage(own, measures(parts: [[0.8], [0.02]], unquoted: [0, 0], asked: [[], []]))
        #expect(found.map(\.span) == ["How do I print the manual?"])
        // A model's likelihood is called one, with its limit and what the part was held against.
        let likelihood = try #require(found[0].likelihood)
        #expect(likelihood.probability >= likelihood.limit && likelihood.probability < 1)
        #expect(found[0].detail.contains("may not be answered (a model's likelihood: p = ."))
        #expect(found[0].detail.contains("limit .20); nearest in the draft is \"Refunds take 14 days.\""))
    }

    @Test func `each rival more must speak louder`() {
        #expect(Grading.discount(rivals: 1) == 0 && Grading.discount(rivals: 5) > Grading.discount(rivals: 2))
    }
}
