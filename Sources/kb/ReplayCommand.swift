import ArgumentParser
import FoundationEssentials
import KnowledgeBase

struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "What the policy would have done on past tickets; nothing is changed.",
        discussion: """
            Every ticket is answered as of the moment it was asked: later tickets, links and marks do not count, nor does
            its own thread. Articles count as they are now. TICKETS is an export as kb ingest takes it. Tickets that are
            in the base teach from the moment they were resolved; ingest them first.

            Example: kb replay tickets.jsonl --since 2026-01-01T00:00:00Z --report replay.html
            """)

    @Argument(help: "A ticket export: a file or a folder.", completion: .file())
    var tickets: String

    @Option(
        help: ArgumentHelp("Also writes the report as one HTML file.", valueName: "file.html"), completion: .file())
    var report: String?

    @Option(
        help: ArgumentHelp("Only the tickets behind one number, by its name in the report.", valueName: "number"))
    var list: String?

    @Option(help: ArgumentHelp("Only tickets asked at or after this moment, RFC 3339.", valueName: "time"))
    var since: String?

    @Option(help: ArgumentHelp("Only tickets asked before this moment, RFC 3339.", valueName: "time"))
    var until: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        for (name, value) in [("--since", since), ("--until", until)] {
            if let value, Self.time(value) == nil {
                throw ValidationError("\(name) \(value): write a time as 2026-01-01T00:00:00Z.")
            }
        }
    }

    private static func time(_ text: String) -> Date? {
        (try? Date(text, strategy: .iso8601)) ?? (try? Date(text + "T00:00:00Z", strategy: .iso8601))
    }

    func run() throws {
        let engine = try global.engine(access: .read)
        let current = FileManager.default.currentDirectoryPath
        if let report { try HTMLPage.checkPlace(report.absolutePath(from: current)) }
        var request = ReplayRequest(path: tickets.absolutePath(from: current))
        request.since = since.flatMap(Self.time)
        request.until = until.flatMap(Self.time)
        let shows = Console.stderrIsTerminal && !global.quiet
        let result = try engine.replay(request) { done, all in
            if shows { Console.errorInPlace("\(done) of \(all) tickets") }
        }
        if shows { Console.errorInPlace("") }
        engine.keep(result, of: request)
        if result.unknownToBase > 0, !global.quiet {
            Console.error(
                "\(result.unknownToBase) of these tickets are not in the base, so what became of them taught it nothing. "
                    + "Ingest them first for a replay of the whole: kb ingest \(tickets)")
        }
        if let report { try HTMLPage.write(ReplayPage(result).html, to: report.absolutePath(from: current)) }
        if let list {
            let all = result.lists
            if let leftOut = result.leftOutTickets.first(where: { $0.name == list }) {
                for id in leftOut.tickets { try show(id, leftOut.reason) }
                return
            }
            guard let found = all.first(where: { $0.name == list }) else {
                throw KnowledgeBaseError.invalidArgument(
                    "There is no number '\(list)' here. There are: \((all.map(\.name) + result.leftOutTickets.map(\.name)).joined(separator: ", "))."
                )
            }
            for place in found.tickets { try show(result.tickets[place]) }
            return
        }
        if output.isJSON { return try JSONOutput.print(ReplayJSON(result)) }
        ReplayText.print(result)
    }

    private struct LeftOutJSON: Encodable {
        var id: String
        var leftOut: String
    }

    private func show(_ id: String, _ reason: String) throws {
        if output.isJSON { return try JSONOutput.print(LeftOutJSON(id: id, leftOut: reason)) }
        Console.print(Console.inline("\(id.padded(10)) left out: \(reason)"))
    }

    private func show(_ ticket: ReplayedTicket) throws {
        if output.isJSON { return try JSONOutput.print(ReplayJSON.TicketJSON(ticket)) }
        let verdict = ticket.isRight.map { $0 ? "right" : "wrong" } ?? "unknown"
        Console.print(
            Console.safe(
                "\(ticket.id.padded(10)) \(JSONOutput.time(ticket.askedAt))  \(ReplayText.decimals(ticket.confidence))  "
                    + "\(ticket.action.rawValue.padded(6)) \(verdict.padded(8)) \(ticket.cited ?? "-")  \(ticket.title)"
            ))
    }

}

