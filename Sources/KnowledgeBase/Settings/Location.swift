import FoundationEssentials
import Glibc

/// Where a knowledge base keeps its settings (in git) and its state (private).
public struct Location: Sendable, Equatable {
    /// The `.kb` folder.
    public var state: String

    public init(state: String) { self.state = state }

    /// The folder that holds `kb.yaml`.
    public var root: String { state.deletingLastComponent }
    public var database: String { state + "/kb.sqlite" }
    public var vectors: String { state + "/vectors.f32" }
    /// What came after the vectors file was written.
    public var vectorTail: String { VectorTail.path(of: vectors) }
    /// Lists of passages by nearest centre, and lengths of passages and articles: where there are many.
    public var lists: String { state + "/vectors.lists" }
    public var lengths: String { state + "/lengths.u32" }
    public var documentLengths: String { state + "/document-lengths.u32" }
    public var resolutions: String { state + "/resolutions.f32" }
    public var examples: String { state + "/examples.f32" }
    public var replay: String { state + "/replay.jsonl" }
    public var lock: String { state + "/lock" }
    public var nightlyLock: String { state + "/nightly.lock" }
    public var nightlyLog: String { state + "/nightly.log" }
    public var heartbeat: String { state + "/heartbeat.json" }
    public var reports: String { state + "/reports" }
    public var settings: String { root + "/kb.yaml" }
    public var synonyms: String { root + "/synonyms.yaml" }
    public var policy: String { root + "/policy.yaml" }

    public var exists: Bool { FileManager.default.fileExists(atPath: database) }

    /// This user may change it.
    public var isWritable: Bool {
        access(state, W_OK) == 0 && (!exists || access(database, W_OK) == 0)
    }

    /// The database has no byte although vectors were once derived from it.
    var databaseIsLost: Bool {
        func size(_ path: String) -> Int? {
            var status = stat()
            return stat(path, &status) == 0 ? Int(status.st_size) : nil
        }
        return size(vectors) != nil && size(database) == 0 && (size(database + "-wal") ?? 0) == 0
    }

    /// Finds the knowledge base: the flag, `$KB_DIR`, the nearest `.kb/` at or above the folder, else `./.kb`.
    ///
    /// - Returns: the location and every place looked at, for the error message.
    public static func find(
        flag: String?, environment: [String: String], currentFolder: String
    ) -> (location: Location, searched: [String]) {
        if let flag { return named(flag, currentFolder) }
        if let variable = environment["KB_DIR"], !variable.isEmpty { return named(variable, currentFolder) }
        var searched: [String] = []
        var folder = currentFolder
        while true {
            let state = folder == "/" ? "/.kb" : folder + "/.kb"
            searched.append(state)
            if Location(state: state).exists { return (Location(state: state), searched) }
            if folder == "/" || folder.isEmpty { break }
            folder = folder.deletingLastComponent
        }
        return (Location(state: currentFolder + "/.kb"), searched)
    }

    /// `--kb DIR` may name the `.kb` folder itself or the folder that holds it.
    private static func named(_ path: String, _ currentFolder: String) -> (Location, [String]) {
        let absolute = path.absolutePath(from: currentFolder)
        if absolute.lastPathComponent == ".kb" || Location(state: absolute).exists {
            return (Location(state: absolute), [absolute])
        }
        return (Location(state: absolute + "/.kb"), [absolute + "/.kb"])
    }

    /// Creates the state folder, private to its owner and ignored by git.
    public func create() throws {
        do {
            try FileManager.default.createDirectory(
                atPath: state, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let ignore = state + "/.gitignore"
            if !FileManager.default.fileExists(atPath: ignore) {
                try Data("*\n".utf8).write(to: URL(filePath: ignore))
            }
        } catch {
            throw KnowledgeBaseError.unwritable(path: state)
        }
    }
}

extension String {
    /// With links followed; itself where nothing is there.
    var realPath: String {
        guard let resolved = realpath(self, nil) else { return self }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    var lastPathComponent: String {
        split(separator: "/").last.map(String.init) ?? self
    }

    package var deletingLastComponent: String {
        guard let slash = lastIndex(of: "/") else { return "." }
        return slash == startIndex ? "/" : String(self[..<slash])
    }

    /// The path made absolute and cleared of `.` and `..`; symbolic links are left as they are.
    public func absolutePath(from folder: String) -> String {
        let joined = hasPrefix("/") ? self : folder + "/" + self
        var parts: [Substring] = []
        for part in joined.split(separator: "/") {
            switch part {
            case ".": continue
            case "..": _ = parts.popLast()
            default: parts.append(part)
            }
        }
        return "/" + parts.joined(separator: "/")
    }
}
