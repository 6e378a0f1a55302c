import ArgumentParser
import FoundationEssentials
import KnowledgeBase

struct CalibrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibrate", abstract: "Fits the confidence to what you have, and shows how well it holds.",
        discussion: """
            Learns from resolved tickets and marks where there are at least 50, else from the articles themselves; with
            --labels from questions of your own, whose labels must name articles of this base. A fit that is worse than the one in use is not taken.

            Example: kb calibrate
            """)

    @Option(
        help: ArgumentHelp(
            "A folder with queries.jsonl and qrels/; questions without a label have no answer.", valueName: "dir"),
        completion: .directory)
    var labels: String?

    @Option(help: "Name of the qrels file; by default topical, else test, else the only one.")
    var qrels: String?

    @Option(help: "Assumed share of answerable questions, 0.01 to 0.99; else kb.yaml, else 0.5.")
    var share: Double?

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let share, !(0.01...0.99).contains(share) {
            throw ValidationError("--share \(share): write a share between 0.01 and 0.99.")
        }
    }

    func run() throws {
        let engine = try global.engine()
        let current = FileManager.default.currentDirectoryPath
        let report = try engine.calibrate(
            labels: labels?.absolutePath(from: current), qrels: qrels, share: share)
        if let warning = report.warning { Console.error("warning: " + Console.safe(warning)) }
        let records = try engine.bandRecords()
        if output.isJSON { return try JSONOutput.print(CalibrateJSON(report, records)) }
        CalibrateText.print(report)
        Console.print()
        BandRecordText.print(records)
    }
}

/// The words of `kb calibrate` without --json.
enum CalibrateText {
    static func print(_ report: CalibrationReport) {
        let source =
            switch report.fit.source {
            case .tickets: "resolved tickets and marks"
            case .labels: "your labels"
            case .self: "the articles themselves (no real question yet)"
            case .prior: "a shipped estimate (too few articles and no labels yet)"
            }
        Console.print("source: \(source)")
        for (name, count) in report.contents.sorted(by: { $0.key < $1.key }) { Console.print("  \(count) \(name)") }
        Console.print("assumed share of answerable questions: \(JSONOutput.rounded(report.fit.share, 3))")
        if let metrics = report.confidence {
            Console.print("\nconfidence, \"the first cited article is right\", on \(metrics.count) held-back questions")
            table(metrics)
        }
        if let metrics = report.answerable {
            let what =
                report.fit.source == .self
                ? "questions made from the articles, with and without their article" : "held-back questions"
            Console.print("\nanswerable, \"some article answers\", on \(metrics.count) \(what)")
            table(metrics)
            let share = Double(metrics.positive) / Double(max(1, metrics.count))
            if abs(share - report.fit.share) > 0.02 {
                Console.print(
                    "(\(percent(share)) of these end with an article; what is said assumes \(percent(report.fit.share)): "
                        + "--share changes that)")
            }
        }
        Console.print("\nwhat counts in the confidence (weight on standardised values)")
        for term in report.fit.confidence.terms {
            Console.print("  " + term.feature.rawValue.padded(20) + cell(term.weight, 8, 2))
        }
        if let note = report.note {
            Console.print(
                "\nnot taken: \(note)"
                    + (report.kept.map { ". In use stays the fit to \($0.source.rawValue) (\($0.count))." } ?? ""))
        }
    }

    static func table(_ metrics: ProbabilityMetrics) {
        Console.print("     n   said  right")
        for bin in metrics.bins {
            let mark = String(repeating: "▪", count: Int((bin.share * 20).rounded()))
            Console.print(cell(Double(bin.count), 6, 0) + cell(bin.mean, 7, 2) + cell(bin.share, 7, 2) + "  " + mark)
        }
        Console.print(summary(metrics))
        let wrong = 1 - Double(metrics.positive) / Double(max(1, metrics.count))
        func floor(_ risk: Double) -> String {
            percent(ProbabilityMetrics.escalationFloor(wrong: wrong, allowed: risk))
        }
        Console.print(
            "to a person whatever the method, at 10 % and 5 % risk: \(floor(0.10)) and \(floor(0.05)) of the questions")
    }

    /// One line of figures.
    static func summary(_ metrics: ProbabilityMetrics) -> String {
        func number(_ value: Double) -> String { String(JSONOutput.rounded(value, 3)) }
        return "AUROC \(metrics.auroc.map(number) ?? "-")  ECE \(number(metrics.ece)) (a perfect model: up to "
            + "\(number(metrics.ecePerfect95)))  Brier \(number(metrics.brier)) (base rate \(number(metrics.brierBaseRate)))  "
            + "coverage at 10 % risk \(percent(metrics.coverageAt10)), at 5 % \(percent(metrics.coverageAt5))"
    }