/// The words of `kb replay` without --json.
enum ReplayText {
    static func print(_ report: ReplayReport) {
        Console.print(heading(report))
        Console.print()
        let n = report.tickets.count
        for (words, places, name) in actions(report) {
            Console.print(words.padded(52) + number(places.count, 7) + share(places.count, of: n, 7) + "  " + name)
        }
        if !report.leftOutTickets.isEmpty {
            Console.print("\nleft out of the file".padded(53) + "tickets")
            for row in report.leftOutTickets {
                Console.print("  " + words(row).padded(50) + number(row.tickets.count, 7) + "         " + row.name)
            }
        }
        Console.print("\nwhy (a ticket counts for every rule that fired)".padded(53) + "tickets  to a person")
        for row in report.triggers {
            Console.print(
                "  " + row.code.padded(50) + number(row.tickets.count, 7) + number(row.handedOver.count, 13)
                    + "  trigger.\(row.code)")
        }
        Console.print(
            "\nthe first citation, where the agents linked an article: right, and the exact 95 % interval of its share")
        Console.print("band   tickets  linked   right           share      unknown   share of all, unknown ones in")
        for row in report.bands {
            let known = row.right.count + row.wrong.count
            let interval =
                known > 0 ? "\(percent(Double(row.right.count) / Double(known))) (\(range(row.interval)))" : "-"
            Console.print(
                row.band.rawValue.padded(6) + number(row.tickets.count, 8) + number(known, 8)
                    + number(row.right.count, 8) + right(interval, 19) + number(row.unknown.count, 10)
                    + right(row.tickets.isEmpty ? "-" : range(row.bounds), 14))
        }
        for row in report.bands where !row.unknown.isEmpty || row.reviewed > 0 {
            Console.print("\n\(withoutLink(row))")
            if row.reviewed > 0 {
                Console.print("  reviewed: \(reviewed(row))  band.\(row.band.rawValue).reviewed.right")
            }
            for review in row.reviews {
                Console.print(
                    "  kb review --from-replay \(review.count) --band \(row.band.rawValue)".padded(46)
                        + "narrows their share from \(range(row.reviewedInterval)) to \(width(review.interval)) points (\(range(review.interval)))"
                )
            }
        }
        if report.reliability.count > 0 {
            Console.print(
                "\nconfidence against the links, on \(spaced(report.reliability.count)) tickets (bin.1 to bin.10)")
            CalibrateText.table(report.reliability)
        }
        Console.print(
            report.gaps.isEmpty
                ? "\nno group of like questions that no article seems to answer and no agent answered with one"
                : "\nlargest groups of questions that no article seems to answer and no agent answered with one")
        for (place, gap) in report.gaps.enumerated() {
            Console.print(
                number(gap.count, 5) + "  " + "gap.\(place + 1)".padded(8) + Console.safe(report.tickets[gap[0]].title))
        }
        Console.print("\nThe tickets behind a number: kb replay … --list NAME")
    }

    static func heading(_ report: ReplayReport) -> String {
        let days = [report.tickets.first, report.tickets.last].compactMap {
            $0.map { JSONOutput.time($0.askedAt).prefix(10) }
        }
        let source = "\(report.calibration.source.rawValue), \(spaced(report.calibration.count)) labels"
        return "\(spaced(report.tickets.count)) tickets" + (days.count == 2 ? ", \(days[0]) to \(days[1])" : "")
            + ", each with what was known then. Policy \(report.policyHash), confidence by \(source)."
    }

    /// Why these were left out.
    static func words(_ row: ReplayReport.LeftOut) -> String {
        switch row.reason {
        case "automatic": "written by a machine (out of office, bounce)"
        case "merged": "merged into another, or deleted"
        case "without a word": "without subject and description: no question"
        case "at another time": "before --since or after --until"
        case "not read": "lines that could not be read"
        default: row.reason
        }
    }

    /// What would have been done, with the name of each number.
    static func actions(_ report: ReplayReport) -> [(words: String, places: [Int], name: String)] {
        [
            ("sent by itself", report.places(.auto), "sent"),
            ("drafted, for an agent to send", report.places(.draft), "drafted"),
            ("handed over to a person", report.places(.human), "handed_over"),
            ("would be sent once certified and set to auto", report.ready, "ready"),
        ]
    }

    /// "11 in auto have no link: 4 reviewed, 7 unknown, of which 93 % are said to be right".
    static func withoutLink(_ row: ReplayReport.BandRow) -> String {
        var parts: [String] = []
        if row.reviewed > 0 { parts.append("\(spaced(row.reviewed)) reviewed") }
        if let said = row.saidOfUnknown {
            parts.append("\(spaced(row.unknown.count)) unknown, of which \(percent(said)) are said to be right")
        }
        return
            "\(spaced(row.reviewed + row.unknown.count)) in \(row.band.rawValue) without a link: "
            + parts.joined(separator: ", ")
    }

    /// "12 of 29 right, 41 % (24–61 %)".
    static func reviewed(_ row: ReplayReport.BandRow) -> String {
        let (right, all) = (row.reviewedRight.count, row.reviewed)
        return
            "\(right) of \(all) right, \(percent(Double(right) / Double(max(1, all)))) (\(range(row.reviewedInterval)))"
    }

    static func percent(_ value: Double) -> String { "\(Int((value * 100).rounded())) %" }
    static func range(_ value: ClosedRange<Double>) -> String {
        "\(Int((value.lowerBound * 100).rounded()))–\(Int((value.upperBound * 100).rounded())) %"
    }
    static func width(_ value: ClosedRange<Double>) -> Int {
        Int(((value.upperBound - value.lowerBound) * 100).rounded())
    }

    /// Three decimals, always.
    static func decimals(_ value: Double) -> String {
        let text = String(Int((value * 1000).rounded()))
        let padded = String(repeating: "0", count: max(0, 4 - text.count)) + text
        return "\(padded.dropLast(3)).\(padded.suffix(3))"
    }

    /// 23,359.
    static func spaced(_ value: Int) -> String {
        var out = ""
        for (place, digit) in String(value).reversed().enumerated() {
            if place > 0, place % 3 == 0 { out.append(",") }
            out.append(digit)
        }
        return String(out.reversed())
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
    private static func number(_ value: Int, _ width: Int) -> String { right(spaced(value), width) }
    private static func share(_ part: Int, of all: Int, _ width: Int) -> String {
        right(percent(Double(part) / Double(max(1, all))), width)
    }
}
