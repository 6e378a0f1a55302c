/// Phrases that speak for something, with phrases that take it back.
///
/// A table is text, one entry a line: `@name = a|b` defines a class, `[de]` begins a language with classes of its own,
/// `!phrase` is an exception, `#` begins a comment, anything else is a phrase (`PhrasePattern`). An exception that
/// overlaps a match, or stands right beside it, takes it back.
struct PhraseTable: Sendable {
    struct Match: Sendable, Equatable {
        /// The phrase as the table writes it.
        var phrase: String
        /// Places in `FoldedText.words`.
        var words: Range<Int>
    }

    struct Problem: Error, Equatable {
        /// From 1, within the table.
        var line: Int
        var message: String
    }

    private struct Phrases: Sendable {
        var patterns: [PhrasePattern] = []
        var byOpening: [PhrasePattern.Atom: [Int]] = [:]
        /// Those that begin with `^`: tried at the beginnings of sentences alone.
        var atStarts: [Int] = []
        var anywhere: [Int] = []

        mutating func add(_ pattern: PhrasePattern) {
            patterns.append(pattern)
            let place = patterns.count - 1
            if pattern.elements.first?.kind == .start {
                atStarts.append(place)
            } else if let openings = pattern.openings {
                for atom in openings { byOpening[atom, default: []].append(place) }
            } else {
                anywhere.append(place)
            }
        }

        func matches(in words: [PhrasePattern.Word]) -> [Match] {
            var found: [Match] = []
            for index in words.indices where !words[index].isEnd {
                func attempt(_ place: Int) {
                    guard let end = patterns[place].end(in: words, at: index) else { return }
                    found.append(Match(phrase: patterns[place].source, words: index..<end))
                }
                for atom in words[index].atoms { byOpening[atom]?.forEach(attempt) }
                if index == 0 || words[index - 1].isEnd { atStarts.forEach(attempt) }
                anywhere.forEach(attempt)
            }
            return found
        }
    }

    private var atoms = PhraseAtoms()
    private var phrases = Phrases()
    private var exceptions = Phrases()

    /// A table that is known to be well formed.
    init(builtIn text: String) {
        do { try self.init(text) } catch { fatalError("phrase table, line \(error.line): \(error.message)") }
    }

    init(_ text: String) throws(Problem) {
        var reader = Reader()
        for (number, raw) in text.pieces("\n", keepingEmpty: true).enumerated() {
            reader.line = number + 1
            let line = Substring(raw.utf8.prefix { $0 != UInt8(ascii: "#") }).trimmed
            guard let first = line.utf8.first else { continue }
            switch first {
            case UInt8(ascii: "["):
                reader.classes = [:]
            case UInt8(ascii: "@") where line.utf8.contains(UInt8(ascii: "=")):
                let equals = line.utf8.firstIndex(of: UInt8(ascii: "="))!
                let name = line[line.index(after: line.startIndex)..<equals].trimmed
                reader.classes[String(name)] = try reader.element(line[line.index(after: equals)...].trimmed).choice
            case UInt8(ascii: "!"):
                exceptions.add(try reader.pattern(line.dropFirst().trimmed))
            default:
                phrases.add(try reader.pattern(line))
            }
        }
        atoms = reader.atoms
    }

    /// Every match that no exception takes back, in the order of the text.
    func matches(in text: FoldedText) -> [Match] {
        let words = text.words.map {
            PhrasePattern.Word(atoms: $0.isEnd ? [] : atoms.atoms(of: $0.text), isEnd: $0.isEnd)
        }
        let found = phrases.matches(in: words)
        guard !found.isEmpty else { return [] }
        let spans = exceptions.matches(in: words).map(\.words)
        return found.filter { match in
            !spans.contains { $0.lowerBound <= match.words.upperBound && match.words.lowerBound <= $0.upperBound }
        }
    }

    private struct Reader {
        var atoms = PhraseAtoms()
        var classes: [String: PhrasePattern.Choice] = [:]
        var line = 0

