/// Words that are known beforehand, looked up by their bytes: a third of the time that a `Set` takes, whose hashing is proof against
/// crafted input. For tables of ours alone; what a text brings goes into a `Set`.
struct WordSet: Sendable, ExpressibleByArrayLiteral {
    private var keys: [UInt64] = []
    private var words: [String] = []
    /// Places in `words` by hash, −1 is free. At most half full.
    private var slots: [Int16]

    init(arrayLiteral words: String...) { self.init(words) }

    /// - Parameter words: at most 16,000; a word that is there twice keeps its first place.
    init(_ words: [String]) {
        var capacity = 16
        while capacity < 2 * words.count { capacity *= 2 }
        slots = [Int16](repeating: -1, count: capacity)
        keys.reserveCapacity(words.count)
        self.words.reserveCapacity(words.count)
        for word in words where place(of: word) == nil {
            let key = Self.key(word)
            var slot = Self.slot(key) & (capacity - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (capacity - 1) }
            slots[slot] = Int16(keys.count)
            keys.append(key)
            self.words.append(word)
        }
    }

    var count: Int { words.count }

    func contains(_ word: String) -> Bool { place(of: word) != nil }

    /// The word's place in the order of the table.
    func place(of word: String) -> Int? {
        let key = Self.key(word)
        var slot = Self.slot(key) & (slots.count - 1)
        while slots[slot] >= 0 {
            let place = Int(slots[slot])
            // Up to seven bytes the key is the word.
            if keys[place] == key, key >> 56 < 8 || words[place] == word { return place }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// The first seven bytes, and how many there are.
    private static func key(_ word: String) -> UInt64 {
        var word = word
        return word.withUTF8 { bytes in
            var key = UInt64(min(bytes.count, 255)) << 56
            for i in 0..<min(7, bytes.count) { key |= UInt64(bytes[i]) << UInt64(8 * i) }
            return key
        }
    }

    private static func slot(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40)
    }
}

/// As `WordSet`, with a value for each word.
struct WordMap<Value: Sendable>: Sendable, ExpressibleByDictionaryLiteral {
    private let words: WordSet
    private let values: [Value]

    init(dictionaryLiteral elements: (String, Value)...) { self.init(elements.map { ($0.0, $0.1) }) }

    init(_ table: [String: Value]) { self.init(table.map { ($0.key, $0.value) }) }

    /// - Parameter pairs: each word once.
    private init(_ pairs: [(word: String, value: Value)]) {
        words = WordSet(pairs.map(\.word))
        values = pairs.map(\.value)
    }

    subscript(word: String) -> Value? { words.place(of: word).map { values[$0] } }
}
