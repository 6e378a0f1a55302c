import ArgumentParser
import FoundationEssentials
import KnowledgeBase

struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "The escalation policy: written, looked over, read back.",
        discussion: "Example: kb policy explain",
        subcommands: [
            Init.self, Check.self, Explain.self, Triggers.self, GradeDrafts.self, Intents.self, TrainTriggers.self,
            TrainUrgency.self, TrainGrader.self,
        ])

    struct Init: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "init", abstract: "Writes a commented policy.yaml.", discussion: "Example: kb policy init")

        @OptionGroup var global: GlobalOptions

        func run() throws {
            let path = global.located.location.policy
            guard !FileManager.default.fileExists(atPath: path) else {
                throw KnowledgeBaseError.invalidArgument(
                    "\(path) is there already. Edit it, or move it away and run kb policy init again.")
            }
            do {
                try Data(PolicyTemplate.text.utf8).write(to: URL(filePath: path))
            } catch {
                throw KnowledgeBaseError.unreadable(path: path, reason: "it cannot be written (\(error))")
            }
            Console.print("wrote \(path)")
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Looks policy.yaml over; exit code 3 when something is wrong.",
            discussion: "Example: kb policy check\n\nPrints each problem as FILE:LINE: what is wrong.")

        @OptionGroup var global: GlobalOptions
        @OptionGroup var output: OutputOptions

        private struct Report: Encodable {
            struct Problem: Encodable {
                var line: Int
                var message: String
            }
            var file: String
            var policy: String
            var problems: [Problem]
        }

        func run() throws {
            let path = global.located.location.policy
            let (policy, problems) = try Policy.check(path)
            if output.isJSON {
                try JSONOutput.print(
                    Report(
                        file: path, policy: policy.hash,
                        problems: problems.map { .init(line: $0.line, message: $0.message) }))
            } else if problems.isEmpty {
                let origin = FileManager.default.fileExists(atPath: path) ? path : "no \(path): the defaults hold"
                Console.print("\(origin): in order (policy \(policy.hash))")
            } else {
                for problem in problems { Console.print(Console.safe("\(path):\(problem.line): \(problem.message)")) }
            }
            if !problems.isEmpty { throw Outcome.gateFailed }
        }
    }

    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain", abstract: "Reads the policy back in plain sentences.",
            discussion: "Example: kb policy explain")

        @OptionGroup var global: GlobalOptions

        func run() throws {
            for line in try Policy.read(global.located.location.policy).explained() {
                Console.print(Console.wrap(Console.safe(line)))
            }
        }
    }
}
