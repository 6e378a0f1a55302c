import Embedding

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Trains the shipped trigger model: kernel ridge regression over all examples, pressed into landmarks and hashed weights.
///
/// Deterministic. Probabilities come from cross-validation by file: what one author wrote is judged by a model that has seen
/// the others' only, as it will be with customers.
public struct TriggerTraining {
    public struct Example: Sendable {
        public var text: String
        /// Of `TriggerModel.classes`; empty for an ordinary message.
        public var labels: Set<String>
        /// Which file it came from: cross-validation leaves one out.
        public var group: Int

        public init(text: String, labels: Set<String>, group: Int) {
            (self.text, self.labels, self.group) = (text, labels, group)
        }
    }

    /// One message, judged by a model that has not seen its file.
    public struct Judged: Sendable {
        public var example: Example
        public var person: Double
        public var sensitive: Double
        public var personByWording: Double
        public var sensitiveByWording: Double
    }

    private let examples: [Example]
    private let encoder: any TextEncoder
    private let vectors: Matrix
    private let grams: [TextGrams]
    private let targets: Matrix

    /// Landmarks of the model: with 512 the scores of the training sentences keep a correlation of .998 with the exact ones.
    private static let landmarkCount = 512

    public static var labels: [String] { TriggerModel.classes.dropLast() }

    /// - Parameter encoder: its fingerprint is stored with the weights.
    public init(_ given: [Example], encoder: any TextEncoder) throws {
        // The sentences of an ordinary message are ordinary.
        examples = given
        self.encoder = encoder
        var rows = given
        for example in given where example.labels.isEmpty {
            let parts = TriggerSentences(example.text, FoldedText(example.text)).sentences
            rows += parts.map { Example(text: $0.text, labels: [], group: example.group) }
        }
        trained = rows
        vectors = try encoder.encode(rows.map(\.text))
        grams = rows.map { TextGrams($0.text) }
        let classes = TriggerModel.classes
        var targets = Matrix(
            rows: rows.count, columns: classes.count, values: [Float](repeating: -1, count: rows.count * classes.count))
        for (row, example) in rows.enumerated() {
            for (k, name) in classes.enumerated() where example.labels.contains(name) { targets[row, k] = 1 }
            if classes[TriggerModel.topics].contains(where: example.labels.contains) {
                targets[row, TriggerModel.any] = 1
            }
        }
        self.targets = targets
    }

    private let trained: [Example]

    // MARK: - Weights

    private func fit(_ rows: [Int]) -> PressedWeights {
        PressedWeights.fit(
            vectors: Matrix(rows: rows.count, columns: vectors.columns, values: rows.flatMap { vectors[$0] }),
            grams: rows.map { grams[$0] },
            targets: Matrix(rows: rows.count, columns: targets.columns, values: rows.flatMap { targets[$0] }),
            landmarks: Self.landmarkCount, buckets: TriggerModel.buckets, alone: true)
    }

    // MARK: - Scores

    private struct Scored {
        var both: TriggerModel.Scores
        var alone: TriggerModel.Scores
        var personPhrase: Bool
        var topicPhrase: Bool
        var sentences: Int
    }

    private func score(_ batch: [Example], _ weights: PressedWeights) throws -> [Scored] {
        return try batch.map { example in
            let folded = FoldedText(example.text)
            let message = TriggerSentences(example.text, folded)
            var units = message.sentences
            if let whole = message.whole { units.append((example.text, whole)) }
            let rows = try encoder.encode(units.map(\.text))
            let found = units.indices.map {
                (weights.scores(rows[$0], units[$0].grams), weights.scoresByWording(units[$0].grams))
            }
            return Scored(
                both: TriggerModel.greatest(found.map(\.0)), alone: TriggerModel.greatest(found.map(\.1)),
                personPhrase: !PhraseTables.person.matches(in: folded).isEmpty,
                topicPhrase: PhraseTables.sensitive.contains { !$0.table.matches(in: folded).isEmpty },
                sentences: message.count)
        }
    }

    // MARK: - Result

    public struct Outcome {
        public var judged: [Judged]
        /// The Swift file with the weights.
        public var source: String
    }

    public func run() throws -> Outcome {
        let groups = Set(examples.map(\.group)).sorted()
        var scored: [(Example, Scored)] = []
        for group in groups where groups.count > 1 {
            let weights = fit(trained.indices.filter { trained[$0].group != group })
            let own = examples.filter { $0.group == group }
            scored += zip(own, try score(own, weights))
        }
        let both = Self.probability(scored) { $0.both }
        let alone = Self.probability(scored) { $0.alone }
        let judged = scored.map { example, score in
            Judged(
                example: example,
                person: both.ofPerson(score.both, phrase: score.personPhrase, sentences: score.sentences),
                sensitive: both.ofSensitive(score.both, phrase: score.topicPhrase, sentences: score.sentences),
                personByWording: alone.ofPerson(score.alone, phrase: score.personPhrase, sentences: score.sentences),
                sensitiveByWording: alone.ofSensitive(
                    score.alone, phrase: score.topicPhrase, sentences: score.sentences))
        }
        let weights = fit(Array(trained.indices))
        return Outcome(judged: judged, source: source(weights, both, alone))
    }

    private static func probability(
        _ scored: [(example: Example, score: Scored)], _ kind: (Scored) -> TriggerModel.Scores
    ) -> TriggerModel.Probability {
        let person = MonotoneLogistic.fit(
            rows: scored.map { [Double(kind($0.score)[TriggerModel.person]), $0.score.personPhrase ? 1 : 0] },
            labels: scored.map { $0.example.labels.contains("person") }, signs: [1, 1], penalty: 1)
        let sensitive = MonotoneLogistic.fit(
            rows: scored.map { item in
                let scores = kind(item.score)
                return [
                    Double(scores[TriggerModel.any]), Double(TriggerModel.topics.map { scores[$0] }.max() ?? -1),
                    item.score.topicPhrase ? 1 : 0,
                ]
            }, labels: scored.map { !$0.example.labels.subtracting(["person"]).isEmpty }, signs: [1, 1, 1], penalty: 1)
        return .init(person: [person.intercept] + person.weights, sensitive: [sensitive.intercept] + sensitive.weights)
    }

    private func source(
        _ weights: PressedWeights, _ both: TriggerModel.Probability, _ alone: TriggerModel.Probability
    ) -> String {
        func numbers(_ values: [Double]) -> String {
            "[" + values.map { String((Double($0) * 10_000).rounded() / 10_000) }.joined(separator: ", ") + "]"
        }
        func probability(_ name: String, _ value: TriggerModel.Probability) -> String {
            "    static let \(name) = TriggerModel.Probability(\n        person: \(numbers(value.person)), sensitive: \(numbers(value.sensitive)))\n"
        }
        return """
            // Written by scripts/train-triggers from training/triggers; see TriggerTraining. \(examples.count) messages.
            enum TriggerWeights {
                static let fingerprint = "\(encoder.fingerprint)"

            \(probability("probability", both))\(probability("probabilityByWording", alone))
            \(weights.source)}

            """
    }
}
