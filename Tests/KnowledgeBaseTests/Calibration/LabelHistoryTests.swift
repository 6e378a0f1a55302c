import Testing

@testable import KnowledgeBase

@Suite struct LabelHistoryTests {
    /// Past questions along one axis or the other, known one unit of time after they were asked.
    private struct Item {
        var first: Int64
        var right: Bool?
        var answerable: Bool?
        var vector: [Float] = [1, 0]
    }

    private func history(_ items: [Item]) -> LabelHistory {
        var outcomes: [PastOutcome] = []
        var rows: [Float] = []
        for (i, item) in items.enumerated() {
            outcomes.append(
                PastOutcome(
                    id: Int64(i + 1), askedAt: Int64(10 * i), knownAt: Int64(10 * i + 1), first: item.first,
                    right: item.right, answerable: item.answerable))
            rows += item.vector
        }
        return LabelHistory(outcomes, rows: rows, dimension: 2)
    }

    private func features(
        _ history: LabelHistory, first: Int64, before moment: Int64? = nil, own: Int64? = nil, vector: [Float] = [1, 0]
    ) -> Evidence {
        var evidence = Evidence()
        history.complete(&evidence, vector: vector, first: first, before: moment, own: own)
        return evidence
    }

    @Test func `track is the shrunk share of times the same document was right`() {
        // Document 7: right 3 of 4; all: 3 of 6, so base (3 + 1) / 8 = .5 and share (3 + 4 · .5) / 8 = .625.
        let right = [true, true, true, false].map { Item(first: 7, right: $0) }
        let history = history(right + [Item(first: 8, right: false), Item(first: 8, right: false)])
        #expect(abs(features(history, first: 7)[.track]! - LogOdds.of(0.625)) < 1e-12)
        // Never seen: the base rate.
        #expect(abs(features(history, first: 9)[.track]! - LogOdds.of(0.5)) < 1e-12)
    }

    @Test func `local is above nought near questions that went well and below near others`() {
        let history = history(
            (0..<8).map { i -> Item in
                let isEven = i % 2 == 0
                return Item(first: Int64(i), right: isEven, vector: isEven ? [1, 0] : [0, 1])
            })
        #expect(features(history, first: 1, vector: [1, 0])[.local]! > 0)
        #expect(features(history, first: 1, vector: [0, 1])[.local]! < 0)
    }

    @Test func `with fewer than five labels local says nothing`() {
        let history = history((0..<4).map { Item(first: Int64($0), right: true) })
        #expect(features(history, first: 1)[.local] == 0)
    }

    @Test func `nothing that became known at or after the moment counts`() {
        let history = history([Item](repeating: Item(first: 7, right: true, answerable: true), count: 10))
        #expect(history.known(before: 11) == 1)
        #expect(history.known(before: 12) == 2)
        #expect(features(history, first: 7, before: 1)[.track] == LogOdds.of(0.5))
        #expect(features(history, first: 7, before: 0) == features(self.history([]), first: 7))
    }

    @Test func `a question is no evidence for itself`() {
        let history = history([Item(first: 7, right: true, answerable: true)])
        #expect(features(history, first: 7, own: 1) == features(self.history([]), first: 7))
    }

    @Test func `a question that ended without an article counts as wrong for the first document in one track only`() {
        let history = history([Item](repeating: Item(first: 7, answerable: false), count: 6))
        let evidence = features(history, first: 7)
        #expect(evidence[.track] == LogOdds.of(0.5))
        #expect(evidence[.trackAnswerable]! < LogOdds.of(0.5))
        #expect(abs(evidence[.nearestUnresolved]! - 1) < 1e-6)
    }

    @Test func `where nobody linked an article one may answer all the same, and it counts as that much`() {
        func ended(_ doubt: Double) -> Evidence {
            let plain = history([Item](repeating: Item(first: 7, answerable: false), count: 6))
            let outcomes = plain.outcomes.map { outcome in
                var outcome = outcome
                outcome.doubt = doubt
                return outcome
            }
            return features(LabelHistory(outcomes, rows: plain.rows, dimension: plain.dimension), first: 7)
        }
        #expect(ended(0)[.trackAnswerable]! < ended(0.4)[.trackAnswerable]!)
        #expect(ended(0.4)[.trackAnswerable]! < ended(1)[.trackAnswerable]!)
        #expect(ended(0.4)[.track] == ended(0)[.track])
    }

    @Test func `memory gives back what it was given`() throws {
        var evidence = Evidence()
        evidence[.firstShare] = 0.5
        evidence[.links] = 2
        let labels: [(right: Bool?, answerable: Bool?)] = [(nil, true), (true, true), (false, nil)]
        var cases: [CalibrationCase] = []
        for (i, label) in labels.enumerated() {
            let outcome = PastOutcome(
                id: Int64(i), askedAt: 5, knownAt: Int64(10 - i), first: 3, right: label.right,
                answerable: label.answerable)
            cases.append(CalibrationCase(outcome: outcome, evidence: evidence, vector: [1, -0.5]))
        }
        cases[1].outcome.answerable = false
        cases[1].outcome.doubt = 0.25
        let bytes = CalibrationMemory.encode(cases, dimension: 2)
        let back = try #require(CalibrationMemory.cases(bytes))
        #expect(back.map { $0.outcome } == Array(cases.reversed()).map { $0.outcome })
        for item in back {
            #expect(item.evidence == evidence)
            #expect(abs(item.vector[1] + 0.5) < 0.005)
        }
        #expect(CalibrationMemory.history(bytes)?.outcomes.count == 3)
        for length in [0, 7, 20, bytes.count - 1] {
            #expect(CalibrationMemory.cases(Array(bytes.prefix(length))) == nil)
        }
    }
}
