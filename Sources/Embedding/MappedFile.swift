import CKernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file mapped read-only: its pages are shared with every other process that reads it and loaded when touched, so opening a 90 MB
/// file costs microseconds. Unmapped with the last reference.
///
/// The file must not be truncated while mapped (reading past its new end would end the process): replace files by renaming.
public final class MappedFile: @unchecked Sendable {
    // Sendable: `bytes` is immutable after init and points to read-only memory that lives as long as this object.
    public let path: String
    /// Valid only while this object is referenced: keep it beside any pointer into it (Swift may release a local after its last
    /// mention, not at the end of its scope).
    public let bytes: UnsafeRawBufferPointer

    /// - Throws: `EncoderError.cannotOpen` if the file is missing or unreadable.
    public init(path: String) throws(EncoderError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotOpen(path: path, reason: String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .cannotOpen(path: path, reason: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .cannotOpen(path: path, reason: "not a regular file") }
        self.path = path
        let size = Int(status.st_size)
        if size == 0 {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
            throw .cannotOpen(path: path, reason: String(cString: strerror(errno)))
        }
        bytes = UnsafeRawBufferPointer(start: address, count: size)
    }

    /// For a file that will be read from end to end, before it is.
    func useLargePages() {
        if let start = bytes.baseAddress { process_use_large_pages(start, Int64(bytes.count)) }
    }

    /// Loads the pages between two places of the file by reading from them: the kernel maps those around as well. MADV_POPULATE_READ
    /// costs as much, and holds up for milliseconds whatever else of this process maps or unmaps memory meanwhile.
    func populate(from start: UnsafeRawPointer, to end: UnsafeRawPointer) {
        process_touch(start, end)
        withExtendedLifetime(self) {}
    }

    /// A copy of the whole file.
    var contents: [UInt8] { withExtendedLifetime(self) { [UInt8](bytes) } }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    deinit {
        if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
    }
}
