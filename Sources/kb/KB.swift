import ArgumentParser
import Embedding
import FoundationEssentials
import KnowledgeBase

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Exit codes (design: cli.md): 0 done, 1 nothing found or goes to a person, 2 error, 3 a gate failed, 64 usage.
enum Outcome {
    static let nothingFound = ExitCode(1)
    static let failed = ExitCode(2)
    static let gateFailed = ExitCode(3)
}

@main
enum Program {
    static func main() {
        Beside.prepare()
        // OpenBLAS starts no threads then, which nothing here uses and which spin for a while. Before another thread reads the
        // environment, and after the arguments, which the standard library finds beside it.
        _ = CommandLine.arguments
        setenv("OPENBLAS_NUM_THREADS", "1", 1)
        // Not the parser's own flag: that would take `kb search --version 4.2 …` for itself.
        if CommandLine.arguments.dropFirst().elementsEqual(["--version"]) {
            Console.print(VersionText.text)
            Console.flush()
            return
        }
        do {
            var command = try daily() ?? KB.parseAsRoot()
            try command.run()
            end(.success)
        } catch let code as ExitCode {
            end(code)
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

    /// The verbs whose start-up a user feels, read without the parser where they are plain (`PlainArguments`), else parsed without
    /// the whole tree of verbs. What fails (help, a mistake) is left to the tree.
    private static func daily() -> (any ParsableCommand)? {
        let arguments = CommandLine.arguments.dropFirst()
        let rest = arguments.dropFirst()
        guard let verb = arguments.first, ["query", "ask", "search"].contains(verb) else { return nil }
        let plain = PlainArguments(rest)
        plain?.encodeEarly()
        if verb == "search" {
            if let plain = plain?.search { return plain }
            return try? SearchCommand.parseAsRoot(Array(rest))
        }
        if let plain = plain?.query { return plain }
        return try? QueryCommand.parseAsRoot(Array(rest))
    }

    /// Ends the process at once: what libraries take down behind a result nobody waits for.
    private static func end(_ code: ExitCode) -> Never {
        Console.flush()
        _exit(code.rawValue)
    }

    private static func fail(_ message: String) -> Never {
        Console.flush()
        Console.error("kb: \(Console.safe(message))")
        end(Outcome.failed)
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
                    TicketCommand.self, QueueCommand.self, CustomerCommand.self, OutboxCommand.self,
                    JournalCommand.self,
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
