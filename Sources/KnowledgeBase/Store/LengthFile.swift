import Embedding
import FoundationEssentials
import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Lengths of a text index's rows in tokens, mapped: derived from FTS5's own sizes, so that a new process needs not read them.
///
/// It grows at its end: values are synced before the head that counts them. A row that changed becomes 0, for which FTS5 is asked.
///
/// `"KBLENGT2" | i64 generation | u64 rows | zeros up to 32 | u32 by row id`, little-endian.
struct LengthFile: Sendable {
    /// Of the database as all rows but those of 0 are right for.
    let generation: Int64
    let lengths: RowLengths
    private let count: Int

    private static let magic = Array("KBLENGT2".utf8)
    private static let headerSize = 32

    /// `nil` when the file is absent or torn.
    init?(path: String) {
        guard let file = try? MappedFile(path: path), file.bytes.count >= Self.headerSize,
            file.bytes[..<8].elementsEqual(Self.magic)
        else { return nil }
        generation = file.bytes.load(fromByteOffset: 8, as: Int64.self)
        let count = file.bytes.load(fromByteOffset: 16, as: UInt64.self)
        guard count < 1 << 40, file.bytes.count >= Self.headerSize + Int(count) * 4 else { return nil }
        self.count = Int(count)
        lengths = RowLengths(file, offset: Self.headerSize, count: Int(count))
    }

    /// Brings the file up to the database: appends where there is one, else writes it.
    ///
    /// - Parameter keepsIDs: ids of rows that changed stay the same ids, as those of documents do.
    static func refresh(path: String, table: String, keepsIDs: Bool, _ db: Database) throws {
        let generation = try Store.generation(db)
        if let known = LengthFile(path: path), known.generation <= generation {
            if known.generation == generation { return }
            let changed = keepsIDs ? try Store.removedDocuments(since: known.generation, db) : []
            if let changed { return try extend(path, known, table: table, changed: changed, generation, db) }
        }
        var data = Data(header(generation, 0))
        try RowLengths(table: table, db).withUnsafeBufferPointer { values in
            data.replaceSubrange(0..<headerSize, with: header(generation, values.count))
            data.append(contentsOf: UnsafeRawBufferPointer(values))
        }
        try data.write(to: URL(filePath: path), options: .atomic)
    }

    private static func header(_ generation: Int64, _ count: Int) -> [UInt8] {
        var header = magic
        withUnsafeBytes(of: generation.littleEndian) { header += $0 }
        withUnsafeBytes(of: UInt64(count).littleEndian) { header += $0 }
        return header + [UInt8](repeating: 0, count: headerSize - header.count)
    }

    private static func extend(
        _ path: String, _ known: LengthFile, table: String, changed: [Int64], _ generation: Int64, _ db: Database
    ) throws {
        let later = try RowLengths(table: table, from: Int64(known.count), db)
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        func fail() -> KnowledgeBaseError { .unreadable(path: path, reason: String(cString: strerror(errno))) }
        guard descriptor >= 0 else { throw fail() }
        defer { close(descriptor) }
        func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
            guard bytes.isEmpty || pwrite(descriptor, bytes.baseAddress!, bytes.count, off_t(offset)) == bytes.count
            else { throw fail() }
        }
        let zero: UInt32 = 0
        for id in changed where id >= 0 && id < Int64(known.count) {
            try withUnsafeBytes(of: zero) { try write($0, at: headerSize + Int(id) * 4) }
        }
        let count = try later.withUnsafeBufferPointer { values in
            try write(UnsafeRawBufferPointer(values), at: headerSize + known.count * 4)
            return known.count + values.count
        }
        guard fdatasync(descriptor) == 0 else { throw fail() }
        try header(generation, count).withUnsafeBytes { try write($0, at: 0) }
        guard fdatasync(descriptor) == 0 else { throw fail() }
    }
}
