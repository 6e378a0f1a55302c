import ArgumentParser
import FoundationEssentials
import KnowledgeBase

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "What the loop achieved; every number lists its cases.",
        discussion: """
            Confirmed resolutions need a witness: the customer, a linked issue that was settled, a rule of the team. A case
            that went silent is abandoned, and counts as neither.

            Example: kb report --first 100
            """)

    @Option(help: ArgumentHelp("Only the first so many cases.", valueName: "n")) var first: Int?
    @Option(help: ArgumentHelp("Cases from this moment on.", valueName: "time")) var since: String?
    @Option(help: ArgumentHelp("Cases up to this moment; by default now.", valueName: "time")) var until: String?
    @Flag(help: "Recurring bugs, for engineering, instead.") var bugs = false
    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        for (name, value) in [("--since", since), ("--until", until)] {
            if let value, GapsCommand.time(value) == nil {
                throw ValidationError("\(name) \(value): write a time as 2026-01-31 or 2026-01-31T09:00:00Z.")
            }
        }
        if let first, first < 1 { throw ValidationError("--first \(first): write a number from 1 on.") }
    }

    func run() throws {
        let engine = try global.engine(access: nil)
        if bugs { return try BugOutput.print(try engine.recurringBugs(since: since.flatMap(GapsCommand.time)), output) }
        let report = try engine.caseReport(
            since: since.flatMap(GapsCommand.time), until: until.flatMap(GapsCommand.time), first: first)
        if output.isJSON { return try JSONOutput.print(ReportJSON(report)) }
        Self.show(report)
    }

    private static func show(_ report: CaseReport) {
        func row(_ name: String, _ list: [String], _ note: String = "") {
            Console.print("\(name.padded(26)) \(String(list.count).leftPadded(7))\(note.isEmpty ? "" : "  " + note)")
        }
        row("cases", report.cases)
        for (state, list) in report.byState.sorted(by: { $0.key < $1.key }) { row("  " + state, list) }
        row("confirmed resolutions", report.confirmed, "\(percent(report.confirmedRate)) of all")
        for (who, list) in report.confirmedBy.sorted(by: { $0.key < $1.key }) { row("  by \(who)", list) }
        for (who, list) in report.witnesses.sorted(by: { $0.key < $1.key }) { row("  witness: \(who)", list) }
        row("escalated", report.escalated, "\(percent(report.escalationRate)) of all")
        for (trigger, list) in report.escalations.sorted(by: { ($1.value.count, $0.key) < ($0.value.count, $1.key) }) {
            row("  " + Console.inline(trigger), list)
        }
        times("first response", report.firstResponse)
        times("resolution", report.resolution)
        row("opened again", report.reopened)
        row("wrote again in 30 days", report.repeatContact, "of proven senders alone")
        row("abandoned", report.abandoned)
        row("ended without resolution", report.dismissed)
        row("promises not kept", report.promisesBroken)
        if let cost = report.costPerResolution {
            let parts = report.cost.sorted { $0.key < $1.key }.map { "\($0.key) \(number($0.value))" }.joined(
                separator: ", ")
            Console.print(
                "\("cost per resolution".padded(26)) \(number(cost).leftPadded(7))  \(Console.inline(report.currency)) (\(parts))"
            )
        } else {
            Console.error("no unit prices: set desk.costs in policy.yaml for the cost per resolution")
        }
    }

    private static func times(_ name: String, _ times: CaseReport.Times) {
        guard let median = times.median, let p90 = times.p90 else { return Console.print("\(name.padded(26)) none") }
        Console.print(
            "\(name.padded(26)) \(String(times.n).leftPadded(7))  median \(number(median)) h, nine in ten within \(number(p90)) h"
        )
    }

    private static func percent(_ share: Double) -> String { number(share * 100) + " %" }
    static func number(_ value: Double) -> String { String(JSONOutput.rounded(value, 2)) }
}

extension String {
    func leftPadded(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}

struct ReportJSON: Encodable {
    struct CountJSON: Encodable {
        var n: Int
        var cases: [String]
        init(_ cases: [String]) { (n, self.cases) = (cases.count, cases) }
    }
    struct TimesJSON: Encodable {
        var n: Int
        @Nullable var medianHours: Double?
        @Nullable var p90Hours: Double?
        var cases: [String: Double]
        init(_ times: CaseReport.Times) {
            n = times.n
            medianHours = times.median.map { JSONOutput.rounded($0) }
            p90Hours = times.p90.map { JSONOutput.rounded($0) }
            cases = Dictionary(times.hours.map { ($0.id, JSONOutput.rounded($0.hours)) }, uniquingKeysWith: { $1 })
        }
    }
    @Nullable var since: Date?
    var until: Date
    var cases: CountJSON
    var byState: [String: CountJSON]
    var confirmed: CountJSON
    var confirmedRate: Double
    var confirmedBy: [String: CountJSON]
    var witnesses: [String: CountJSON]
    var escalated: CountJSON
    var escalationRate: Double
    var escalations: [String: CountJSON]
    var firstResponse: TimesJSON
    var resolution: TimesJSON
    var reopened: CountJSON
    var repeatContact: CountJSON
    var abandoned: CountJSON
    var dismissed: CountJSON
    var promisesBroken: CountJSON
    var cost: [String: Double]
    @Nullable var costPerResolution: Double?
    var currency: String

    init(_ report: CaseReport) {
        (since, until, cases) = (report.since, report.until, CountJSON(report.cases))
        byState = report.byState.mapValues(CountJSON.init)
        confirmed = CountJSON(report.confirmed)
        confirmedRate = JSONOutput.rounded(report.confirmedRate)
        confirmedBy = report.confirmedBy.mapValues(CountJSON.init)
        witnesses = report.witnesses.mapValues(CountJSON.init)
        escalated = CountJSON(report.escalated)
        escalationRate = JSONOutput.rounded(report.escalationRate)
        escalations = report.escalations.mapValues(CountJSON.init)
        (firstResponse, resolution) = (TimesJSON(report.firstResponse), TimesJSON(report.resolution))
        (reopened, repeatContact) = (CountJSON(report.reopened), CountJSON(report.repeatContact))
        (abandoned, dismissed) = (CountJSON(report.abandoned), CountJSON(report.dismissed))
        promisesBroken = CountJSON(report.promisesBroken)
        cost = report.cost.mapValues { JSONOutput.rounded($0) }
        costPerResolution = report.costPerResolution.map { JSONOutput.rounded($0) }
        currency = report.currency
    }
}
