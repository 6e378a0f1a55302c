import GRDB

/// What reviews say of one band, of all questions or of one intent.
public struct BandRecord: Sendable, Equatable {
    public var band: Band
    /// `nil`: of all questions.
    public var intent: String?
    public var reviews: BandCertificate
    /// The band acts as right nine times in ten: only `auto` is ever certified.
    public var isCertified: Bool
    /// Further reviews, all right, until it does; 0 for bands that are never certified.
    public var reviewsNeeded: Int
    /// Too few reviews of its own: the record of all questions decides.
    public var goesByAll: Bool
}

/// How far the bands are certified, in the order in which they are shown.
public struct BandRecords: Sendable, Equatable {
    public var records: [BandRecord]
    /// The fit in use is none to questions of this base, so more reviews are needed than the certificate takes.
    public var hasOwnFit: Bool

    public init(records: [BandRecord], hasOwnFit: Bool) { (self.records, self.hasOwnFit) = (records, hasOwnFit) }
}

extension Engine {
    /// What reviewed answers say of each band: of all questions, and of every intent that has reviews.
    public func bandRecords() throws -> BandRecords {
        let policy = try policy()
        let bounds: [(band: Band, from: Double, to: Double)] = [
            (.auto, policy.autoBand, .infinity), (.draft, policy.draftBand, policy.autoBand),
            (.human, -.infinity, policy.draftBand),
        ]
        return try store.pool.read { db in
            let stored = try Store.calibration(db)
            let source = stored?.fit.source ?? .prior
            let summary = CalibrationSummary(
                source: source, count: stored?.fit.count ?? 0, ece: stored?.ece, fittedAt: stored?.fittedAt)
            let intents = try Store.reviewedIntents(db)
            var records: [BandRecord] = []
            for (band, from, to) in bounds {
                for intent in [nil] + intents.map(Optional.some) {
                    let reviews = try Store.reviews(
                        atLeast: from, below: to, intent: intent, bandFrom: band == .auto ? from : nil, db)
                    guard intent == nil || reviews.reviews > 0 else { continue }
                    let needed = try shadow(of: band, intent: intent, summary: summary, db)?.reviewsNeeded ?? 0
                    records.append(
                        BandRecord(
                            band: band, intent: intent, reviews: reviews, isCertified: band == .auto && needed == 0,
                            reviewsNeeded: needed, goesByAll: intent != nil && band == .auto && !reviews.decidesAlone))
                }
            }
            return BandRecords(records: records, hasOwnFit: source == .tickets || source == .labels)
        }
    }
}
