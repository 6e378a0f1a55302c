import Embedding

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Fits the grader's learned criteria to drafts written for it. Which pair of sentences is in conflict, or which part of the
/// question is left open, no draft says: the likeliest one stands for a flawed draft, and is looked for again after each fit
/// (multiple-instance learning; Andrews, Tsochantaridis & Hofmann, NIPS 2002).
///
/// Deterministic. What is said of a draft is said by a fit that has seen no draft of its author.
public struct GraderTraining {
    public struct Example: Sendable {
        public var draft: Grading.Draft
        /// `sound` or the criterion it fails.
        public var label: String
        /// Its author: cross-validation leaves one out.
        public var group: Int

        public init(draft: Grading.Draft, label: String, group: Int) {
            (self.draft, self.label, self.group) = (draft, label, group)
        }
    }

    /// A point of the trade-off, on authors that the fit had not seen.
    public struct Point: Sendable {
        public var criterion: String
        /// Share of the flawed that are stopped, and of the sound that are stopped with them; by author.
        public var stopped: [Double]
        public var soundStopped: [Double]
        /// Log-odds.
        public var threshold: Double
    }

    public struct Outcome {
        public var points: [Point]
        /// The Swift file with the weights.
        public var source: String
    }

    private struct Bag {
        var rows: [[Double]]
        var isFlawed: Bool
        var isSound: Bool
        var group: Int
    }

    private let examples: [Example]
    private let encoder: any TextEncoder

    /// L2 penalty of the weights of standardised features.
    private static let penalty = 20.0
    private static let rounds = 5
    /// Of a sound draft its likeliest pairs are counted: the others are easy; 3 in place of 1 cost .02 of AUROC.
    private static let soundPairs = 1

    public init(_ examples: [Example], encoder: any TextEncoder) {
        (self.examples, self.encoder) = (examples, encoder)
    }

    /// - Parameter recall: share of flawed drafts, of unseen authors, that each criterion is to stop.
    public func run(recall: (conflict: Double, coverage: Double)) throws -> Outcome {
        var (conflicts, parts) = ([Bag](), [Bag]())
        for example in examples {
            guard ["sound", "contradicted", "outdated", "uncovered"].contains(example.label) else { continue }
            var draft = example.draft
            try draft.measured(by: encoder)
            guard let measures = draft.measures else { continue }
            let isSound = example.label == "sound"
            if example.label != "uncovered" {
                let rows = Grading.pairs(draft, measures).map(\.values)
                if !rows.isEmpty {
                    conflicts.append(Bag(rows: rows, isFlawed: !isSound, isSound: isSound, group: example.group))
                }
            }
            parts.append(
                Bag(
                    rows: CoverageFeatures.values(draft, measures).map(\.values),
                    isFlawed: example.label == "uncovered", isSound: isSound, group: example.group))
        }
        let conflict = judge(
            conflicts, "conflict", signs: ConflictFeatures.signs, kept: Self.soundPairs, recall.conflict
        ) { $0[0] + $0[3] }
        let coverage = judge(
            parts, "coverage", signs: CoverageFeatures.names.map { _ in 0 }, kept: .max, recall.coverage
        ) { -$0[5] }
        return Outcome(
            points: conflict.points + coverage.points,
            source: source(conflict.model, coverage.model, count: examples.count))
    }

