/// Tells passages that repeat one already seen, so that a near-duplicate is shown once.
struct RepeatedPassages {
    /// Share of common words from which two passages say the same.
    static let threshold = 0.95
    /// Shorter ones are alike by accident.
    static let minimumWords = 12

    private var seen: [Set<Substring>] = []

    mutating func isNew(_ text: String) -> Bool {
        // By bytes: by characters it would take longer than looking up a question's words.
        let words = Set(text.utf8.split { $0 == 0x20 || (0x09...0x0d).contains($0) }.map { Substring($0) })
        guard words.count >= Self.minimumWords else { return true }
        for other in seen where min(words.count, other.count) * 20 >= max(words.count, other.count) * 19 {
            let common = words.count(where: other.contains)
            if Double(common) >= Self.threshold * Double(words.count + other.count - common) { return false }
        }
        seen.append(words)
        return true
    }
}

extension [Float] {
    /// The vector scaled to length 1; a zero vector stays zero.
    func normalized() -> [Float] {
        let length = reduce(0) { $0 + $1 * $1 }.squareRoot()
        return length > 0 ? map { $0 / length } : self
    }
}
