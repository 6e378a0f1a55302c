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

/// Passages of one kind whose vectors lie one after another: those of the vectors file, or of one block of its tail.
struct VectorPart {
    // Into a mapping that lives as long as its VectorFile.
    /// Passage ids, rising; row `i` of `rows` is the vector of the `i`-th.
    let ids: UnsafeBufferPointer<Int64>
    /// (passages, dimension), row-major.
    let rows: UnsafeBufferPointer<Float>
    /// In order of their first passage.
    let documents: UnsafeBufferPointer<Int64>
    /// For each passage the place of its document in `documents`.
    let places: UnsafeBufferPointer<UInt32>
    /// For each document the length of the sum of its passages' vectors: 1 for one passage, more for several.
    let norms: UnsafeBufferPointer<Float>
}

/// The vectors of every passage in one flat file, mapped read-only: derived from the database, never the truth.
///
/// Passage ids only ever grow and a passage never changes, so an old file is still right for the ids it holds:
/// a reader adds the passages that came after it from the database and drops those that are gone. What an ingest adds goes
/// into a second file, the tail (`VectorTail`), until that holds more than a small share.
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
    private let ownGeneration: Int64
    private let layout: VectorLayout
    private let tail: VectorTail?

    private static let magic = Array("KBVEC003".utf8)
    private static let headerSize = 128
    private static let checksumPlace = 96..<128
    private let wholeCache = Mutex<Bool?>(nil)

    /// Maps the file at `path` with its tail; `nil` when it is absent, torn, of another encoder or another version.
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
        layout = VectorLayout(
            start: Self.headerSize, passages: [number(12), number(16)], documents: [number(20), number(24)],
            dimension: dimension)
        ownGeneration = header.loadUnaligned(fromByteOffset: 32, as: Int64.self)
        let digest = UnsafeRawBufferPointer(start: header + 64, count: 32)
        guard UnsafeRawBufferPointer(start: header, count: 8).elementsEqual(Self.magic),
            digest.elementsEqual(SHA256.digest(Array(fingerprint.utf8))), length == layout.end
        else {
            munmap(map, length)
            return nil
        }
        tail = VectorTail(
            path: VectorTail.path(of: path),
            checksum: Array(UnsafeRawBufferPointer(start: header, count: Self.headerSize)[Self.checksumPlace]),
            dimension: dimension)
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: base), length) }

    /// Whether every byte is as it was written; looked at once. Cost: reading the file, about a millisecond per 2 MB.
    var isWhole: Bool {
        wholeCache.withLock { known in
            if let known { return known }
            let bytes = UnsafeRawBufferPointer(start: base, count: length)
            let whole = checksum.elementsEqual(Self.checksum(bytes)) && tail?.isWhole != false
            known = whole
            return whole
        }
    }

    /// What names this very file to its tail.
    var checksum: [UInt8] {
        Array(UnsafeRawBufferPointer(start: base, count: Self.headerSize)[Self.checksumPlace])
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

    // MARK: - What it holds

    /// Of the database as file and tail together know it.
    var generation: Int64 { tail?.blocks.last?.generation ?? ownGeneration }

    /// The file's passages of a kind, then those of each block of the tail, in the order they were added.
    func parts(_ kind: DocumentKind) -> [VectorPart] {
        [layout.part(base, kind)] + (tail?.blocks ?? []).map { $0.layout.part($0.start, kind) }
    }

    /// Whether a document's passages in a part are still its own: no later block took them out.
    func isLive(_ document: Int64, part: Int) -> Bool {
        guard let tail, !tail.removals.isEmpty else { return true }
        return (tail.removals[document] ?? 0) <= part
    }

    /// Passages of a kind, those that were taken out later included.
    func count(_ kind: DocumentKind) -> Int { parts(kind).reduce(0) { $0 + $1.ids.count } }

    /// The last passage of a kind; 0 where there is none.
    func lastID(_ kind: DocumentKind) -> Int64 { parts(kind).last { !$0.ids.isEmpty }?.ids.last ?? 0 }

    /// Passages in the tail, and documents it takes out.
    var tailCounts: (passages: Int, removals: Int) {
        guard let tail else { return (0, 0) }
        return (tail.blocks.reduce(0) { $0 + $1.layout.passages.reduce(0, +) }, tail.removals.count)
    }
}

/// Where the sections of vectors stand, in a file or in a block: counted from its start.
struct VectorLayout {
    /// After the header.
    let start: Int
    var passages: [Int]  // of articles, of tickets
    var documents: [Int]
    /// Documents that are taken out: blocks alone.
    var removed = 0
    let dimension: Int

    var documentIDs: Int { start + passages.reduce(0, +) * 8 }
    var removedIDs: Int { documentIDs + documents.reduce(0, +) * 8 }
    var places: Int { removedIDs + removed * 8 }
    var norms: Int { places + passages.reduce(0, +) * 4 }
    var rows: Int { (norms + documents.reduce(0, +) * 4 + 63) / 64 * 64 }
    var end: Int { rows + passages.reduce(0, +) * dimension * 4 }

    private func section<T>(
        _ base: UnsafeRawPointer, _ offset: Int, _ counts: [Int], _ kind: DocumentKind, _ type: T.Type, width: Int = 1
    ) -> UnsafeBufferPointer<T> {
        let first = kind == .article ? 0 : counts[0]
        let start = (base + offset + first * width * MemoryLayout<T>.stride).assumingMemoryBound(to: T.self)
        return UnsafeBufferPointer(start: start, count: counts[kind == .article ? 0 : 1] * width)
    }

    func part(_ base: UnsafeRawPointer, _ kind: DocumentKind) -> VectorPart {
        VectorPart(
            ids: section(base, start, passages, kind, Int64.self),
            rows: section(base, rows, passages, kind, Float.self, width: dimension),
            documents: section(base, documentIDs, documents, kind, Int64.self),
            places: section(base, places, passages, kind, UInt32.self),
            norms: section(base, norms, documents, kind, Float.self))
    }
}
