import FoundationEssentials

/// What a replay found, in numbers each of which names its tickets.
public struct ReplayReport: Sendable {
    /// In order of time; lists are places in here.
    public var tickets: [ReplayedTicket]
    /// First 12 digits of the policy's hash; its bands.
    public var policyHash: String
    public var autoBand: Double
    public var draftBand: Double
    /// The fit in use at the end.
    public var calibration: CalibrationSummary
    /// Groups of unanswered questions, largest first: places, the most typical first.
    public var gaps: [[Int]]
    /// Why others of the file are not in it.
    public var leftOutTickets: [LeftOut]
    /// Tickets that the base does not hold: what became of them taught it nothing.
    public var unknownToBase: Int
    /// `confidence` against "the first citation is one the agents linked", where they linked one.
    public private(set) var reliability: ProbabilityMetrics
    /// Places of the tickets in each bin of `reliability`, by rising confidence.
    public private(set) var bins: [[Int]]

    /// How many tickets of a band were right, as far as is known.
    public struct BandRow: Sendable {
        public var band: Band
        public var tickets: [Int]
        /// By the agents' links.
        public var right: [Int]
        public var wrong: [Int]
        /// Their agents linked no article and no person has reviewed them.
        public var unknown: [Int]
        /// Those without a link that a person has reviewed.
        public var reviewedRight: [Int]
        public var reviewedWrong: [Int]
        /// Mean confidence of the unknown ones; `nil` without any.
        public var saidOfUnknown: Double?
        /// So many further reviews of unknown tickets, drawn at random, with the interval for the share of right ones among
        /// those without a link, were as many right as their confidence says.
        public var reviews: [(count: Int, interval: ClosedRange<Double>)]

        /// Exact 95 % interval of the share right, of those where it is known.
        public var interval: ClosedRange<Double> { ExactBinomial.interval(right.count, of: right.count + wrong.count) }

        /// Those without a link that a person has reviewed.
        public var reviewed: Int { reviewedRight.count + reviewedWrong.count }

        /// The same of those without a link, by reviews: 0…1 without any, and known where all have been reviewed.
        public var reviewedInterval: ClosedRange<Double> {
            if unknown.isEmpty, reviewed > 0 {
                let share = Double(reviewedRight.count) / Double(reviewed)
                return share...share
            }
            return ExactBinomial.interval(reviewedRight.count, of: reviewed)
        }

        /// The share right of all the band's tickets, were all unknown ones wrong, and were all right.
        public var bounds: ClosedRange<Double> {
            let n = Double(max(1, tickets.count))
            let known = right.count + reviewedRight.count
            return Double(known) / n...Double(known + unknown.count) / n
        }
    }

    /// Tickets of the file that are not replayed.
    public struct LeftOut: Sendable, Equatable {
        /// "spam", "at another time"
        public var reason: String
        /// The help desk's ids; of lines that could not be read "file:line".
        public var tickets: [String]

        init(_ reason: String, _ tickets: [String]?) { (self.reason, self.tickets) = (reason, tickets ?? []) }

        /// "left_out.at_another_time"
        public var name: String { "left_out." + String(reason.map { $0 == " " ? "_" : $0 }) }
    }

    /// Their number by reason.
    public var leftOut: [String: Int] {
        Dictionary(leftOutTickets.map { ($0.reason, $0.tickets.count) }, uniquingKeysWith: +)
    }

    public struct TriggerRow: Sendable {
        public var code: String
        /// Tickets for which it fired, and those of them that went to a person.
        public var tickets: [Int]
        public var handedOver: [Int]
    }

    init(
        tickets: [ReplayedTicket], policy: Policy, calibration: CalibrationSummary, gaps: [[Int]] = [],
        leftOutTickets: [LeftOut] = [], unknownToBase: Int = 0
    ) {
        self.tickets = tickets
        (policyHash, autoBand, draftBand) = (policy.hash, policy.autoBand, policy.draftBand)
        (self.calibration, self.gaps) = (calibration, gaps)
        (self.leftOutTickets, self.unknownToBase) = (leftOutTickets, unknownToBase)
        // Reviews are asked for band by band: among all tickets they would be no fair sample.
        let judged = tickets.indices.filter { tickets[$0].isRightByLink != nil }
        reliability = ProbabilityMetrics(
            judged.map { tickets[$0].confidence }, judged.map { tickets[$0].isRightByLink == true })
        // As the bins were cut: by confidence, ties by time.
        let order = judged.sorted { (tickets[$0].confidence, $0) < (tickets[$1].confidence, $1) }
        var start = 0
        bins = reliability.bins.map { bin in
            defer { start += bin.count }
            return Array(order[start..<start + bin.count])
        }
    }

