import Embedding
import FoundationEssentials

/// What to bring into the knowledge base.
public struct IngestRequest: Sendable {
    /// Absolute paths; empty refreshes every known source.
    public var paths: [String] = []
    /// Name of the source; by default the last part of the path.
    public var source: String?
    public var kind: Pool?
    public var dryRun = false
    public var allowRemovals = false
    /// Encodes every stored passage anew with the encoder in use.
    public var reencode = false
    /// Fits the confidence anew where the base has changed enough.
    public var calibrates = true
    /// Paths within a source (or ids of JSON lines) that are treated as if they were not there.
    public var leaveOut: (@Sendable (String) -> Bool)?

    public init() {}
}

/// How far an ingest has come.
public struct IngestProgress: Sendable {
    public var source: String
    public var filesDone: Int
    public var files: Int
    /// Passages encoded so far in this run.
    public var encoded: Int
}

/// What an ingest did.
public struct IngestReport: Sendable {
    public struct Source: Sendable {
        public var name: String
        public var path: String
        public var kind: String
        public var added = 0
        public var updated = 0
        public var removed = 0
        public var unchanged = 0
        public var passages = 0
        public var skipped: [Skipped] = []
        /// Files that were read although something is wrong with them.
        public var faults: [Skipped] = []
        public var automatic = 0
        public var spam = 0
        public var merged = 0
        /// Removed by `kb forget`.
        public var forgotten = 0
    }

    /// A file, folder or line left out, and why.
    public struct Skipped: Sendable, Equatable {
        public var path: String
        public var reason: String
        /// The author meant it to be left out; otherwise something is wrong with it.
        public var intended: Bool
    }

    public var sources: [Source] = []
    public var links = LinkReport()
    /// Gaps that closed by themselves, and that reopened, by id.
    /// The fit of the confidence that was made, where the base has changed enough for one.
    public var calibration: CalibrationReport?
    public var gapsClosed: [String] = []
    public var gapsReopened: [String] = []
    /// Passages encoded; the rest came from the cache of vectors.
    public var encoded = 0
    public var milliseconds = 0.0
    public var dryRun = false
}

extension Engine {
    /// Syncs sources: adds, updates and removes by content hash, within each source only.
    ///
    /// Every source is planned before anything is written, so a refused one (mass removal, missing folder) leaves all
    /// as they were. Each file's documents are replaced in one transaction; a bad file is reported and passed over.
    public func ingest(
        _ request: IngestRequest, progress: (IngestProgress) -> Void = { _ in }
    ) throws -> IngestReport {
        let started = ContinuousClock.now
        let lock = try IngestLock(path: location.lock)
        defer { lock.release() }
        let encoder = try request.reencode ? encoder() : matchingEncoder()
        var report = IngestReport()
        report.dryRun = request.dryRun
        if request.reencode, !request.dryRun { report.encoded += try reencode(encoder, progress: progress) }

        let targets = try targets(request)
        guard !targets.isEmpty || request.reencode else { throw KnowledgeBaseError.nothingToIngest }
        var writers: [IngestWriter] = []
        for target in targets {
            let plan = try plan(target, leaveOut: request.leaveOut)
            let writer = IngestWriter(engine: self, encoder: encoder, plan: plan)
            let vanishing = try writer.readExports()
            // A guard against an unmounted folder or a wrong checkout.
            if !request.allowRemovals, vanishing * 5 > target.documents,
                (vanishing - writer.moved()) * 5 > target.documents
            {
                throw KnowledgeBaseError.massRemoval(
                    source: target.name, vanishing: vanishing, of: target.documents)
            }
            writers.append(writer)
        }
        for writer in writers {
            if request.dryRun {
                report.sources.append(try writer.preview())
            } else {
                report.sources.append(try writer.run(encodedBefore: report.encoded, progress: progress))
                report.encoded += writer.encoded
            }
        }
        if !request.dryRun {
            report.links = try store.matchLinks()
            let generation = try store.generation()
            if VectorFile(path: location.vectors, fingerprint: encoder.fingerprint)?.generation != generation {
                try refreshVectors()
            }
            try restoreLearning(dimension: encoder.dimension)
            if request.calibrates { report.calibration = try calibrateIfChanged() }
            (report.gapsClosed, report.gapsReopened) = try checkGaps()
            try store.checkpoint()
        }
        report.milliseconds = started.elapsedMilliseconds
        return report
    }

    /// Known sources.
    public func sources() throws -> [(name: String, path: String, kind: String, documents: Int, ingestedAt: Date?)] {
        try store.sources().map { ($0.name, $0.path, $0.kind, $0.documents, $0.ingestedAt) }
    }

    /// Removes a source with its documents; returns how many there were.
    public func removeSource(_ name: String) throws -> Int {
        let lock = try IngestLock(path: location.lock)
        defer { lock.release() }
        let sources = try store.sources()
        guard let source = sources.first(where: { $0.name == name }) else {
            throw KnowledgeBaseError.unknownSource(name: name, known: sources.map(\.name))
        }
        let removed = try store.removeSource(source.id)
        _ = try store.matchLinks()
        if try store.meta(Store.fingerprintKey) != nil { try? refreshVectors(anew: true) }
        try store.checkpoint()
        return removed
    }

    /// Says that a source is at another path now: the next ingest syncs it from there.
    public func moveSource(_ name: String, to path: String) throws {
        let lock = try IngestLock(path: location.lock)
        defer { lock.release() }
        let sources = try store.sources()
        guard let source = sources.first(where: { $0.name == name }) else {
            throw KnowledgeBaseError.unknownSource(name: name, known: sources.map(\.name))
        }
        guard FileManager.default.fileExists(atPath: path) else {
            throw KnowledgeBaseError.unreadable(path: path, reason: "no such file or folder")
        }
        if let other = sources.first(where: { $0.path == path && $0.name != name }) {
            throw KnowledgeBaseError.pathTaken(path: path, by: other.name, wanted: name)
        }
        try store.moveSource(source.id, to: path)
    }

