import ArgumentParser
import FoundationEssentials
import KnowledgeBase

extension Gap.State: ExpressibleByArgument {}

struct GapsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gaps", abstract: "What customers asked and no article answers: the doc writer's work list.",
        discussion: """
            Looks at the question log and at past tickets of the last 90 days. Gaps keep their ids from run to run, and close
            by themselves when an article that changed answers their own questions.

            Example: kb gaps --format html > gaps.html
            """,
        subcommands: [
            List.self, Show.self, Acknowledge.self, Dismiss.self, Assign.self, Note.self, DraftArticle.self,
            Classify.self,
        ],
        defaultSubcommand: List.self)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, md, html, json, csv }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "The gaps, most worth writing first.",
            discussion: "Example: kb gaps --top 10 --format md")

        @Option(help: ArgumentHelp("From this moment on; by default 90 days before --until.", valueName: "time"))
        var since: String?

        @Option(help: ArgumentHelp("Up to this moment; by default now.", valueName: "time"))
        var until: String?

        @Option(help: "Only gaps of this topic of tickets.")
        var topic: String?

        @Option(help: ArgumentHelp("Only gaps of at least so many questions.", valueName: "n"))
        var minCount: Int?

        @Option(help: ArgumentHelp("Only the first so many.", valueName: "n"))
        var top: Int?

        @Option(
            help: ArgumentHelp(
                "Those in this state, whenever they were asked about; may be given again.", valueName: "state"))
        var state: [Gap.State] = []

        @Flag(help: "Leave the words of customers and agents out.")
        var noQuotes = false

        @Option(help: "text, md, html, json or csv.")
        var format: Format = .text

        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions

        func validate() throws {
            for (name, value) in [("--since", since), ("--until", until)] {
                if let value, GapsCommand.time(value) == nil {
                    throw ValidationError("\(name) \(value): write a time as 2026-01-31 or 2026-01-31T09:00:00Z.")
                }
            }
            for (name, value) in [("--top", top), ("--min-count", minCount)] {
                if let value, value < 1 { throw ValidationError("\(name) \(value): write a number from 1 on.") }
            }
        }

        func run() throws {
            let engine = try global.engine()
            var request = GapRequest()
            request.since = since.flatMap(GapsCommand.time)
            request.until = until.flatMap(GapsCommand.time)
            (request.topic, request.minimumCount, request.top, request.withoutQuotes) = (topic, minCount, top, noQuotes)
            request.states = Set(state)
            let shows = Console.stderrIsTerminal && !global.quiet
            let report = try engine.gaps(request) { done, all in
                if shows { Console.errorInPlace("\(done) of \(all) questions") }
            }
            if shows { Console.errorInPlace("") }
            switch output.isJSON ? .json : format {
            case .text: GapsText.print(report)
            case .md: Console.print(GapsMarkdown(report).text)
            case .json: try JSONOutput.print(GapsJSON(report))
            case .csv: Console.print(GapsCSV.text(report), terminator: "")
            case .html: Console.print(GapsPage(report, history: try engine.answeredHistory()).html, terminator: "")
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One gap's story.", discussion: "Example: kb gaps show g_x4k2mp")
        @Argument(help: "The gap's id.") var id: String
        @Flag(help: "Leaves the words of customers and agents out.") var noQuotes = false
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions

        func run() throws {
            let engine = try global.engine()
            var (gap, events) = try engine.gap(id)
            if noQuotes {
                gap = try engine.withoutQuotes([gap])[0]
                // What kb wrote down quotes sentences and terms; what people noted is theirs.
                events = events.map { event in
                    var event = event
                    if !["note", "assigned", "dismissed", "acknowledged"].contains(event.what) { event.detail = "" }
                    return event
                }
            }
            if output.isJSON { return try JSONOutput.print(GapStoryJSON(gap: GapJSON(gap), events: events)) }
            GapsText.show(gap, events)
        }
    }

    struct Acknowledge: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ack", abstract: "Somebody has seen it.", discussion: "Example: kb gaps ack g_x4k2mp")
        @Argument(help: "The gap's id.") var id: String
        @Flag(help: "Also one that was dismissed or has closed.") var reopen = false
        @OptionGroup var global: GlobalOptions
        func run() throws {
            try global.engine().acknowledgeGap(id, reopening: reopen)
            Console.print("acknowledged \(id)")
        }
    }

    struct Dismiss: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "It needs no article; it stays away until it has grown.",
            discussion: "Example: kb gaps dismiss g_x4k2mp --until-grown 3")
        @Argument(help: "The gap's id.") var id: String
        @Option(help: ArgumentHelp("It returns at so many times its size; 2 by default.", valueName: "factor"))
        var untilGrown: Double?
        @OptionGroup var global: GlobalOptions
        func validate() throws {
            if let untilGrown, !(untilGrown > 1 && untilGrown.isFinite) {
                throw ValidationError("--until-grown \(untilGrown): write a factor above 1.")
            }
        }
        func run() throws {
            try global.engine().dismissGap(id, until: untilGrown)
            Console.print("dismissed \(id)")
        }
    }

    struct Assign: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Somebody writes it.", discussion: "Example: kb gaps assign g_x4k2mp rosa")
        @Argument(help: "The gap's id.") var id: String
        @Argument(help: "Who.") var person: String
        @OptionGroup var global: GlobalOptions
        func validate() throws {
            if person.allSatisfy(\.isWhitespace) { throw ValidationError("Name somebody: kb gaps assign \(id) rosa") }
        }
        func run() throws {
            try global.engine().assignGap(id, to: person)
            Console.print("assigned \(id) to \(Console.safe(person))")
        }
    }

    struct Note: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A note to its story.", discussion: "Example: kb gaps note g_x4k2mp \"asked the developers\"")
        @Argument(help: "The gap's id.") var id: String
        @Argument(help: "The note.") var text: String
        @OptionGroup var global: GlobalOptions
        func validate() throws {
            if text.allSatisfy(\.isWhitespace) { throw ValidationError("The note is empty.") }
        }
        func run() throws {
            try global.engine().noteGap(id, text)
            Console.print("noted on \(id)")
        }
    }

    struct DraftArticle: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "draft", abstract: "An article's stub from what customers asked and agents answered.",
            discussion: "Nothing is invented. Example: kb gaps draft g_x4k2mp > docs/new-article.md")
        @Argument(help: "The gap's id.") var id: String
        @OptionGroup var global: GlobalOptions
        func run() throws {
            let engine = try global.engine()
            let (gap, _) = try engine.gap(id)
            Console.print(
                GapDraft.text(gap, questions: engine.questionsWithin(gap), aliases: try engine.newWords(gap.terms)),
                terminator: "")
        }
    }

    static func time(_ text: String) -> Date? {
        (try? Date(text, strategy: .iso8601)) ?? (try? Date(text + "T00:00:00Z", strategy: .iso8601))
    }
}
