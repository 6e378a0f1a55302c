/// The words of a phrase table, numbered: exact ones, beginnings (`wor*`) and ones with room for a typing error (`word~`).
struct PhraseAtoms: Sendable {
    private var exact: [String: Int32] = [:]
    private var prefixes: [String: Int32] = [:]
    private var prefixLengths: Set<Int> = []
    /// By first byte.
    private var fuzzy: [UInt8: [(word: [UInt8], atom: Int32)]] = [:]
    private var count: Int32 = 0

    /// The number of a written word, given anew when it is new.
    ///
    /// - Parameter mark: `*`, `~` or nothing.
    mutating func atom(_ word: String, mark: Character?) -> Int32 {
        switch mark {
        case "*":
            if let known = prefixes[word] { return known }
            count += 1
            prefixes[word] = count
            prefixLengths.insert(word.utf8.count)
        case "~":
            let bytes = Array(word.utf8)
            if let known = fuzzy[bytes[0]]?.first(where: { $0.word == bytes }) { return known.atom }
            count += 1
            fuzzy[bytes[0], default: []].append((bytes, count))
        default:
            if let known = exact[word] { return known }
            count += 1
            exact[word] = count
        }
        return count
    }

    /// The atoms a word of a text matches.
    func atoms(of word: String) -> [Int32] {
        var found: [Int32] = []
        let known = exact[word]
        if let known { found.append(known) }
        let utf8 = word.utf8
        if !prefixes.isEmpty {
            for length in prefixLengths where length <= utf8.count {
                let end = utf8.index(utf8.startIndex, offsetBy: length)
                if let part = String(utf8[..<end]), let atom = prefixes[part] { found.append(atom) }
            }
        }
        if let first = utf8.first, let candidates = fuzzy[first] {
            let bytes = Array(utf8)
            for candidate in candidates {
                // A word the table knows for itself is no misspelling.
                let fits = known == nil ? Self.isWithinOne(candidate.word, bytes) : candidate.word == bytes
                if fits { found.append(candidate.atom) }
            }
        }
        return found
    }

    /// Equal, or one letter more, less, other, or two neighbours swapped. Words of five letters on; the first letter stands.
    static func isWithinOne(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        if a == b { return true }
        guard a.count >= 5, abs(a.count - b.count) <= 1, a.first == b.first else { return false }
        var i = 0
        while i < min(a.count, b.count), a[i] == b[i] { i += 1 }
        if a.count == b.count {
            if a[(i + 1)...].elementsEqual(b[(i + 1)...]) { return true }
            return i + 1 < a.count && a[i] == b[i + 1] && a[i + 1] == b[i] && a[(i + 2)...].elementsEqual(b[(i + 2)...])
        }
        return a.count > b.count ? a[(i + 1)...].elementsEqual(b[i...]) : a[i...].elementsEqual(b[(i + 1)...])
    }
}
