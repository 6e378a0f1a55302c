import Embedding
import GRDB

/// Tokens of each row of an FTS5 table in one flat array by row id; 0 where there is no row.
package struct RowLengths: Sendable {
    private let values: [UInt32]
    /// Where they are mapped instead.
    private let mapped: (file: MappedFile, offset: Int, count: Int)?

    init(_ file: MappedFile, offset: Int, count: Int) {
        (values, mapped) = ([], (file, offset, count))
    }

    /// Reads FTS5's own sizes: a varint a column. Cost: 0.3 s per million rows.
    ///
    /// - Parameter first: the row that the array begins with.
    package init(table: String, from first: Int64 = 0, _ db: Database) throws {
        let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM \(table)_docsize") ?? -1
        var values = [UInt32](repeating: 0, count: max(0, Int(last + 1 - first)))
        let rows = try Row.fetchCursor(
            db, sql: "SELECT id, sz FROM \(table)_docsize WHERE id >= ?", arguments: [first])
        while let row = try rows.next() {
            let id: Int64 = row[0]
            try row.withUnsafeData(atIndex: 1) { data in
                guard let data else { return }
                values[Int(id - first)] = Self.sum(ofVarints: data)
            }
        }
        (self.values, mapped) = (values, nil)
    }

    /// As below; nothing where there are none.
    static func withUnsafeBufferPointer<T>(
        _ lengths: RowLengths?, _ body: (UnsafeBufferPointer<UInt32>) throws -> T
    ) rethrows -> T {
        guard let lengths else { return try body(UnsafeBufferPointer(start: nil, count: 0)) }
        return try lengths.withUnsafeBufferPointer(body)
    }

    func withUnsafeBufferPointer<T>(_ body: (UnsafeBufferPointer<UInt32>) throws -> T) rethrows -> T {
        guard let mapped else { return try values.withUnsafeBufferPointer(body) }
        return try withExtendedLifetime(mapped.file) {
            let start = mapped.file.bytes.baseAddress! + mapped.offset
            return try body(
                UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt32.self), count: mapped.count))
        }
    }

    /// SQLite's varints: seven bits a byte, the highest first.
    private static func sum(ofVarints data: some Sequence<UInt8>) -> UInt32 {
        var (sum, number): (UInt32, UInt32) = (0, 0)
        for byte in data {
            number = number << 7 | UInt32(byte & 0x7f)
            if byte < 0x80 { (sum, number) = (sum &+ number, 0) }
        }
        return sum
    }
}
