/// Every constant of a replay.
enum ReplayDefaults {
    /// Tickets encoded at a time: enough to fill the cores, few enough to keep nothing long.
    static let batch = 64
    /// Gaps reported.
    static let gaps = 10
    /// A ticket that no agent answered with an article is a question without one when `answerable` is below this
    /// (design/prototypes.md: of ten planted gaps 7–8 are found, purity .64, 80 % of those reported true).
    static let gapThreshold = 0.30
    /// Two groups are one while the mean cosine between them is at least this (design/prototypes.md: distance .4).
    static let gapCosine: Float = 0.6
    /// Fewer tickets are no gap.
    static let gapMinimum = 2
    /// Questions without an answer that are grouped at most; the newest of more. Grouping costs their number squared.
    static let gapTickets = 8000
    /// Reviews weighed against one another: the least that certify with 0, 1, 5 and 21 errors.
    static let reviews = [29, 46, 103, 298]
}
