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
        do {
            var command = try KB.parseAsRoot()
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
            fail(String(describing: error))
        }
    }

    private static func fail(_ message: String) -> Never {
        Console.flush()
        Console.error("kb: \(message)")
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
            """,
        version: VersionText.text,
        groupedSubcommands: [
            CommandGroup(
                name: "Start",
                subcommands: [InitCommand.self, IngestCommand.self, SourcesCommand.self, DemoCommand.self]),
            CommandGroup(name: "Daily", subcommands: [QueryCommand.self, SearchCommand.self, EncodeCommand.self]),
            CommandGroup(
                name: "Trust",
                subcommands: [
                    MarkCommand.self, ReviewCommand.self, CalibrateCommand.self, ReplayCommand.self, EvalCommand.self,
                    GapsCommand.self,
                    PolicyCommand.self, StatusCommand.self,
                    DoctorCommand.self,
                ]),
            CommandGroup(
                name: "Run",
                subcommands: [NightlyCommand.self, ConfigCommand.self, ModelCommand.self, BackupCommand.self, RestoreCommand.self]),
        ])
}
