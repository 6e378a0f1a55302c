import Embedding

extension Engine {
    /// Vectors of texts as questions. What the last reports asked for is kept: to encode takes longer than all else of a
    /// report, and from one night to the next most of it is the same.
    func keptVectors(_ texts: [String]) throws -> [[Float]] {
        guard !texts.isEmpty else { return [] }
        let encoder = try matchingEncoder()
        let salt = Array("\(encoder.fingerprint) \(synonyms.groups.count)\n".utf8)
        let keys = texts.map { Array(SHA256.digest(salt, Array($0.utf8)).prefix(16)) }
        var known = try store.gapVectors(keys, dimension: encoder.dimension)
        var new: [(key: [UInt8], text: String)] = []
        var seen: Set<[UInt8]> = []
        for (key, text) in zip(keys, texts) where known[key] == nil && seen.insert(key).inserted {
            new.append((key, text))
        }
        let vectors = try encode(new.map { Question(text: $0.text) }, mode: .hybrid)
        try store.keepGapVectors(zip(new, vectors).map { ($0.key, $1) })
        for ((key, _), vector) in zip(new, vectors) { known[key] = vector }
        return keys.map { known[$0]! }
    }
}
