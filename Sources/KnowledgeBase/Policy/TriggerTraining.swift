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

    private struct Weights {
        var landmarks: Matrix
        var landmarkWeights: Matrix  // (classes, m)
        var wording: [Float]  // (buckets, classes)
        var wordingAlone: [Float]
    }

    private func fit(_ rows: [Int]) -> Weights {
        let x = Matrix(rows: rows.count, columns: vectors.columns, values: rows.flatMap { vectors[$0] })
        let y = Matrix(rows: rows.count, columns: targets.columns, values: rows.flatMap { targets[$0] })
        let wording = rows.map { grams[$0] }
        let postings = ExampleClassifier.postings(wording)
        let meaning = ExampleClassifier.meaning(x.products(with: x))
        var kernel = meaning
        ExampleClassifier.addWording(wording, postings, share: ExampleClassifier.wordingShare, into: &kernel)
        let both = KernelRidge.solve(kernel: kernel, penalty: ExampleClassifier.penalty, targets: y)!
        kernel = Matrix(rows: rows.count, columns: rows.count)
        ExampleClassifier.addWording(wording, postings, share: 1, into: &kernel)
        let alone = KernelRidge.solve(kernel: kernel, penalty: 2 * ExampleClassifier.penalty, targets: y)!
        let (landmarks, beta) = Self.press(meaning, x, both, count: Self.landmarkCount)
        return Weights(
            landmarks: landmarks, landmarkWeights: beta,
            wording: hashed(both, wording, share: ExampleClassifier.wordingShare),
            wordingAlone: hashed(alone, wording, share: 1))
    }

    /// What the examples' weights contribute by meaning, reproduced from a few landmarks.
    ///
    /// - Parameter meaning: the kernel (n, n) of the rows of `x`.
    /// - Returns: the landmarks (m, d) and their weights (classes, m).
    static func press(_ meaning: Matrix, _ x: Matrix, _ weights: Matrix, count: Int) -> (Matrix, Matrix) {
        let chosen = Self.landmarks(meaning, min(count, x.rows))
        let landmarks = Matrix(rows: chosen.count, columns: x.columns, values: chosen.flatMap { x[$0] })
        let part = weights.products(with: meaning)  // (classes, n); the kernel is symmetric
        let phi = ExampleClassifier.meaning(landmarks.products(with: x))  // (m, n)
        let normal = phi.products(with: phi)
        let right = part.products(with: phi)  // (classes, m)
        var columns = Matrix(rows: chosen.count, columns: right.rows)
        for k in 0..<right.rows { for m in 0..<chosen.count { columns[m, k] = right[k, m] } }
        let scale = (0..<normal.rows).reduce(Float(0)) { $0 + normal[$1, $1] } / Float(normal.rows)
        return (landmarks, KernelRidge.solve(kernel: normal, penalty: scale * 1e-5, targets: columns)!)
    }

    /// Pivoted Cholesky: each landmark is the example that those before explain least.
    private static func landmarks(_ kernel: Matrix, _ count: Int) -> [Int] {
        let n = kernel.rows
        var left = (0..<n).map { kernel[$0, $0] }
        var chosen: [Int] = []
        var columns: [[Float]] = []
        for _ in 0..<count {
            guard let pivot = left.indices.max(by: { (left[$0], $1) < (left[$1], $0) }), left[pivot] > 1e-6 else {
                break
            }
            let root = left[pivot].squareRoot()
            var column = Array(kernel[pivot])
            for earlier in columns {
                let factor = earlier[pivot]
                for i in 0..<n { column[i] -= factor * earlier[i] }
            }
            for i in 0..<n {
                column[i] /= root
                left[i] = max(0, left[i] - column[i] * column[i])
            }
            left[pivot] = 0
            columns.append(column)
            chosen.append(pivot)
        }
        return chosen
    }

    private func hashed(_ alpha: Matrix, _ wording: [TextGrams], share: Float) -> [Float] {
        let classes = alpha.rows
        var weights = [Float](repeating: 0, count: TriggerModel.buckets * classes)
        for (row, text) in wording.enumerated() {
            for entry in text.entries {
                let bucket = Int(entry.hash) & (TriggerModel.buckets - 1)
                for k in 0..<classes { weights[bucket * classes + k] += share * alpha[k, row] * entry.weight }
            }
        }
        return weights
    }

    // MARK: - Scores

    private struct Scored {
        var both: TriggerModel.Scores
        var alone: TriggerModel.Scores
        var personPhrase: Bool
        var topicPhrase: Bool
        var sentences: Int
    }

    private func score(_ batch: [Example], _ weights: Weights) throws -> [Scored] {
        let classes = TriggerModel.classes.count
        func scores(_ vector: ArraySlice<Float>, _ grams: TextGrams) -> (TriggerModel.Scores, TriggerModel.Scores) {
            let likeness = ExampleClassifier.meaning(
                Matrix(rows: 1, columns: vector.count, values: Array(vector)).products(with: weights.landmarks))
            var both = likeness.products(with: weights.landmarkWeights).values
            var alone = [Float](repeating: 0, count: classes)
            for entry in grams.entries {
                let start = (Int(entry.hash) & (TriggerModel.buckets - 1)) * classes
                for k in 0..<classes {
                    both[k] += entry.weight * weights.wording[start + k]
                    alone[k] += entry.weight * weights.wordingAlone[start + k]
                }
            }
            return (both, alone)
        }
        return try batch.map { example in
            let folded = FoldedText(example.text)
            let message = TriggerSentences(example.text, folded)
            var units = message.sentences
            if let whole = message.whole { units.append((example.text, whole)) }
            let rows = try encoder.encode(units.map(\.text))
            let found = units.indices.map { scores(rows[$0], units[$0].grams) }
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
        _ weights: Weights, _ both: TriggerModel.Probability, _ alone: TriggerModel.Probability
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
            \(PackedMatrix.source("landmarkWeights", weights.landmarkWeights.rows, weights.landmarkWeights.values))
            \(PackedMatrix.source("landmarks", weights.landmarks.rows, weights.landmarks.values))
            \(PackedMatrix.source("wording", TriggerModel.buckets, weights.wording))
            \(PackedMatrix.source("wordingAlone", TriggerModel.buckets, weights.wordingAlone))}

            """
    }
}
