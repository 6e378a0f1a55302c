import Embedding
import FoundationEssentials

/// Carries out one source's plan: read, cut, encode in batches, write each file's documents in one transaction.
final class IngestWriter {
    private let engine: Engine
    private let encoder: TransformerEncoder
    private let plan: IngestPlan
    private var report: IngestReport.Source
    private(set) var encoded = 0

    /// One file's documents on their way into the store.
    private struct Pending {
        var file: FileRecord
        var documents: [PreparedDocument]
        /// Ids the file holds now, when these are its last documents.
        var keep: Set<String>?
    }

    private var pending: [Pending] = []
    private var batch: EmbeddingBatch
    private var sourceID: Int64 = 0
    /// Documents of JSON files, read while planning so that the guard against mass removal sees them.
    private var exports: [String: [(source: SourceDocument, ticket: SourceTicket?)]] = [:]
    /// The ids each of them holds now.
    private var exportIDs: [String: Set<String>] = [:]
    private var exportHashes: [String: [UInt8]] = [:]
    /// The file each id was taken from in this run: what is pending is not in the store yet.
    private var claimed: [String: String] = [:]

    init(engine: Engine, encoder: TransformerEncoder, plan: IngestPlan) {
        self.engine = engine
        self.encoder = encoder
        self.plan = plan
        batch = EmbeddingBatch(fingerprint: encoder.fingerprint)
        report = IngestReport.Source(name: plan.target.name, path: plan.target.path, kind: plan.kind.rawValue)
        report.skipped = plan.skipped
        report.unchanged = plan.unchangedDocuments
    }

    /// Reads the JSON files; returns how many documents the source would lose in all.
    func readExports() throws -> Int {
        var vanishing = plan.vanishing
        for file in plan.changed
        where plan.kind == .tickets || IngestDefaults.jsonEndings.contains(file.path.fileEnding) {
            try plan.kind == .tickets ? readTickets(file) : readArticleLines(file)
            guard let documents = exports[file.path] else { continue }
            let present = Set(documents.map { documentID($0.source.path) })
            exportIDs[file.path] = present
            guard let known = file.known else { continue }
            vanishing += try engine.store.documents(ofFile: known.id).keys.filter { !present.contains($0) }.count
        }
        return vanishing
    }

    /// How many vanishing documents only moved: the same bytes stand in a new file. Reads the new files.
    func moved() -> Int {
        var gone: [[UInt8]: Int] = [:]
        for file in plan.removed {
            gone[file.contentHash, default: 0] += (try? engine.store.documents(ofFile: file.id).count) ?? 0
        }
        var moved = 0
        for file in plan.changed where file.known == nil && exports[file.path] == nil {
            guard case .read(_, let record) = examine(file) else { continue }
            moved += gone.removeValue(forKey: record.contentHash) ?? 0
        }
        return moved
    }

    func run(encodedBefore: Int, progress: (IngestProgress) -> Void) throws -> IngestReport.Source {
        sourceID =
            try plan.target.id
            ?? engine.store.addSource(name: plan.target.name, path: plan.target.path, kind: plan.kind.rawValue)
        if try engine.store.meta(Store.fingerprintKey) == nil {
            try engine.store.setFingerprint(encoder.fingerprint)
        }
        func tell(_ done: Int, _ more: Int = 0) {
            progress(
                IngestProgress(
                    source: plan.target.name, filesDone: done, files: plan.changed.count,
                    encoded: encodedBefore + encoded + more))
        }
        tell(0)
        for (index, file) in plan.changed.enumerated() {
            if let documents = exports.removeValue(forKey: file.path) {
                try take(documents, of: file)
            } else if exportHashes[file.path] == nil {
                try readArticle(file)
            }
            if batch.count >= IngestDefaults.batchPassages || pending.count >= IngestDefaults.batchPassages {
                try flush { tell(index, $0) }
                tell(index + 1)
            }
        }
        try flush { tell(plan.changed.count, $0) }
        tell(plan.changed.count)
        report.removed += plan.vanishing
        try engine.store.removeFiles(plan.removed.map(\.id))
        try engine.store.finishSource(sourceID, at: plan.now)
        return report
    }

