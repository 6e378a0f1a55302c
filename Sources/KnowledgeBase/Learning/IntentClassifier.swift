import Embedding

/// Names the intent of a question from the examples of each, or none.
struct IntentClassifier: Sendable {
    let intents: [String]
    let classifier: ExampleClassifier

    /// Score from which the best intent is named; measured in benchmarks/results/policy.md.
    static let threshold: Float = 0

    /// - Parameter examples: `classes` are places in `intents`; those without a class are of no intent.
    /// - Parameter weights: those of an earlier fit to the same examples.
    init?(_ intents: [String], _ examples: [ExampleClassifier.Example], vectors: Matrix, weights: Matrix? = nil) {
        guard !intents.isEmpty,
            let classifier = ExampleClassifier(examples, vectors: vectors, classCount: intents.count, weights: weights)
        else { return nil }
        (self.intents, self.classifier) = (intents, classifier)
    }

    /// The best intent with its score, whatever that is.
    func best(_ vector: some Collection<Float>, _ grams: TextGrams) -> (intent: String, score: Float) {
        let scores = classifier.scores(vector, grams)
        let place = scores.indices.max { (scores[$0], $1) < (scores[$1], $0) }!
        return (intents[place], scores[place])
    }

    /// The intent of a question; `nil` when it is like none.
    func intent(of vector: some Collection<Float>, _ grams: TextGrams) -> String? {
        let best = best(vector, grams)
        return best.score >= Self.threshold ? best.intent : nil
    }
}
