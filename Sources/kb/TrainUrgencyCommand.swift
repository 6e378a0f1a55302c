import ArgumentParser
import Embedding
import FoundationEssentials
import KnowledgeBase

extension PolicyCommand {
    /// Makes the weights that kb ships; for developers, so `--help` leaves it out.
    struct TrainUrgency: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "train-urgency", abstract: "Trains the shipped judge of urgency; see scripts/train-urgency.",
            discussion: "Example: kb policy train-urgency a.jsonl b.jsonl --out UrgencyWeights.swift",
            shouldDisplay: false)

        @Argument(help: "JSON Lines of {\"text\", \"sent_at\", \"expect\": {\"reasons\", \"due\"}}; one file a batch.")
        var files: [String]
        @Option(help: "The Swift file to write.") var out: String
        @OptionGroup var global: GlobalOptions

        private struct Line: Codable {
            struct Expected: Codable {
                var reasons: [String]
                var due: String?
            }

            var text: String
            var sent_at: Date
            var expect: Expected
        }

        func run() throws {
            let decoder = JSONDecoder()
            decoder.dateDecodingStrategy = .iso8601
            var examples: [UrgencyTraining.Example] = []
            for (group, file) in files.enumerated() {
                guard let data = FileManager.default.contents(atPath: file) else {
                    throw KnowledgeBaseError.unreadable(path: file, reason: "no such file or folder")
                }
                for (number, bytes) in data.split(separator: 0x0a).enumerated() {
                    guard let line = try? decoder.decode(Line.self, from: bytes) else {
                        throw KnowledgeBaseError.invalidArgument(
                            "\(file):\(number + 1): write {\"text\", \"sent_at\", \"expect\": {\"reasons\", \"due\"}}, sent_at as 2026-04-22T07:30:00Z"
                        )
                    }
                    examples.append(
                        .init(
                            text: line.text, sentAt: line.sent_at, reasons: line.expect.reasons, due: line.expect.due,
                            group: group))
                }
            }
            let encoder = try Models.open(global.model, environment: GlobalOptions.environment, threads: 2)
            let vectors = try encoder.encode(examples.map(\.text))
            let outcome = UrgencyTraining(examples, vectors: vectors, fingerprint: encoder.fingerprint).run()
            try Data(outcome.source.utf8).write(to: URL(filePath: out))
            Console.print(
                "\(examples.count) messages, right in everything by a model that has not seen their file: \(outcome.right); "
                    + "by the wording alone: \(outcome.rightByWording)")
        }
    }
}
