import Embedding

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

    private let text: String
    private let latin: PhraseTableReader
    /// With the words of other scripts, read when a text has such letters.
    private let full: Deferred<PhraseTableReader>

    /// A table that is known to be well formed.
    init(builtIn text: String) {
        self.text = text
        do throws(Problem) { latin = try PhraseTableReader(text, latinOnly: true) } catch { Self.stop(error) }
        full = Deferred { try PhraseTableReader(text) }
    }

    /// - Complexity: linear in the bytes of the text, about 10 ns each.
    init(_ text: String) throws(Problem) {
        self.text = text
        let read = try PhraseTableReader(text)
        (latin, full) = (read, Deferred { read })
    }

    private static func stop(_ problem: Problem) -> Never {
        fatalError("phrase table, line \(problem.line): \(problem.message)")
    }

    private func reader(for text: FoldedText) -> PhraseTableReader {
        guard text.hasOtherScript else { return latin }
        do { return try full() } catch { Self.stop(error as? Problem ?? Problem(line: 0, message: "\(error)")) }
    }

    /// Every match that no exception takes back, in the order of the text.
    func matches(in text: FoldedText) -> [Match] {
        let read = reader(for: text)
        let words = text.words.map { word -> PhrasePattern.Word in
            let atoms = word.isEnd ? [] : read.atoms.atoms(of: word.text)
            return .init(atoms: atoms, classes: atoms.isEmpty ? [] : read.classes(of: atoms), isEnd: word.isEnd)
        }
        let found = read.phrases.matches(in: words, read.pools)
        guard !found.isEmpty else { return [] }
        let spans = read.exceptions.matches(in: words, read.pools).map(\.words)
        return found.filter { match in
            !spans.contains { $0.lowerBound <= match.words.upperBound && match.words.lowerBound <= $0.upperBound }
        }.map { Match(phrase: source($0.pattern), words: $0.words) }
    }

    private func source(_ pattern: PhrasePattern) -> String {
        let utf8 = text.utf8
        let start = utf8.index(utf8.startIndex, offsetBy: pattern.source.lowerBound)
        return String(text[start..<utf8.index(start, offsetBy: pattern.source.count)])
    }
}

/// The phrases of a table, or its exceptions, by what they may begin with.
struct PhraseList: Sendable {
    /// Patterns by a number: the last of each, −1 where there is none; earlier ones by `links`.
    private struct Openings: Sendable {
        private var last: [Int32] = []
        private var links: [(pattern: Int32, earlier: Int32)] = []

        mutating func add(_ pattern: Int32, under number: Int32) {
            while last.count <= number { last.append(-1) }
            let earlier = last[Int(number)]
            if earlier >= 0, links[Int(earlier)].pattern == pattern { return }
            last[Int(number)] = Int32(links.count)
            links.append((pattern, earlier))
        }

        func append(to found: inout [Int32], under number: Int32) {
            guard number < last.count else { return }
            var link = last[Int(number)]
            while link >= 0 {
                found.append(links[Int(link)].pattern)
                link = links[Int(link)].earlier
            }
        }
    }

    private var patterns: [PhrasePattern] = []
    private var byAtom = Openings()
    private var byClass = Openings()
    /// Those that begin with `^`: tried at the beginnings of sentences alone.
    private var atStarts: [Int32] = []
    private var anywhere: [Int32] = []

    mutating func add(_ pattern: PhrasePattern, _ pools: PhrasePools) {
        let place = Int32(patterns.count)
        patterns.append(pattern)
        let elements = pools.elements[Int(pattern.elements.lowerBound)..<Int(pattern.elements.upperBound)]
        if elements.first?.kind == .start { return atStarts.append(place) }
        // It begins with one of the elements up to the first that must be there.
        guard let must = elements.firstIndex(where: { $0.kind != .words || $0.minimum > 0 }),
            elements[must].kind == .words
        else { return anywhere.append(place) }
        for element in elements[...must] {
            for i in element.atoms { byAtom.add(place, under: pools.numbers[Int(i)]) }
            for i in element.sequences { byAtom.add(place, under: opening(i)) }
            for i in element.classes {
                let number = pools.numbers[Int(i)]
                byClass.add(place, under: number)
                for sequence in pools.classSequences[Int(number)] { byAtom.add(place, under: opening(sequence)) }
            }
        }
        func opening(_ sequence: Int32) -> Int32 { pools.numbers[Int(pools.sequences[Int(sequence)].lowerBound)] }
    }

    func matches(in words: [PhrasePattern.Word], _ pools: PhrasePools) -> [(pattern: PhrasePattern, words: Range<Int>)]
    {
        var found: [(pattern: PhrasePattern, words: Range<Int>)] = []
        var candidates: [Int32] = []
        for index in words.indices where !words[index].isEnd {
            candidates.removeAll(keepingCapacity: true)
            for atom in words[index].atoms { byAtom.append(to: &candidates, under: atom) }
            for number in words[index].classes { byClass.append(to: &candidates, under: number) }
            if index == 0 || words[index - 1].isEnd { candidates += atStarts }
            candidates += anywhere
            candidates.sort()
            var previous: Int32 = -1
            for place in candidates where place != previous {
                previous = place
                let pattern = patterns[Int(place)]
                if let end = pools.end(of: pattern, in: words, at: index) { found.append((pattern, index..<end)) }
            }
        }
        return found
    }
}
