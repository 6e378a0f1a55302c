import Embedding
import FoundationEssentials

/// What a case is about and how much it presses, each reading with a probability.
public struct Triage: Sendable, Equatable, Codable {
    public struct Reading: Sendable, Equatable, Codable {
        public var name: String
        public var probability: Double
    }

    public struct Mood: Sendable, Equatable, Codable {
        /// −1 (angry) to 1 (pleased).
        public var value: Double
        /// That the customer is displeased.
        public var probability: Double
    }

    /// The team's list and the built-in one; nil when it is like none.
    public var intent: Reading?
    /// `bug`, `feature` or `question`.
    public var type: Reading
    public var urgency: Urgency
    public var mood: Mood
    /// ISO 639-1; nil where the text is too short to tell.
    public var language: Reading?
    public var product: Reading?
    /// When it was made, and of which message last.
    public var at: Date
    public var upTo: Int64
}

/// Tells the class of a text by examples, with a probability that was fitted on the examples themselves, each one
/// judged by a model that had not seen it.
struct ProbableClassifier: Sendable {
    let names: [String]
    private let classifier: ExampleClassifier
    /// Log-odds of a class per unit of its score's lead over zero.
    private let slope: Double
    private let offset: Double

    static let folds = 5

    /// - Parameter vectors: one unit row an example.
    /// - Parameter fit: slope and offset of an earlier fit to the same examples, with its weights.
    init?(
        _ names: [String], _ examples: [ExampleClassifier.Example], vectors: Matrix,
        fit: (weights: Matrix, slope: Double, offset: Double)? = nil
    ) {
        guard !names.isEmpty,
            let classifier = ExampleClassifier(
                examples, vectors: vectors, classCount: names.count, weights: fit?.weights)
        else { return nil }
        (self.names, self.classifier) = (names, classifier)
        if let fit {
            (slope, offset) = (fit.slope, fit.offset)
            return
        }
        // Each class is spread over the folds: one that a model has never seen it can only get wrong.
        var counts = [Int](repeating: 0, count: names.count + 1)
        let folds = examples.map { example in
            let place = example.classes.first ?? names.count
            defer { counts[place] += 1 }
            return counts[place] % Self.folds
        }
        var judged: [(score: Double, isRight: Bool)] = []
        for fold in 0..<Self.folds {
            let kept = examples.indices.filter { folds[$0] != fold }
            let rows = Matrix(rows: kept.count, columns: vectors.columns, values: kept.flatMap { vectors[$0] })
            guard let part = ExampleClassifier(kept.map { examples[$0] }, vectors: rows, classCount: names.count) else {
                continue
            }
            for place in examples.indices where folds[place] == fold {
                let scores = part.scores(vectors[place], TextGrams(examples[place].text))
                for (index, score) in scores.enumerated() {
                    judged.append((Double(score), examples[place].classes.contains(index)))
                }
            }
        }
        (slope, offset) = Self.logistic(judged)
    }

    var weights: Matrix { classifier.weights }
    var fitted: (slope: Double, offset: Double) { (slope, offset) }

    /// Every class with its probability, the likeliest first; they need not add up to 1, since a text may be of none.
    func readings(_ vector: some Collection<Float>, _ grams: TextGrams) -> [Triage.Reading] {
        classifier.scores(vector, grams).enumerated().map { place, score in
            Triage.Reading(name: names[place], probability: LogOdds.probability(slope * Double(score) + offset))
        }.sorted { ($1.probability, $0.name) < ($0.probability, $1.name) }
    }

    /// Newton's method for two coefficients, with a ridge so that separable examples give a finite slope.
    private static func logistic(_ points: [(score: Double, isRight: Bool)]) -> (slope: Double, offset: Double) {
        var (a, b) = (1.0, 0.0)
        for _ in 0..<50 {
            var (ga, gb, haa, hab, hbb) = (-0.01 * a, 0.0, 0.01, 0.0, 1e-9)
            for point in points {
                let p = LogOdds.probability(a * point.score + b)
                let error = (point.isRight ? 1 : 0) - p
                let weight = p * (1 - p)
                ga += error * point.score
                gb += error
                haa += weight * point.score * point.score
                hab += weight * point.score
                hbb += weight
            }
            let determinant = haa * hbb - hab * hab
            guard determinant > 1e-12 else { break }
            let (da, db) = ((hbb * ga - hab * gb) / determinant, (haa * gb - hab * ga) / determinant)
            (a, b) = (a + da, b + db)
            if abs(da) + abs(db) < 1e-9 { break }
        }
        return (a, b)
    }
}
