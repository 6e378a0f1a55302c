/// The pieces of `vocab.txt` in an open-addressing hash table over the mapped file: nothing is copied and there is no string a
/// piece, so 30,522 lines load in about half a millisecond.
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
        var hashes: [UInt32] = []
        hashes.reserveCapacity(bytes.count / 7)
        var longest = 0
        var start = 0
        while start < bytes.count {
            let continues =
                start + 2 < bytes.count && bytes[start] == 35 && bytes[start + 1] == 35 && bytes[start + 2] != 10
                && bytes[start + 2] != 13
            let offset = continues ? start + 2 : start
            var end = offset
            var hash = Table.seed(continues: continues)
            var before = hash  // without the last byte
            while end < bytes.count, case let byte = bytes[end], byte != 10 {
                before = hash
                hash = Table.mix(hash, byte)
                end += 1
            }
            start = end + 1
            if end > offset && bytes[end - 1] == 13 { (end, hash) = (end - 1, before) }
            let length = min(end - offset, Int(Int16.max))
            longest = max(longest, length)
            pieces.append(Piece(offset: Int32(offset), length: Int16(length), continues: continues))
            hashes.append(UInt32(truncatingIfNeeded: Table.slot(hash)))
        }
        guard !pieces.isEmpty else { throw .malformed(path: path, reason: "it has no lines") }
        var capacity = 1024
        while capacity < 2 * pieces.count { capacity *= 2 }
        var slots = [Int32](repeating: 0, count: capacity)
        slots.withUnsafeMutableBufferPointer { slots in
            for (id, hash) in hashes.enumerated() {
                var slot = Int(hash) & (capacity - 1)
                while slots[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
                slots[slot] = Int32(id + 1)
            }
        }
        count = pieces.count
        self.file = file
        self.pieces = pieces
        self.slots = slots
        longestPiece = longest
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

        // FNV-1a, 64 bits; its high bits are folded down for the slot.
        @inline(__always) static func seed(continues: Bool) -> UInt64 {
            continues ? 0x9E37_79B9_7F4A_7C15 : 0xCBF2_9CE4_8422_2325
        }
        @inline(__always) static func mix(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
            (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        @inline(__always) static func slot(_ hash: UInt64) -> Int {
            Int(truncatingIfNeeded: (hash ^ hash >> 32) & 0x7FFF_FFFF)
        }

        /// The longest piece that `letters` has at `from` (a continuation if `from` > 0), and where it ends; nil if there is none.
        func longest(_ letters: UnsafeBufferPointer<UInt8>, from: Int) -> (id: Int32, end: Int)? {
            let continues = from > 0
            let length = min(letters.count - from, longestPiece)
            return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: length + 1) { hashes in
                var hash = Table.seed(continues: continues)
                for i in 0..<length {
                    hash = Table.mix(hash, letters[from + i])
                    hashes[i + 1] = hash
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
