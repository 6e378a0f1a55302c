import FoundationEssentials
import KnowledgeBase

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file with customers' words in it: from its first byte on nobody but its owner may read it.
enum PrivateFile {
    /// Writes a file that is not there yet; half a file is not left behind.
    static func create(_ path: String, _ text: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw KnowledgeBaseError.unwritable(path: path) }
        defer { close(descriptor) }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                unlink(path)
                throw KnowledgeBaseError.unwritable(path: path)
            }
            rest = rest.dropFirst(count)
        }
    }
}
