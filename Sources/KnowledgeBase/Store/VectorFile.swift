import Embedding
import FoundationEssentials
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The vectors of every passage in one flat file, mapped read-only: derived from the database, never the truth.
///
/// Passage ids only ever grow and a passage never changes, so an old file is still right for the ids it holds:
/// a reader adds the passages that came after it from the database and drops those that are gone.
///
/// ```
/// "KBVEC003" | u32 dimension | 4 x u32 counts: passages of articles, of tickets, articles, tickets | u32 0
///            | i64 generation | zeros | at 64: 32 bytes SHA-256(fingerprint) | at 96: 32 bytes checksum of all else, hex
/// i64 ids of passages: of articles, rising, then of tickets, rising
/// i64 ids of documents, in order of their first passage: articles, then tickets
/// u32 for each passage the place of its document among its kind's
/// f32 for each document the length of the sum of its passages' vectors
/// zeros up to 64 | float32 rows in the order of the passages, little-endian
/// ```
final class VectorFile: @unchecked Sendable {
    // @unchecked: the mapping is read-only, set once in `init` and unmapped in `deinit`.
    private let base: UnsafeRawPointer
    private let length: Int
    let dimension: Int
    let generation: Int64
    private let layout: Layout

    /// Byte offsets of the sections.
    private struct Layout {
        var passages: [Int]  // of articles, of tickets
        var documents: [Int]
        var documentIDs: Int { VectorFile.headerSize + passages.reduce(0, +) * 8 }
        var places: Int { documentIDs + documents.reduce(0, +) * 8 }
        var norms: Int { places + passages.reduce(0, +) * 4 }
        var rows: Int { (norms + documents.reduce(0, +) * 4 + 63) / 64 * 64 }
    }

    private static let magic = Array("KBVEC003".utf8)
    private static let headerSize = 128
    private static let checksumPlace = 96..<128
    private let wholeCache = Mutex<Bool?>(nil)

    /// Maps the file at `path`; `nil` when it is absent, torn, of another encoder or another version.
    init?(path: String, fingerprint: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size >= Self.headerSize else { return nil }
        length = Int(status.st_size)
        guard let map = mmap(nil, length, PROT_READ, MAP_SHARED, descriptor, 0), map != MAP_FAILED else { return nil }
        base = UnsafeRawPointer(map)
        let header = UnsafeRawPointer(map)
        func number(_ offset: Int) -> Int { Int(header.loadUnaligned(fromByteOffset: offset, as: UInt32.self)) }
        dimension = number(8)
        layout = Layout(passages: [number(12), number(16)], documents: [number(20), number(24)])
        generation = header.loadUnaligned(fromByteOffset: 32, as: Int64.self)
        let digest = UnsafeRawBufferPointer(start: header + 64, count: 32)
        guard UnsafeRawBufferPointer(start: header, count: 8).elementsEqual(Self.magic),
            digest.elementsEqual(SHA256.digest(Array(fingerprint.utf8))),
            length == layout.rows + layout.passages.reduce(0, +) * dimension * 4
        else {
            munmap(map, length)
            return nil
        }
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: base), length) }

    /// Whether every byte is as it was written; looked at once. Cost: reading the file, about a millisecond per 2 MB.
    var isWhole: Bool {
        wholeCache.withLock { known in
            if let known { return known }
            let bytes = UnsafeRawBufferPointer(start: base, count: length)
            let whole = bytes[Self.checksumPlace].elementsEqual(Self.checksum(bytes))
            known = whole
            return whole
        }
    }

    /// 32 bytes over a file's bytes, without those where the checksum stands.
    private static func checksum(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var digest = Digest()
        digest.add(UnsafeRawBufferPointer(rebasing: bytes[..<checksumPlace.lowerBound]))
        digest.add(UnsafeRawBufferPointer(rebasing: bytes[checksumPlace.upperBound...]))
        return Array(digest.hexadecimal.utf8)
    }

    /// Puts the checksum into a file that is otherwise finished.
    static func seal(_ descriptor: Int32, length: Int) -> Bool {
        guard let map = mmap(nil, length, PROT_READ, MAP_SHARED, descriptor, 0), map != MAP_FAILED else { return false }
        defer { munmap(map, length) }
        let sum = checksum(UnsafeRawBufferPointer(start: map, count: length))
        return pwrite(descriptor, sum, sum.count, off_t(checksumPlace.lowerBound)) == sum.count
    }

    private func section<T>(_ offset: Int, _ counts: [Int], _ kind: DocumentKind, _ type: T.Type, width: Int = 1)
        -> UnsafeBufferPointer<T>
    {
        let first = kind == .article ? 0 : counts[0]
        let start = (base + offset + first * width * MemoryLayout<T>.stride).assumingMemoryBound(to: T.self)
        return UnsafeBufferPointer(start: start, count: counts[kind == .article ? 0 : 1] * width)
    }

    /// Passage ids of a kind, rising; row `i` of `rows(kind)` is the vector of the `i`-th.
    func ids(_ kind: DocumentKind) -> UnsafeBufferPointer<Int64> {
        section(Self.headerSize, layout.passages, kind, Int64.self)
    }

    /// Vectors of a kind: (passages, dimension), row-major.
    func rows(_ kind: DocumentKind) -> UnsafeBufferPointer<Float> {
        section(layout.rows, layout.passages, kind, Float.self, width: dimension)
    }

    /// Documents of a kind.
    func documents(_ kind: DocumentKind) -> UnsafeBufferPointer<Int64> {
        section(layout.documentIDs, layout.documents, kind, Int64.self)
    }

    /// For each passage of a kind, the place of its document in `documents(kind)`.
    func places(_ kind: DocumentKind) -> UnsafeBufferPointer<UInt32> {
        section(layout.places, layout.passages, kind, UInt32.self)
    }

    /// For each document of a kind, the length of the sum of its passages' vectors: 1 for one passage, more for several.
    func norms(_ kind: DocumentKind) -> UnsafeBufferPointer<Float> {
        section(layout.norms, layout.documents, kind, Float.self)
    }
}