        mutating func pattern(_ text: Substring) throws(Problem) -> PhrasePattern {
            var elements: [PhrasePattern.Element] = []
            for part in text.pieces(" ") {
                if part == "^" || part == "$" {
                    elements.append(.init(kind: part == "^" ? .start : .end))
                } else if part.utf8.starts(with: "..".utf8) {
                    guard let count = Int(part.dropFirst(2)), (0...20).contains(count) else {
                        throw Problem(line: line, message: "'\(part)' is no gap; write ..3 for up to three words")
                    }
                    elements.append(.init(kind: .gap, minimum: 0, maximum: count))
                } else {
                    elements.append(try element(part))
                }
            }
            guard elements.contains(where: { $0.kind == .words && $0.minimum > 0 }) else {
                throw Problem(line: line, message: "'\(text)' has no word that must be there")
            }
            return PhrasePattern(source: String(text), elements: elements)
        }

        mutating func element(_ text: Substring) throws(Problem) -> PhrasePattern.Element {
            var element = PhrasePattern.Element(kind: .words)
            var text = text
            if text.utf8.last == UInt8(ascii: "?") {
                element.minimum = 0
                text.removeLast()
            } else if text.utf8.last == UInt8(ascii: "}"), let open = text.utf8.lastIndex(of: UInt8(ascii: "{")) {
                guard let count = Int(text[text.utf8.index(after: open)...].dropLast()), (1...20).contains(count) else {
                    throw Problem(line: line, message: "'\(text)': write {4} for up to four")
                }
                element.minimum = 0
                element.maximum = count
                text = text[..<open]
            }
            for alternative in text.pieces("|").map(\.trimmed) {
                if alternative.utf8.first == UInt8(ascii: "@") {
                    guard let known = classes[String(alternative.dropFirst())] else {
                        throw Problem(line: line, message: "no class is named '\(alternative)'")
                    }
                    element.choice.formUnion(known)
                } else if alternative == "$" {
                    element.orEnd = true
                } else {
                    let sequence = try sequence(alternative)
                    if sequence.count == 1 {
                        element.choice.atoms.insert(sequence[0])
                    } else {
                        element.choice.sequences.append(sequence)
                    }
                }
            }
            return element
        }

        private mutating func sequence(_ text: Substring) throws(Problem) -> [PhrasePattern.Atom] {
            var sequence: [PhrasePattern.Atom] = []
            for piece in text.pieces("_") {
                let mark: Character? =
                    piece.utf8.last == UInt8(ascii: "*") ? "*" : piece.utf8.last == UInt8(ascii: "~") ? "~" : nil
                let word = mark == nil ? piece : piece[..<piece.utf8.index(before: piece.utf8.endIndex)]
                // Most words are plain already.
                let isPlain = word.utf8.allSatisfy { $0 >= 97 && $0 <= 122 || $0 >= 48 && $0 <= 57 }
                let folded = isPlain ? [String(word)] : FoldedText(String(word)).words.filter { !$0.isEnd }.map(\.text)
                guard let last = folded.last, !last.isEmpty else {
                    throw Problem(line: line, message: "'\(piece)' is no word")
                }
                for part in folded.dropLast() { sequence.append(atoms.atom(part, mark: nil)) }
                sequence.append(atoms.atom(last, mark: mark))
            }
            guard !sequence.isEmpty else { throw Problem(line: line, message: "'\(text)' is no word") }
            return sequence
        }
    }
}

extension StringProtocol where SubSequence == Substring {
    /// Parts between an ASCII separator: cheaper than `split`, which looks at characters.
    func pieces(_ separator: Unicode.Scalar, keepingEmpty: Bool = false) -> [Substring] {
        let byte = UInt8(ascii: separator)
        var parts: [Substring] = []
        var start = utf8.startIndex
        var index = start
        while index < utf8.endIndex {
            if utf8[index] == byte {
                if keepingEmpty || start < index { parts.append(self[start..<index]) }
                start = utf8.index(after: index)
            }
            index = utf8.index(after: index)
        }
        if keepingEmpty || start < index { parts.append(self[start..<index]) }
        return parts
    }
}
