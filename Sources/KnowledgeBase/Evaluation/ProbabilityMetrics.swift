/// How good probabilities are against what came true.
public struct ProbabilityMetrics: Sendable, Equatable, Codable {
    /// Questions, and how many of them came true.
    public var count = 0
    public var positive = 0
    /// The chance that one that came true was given more than one that did not, ties half; `nil` without both kinds.
    public var auroc: Double?
    /// Σ |mean probability − share that came true| over ten equal-mass bins, weighted by their size.
    public var ece = 0.0
    /// The 95th percentile of the ECE when outcomes are drawn from the probabilities themselves.
    public var ecePerfect95 = 0.0
    /// Mean squared error, and that of saying the overall share each time.
    public var brier = 0.0
    public var brierBaseRate = 0.0
    /// The largest share of questions, most probable first, of which at most 10 % (5 %) did not come true.
    public var coverageAt10 = 0.0
    public var coverageAt5 = 0.0
    public var bins: [Bin] = []

    public struct Bin: Sendable, Equatable, Codable {
        public var count: Int
        public var mean: Double
        public var share: Double
    }

    public init() {}

    /// - Parameter outcomes: one a probability, true where it came true.
    public init(_ probabilities: [Double], _ outcomes: [Bool]) {
        precondition(probabilities.count == outcomes.count)
        count = outcomes.count
        positive = outcomes.filter { $0 }.count
        guard count > 0 else { return }
        let n = Double(count)
        // Ties in the order they came, so that the bins are the same each time.
        let order = probabilities.indices.sorted { (probabilities[$0], $0) < (probabilities[$1], $1) }
        let p = order.map { probabilities[$0] }
        let y = order.map { outcomes[$0] ? 1.0 : 0.0 }
        auroc = Self.auroc(rising: p, y)
        bins = Self.ranges(count).map { range in
            Bin(
                count: range.count, mean: p[range].reduce(0, +) / Double(range.count),
                share: y[range].reduce(0, +) / Double(range.count))
        }
        ece = Self.ece(p, y)
        var random = SeededDraws()
        let draws = (0..<CalibrationDefaults.perfectDraws).map { _ in
            Self.ece(p, p.map { random.next() < $0 ? 1 : 0 })
        }.sorted()
        ecePerfect95 = draws[Int(0.95 * Double(draws.count - 1))]
        brier = zip(p, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / n
        let share = Double(positive) / n
        brierBaseRate = share * (1 - share)
        coverageAt10 = Self.coverage(p, y, risk: 0.10)
        coverageAt5 = Self.coverage(p, y, risk: 0.05)
    }

    /// The share that no method could answer at a risk of `allowed`, were exactly the share `wrong` of all questions
    /// without a right answer: (μ − α) / (1 − α), at least 0.
    public static func escalationFloor(wrong: Double, allowed: Double) -> Double {
        max(0, (wrong - allowed) / (1 - allowed))
    }

    /// `count` places cut into ten parts whose sizes differ by at most one, larger ones first.
    private static func ranges(_ count: Int) -> [Range<Int>] {
        let bins = CalibrationDefaults.reliabilityBins
        var start = 0
        return (0..<bins).map { bin in
            let end = start + count / bins + (bin < count % bins ? 1 : 0)
            defer { start = end }
            return start..<end
        }.filter { !$0.isEmpty }
    }

    private static func ece(_ p: [Double], _ y: [Double]) -> Double {
        ranges(p.count).reduce(0) { sum, range in
            var difference = 0.0
            for i in range { difference += p[i] - y[i] }
            return sum + abs(difference)
        } / Double(p.count)
    }

    /// Mann–Whitney by mean ranks.
    private static func auroc(rising p: [Double], _ y: [Double]) -> Double? {
        let positive = y.reduce(0, +)
        let negative = Double(y.count) - positive
        guard positive > 0, negative > 0 else { return nil }
        var rankSum = 0.0
        var start = 0
        while start < p.count {
            var end = start + 1
            while end < p.count, p[end] == p[start] { end += 1 }
            let rank = Double(start + 1 + end) / 2
            for i in start..<end { rankSum += rank * y[i] }
            start = end
        }
        return (rankSum - positive * (positive + 1) / 2) / (positive * negative)
    }

    private static func coverage(_ rising: [Double], _ y: [Double], risk: Double) -> Double {
        var (wrong, best) = (0.0, 0)
        let n = rising.count
        for taken in 1...n {
            wrong += 1 - y[n - taken]
            // Equal probabilities are sent together or not at all.
            guard taken == n || rising[n - taken - 1] < rising[n - taken] else { continue }
            if wrong / Double(taken) <= risk { best = taken }
        }
        return Double(best) / Double(n)
    }
}

/// SplitMix64 (Steele, Lea & Flood 2014): the same numbers on every machine.
struct SeededDraws {
    private var state: UInt64 = 0x5eed

    /// The next number in 0..<1.
    mutating func next() -> Double {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return Double((z ^ (z >> 31)) >> 11) / Double(1 << 53)
    }
}
