import ArgumentParser
import Embedding
import FoundationEssentials
import KnowledgeBase

extension PolicyCommand {
    /// Makes the weights that kb ships; for developers, so `--help` leaves it out.
    struct TrainTriggers: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "train-triggers", abstract: "Trains the shipped trigger model; see scripts/train-triggers.",
            discussion: "Example: kb policy train-triggers a.jsonl b.jsonl --out TriggerWeights.swift",
            shouldDisplay: false)

        @Argument(help: "JSON Lines of {\"text\", \"labels\"}; one file an author.") var files: [String]
        @Option(help: "The Swift file to write.") var out: String
        @Option(help: "Cross-validated probabilities, JSON Lines.") var predictions: String?
        @OptionGroup var global: GlobalOptions

        private struct Line: Codable {
            var text: String
            var labels: [String]
        }

        private struct Judged: Encodable {
            var text: String
            var labels: [String]
            var file: String
            var person: Double
            var sensitive: Double
            var person_by_wording: Double
            var sensitive_by_wording: Double
        }

        func run() throws {
            var examples: [TriggerTraining.Example] = []
            for (group, file) in files.enumerated() {
                guard let data = FileManager.default.contents(atPath: file) else {
                    throw KnowledgeBaseError.unreadable(path: file, reason: "no such file or folder")
                }
                for (number, bytes) in data.split(separator: 0x0a).enumerated() {
                    guard let line = try? JSONDecoder().decode(Line.self, from: bytes),
                        Set(line.labels).isSubset(of: TriggerTraining.labels)
                    else {
                        throw KnowledgeBaseError.invalidArgument(
                            "\(file):\(number + 1): write {\"text\", \"labels\"}; known labels: \(TriggerTraining.labels.joined(separator: ", "))"
                        )
                    }
                    examples.append(.init(text: line.text, labels: Set(line.labels), group: group))
                }
            }
            let encoder = try Models.open(global.model, environment: GlobalOptions.environment, threads: 2)
            let outcome = try TriggerTraining(examples, encoder: encoder).run()
            try Data(outcome.source.utf8).write(to: URL(filePath: out))
            if let predictions {
                var text = ""
                for item in outcome.judged {
                    text +=
                        try JSONOutput.line(
                            Judged(
                                text: item.example.text, labels: item.example.labels.sorted(),
                                file: files[item.example.group],
                                person: JSONOutput.rounded(item.person), sensitive: JSONOutput.rounded(item.sensitive),
                                person_by_wording: JSONOutput.rounded(item.personByWording),
                                sensitive_by_wording: JSONOutput.rounded(item.sensitiveByWording))) + "\n"
                }
                try Data(text.utf8).write(to: URL(filePath: predictions))
            }
        }
    }
}
