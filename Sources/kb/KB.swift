import ArgumentParser
import FoundationEssentials
import KnowledgeBase

/// Exit codes (design: cli.md): 0 done, 1 nothing found or goes to a person, 2 error, 3 a gate failed, 64 usage.
enum Outcome {
    static let nothingFound = ExitCode(1)
    static let failed = ExitCode(2)
    static let gateFailed = ExitCode(3)
}

@main
enum Program {
    static func main() {
        // Not the parser's own flag: that would take `kb search --version 4.2 …` for itself.
        if CommandLine.arguments.dropFirst().elementsEqual(["--version"]) {
            Console.print(VersionText.text)
            Console.flush()
            return
        }
        do {
            var command = try daily() ?? KB.parseAsRoot()
            try command.run()
            Console.flush()
        } catch let code as ExitCode {
            Console.flush()
            KB.exit(withError: code)
        } catch let error as KnowledgeBaseError {
            fail(error.description)
        } catch  where KB.exitCode(for: error) != .failure {
            Console.flush()
            KB.exit(withError: error)
        } catch {
            let explained = KnowledgeBaseError.explained(error, database: GlobalOptions.opened ?? "The knowledge base")
            fail(String(describing: explained))
        }
    }

    /// The verbs whose start-up a user feels, parsed without the whole tree of verbs: that costs milliseconds. Whatever is
    /// not plain (help, a mistake) is left to the tree.
    private static func daily() throws -> (any ParsableCommand)? {
        let verbs: [String: any ParsableCommand.Type] = [
            "query": QueryCommand.self, "ask": QueryCommand.self, "search": SearchCommand.self,
        ]
        let arguments = CommandLine.arguments.dropFirst()
        guard let verb = arguments.first.flatMap({ verbs[$0] }) else { return nil }
        if verb == QueryCommand.self { Engine.prepareAnswering() }
        return try? verb.parseAsRoot(Array(arguments.dropFirst()))
    }

    private static func fail(_ message: String) -> Never {
        Console.flush()
        Console.error("kb: \(Console.safe(message))")
        KB.exit(withError: Outcome.failed)
    }
}

struct KB: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kb",
        abstract: "Answers support questions from your own articles, with citations and a confidence.",
        discussion: """
            Start with:  kb ingest docs/   then:  kb query "How do I reset my password?"
            Exit codes: 0 done or answered, 1 nothing found or goes to a person, 2 error, 3 a gate failed, 64 usage.
            See kb --version for the program, its encoder and the encoder's checksum.
            """,
        groupedSubcommands: [
            CommandGroup(
                name: "Start",
                subcommands: [InitCommand.self, IngestCommand.self, SourcesCommand.self, DemoCommand.self]),
            CommandGroup(name: "Daily", subcommands: [QueryCommand.self, SearchCommand.self, EncodeCommand.self]),
            CommandGroup(
                name: "Tickets",
                subcommands: [
                    TicketCommand.self, QueueCommand.self, CustomerCommand.self, OutboxCommand.self, JournalCommand.self,
                    ReportCommand.self, ForgetCommand.self,
                ]),
            CommandGroup(
                name: "Trust",
                subcommands: [
                    MarkCommand.self, ReviewCommand.self, CalibrateCommand.self, ReplayCommand.self, EvalCommand.self,
                    GapsCommand.self, CheckCommand.self,
                    PolicyCommand.self, StatusCommand.self,
                    DoctorCommand.self,
                ]),
            CommandGroup(
                name: "Run",
                subcommands: [
                    NightlyCommand.self, ConfigCommand.self, ModelCommand.self, BackupCommand.self, RestoreCommand.self,
                    ExportCommand.self,
                ]),
        ])
}
