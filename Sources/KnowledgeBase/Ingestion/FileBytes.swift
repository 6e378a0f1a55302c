import Glibc

/// Reads whole files of one source without trusting them: bounded, inside the source, and not while someone writes.
struct FileBytes: Sendable {
    /// Largest article file, in bytes.
    static let limit = 16 << 20

    private let root: String
    /// The root with links resolved and a trailing "/".
    private let realRoot: [UInt8]

    /// - Throws: `.unreadable` when the root does not exist.
    init(root: String) throws(ReadError) {
        guard let resolved = realpath(root, nil) else { throw ReadError.unreadable(FileWalker.errorText(errno)) }
        defer { free(resolved) }
        let path = String(cString: resolved)
        self.root = path
        realRoot = Array((path == "/" ? "/" : path + "/").utf8)
    }

    /// The bytes of `path` below the root.
    ///
    /// - Throws: `.tooLarge`, `.vanished`, `.unreadable`, `.outsideSource` (the path became a link that leads out),
    ///   `.changedWhileRead` (size or time moved between open and the last read).
    func read(_ path: String, limit: Int = limit) throws(ReadError) -> [UInt8] {
        let full = root + "/" + path
        // O_NONBLOCK: a pipe that took the file's place must not hold the run.
        let file = open(full, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else {
            let code = errno
            throw code == ENOENT ? .vanished : .unreadable(FileWalker.errorText(code))
        }
        defer { close(file) }
        var before = stat()
        guard fstat(file, &before) == 0 else { throw .unreadable(FileWalker.errorText(errno)) }
        guard before.st_mode & S_IFMT == S_IFREG else { throw .unreadable("not a regular file") }
        if !isInside(file) { throw .outsideSource }
        let size = Int(before.st_size)
        if size > limit { throw .tooLarge(bytes: size, limit: limit) }
        // One byte more than the size, so that growth shows.
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
            while count < size + 1 {
                let got = Glibc.read(file, buffer.baseAddress! + count, size + 1 - count)
                if got < 0 {
                    if errno == EINTR { continue }
                    failure = errno
                    return
                }
                if got == 0 { return }
                count += got
            }
        }
        if failure != 0 { throw .unreadable(FileWalker.errorText(failure)) }
        var after = stat()
        guard bytes.count == size, fstat(file, &after) == 0, after.st_size == before.st_size,
            after.st_mtim.tv_sec == before.st_mtim.tv_sec, after.st_mtim.tv_nsec == before.st_mtim.tv_nsec
        else { throw .changedWhileRead }
        return bytes
    }

    /// Asks the kernel where the open file lies, so that a link swapped in after the walk cannot lead out.
    private func isInside(_ file: Int32) -> Bool {
        let target = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
            let length = buffer.withMemoryRebound(to: CChar.self) {
                readlink("/proc/self/fd/\(file)", $0.baseAddress!, $0.count)
            }
            count = max(0, length)
        }
        return target.starts(with: realRoot)
    }
}
