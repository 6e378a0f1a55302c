/// Every constant of a replay.
enum ReplayDefaults {
    /// Tickets encoded at a time: enough to fill the cores, few enough to keep nothing long.
    static let batch = 64
    /// Gaps reported.
    static let gaps = 10
    /// Reviews weighed against one another: the least that certify with 0, 1, 5 and 21 errors.
    static let reviews = [29, 46, 103, 298]
}
