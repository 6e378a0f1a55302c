#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Log-odds and probabilities.
enum LogOdds {
    static func probability(_ logOdds: Double) -> Double {
        logOdds >= 0 ? 1 / (1 + exp(-logOdds)) : exp(logOdds) / (1 + exp(logOdds))
    }

    /// e to the x, for weights.
    static func weight(_ x: Double) -> Double { exp(x) }

    static func logarithm(_ x: Double) -> Double { log(x) }

    static func binaryLogarithm(_ x: Double) -> Double { log2(x) }

    /// ln(p / (1 − p)), p first clipped to `clip` from 0 and 1.
    static func of(_ p: Double, clip: Double = 1e-9) -> Double {
        let p = min(max(p, clip), 1 - clip)
        return log(p / (1 - p))
    }
}
