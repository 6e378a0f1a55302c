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

/// The index part of one kind's vectors.
private struct VectorSection {
    let kind: DocumentKind
    var ids: [Int64] = []
    var documents: [Int64] = []
    var places: [UInt32] = []
    var norms: [Float] = []

    init(kind: DocumentKind, dimension: Int, _ db: Database) throws {
        self.kind = kind
        var sums = DocumentSums(dimension: dimension)
        try Self.eachVector(of: kind, dimension: dimension, db) { chunk, document, bytes in
            ids.append(chunk)
            places.append(UInt32(sums.add(document, bytes)))
        }
        (documents, norms) = (sums.documents, sums.norms)
    }

    static func eachVector(
        of kind: DocumentKind, dimension: Int, _ db: Database,
        _ body: (Int64, Int64, UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT c.id, c.document_id, e.vector FROM chunk c JOIN embedding e ON e.key = c.embedding_key
                WHERE c.kind = ? ORDER BY c.id
                """, arguments: [kind.rawValue])
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