    private static func percent(_ value: Double) -> String { "\(Int((value * 100).rounded())) %" }

    private static func cell(_ value: Double, _ width: Int, _ places: Int) -> String {
        let text = places == 0 ? String(Int(value)) : String(JSONOutput.rounded(value, places))
        return String(repeating: " ", count: max(0, width - text.count)) + text
    }
}

struct ProbabilityJSON: Encodable {
    struct BinJSON: Encodable {
        var n: Int
        var mean: Double
        var share: Double
    }

    var n: Int
    var values: [String: Double?]
    var bins: [BinJSON]

    init(_ metrics: ProbabilityMetrics) {
        n = metrics.count
        func short(_ value: Double) -> Double { JSONOutput.rounded(value, 4) }
        values = [
            "auroc": metrics.auroc.map(short), "ece": short(metrics.ece),
            "ece_perfect_p95": short(metrics.ecePerfect95),
            "brier": short(metrics.brier), "brier_base_rate": short(metrics.brierBaseRate),
            "coverage_at_10_risk": short(metrics.coverageAt10), "coverage_at_5_risk": short(metrics.coverageAt5),
        ]
        bins = metrics.bins.map { .init(n: $0.count, mean: short($0.mean), share: short($0.share)) }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: PlainKey.self)
        try container.encode(n, forKey: PlainKey("n"))
        for (name, value) in values { try container.encode(value, forKey: PlainKey(name)) }
        try container.encode(bins, forKey: PlainKey("bins"))
    }
}

struct CalibrateJSON: Encodable {
    struct TermJSON: Encodable {
        var feature: String
        var weight: Double
        var mean: Double
        var scale: Double
    }
    struct ModelJSON: Encodable {
        var intercept: Double
        var terms: [TermJSON]

        init(_ model: CalibrationModel) {
            intercept = JSONOutput.rounded(model.intercept)
            terms = model.terms.map {
                TermJSON(
                    feature: $0.feature.rawValue, weight: JSONOutput.rounded($0.weight),
                    mean: JSONOutput.rounded($0.mean),
                    scale: JSONOutput.rounded($0.scale))
            }
        }
    }
    struct FloorJSON: Encodable {
        var at10: Double
        var at5: Double

        enum CodingKeys: String, CodingKey {
            case at10 = "at_10_risk"
            case at5 = "at_5_risk"
        }
    }

    var source: String
    var n: Int
    var share: Double
    var contents: [String: Int]
    @Nullable var confidence: ProbabilityJSON?
    @Nullable var answerable: ProbabilityJSON?
    /// Share of questions that any method would have to hand over.
    @Nullable var escalationFloor: FloorJSON?
    var models: [String: ModelJSON]
    /// What reviewed answers say of each band, and whether it is certified.
    var bands: [BandRecordJSON]
    var accepted: Bool
    @Nullable var note: String?
    @Nullable var kept: String?
    var tookMs: Double

    init(_ report: CalibrationReport, _ records: BandRecords) {
        bands = records.records.map(BandRecordJSON.init)
        (source, n, share) = (report.fit.source.rawValue, report.fit.count, report.fit.share)
        contents = Dictionary(
            uniqueKeysWithValues: report.contents.map {
                ($0.key.map { $0 == " " ? "_" : $0 }.reduce("") { $0 + String($1) }, $0.value)
            })
        confidence = report.confidence.map(ProbabilityJSON.init)
        answerable = report.answerable.map(ProbabilityJSON.init)
        escalationFloor = report.confidence.map { metrics in
            let wrong = 1 - Double(metrics.positive) / Double(max(1, metrics.count))
            func floor(_ risk: Double) -> Double {
                JSONOutput.rounded(ProbabilityMetrics.escalationFloor(wrong: wrong, allowed: risk), 4)
            }
            return FloorJSON(at10: floor(0.10), at5: floor(0.05))
        }
        models = ["confidence": ModelJSON(report.fit.confidence), "answerable": ModelJSON(report.fit.answerable)]
        (accepted, tookMs) = (report.accepted, JSONOutput.rounded(report.milliseconds, 1))
        note = report.note
        kept = report.kept?.source.rawValue
    }
}
