import Testing

@testable import KnowledgeBase

@Suite struct EvidenceTests {
    @Test func `first share is the log-odds of the softmax at fifteen`() {
        // exp(15 · −.1) = .22313 twice: share 1 / 1.44626, log-odds −ln .44626.
        let field = ScoreField(scores: [0.5, 0.6, 0.5], dense: [0.5, 0.6, 0.5])
        #expect(abs(field.firstShare - 0.806853) < 1e-5)
        #expect(field.denseBest == 0.6)
        // Mean .5333, deviation .04714.
        #expect(abs(field.densePlace - 1.414214) < 1e-5)
    }

    @Test func `a lone document is certain to be first and no more`() {
        #expect(abs(ScoreField(scores: [0.1], dense: [0.1]).firstShare - 20.723) < 0.001)
        #expect(ScoreField(scores: [], dense: []).firstShare == 0)
    }

    @Test(arguments: [
        ("Wie geht das?", "How it works", 0.0), ("как это работает", "How it works", 1.0),
        ("12 34", "How it works", 0.0),
        ("где compact", "compact", 0.3),
    ])
    func `letters of scripts that the source does not use`(question: String, passage: String, share: Double) {
        #expect(abs(Script.foreignShare(of: question, in: passage) - share) < 1e-9)
    }

    @Test func `what was not measured is absent and adds nothing`() {
        let model = CalibrationModel(
            intercept: 1, terms: [.init(feature: .track, mean: 2, scale: 1, weight: 3, low: nil, high: nil)])
        var evidence = Evidence()
        #expect(evidence.named.isEmpty)
        #expect(model.logOdds(evidence) == 1)
        evidence[.track] = 3
        #expect(model.logOdds(evidence) == 4)
        #expect(evidence.named.map(\.feature) == [.track])
    }

    @Test func `the prior rises with meaning and with a clear first`() {
        let prior = CalibrationFit.prior(share: 0.5)
        func said(_ dense: Double, _ share: Double) -> (confidence: Double, answerable: Double) {
            var evidence = Evidence()
            evidence[.denseBest] = dense
            evidence[.firstShare] = share
            return prior.probabilities(evidence)
        }
        #expect(said(0.7, 1).answerable > said(0.4, 1).answerable)
        #expect(said(0.7, 3).confidence > said(0.7, -1).confidence)
        #expect(said(0.7, -1).confidence <= said(0.7, -1).answerable)
    }
}
