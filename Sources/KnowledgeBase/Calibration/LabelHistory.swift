import Embedding

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What became of a past question.
struct PastOutcome: Sendable, Equatable {
    /// Document row id of the ticket, negative row id of a mark; names the question and nothing else.
    var id: Int64
    /// Unix ms: when it was asked and when its outcome became known.
    var askedAt: Int64
    var knownAt: Int64
    /// Row id of the document ranked first then; 0 for none.
    var first: Int64
    /// Whether that document is right; `nil` where no label says.
    var right: Bool?
    /// Whether some document answers; `nil` where no label says.
    var answerable: Bool?
    /// Where `answerable` is false only because nobody linked an article: how likely one answers all the same.
    var doubt = 0.0

    /// How likely some document answers, by the label.
    var answered: Double? { answerable.map { $0 ? 1 : doubt } }
}

/// A past question with its outcome and what its retrieval showed, knowing only what was known then.
struct CalibrationCase: Sendable, Equatable {
    var outcome: PastOutcome
    /// Without the features of `fromHistory`.
    var evidence: Evidence
    /// Unit vector of the question.
    var vector: [Float]
}

/// Past questions with known outcomes, as memory: how did questions like this one end, and this first document?
struct LabelHistory: Sendable {
    /// By the moment they became known; ties by id.
    let outcomes: [PastOutcome]
    /// Vectors of the questions, one after another.  // (outcomes, dimension)
    let rows: [Float]
    let dimension: Int

    /// - Parameter outcomes: by the moment they became known.
    init(_ outcomes: [PastOutcome], rows: [Float], dimension: Int) {
        precondition(rows.count == outcomes.count * dimension)
        self.outcomes = outcomes
        self.rows = rows
        self.dimension = dimension
    }

    /// How many outcomes were known before `moment` (unix ms); all when it is `nil`.
    func known(before moment: Int64?) -> Int {
        guard let moment else { return outcomes.count }
        var (low, high) = (0, outcomes.count)
        while low < high {
            let middle = (low + high) / 2
            if outcomes[middle].knownAt < moment { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Adds to a question's evidence what earlier outcomes say.
    ///
    /// - Parameter first: document ranked first.
    /// - Parameter moment: outcomes known later do not count.
    /// - Parameter own: an outcome that does not count: the question itself.
    /// - Complexity: outcomes · dimension multiply-adds.
    func complete(_ evidence: inout Evidence, vector: [Float], first: Int64, before moment: Int64?, own: Int64? = nil) {
        let count = known(before: moment)
        guard vector.count == dimension else { return }
        let cosines = rows[..<(count * dimension)].withUnsafeBufferPointer {
            VectorIndex.scores(of: $0, question: vector)
        }
        var right = Tally()
        var answered = Tally()
        var rightOrUnanswered = Tally()
        var nearest = -1.0
        for i in 0..<count where outcomes[i].id != own {
            let past = outcomes[i]
            let cosine = Double(cosines[i])
            let weight = exp(CalibrationDefaults.localSharpness * (cosine - 1))
            let isSame = past.first == first
            let isRight = past.right.map { $0 ? 1.0 : 0 }
            if let isRight { right.add(isRight, weight: weight, isSame: isSame) }
            if let label = past.answered {
                answered.add(label, weight: weight, isSame: isSame)
                if past.answerable == false { nearest = max(nearest, cosine) }
            }
            if let label = isRight ?? (past.answerable == false ? past.doubt : nil) {
                rightOrUnanswered.add(label, weight: weight, isSame: isSame)
            }
        }
        evidence[.track] = right.track
        evidence[.local] = right.local
        evidence[.trackAnswerable] = rightOrUnanswered.track
        evidence[.localAnswerable] = answered.local
        evidence[.nearestUnresolved] = nearest > -1 ? nearest : 0
    }

    /// One label over the earlier cases.
    private struct Tally {
        private var count = 0.0
        private var positive = 0.0
        private var weight = 0.0
        private var positiveWeight = 0.0
        private var same = 0.0
        private var samePositive = 0.0

        /// - Parameter label: 0…1, how likely the case was positive.
        mutating func add(_ label: Double, weight w: Double, isSame: Bool) {
            count += 1
            weight += w
            positive += label
            positiveWeight += label * w
            guard isSame else { return }
            same += 1
            samePositive += label
        }

        /// The share of the cases with the same first document, shrunk towards the share of all, in log-odds.
        var track: Double {
            let base = (positive + 1) / (count + 2)
            let shrinkage = CalibrationDefaults.trackShrinkage
            return LogOdds.of(
                (samePositive + shrinkage * base) / (same + shrinkage), clip: CalibrationDefaults.shareClip)
        }

        /// The kernel-weighted share, shrunk towards the plain one as by some average cases, against it in log-odds.
        var local: Double {
            guard count >= Double(CalibrationDefaults.localMinimum), weight > 0 else { return 0 }
            let base = positive / count
            let extra = CalibrationDefaults.localShrinkage * weight / count
            let share = (positiveWeight + extra * base) / (weight + extra)
            return LogOdds.of(share, clip: CalibrationDefaults.shareClip)
                - LogOdds.of(base, clip: CalibrationDefaults.shareClip)
        }
    }
}
