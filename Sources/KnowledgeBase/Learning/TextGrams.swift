/// The wording of a text as a sparse vector: words and pairs of neighbours, and the letter groups of three to five within
/// words, so that misspelt words still resemble. Two halves of length 1 each: words, and letters.
///
/// Groups are named by their FNV-1a hash (Fowler, Noll & Vo), so a collision adds two groups up and no table is needed.
struct TextGrams: Sendable {
    /// By rising hash, each once.
    let entries: [(hash: UInt32, weight: Float)]
    let wordCount: Int

    init(_ text: String) { self.init(FoldedText(text)) }

    /// Of the words of one sentence, folded.
    init(words: [String]) {
        self.init(parts: words.map { $0[...] } + [""])
    }

    init(_ text: FoldedText) { self.init(parts: text.words.map { $0.text[...] }) }

    /// - Parameter parts: words; an empty one ends a sentence.
    private init(parts: [Substring]) {
        var words: Set<UInt32> = []
        var letters: Set<UInt32> = []
        var count = 0
        let none: [UInt8] = []
        var previous = none
        for word in parts {
            if word.isEmpty {
                // A pair with the edge of its sentence.
                if !previous.isEmpty { words.insert(Self.hash(Self.pairMark, previous, none)) }
                previous = none
                continue
            }
            count += 1
            let bytes = Array(word.utf8)
            words.insert(Self.hash(Self.wordMark, bytes, none))
            words.insert(Self.hash(Self.pairMark, previous, bytes))
            previous = bytes
            let marked = [UInt8(ascii: "<")] + bytes + [UInt8(ascii: ">")]
            for length in 3...5 where marked.count >= length {
                for start in 0...(marked.count - length) {
                    letters.insert(Self.hash(Self.letterMark, marked[start..<start + length], none))
                }
            }
        }
        if !previous.isEmpty { words.insert(Self.hash(Self.pairMark, previous, none)) }
        wordCount = count
        var weights: [UInt32: Float] = [:]
        for part in [words, letters] where !part.isEmpty {
            let weight = 1 / Float(part.count).squareRoot()
            for hash in part { weights[hash, default: 0] += weight }
        }
        entries = weights.map { (hash: $0.key, weight: $0.value) }.sorted { $0.hash < $1.hash }
    }

    private static let (wordMark, pairMark, letterMark) = (UInt8(ascii: "w"), UInt8(ascii: "p"), UInt8(ascii: "l"))

    private static func hash(_ mark: UInt8, _ a: some Sequence<UInt8>, _ b: [UInt8]) -> UInt32 {
        var hash: UInt32 = 0x811C_9DC5
        func add(_ byte: UInt8) { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        add(mark)
        for byte in a { add(byte) }
        add(0)
        for byte in b { add(byte) }
        return hash
    }
}
