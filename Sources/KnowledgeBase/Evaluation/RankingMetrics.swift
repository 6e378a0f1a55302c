#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// How well ranked lists agree with labels, averaged over questions; all in 0…1.
public struct RankingMetrics: Sendable, Equatable {
    /// Discounted gain of the first ten against the best possible: gain = grade, discount = 1 / log2(rank + 1).
    public var ndcgAt10 = 0.0
    public var recallAt10 = 0.0
    public var recallAt100 = 0.0
    /// Reciprocal rank of the first right document among the first ten.
    public var mrrAt10 = 0.0
    public var hitAt1 = 0.0

    /// - Parameter lists: for each question the grades of its ranked documents (0: not right), best first.
    /// - Parameter relevant: for each question the grades of all its right documents.
    static func average(lists: [[Double]], relevant: [[Double]]) -> RankingMetrics {
        var sum = RankingMetrics()
        guard !lists.isEmpty else { return sum }
        for (list, grades) in zip(lists, relevant) {
            let ideal = gain(grades.sorted(by: >).prefix(10))
            if ideal > 0 { sum.ndcgAt10 += gain(list.prefix(10)) / ideal }
            let right = Double(grades.count)
            if right > 0 {
                sum.recallAt10 += Double(list.prefix(10).filter { $0 > 0 }.count) / right
                sum.recallAt100 += Double(list.prefix(100).filter { $0 > 0 }.count) / right
            }
            if let first = list.prefix(10).firstIndex(where: { $0 > 0 }) { sum.mrrAt10 += 1 / Double(first + 1) }
            if let first = list.first, first > 0 { sum.hitAt1 += 1 }
        }
        let n = Double(lists.count)
        return RankingMetrics(
            ndcgAt10: sum.ndcgAt10 / n, recallAt10: sum.recallAt10 / n, recallAt100: sum.recallAt100 / n,
            mrrAt10: sum.mrrAt10 / n, hitAt1: sum.hitAt1 / n)
    }

    private static func gain(_ grades: some Collection<Double>) -> Double {
        zip(1..., grades).reduce(0) { $0 + $1.1 / log2(Double($1.0) + 1) }
    }
}
