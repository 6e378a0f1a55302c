#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Exact binomial tails and the intervals of Clopper & Pearson (Biometrika 1934).
public enum ExactBinomial {
    /// ln P(at most `k` of `n`), each with the chance `p`; in logarithms, since pⁿ underflows for thousands of cases.
    static func logTail(atMost k: Int, of n: Int, chance p: Double) -> Double {
        precondition(0 <= k && k <= n && (0...1).contains(p))
        if k == n || p == 0 { return 0 }
        if p == 1 { return -.infinity }
        var term = Double(n) * log1p(-p)
        var sum = term
        for i in 0..<k {
            term += log(Double(n - i) / Double(i + 1)) + log(p) - log1p(-p)
            sum = max(sum, term) + log1p(exp(-abs(sum - term)))
        }
        return min(0, sum)
    }

    /// The chances that `k` of `n` does not speak against at `level`, two-sided; 0…1 where n = 0.
    ///
    /// - Complexity: 50 tails of n terms each.
    public static func interval(_ k: Int, of n: Int, level: Double = 0.05) -> ClosedRange<Double> {
        guard n > 0 else { return 0...1 }
        // The upper end: P(at most k) has fallen to level / 2. The lower one is that of the misses, turned round.
        func upper(_ k: Int) -> Double {
            guard k < n else { return 1 }
            var (low, high) = (Double(k) / Double(n), 1.0)
            for _ in 0..<50 {
                let middle = (low + high) / 2
                if logTail(atMost: k, of: n, chance: middle) > log(level / 2) { low = middle } else { high = middle }
            }
            return (low + high) / 2
        }
        return (1 - upper(n - k))...upper(k)
    }
}
