/// The words of a phrase table, numbered from 0: exact ones, beginnings (`wor*`) and ones with room for a typing error (`word~`).
///
/// Bytes in flat buffers: the shipped tables have thousands of words and are read at every start.
struct PhraseAtoms: Sendable {
    enum Mark: UInt8, Sendable { case exact, beginning, fuzzy }

    private struct Entry: Sendable {
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
        var slot = Self.hash(word, mark) & (slots.count - 1)
        while slots[slot] >= 0 {
            if isEqual(slots[slot], word, mark) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        let atom = Int32(entries.count)
        entries.append(Entry(start: Int32(bytes.count), length: Int32(word.count), mark: mark))
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
        var slot = Self.hash(word, mark) & (slots.count - 1)
        while slots[slot] >= 0 {
            if isEqual(slots[slot], word, mark) { return slots[slot] }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private func isEqual(_ atom: Int32, _ word: UnsafeBufferPointer<UInt8>, _ mark: Mark) -> Bool {
        let entry = entries[Int(atom)]
        guard entry.mark == mark, entry.length == word.count else { return false }
        let start = Int(entry.start)
        for i in 0..<word.count where bytes[start + i] != word[i] { return false }
        return true
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        bytes.withUnsafeBufferPointer { bytes in
            for (atom, entry) in entries.enumerated() {
                let word = bytes[Int(entry.start)..<Int(entry.start + entry.length)]
                var slot = Self.hash(UnsafeBufferPointer(rebasing: word), entry.mark) & (slots.count - 1)
                while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
                slots[slot] = Int32(atom)
            }
        }
    }

    /// FNV-1a.
    private static func hash(_ word: UnsafeBufferPointer<UInt8>, _ mark: Mark) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(mark.rawValue)
        for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int(truncatingIfNeeded: hash ^ hash >> 32)
    }
}
