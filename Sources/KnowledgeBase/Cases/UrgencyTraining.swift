import Embedding
import FoundationEssentials

/// Trains the shipped judge of urgency: ridge regression on wording and on meaning, and a logistic fit over both and the
/// phrase tables.
///
/// Deterministic. The logistic fit reads scores of models that had not seen the message's file, as it will be with customers.
public struct UrgencyTraining {
    public struct Example: Sendable {
        public var text: String
        public var sentAt: Date
        /// Of `UrgencyModel.kinds`; an outage is `blocked`.
        public var kinds: Set<String>
        /// The day it is due, as `2026-03-01`.
        public var due: String?
        /// Which file it came from: cross-validation leaves one out.
        public var group: Int

        public init(text: String, sentAt: Date, reasons: [String], due: String?, group: Int) {
            (self.text, self.sentAt, self.due, self.group) = (text, sentAt, due, group)
            kinds = Set(reasons.map { $0 == "outage" ? "blocked" : $0 })
        }
    }

    public struct Outcome {
        /// The Swift file with the weights.
        public var source: String
        /// How many messages are judged right in everything by a model that has not seen their file: with vectors, without.
        public var right: Int
        public var rightByWording: Int
    }

    static let penalty: Float = 1
    static let meaningPenalty: Float = 0.1
    static let fitPenalty = 0.3
    /// With 192 the scores of the training messages keep a correlation above .99 with the exact ones.
    static let landmarkCount = 192

    private let examples: [Example]
    private let readings: [UrgencyReading]
    private let vectors: Matrix
    private let fingerprint: String

    /// - Parameter vectors: of the texts as they are, one row each.
    public init(_ examples: [Example], vectors: Matrix, fingerprint: String) {
        (self.examples, self.vectors, self.fingerprint) = (examples, vectors, fingerprint)
        readings = examples.map { UrgencyReading($0.text, at: $0.sentAt) }
    }

    public func run() -> Outcome {
        let groups = Set(examples.map(\.group)).sorted()
        var seen: [(place: Int, both: UrgencyModel.Features, alone: UrgencyModel.Features)] = []
        for group in groups {
            let model = fit(examples.indices.filter { examples[$0].group != group })
            for place in examples.indices where examples[place].group == group {
                seen.append(
                    (
                        place, model.features(readings[place], vector: Array(vectors[place])),
                        model.features(readings[place], vector: nil)
                    ))
            }
        }
        func judged(_ features: (Int) -> UrgencyModel.Features) -> Int {
            groups.reduce(0) { sum, group in
                let others = seen.indices.filter { examples[seen[$0].place].group != group }
                let fit = logistic(others.map { (seen[$0].place, features($0)) })
                return sum
                    + seen.indices.filter {
                        examples[seen[$0].place].group == group && isRight(seen[$0].place, features($0), fit)
                    }.count
            }
        }
        let both = logistic(seen.map { ($0.place, $0.both) })
        let alone = logistic(seen.map { ($0.place, $0.alone) })
        return Outcome(
            source: source(fit(Array(examples.indices)), both, alone), right: judged { seen[$0].both },
            rightByWording: judged { seen[$0].alone })
    }

    private func isRight(_ place: Int, _ features: UrgencyModel.Features, _ fit: UrgencyModel.Fit) -> Bool {
        var kinds: Set<String> = []
        for (k, name) in UrgencyModel.kinds.prefix(2).enumerated()
        where UrgencyModel.probability(fit.kinds[k], features.message) >= 0.5 { kinds.insert(name) }
        let best = features.dates.indices.map { ($0, UrgencyModel.probability(fit.date, features.dates[$0])) }
            .max { $0.1 < $1.1 }
        var due: String?
        if let best, best.1 >= 0.5 {
            kinds.insert("deadline")
            due = day(readings[place].dates[best.0].date)
        }
        return kinds == examples[place].kinds && due == examples[place].due
    }

    private func day(_ date: DateExpression) -> String { String(date.moment.formatted(.iso8601).prefix(10)) }

    // MARK: - Weights

    private func fit(_ rows: [Int]) -> UrgencyModel {
        // Whole messages, and the sentences of those that are of no kind.
        var units: [(grams: TextGrams, kinds: Set<String>)] = []
        var dates: [(unit: UrgencyReading.DateUnit, isDue: Bool)] = []
        for row in rows {
            units.append((readings[row].whole, examples[row].kinds))
            if examples[row].kinds.isEmpty { units += readings[row].sentences.map { ($0.grams, []) } }
            dates += readings[row].dates.map { ($0, day($0.date) == examples[row].due) }
        }
        let targets = matrix(units.map { unit in UrgencyModel.kinds.map { unit.kinds.contains($0) ? 1 : -1 } })
        let alpha = ridge([units.map(\.grams)], targets)
        let due = ridge(
            [dates.map(\.unit.sentence), dates.map(\.unit.near)], matrix(dates.map { [$0.isDue ? 1 : -1] }))
        // Meaning: exact kernel regression, reproduced from the landmarks.
        let x = Matrix(rows: rows.count, columns: vectors.columns, values: rows.flatMap { vectors[$0] })
        let kernel = ExampleClassifier.meaning(x.products(with: x))
        let wanted = matrix(rows.map { row in UrgencyModel.kinds.map { examples[row].kinds.contains($0) ? 1 : -1 } })
        let weights = KernelRidge.solve(kernel: kernel, penalty: Self.meaningPenalty, targets: wanted)!
        let (landmarks, beta) = PressedWeights.press(kernel, x, weights, count: Self.landmarkCount)
        return UrgencyModel(
            units: hashed(alpha, [units.map(\.grams)]),
            dates: interleaved(due, [dates.map(\.unit.sentence), dates.map(\.unit.near)]),
            landmarks: landmarks.values, landmarkWeights: beta.values)
    }

