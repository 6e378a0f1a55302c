import Testing

@testable import KnowledgeBase

@Suite struct CalibrationTimelineTests {
    /// Questions whose first share decides how often they are right; one a minute.
    private func cases(_ count: Int) -> [CalibrationCase] {
        var random = SeededDraws()
        return (0..<count).map { i in
            var evidence = Evidence()
            let share = random.next() * 6 - 3
            evidence[.firstShare] = share
            evidence[.links] = random.next()
            evidence[.vote] = random.next()
            let angle = Float(random.next())
            return CalibrationCase(
                outcome: PastOutcome(
                    id: Int64(i + 1), askedAt: Int64(i * 60), knownAt: Int64(i * 60 + 30), first: Int64(i % 7),
                    right: random.next() < LogOdds.probability(share), answerable: random.next() < 0.25),
                evidence: evidence, vector: [angle, (1 - angle * angle).squareRoot()])
        }
    }

    private func timeline(_ cases: [CalibrationCase], share: Double? = nil) -> CalibrationTimeline {
        CalibrationTimeline(
            cases, dimension: 2, source: .tickets, assumedShare: share, fallback: .prior(share: 0.5))
    }

    @Test func `with fewer than fifty labels the fallback speaks`() {
        #expect(timeline(cases(49)).fit(known: 49).source == .prior)
        #expect(timeline(cases(80)).fit(known: 80).source == .tickets)
    }

    @Test(arguments: [(49, 49), (50, 50), (109, 50), (110, 110), (171, 170)])
    func `a fit changes with every sixtieth label only`(known: Int, fitted: Int) {
        #expect(CalibrationTimeline.fitted(of: known) == fitted)
    }

    @Test func `where nearly every label is right that is what is said, by a fit to the labels`() {
        var all = cases(120)
        for i in all.indices { all[i].outcome.right = i % 40 != 0 }
        let fit = timeline(all).fit(known: 120)
        #expect(fit.source == .tickets && fit.count == 120)
        let said = all.map { fit.probabilities($0.evidence).confidence }
        #expect(abs(said.reduce(0, +) / 120 - 0.975) < 0.02)
        for i in all.indices { all[i].outcome.right = true }
        let certain = timeline(all).fit(known: 120)
        #expect(all.allSatisfy { (0.95..<1).contains(certain.probabilities($0.evidence).confidence) })
    }

    @Test func `of a question further from every article than those of the fit the base's own fit says at most`() {
        var all = cases(300)
        for i in all.indices { all[i].evidence[.denseBest] = 0.4 + Double(i % 30) / 100 }
        let fit = timeline(all).fit(known: 300)
        #expect(fit.reach?.leastCosine == 0.4)
        var evidence = all[0].evidence
        evidence[.firstShare] = 3
        evidence[.denseBest] = 0.4
        let within = fit.probabilities(evidence)
        #expect(within.confidence > 0.7 && fit.explanation(evidence).confidence.steps.isEmpty)
        evidence[.denseBest] = 0.1
        let beyond = fit.probabilities(evidence)
        let own = CalibrationFit.prior(share: 0.5).confidence.probability(evidence)
        #expect(beyond.confidence == own && own < 0.3)
        let told = fit.explanation(evidence)
        #expect(told.confidence.steps == [.init(rule: .beyondReach, probability: own)])
        #expect(told.confidence.probability == beyond.confidence && told.answerable.probability == beyond.answerable)
    }

    @Test func `what is said of a question does not change with what comes later`() {
        let all = cases(300)
        let early = timeline(Array(all.prefix(200))).predictions([150, 199])
        let late = timeline(all).predictions([150, 199])
        #expect(early.map(\.confidence) == late.map(\.confidence))
        #expect(early.map(\.answerable) == late.map(\.answerable))
    }

    @Test func `the assumed share moves the odds of the labels' share`() {
        let all = cases(400)
        let (asLabelled, even) = (timeline(all).fit(known: 400), timeline(all, share: 0.5).fit(known: 400))
        #expect(abs(asLabelled.share - 0.25) < 0.06)
        let moved = even.answerable.intercept - asLabelled.answerable.intercept
        #expect(abs(moved - (LogOdds.of(0.5) - LogOdds.of(asLabelled.share))) < 1e-9)
        #expect(even.confidence == asLabelled.confidence)
    }

    @Test func `held-back predictions are near the truth they were drawn from`() {
        let timeline = timeline(cases(1500))
        let held = timeline.heldBack()
        #expect(held.count == 600)
        let metrics = ProbabilityMetrics(
            held.map(\.confidence), held.map { timeline.history.outcomes[$0.index].right! })
        #expect(metrics.auroc! > 0.75)
        #expect(metrics.ece <= metrics.ecePerfect95 * 1.25)
    }

    @Test func `answerable is never below confidence`() {
        for prediction in timeline(cases(300)).heldBack() { #expect(prediction.answerable >= prediction.confidence) }
    }

    @Test func `a fit that is worse on what neither has seen is not taken`() {
        let timeline = timeline(cases(400))
        let good = timeline.fit(known: 300)
        var bad = good
        bad.confidence = good.confidence.rescaled(slope: -1, offset: 0)
        let held = timeline.heldBack().map { item in
            Comparison.HeldBack(
                evidence: timeline.evidence[item.index], label: timeline.history.outcomes[item.index].right!,
                said: bad.confidence.probability(timeline.evidence[item.index]), isFresh: true)
        }
        let stored = StoredCalibration(
            fit: good, ece: nil, fittedAt: .init(milliseconds: 0), documents: 1, labels: 1, until: nil, accepted: true)
        let comparison = Comparison(fit: bad, cases: [], heldBack: held)
        #expect(comparison.reasonToKeep(stored)?.contains("Brier") == true)
        #expect(
            Comparison(fit: good, cases: held.map { ($0.evidence, $0.label) }, heldBack: []).reasonToKeep(
                stored) == nil)
    }
}
