import ArgumentParser
import Embedding
import FoundationEssentials
import KnowledgeBase

extension PolicyCommand {
    /// Makes the weights that kb ships; for developers, so `--help` leaves it out.
    struct TrainGrader: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "train-grader", abstract: "Fits the grader's learned criteria; see scripts/train-grader.",
            discussion: "Example: kb policy train-grader w1.jsonl w2.jsonl --out GraderWeights.swift",
            shouldDisplay: false)

        @Argument(help: "JSON Lines of drafts (training/README.md); one file an author.") var files: [String]
        @Option(help: "The Swift file to write.") var out: String
        @Option(help: "JSON Lines of {\"text\", \"kind\"}: sentences by what they do.") var sentences: [String] = []
        @Option(help: "The Swift file of their weights.") var sentencesOut: String?
        @Option(help: "Share of sound drafts, by unseen authors, that each kind of sentence may stop.") var soundShare =
            0.01
        @Option(help: "Share of conflicts, by unseen authors, that are to be stopped.") var conflicts = 0.9
        @Option(help: "Share of parts left open that are to be stopped.") var uncovered = 0.8
        @OptionGroup var global: GlobalOptions

        private struct Line: Decodable {
            var question: String
            var passage: String
            var draft: String
            var label: String
            var other_passage: String?
            var passage_updated: String?
            var other_updated: String?
        }

        func run() throws {
            var examples: [GraderTraining.Example] = []
            for (group, file) in files.enumerated() {
                guard let data = FileManager.default.contents(atPath: file) else {
                    throw KnowledgeBaseError.unreadable(path: file, reason: "no such file or folder")
                }
                for (number, bytes) in data.split(separator: 0x0a).enumerated() {
                    guard let line = try? JSONDecoder().decode(Line.self, from: bytes) else {
                        throw KnowledgeBaseError.invalidArgument(
                            "\(file):\(number + 1): write {\"question\", \"passage\", \"draft\", \"label\"}")
                    }
                    examples.append(.init(draft: draft(line), label: line.label, group: group))
                }
            }
            let encoder = try Models.open(global.model, environment: GlobalOptions.environment, threads: 2)
            if let sentencesOut {
                let outcome = try SentenceKindTraining(readSentences(), drafts: examples, encoder: encoder)
                    .run(soundShare: soundShare)
                try Data(outcome.source.utf8).write(to: URL(filePath: sentencesOut))
                Console.print("kind\tthreshold\tflawed stopped, by author\tsound stopped, by author")
                for point in outcome.points {
                    Console.print(
                        "\(point.kind.rawValue)\t\(JSONOutput.rounded(point.threshold, 2))\t\(list(point.stopped))\t\(list(point.soundStopped))"
                    )
                }
            }
            let outcome = try GraderTraining(examples, encoder: encoder).run(recall: (conflicts, uncovered))
            try Data(outcome.source.utf8).write(to: URL(filePath: out))
            Console.print("criterion\tthreshold\tflawed stopped, by author\tsound stopped, by author")
            for point in outcome.points {
                Console.print(
                    "\(point.criterion)\t\(JSONOutput.rounded(point.threshold, 2))\t\(list(point.stopped))\t\(list(point.soundStopped))"
                )
            }
        }

        private func list(_ shares: [Double]) -> String {
            shares.map { String(JSONOutput.rounded($0, 2)) }.joined(separator: " ")
        }

        private struct SentenceLine: Decodable {
            var text: String
            var kind: String
        }

        private func readSentences() throws -> [SentenceKindTraining.Sentence] {
            try sentences.flatMap { file in
                guard let data = FileManager.default.contents(atPath: file) else {
                    throw KnowledgeBaseError.unreadable(path: file, reason: "no such file or folder")
                }
                return try data.split(separator: 0x0a).enumerated().map {
                    number, bytes -> SentenceKindTraining.Sentence in
                    guard let line = try? JSONDecoder().decode(SentenceLine.self, from: bytes),
                        line.kind == "answer" || SentenceKind(rawValue: line.kind) != nil
                    else {
                        let known = (SentenceKind.allCases.map(\.rawValue) + ["answer"]).joined(separator: ", ")
                        throw KnowledgeBaseError.invalidArgument(
                            "\(file):\(number + 1): write {\"text\", \"kind\"}; known kinds: \(known)")
                    }
                    return SentenceKindTraining.Sentence(text: line.text, kind: SentenceKind(rawValue: line.kind))
                }
            }
        }

        private func draft(_ line: Line) -> Grading.Draft {
            let cited = Grading.Passage(
                document: "cited", text: line.passage, updated: line.passage_updated.flatMap(GradeDrafts.time))
            let rival = line.other_passage.map {
                Grading.Passage(document: "other", text: $0, updated: line.other_updated.flatMap(GradeDrafts.time))
            }
            return Grading.Draft(
                question: line.question,
                sentences: Grading.Passage(document: "", text: line.draft).sentences.map {
                    .init(text: $0, citations: [1])
                },
                cited: [cited], rivals: rival.map { [$0] } ?? [], now: Date())
        }
    }
}
