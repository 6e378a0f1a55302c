import Embedding

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The shipped judge of what a sentence asks for: trained by `scripts/train-triggers` on `training/triggers`.
///
/// Scores as of a `PressedClassifier`. With another encoder than the one it was trained with, or without a vector, weights of the wording
/// alone stand in.
struct TriggerModel: Sendable {
    /// One a class of `classes`.
    typealias Scores = [Float]

    /// `person`, the topics, and `any`: whether it touches one of the topics at all.
    static let classes = ["person"] + SensitiveTopic.allCases.map(\.rawValue) + ["any"]
    static let person = 0
    static let topics = 1...SensitiveTopic.allCases.count
    static let any = classes.count - 1
    /// Buckets of `TextGrams`, a power of two.
    static let buckets = 1 << 15

    /// From scores to a probability: the first is the intercept.
    struct Probability: Sendable, Equatable {
        var person: [Double]
        var sensitive: [Double]

        /// How much less likely the best of n sentences is: the more are looked at, the higher the best one stands by accident.
        ///
        /// A message is a wish in one to three sentences or a story around it; the wish has the same prior in both, so
        /// each sentence of the story has a smaller one. Measured: benchmarks/results/policy.md.
        static func discount(sentences: Int) -> Double { log(max(1, Double(sentences) / 3)) }

        /// - Parameter phrase: whether a phrase of the tables matches.
        /// - Parameter sentences: of the message.
        func ofPerson(_ scores: Scores, phrase: Bool, sentences: Int) -> Double {
            LogOdds.probability(
                person[0] + person[1] * Double(scores[TriggerModel.person]) + person[2] * (phrase ? 1 : 0)
                    - Self.discount(sentences: sentences))
        }

        func ofSensitive(_ scores: Scores, phrase: Bool, sentences: Int) -> Double {
            let topic = Double(TriggerModel.topics.map { scores[$0] }.max() ?? -1)
            return LogOdds.probability(
                sensitive[0] + sensitive[1] * Double(scores[TriggerModel.any]) + sensitive[2] * topic + sensitive[3]
                    * (phrase ? 1 : 0) - Self.discount(sentences: sentences))
        }
    }

    /// Whether vectors of this encoder are what the landmarks were made with.
    static func knows(_ fingerprint: String) -> Bool { fingerprint == TriggerWeights.fingerprint }

    private static let classifier = PressedClassifier(
        landmarks: TriggerWeights.landmarks, landmarkWeights: TriggerWeights.landmarkWeights,
        wording: TriggerWeights.wording)

    static func scores(_ vector: some Collection<Float>, _ grams: TextGrams) -> Scores {
        classifier.scores(Array(vector), grams)
    }

    /// Without a vector.
    static func scores(_ grams: TextGrams) -> Scores {
        var scores = Scores(repeating: 0, count: classes.count)
        PressedClassifier.add(TriggerWeights.wordingAlone, grams, to: &scores)
        return scores
    }

    /// The greatest of each class.
    static func greatest(_ all: [Scores]) -> Scores {
        all.dropFirst().reduce(all.first ?? Scores(repeating: -1, count: classes.count)) {
            zip($0, $1).map { max($0, $1) }
        }
    }
}