    /// What `run` would do, in counts; files are read, nothing is written.
    func preview() throws -> IngestReport.Source {
        var preview = report
        preview.removed = plan.vanishing
        for file in plan.changed {
            let known = try file.known.map { try engine.store.documents(ofFile: $0.id) } ?? [:]
            var ids = exports[file.path].map { $0.map { documentID($0.source.path) } } ?? [documentID(file.path)]
            var unchanged = exportHashes[file.path].map { $0 == file.known?.contentHash } ?? false
            if exports[file.path] == nil, exportHashes[file.path] == nil {
                switch examine(file) {
                case .unchanged: unchanged = true
                case .read: break
                case .refused(let error, _):
                    preview.skipped.append(
                        .init(path: file.path, reason: error.description, intended: error.isIntended))
                    // A file that went bad keeps its last good text; one turned into a draft does not.
                    if !error.isIntended { unchanged = true }
                    ids = []
                }
            }
            if unchanged {
                preview.unchanged += known.count
                continue
            }
            preview.added += ids.filter { known[$0] == nil }.count
            preview.updated += ids.filter { known[$0] != nil }.count
            preview.removed += known.keys.filter { !ids.contains($0) }.count
        }
        return preview
    }

    private func documentID(_ path: String) -> String { plan.target.name + "/" + path }

    // MARK: - Reading

    /// What reading an article's file brought, with the record to keep of it.
    private enum Examined {
        case unchanged(FileRecord, FileRecord)
        case read(SourceDocument, FileRecord)
        case refused(ReadError, FileRecord)
    }

    private func examine(_ file: IngestPlan.File) -> Examined {
        var record = file.record
        do throws(ReadError) {
            let bytes = try FileBytes(root: plan.root).read(file.path)
            record.contentHash = plan.scheme.readingHash + SHA256.digest(bytes)
            if let known = file.known, known.contentHash == record.contentHash { return .unchanged(record, known) }
            return .read(try DocumentReader.read(bytes: bytes, path: file.path, settings: plan.scheme), record)
        } catch {
            return .refused(error, record)
        }
    }

    private func readArticle(_ file: IngestPlan.File) throws {
        switch examine(file) {
        case .unchanged(let record, let known):
            try engine.store.touch([merged(record, known)], source: sourceID)
            if let reason = known.skipped {
                report.skipped.append(.init(path: file.path, reason: reason, intended: false))
            } else {
                report.unchanged += try engine.store.documents(ofFile: known.id).count
            }
        case .read(let document, let record):
            if let fault = document.fault {
                report.faults.append(.init(path: file.path, reason: fault, intended: false))
            }
            try take([(document, nil)], of: IngestPlan.File(path: file.path, record: record, known: file.known))
        case .refused(let error, let record):
            report.skipped.append(.init(path: file.path, reason: error.description, intended: error.isIntended))
            if error.isIntended, let known = file.known {
                // Turned into a draft on purpose: its documents go.
                report.removed += try engine.store.documents(ofFile: known.id).count
                try engine.store.removeFiles([known.id])
            } else if error != .vanished, error != .changedWhileRead, !error.isIntended {
                try engine.store.recordSkipped(record, source: sourceID, reason: error.description)
            }
        }
    }

    private func readArticleLines(_ file: IngestPlan.File) throws {
        do throws(ReadError) {
            let bytes = try FileBytes(root: plan.root).read(file.path, limit: IngestDefaults.exportBytes)
            let result = try ArticleLines.read(.bytes(bytes), name: file.path, settings: plan.scheme)
            exportHashes[file.path] = plan.scheme.readingHash + SHA256.digest(bytes)
            report.skipped += result.skipped.map { .init(path: $0.path, reason: $0.reason, intended: false) }
            exports[file.path] = result.documents
                .filter { plan.leaveOut?($0.path) != true }.map { ($0, nil) }
        } catch {
            report.skipped.append(.init(path: file.path, reason: error.description, intended: false))
            exportHashes[file.path] = []
        }
    }

    private func readTickets(_ file: IngestPlan.File) throws {
        var inputs: [(name: String, input: JSONRecords.Input)] = []
        var hashes: [UInt8] = []
        for path in plan.exportFiles {
            do throws(ReadError) {
                let bytes = try FileBytes(root: plan.root).read(path, limit: IngestDefaults.exportBytes)
                hashes += SHA256.digest(bytes)
                inputs.append((path, .bytes(bytes)))
            } catch {
                // An export is read as a whole: without a part of it, tickets that are there would vanish.
                if file.known != nil {
                    throw KnowledgeBaseError.unreadable(path: plan.root + "/" + path, reason: error.description)
                }
                report.skipped.append(.init(path: path, reason: error.description, intended: false))
            }
        }
        let result = TicketReader.read(files: inputs)
        report.skipped += result.skipped.map { .init(path: $0.path, reason: $0.reason, intended: false) }
        report.automatic = result.leftOut.automatic
        report.spam = result.leftOut.spam
        report.merged = result.leftOut.merged
        exportHashes[file.path] = plan.scheme.readingHash + SHA256.digest(hashes)
        let kept = try engine.store.withoutForgotten(result.tickets)
        report.forgotten = result.tickets.count - kept.count
        exports[file.path] = kept.map { (TicketDocument.document($0), $0) }
    }

