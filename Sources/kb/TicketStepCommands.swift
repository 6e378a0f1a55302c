import ArgumentParser
import FoundationEssentials
import KnowledgeBase

extension CaseState: ExpressibleByArgument {}

extension TicketCommand {
    struct Assign: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives a case to a person or team; they and the customer are told.",
            discussion: "Example: kb ticket assign 1401063 billing --why \"a refund\"")
        @OptionGroup var item: CaseArgument
        @Argument(help: "Person or team.") var to: String
        @Option(help: "Why, for the record.") var why: String?
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions
        func run() throws { try TicketCommand.said(try global.engine().handOver(item.id, to: to, why: why), output, "handed over") }
    }

    struct Confirm: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The customer said that it is solved.", discussion: "Example: kb ticket confirm 1401063 --note \"by telephone\"")
        @OptionGroup var item: CaseArgument
        @Option(help: "How they said it.") var note: String?
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions
        func run() throws { try TicketCommand.said(try global.engine().confirm(item.id, note: note), output, "confirmed") }
    }

    struct Close: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ends a case without a resolution; it counts as none.",
            discussion: "Example: kb ticket close 1401063 --why \"the same as 1401060\"")
        @OptionGroup var item: CaseArgument
        @Option(help: "Why, for the record.") var why: String
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions
        func run() throws { try TicketCommand.said(try global.engine().dismiss(item.id, why: why), output, "closed") }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The sender is who they say: somebody made sure.", discussion: "Example: kb ticket verify w3f2a91c0d4e7")
        @OptionGroup var item: CaseArgument
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions
        func run() throws { try TicketCommand.said(try global.engine().verifySender(item.id), output, "verified the sender of") }
    }

    struct Link: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ties a case to an issue elsewhere.", discussion: "Example: kb ticket link 1401063 BUG-1812")
        @OptionGroup var item: CaseArgument
        @Argument(help: "The issue's name or url.") var issue: String
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions
        func run() throws { try TicketCommand.said(try global.engine().link(item.id, to: issue), output, "tied to \(Console.inline(issue)):") }
    }

    struct Settle: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "An issue is settled: the cases tied to it are resolved and their customers told.",
            discussion: "Example: kb ticket settle BUG-1812")
        @Argument(help: "The issue's name or url.") var issue: String
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions
        func run() throws {
            let settled = try global.engine().settleIssue(issue)
            if output.isJSON { return try JSONOutput.print(["cases": settled.map(CaseJSON.init)]) }
            Console.print("settled \(settled.count) case\(settled.count == 1 ? "" : "s")")
            for item in settled { Console.print("  \(Console.inline(item.id))  \(Console.inline(item.subject))") }
        }
    }

    struct Tick: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lets time pass: reminders, status, confirmations, ends, cases nobody moved.",
            discussion: "For cron, every few minutes. Example: kb ticket tick --now 2026-03-01T09:00:00Z")
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions

        struct Result: Encodable {
            var done: [String: [String]]
            var promisesBroken: [String]
        }

        func run() throws {
            let report = try global.engine().tick()
            if output.isJSON { return try JSONOutput.print(Result(done: report.done, promisesBroken: report.broken)) }
            for (what, cases) in report.done.sorted(by: { $0.key < $1.key }) {
                Console.print("\(what): \(cases.count)  " + Console.inline(cases.prefix(10).joined(separator: ", ")) + (cases.count > 10 ? ", …" : ""))
            }
            if !report.broken.isEmpty { Console.print("promises not kept: " + Console.inline(report.broken.joined(separator: ", "))) }
            if report.done.isEmpty, report.broken.isEmpty { Console.error("nothing is due") }
        }
    }

    struct Packet: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Everything a person needs to take a case over.",
            discussion: """
                json is described by schemas/handoff-packet.schema.json; slack, jira and github are bodies for their interfaces.

                Example: kb ticket packet 1401063 --format jira
                """)
        enum Format: String, ExpressibleByArgument, CaseIterable { case json, md, slack, jira, github }
        @OptionGroup var item: CaseArgument
        @Option(help: "json, md, slack, jira or github.") var format: Format = .md
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions

        func run() throws {
            let engine = try global.engine(access: nil)
            let packet = try engine.packet(ofCase: item.id)
            switch output.isJSON ? .json : format {
            case .json: Console.print(try JSONRecord.text(packet))
            case .md: Console.print(Console.safe(PacketMarkdown.text(packet)), terminator: "")
            case .slack: Console.print(try JSONRecord.text(PacketSlack.message(packet)))
            case .jira: Console.print(try PacketIssue.jira(packet, project: engine.policy().desk.jiraProject))
            case .github: Console.print(try PacketIssue.github(packet))
            }
        }
    }
}
