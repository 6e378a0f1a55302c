import FoundationEssentials
import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension VectorFile {
    /// Writes the file anew from the database: aside first, then renamed, so a crash leaves the old one.
    static func write(from store: Store, path: String, fingerprint: String, dimension: Int) throws {
        let temporary = path + ".\(getpid()).tmp"
        let descriptor = open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw KnowledgeBaseError.unreadable(path: temporary, reason: String(cString: strerror(errno)))
        }
        defer {
            close(descriptor)
            unlink(temporary)
        }
        var out = VectorFileWriter(descriptor: descriptor, path: temporary)
        try store.pool.read { db in
            let kinds = try DocumentKind.allCases.map { try VectorSection(kind: $0, dimension: dimension, db) }
            out.append(Array("KBVEC003".utf8))
            out.append(UInt32(dimension))
            for section in kinds { out.append(UInt32(section.ids.count)) }
            for section in kinds { out.append(UInt32(section.documents.count)) }
            out.append(UInt32(0))
            out.append(try Store.generation(db))
            out.pad(to: 64)
            out.append(SHA256.digest(Array(fingerprint.utf8)))
            out.pad(to: 128)
            for section in kinds { for id in section.ids { out.append(id) } }
            for section in kinds { for id in section.documents { out.append(id) } }
            for section in kinds { for place in section.places { out.append(place) } }
            for section in kinds { for norm in section.norms { out.append(norm.bitPattern) } }
            out.pad(to: 64)
            for section in kinds {
                try VectorSection.eachVector(of: section.kind, dimension: dimension, db) { _, _, bytes in
                    try out.appendRow(bytes)
                }
            }
        }
        try out.flush()
        guard seal(descriptor, length: out.count), fsync(descriptor) == 0, rename(temporary, path) == 0 else {
            throw KnowledgeBaseError.unreadable(path: path, reason: String(cString: strerror(errno)))
        }
    }
}

extension VectorFile {
    /// Appends what the database has beyond this file, as a block of its tail.
    ///
    /// - Returns: false when that is too large a share of the whole: then the file is written anew.
    func append(from store: Store, path: String) throws -> Bool {
        let (layout, block) = try store.pool.read { db -> (VectorLayout?, [UInt8]) in
            let generation = try Store.generation(db)
            guard let removed = try Store.removedDocuments(since: self.generation, db) else { return (nil, []) }
            let held = DocumentKind.allCases.reduce(0) { $0 + count($1) } - tailCounts.passages
            let room = max(VectorDefaults.minimumTail, held / VectorDefaults.tailShare)
            // Of all kinds: ids only rise, and behind the last of a kind that is rare stand all rows of the others.
            let newest = DocumentKind.allCases.map(lastID).max() ?? 0
            let later =
                try Int.fetchOne(db, sql: "SELECT count(*) FROM chunk WHERE id > ?", arguments: [newest]) ?? 0
            guard tailCounts.passages + later <= room, tailCounts.removals + removed.count <= room else {
                return (nil, [])
            }
            var rows: [UInt8] = []
            let kinds = try DocumentKind.allCases.map { kind in
                try VectorSection(kind: kind, dimension: dimension, after: newest, db) {
                    rows.append(contentsOf: $0)
                }
            }
            let layout = VectorLayout(
                start: VectorTail.headerSize, passages: kinds.map(\.ids.count), documents: kinds.map(\.documents.count),
                removed: removed.count, dimension: dimension)
            var block = VectorTail.blockMagic
            func put(_ value: some FixedWidthInteger) {
                withUnsafeBytes(of: value.littleEndian) { block.append(contentsOf: $0) }
            }
            func pad(to size: Int) { block += [UInt8](repeating: 0, count: size - block.count) }
            put(UInt64((layout.end + 63) / 64 * 64))
            put(generation)
            for section in kinds { put(UInt32(section.ids.count)) }
            for section in kinds { put(UInt32(section.documents.count)) }
            put(UInt32(removed.count))
            pad(to: layout.start)
            for section in kinds { for id in section.ids { put(id) } }
            for section in kinds { for id in section.documents { put(id) } }
            for id in removed { put(id) }
            for section in kinds { for place in section.places { put(place) } }
            for section in kinds { for norm in section.norms { put(norm.bitPattern) } }
            pad(to: layout.rows)
            block += rows
            pad(to: (layout.end + 63) / 64 * 64)
            return (layout, block)
        }
        guard let layout else { return false }
        var sealed = block
        VectorTail.seal(&sealed, layout)
        try VectorTail.append(sealed, path: VectorTail.path(of: path), checksum: checksum)
        return true
    }
}

