import Embedding
import FoundationEssentials

/// Lengths of passages and articles in tokens, mapped: derived from FTS5's own sizes, so that a new process needs not read them.
///
/// `"KBLENGT1" | i64 generation | u64 passages | u64 documents | u32 by passage id | u32 by document id`, little-endian.
struct LengthFile: Sendable {
    let generation: Int64
    let passages: RowLengths
    let documents: RowLengths

    private static let magic = Array("KBLENGT1".utf8)
    private static let headerSize = 32

    /// `nil` when the file is absent or torn.
    init?(path: String) {
        guard let file = try? MappedFile(path: path), file.bytes.count >= Self.headerSize,
            file.bytes[..<8].elementsEqual(Self.magic)
        else { return nil }
        generation = file.bytes.load(fromByteOffset: 8, as: Int64.self)
        let counts = [16, 24].map { file.bytes.load(fromByteOffset: $0, as: UInt64.self) }
        guard counts.allSatisfy({ $0 < 1 << 40 }), file.bytes.count == Self.headerSize + Int(counts[0] + counts[1]) * 4
        else { return nil }
        passages = RowLengths(file, offset: Self.headerSize, count: Int(counts[0]))
        documents = RowLengths(file, offset: Self.headerSize + Int(counts[0]) * 4, count: Int(counts[1]))
    }

    /// Aside first, then renamed.
    static func write(passages: RowLengths, documents: RowLengths, generation: Int64, path: String) throws {
        var data = Data(magic)
        func append(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) }
        }
        append(generation)
        for lengths in [passages, documents] { append(UInt64(lengths.withUnsafeBufferPointer(\.count))) }
        for lengths in [passages, documents] {
            lengths.withUnsafeBufferPointer { data.append(contentsOf: UnsafeRawBufferPointer($0)) }
        }
        try data.write(to: URL(filePath: path), options: .atomic)
    }
}
