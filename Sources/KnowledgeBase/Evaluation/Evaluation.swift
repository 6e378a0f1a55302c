import Embedding
import FoundationEssentials

/// What to score.
public struct EvaluationRequest: Sendable {
    /// Absolute path of a labelled set.
    public var folder: String
    public var qrels: String?
    /// Past tickets to know as well.
    public var tickets: String?
    public var ablate = false
    public var timeline: Timeline?
    /// Assumed share of answerable questions; else the default, or what labels of earlier questions say.
    public var share: Double?

    /// What is known when a question is asked; only the last questions by time are asked.
    public enum Timeline: Sendable, Equatable, CustomStringConvertible {
        /// Everything before the moment at which this share of the questions had been asked.
        case `static`(share: Double)
        /// Everything before the question itself; the last 40 % are asked.
        case rolling

        /// `static:0.6` or `rolling`.
        public init?(_ text: String) {
            if text == "rolling" {
                self = .rolling
            } else if text.hasPrefix("static:"), let share = Double(text.dropFirst(7)), share > 0, share < 1 {
                self = .static(share: share)
            } else {
                return nil
            }
        }

        public var description: String {
            switch self {
            case .static(let share): "static:\(share)"
            case .rolling: "rolling"
            }
        }

        var share: Double {
            switch self {
            case .static(let share): share
            case .rolling: 0.6
            }
        }
    }

    public var modes: [SearchMode] = [.hybrid, .lexical, .dense]

    public init(folder: String) { self.folder = folder }

    /// The tickets of the request, or with a timeline those of the set.
    var ticketFile: String? {
        if let tickets { return tickets }
        let own = folder + "/tickets.jsonl"
        return timeline != nil && FileManager.default.fileExists(atPath: own) ? own : nil
    }
}

/// Scores of one labelled set.
public struct EvaluationReport: Sendable {
    public var set: String
    /// Questions asked.
    public var count: Int
    public var modes: [SearchMode: RankingMetrics]
    /// Against "the first document is in the qrels", and, with `--ablate`, gap or not.
    public var confidence = ProbabilityMetrics()
    public var answerable: ProbabilityMetrics?
    public var predictions: [EvaluatedQuestion] = []
}

/// Scores a labelled set on a knowledge base of its own, kept between runs and synced by content.
public struct Evaluation: Sendable {
    let request: EvaluationRequest
    let set: LabelledSet
    let engine: Engine

    /// - Parameter cache: folder in which the sets' knowledge bases are kept.
    public init(
        _ request: EvaluationRequest, cache: String, encoder: @escaping @Sendable () throws -> TransformerEncoder,
        progress: (IngestProgress) -> Void = { _ in }
    ) throws {
        self.request = request
        set = try LabelledSet(folder: request.folder, qrels: request.qrels)
        if request.ablate, set.ablation == nil {
            throw KnowledgeBaseError.unreadable(
                path: request.folder, reason: "--ablate needs gap_ablation.json in the labelled set")
        }
        let identity = [request.folder, request.ticketFile ?? "", request.ablate ? "ablate" : ""].joined(
            separator: "\n")
        let name = SHA256.hex(SHA256.digest(Array(identity.utf8)).prefix(10))
        engine = try Engine(at: Location(state: "\(cache)/\(name)/.kb"), create: true, encoder: encoder)
        let removed = request.ablate ? set.ablation!.removed : []
        var ingest = IngestRequest()
        ingest.allowRemovals = true
        ingest.paths = [set.documents] + (request.ticketFile.map { [$0] } ?? [])
        ingest.leaveOut = { path in LabelledSet.names(path).contains { removed.contains($0) } }
        if removed.isEmpty { ingest.leaveOut = nil }
        // What is known differs from question to question here.
        ingest.calibrates = false
        _ = try engine.ingest(ingest, progress: progress)
    }

