/// People's names, found again where they are known.
enum Names {
    /// Each whole word of the names with three letters or more, wherever it stands with a capital or is no common word.
    static func occurrences(of names: [String], in text: String) -> [Range<Int>] {
        let parts = Set(
            names.flatMap { FoldedText($0).words.map(\.text) }.filter {
                $0.unicodeScalars.count >= 3 && !titles.contains($0)
            })
        guard !parts.isEmpty else { return [] }
        let bytes = Array(text.utf8)
        var found: [Range<Int>] = []
        for word in FoldedText(text).words where parts.contains(word.text) {
            let isCapital = bytes[word.range.lowerBound] < 97 || bytes[word.range.lowerBound] >= 128
            guard isCapital || !common.contains(word.text) else { continue }
            // First and last name beside each other are one name.
            if let last = found.last, last.upperBound + 1 == word.range.lowerBound, bytes[last.upperBound] == 32 {
                found[found.count - 1] = last.lowerBound..<word.range.upperBound
            } else {
                found.append(word.range)
            }
        }
        return found
    }

    private static let titles: Set<String> = [
        "mrs", "miss", "herr", "frau", "dr", "prof", "von", "van", "der", "den", "the", "and", "del", "des",
    ]
    /// Names that are words as well: found with a capital alone.
    private static let common: Set<String> = [
        "will", "mark", "bill", "rose", "grace", "hope", "may", "june", "april", "august", "art", "rich", "chase",
        "grant", "frank", "drew",
        "pat", "sue", "jack", "bob", "nick", "rob", "dawn", "faith", "joy", "jean", "page", "long", "short", "white",
        "black", "brown", "green",
        "king", "young", "price", "case", "field", "bush", "wood", "hill", "stone", "baker", "cook", "smith", "miller",
        "fisher", "max", "guy", "summer",
    ]
}
