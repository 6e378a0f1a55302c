#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Keeps two ingests apart: an advisory lock that the kernel drops when its holder dies, so none is ever stale.
final class IngestLock {
    private var descriptor: Int32

    init(path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw KnowledgeBaseError.unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        // `isHeld` looks for a moment: that is no ingest.
        var tries = 3
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0, tries > 0 {
            tries -= 1
            usleep(10_000)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw KnowledgeBaseError.ingestRunning(path: path.deletingLastComponent)
        }
    }

    /// Whether somebody holds it: a running ingest.
    static func isHeld(path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0
    }

    func release() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
    }

    deinit { release() }
}
