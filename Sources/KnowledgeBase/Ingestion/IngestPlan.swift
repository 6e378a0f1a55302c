import FoundationEssentials

/// What one source's sync will do, found without writing anything.
///
/// A file whose size, times and inode are as they were is taken to be unchanged without being read, as git does;
/// one that changed within the clock's grain of the last read is read again.
struct IngestPlan {
    struct Target: Sendable {
        var id: Int64?
        var name: String
        /// Absolute.
        var path: String
        var kind: Pool?
        /// Documents in the source now.
        var documents: Int
    }

    struct File {
        var path: String
        var record: FileRecord
        var known: FileRecord?
    }

    var target: Target
    let scheme: UrlScheme
    let kind: Pool
    /// Folder that paths are relative to.
    let root: String
    let isFolder: Bool
    /// To be read, in order of path.
    var changed: [File] = []
    /// Passed over unread.
    var unchanged: [FileRecord] = []
    /// Gone from the folder.
    var removed: [FileRecord] = []
    var skipped: [IngestReport.Skipped] = []
    /// Documents that will go.
    var vanishing = 0
    var unchangedDocuments = 0
    /// Files of a ticket export, read together: users and comments may stand apart.
    var exportFiles: [String] = []
    let leaveOut: (@Sendable (String) -> Bool)?
    let now: Date

    init(
        target: Target, scheme: UrlScheme, store: Store, leaveOut: (@Sendable (String) -> Bool)?, now: Date
    ) throws {
        self.target = target
        self.leaveOut = leaveOut
        self.scheme = scheme
        self.now = now
        var isDirectory = false
        _ = FileManager.default.fileExists(atPath: target.path, isDirectory: &isDirectory)
        isFolder = isDirectory
        root = isDirectory ? target.path : target.path.deletingLastComponent
        var listing = try Self.list(target.path, isFolder: isDirectory)
        if let leaveOut { listing.files.removeAll { leaveOut($0.path) } }
        kind = try target.kind == .tickets ? .tickets : target.kind ?? Self.detect(listing.files, root: root)
        let known = try target.id.map(store.files(ofSource:)) ?? [:]
        skipped = listing.skipped.map { .init(path: $0.path, reason: $0.reason, intended: true) }
        skipped += listing.unreadable.map { .init(path: $0.path, reason: $0.reason, intended: false) }
        if kind == .tickets {
            // An export is read as a whole: without a part of it, tickets that are there would vanish.
            if let part = listing.unreadable.first, !known.isEmpty {
                throw KnowledgeBaseError.unreadable(path: target.path + "/" + part.path, reason: part.reason)
            }
            planExport(listing.files, known: known)
        } else {
            planFolder(listing, known: known)
        }
        try countDocuments(store)
    }

    private static func list(_ path: String, isFolder: Bool) throws -> FileWalker.Listing {
        do throws(ReadError) {
            if isFolder { return try FileWalker.walk(path) }
            // One file: its folder's ignore rules do not speak about what a user names.
            return FileWalker.Listing(files: [try FileBytes.entry(path)], skipped: [])
        } catch {
            throw KnowledgeBaseError.unreadable(path: path, reason: error.description)
        }
    }

    /// Articles where there is any article file; else what the first JSON file holds.
    private static func detect(_ files: [FileWalker.File], root: String) throws -> Pool {
        if files.contains(where: { IngestDefaults.articleEndings.contains($0.path.fileEnding) }) { return .articles }
        for file in files where IngestDefaults.jsonEndings.contains(file.path.fileEnding) {
            if let kind = JSONLKind.detect(FileBytes.firstLines(root + "/" + file.path)) {
                return kind == .tickets ? .tickets : .articles
            }
        }
        return .articles
    }

