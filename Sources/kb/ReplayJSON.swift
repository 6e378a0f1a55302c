import FoundationEssentials
import KnowledgeBase

struct ReplayJSON: Encodable {
    struct TicketJSON: Encodable {
        var id: String
        var askedAt: Date
        var title: String
        var confidence: Double
        var answerable: Double
        var band: String
        var action: String
        var reasons: [String]
        @Nullable var cited: String?
        var linked: [String]
        @Nullable var right: Bool?
        @Nullable var intent: String?
        @Nullable var reviewed: Bool?

        init(_ ticket: ReplayedTicket) {
            (id, askedAt, title) = (ticket.id, ticket.askedAt, ticket.title)
            (confidence, answerable) = (JSONOutput.rounded(ticket.confidence), JSONOutput.rounded(ticket.answerable))
            (band, action, reasons) = (ticket.band.rawValue, ticket.action.rawValue, ticket.reasons)
            linked = ticket.linked
            cited = ticket.cited
            right = ticket.isRight
            intent = ticket.intent
            reviewed = ticket.reviewed
        }
    }
    struct TriggerJSON: Encodable {
        var code: String
        var tickets: Int
        var handedOver: Int
    }
    struct ReviewJSON: Encodable {
        var reviews: Int
        var interval: [Double]
        var width: Double
    }
    struct BandJSON: Encodable {
        var band: String
        var tickets: Int
        var linked: Int
        var right: Int
        @Nullable var share: Double?
        @Nullable var interval: [Double]?
        var unknown: Int
        @Nullable var saidOfUnknown: Double?
        /// Of those without a link: right and wrong by review, and the exact interval of their share.
        var reviewed: [String: Int]
        @Nullable var reviewedInterval: [Double]?
        /// Of all its tickets by links and reviews, were the unknown ones all wrong, and all right.
        var bounds: [Double]
        var narrowedBy: [ReviewJSON]
    }
    struct GapJSON: Encodable {
        var title: String
        var tickets: [String]
    }
    struct CalibrationJSON: Encodable {
        var source: String
        var n: Int
    }

    var tickets: Int
    @Nullable var first: Date?
    @Nullable var last: Date?
    var leftOut: [String: Int]
    var unknownToBase: Int
    var policy: String
    var calibration: CalibrationJSON
    var actions: [String: Int]
    var ready: Int
    var linked: Int
    var reviewed: Int
    var unknown: Int
    var triggers: [TriggerJSON]
    var bands: [BandJSON]
    var reliability: ProbabilityJSON
    var gaps: [GapJSON]
    /// Ids of the tickets behind each number, by its name.
    var lists: [String: [String]]

    init(_ report: ReplayReport) {
        func short(_ value: Double) -> Double { JSONOutput.rounded(value, 4) }
        func pair(_ range: ClosedRange<Double>) -> [Double] { [short(range.lowerBound), short(range.upperBound)] }
        tickets = report.tickets.count
        leftOut = Dictionary(
            uniqueKeysWithValues: report.leftOut.map { (String($0.key.map { $0 == " " ? "_" : $0 }), $0.value) })
        (unknownToBase, policy) = (report.unknownToBase, report.policyHash)
        calibration = CalibrationJSON(source: report.calibration.source.rawValue, n: report.calibration.count)
        actions = Dictionary(uniqueKeysWithValues: Band.allCases.map { ($0.rawValue, report.places($0).count) })
        (ready, linked, unknown) = (report.ready.count, report.linked.count, report.unknown.count)
        reviewed = report.reviewed.count
        triggers = report.triggers.map {
            TriggerJSON(code: $0.code, tickets: $0.tickets.count, handedOver: $0.handedOver.count)
        }
        bands = report.bands.map { row in
            let known = row.right.count + row.wrong.count
            return BandJSON(
                band: row.band.rawValue, tickets: row.tickets.count, linked: known, right: row.right.count,
                share: known > 0 ? short(Double(row.right.count) / Double(known)) : nil,
                interval: known > 0 ? pair(row.interval) : nil, unknown: row.unknown.count,
                saidOfUnknown: row.saidOfUnknown.map(short),
                reviewed: ["right": row.reviewedRight.count, "wrong": row.reviewedWrong.count],
                reviewedInterval: row.reviewed == 0 ? nil : pair(row.reviewedInterval),
                bounds: pair(row.bounds),
                narrowedBy: row.reviews.map {
                    ReviewJSON(
                        reviews: $0.count, interval: pair($0.interval),
                        width: short($0.interval.upperBound - $0.interval.lowerBound))
                })
        }
        reliability = ProbabilityJSON(report.reliability)
        gaps = report.gaps.map { gap in
            GapJSON(title: report.tickets[gap[0]].title, tickets: gap.map { report.tickets[$0].id })
        }
        lists = Dictionary(
            uniqueKeysWithValues: report.lists.map { ($0.name, $0.tickets.map { report.tickets[$0].id }) }
                + report.leftOutTickets.map { ($0.name, $0.tickets) })
        first = report.tickets.first?.askedAt
        last = report.tickets.last?.askedAt
    }
}