    /// - Parameter step: is told what begins.
    public func run(step: (String) -> Void = { _ in }) throws -> EvaluationReport {
        let asked = try asked()
        try checkLabels(asked)
        var report = EvaluationReport(set: set.folder.lastPathComponent, count: asked.count, modes: [:])
        // Each question is encoded once for all modes.
        step("encoding \(asked.count) questions")
        let vectors = try engine.encode(asked.map(\.question), mode: .hybrid)
        step("asking them for their probabilities")
        report.predictions = try predictions(asked, vectors: vectors)
        report.confidence = ProbabilityMetrics(
            report.predictions.map(\.confidence), report.predictions.map(\.isRight))
        if request.ablate {
            let labelled = report.predictions.filter { $0.isAnswerable != nil }
            report.answerable = ProbabilityMetrics(labelled.map(\.answerable), labelled.map { $0.isAnswerable! })
        }
        for mode in request.modes {
            step("ranking them, \(mode.rawValue)")
            var options = SearchOptions()
            options.mode = mode
            options.limit = 100
            var lists: [[Double]] = []
            // Some at a time: their hits hold whole passages.
            for start in stride(from: 0, to: asked.count, by: 64) {
                let part = asked[start..<min(start + 64, asked.count)]
                let given = mode == .lexical ? part.map { _ in [] } : Array(vectors[part.indices])
                for (question, result) in zip(
                    part, try engine.search(part.map(\.question), vectors: given, options: options))
                {
                    try checkArithmetic(result)
                    lists.append(result.hits.map { grade($0.document, question.relevant) })
                }
            }
            report.modes[mode] = .average(lists: lists, relevant: asked.map { Array($0.relevant.values) })
        }
        return report
    }

    /// Labels that name nothing would score 0 everywhere and look like a bad result.
    private func checkLabels(_ asked: [LabelledSet.LabelledQuestion]) throws {
        guard let sample = asked.first?.relevant.keys.min() else {
            throw KnowledgeBaseError.unreadable(
                path: set.folder,
                reason: "no query-id of the qrels is an _id of queries.jsonl, so there is nothing to ask")
        }
        let ids = try engine.store.articleIDs()
        let known = Set(ids.flatMap(LabelledSet.names))
        guard asked.contains(where: { $0.relevant.keys.contains(where: known.contains) }) else {
            let example =
                ids.first.map { String($0[$0.index(after: $0.firstIndex(of: "/") ?? $0.startIndex)...]) } ?? "none"
            throw KnowledgeBaseError.unreadable(
                path: set.folder,
                reason:
                    "no corpus-id of the qrels names a document: they are like '\(sample)', the documents like '\(example)'"
            )
        }
    }

    /// The questions to ask, each with the moment at which it is asked.
    private func asked() throws -> [LabelledSet.LabelledQuestion] {
        let times = try engine.store.ticketTimes()
        guard let timeline = request.timeline else {
            return set.questions.map { labelled in
                var labelled = labelled
                labelled.question.askedAt = labelled.question.id.flatMap { times[$0] }
                return labelled
            }
        }
        let timed = timed(times)
        guard !timed.isEmpty else {
            throw KnowledgeBaseError.unreadable(
                path: set.folder,
                reason: "--protocol needs tickets with times whose ids are the questions'; give --tickets FILE")
        }
        let first = Int(Double(timed.count) * timeline.share)
        let boundary = timed[min(first, timed.count - 1)].0
        return timed[first...].map { time, labelled in
            var labelled = labelled
            labelled.question.askedAt = timeline == .rolling ? time : boundary
            return labelled
        }
    }

    /// What `--explain` shows must be what ranked: parts that sum to the score, scores that fall.
    private func checkArithmetic(_ result: SearchResult) throws {
        for (hit, next) in zip(result.hits, result.hits.dropFirst().map(Optional.some) + [nil]) {
            let sum = hit.parts.reduce(0) { $0 + $1.value }
            let falls = next.map { $0.score <= hit.score + 1e-9 } ?? true
            guard abs(sum - hit.score) < 1e-9 || hit.parts.isEmpty, falls else {
                throw KnowledgeBaseError.damaged(
                    path: hit.document.id,
                    reason: "its score \(hit.score) is not the sum \(sum) of its parts, or out of order")
            }
        }
    }

    /// The labelled questions that are tickets, in order of time.
    func timed(_ times: [String: Date]) -> [(Date, LabelledSet.LabelledQuestion)] {
        set.questions.compactMap { labelled -> (Date, LabelledSet.LabelledQuestion)? in
            labelled.question.id.flatMap { times[$0] }.map { ($0, labelled) }
        }.sorted { ($0.0, $0.1.question.id!) < ($1.0, $1.1.question.id!) }
    }

    private func grade(_ document: Document, _ relevant: [String: Double]) -> Double {
        // With the source's name in front as well: so kb itself prints ids.
        LabelledSet.names(document.id).compactMap { relevant[$0] }.max() ?? 0
    }
}