    private func merged(_ record: FileRecord, _ known: FileRecord) -> FileRecord {
        var out = record
        out.skipped = known.skipped
        return out
    }

    // MARK: - Writing

    /// Cuts a file's documents into passages, leaves out those that did not change, and queues the rest.
    private func take(
        _ documents: [(source: SourceDocument, ticket: SourceTicket?)], of file: IngestPlan.File
    ) throws {
        var record = file.record
        if let hash = exportHashes[file.path] { record.contentHash = hash }
        let known = try file.known.map { try engine.store.documents(ofFile: $0.id) } ?? [:]
        let ids = documents.map { documentID($0.source.path) }
        let elsewhere = try owners(of: ids.filter { known[$0] == nil }, except: file.path)
        var keep: Set<String> = []
        pending.append(Pending(file: record, documents: [], keep: nil))
        for (id, (source, ticket)) in zip(ids, documents) {
            if let owner = elsewhere[id] {
                report.skipped.append(
                    .init(path: file.path, reason: "the id '\(id)' stands in \(owner) already", intended: false))
                continue
            }
            keep.insert(id)
            claimed[id] = file.path
            let hash = plan.scheme.readingHash + (ticket?.contentHash ?? source.contentHash)
            if known[id] == hash {
                report.unchanged += 1
                continue
            }
            if known[id] == nil { report.added += 1 } else { report.updated += 1 }
            let passages = ticket.map { TicketDocument.passages($0) } ?? articlePassages(source)
            let kind: DocumentKind = ticket == nil ? .article : .ticket
            let keys = passages.map { passage in
                batch.add(
                    kind: kind, title: source.title, headings: passage.headings, text: passage.text,
                    sentences: passage.sentences, encoder: encoder)
            }
            report.passages += passages.count
            pending[pending.count - 1].documents.append(
                PreparedDocument(
                    id: id, kind: kind, source: source, contentHash: hash, passages: passages, embeddingKeys: keys,
                    ticket: ticket))
            if batch.count >= IngestDefaults.batchPassages {
                try flush()
                pending.append(Pending(file: record, documents: [], keep: nil))
            }
        }
        report.removed += known.keys.filter { !keep.contains($0) }.count
        pending[pending.count - 1].keep = keep
    }

    /// An article's passages with one for its aliases. What only leads elsewhere is left out, unless there is nothing else.
    private func articlePassages(_ source: SourceDocument) -> [Passage] {
        let all = Chunker.passages(of: source, tokenCount: { self.encoder.tokenizer.count($0) })
        let content = all.filter { $0.role == .content }
        var passages = content.isEmpty ? all : content
        if !source.aliases.isEmpty, let first = passages.first {
            passages.append(
                Passage(
                    headings: [], text: source.aliases.joined(separator: "\n"),
                    lines: first.lines.lowerBound...first.lines.lowerBound, role: .alias, sentences: []))
        }
        return passages
    }

    /// Ids that another file holds, with that file; not those of a file that is gone or no longer holds them.
    private func owners(of ids: [String], except file: String) throws -> [String: String] {
        let stored = try engine.store.owners(of: ids, except: file, source: sourceID)
        let leaving = Set(plan.removed.map(\.path))
        var out: [String: String] = [:]
        for id in ids {
            if let owner = claimed[id], owner != file {
                out[id] = owner
            } else if let owner = stored[id], !leaving.contains(owner), exportIDs[owner]?.contains(id) != false {
                out[id] = owner
            }
        }
        return out
    }

    /// - Parameter progress: is told how many of this batch are encoded so far.
    private func flush(_ progress: (Int) -> Void = { _ in }) throws {
        var done = 0
        let embeddings = try batch.encode(with: encoder, except: try engine.store.storedEmbeddings(batch.keys)) {
            done += $0
            progress(done)
        }
        encoded += embeddings.count
        // All vectors of a batch go in with its first file: a later file that shares a text finds it there.
        let needed = Set(batch.keys)
        for (index, item) in pending.enumerated() {
            try engine.store.write(
                item.documents, embeddings: index == 0 ? embeddings : [], file: item.file, source: sourceID,
                sourceName: plan.target.name, keep: item.keep, needed: needed, now: plan.now)
        }
        pending.removeAll()
        batch = EmbeddingBatch(fingerprint: encoder.fingerprint)
    }
}
