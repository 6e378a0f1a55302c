#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Named measurements of one question's retrieval and draft: what both probabilities are made of.
public struct Evidence: Sendable, Equatable {
    private var values = [Double?](repeating: nil, count: EvidenceFeature.allCases.count)

    public init() {}

    private static let places = Dictionary(
        uniqueKeysWithValues: EvidenceFeature.allCases.enumerated().map { ($1, $0) })

    /// A measurement; `nil` where it was not made.
    public subscript(feature: EvidenceFeature) -> Double? {
        get { values[Self.places[feature]!] }
        set { values[Self.places[feature]!] = newValue }
    }

    /// All that were made, in the order of `EvidenceFeature`.
    public var named: [(feature: EvidenceFeature, value: Double)] {
        EvidenceFeature.allCases.compactMap { feature in self[feature].map { (feature, $0) } }
    }
}

/// What is measured of a draft and its source, beside the retrieval.
struct DraftEvidence: Sendable {
    /// Shares of the question's IDF mass in the sentences of the best passage.
    var overlaps: [Double] = []
    var question = ""
    var passage = ""
    /// Days since the source was updated.
    var age: Double?
    /// 0…1, where something grades drafts.
    var grade: Double?
}

extension Evidence {
    /// The evidence of one retrieval, without what only past labelled questions know (see `LabelHistory`).
    ///
    /// - Parameter ranked: best first.
    /// - Parameter field: all documents' scores, summed up.
    init(
        ranked: [RankedDocument], field: ScoreField, learned: LearnedScores, terms: Int, draft: DraftEvidence? = nil
    ) {
        guard let first = ranked.first else { return }
        self[.bestCosine] = first.dense?.cosine
        if field.denseCount > 0 {
            self[.denseBest] = field.denseBest
            self[.densePlace] = field.densePlace
        }
        self[.gap] = max(0, first.score - (ranked.count > 1 ? ranked[1].score : 0))
        self[.firstShare] = field.firstShare
        self[.agreement] =
            Double([first.dense?.rank, first.lexical?.rank].filter { $0 == 1 }.count) / 2
        self[.vote] = (first.learned?.share ?? 0).squareRoot()
        self[.links] = log((1 + Double(first.learned?.links ?? 0)) / (1 + learned.averageLinks))
        self[.headBest] = learned.bestHead
        self[.length] = Double(terms)
        guard let draft else { return }
        self[.termShare] = draft.overlaps.reduce(0, max)
        self[.foreignScript] = Script.foreignShare(of: draft.question, in: draft.passage)
        self[.sourceAge] = draft.age
        self[.draftGrade] = draft.grade
    }
}

/// The scores of all documents for one question, summed up in one pass.
struct ScoreField: Sendable, Equatable {
    /// Mass that speaks against the first document at least, as nothing is certain.
    static let leastRest = 1e-9

    var count = 0
    private(set) var best = -Double.infinity
    /// Σ exp(15 (score − best)) over all documents, the best one's 1 included.
    private(set) var mass = 0.0
    private(set) var denseCount = 0
    private(set) var denseBest = -Double.infinity
    private var denseSum = 0.0
    private var denseSquares = 0.0

    /// - Parameter scores: ranking scores of all documents.
    /// - Parameter dense: the dense leg's scores of the same documents; empty where it did not run.
    init(scores: some Collection<Double>, dense: some Collection<Double>) {
        count = scores.count
        best = scores.max() ?? -.infinity
        for score in scores {
            let below = CalibrationDefaults.softmaxSharpness * (score - best)
            if below > -CalibrationDefaults.softmaxReach { mass += exp(below) }
        }
        denseCount = dense.count
        for value in dense {
            denseBest = max(denseBest, value)
            denseSum += value
            denseSquares += value * value
        }
    }

    init() {}

    /// Puts a sample's mean and spread of the dense scores in place of those of the few that were scored. The mass stays
    /// theirs: what is left out is below them all, and the softmax is sharp.
    mutating func widen(to background: DenseBackground) {
        guard !background.scores.isEmpty else { return }
        let scale = Double(background.documents) / Double(background.scores.count)
        (count, denseCount) = (background.documents, background.documents)
        denseSum = scale * background.scores.reduce(0, +)
        denseSquares = scale * background.scores.reduce(0) { $0 + $1 * $1 }
    }

    /// Log-odds of the first document's share of the softmax.
    var firstShare: Double {
        guard count > 0 else { return 0 }
        // The rest of the mass is what speaks against the first.
        return -log(max(Self.leastRest, mass - 1))
    }

    /// Standard deviations by which the best dense score stands above the mean one.
    var densePlace: Double {
        guard denseCount > 1 else { return 0 }
        let n = Double(denseCount)
        let variance = max(0, denseSquares / n - (denseSum / n) * (denseSum / n))
        return variance > 0 ? (denseBest - denseSum / n) / variance.squareRoot() : 0
    }
}

/// Writing systems, told apart by ranges of Unicode.
enum Script {
    /// Share of the letters of `question` in scripts of which `passage` has no letter, 0…1; 0 without letters.
    static func foreignShare(of question: String, in passage: String) -> Double {
        let counts = letters(question)
        let known = letters(passage)
        let total = counts.values.reduce(0, +)
        guard total > 0, !known.isEmpty else { return 0 }
        return Double(counts.filter { known[$0.key] == nil }.values.reduce(0, +)) / Double(total)
    }

    /// Letters by script; the numbers name blocks of Unicode and mean nothing else.
    private static func letters(_ text: String) -> [Int: Int] {
        var counts: [Int: Int] = [:]
        for scalar in text.unicodeScalars {
            let script: Int
            switch scalar.value {
            case 0x41...0x5a, 0x61...0x7a, 0xc0...0x24f, 0x1e00...0x1eff: script = 1  // Latin
            case 0x370...0x3ff, 0x1f00...0x1fff: script = 2  // Greek
            case 0x400...0x52f: script = 3  // Cyrillic
            case 0x590...0x5ff: script = 4  // Hebrew
            case 0x600...0x6ff, 0x750...0x77f: script = 5  // Arabic
            case 0x900...0xdff: script = 6  // India
            case 0xe00...0xe7f: script = 7  // Thai
            case 0x3040...0x30ff: script = 8  // Kana
            case 0x3400...0x9fff: script = 9  // Han
            case 0xac00...0xd7af: script = 10  // Hangul
            default: continue
            }
            counts[script, default: 0] += 1
        }
        return counts
    }
}
