/// A phrase with room for variation, matched word by word against folded text.
///
/// Elements are separated by spaces:
///
/// | element | matches |
/// |---|---|
/// | `word`, `wor*`, `word~` | the word, words that begin so, the word with one letter wrong |
/// | `a\|b\|c_d` | one of these; `_` joins a sequence |
/// | `@name` | a class of the table; may stand among alternatives |
/// | `x?`, `x{4}` | x or nothing; up to four of x |
/// | `..3` | up to three words of the same sentence |
/// | `^`, `$` | the beginning, the end of a sentence; `$` may stand among alternatives |
///
/// Example: `talk|speak to|with @adjective{4} human|person`. All ranges point into the table's flat `PhrasePools`.
struct PhrasePattern: Sendable {
    struct Element: Sendable {
        enum Kind: UInt8, Sendable { case words, gap, start, end }
        var kind: Kind
        /// The end of the sentence will do as well.
        var orEnd = false
        var minimum: Int32 = 1
        var maximum: Int32 = 1
        /// Alternatives: atoms and classes in `numbers`, sequences in `sequences`.
        var atoms: Range<Int32> = 0..<0
        var classes: Range<Int32> = 0..<0
        var sequences: Range<Int32> = 0..<0
    }

    /// A word of the text: the atoms it matches and the classes these are in; `isEnd` at the end of a sentence.
    struct Word: Sendable {
        var atoms: [Int32]
        var classes: [Int32]
        var isEnd: Bool
    }

    /// Bytes of the table's text.
    let source: Range<Int>
    let elements: Range<Int32>
}

/// What the patterns of one table point into.
struct PhrasePools: Sendable {
    var elements: [PhrasePattern.Element] = []
    /// Atoms and classes.
    var numbers: [Int32] = []
    /// Runs of atoms in `numbers`.
    var sequences: [Range<Int32>] = []
    /// The sequences of each class, as places in `sequences`.
    var classSequences: [[Int32]] = []

    /// The end of the first match of a pattern that begins at `index`, or `nil`.
    func end(of pattern: PhrasePattern, in words: [PhrasePattern.Word], at index: Int) -> Int? {
        match(pattern.elements.lowerBound, pattern.elements.upperBound, words, index, steps: 0)
    }

    private func match(_ place: Int32, _ last: Int32, _ words: [PhrasePattern.Word], _ index: Int, steps: Int32) -> Int?
    {
        guard place < last else { return index }
        let element = elements[Int(place)]
        let isEnd = index >= words.count || words[index].isEnd
        switch element.kind {
        case .start:
            guard index == 0 || words[index - 1].isEnd else { return nil }
            return match(place + 1, last, words, index, steps: 0)
        case .end:
            return isEnd ? match(place + 1, last, words, index, steps: 0) : nil
        case .gap:
            var next = index
            for _ in 0...element.maximum {
                if let end = match(place + 1, last, words, next, steps: 0) { return end }
                guard next < words.count, !words[next].isEnd else { return nil }
                next += 1
            }
            return nil
        case .words:
            if element.orEnd, isEnd { return match(place + 1, last, words, index, steps: 0) }
            if steps >= element.minimum, let end = match(place + 1, last, words, index, steps: 0) { return end }
            guard steps < element.maximum, !isEnd else { return nil }
            let word = words[index]
            if shares(element.atoms, word.atoms) || shares(element.classes, word.classes),
                let end = match(place, last, words, index + 1, steps: steps + 1)
            {
                return end
            }
            for sequence in element.sequences {
                if let count = length(sequence, words, index),
                    let end = match(place, last, words, index + count, steps: steps + 1)
                {
                    return end
                }
            }
            for place_ in element.classes {
                for sequence in classSequences[Int(numbers[Int(place_)])] {
                    if let count = length(sequence, words, index),
                        let end = match(place, last, words, index + count, steps: steps + 1)
                    {
                        return end
                    }
                }
            }
            return nil
        }
    }

    private func shares(_ range: Range<Int32>, _ own: [Int32]) -> Bool {
        guard !own.isEmpty else { return false }
        for i in range where own.contains(numbers[Int(i)]) { return true }
        return false
    }

    /// How many words a sequence takes at `index`; `nil` when it does not stand there.
    private func length(_ sequence: Int32, _ words: [PhrasePattern.Word], _ index: Int) -> Int? {
        let range = sequences[Int(sequence)]
        guard index + range.count <= words.count else { return nil }
        for (i, place) in range.enumerated() where !words[index + i].atoms.contains(numbers[Int(place)]) { return nil }
        return range.count
    }
}