    private func places(_ isIn: (ReplayedTicket) -> Bool) -> [Int] { tickets.indices.filter { isIn(tickets[$0]) } }

    public func places(_ action: Band) -> [Int] { places { $0.action == action } }
    public var ready: [Int] { places(\.isReady) }
    public var linked: [Int] { places { !$0.linked.isEmpty } }
    /// Without a link, and reviewed by a person.
    public var reviewed: [Int] { places { $0.isRightByLink == nil && $0.reviewed != nil } }
    public var unknown: [Int] { places { $0.isRight == nil } }

    /// `auto` first.
    public var bands: [BandRow] {
        Band.allCases.sorted(by: >).map { band in
            let unknown = places { $0.band == band && $0.isRight == nil }
            let reviewed = { (verdict: Bool) in
                places { $0.band == band && $0.isRightByLink == nil && $0.reviewed == verdict }
            }
            let (right, wrong) = (reviewed(true), reviewed(false))
            // Where there are few, all of them.
            let sizes = ReplayDefaults.reviews.filter { $0 <= unknown.count || $0 == ReplayDefaults.reviews[0] }
                .map { min($0, unknown.count) }
            let mean = unknown.reduce(0) { $0 + tickets[$1].confidence } / Double(max(1, unknown.count))
            return BandRow(
                band: band, tickets: places { $0.band == band },
                right: places { $0.band == band && $0.isRightByLink == true },
                wrong: places { $0.band == band && $0.isRightByLink == false }, unknown: unknown,
                reviewedRight: right, reviewedWrong: wrong,
                saidOfUnknown: unknown.isEmpty ? nil : mean,
                reviews: sizes.filter { $0 > 0 }.map { n in
                    (
                        n,
                        ExactBinomial.interval(
                            right.count + Int((mean * Double(n)).rounded()), of: right.count + wrong.count + n)
                    )
                })
        }
    }

    /// Every rule that fired but the plain confidence, most tickets first; a ticket counts for each of its rules.
    public var triggers: [TriggerRow] {
        var by: [String: [Int]] = [:]
        for (place, ticket) in tickets.enumerated() {
            for code in Set(ticket.reasons) where code != "confidence" { by[code, default: []].append(place) }
        }
        return by.map { code, places in
            TriggerRow(code: code, tickets: places, handedOver: places.filter { tickets[$0].action == .human })
        }.sorted { ($1.tickets.count, $0.code) < ($0.tickets.count, $1.code) }
    }

    /// Every number by its name, in the order of the report.
    public var lists: [(name: String, tickets: [Int])] {
        var out: [(name: String, tickets: [Int])] = [
            ("tickets", Array(tickets.indices)), ("sent", places(.auto)), ("drafted", places(.draft)),
            ("handed_over", places(.human)), ("ready", ready), ("linked", linked), ("reviewed", reviewed),
            ("unknown", unknown),
        ]
        for row in triggers {
            out.append(("trigger.\(row.code)", row.tickets))
            out.append(("trigger.\(row.code).handed_over", row.handedOver))
        }
        for row in bands {
            let name = "band.\(row.band.rawValue)"
            out += [(name, row.tickets), (name + ".right", row.right), (name + ".wrong", row.wrong)]
            out.append((name + ".unknown", row.unknown))
            out.append((name + ".reviewed.right", row.reviewedRight))
            out.append((name + ".reviewed.wrong", row.reviewedWrong))
        }
        for (number, places) in bins.enumerated() { out.append(("bin.\(number + 1)", places)) }
        for (number, places) in gaps.enumerated() { out.append(("gap.\(number + 1)", places)) }
        return out
    }
}