    /// The fit to all, with the threshold and the trade-off from leaving one author out.
    ///
    /// - Parameter signs: by feature: 1 where more of it may only speak for a flaw, −1 only against, 0 for either.
    /// - Parameter likely: which row to begin with, before anything is fitted.
    private func judge(
        _ bags: [Bag], _ name: String, signs: [Int], kept: Int, _ recall: Double, likely: ([Double]) -> Double
    ) -> (model: GraderModel, points: [Point]) {
        let groups = Set(bags.map(\.group)).sorted()
        var scores = [Double](repeating: 0, count: bags.count)
        for group in groups where groups.count > 1 {
            let model = Self.fit(bags.filter { $0.group != group }, signs: signs, kept: kept, likely: likely)
            for (i, bag) in bags.enumerated() where bag.group == group {
                scores[i] = bag.rows.map(model.score).max() ?? -.infinity
            }
        }
        let flawed = bags.indices.filter { bags[$0].isFlawed }.map { scores[$0] }.sorted(by: >)
        func threshold(_ recall: Double) -> Double {
            flawed.isEmpty
                ? 0 : flawed[min(flawed.count - 1, max(0, Int((recall * Double(flawed.count)).rounded(.up)) - 1))]
        }
        let points = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1].map { share in
            let least = threshold(share)
            func stopped(_ keep: (Bag) -> Bool) -> [Double] {
                groups.map { group in
                    let own = bags.indices.filter { bags[$0].group == group && keep(bags[$0]) }
                    return Double(own.filter { scores[$0] >= least }.count) / Double(max(1, own.count))
                }
            }
            return Point(
                criterion: name, stopped: stopped(\.isFlawed), soundStopped: stopped(\.isSound), threshold: least)
        }
        var model = Self.fit(bags, signs: signs, kept: kept, likely: likely)
        model.threshold = threshold(recall)
        return (model, points)
    }

    private static func fit(
        _ bags: [Bag], signs: [Int], kept: Int, likely: ([Double]) -> Double
    ) -> GraderModel {
        let all = bags.flatMap(\.rows)
        let width = all.first?.count ?? 0
        let means = (0..<width).map { column in all.reduce(0) { $0 + $1[column] } / Double(all.count) }
        let scales = (0..<width).map { column in
            let square = all.reduce(0) { $0 + ($1[column] - means[column]) * ($1[column] - means[column]) }
            return max(1e-3, (square / Double(all.count)).squareRoot())
        }
        var model = GraderModel(
            means: means, scales: scales, weights: Array(repeating: 0, count: width), intercept: 0, threshold: 0)
        func standard(_ row: [Double]) -> [Double] {
            row.indices.map {
                min(GraderModel.farthest, max(-GraderModel.farthest, (row[$0] - means[$0]) / scales[$0]))
            }
        }
        for round in 0..<rounds {
            var (rows, labels) = ([[Double]](), [Bool]())
            for bag in bags {
                let scored = bag.rows.map { round == 0 ? likely($0) : model.score($0) }
                let order = scored.indices.sorted { (scored[$1], $0) < (scored[$0], $1) }.map { bag.rows[$0] }
                let count = bag.isFlawed ? 1 : min(kept, order.count)
                for row in order.prefix(count) {
                    rows.append(standard(row))
                    labels.append(bag.isFlawed)
                }
            }
            let solution = MonotoneLogistic.fit(
                rows: rows, labels: labels, signs: signs, penalty: Self.penalty)
            model.weights = solution.weights
            model.intercept = solution.intercept
        }
        return model
    }

    private func source(_ conflict: GraderModel, _ coverage: GraderModel, count: Int) -> String {
        func numbers(_ values: [Double]) -> String {
            values.map { String(($0 * 10_000).rounded() / 10_000) }.joined(separator: ", ")
        }
        func model(_ name: String, _ names: [String], _ model: GraderModel) -> String {
            """
                /// \(names.joined(separator: ", ")).
                static let \(name) = GraderModel(
                    means: [\(numbers(model.means))],
                    scales: [\(numbers(model.scales))],
                    weights: [\(numbers(model.weights))],
                    intercept: \(numbers([model.intercept])), threshold: \(numbers([model.threshold])))

            """
        }
        return """
            // Written by scripts/train-grader from training/drafts; see GraderTraining. \(count) drafts.
            // swift-format-ignore-file
            enum GraderWeights {
                static let fingerprint = "\(encoder.fingerprint)"

            \(model("conflict", ConflictFeatures.names, conflict))
            \(model("coverage", CoverageFeatures.names, coverage))}

            """
    }
}
