import ArgumentParser
import FoundationEssentials
import KnowledgeBase

extension PolicyCommand {
    struct Triggers: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "triggers",
            abstract: "Which past tickets ask for a person or touch a sensitive topic, by the policy as it is.",
            discussion: """
                TICKETS is an export as kb ingest takes it; with --batch, JSON Lines of {"_id", "text"}, '-' for standard \
                input. One line for each that fires, with the probability and the words; nothing is answered or logged.

                Example: kb policy triggers tickets.jsonl
                """)

        @Argument(help: ArgumentHelp("Tickets.", valueName: "tickets"), completion: .file()) var file: String
        @Flag(help: "Read JSON Lines of questions in place of a ticket export.") var batch = false
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions

        private struct Line: Encodable {
            @Nullable var id: String?
            var trigger: String
            @Nullable var topic: String?
            var value: Double
            var detail: String
            var text: String
        }

        func run() throws {
            let engine = try global.engine(access: .read)
            let shows = Console.stderrIsTerminal && !global.quiet
            var count = 0
            if batch {
                var reader = try LineReader(file)
                while true {
                    let lines = reader.next(64)
                    guard !lines.isEmpty else { break }
                    let questions = try lines.filter { !$0.allSatisfy { $0 <= 0x20 } }.map {
                        try BatchLine.parse($0).get()
                    }
                    try show(engine.triggers(questions))
                    count += questions.count
                }
            } else {
                let path = file.absolutePath(from: FileManager.default.currentDirectoryPath)
                let result = try engine.triggers(tickets: path) { done, all in
                    if shows { Console.errorInPlace("\(done) of \(all) tickets") }
                }
                if shows { Console.errorInPlace("") }
                try show(result.findings)
                count = result.tickets
            }
            if !global.quiet { Console.error("\(count) messages looked at") }
        }

        private func show(_ findings: [TriggerFinding]) throws {
            for finding in findings {
                if output.isJSON {
                    try JSONOutput.print(
                        Line(
                            id: finding.question.id, trigger: finding.trigger.rawValue, topic: finding.topic,
                            value: JSONOutput.rounded(finding.value, 4), detail: finding.detail,
                            text: finding.question.fullText))
                } else {
                    Console.print(
                        Console.safe(
                            "\((finding.question.id ?? "-").padded(10)) \(ReplayText.decimals(finding.value))  "
                                + "\((finding.topic ?? finding.trigger.rawValue).padded(17)) \(finding.detail)"))
                }
            }
        }
    }
}
