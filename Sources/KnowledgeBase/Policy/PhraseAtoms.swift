/// The words of a phrase table, numbered from 0: exact ones, beginnings (`wor*`) and ones with room for a typing error (`word~`).
///
/// Bytes in flat buffers: the shipped tables have thousands of words and are read at every start.
struct PhraseAtoms: Sendable {
    enum Mark: UInt8, Sendable { case exact, beginning, fuzzy }

    private struct Entry: Sendable {
        /// The first eight bytes: the whole of most words.
        var key: UInt64
        var start: Int32
        var length: Int32
        var mark: Mark
    }

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    /// Open addressing by hash; −1 is free. At most half full.
    private var slots = [Int32](repeating: -1, count: 256)
    /// Bit n: some beginning has n bytes; those beyond 63 share the last bit.
    private var beginningLengths: UInt64 = 0
    private var fuzzy: [Int32] = []

    var count: Int { entries.count }

    /// Makes room for the words of a table of so many bytes: buffers that grow by doubling are copied, and touch new pages each time.
    mutating func reserve(tableBytes: Int) {
        bytes.reserveCapacity(tableBytes / 2)
        entries.reserveCapacity(tableBytes / 14)
        var capacity = slots.count
        while capacity < tableBytes / 7 { capacity *= 2 }
        if entries.isEmpty { slots = [Int32](repeating: -1, count: capacity) }
    }

    /// The number of a written word, given anew when it is new.
    mutating func atom(_ word: UnsafeBufferPointer<UInt8>, _ mark: Mark) -> Int32 {
        let key = Self.key(word)
        var slot = Self.slot(key, word, mark) & (slots.count - 1)
        while slots[slot] >= 0 {
            if isEqual(slots[slot], key, word, mark) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        let atom = Int32(entries.count)
        entries.append(Entry(key: key, start: Int32(bytes.count), length: Int32(word.count), mark: mark))
        bytes.append(contentsOf: word)
        slots[slot] = atom
        switch mark {
        case .exact: break
        case .beginning: beginningLengths |= 1 << UInt64(min(word.count, 63))
        case .fuzzy: fuzzy.append(atom)
        }
        if entries.count * 2 > slots.count { grow() }
        return atom
    }

    /// The atoms a word of a text matches.
    func atoms(of word: String) -> [Int32] {
        var word = word
        return word.withUTF8 { word in
            guard let first = word.first else { return [] }
            var found: [Int32] = []
            let known = find(word, .exact)
            if let known { found.append(known) }
            if beginningLengths != 0 {
                for length in 1...word.count where beginningLengths & (1 << UInt64(min(length, 63))) != 0 {
                    if let atom = find(UnsafeBufferPointer(rebasing: word[..<length]), .beginning) {
                        found.append(atom)
                    }
                }
            }
            bytes.withUnsafeBufferPointer { bytes in
                for atom in fuzzy where bytes[Int(entries[Int(atom)].start)] == first {
                    let entry = entries[Int(atom)]
                    let candidate = UnsafeBufferPointer(
                        rebasing: bytes[Int(entry.start)..<Int(entry.start + entry.length)])
                    // A word the table knows for itself is no misspelling.
                    let fits = known == nil ? Self.isWithinOne(candidate, word) : candidate.elementsEqual(word)
                    if fits { found.append(atom) }
                }
            }
            return found
        }
    }

    /// Equal, or one letter more, less, other, or two neighbours swapped. Words of five letters on; the first letter stands.
    static func isWithinOne(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
        if a.elementsEqual(b) { return true }
        guard a.count >= 5, abs(a.count - b.count) <= 1, a.first == b.first else { return false }
        var i = 0
        while i < min(a.count, b.count), a[i] == b[i] { i += 1 }
        if a.count == b.count {
            if a[(i + 1)...].elementsEqual(b[(i + 1)...]) { return true }
            return i + 1 < a.count && a[i] == b[i + 1] && a[i + 1] == b[i] && a[(i + 2)...].elementsEqual(b[(i + 2)...])
        }
        return a.count > b.count ? a[(i + 1)...].elementsEqual(b[i...]) : a[i...].elementsEqual(b[(i + 1)...])
    }

    private func find(_ word: UnsafeBufferPointer<UInt8>, _ mark: Mark) -> Int32? {
        let key = Self.key(word)
        var slot = Self.slot(key, word, mark) & (slots.count - 1)
        while slots[slot] >= 0 {
            if isEqual(slots[slot], key, word, mark) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private func isEqual(_ atom: Int32, _ key: UInt64, _ word: UnsafeBufferPointer<UInt8>, _ mark: Mark) -> Bool {
        let entry = entries[Int(atom)]
        guard entry.key == key, entry.mark == mark, entry.length == word.count else { return false }
        let start = Int(entry.start)
        var i = 8
        while i < word.count {
            if bytes[start + i] != word[i] { return false }
            i += 1
        }
        return true
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        bytes.withUnsafeBufferPointer { bytes in
            for (atom, entry) in entries.enumerated() {
                let word = UnsafeBufferPointer(rebasing: bytes[Int(entry.start)..<Int(entry.start + entry.length)])
                var slot = Self.slot(entry.key, word, entry.mark) & (slots.count - 1)
                while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
                slots[slot] = Int32(atom)
            }
        }
    }

    private static func key(_ word: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var key: UInt64 = 0
        for i in 0..<min(8, word.count) { key |= UInt64(word[i]) << UInt64(8 * i) }
        return key
    }

    /// Words that begin with the same eight bytes are told apart by their last ones.
    private static func slot(_ key: UInt64, _ word: UnsafeBufferPointer<UInt8>, _ mark: Mark) -> Int {
        var hash = key ^ UInt64(mark.rawValue) << 61
        if word.count > 8 {
            for i in max(8, word.count - 8)..<word.count { hash = hash << 7 ^ hash >> 57 ^ UInt64(word[i]) }
            hash ^= UInt64(word.count) << 32
        }
        return Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 40)
    }
}
