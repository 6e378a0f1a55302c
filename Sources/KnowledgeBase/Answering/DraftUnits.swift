/// The sentences of one article in its order, with what a quotation must not tear apart.
struct DraftSentences: Sendable {
    struct Item: Sendable {
        var sentence: Sentence
        /// Index among the passages given.
        var passage: Int
        /// How well it fits the question.
        var fitness: Double
        /// Counts up at every heading and wherever text is missing between two sentences.
        var section: Int
        /// The heading inside the passage that the section begins with.
        var heading: String?

        var words: Int { Drafter.words(sentence.text) }
    }

    private(set) var items: [Item] = []

    init(_ passages: [DraftPassage]) {
        let order = passages.indices.sorted { passages[$0].chunk.ordinal < passages[$1].chunk.ordinal }
        var section = 0
        var heading: String?
        var previous: Chunk?
        for place in order {
            let chunk = passages[place].chunk
            let text = Array(chunk.text.utf8)
            if let previous, previous.ordinal + 1 != chunk.ordinal || previous.headings != chunk.headings {
                section += 1
                heading = nil
            }
            var end = 0
            for (i, sentence) in chunk.sentences.enumerated() {
                let gap =
                    end <= sentence.range.lowerBound && sentence.range.lowerBound <= text.count
                    ? text[end..<sentence.range.lowerBound] : []
                if gap.contains(where: { $0 > 0x20 }) {
                    section += 1
                    heading = Self.line(gap)
                }
                end = max(end, sentence.range.upperBound)
                guard !sentence.text.isEmpty else { continue }
                items.append(
                    Item(
                        sentence: sentence, passage: place,
                        fitness: Drafter.fitness(passages[place], i, isFirst: place == 0), section: section,
                        heading: heading))
            }
            if end < text.count, text[end...].contains(where: { $0 > 0x20 }) {
                section += 1
                heading = nil
            }
            previous = chunk
        }
        for i in items.indices where isCaption(i) { items[i].fitness *= Drafter.captionFactor }
    }

    /// A gap that is one short line is a heading.
    private static func line(_ gap: ArraySlice<UInt8>) -> String? {
        let lines = String(decoding: gap, as: UTF8.self).split(whereSeparator: \.isNewline)
            .map { $0.drop(while: \.isWhitespace) }.filter { !$0.isEmpty }
        guard let last = lines.last, last.count <= 100 else { return nil }
        return String(last)
    }

    /// Whether two neighbours stand together: nothing between them, not even a heading.
    func adjoin(_ i: Int, _ j: Int) -> Bool { items[i].section == items[j].section }

    func words(_ range: Range<Int>) -> Int { range.reduce(0) { $0 + items[$1].words } }

    /// What is quoted as a whole.
    struct Unit: Sendable {
        var range: Range<Int>
        /// The sentence whose fitness is the unit's, where it is not the best of all.
        var decisive: Int?
    }

    /// All units by rising place; their ranges may overlap where a sentence leans on the one before.
    func units() -> [Unit] {
        var out: [Unit] = []
        var i = 0
        while i < items.count {
            let next = unit(from: i, into: &out)
            i = max(next, i + 1)
        }
        return out
    }

    /// Appends what begins at `i`; returns the place behind it.
    private func unit(from i: Int, into out: inout [Unit]) -> Int {
        let leadsIn = isLeadIn(i)
        let start = leadsIn ? i + 1 : i
        let list = listEnd(start)
        // All steps of a procedure, with the sentence that leads into them.
        if list > start, items[start].sentence.ordinal != nil, !leadsIn || adjoin(i, start) {
            out.append(Unit(range: withContext(i)..<list))
            return list
        }
        guard leadsIn, start < items.count, adjoin(i, start) else {
            out.append(Unit(range: withContext(i)..<i + 1))
            return i + 1
        }
        // A list, table or code block belongs to the sentence that announces it. A long list's items stand alone as well.
        let end = list > start ? list : start + 1
        let whole = withContext(i)..<end
        if words(whole) <= Drafter.maximumWords / 2 || end == start + 1 || items[start].sentence.kind == .code {
            out.append(Unit(range: whole))
            return end
        }
        var fitting = start + 1
        while fitting < end, words(whole.lowerBound..<fitting + 1) <= Drafter.maximumWords { fitting += 1 }
        out.append(Unit(range: whole.lowerBound..<fitting, decisive: i))
        return start
    }

    /// The end of the list, table or code that begins at `start`; `start` where none does.
    private func listEnd(_ start: Int) -> Int {
        guard start < items.count, items[start].sentence.kind != .sentence else { return start }
        let first = items[start].sentence
        var end = start + 1
        while end < items.count, adjoin(end - 1, end), items[end].sentence.kind == first.kind {
            let (last, this) = (items[end - 1].sentence.ordinal, items[end].sentence.ordinal)
            if let last, let this { guard this > last else { break } } else if (last == nil) != (this == nil) { break }
            end += 1
        }
        return end
    }

    /// Where the quotation of sentence `i` must begin: a sentence that opens with "It" or "This" brings the one before.
    private func withContext(_ i: Int) -> Int {
        var start = i
        while start > 0, i - start < Drafter.maximumContext, items[start].sentence.kind == .sentence,
            Self.leansBack(items[start].sentence.text, onlyFirst: isLeadIn(start)), adjoin(start - 1, start),
            items[start - 1].sentence.kind == .sentence, !isLeadIn(start - 1)
        {
            start -= 1
        }
        return start
    }

    func isLeadIn(_ i: Int) -> Bool {
        items[i].sentence.kind == .sentence && items[i].sentence.text.hasSuffix(":")
    }

    /// A short line that ends in nothing: a caption or a heading that the reader took for text.
    func isCaption(_ i: Int) -> Bool {
        let sentence = items[i].sentence
        guard sentence.kind == .sentence, items[i].words <= Drafter.captionWords, let last = sentence.text.last else {
            return false
        }
        return last.isLetter || last.isNumber
    }

    /// Whether one of the first words points to the sentence before; "Do this:" points ahead.
    private static func leansBack(_ text: String, onlyFirst: Bool) -> Bool {
        let words = text.lowercased().split(maxSplits: 4) { !$0.isLetter && $0 != "'" }.prefix(4)
        guard let first = words.first else { return false }
        return openers.contains(String(first))
            || words.prefix(onlyFirst ? 1 : 4).contains { pointers.contains(String($0)) }
    }

    private static let openers: Set<String> = [
        "he", "she", "that", "otherwise", "however", "then", "also", "but", "so", "and", "instead", "therefore",
        "afterwards",
        "both", "neither", "here", "there", "similarly", "likewise", "additionally", "alternatively", "furthermore",
        "moreover",
    ]
    private static let pointers: Set<String> = [
        "it", "its", "it's", "they", "them", "their", "this", "these", "those", "such",
    ]
}