    private func matrix(_ rows: [[Float]]) -> Matrix {
        Matrix(rows: rows.count, columns: rows.first?.count ?? 1, values: rows.flatMap { $0 })
    }

    /// Weights of the examples, (targets, n): the kernel is the sum over the parts of their inner products.
    private func ridge(_ parts: [[TextGrams]], _ targets: Matrix) -> Matrix {
        var kernel = Matrix(rows: targets.rows, columns: targets.rows)
        for part in parts {
            ExampleClassifier.addWording(part, ExampleClassifier.postings(part), share: 1, into: &kernel)
        }
        return KernelRidge.solve(kernel: kernel, penalty: Self.penalty, targets: targets)!
    }

    private func hashed(_ alpha: Matrix, _ parts: [[TextGrams]]) -> [Float] {
        var weights = [Float](repeating: 0, count: UrgencyModel.buckets * alpha.rows)
        for (row, grams) in parts[0].enumerated() {
            for entry in grams.entries {
                let start = (Int(entry.hash) & (UrgencyModel.buckets - 1)) * alpha.rows
                for k in 0..<alpha.rows { weights[start + k] += alpha[k, row] * entry.weight }
            }
        }
        return weights
    }

    private func interleaved(_ alpha: Matrix, _ parts: [[TextGrams]]) -> [Float] {
        var weights = [Float](repeating: 0, count: UrgencyModel.buckets * parts.count)
        for (column, part) in parts.enumerated() {
            for (row, grams) in part.enumerated() {
                for entry in grams.entries {
                    weights[(Int(entry.hash) & (UrgencyModel.buckets - 1)) * parts.count + column] +=
                        alpha[0, row] * entry.weight
                }
            }
        }
        return weights
    }

    private func logistic(_ rows: [(place: Int, features: UrgencyModel.Features)]) -> UrgencyModel.Fit {
        func fit(_ rows: [[Double]], _ labels: [Bool]) -> [Double] {
            let found = MonotoneLogistic.fit(
                rows: rows, labels: labels, signs: Array(repeating: 0, count: rows.first?.count ?? 0),
                penalty: Self.fitPenalty)
            return [found.intercept] + found.weights
        }
        let dates = rows.flatMap { row in
            row.features.dates.indices.map {
                (row.features.dates[$0], day(readings[row.place].dates[$0].date) == examples[row.place].due)
            }
        }
        return UrgencyModel.Fit(
            kinds: UrgencyModel.kinds.prefix(2).map { name in
                fit(rows.map(\.features.message), rows.map { examples[$0.place].kinds.contains(name) })
            }, date: fit(dates.map(\.0), dates.map(\.1)))
    }

    // MARK: - The file

    private func source(_ model: UrgencyModel, _ both: UrgencyModel.Fit, _ alone: UrgencyModel.Fit) -> String {
        func numbers(_ values: [Double]) -> String {
            let texts = values.map { String((Double($0) * 10_000).rounded() / 10_000) }
            return stride(from: 0, to: texts.count, by: 12).map {
                "            " + texts[$0..<min($0 + 12, texts.count)].joined(separator: ", ")
            }.joined(separator: ",\n")
        }
        func fit(_ name: String, _ fit: UrgencyModel.Fit) -> String {
            """
                static let \(name) = UrgencyModel.Fit(
                    kinds: [
                        [
            \(numbers(fit.kinds[0]))
                        ],
                        [
            \(numbers(fit.kinds[1]))
                        ],
                    ],
                    date: [
            \(numbers(fit.date))
                    ])

            """
        }
        return """
            // Written by scripts/train-urgency from training/urgency; see UrgencyTraining. \(examples.count) messages.
            enum UrgencyWeights {
                static let fingerprint = "\(fingerprint)"

            \(fit("fit", both))
            \(fit("fitByWording", alone))
            \(PackedMatrix.source("units", UrgencyModel.buckets, model.units))
            \(PackedMatrix.source("dates", UrgencyModel.buckets, model.dates))
            \(PackedMatrix.source("landmarks", model.landmarks.count / vectors.columns, model.landmarks))
            \(PackedMatrix.source("landmarkWeights", UrgencyModel.kinds.count, model.landmarkWeights))}

            """
    }
}