    private mutating func planFolder(_ listing: FileWalker.Listing, known: [String: FileRecord]) {
        var present: Set<String> = []
        for file in listing.files {
            let ending = file.path.fileEnding
            guard
                IngestDefaults.articleEndings.contains(ending)
                    || ((ending == "jsonl" || ending == "ndjson") && !isTicketFile(file.path))
            else {
                let reason =
                    IngestDefaults.jsonEndings.contains(ending) && isTicketFile(file.path)
                    ? "past tickets in a folder of articles. Ingest them apart: kb ingest \(isFolder ? target.path + "/" + file.path : target.path)"
                    : ReadError.unknownFormat(ending).description
                skipped.append(.init(path: file.path, reason: reason, intended: true))
                continue
            }
            present.insert(file.path)
            let old = known[file.path]
            let record = self.record(file)
            if let old, isUnchanged(old, record) {
                unchanged.append(old)
                if let reason = old.skipped {
                    skipped.append(.init(path: file.path, reason: reason, intended: false))
                }
            } else {
                changed.append(File(path: file.path, record: record, known: old))
            }
        }
        let absent = known.values.filter { !present.contains($0.path) }.sorted { $0.path < $1.path }
        removed = absent.filter { !listing.isUnreadable($0.path) }
        unchanged += absent.filter { listing.isUnreadable($0.path) }
    }

    /// A ticket export is one unit: one record stands for all its files.
    private mutating func planExport(_ files: [FileWalker.File], known: [String: FileRecord]) {
        let inputs = files.filter { IngestDefaults.jsonEndings.contains($0.path.fileEnding) || !isFolder }
        for file in files where !inputs.contains(file) {
            skipped.append(
                .init(
                    path: file.path, reason: ReadError.unknownFormat(file.path.fileEnding).description, intended: true))
        }
        exportFiles = inputs.map(\.path)
        var record = self.record(
            FileWalker.File(
                path: Self.exportPath, size: inputs.reduce(0) { $0 + $1.size },
                modified: inputs.map(\.modified).max() ?? 0, changed: inputs.map(\.changed).max() ?? 0,
                inode: inputs.reduce(UInt64(inputs.count)) { $0 &* 31 &+ $1.inode } & (1 << 62 - 1)))
        record.path = Self.exportPath
        let old = known[Self.exportPath]
        if let old, isUnchanged(old, record) {
            unchanged.append(old)
        } else {
            changed.append(File(path: Self.exportPath, record: record, known: old))
        }
        removed = known.values.filter { $0.path != Self.exportPath }
    }

    static let exportPath = "*"

    private func isTicketFile(_ path: String) -> Bool {
        JSONLKind.detect(FileBytes.firstLines(root + "/" + path)) == .tickets
    }

    private func record(_ file: FileWalker.File) -> FileRecord {
        FileRecord(
            id: 0, path: file.path, size: Int64(file.size), modifiedNanoseconds: file.modified,
            changedNanoseconds: file.changed, inode: Int64(truncatingIfNeeded: file.inode),
            readAt: Date().milliseconds, contentHash: [], skipped: nil)
    }

    private func isUnchanged(_ old: FileRecord, _ new: FileRecord) -> Bool {
        let grain: Int64 = 2_000  // ms; the coarsest time stamps in use (FAT)
        return !old.contentHash.isEmpty && old.contentHash.starts(with: scheme.readingHash)
            && old.size == new.size && old.modifiedNanoseconds == new.modifiedNanoseconds
            && old.changedNanoseconds == new.changedNanoseconds && old.inode == new.inode
            && max(old.changedNanoseconds, old.modifiedNanoseconds) / 1_000_000 + grain < old.readAt
    }

    private mutating func countDocuments(_ store: Store) throws {
        for file in removed { vanishing += try store.documents(ofFile: file.id).count }
        unchangedDocuments = target.documents - vanishing
        for file in changed {
            guard let known = file.known else { continue }
            unchangedDocuments -= try store.documents(ofFile: known.id).count
        }
    }
}

extension String {
    /// Lower-case ending without the dot; empty where there is none.
    var fileEnding: String {
        let name = lastPathComponent
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }
}
