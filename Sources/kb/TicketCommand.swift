import ArgumentParser
import FoundationEssentials
import KnowledgeBase

struct TicketCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ticket", abstract: "Cases, from the first message to the confirmed end.",
        discussion: """
            Take tickets in, run them, look at what goes out, and let time pass:
            kb ticket intake export.jsonl; kb ticket run --all; kb outbox; kb ticket tick

            Example: kb ticket run --all --explain
            """,
        subcommands: [
            Intake.self, List.self, Show.self, Run.self, Approve.self, Edit.self, Reject.self, Reply.self, Assign.self,
            Confirm.self, Close.self, Verify.self, Link.self, Settle.self, Tick.self, Packet.self,
        ])

    /// A case's id.
    struct CaseArgument: ParsableArguments {
        @Argument(help: "The case's id.") var id: String
    }

    /// Who does it.
    struct ByOption: ParsableArguments {
        @Option(help: ArgumentHelp("Who does it; by default who has the case.", valueName: "person")) var by: String?
    }

    static func said(_ item: Case, _ output: OutputOptions, _ what: String) throws {
        if output.isJSON { return try JSONOutput.print(CaseJSON(item)) }
        Console.print(
            "\(what) \(Console.inline(item.id)): \(item.state.rawValue), with \(Console.inline(item.owner.name))")
    }
}

