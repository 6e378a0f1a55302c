import Embedding
import FoundationEssentials

/// What to compare.
public struct CheckRequest: Sendable {
    /// Absolute path of a folder of articles in a git repository.
    public var folder: String
    public var questions: [CheckQuestion]
    /// The earlier state: whatever git takes for a commit.
    public var against: String
    /// A folder that keeps what was encoded; without, everything is built in a temporary one.
    public var cache: String?

    public init(folder: String, questions: [CheckQuestion], against: String, cache: String? = nil) {
        (self.folder, self.questions, self.against, self.cache) = (folder, questions, against, cache)
    }
}

/// Asks the questions of a docs repository in two states of it: as a commit has it, and as it lies on disk.
///
/// One knowledge base aside is synced to the first and then to the second, so only what differs is encoded twice, and both
/// are judged by one fit: what differs is the articles' doing.
public struct DocsCheck {
    private let request: CheckRequest
    private let encoder: @Sendable () throws -> TransformerEncoder

    public init(_ request: CheckRequest, encoder: @escaping @Sendable () throws -> TransformerEncoder) {
        (self.request, self.encoder) = (request, encoder)
    }

    /// - Throws: `.invalidArgument` where git has no such state; what `Engine.ingest` throws.
    public func run(progress: (IngestProgress) -> Void = { _ in }) throws -> CheckReport {
        let git = try GitState(folder: request.folder, reference: request.against)
        let work = FileManager.default.temporaryDirectory.path + "/kb-check-" + UUID().uuidString
        try make(work)
        defer { try? FileManager.default.removeItem(atPath: work) }
        let name = request.folder.lastPathComponent
        let earlier = work + "/" + name
        try make(earlier)
        guard try git.write(to: earlier) > 0 else {
            throw KnowledgeBaseError.invalidArgument(
                "\(request.against) has no file in \(git.prefix.isEmpty ? request.folder : git.prefix), so nothing can be "
                    + "compared. If the folder was renamed, name a commit that has it under this name: --against.")
        }

        let home = request.cache.map { $0 + "/" + name } ?? work + "/base"
        try make(home)
        let location = Location(state: home + "/.kb")
        try lay(try synonyms(git, earlier: true), in: home)
        var engine = try Engine(at: location, create: true, encoder: encoder)
        var encoded = try sync(engine, name, to: earlier, leaveOut: nil, progress: progress)
        try engine.calibrateForCheck()
        var cached = QuestionVectors(path: home + "/questions.f32", fingerprint: try encoder().fingerprint)
        let before = try engine.stand(request.questions, vectors: &cached)

        try lay(try synonyms(git, earlier: false), in: home)
        engine = try Engine(at: location, encoder: encoder)
        let tracked = try git.tracked()
        encoded += try sync(
            engine, name, to: request.folder, leaveOut: { !tracked.contains($0) }, progress: progress)
        let after = try engine.stand(request.questions, vectors: &cached)
        cached.save()
        var report = CheckComparison(before: before, after: after).report(request, git)
        report.encoded = encoded
        guard report.questions > 0 || request.questions.contains(where: { $0.gap != nil }) else {
            throw KnowledgeBaseError.invalidArgument(
                "None of the \(request.questions.count) questions could be counted: their articles (like "
                    + "\(report.unknown.first ?? "none")) are in neither state of \(request.folder). Check the folder, or "
                    + "export the questions anew: kb export --questions.")
        }
        return report
    }

    private func make(_ folder: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw KnowledgeBaseError.unwritable(path: folder)
        }
    }

    /// Brings the base to a state of the docs; returns how many passages were encoded.
    private func sync(
        _ engine: Engine, _ name: String, to folder: String, leaveOut: (@Sendable (String) -> Bool)?,
        progress: (IngestProgress) -> Void
    ) throws -> Int {
        if let old = try engine.sources().first(where: { $0.name == name }), old.path != folder {
            try engine.moveSource(name, to: folder)
        }
        var ingest = IngestRequest()
        (ingest.paths, ingest.source, ingest.kind, ingest.leaveOut) = ([folder], name, .articles, leaveOut)
        (ingest.allowRemovals, ingest.calibrates) = (true, false)
        return try engine.ingest(ingest, progress: progress).encoded
    }

    /// `synonyms.yaml` of a state: the nearest at or above the folder, within the repository.
    private func synonyms(_ git: GitState, earlier: Bool) throws -> [UInt8]? {
        var levels = git.prefix.split(separator: "/").map(String.init)
        let top = try git.top()
        while true {
            let path = (levels + ["synonyms.yaml"]).joined(separator: "/")
            let found =
                try earlier
                ? git.file(path) : FileManager.default.contents(atPath: top + "/" + path).map { Array($0) }
            if let found { return found }
            guard levels.popLast() != nil else { return nil }
        }
    }

    private func lay(_ synonyms: [UInt8]?, in home: String) throws {
        let path = home + "/synonyms.yaml"
        try? FileManager.default.removeItem(atPath: path)
        if let synonyms { try Data(synonyms).write(to: URL(filePath: path)) }
    }
}
