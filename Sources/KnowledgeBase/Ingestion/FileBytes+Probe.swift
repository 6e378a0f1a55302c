import Glibc

extension FileBytes {
    /// A single file as a walk would list it.
    static func entry(_ path: String) throws(ReadError) -> FileWalker.File {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .unreadable(FileWalker.errorText(errno)) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable("not a regular file") }
        func nanoseconds(_ time: timespec) -> Int64 { Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec) }
        return FileWalker.File(
            path: path.lastPathComponent, size: Int(status.st_size), modified: nanoseconds(status.st_mtim),
            changed: nanoseconds(status.st_ctim), inode: UInt64(status.st_ino))
    }

    /// The first lines of a file, at most 256 KB: enough to tell what it holds. Empty where it cannot be read.
    static func firstLines(_ path: String) -> [[UInt8]] {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 256 << 10)
        let count = Glibc.read(file, &bytes, bytes.count)
        guard count > 0 else { return [] }
        return bytes[..<count].split(separator: 0x0a, maxSplits: 20).prefix(20).map(Array.init)
    }
}