extension TicketCommand {
    struct Intake: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes tickets in: exports, and what a web form gives.",
            discussion: """
                Reads what kb ingest reads of tickets, and {"name"?, "email", "subject", "message", "created_at"?} of a form,
                one JSON object a line. A conversation is one case; the same message again changes nothing. A sender is
                claimed until the help desk proved who it is ("verified": true in users.json or on the requester), the
                team's list knows the account, or somebody says so: kb ticket verify ID.

                Example: kb ticket intake export.jsonl
                """)
        @Argument(help: "Files; '-' is standard input.", completion: .file()) var files: [String]
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions

        struct Result: Encodable {
            struct Skipped: Encodable {
                var path: String
                var reason: String
            }
            var opened: [String]
            /// Of these, closed at once, unanswered: their last word is old.
            var past: [String]
            var continued: [String]
            var unchanged: Int
            var messages: Int
            var leftOut: [String: Int]
            var skipped: [Skipped]
        }

        func run() throws {
            let engine = try global.engine(create: true)
            let folder = FileManager.default.currentDirectoryPath
            let sources = try files.map { file -> Engine.IntakeSource in
                guard file != "-" else {
                    var reader = try LineReader("-")
                    return .bytes(reader.rest(), name: "standard input")
                }
                let path = file.absolutePath(from: folder)
                _ = try LineReader(path)
                return .file(path)
            }
            let report = try engine.intake(sources)
            if output.isJSON {
                try JSONOutput.print(
                    Result(
                        opened: report.opened, past: report.past, continued: report.continued,
                        unchanged: report.unchanged,
                        messages: report.messages,
                        leftOut: [
                            "automatic": report.automatic, "spam": report.spam, "merged": report.merged,
                            "forgotten": report.forgotten,
                        ],
                        skipped: report.skipped.map { .init(path: $0.path, reason: $0.reason) }))
            } else {
                Console.print(
                    "\(report.opened.count) new, \(report.continued.count) with new messages, \(report.unchanged) unchanged; "
                        + "\(report.messages) messages")
                let left = [
                    ("automatic", report.automatic), ("spam", report.spam), ("merged", report.merged),
                    ("forgotten", report.forgotten),
                ].filter { $0.1 > 0 }
                if !left.isEmpty {
                    Console.print("left out: " + left.map { "\($0.1) \($0.0)" }.joined(separator: ", "))
                }
                if !report.past.isEmpty {
                    Console.print(
                        "\(report.past.count) closed unanswered: their last word is over 30 days old and they have no status open. "
                            + "To have them answered, give them one: \(Console.inline(report.past.prefix(3).joined(separator: ", ")))"
                            + (report.past.count > 3 ? ", …" : ""))
                }
            }
            for skipped in report.skipped {
                Console.error("\(Console.inline(skipped.path)): \(Console.inline(skipped.reason))")
            }
            if !report.skipped.isEmpty {
                if report.messages == 0, report.unchanged == 0 {
                    throw KnowledgeBaseError.invalidArgument("Nothing was taken in: no record could be read.")
                }
                throw Outcome.failed
            }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ls", abstract: "Cases, oldest first.",
            discussion: "Example: kb ticket ls --state waiting_expert")
        @Option(help: ArgumentHelp("Only in this state; may be given again.", valueName: "state")) var state:
            [CaseState] = []
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions

        func run() throws {
            let cases = try global.engine(access: nil).cases(state)
            if output.jsonl { return try cases.forEach { try JSONOutput.print(CaseJSON($0)) } }
            if output.json { return try JSONOutput.print(["cases": cases.map(CaseJSON.init)]) }
            for item in cases {
                Console.print(
                    "\(Console.inline(item.id).padded(14)) \(item.state.rawValue.padded(18)) \(Console.inline(item.owner.name).padded(12)) "
                        + Console.inline(String(item.subject.prefix(70))))
            }
            if cases.isEmpty {
                Console.error("no cases\(state.isEmpty ? " yet: kb ticket intake FILE" : " in that state")")
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One case: its messages, what was decided, what went out.",
            discussion: "Example: kb ticket show 1401063")
        @OptionGroup var item: CaseArgument
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions

        func run() throws {
            let engine = try global.engine(access: nil)
            let story = try engine.caseStory(item.id)
            if output.isJSON { return try JSONOutput.print(CaseStoryJSON(story)) }
            CaseTextOutput.show(story)
        }
    }

    struct Run: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Looks at what waits for kb and does what the policy allows.",
            discussion: """
                Answers, drafts, asks one question, or hands over; everything that goes out is a row of kb outbox. Without an
                id, or with --all, every case that waits.

                Example: kb ticket run --all --explain
                """)
        @Argument(help: "The case's id.") var id: String?
        @Flag(help: "Every case that waits; so it is without an id.") var all = false
        @Flag(help: "Show what was read, found and decided, with the values.") var explain = false
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions

        func validate() throws { if all, id != nil { throw ValidationError("Give an id or --all, not both.") } }

        func run() throws {
            let engine = try global.engine()
            var runs: [CaseRunJSON] = []
            var count = 0
            try engine.runCases(id) { run in
                count += 1
                if output.json { return runs.append(CaseRunJSON(run, explain: explain)) }
                if output.jsonl { return try JSONOutput.print(CaseRunJSON(run, explain: explain)) }
                CaseTextOutput.print(run, explain: explain)
            }
            if output.json { return try JSONOutput.print(["runs": runs]) }
            if count == 0 { Console.error("nothing waits for kb") }
        }
    }

    struct Approve: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sends the draft as it stands.", discussion: "Example: kb ticket approve 1401063")
        @OptionGroup var item: CaseArgument
        @OptionGroup var who: ByOption
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions
        func run() throws {
            try TicketCommand.said(try global.engine().approve(item.id, by: who.by), output, "sent the draft of")
        }
    }

    struct Edit: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sends your wording of the draft.",
            discussion: "Example: kb ticket edit 1401063 \"Open Settings, then …\"")
        @OptionGroup var item: CaseArgument
        @Argument(help: "The text; '-' is standard input.") var text: String
        @Option(help: ArgumentHelp("The article that answers.", valueName: "doc")) var shouldBe: String?
        @OptionGroup var who: ByOption
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions
        func run() throws {
            let text = try TicketCommand.text(text)
            try TicketCommand.said(
                try global.engine().edit(item.id, text: text, shouldBe: shouldBe, by: who.by), output,
                "sent your wording of")
        }
    }

    struct Reject: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The draft is no good: a person answers.",
            discussion: "Example: kb ticket reject 1401063 --why \"old version\"")
        @OptionGroup var item: CaseArgument
        @Option(help: "Why, for the record.") var why: String?
        @OptionGroup var who: ByOption
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions
        func run() throws {
            try TicketCommand.said(
                try global.engine().reject(item.id, why: why, by: who.by), output, "rejected the draft of")
        }
    }

    struct Reply: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A person's own answer to the customer.",
            discussion: "Example: kb ticket reply 1401063 \"It is fixed.\" --by lena")
        @OptionGroup var item: CaseArgument
        @Argument(help: "The text; '-' is standard input.") var text: String
        @OptionGroup var who: ByOption
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions
        func run() throws {
            let text = try TicketCommand.text(text)
            try TicketCommand.said(try global.engine().reply(item.id, text: text, by: who.by), output, "replied to")
        }
    }

    static func text(_ argument: String) throws -> String {
        var text = argument
        if argument == "-" {
            var reader = try LineReader("-")
            text = String(decoding: reader.rest(), as: UTF8.self)
        }
        while text.last?.isWhitespace == true { text.removeLast() }
        guard !text.isEmpty else { throw ValidationError("The text is empty.") }
        return text
    }
}
