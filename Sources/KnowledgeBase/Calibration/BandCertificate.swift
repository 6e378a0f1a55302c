#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Whether reviewed answers allow a band to act as "right at least nine times in ten".
///
/// Exact one-sided binomial (Clopper & Pearson 1934): certified when, were the true share of right answers only the
/// target, so few errors would come up with a chance of at most 5 %. Without an error that takes 29 reviews, with one
/// 46, with five 103.
public struct BandCertificate: Sendable, Equatable {
    public var right: Int
    public var wrong: Int

    public init(right: Int, wrong: Int) {
        self.right = right
        self.wrong = wrong
    }

    public var reviews: Int { right + wrong }

    /// The share of right answers that is at least so high at 95 %, exact and one-sided; 0 without reviews.
    public var leastShare: Double {
        reviews == 0
            ? 0 : ExactBinomial.interval(right, of: reviews, level: 2 * CalibrationDefaults.certificateLevel).lowerBound
    }

    public var isCertified: Bool { Self.allows(reviews: right + wrong, errors: wrong) }

    /// Whether an intent goes by its own reviews and no longer by those of all: it has as many as the least certificate takes.
    public var decidesAlone: Bool { reviews >= Self(right: 0, wrong: 0).reviewsNeeded }

    /// Further reviews, all right, until the band is certified.
    public var reviewsNeeded: Int {
        var more = 0
        while !Self.allows(reviews: right + wrong + more, errors: wrong) { more += 1 }
        return more
    }

    /// P(at most `errors` of `reviews` | share of errors = 1 − target) ≤ 5 %.
    static func allows(reviews n: Int, errors: Int) -> Bool {
        guard n > errors else { return false }
        let (target, level) = (CalibrationDefaults.certifiedShare, CalibrationDefaults.certificateLevel)
        return ExactBinomial.logTail(atMost: errors, of: n, chance: 1 - target) <= log(level)
    }
}
