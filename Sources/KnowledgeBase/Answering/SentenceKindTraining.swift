import Embedding

/// Trains `SentenceKinds` on sentences by kind and on the sentences of sound drafts, which are of none.
///
/// A sentence's vector is that within a passage, as it is with an article's sentences; those that come without one are put among
/// ordinary ones. Deterministic. Thresholds are chosen on drafts whose author the fit had not seen.
public struct SentenceKindTraining {
    public struct Sentence: Sendable {
        public var text: String
        /// `nil`: an ordinary sentence of an answer.
        public var kind: SentenceKind?

        public init(text: String, kind: SentenceKind?) { (self.text, self.kind) = (text, kind) }
    }

    /// How one kind is told on drafts of unseen authors.
    public struct Point: Sendable {
        public var kind: SentenceKind
        public var threshold: Double
        /// Share of the drafts that fail the criterion and are stopped, and of the sound ones that are stopped with them; by author.
        public var stopped: [Double]
        public var soundStopped: [Double]
    }

    public struct Outcome {
        public var points: [Point]
        /// The Swift file with the weights.
        public var source: String
    }

    private let sentences: [Sentence]
    private let drafts: [GraderTraining.Example]
    private let encoder: any TextEncoder

    private static let landmarkCount = 384

    public init(_ sentences: [Sentence], drafts: [GraderTraining.Example], encoder: any TextEncoder) {
        (self.sentences, self.drafts, self.encoder) = (sentences, drafts, encoder)
    }

    private struct Row {
        var text: String
        var vector: [Float]
        var kind: SentenceKind?
    }

    /// Vectors of sentences among three ordinary ones, at a place that differs.
    private func inPassages() throws -> [Row] {
        let ordinary = sentences.filter { $0.kind == nil }.map(\.text)
        guard !ordinary.isEmpty else { return [] }
        var next = 0
        var rows: [Row] = []
        for start in stride(from: 0, to: sentences.count, by: 256) {
            let part = sentences[start..<min(start + 256, sentences.count)]
            var texts: [String] = []
            var ranges: [[Range<Int>]] = []
            for (number, sentence) in part.enumerated() {
                var lines: [String] = []
                while lines.count < min(3, ordinary.count) {
                    // A step that has no divisor in common with most counts: neighbours are of one author's one mood.
                    next = (next + 101) % ordinary.count
                    if ordinary[next] != sentence.text || ordinary.count == 1 { lines.append(ordinary[next]) }
                }
                let place = number % 4
                lines.insert(sentence.text, at: min(place, lines.count))
                let before = lines.prefix(place).reduce(0) { $0 + $1.utf8.count + 1 }
                texts.append(lines.joined(separator: "\n"))
                ranges.append([before..<before + sentence.text.utf8.count])
            }
            let encoded = try encoder.encode(texts, segments: ranges).segmentVectors
            for (sentence, vectors) in zip(part, encoded) {
                rows.append(Row(text: sentence.text, vector: Array(vectors[0]), kind: sentence.kind))
            }
        }
        return rows
    }

    /// - Parameter soundShare: of the sound drafts of unseen authors, the share that each kind may stop; dead ends, which are told worst, twice
    ///   as many.
    public func run(soundShare: Double) throws -> Outcome {
        let kinds = SentenceKind.allCases
        let given = try inPassages()
        let labels: Set<String> = ["sound", "promise", "dead_end", "personal_data"]
        let judged = drafts.filter { labels.contains($0.label) }
        let own = try judged.map { example -> [Row] in
            var draft = example.draft
            try draft.measured(by: encoder)
            guard let measures = draft.measures else { return [] }
            return zip(draft.sentences, measures.draftRows).map { Row(text: $0.text, vector: $1, kind: nil) }
        }
        func fit(without group: Int?) -> PressedWeights {
            let sound = judged.indices.filter { judged[$0].label == "sound" && judged[$0].group != group }
            let rows = given + sound.flatMap { own[$0] }
            var targets = Matrix(
                rows: rows.count, columns: kinds.count,
                values: [Float](repeating: -1, count: rows.count * kinds.count))
            for (place, row) in rows.enumerated() {
                if let column = kinds.firstIndex(where: { $0 == row.kind }) { targets[place, column] = 1 }
            }
            return PressedWeights.fit(
                vectors: Matrix(rows: rows.count, columns: encoder.dimension, values: rows.flatMap(\.vector)),
                grams: rows.map { TextGrams($0.text) }, targets: targets, landmarks: Self.landmarkCount,
                buckets: SentenceKinds.buckets, alone: false)
        }
        let groups = Set(judged.map(\.group)).sorted()
        var scores = [[Float]](repeating: [], count: judged.count)
        for group in groups where groups.count > 1 {
            let weights = fit(without: group)
            for place in judged.indices where judged[place].group == group {
                let each = own[place].map { weights.scores($0.vector, TextGrams($0.text)) }
                scores[place] = kinds.indices.map { column in
                    // One promise is one too many; a dead end is an answer of nothing else.
                    let values = each.map { $0[column] }
                    return (kinds[column] == .deadEnd ? values.min() : values.max()) ?? -1
                }
            }
        }
        let points = kinds.indices.map { column in
            let sound = judged.indices.filter { judged[$0].label == "sound" }.map { scores[$0][column] }.sorted(by: >)
            let share = kinds[column] == .deadEnd ? 2 * soundShare : soundShare
            let threshold = sound.isEmpty ? 0 : sound[min(sound.count - 1, Int(share * Double(sound.count)))]
            let label =
                [SentenceKind.asksSecret, .privateData].contains(kinds[column])
                ? "personal_data" : kinds[column].rawValue
            func stopped(_ label: String) -> [Double] {
                groups.map { group in
                    let of = judged.indices.filter { judged[$0].group == group && judged[$0].label == label }
                    return Double(of.count { scores[$0][column] > threshold }) / Double(max(1, of.count))
                }
            }
            return Point(
                kind: kinds[column], threshold: Double(threshold), stopped: stopped(label),
                soundStopped: stopped("sound"))
        }
        let thresholds = points.map { String(($0.threshold * 10_000).rounded() / 10_000) }.joined(separator: ", ")
        return Outcome(
            points: points,
            source: """
                // Written by scripts/train-grader from training/sentences and training/drafts; see SentenceKindTraining. \(sentences.count) sentences.
                // swift-format-ignore-file
                enum SentenceKindWeights {
                    /// By `SentenceKind.allCases`.
                    static let thresholds: [Float] = [\(thresholds)]

                \(fit(without: nil).source)}

                """)
    }
}
