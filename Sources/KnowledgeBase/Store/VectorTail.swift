import Embedding
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What came to a vectors file after it was written, an ingest a block: so that adding one article writes one article.
///
/// A block is written behind the committed length and synced before that length is raised. What a killed writer left behind it is
/// never read and is written over by the next; a reader keeps what it mapped, for what is committed never changes.
///
/// ```
/// "KBTAIL01" | u64 committed length | zeros | at 64: 32 bytes, the checksum of the vectors file it belongs to | zeros up to 128
/// blocks: "KBBLOCK1" | u64 length, a multiple of 64 | i64 generation | 4 x u32 counts as in the vectors file | u32 documents taken out
///         | zeros | at 64: 32 bytes checksum of the rows, hex | at 96: 32 bytes checksum of all before them, hex
///         i64 ids of passages | i64 ids of documents | i64 ids of documents taken out of everything before this block
///         | u32 places | f32 lengths | zeros up to 64 | float32 rows | zeros up to 64
/// ```
final class VectorTail: @unchecked Sendable {
    // @unchecked: the mapping is read-only, set once in `init` and unmapped in `deinit`.
    private let base: UnsafeRawPointer
    private let length: Int
    let blocks: [Block]
    /// For a document that a block took out, the last such block; blocks count from 1.
    let removals: [Int64: Int]

    struct Block {
        let start: UnsafeRawPointer
        let length: Int
        let generation: Int64
        let layout: VectorLayout
    }

    static let magic = Array("KBTAIL01".utf8)
    static let blockMagic = Array("KBBLOCK1".utf8)
    static let headerSize = 128

    static func path(of vectors: String) -> String { vectors + ".tail" }

