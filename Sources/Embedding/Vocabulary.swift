/// The pieces of `vocab.txt` in an open-addressing hash table over the mapped file: nothing is copied and there is no string a
/// piece, so 30,522 lines load in a fraction of a millisecond.
struct Vocabulary: Sendable {
    /// Number of pieces; ids are 0..<count.
    let count: Int
    private let file: MappedFile
    private let pieces: [Piece]  // by id
    private let slots: [Int32]  // id + 1, or 0 for free; a power of two, at most half full
    private let longestPiece: Int  // bytes

    /// A piece without its `##`; continuations have other hashes than word starts.
    struct Piece {
        var offset: Int32
        var length: Int16
        var continues: Bool
    }

    init(path: String) throws(EncoderError) {
        let file = try MappedFile(path: path)
        let bytes = file.bytes
        guard bytes.count < Int(Int32.max) else { throw .malformed(path: path, reason: "it has over 2 GB") }
        var pieces: [Piece] = []
        pieces.reserveCapacity(bytes.count / 7)
        // Some 8 bytes a line; made anew where lines are shorter.
        var slots = [Int32](repeating: 0, count: Self.capacity(pieces: bytes.count / 8))
        var longest = 0
        var start = 0
        while start < bytes.count {
            let continues =
                start + 2 < bytes.count && bytes[start] == 35 && bytes[start + 1] == 35 && bytes[start + 2] != 10
                && bytes[start + 2] != 13
            let offset = continues ? start + 2 : start
            var end = offset
            var key: UInt64 = 0
            if offset + 8 <= bytes.count {
                // Most pieces end within eight bytes: a look at all of them at once.
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                let lines = word ^ 0x0A0A_0A0A_0A0A_0A0A
                let found = (lines &- 0x0101_0101_0101_0101) & ~lines & 0x8080_8080_8080_8080
                let length = found.trailingZeroBitCount / 8  // 8 where there is none
                end += length
                key = length == 8 ? word : word & (1 << UInt64(8 * length) - 1)
            } else {
                while end < bytes.count, bytes[end] != 10 {
                    key |= UInt64(bytes[end]) << UInt64(8 * (end - offset))
                    end += 1
                }
            }
            if end == offset + 8 { while end < bytes.count, bytes[end] != 10 { end += 1 } }
            start = end + 1
            if end > offset && bytes[end - 1] == 13 {
                end -= 1
                if end < offset + 8 { key &= 1 << UInt64(8 * (end - offset)) - 1 }
            }
            let length = min(end - offset, Int(Int16.max))
            var hash = Table.hash(key, length: min(8, length), continues: continues)
            var i = offset + 8
            while i < offset + length {
                hash = Table.mix(hash, bytes[i])
                i += 1
            }
            longest = max(longest, length)
            pieces.append(Piece(offset: Int32(offset), length: Int16(length), continues: continues))
            if 2 * pieces.count > slots.count {
                slots = Self.regrown(slots, pieces, bytes)
            } else {
                Self.insert(Int32(pieces.count), Table.slot(hash), into: &slots)
            }
        }
        guard !pieces.isEmpty else { throw .malformed(path: path, reason: "it has no lines") }
        count = pieces.count
        self.file = file
        self.pieces = pieces
        self.slots = slots
        longestPiece = longest
    }

    private static func capacity(pieces: Int) -> Int {
        var capacity = 1024
        while capacity < 2 * pieces { capacity *= 2 }
        return capacity
    }

    private static func insert(_ entry: Int32, _ hash: Int, into slots: inout [Int32]) {
        var slot = hash & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = entry
    }

    /// A table twice as large, with all pieces.
    private static func regrown(_ slots: [Int32], _ pieces: [Piece], _ bytes: UnsafeRawBufferPointer) -> [Int32] {
        var grown = [Int32](repeating: 0, count: 2 * slots.count)
        for (id, piece) in pieces.enumerated() {
            var hash = Table.Prefix(continues: piece.continues)
            for i in 0..<Int(piece.length) { hash.append(bytes[Int(piece.offset) + i]) }
            insert(Int32(id + 1), Table.slot(hash.value), into: &grown)
        }
        return grown
    }

