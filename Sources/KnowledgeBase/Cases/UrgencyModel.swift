import Embedding

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The shipped judge of whether work stands, whether it was asked before, and which date is the one that matters: trained by
/// `scripts/train-urgency` on `training/urgency`.
///
/// Three scores from wording and meaning, put together with what the phrase tables find by a logistic fit:
/// Σ w over the `TextGrams` of the message, of its sentences (the greatest) and clauses (the greatest), and
/// Σ over landmarks of β exp(2 (cos − 1)) of the message's vector. Without a vector, or with one of another encoder,
/// a fit without the last decides.
struct UrgencyModel: Sendable {
    static let kinds = ["blocked", "repeated", "deadline"]
    /// Buckets of `TextGrams`, a power of two.
    static let buckets = 1 << 15

    static let shared = UrgencyModel(
        units: UrgencyWeights.units.unpacked(), dates: UrgencyWeights.dates.unpacked(),
        landmarks: UrgencyWeights.landmarks.unpacked(), landmarkWeights: UrgencyWeights.landmarkWeights.unpacked())

    /// Whether vectors of this encoder are what the landmarks were made with.
    static func knows(_ fingerprint: String) -> Bool { fingerprint == UrgencyWeights.fingerprint }

    let units: [Float]  // (buckets, kinds)
    let dates: [Float]  // (buckets, 2): sentence, near
    let landmarks: [Float]  // (m, d)
    let landmarkWeights: [Float]  // (kinds, m)

    /// Weights of the logistic fits, the intercept first.
    struct Fit: Sendable, Equatable {
        /// Of `blocked` and `repeated`.
        var kinds: [[Double]]
        var date: [Double]
    }

    /// What the fits read.
    struct Features: Sendable {
        /// Of the message, for `blocked` and `repeated`.
        var message: [Double]
        /// For each date of the reading.
        var dates: [[Double]]
    }

    /// Probabilities.
    struct Judgement: Sendable {
        var blocked: Double
        var repeated: Double
        /// For each date of the reading.
        var dates: [Double]
    }

    func judge(_ reading: UrgencyReading, vector: [Float]?, fit: Fit) -> Judgement {
        let features = features(reading, vector: vector)
        return Judgement(
            blocked: Self.probability(fit.kinds[0], features.message),
            repeated: Self.probability(fit.kinds[1], features.message),
            dates: features.dates.map { Self.probability(fit.date, $0) })
    }

    static func probability(_ weights: [Double], _ features: [Double]) -> Double {
        LogOdds.probability(weights[0] + zip(weights.dropFirst(), features).reduce(0) { $0 + $1.0 * $1.1 })
    }

    func features(_ reading: UrgencyReading, vector: [Float]?) -> Features {
        let whole = scores(reading.whole)
        func greatest(_ parts: [UrgencyReading.Unit], or other: [Double]) -> [Double] {
            parts.map { scores($0.grams) }.reduce(nil as [Double]?) { best, next in
                best.map { zip($0, next).map(max) } ?? next
            } ?? other
        }
        let sentence = greatest(reading.sentences, or: whole)
        let clause = greatest(reading.clauses, or: sentence)
        let meaning = vector.map(meaning)
        let all = [whole, sentence, clause] + (meaning.map { [$0] } ?? [])
        let dated = reading.dates.map { score($0) }
        return Features(
            message: all.flatMap { $0.prefix(2) } + reading.signs,
            dates: reading.dates.indices.map { place in
                let others = reading.dates.indices.filter {
                    CivilDay(reading.dates[$0].date.moment) != CivilDay(reading.dates[place].date.moment)
                }
                return [dated[place]] + all.map { $0[2] } + whole.prefix(2) + reading.dates[place].signs + reading.signs
                    + [others.map { dated[$0] }.max() ?? Self.noOther]
            })
    }

    /// The score of another date where there is none: below what any date has.
    private static let noOther = -1.5

    func scores(_ grams: TextGrams) -> [Double] {
        let width = Self.kinds.count
        var out = [Double](repeating: 0, count: width)
        for entry in grams.entries {
            let start = (Int(entry.hash) & (Self.buckets - 1)) * width
            for k in 0..<width { out[k] += Double(entry.weight * units[start + k]) }
        }
        return out
    }

    private func score(_ date: UrgencyReading.DateUnit) -> Double {
        var out: Float = 0
        for (column, grams) in [date.sentence, date.near].enumerated() {
            for entry in grams.entries {
                out += entry.weight * dates[(Int(entry.hash) & (Self.buckets - 1)) * 2 + column]
            }
        }
        return Double(out)
    }

    func meaning(_ vector: [Float]) -> [Double] {
        var likeness = landmarks.withUnsafeBufferPointer { VectorIndex.scores(of: $0, question: vector) }
        for i in likeness.indices { likeness[i] = expf(ExampleClassifier.sharpness * (likeness[i] - 1)) }
        return landmarkWeights.withUnsafeBufferPointer { VectorIndex.scores(of: $0, question: likeness) }.map(
            Double.init)
    }
}