/// How much the tail of the vectors file may hold (benchmarks/results/scale.md).
enum VectorDefaults {
    /// A share of one in so many passages; it is scanned besides the lists, and written again when the file is.
    static let tailShare = 64
    static let minimumTail = 256
}

/// The index part of one kind's vectors.
private struct VectorSection {
    let kind: DocumentKind
    var ids: [Int64] = []
    var documents: [Int64] = []
    var places: [UInt32] = []
    var norms: [Float] = []

    init(
        kind: DocumentKind, dimension: Int, after last: Int64 = 0, _ db: Database,
        row: (UnsafeRawBufferPointer) -> Void = { _ in }
    ) throws {
        self.kind = kind
        var sums = DocumentSums(dimension: dimension)
        try Self.eachVector(of: kind, dimension: dimension, after: last, db) { chunk, document, bytes in
            ids.append(chunk)
            places.append(UInt32(sums.add(document, bytes)))
            row(bytes)
        }
        (documents, norms) = (sums.documents, sums.norms)
    }

    static func eachVector(
        of kind: DocumentKind, dimension: Int, after last: Int64 = 0, _ db: Database,
        _ body: (Int64, Int64, UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT c.id, c.document_id, e.vector FROM chunk c JOIN embedding e ON e.key = c.embedding_key
                WHERE c.id > ? AND c.kind = ? ORDER BY c.id
                """, arguments: [last, kind.rawValue])
        while let row = try rows.next() {
            try row.withUnsafeData(atIndex: 2) { data in
                guard let data, data.count == dimension * 4 else {
                    throw KnowledgeBaseError.damaged(path: "kb.sqlite", reason: "a vector has the wrong size")
                }
                try data.withUnsafeBytes { try body(row[0], row[1], $0) }
            }
        }
    }
}

/// Sums passages' vectors by document; passages of a document come one after another.
struct DocumentSums {
    let dimension: Int
    private(set) var documents: [Int64] = []
    private(set) var norms: [Float] = []
    private var sum: [Float]

    init(dimension: Int) {
        self.dimension = dimension
        sum = [Float](repeating: 0, count: dimension)
    }

    /// Adds one passage; returns its document's place.
    mutating func add(_ document: Int64, _ vector: UnsafeRawBufferPointer) -> Int {
        if documents.last != document {
            documents.append(document)
            norms.append(0)
            for i in 0..<dimension { sum[i] = 0 }
        }
        var square: Float = 0
        for i in 0..<dimension {
            sum[i] += vector.loadUnaligned(fromByteOffset: i * 4, as: Float.self)
            square += sum[i] * sum[i]
        }
        norms[norms.count - 1] = square.squareRoot()
        return documents.count - 1
    }
}

/// Buffered bytes on their way into the file.
private struct VectorFileWriter {
    let descriptor: Int32
    let path: String
    private var pending: [UInt8] = []
    private var written = 0
    var count: Int { written + pending.count }

    init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    mutating func append(_ bytes: [UInt8]) { pending += bytes }

    mutating func append(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { pending.append(contentsOf: $0) }
    }

    mutating func appendRow(_ bytes: UnsafeRawBufferPointer) throws {
        pending.append(contentsOf: bytes)
        if pending.count >= 1 << 22 { try flush() }
    }

    mutating func pad(to multiple: Int) {
        let size = written + pending.count
        pending += [UInt8](repeating: 0, count: (size + multiple - 1) / multiple * multiple - size)
    }

    mutating func flush() throws {
        var offset = 0
        while offset < pending.count {
            let count = pending.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + offset, $0.count - offset) }
            if count < 0 {
                if errno == EINTR { continue }
                throw KnowledgeBaseError.unreadable(path: path, reason: String(cString: strerror(errno)))
            }
            offset += count
        }
        written += pending.count
        pending.removeAll(keepingCapacity: true)
    }
}