    /// The id of a whole piece that starts a word, such as `[CLS]`.
    func id(of word: [UInt8]) -> Int32? {
        withTable { table in
            word.withUnsafeBufferPointer { letters in
                table.longest(letters, from: 0).flatMap { $0.end == letters.count ? $0.id : nil }
            }
        }
    }

    func add(to digest: inout Digest) {
        withExtendedLifetime(file) { digest.add(file.bytes) }
    }

    func withTable<R>(_ body: (Table) -> R) -> R {
        withExtendedLifetime(file) {
            pieces.withUnsafeBufferPointer { pieces in
                slots.withUnsafeBufferPointer { slots in
                    body(Table(bytes: file.bytes, pieces: pieces, slots: slots, longestPiece: longestPiece))
                }
            }
        }
    }

    /// The table borrowed for a pass.
    struct Table {
        let bytes: UnsafeRawBufferPointer
        let pieces: UnsafeBufferPointer<Piece>
        let slots: UnsafeBufferPointer<Int32>
        let longestPiece: Int

        /// Of a piece's first bytes, at most eight: the low ones of `key`.
        @inline(__always) static func hash(_ key: UInt64, length: Int, continues: Bool) -> UInt64 {
            (key ^ UInt64(length) << 56 ^ (continues ? 0x9E37_79B9_7F4A_7C15 : 0)) &* 0xFF51_AFD7_ED55_8CCD
        }
        /// Of a piece with one byte more.
        @inline(__always) static func mix(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
            (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        @inline(__always) static func slot(_ hash: UInt64) -> Int {
            Int(truncatingIfNeeded: (hash ^ hash >> 32) & 0x7FFF_FFFF)
        }

        /// The hash of a piece that is read byte by byte.
        struct Prefix {
            private(set) var value: UInt64
            private var key: UInt64 = 0
            private var length = 0
            private let continues: Bool

            init(continues: Bool) {
                self.continues = continues
                value = hash(0, length: 0, continues: continues)
            }

            @inline(__always) mutating func append(_ byte: UInt8) {
                if length < 8 {
                    key |= UInt64(byte) << UInt64(8 * length)
                    length += 1
                    value = hash(key, length: length, continues: continues)
                } else {
                    value = mix(value, byte)
                }
            }
        }

        /// The longest piece that `letters` has at `from` (a continuation if `from` > 0), and where it ends; nil if there is none.
        func longest(_ letters: UnsafeBufferPointer<UInt8>, from: Int) -> (id: Int32, end: Int)? {
            let continues = from > 0
            let length = min(letters.count - from, longestPiece)
            return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: length + 1) { hashes in
                var hash = Prefix(continues: continues)
                for i in 0..<length {
                    hash.append(letters[from + i])
                    hashes[i + 1] = hash.value
                }
                var end = length
                while end > 0 {
                    // A piece ends where a scalar ends: not before a UTF-8 continuation byte.
                    if from + end == letters.count || letters[from + end] & 0xC0 != 0x80,
                        let id = find(letters, from, end, hashes[end], continues)
                    {
                        return (id, from + end)
                    }
                    end -= 1
                }
                return nil
            }
        }

        @inline(__always)
        private func find(
            _ letters: UnsafeBufferPointer<UInt8>, _ from: Int, _ length: Int, _ hash: UInt64, _ continues: Bool
        ) -> Int32? {
            var slot = Table.slot(hash) & (slots.count - 1)
            while slots[slot] != 0 {
                let id = slots[slot] - 1
                let piece = pieces[Int(id)]
                if Int(piece.length) == length && piece.continues == continues {
                    var i = 0
                    while i < length && bytes[Int(piece.offset) + i] == letters[from + i] { i += 1 }
                    if i == length { return id }
                }
                slot = (slot + 1) & (slots.count - 1)
            }
            return nil
        }
    }
}
