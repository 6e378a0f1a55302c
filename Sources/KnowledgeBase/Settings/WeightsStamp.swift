import Embedding
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Remembers the SHA-256 of weights files, so that 90 MB are read when a file changes and not at every start.
///
/// One line a file in `$XDG_CACHE_HOME/kb/weights` (else `~/.cache/kb/weights`): `sha256 size mtime_ns ctime_ns inode path`.
/// What cannot be remembered is read again.
enum WeightsStamp {
    private static let maximumLines = 16

    /// SHA-256 of a file, in hex. Cost: a `stat` where the file is as it was, else reading it.
    static func digest(of path: String, environment: [String: String]) throws -> String {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw KnowledgeBaseError.unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        func nanoseconds(_ time: timespec) -> Int { Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec) }
        let stamp =
            "\(status.st_size) \(nanoseconds(status.st_mtim)) \(nanoseconds(status.st_ctim)) \(status.st_ino) \(path)"
        let file = cache(environment)
        let lines = file.flatMap { FileManager.default.contents(atPath: $0) }.map {
            String(decoding: $0, as: UTF8.self).split(separator: "\n")
        }
        if let known = lines?.first(where: { $0.dropFirst(65) == stamp }) { return String(known.prefix(64)) }
        let mapped = try MappedFile(path: path)
        let digest = withExtendedLifetime(mapped) { SHA256.hex(SHA256.digest(of: mapped.bytes)) }
        if let file, !path.contains("\n") {
            let others = (lines ?? []).filter { !$0.hasSuffix(" " + path) }.suffix(maximumLines - 1)
            let text = (others.map(String.init) + [digest + " " + stamp]).joined(separator: "\n") + "\n"
            // Best effort: without it the file is read at every start.
            try? FileManager.default.createDirectory(
                atPath: file.deletingLastComponent, withIntermediateDirectories: true)
            try? Data(text.utf8).write(to: URL(filePath: file), options: .atomic)
        }
        return digest
    }

    private static func cache(_ environment: [String: String]) -> String? {
        if let folder = environment["XDG_CACHE_HOME"], !folder.isEmpty { return folder + "/kb/weights" }
        return environment["HOME"].flatMap { $0.isEmpty ? nil : $0 + "/.cache/kb/weights" }
    }
}