    /// `nil` when there is none, or it belongs to another vectors file. A damaged block and those after it are left out.
    init?(path: String, checksum: [UInt8], dimension: Int) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard let committed = Self.committed(descriptor, checksum: checksum), committed > Self.headerSize,
            let map = mmap(nil, committed, PROT_READ, MAP_SHARED, descriptor, 0), map != MAP_FAILED
        else { return nil }
        (base, length) = (UnsafeRawPointer(map), committed)
        var (blocks, removals): ([Block], [Int64: Int]) = ([], [:])
        var offset = Self.headerSize
        while offset < committed, let block = Self.block(base + offset, room: committed - offset, dimension: dimension)
        {
            blocks.append(block)
            let ids = (block.start + block.layout.removedIDs).assumingMemoryBound(to: Int64.self)
            for i in 0..<block.layout.removed { removals[ids[i]] = blocks.count }
            offset += block.length
        }
        (self.blocks, self.removals) = (blocks, removals)
        guard !blocks.isEmpty else { return nil }
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: base), length) }

    /// The length that is committed; `nil` when this is no tail of that vectors file.
    static func committed(_ descriptor: Int32, checksum: [UInt8]) -> Int? {
        var status = stat()
        var header = [UInt8](repeating: 0, count: headerSize)
        guard fstat(descriptor, &status) == 0, pread(descriptor, &header, headerSize, 0) == headerSize,
            header.starts(with: magic), header[64..<96].elementsEqual(checksum)
        else { return nil }
        let committed = header.withUnsafeBytes { $0.load(fromByteOffset: 8, as: UInt64.self) }
        return committed >= headerSize && committed <= UInt64(status.st_size) ? Int(committed) : nil
    }

    private static func block(_ start: UnsafeRawPointer, room: Int, dimension: Int) -> Block? {
        guard room >= headerSize, UnsafeRawBufferPointer(start: start, count: 8).elementsEqual(blockMagic) else {
            return nil
        }
        func number(_ offset: Int) -> Int { Int(start.load(fromByteOffset: offset, as: UInt32.self)) }
        let length = start.load(fromByteOffset: 8, as: UInt64.self)
        let layout = VectorLayout(
            start: headerSize, passages: [number(24), number(28)], documents: [number(32), number(36)],
            removed: number(40), dimension: dimension)
        guard length <= UInt64(room), layout.end <= Int(length), layout.end + 64 > Int(length),
            UnsafeRawBufferPointer(start: start + 96, count: 32).elementsEqual(indexSum(start, layout))
        else { return nil }
        return Block(
            start: start, length: Int(length), generation: start.load(fromByteOffset: 16, as: Int64.self),
            layout: layout)
    }

    /// Over the header without its sums, and the sections before the rows.
    private static func indexSum(_ start: UnsafeRawPointer, _ layout: VectorLayout) -> [UInt8] {
        var digest = Digest()
        digest.add(UnsafeRawBufferPointer(start: start, count: 64))
        digest.add(UnsafeRawBufferPointer(start: start + headerSize, count: layout.rows - headerSize))
        return Array(digest.hexadecimal.utf8)
    }

    private static func rowSum(_ start: UnsafeRawPointer, _ layout: VectorLayout) -> [UInt8] {
        var digest = Digest()
        digest.add(UnsafeRawBufferPointer(start: start + layout.rows, count: layout.end - layout.rows))
        return Array(digest.hexadecimal.utf8)
    }

    /// Whether every row is as it was written, and no block is left out.
    var isWhole: Bool {
        blocks.reduce(Self.headerSize) { $0 + $1.length } == length
            && blocks.allSatisfy { block in
                UnsafeRawBufferPointer(start: block.start + 64, count: 32)
                    .elementsEqual(Self.rowSum(block.start, block.layout))
            }
    }

    // MARK: - Writing

    /// Fills in a block's sums.
    static func seal(_ block: inout [UInt8], _ layout: VectorLayout) {
        block.withUnsafeMutableBytes { bytes in
            let start = UnsafeRawPointer(bytes.baseAddress!)
            let (index, rows) = (indexSum(start, layout), rowSum(start, layout))
            bytes[64..<96].copyBytes(from: rows)
            bytes[96..<128].copyBytes(from: index)
        }
    }

    /// Appends a block. One writer at a time: the caller holds the ingest lock.
    static func append(_ block: [UInt8], path: String, checksum: [UInt8]) throws {
        func fail() -> KnowledgeBaseError { .unreadable(path: path, reason: String(cString: strerror(errno))) }
        var descriptor = open(path, O_RDWR | O_CLOEXEC)
        var committed = descriptor >= 0 ? self.committed(descriptor, checksum: checksum) : nil
        if committed == nil {
            // None, or another file's, which readers may have mapped: a new one takes its name.
            if descriptor >= 0 { close(descriptor) }
            var header = magic + [UInt8](repeating: 0, count: headerSize - magic.count)
            header.withUnsafeMutableBytes { $0.storeBytes(of: UInt64(headerSize), toByteOffset: 8, as: UInt64.self) }
            header.replaceSubrange(64..<96, with: checksum)
            let temporary = path + ".\(getpid()).tmp"
            descriptor = open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw fail() }
            defer { unlink(temporary) }
            guard write(header, to: descriptor, at: 0), fsync(descriptor) == 0, rename(temporary, path) == 0 else {
                defer { close(descriptor) }
                throw fail()
            }
            committed = headerSize
        }
        defer { close(descriptor) }
        let end = UInt64(committed! + block.count)
        guard write(block, to: descriptor, at: committed!), fdatasync(descriptor) == 0,
            write(withUnsafeBytes(of: end) { Array($0) }, to: descriptor, at: 8), fdatasync(descriptor) == 0
        else { throw fail() }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, at offset: Int) -> Bool {
        var done = 0
        while done < bytes.count {
            let n = bytes.withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress! + done, $0.count - done, off_t(offset + done))
            }
            if n < 0, errno == EINTR { continue }
            guard n > 0 else { return false }
            done += n
        }
        return true
    }
}
