import FoundationEssentials
import Testing

@testable import KnowledgeBase

@Suite struct GapPartsTests {
    @Test(arguments: [
        (
            "Hi Ana,\n\nA watch app does not exist yet. You can start the timer from the phone's lock screen instead, "
                + "and it stops at midnight by itself.\n\nBest, Rosa", GapReply.answer
        ),
        (
            "Hi Viktor,\n\nI've changed the name on your account and reissued the last two receipts, so the books of this "
                + "year should be right again when you look at them.\n\nBest, Rosa", .account
        ),
        ("Could you tell me which report, which period and what you expected? Please send a picture.", .request),
        ("It works like that.", .short),
    ])
    func `a reply is an answer, a request, or was settled by hand`(text: String, kind: GapReply) {
        #expect(GapReply(text, isMacro: false) == kind)
    }

    @Test func `the same words to many are a macro`() {
        let text = String(repeating: "this is how the export of the data works today ", count: 4)
        #expect(GapReply(text, isMacro: true) == .macro)
        #expect(GapReply(text, isMacro: false) == .answer)
    }

    @Test func `greeting and signature are not the agent's own words`() {
        #expect(
            GapReply.ownWords("Hi Ana, thanks for writing.\n\nIt is not there.\n\nHave a good day!\nRosa")
                == "It is not there.")
        #expect(GapReply.ownWords("It is not there.") == "It is not there.")
    }

    @Test func `terms are what the group says and the others do not, as customers spell it`() {
        let group = [
            "Is there SEPA direct debit?", "Can my client pay by SEPA direct debit?", "SEPA direct debit mandate",
        ]
        let others = (0..<40).map { "how do I send invoice number \($0) to my client" }
        let terms = GapTerms(group + others).best(group)
        let first = try! #require(terms.first)
        #expect(GapTerms.spelled(first, in: group) == "SEPA direct debit")
        #expect(!terms.contains("client"))
    }

    @Test func `a run that only joins two terms by a stop word is none`() {
        let group = ["start the timer", "timer start", "start timer", "timer start the timer"]
        let others = (0..<40).map { "how do I send invoice number \($0) to my client" }
        let terms = GapTerms(group + others).best(group)
        #expect(terms == ["start", "timer"])
        #expect(GapTerms.spelled("", in: group) == "")
    }

    @Test func `what falls off a dismissed gap is not a new one`() {
        let dismissed = GapIdentity.Candidate(
            id: "d", questions: ["1", "2", "3", "4", "5", "6", "7"], centroid: [1, 0])
        let groups: [Set<String>] = [["1", "2", "3", "8"], ["4", "5", "9"], ["6", "10", "11"]]
        let matches = GapIdentity.match(groups.map { ($0, [0, 1]) }, to: [dismissed])
        #expect(matches == ["d", nil, nil])
        #expect(GapIdentity.parts(groups, without: matches, of: [dismissed]) == [1: "d"])
    }

    @Test func `agents who say that it is none of theirs are told from those who lack a feature`() throws {
        let scope = GapScope { texts in texts.map { _ in [1, 0] } }
        #expect(scope.lean([]) == nil)
        #expect(scope.lean([[1, 0]]) == 0)
        var calls = 0
        let apart = GapScope { texts in
            calls += 1
            let vector: [Float] = calls == 1 ? [1, 0] : [0, 1]
            return texts.map { _ in vector }
        }
        #expect(abs(try #require(apart.lean([[1, 0], [0.6, 0.8]])) - (1 - 0.2) / 2) < 1e-6)
    }

    @Test func `pseudonyms are no terms`() {
        let group = ["watch <email 3f2a> app", "watch <email 3f2a> app", "watch <email 3f2a> app"]
        let terms = GapTerms(group + ["other words", "more of them"]).best(group)
        #expect(!terms.contains { $0.contains("email") || $0.contains("3f2a") })
    }

    @Test func `an answer without a link says more in a team that links often`() {
        var question = GapQuestion(
            key: "x:1", id: "1", text: "q", askedAt: Date(timeIntervalSince1970: 0), channel: .ticket)
        let judgement = GapJudgement(answerable: 0.5, confidence: 0.5, documents: [], chunk: 0, cosine: 0)
        #expect(GapWeight.answerable(judgement, question, linkRate: 0.9) == 0.5)
        question.replies = [.init(text: "", kind: .answer, names: [])]
        let (rare, often) = (
            GapWeight.answerable(judgement, question, linkRate: 0.1),
            GapWeight.answerable(judgement, question, linkRate: 0.9)
        )
        #expect(abs(often - 0.1 / 1.1) < 1e-9)
        #expect(rare > 0.45 && rare < 0.5)
        question.isMarkedWrong = true
        #expect(GapWeight.answerable(judgement, question, linkRate: 0.1) < rare)
    }

    @Test func `a gap goes on where its questions or its meaning do`() {
        let old = [
            GapIdentity.Candidate(id: "a", questions: ["1", "2", "3"], centroid: [1, 0]),
            GapIdentity.Candidate(id: "b", questions: ["7"], centroid: [0, 1]),
        ]
        let matches = GapIdentity.match(
            [(["9"], [0, 1]), (["2", "3", "4", "5"], [0, 1]), (["8"], [-1, 0])], to: old)
        #expect(matches == ["b", "a", nil])
        // One gap goes on in one group only.
        #expect(GapIdentity.match([(["1"], [1, 0]), (["2", "3"], [1, 0])], to: [old[0]]).compactMap { $0 } == ["a"])
    }

    private func judgement(_ confidence: Double, _ documents: [String]) -> GapJudgement {
        GapJudgement(answerable: confidence, confidence: confidence, documents: documents, chunk: 0, cosine: 0)
    }

    @Test func `only a changed article closes a gap, and only for most of its questions`() {
        let now = Date(timeIntervalSince1970: 0)
        func proof(_ after: [(Double, [String])]) -> Gap.Proof {
            GapProof.ask(
                after.enumerated().map { ("\($0)", 0.2, judgement($1.0, $1.1)) }, changed: ["new"], at: now)
        }
        let good = proof([(0.5, ["new"]), (0.4, ["old", "new"]), (0.2, ["old", "old"])])
        #expect(GapProof.closes(good))
        #expect(good.articles == ["new": 2] && good.questions.map(\.rank) == [1, 2, nil])
        #expect(!GapProof.closes(proof([(0.9, ["old"]), (0.9, ["old"]), (0.9, ["new"])])))
        #expect(!GapProof.closes(proof([(0.3, ["new"]), (0.3, ["new"]), (0.3, ["new"])])))
        #expect(!GapProof.closes(proof([])))
        // It stays closed while it wavers, and reopens when it falls back.
        #expect(!GapProof.reopens(proof([(0.3, ["new"]), (0.3, ["new"])])))
        #expect(GapProof.reopens(proof([(0.2, ["new"]), (0.21, ["new"])])))
        #expect(GapProof.reopens(proof([(0.9, ["old"]), (0.9, ["old"])])))
    }

    @Test func `the kind follows the evidence`() {
        var evidence = GapEvidence(
            meanCosine: 0.6, nearest: "a", nearestTitle: "A", nearestShare: 0.8, terms: ["watch"],
            missingTerms: ["watch"])
        #expect(GapKinds.decide(evidence).kind == .partial)
        evidence.nearestShare = 0.3
        #expect(GapKinds.decide(evidence).kind == .missing)
        evidence.meanCosine = 0.1
        #expect(GapKinds.decide(evidence).kind == .outOfScope)
        // Far from the articles, but near to what they did answer.
        evidence.answeredCosine = 0.5
        #expect(GapKinds.decide(evidence).kind == .missing)
        evidence.answeredCosine = 0.1
        // Its own terms find an article, and no agent said anything.
        evidence.found = [
            .init(document: "b", title: "B", votes: 1, of: 1, confidence: 0.8, by: GapEvidence.Found.terms)
        ]
        #expect(GapKinds.decide(evidence).kind == .notFound)
        // What the questions find themselves was not missed.
        evidence.found[0].document = "a"
        #expect(GapKinds.decide(evidence).kind == .outOfScope)
        // What agents answered stands in an article: both its words and its sense.
        evidence.grounding = [GapGrounding(document: "b", title: "B", words: 0.9, meaning: 0.6, lacking: [])]
        let decision = GapKinds.decide(evidence)
        #expect(decision.kind == .notFound)
        #expect(
            GapKinds.suggestion(.notFound, decision.found, evidence, id: "g")
                == "in the front matter of b: aliases: [\"watch\"]")
        for (words, meaning) in [(0.9, 0.3), (0.4, 0.9), (0.55, 0.4)] {
            evidence.grounding = [
                GapGrounding(document: "b", title: "B", words: words, meaning: meaning, lacking: ["x"])
            ]
            #expect(GapKinds.decide(evidence).kind == .outOfScope)
        }
        // Where they agree on an article that they are hardly near to, nobody's reply may say that it is another matter.
        (evidence.meanCosine, evidence.nearestShare) = (0.4, 0.8)
        evidence.grounding = []
        #expect(GapKinds.decide(evidence).kind == .missing, "nothing speaks for the article")
        evidence.nearestConfidence = 0.3
        #expect(GapKinds.decide(evidence).kind == .notFound)
        evidence.hasReplies = true
        #expect(GapKinds.decide(evidence).kind == .missing)
    }
}
