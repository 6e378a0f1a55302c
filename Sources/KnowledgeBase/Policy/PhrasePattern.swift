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
/// Example: `talk|speak to|with @adjective{4} human|person`.
struct PhrasePattern: Sendable {
    /// What one written word stands for in a table: each gets a number, so that matching compares numbers.
    typealias Atom = Int32

    /// Alternatives.
    struct Choice: Sendable {
        var atoms: Set<Atom> = []
        var sequences: [[Atom]] = []

        mutating func formUnion(_ other: Choice) {
            if atoms.isEmpty { atoms = other.atoms } else { atoms.formUnion(other.atoms) }
            sequences += other.sequences
        }
    }

    struct Element: Sendable {
        enum Kind: Sendable { case words, gap, start, end }
        var kind: Kind
        var choice = Choice()
        /// The end of the sentence will do as well.
        var orEnd = false
        var minimum = 1
        var maximum = 1
    }

    /// A word of the text: the atoms it matches; `isEnd` at the end of a sentence.
    struct Word: Sendable {
        var atoms: [Atom]
        var isEnd: Bool
    }

    /// As the table writes it.
    let source: String
    let elements: [Element]

    /// The end of the first match that begins at `index`, or `nil`.
    func end(in words: [Word], at index: Int) -> Int? {
        match(0, words, index, steps: 0)
    }

    /// The atoms a match may begin with; `nil` when it may begin with any word.
    var openings: Set<Atom>? {
        var openings: Set<Atom> = []
        for element in elements {
            guard element.kind == .words else { return nil }
            openings.formUnion(element.choice.atoms)
            openings.formUnion(element.choice.sequences.compactMap(\.first))
            if element.minimum > 0 { return openings }
        }
        return nil
    }

    private func match(_ place: Int, _ words: [Word], _ index: Int, steps: Int) -> Int? {
        guard place < elements.count else { return index }
        let isEnd = index >= words.count || words[index].isEnd
        switch elements[place].kind {
        case .start:
            guard index == 0 || words[index - 1].isEnd else { return nil }
            return match(place + 1, words, index, steps: 0)
        case .end:
            return isEnd ? match(place + 1, words, index, steps: 0) : nil
        case .gap:
            var next = index
            for _ in 0...elements[place].maximum {
                if let end = match(place + 1, words, next, steps: 0) { return end }
                guard next < words.count, !words[next].isEnd else { return nil }
                next += 1
            }
            return nil
        case .words:
            if elements[place].orEnd, isEnd { return match(place + 1, words, index, steps: 0) }
            if steps >= elements[place].minimum, let end = match(place + 1, words, index, steps: 0) { return end }
            guard steps < elements[place].maximum, !isEnd else { return nil }
            if words[index].atoms.contains(where: elements[place].choice.atoms.contains),
                let end = match(place, words, index + 1, steps: steps + 1)
            {
                return end
            }
            for sequence in elements[place].choice.sequences where Self.matches(sequence, words, index) {
                if let end = match(place, words, index + sequence.count, steps: steps + 1) { return end }
            }
            return nil
        }
    }

    private static func matches(_ sequence: [Atom], _ words: [Word], _ index: Int) -> Bool {
        guard index + sequence.count <= words.count else { return false }
        for (i, atom) in sequence.enumerated() where !words[index + i].atoms.contains(atom) { return false }
        return true
    }
}
