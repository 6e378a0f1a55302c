import ArgumentParser
import Embedding
import FoundationEssentials
import KnowledgeBase

extension PolicyCommand {
    struct Intents: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "intents", abstract: "Measures how well intents are told apart, on labelled questions.",
            discussion: """
                TRAIN is tab-separated with a header line that names a column text and one with the label. Without --test every \
                third question (by its text's hash, so the same on every run) is held back and asked. The classifier is the one \
                that intents in policy.yaml are given to.

                Example: kb policy intents tickets.tsv --label topic
                """)

        @Argument(help: "Tab-separated questions to learn from.", completion: .file()) var train: String
        @Option(help: "Tab-separated questions to ask.", completion: .file()) var test: String?
        @Option(help: "Tab-separated questions of no intent.", completion: .file()) var outside: String?
        @Option(help: "Name of the column with the label.") var label = "label"
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions

        private struct Result: Encodable {
            var intents: Int
            var trained: Int
            var tested: Int
            var accuracy: Double
            var interval: [Double]
            var macro_f1: Double
            var outside: Int
            @Nullable var auroc: Double?
            var named_right: Double
            @Nullable var outside_named: Double?
        }

        func run() throws {
            var known = try rows(train)
            var asked: [IntentEvaluation.Labelled]
            if let test {
                asked = try rows(test)
            } else {
                asked = known.filter { Self.hash($0.text) % 3 == 0 }
                known = known.filter { Self.hash($0.text) % 3 != 0 }
            }
            let others = try outside.map { try rows($0).map(\.text) } ?? []
            let encoder = try Models.open(global.model, environment: GlobalOptions.environment, threads: 2)
            let report = try IntentEvaluation.run(train: known, test: asked, outside: others, encoder: encoder)
            let share = Double(report.right) / Double(max(1, report.tested))
            let interval = Self.wilson(report.right, report.tested)
            if output.isJSON {
                return try JSONOutput.print(
                    Result(
                        intents: report.intents, trained: report.trained, tested: report.tested,
                        accuracy: JSONOutput.rounded(share, 4), interval: interval.map { JSONOutput.rounded($0, 4) },
                        macro_f1: JSONOutput.rounded(report.macroF1, 4), outside: report.outside,
                        auroc: report.auroc.map { JSONOutput.rounded($0, 4) },
                        named_right: JSONOutput.rounded(report.namedRight, 4),
                        outside_named: others.isEmpty ? nil : JSONOutput.rounded(report.outsideNamed, 4)))
            }
            func text(_ value: Double) -> String { String(JSONOutput.rounded(value, 3)) }
            Console.print("\(report.intents) intents, learned from \(report.trained) questions, asked \(report.tested)")
            Console.print(
                "right \(text(share)) (\(text(interval[0]))–\(text(interval[1]))), macro-F1 \(text(report.macroF1))")
            Console.print(
                "named and right \(text(report.namedRight)); the others are left without an intent or given a wrong one"
            )
            if let auroc = report.auroc {
                Console.print(
                    "told from \(report.outside) of no intent: AUROC \(text(auroc)); \(text(report.outsideNamed)) of them are given an intent"
                )
            }
        }

        private func rows(_ path: String) throws -> [IntentEvaluation.Labelled] {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw KnowledgeBaseError.unreadable(path: path, reason: "no such file or folder")
            }
            let lines = data.split(separator: 0x0a).map { line in
                line.split(separator: 0x09, omittingEmptySubsequences: false).map {
                    String(decoding: $0.filter { $0 != 0x0d }, as: UTF8.self)
                }
            }
            guard let header = lines.first, let text = header.firstIndex(of: "text"),
                let place = header.firstIndex(of: label)
            else {
                throw KnowledgeBaseError.invalidArgument(
                    "\(path): the first line names no column text or no column \(label). Name the label's with --label."
                )
            }
            return lines.dropFirst().compactMap { line in
                guard line.count > max(text, place) else { return nil }
                return .init(text: line[text], label: line[place])
            }
        }

        /// FNV-1a.
        private static func hash(_ text: String) -> UInt64 {
            text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0100_0000_01B3 } >> 20
        }

        /// 95 %, Wilson.
        private static func wilson(_ k: Int, _ n: Int) -> [Double] {
            guard n > 0 else { return [0, 1] }
            let (z, p, n) = (1.96, Double(k) / Double(n), Double(n))
            let middle = p + z * z / (2 * n)
            let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
            return [(middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)]
        }
    }
}