    // MARK: - Planning

    /// Which sources a request names.
    private func targets(_ request: IngestRequest) throws -> [IngestPlan.Target] {
        let known = try store.sources(counts: false)
        if request.paths.isEmpty {
            var chosen = known
            if let name = request.source {
                chosen = known.filter { $0.name == name }
                guard !chosen.isEmpty || settings.sources[name]?.path != nil else {
                    throw KnowledgeBaseError.unknownSource(name: name, known: known.map(\.name))
                }
            }
            var targets = try chosen.map {
                IngestPlan.Target(
                    id: $0.id, name: $0.name, path: $0.path, kind: Pool(rawValue: $0.kind),
                    documents: try store.documents(ofSource: $0.id))
            }
            // Sources that kb.yaml names are there from the first ingest on.
            for (name, source) in settings.sources.sorted(by: { $0.key < $1.key })
            where !known.contains(where: { $0.name == name }) && (request.source ?? name) == name {
                guard let path = try source.path.map(insideRoot) else { continue }
                if let other = known.first(where: { $0.path == path }) {
                    throw KnowledgeBaseError.pathTaken(path: path, by: other.name, wanted: name)
                }
                targets.append(
                    IngestPlan.Target(
                        id: nil, name: name, path: path, kind: source.kind.flatMap(Pool.init),
                        documents: 0))
            }
            return targets
        }
        if request.source != nil, request.paths.count > 1 {
            throw KnowledgeBaseError.invalidArgument(
                "--source names one source, but \(request.paths.count) paths were given. Ingest them one at a time.")
        }
        var targets: [IngestPlan.Target] = []
        var seen: Set<String> = []
        for path in request.paths where seen.insert(path).inserted {
            if let name = request.source, let other = known.first(where: { $0.path == path && $0.name != name }) {
                throw KnowledgeBaseError.pathTaken(path: path, by: other.name, wanted: name)
            }
            let existing = known.first { $0.path == path && (request.source == nil || $0.name == request.source) }
            let name = request.source ?? existing?.name ?? path.lastPathComponent
            if let other = known.first(where: { $0.name == name }), other.path != path {
                throw KnowledgeBaseError.sourceConflict(name: name, existing: other.path, path: path)
            }
            if let twice = targets.first(where: { $0.name == name }) {
                throw KnowledgeBaseError.sourceConflict(name: name, existing: twice.path, path: path)
            }
            targets.append(
                IngestPlan.Target(
                    id: existing?.id, name: name, path: path,
                    kind: request.kind ?? existing.flatMap { Pool(rawValue: $0.kind) },
                    documents: try existing.map { try store.documents(ofSource: $0.id) } ?? 0)
            )
        }
        return targets
    }

    /// A path from a committed file may not lead out of the folder it is committed in.
    private func insideRoot(_ path: String) throws -> String {
        let absolute = path.absolutePath(from: location.root)
        // Links count for what they lead to: git carries them too.
        let (root, real) = (location.root.realPath, absolute.realPath)
        guard absolute == location.root || absolute.hasPrefix(location.root + "/"),
            real == root || real.hasPrefix(root + "/")
        else {
            throw KnowledgeBaseError.invalidSettings(
                path: location.settings,
                reason: "the source path '\(path)' leads out of \(location.root). Name it yourself: kb ingest \(path).")
        }
        return absolute
    }

    private func plan(
        _ target: IngestPlan.Target, leaveOut: (@Sendable (String) -> Bool)?
    ) throws -> IngestPlan {
        guard FileManager.default.fileExists(atPath: target.path) else {
            throw target.id == nil
                ? KnowledgeBaseError.unreadable(path: target.path, reason: "no such file or folder")
                : KnowledgeBaseError.sourceMissing(name: target.name, path: target.path)
        }
        let scheme = try UrlScheme(settings.sources[target.name])
        return try IngestPlan(target: target, scheme: scheme, store: store, leaveOut: leaveOut, now: clock())
    }

    // MARK: - Another encoder

    /// Encodes every stored passage with the encoder in use; the old vectors stay until all new ones are there.
    private func reencode(_ encoder: TransformerEncoder, progress: (IngestProgress) -> Void) throws -> Int {
        // Of the same encoder none is kept: a vector may be damaged (`kb doctor`).
        let keeps = try store.meta(Store.fingerprintKey) != encoder.fingerprint
        var keys: [(chunk: Int64, key: [UInt8])] = []
        var last: Int64 = 0
        var encoded = 0
        while true {
            let passages = try store.passages(after: last, limit: IngestDefaults.batchPassages)
            guard let final = passages.last else { break }
            last = final.chunk
            var batch = EmbeddingBatch(fingerprint: encoder.fingerprint)
            for passage in passages {
                let key = batch.add(
                    kind: passage.kind, title: passage.title, headings: passage.headings, text: passage.text,
                    sentences: passage.sentences, encoder: encoder)
                keys.append((passage.chunk, key))
            }
            let before = encoded
            try store.add(
                try batch.encode(with: encoder, except: keeps ? try store.storedEmbeddings(batch.keys) : []) {
                    encoded += $0
                    progress(IngestProgress(source: "vectors", filesDone: 0, files: 0, encoded: encoded))
                })
            encoded = before + passages.count
            progress(IngestProgress(source: "vectors", filesDone: 0, files: 0, encoded: encoded))
        }
        try store.switchEncoder(to: encoder.fingerprint, keys: keys)
        try refreshVectors(anew: true)
        return encoded
    }
}
