import Embedding

/// How well the intents of labelled questions are told apart: by the classifier that `intents` of policy.yaml are given to.
public struct IntentEvaluation: Sendable {
    public struct Labelled: Sendable {
        public var text: String
        public var label: String

        public init(text: String, label: String) { (self.text, self.label) = (text, label) }
    }

    public struct Report: Sendable {
        public var intents: Int
        public var trained: Int
        public var tested: Int
        /// Of the tested, how many were given their own intent.
        public var right: Int
        /// Mean over the intents of the harmonic mean of precision and recall.
        public var macroF1: Double
        public var outside: Int
        /// That a question of an intent scores above one of none; `nil` without such.
        public var auroc: Double?
        /// At the threshold from which an intent is named: of the tested named rightly, and of those outside named at all.
        public var namedRight: Double
        public var outsideNamed: Double
    }

    /// - Parameter outside: questions of no intent.
    public static func run(
        train: [Labelled], test: [Labelled], outside: [String], encoder: some TextEncoder
    ) throws -> Report {
        let intents = Set(train.map(\.label)).sorted()
        let places = Dictionary(uniqueKeysWithValues: intents.enumerated().map { ($1, $0) })
        let examples = train.map { ExampleClassifier.Example(text: $0.text, classes: [places[$0.label]!]) }
        guard let classifier = IntentClassifier(intents, examples, vectors: try encoder.encode(train.map(\.text)))
        else {
            throw KnowledgeBaseError.invalidArgument("No examples to learn from.")
        }
        func best(_ texts: [String]) throws -> [(intent: String, score: Float)] {
            let vectors = try encoder.encode(texts)
            return texts.indices.map { classifier.best(vectors[$0], TextGrams(texts[$0])) }
        }
        let found = try best(test.map(\.text))
        let others = try best(outside)
        var (hits, given, wanted): ([String: Double], [String: Double], [String: Double]) = ([:], [:], [:])
        for (item, answer) in zip(test, found) {
            wanted[item.label, default: 0] += 1
            given[answer.intent, default: 0] += 1
            if item.label == answer.intent { hits[item.label, default: 0] += 1 }
        }
        let f1 = Set(wanted.keys).union(given.keys).map { 2 * (hits[$0] ?? 0) / ((wanted[$0] ?? 0) + (given[$0] ?? 0)) }
        let named = zip(test, found).filter { $0.label == $1.intent && $1.score >= IntentClassifier.threshold }.count
        return Report(
            intents: intents.count, trained: train.count, tested: test.count, right: Int(hits.values.reduce(0, +)),
            macroF1: f1.isEmpty ? 0 : f1.reduce(0, +) / Double(f1.count), outside: outside.count,
            auroc: auroc(found.map(\.score), others.map(\.score)),
            namedRight: Double(named) / Double(max(1, test.count)),
            outsideNamed: Double(others.filter { $0.score >= IntentClassifier.threshold }.count)
                / Double(max(1, others.count)))
    }

    /// The share of pairs in which the first is above the second; ties count half.
    static func auroc(_ above: [Float], _ below: [Float]) -> Double? {
        guard !above.isEmpty, !below.isEmpty else { return nil }
        let all = (above.map { ($0, true) } + below.map { ($0, false) }).sorted { $0.0 < $1.0 }
        var sum = 0.0
        var start = 0
        while start < all.count {
            var end = start
            while end < all.count, all[end].0 == all[start].0 { end += 1 }
            let rank = Double(start + end + 1) / 2
            sum += rank * Double(all[start..<end].filter(\.1).count)
            start = end
        }
        let n = Double(above.count)
        return (sum - n * (n + 1) / 2) / (n * Double(below.count))
    }
}
