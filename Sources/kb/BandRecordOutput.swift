import KnowledgeBase

/// How far the bands are certified, as `kb calibrate` and `kb status` say it.
enum BandRecordText {
    static func print(_ records: BandRecords) {
        Console.print(
            "reviewed answers by band (auto is certified when at least 90 % are right, exact, one-sided at 95 %)")
        let width = max(12, records.records.reduce(0) { max($0, ($1.intent ?? "").count) })
        Console.print("  band   \("intent".padded(width))  reviews  errors  right at least")
        for record in records.records {
            let reviews = record.reviews
            let least = reviews.reviews == 0 ? "-" : "\(Int((reviews.leastShare * 100).rounded(.down))) %"
            Console.print(
                "  \(record.band.rawValue.padded(6)) \(Console.inline(record.intent ?? "all").padded(width))"
                    + "\(right(String(reviews.reviews), 9))\(right(String(reviews.wrong), 8))\(right(least, 16))  "
                    + words(record, records))
        }
    }

    private static func words(_ record: BandRecord, _ records: BandRecords) -> String {
        guard record.band == .auto else {
            return record.band == .draft ? "never sent by itself" : "always to a person"
        }
        let more = record.reviewsNeeded == 1 ? "1 more review" : "\(record.reviewsNeeded) more reviews"
        let state = record.isCertified ? "certified" : "not certified: \(more), all right"
        if record.goesByAll { return "\(state) (goes by all: too few of its own)" }
        return record.isCertified || records.hasOwnFit
            ? state : "\(state) (the fit must be to questions of your own too)"
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}

struct BandRecordJSON: Encodable {
    var band: String
    /// `null`: of all questions.
    @Nullable var intent: String?
    var reviews: Int
    var errors: Int
    /// Exact lower bound of the share right, one-sided at 95 %; `null` without reviews.
    @Nullable var rightAtLeast: Double?
    var certified: Bool
    var reviewsNeeded: Int
    /// The record of all questions decides, for there are too few reviews of its own.
    var goesByAll: Bool

    init(_ record: BandRecord) {
        (band, reviews, errors) = (record.band.rawValue, record.reviews.reviews, record.reviews.wrong)
        (certified, reviewsNeeded, goesByAll) = (record.isCertified, record.reviewsNeeded, record.goesByAll)
        intent = record.intent
        rightAtLeast = record.reviews.reviews == 0 ? nil : JSONOutput.rounded(record.reviews.leastShare, 4)
    }
}
