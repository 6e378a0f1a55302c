import FoundationEssentials
import Glibc

/// The files of a folder as a commit has them, read with git's plumbing as a child process: fixed arguments, no shell, no
/// checkout, no filter and no hook of the repository, and nothing fetched.
struct GitState {
    /// The folder, and where it lies in its repository ("" or "docs/").
    let folder: String
    let prefix: String
    /// The commit's full id.
    let commit: String

    /// - Throws: `.invalidArgument` where the folder is in no repository, git is missing, or the name names no commit.
    init(folder: String, reference: String) throws {
        self.folder = folder
        let (inside, missing) = try Self.git(folder, ["rev-parse", "--show-prefix"])
        guard let inside else {
            throw KnowledgeBaseError.invalidArgument(
                missing
                    ? "kb check needs git, which is not installed. Run: apt-get install git"
                    : "\(folder) is in no git repository, so there is no earlier state of it to compare with.")
        }
        prefix = String(String(decoding: inside, as: UTF8.self).trimmed)
        let (found, _) = try Self.git(
            folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", reference + "^{commit}"])
        guard let found, found.count >= 40 else {
            throw KnowledgeBaseError.invalidArgument(
                "git knows no commit '\(reference)' in \(folder). In CI fetch it first: git fetch origin \(reference) "
                    + "(or a checkout with fetch-depth: 0).")
        }
        commit = String(String(decoding: found, as: UTF8.self).trimmed)
    }

    /// Writes the folder's files as of the commit into another one. Links and submodules are left out.
    ///
    /// - Returns: how many files.
    func write(to target: String) throws -> Int {
        var files: [(object: String, path: String)] = []
        for entry in try listing(["ls-tree", "-r", "-z", commit]) {
            // "100644 blob ID<tab>path", relative to the folder.
            guard let tab = entry.firstIndex(of: 0x09) else { continue }
            let words = String(decoding: entry[..<tab], as: UTF8.self).split(separator: " ")
            let path = String(decoding: entry[entry.index(after: tab)...], as: UTF8.self)
            guard words.count == 3, words[0].hasPrefix("100"), words[1] == "blob", Self.isSafe(path) else { continue }
            files.append((String(words[2]), path))
        }
        // Some at a time: their contents pass through memory.
        for start in stride(from: 0, to: files.count, by: 500) {
            let part = files[start..<min(start + 500, files.count)]
            let contents = try Self.blobs(folder, part.map(\.object))
            for (file, bytes) in zip(part, contents) {
                guard let bytes else { continue }
                let path = target + "/" + file.path
                do {
                    try FileManager.default.createDirectory(
                        atPath: path.deletingLastComponent, withIntermediateDirectories: true)
                    try Data(bytes).write(to: URL(filePath: path))
                } catch {
                    throw KnowledgeBaseError.unwritable(path: path)
                }
            }
        }
        return files.count
    }

    /// One file of the repository as of the commit, by its path from the repository's top; `nil` where there was none.
    func file(_ path: String) throws -> [UInt8]? {
        guard Self.isSafe(path) else { return nil }
        return try Self.blobs(folder, ["\(commit):\(path)"])[0]
    }

    /// Paths in the working tree that git does not ignore, relative to the folder.
    func tracked() throws -> Set<String> {
        Set(
            try listing(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
                .map { String(decoding: $0, as: UTF8.self) })
    }

    /// The repository's top folder.
    func top() throws -> String {
        let (out, _) = try Self.git(folder, ["rev-parse", "--show-toplevel"])
        return out.map { String(String(decoding: $0, as: UTF8.self).trimmed) } ?? folder
    }

    private func listing(_ arguments: [String]) throws -> [ArraySlice<UInt8>] {
        let (out, _) = try Self.git(folder, arguments)
        guard let out else {
            throw KnowledgeBaseError.invalidArgument(
                "git \(arguments[0]) failed in \(folder). See: git -C \(folder) fsck")
        }
        return out.split(separator: 0)
    }

    /// Contents of objects, in their order; `nil` for what is none.
    private static func blobs(_ folder: String, _ names: [String]) throws -> [[UInt8]?] {
        let (out, _) = try git(
            folder, ["cat-file", "--batch"], input: Array((names.joined(separator: "\n") + "\n").utf8))
        guard let out else {
            throw KnowledgeBaseError.invalidArgument("git cat-file failed in \(folder). See: git -C \(folder) fsck")
        }
        var place = 0
        return names.map { _ in
            guard place < out.count, let end = out[place...].firstIndex(of: 0x0a) else { return nil }
            // "ID blob SIZE", or "NAME missing".
            let words = String(decoding: out[place..<end], as: UTF8.self).split(separator: " ")
            place = end + 1
            guard words.count == 3, let size = Int(words[2]), size >= 0, place + size <= out.count else { return nil }
            defer { place += size + 1 }
            return words[1] == "blob" ? Array(out[place..<place + size]) : nil
        }
    }

    /// A path from a repository may not lead out of the folder that it is written to.
    static func isSafe(_ path: String) -> Bool {
        !path.isEmpty && !path.utf8.contains(0) && !path.utf8.contains(0x0a) && !path.hasPrefix("/")
            && !path.split(separator: "/", omittingEmptySubsequences: false).contains {
                $0 == ".." || $0 == "." || $0.isEmpty
            }
    }

    /// - Returns: what git said, or `nil` where it failed; and whether it is missing.
    private static func git(
        _ folder: String, _ arguments: [String], input: [UInt8] = []
    ) throws -> (out: [UInt8]?, missing: Bool) {
        // A checkout in a container often belongs to another user; nothing that is run here reads its hooks or filters.
        let fixed = [
            "git", "--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs",
            "-c", "safe.directory=*", "-c", "core.fsmonitor=false", "-c", "protocol.allow=never", "-C", folder,
        ]
        do {
            let output = try ChildProcess.run(
                fixed + arguments, input: input, timeLimit: 300, outputLimit: 1 << 30, memoryLimit: 16 << 30)
            return (output.status == 0 ? output.bytes : nil, false)
        } catch .missing {
            return (nil, true)
        } catch {
            throw KnowledgeBaseError.invalidArgument("git \(arguments[0]) in \(folder): \(error)")
        }
    }
}
