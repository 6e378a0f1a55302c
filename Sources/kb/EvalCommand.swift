import ArgumentParser
import FoundationEssentials
import KnowledgeBase

struct EvalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval", abstract: "Scores a labelled set on a knowledge base of its own.",
        discussion: """
            DIR holds articles/ or corpus.jsonl, queries.jsonl and qrels/*.tsv. Your own knowledge base is left alone.

            Example: kb eval corpus --json
            """)

    @Argument(help: "The labelled set.", completion: .directory)
    var folder: String

    @Option(help: "Name of the qrels file; by default topical, else test, else the only one.")
    var qrels: String?

    @Option(help: "Past tickets to know as well.", completion: .file())
    var tickets: String?

    @Option(
        name: .customLong("protocol"),
        help: ArgumentHelp("static:0.6 (known: all before the first 60 %) or rolling.", valueName: "protocol"))
    var timeline: String?

    @Flag(help: "Leave the removed_docs of gap_ablation.json out.")
    var ablate = false

    @Option(help: "Assumed share of answerable questions, 0.01 to 0.99; by default 0.5, or what earlier labels say.")
    var share: Double?

    @Option(
        help: ArgumentHelp("Writes each question's probabilities and labels, JSON Lines.", valueName: "file"),
        completion: .file())
    var predictions: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let share, !(0.01...0.99).contains(share) {
            throw ValidationError("--share \(share): write a share between 0.01 and 0.99.")
        }
        if let timeline, EvaluationRequest.Timeline(timeline) == nil {
            throw ValidationError("--protocol \(timeline): write static:0.6 (a share between 0 and 1) or rolling.")
        }
    }

    private struct MetricsJSON: Encodable {
        var values: [String: Double]

        init(_ metrics: RankingMetrics) {
            values = [
                "ndcg_at_10": metrics.ndcgAt10, "recall_at_10": metrics.recallAt10,
                "recall_at_100": metrics.recallAt100,
                "mrr_at_10": metrics.mrrAt10, "hit_at_1": metrics.hitAt1,
            ].mapValues { JSONOutput.rounded($0, 4) }
        }

        func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }
    }

    private struct ReportJSON: Encodable {
        var set: String
        var n: Int
        @Nullable var `protocol`: String?
        var modes: [String: MetricsJSON]
        var confidence: ProbabilityJSON
        @Nullable var answerable: ProbabilityJSON?
    }

    private struct PredictionJSON: Encodable {
        var id: String
        var confidence: Double
        var answerable: Double
        var right: Bool
        @Nullable var isAnswerable: Bool?
    }

    func run() throws {
        let current = FileManager.default.currentDirectoryPath
        var request = EvaluationRequest(folder: folder.absolutePath(from: current))
        request.qrels = qrels
        request.tickets = tickets?.absolutePath(from: current)
        request.ablate = ablate
        request.share = share
        request.timeline = timeline.flatMap(EvaluationRequest.Timeline.init)
        let resolved = try Configuration.resolve(global, location: global.located.location)
        let environment = GlobalOptions.environment
        let (name, threads) = (resolved.model.value, resolved.threads.value)
        let progress = ProgressLine(enabled: Console.stderrIsTerminal && !global.quiet && !output.isJSON)
        let evaluation = try Evaluation(
            request, cache: cacheFolder(environment, model: name),
            encoder: { try Models.open(name, environment: environment, threads: threads) },
            progress: { progress.show($0) })
        progress.clear()
        let showsSteps = Console.stderrIsTerminal && !global.quiet
        let report = try evaluation.run { if showsSteps { Console.errorInPlace($0 + " …") } }
        if showsSteps { Console.errorInPlace("") }
        if let predictions { try write(report.predictions, to: predictions.absolutePath(from: current)) }
        if output.isJSON {
            let modes = Dictionary(uniqueKeysWithValues: report.modes.map { ($0.key.rawValue, MetricsJSON($0.value)) })
            return try JSONOutput.print(
                ReportJSON(
                    set: report.set, n: report.count, protocol: timeline, modes: modes,
                    confidence: ProbabilityJSON(report.confidence),
                    answerable: report.answerable.map(ProbabilityJSON.init)))
        }
        Console.print("\(report.set): \(report.count) questions")
        Console.print("mode      nDCG@10  recall@10  recall@100  MRR@10  hit@1")
        for mode in SearchMode.allCases {
            guard let metrics = report.modes[mode] else { continue }
            func cell(_ value: Double, _ width: Int) -> String {
                let text = String(JSONOutput.rounded(value, 3))
                return String(repeating: " ", count: max(0, width - text.count)) + text
            }
            Console.print(
                mode.rawValue.padded(9) + cell(metrics.ndcgAt10, 8) + cell(metrics.recallAt10, 11)
                    + cell(metrics.recallAt100, 12) + cell(metrics.mrrAt10, 8) + cell(metrics.hitAt1, 7))
        }
        Console.print("confidence  " + CalibrateText.summary(report.confidence))
        if let metrics = report.answerable { Console.print("answerable  " + CalibrateText.summary(metrics)) }
    }

    private func write(_ predictions: [EvaluatedQuestion], to path: String) throws {
        var text = ""
        for item in predictions {
            text +=
                try JSONOutput.line(
                    PredictionJSON(
                        id: item.id, confidence: JSONOutput.rounded(item.confidence),
                        answerable: JSONOutput.rounded(item.answerable),
                        right: item.isRight, isAnswerable: item.isAnswerable)) + "\n"
        }
        do {
            try Data(text.utf8).write(to: URL(filePath: path))
        } catch {
            throw KnowledgeBaseError.unwritable(path: path)
        }
    }

    /// Bases made with another encoder have a folder of their own.
    private func cacheFolder(_ environment: [String: String], model: String?) -> String {
        let base = environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        let folder = (base ?? (environment["HOME"] ?? "") + "/.cache") + "/kb/eval"
        guard let model, model != Models.defaultName else { return folder }
        return folder + "-" + String(model.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "_" })
    }
}
