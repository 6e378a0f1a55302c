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
        /// Share of the question's IDF mass in the headings above, 0…1.
        var headed: Double
        var name: NameMention
        /// How well it fits each of the things asked, where they are several.
        var parts: [Double]
        var words: Int
    }

    private(set) var items: [Item] = []
    /// Whether each of several things is asked with an exact name.
    private var hasName: [Bool] = []

    init(_ passages: [DraftPassage]) {
        let order = passages.indices.sorted { passages[$0].chunk.ordinal < passages[$1].chunk.ordinal }
        var section = 0
        var heading: String?
        var previous: Chunk?
        for place in order {
            let chunk = passages[place].chunk
            let breaks = Self.breaks(in: chunk)
            if let previous, previous.ordinal + 1 != chunk.ordinal || previous.headings != chunk.headings {
                section += 1
                heading = nil
            }
            for (i, sentence) in chunk.sentences.enumerated() {
                if let found = breaks.before[i] {
                    section += 1
                    heading = found.heading
                }
                // Dots and dashes are no sentence; in code every line counts.
                guard
                    !sentence.text.isEmpty,
                    sentence.kind == .code
                        || sentence.text.unicodeScalars.contains(where: {
                            $0.properties.isAlphabetic || $0.properties.numericType != nil
                        })
                else { continue }
                items.append(
                    Item(
                        sentence: sentence, passage: place,
                        fitness: Drafter.fitness(passages[place], i, isFirst: place == 0), section: section,
                        heading: heading, headed: i < passages[place].headed.count ? passages[place].headed[i] : 0,
                        name: i < passages[place].names.count ? passages[place].names[i] : .none,
                        parts: passages[place].parts.map { i < $0.fitness.count ? $0.fitness[i] : 0 },
                        words: Drafter.words(sentence.text)))
            }
            if breaks.isAtEnd {
                section += 1
                heading = nil
            }
            previous = chunk
        }
        for i in items.indices where isCaption(i) {
            items[i].fitness *= Drafter.captionFactor
            for part in items[i].parts.indices { items[i].parts[part] *= Drafter.captionFactor }
        }
        hasName = passages.first?.parts.map(\.hasName) ?? []
    }

    /// As if only one of several things were asked.
    func focused(on part: Int) -> DraftSentences {
        var focused = self
        for i in items.indices {
            focused.items[i].fitness =
                (1 - Drafter.wholeShare) * items[i].parts[part] + Drafter.wholeShare * items[i].fitness
            focused.items[i].headed = 0
            if !hasName[part] { focused.items[i].name = .none }
        }
        return focused
    }

    /// Text between two sentences that is none of either.
    struct Break: Sendable {
        /// Its last line, where that is short.
        var heading: String?
    }

    /// What stands before each sentence of a passage, and whether anything stands behind the last. Fences of code are nothing.
    static func breaks(in chunk: Chunk) -> (before: [Break?], isAtEnd: Bool) {
        let text = Array(chunk.text.utf8)
        var end = 0
        func lines(_ gap: ArraySlice<UInt8>) -> [Substring] {
            String(decoding: gap, as: UTF8.self).split(whereSeparator: \.isNewline)
                .map { $0.drop(while: \.isWhitespace) }
                .filter { !$0.isEmpty && !$0.hasPrefix("```") && !$0.hasPrefix("~~~") }
        }
        let before = chunk.sentences.map { sentence -> Break? in
            defer { end = max(end, sentence.range.upperBound) }
            guard end < sentence.range.lowerBound, sentence.range.lowerBound <= text.count,
                let last = lines(text[end..<sentence.range.lowerBound]).last
            else { return nil }
            return Break(heading: last.count <= 100 ? String(last) : nil)
        }
        return (before, end < text.count && !lines(text[end...]).isEmpty)
    }

    /// Sections that the question names: those with its code or setting, else those whose heading says nearly all of it. `nil`
    /// where none is named, or all are.
    func namedSections() -> Set<Int>? {
        var named = Set(items.filter { $0.name != .none }.map(\.section))
        if named.isEmpty, let best = items.map(\.headed).max(), best >= Drafter.namingShare {
            named = Set(items.filter { $0.headed >= best - 1e-9 }.map(\.section))
        }
        return named.isEmpty || items.allSatisfy { named.contains($0.section) } ? nil : named
    }

    /// The steps that fit best, those behind a place before any other; nil where the document has none.
    func bestSteps(below place: Int) -> Range<Int>? {
        let steps = units().map(\.range).filter { range in range.contains { items[$0].sentence.ordinal != nil } }
        let later = steps.filter { $0.lowerBound >= place }
        func fitness(_ range: Range<Int>) -> Double { range.map { items[$0].fitness }.max() ?? 0 }
        return (later.isEmpty ? steps : later).max { fitness($0) < fitness($1) }
    }

    /// An entry of a list or a table, with the sentences that go on about it.
    func entry(at i: Int) -> Range<Int> {
        var end = i + 1
        while end < items.count, adjoin(i, end), items[i].sentence.kind != .row,
            items[end].sentence.kind != items[i].sentence.kind || items[i].sentence.kind == .sentence,
            items[end].name != .entry, words(i..<end + 1) <= Drafter.maximumWords
        {
            end += 1
        }
        // "The following are supported:" brings what is supported, but no option of the list that it stands in.
        guard end - 1 > i, isLeadIn(end - 1) else { return i..<end }
        let lead = end - 1
        while end < items.count, adjoin(i, end), items[end].sentence.kind != .sentence, items[end].name == .none,
            !items[end].sentence.text.hasPrefix("-"), words(i..<end + 1) <= Drafter.maximumProcedureWords
        {
            end += 1
        }
        return i..<(end == lead + 1 ? lead : end)
    }

    /// All of the section that a sentence stands in.
    func section(around i: Int) -> Range<Int> {
        var (start, end) = (i, i + 1)
        while start > 0, adjoin(start - 1, i) { start -= 1 }
        while end < items.count, adjoin(i, end) { end += 1 }
        return start..<end
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
            let end = replyEnd(i)
            out.append(Unit(range: withContext(i)..<end))
            return end
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

    /// A question in an article stands with the sentences that reply to it, two at most.
    private func replyEnd(_ i: Int) -> Int {
        var end = i + 1
        func isQuestion(_ i: Int) -> Bool { items[i].sentence.text.hasSuffix("?") }
        guard isQuestion(i) else { return end }
        while end < items.count, end <= i + 2, adjoin(i, end), items[end].sentence.kind == .sentence, !isQuestion(end) {
            end += 1
        }
        return end
    }

    /// The end of numbered steps. What stands between two of them (a command, a note) belongs to the first.
    private func stepsEnd(_ start: Int) -> Int {
        var end = start + 1
        while end < items.count, adjoin(start, end) {
            let last = items[start..<end].last { $0.sentence.ordinal != nil }!.sentence.ordinal!
            let next = items[end..<min(end + Drafter.maximumStepParts, items.count)].firstIndex {
                $0.sentence.ordinal != nil
            }
            if let next, adjoin(start, next), items[next].sentence.ordinal! > last {
                end = next + 1
            } else if items[end].sentence.kind == .code {
                end += 1
            } else {
                break
            }
        }
        return end
    }

    /// The end of the list, table or code that begins at `start`; `start` where none does.
    private func listEnd(_ start: Int) -> Int {
        guard start < items.count, items[start].sentence.kind != .sentence else { return start }
        let first = items[start].sentence
        if first.ordinal != nil { return stepsEnd(start) }
        var end = start + 1
        while end < items.count, adjoin(end - 1, end), items[end].sentence.kind == first.kind,
            items[end].sentence.ordinal == nil
        {
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
        // "Within that time …", "After this …".
        if words.count > 1, prepositions.contains(String(first)),
            ["that", "this", "these", "those", "then"].contains(words[1])
        {
            return true
        }
        // "Doing so prevents …", "The value must be less than …".
        if words.count > 1,
            first == "doing" && words[1] == "so" || first == "the" && referents.contains(String(words[1]))
        {
            return true
        }
        return openers.contains(String(first))
            || words.prefix(onlyFirst ? 1 : 4).contains { pointers.contains(String($0)) }
    }

    private static let prepositions: Set<String> = [
        "within", "during", "after", "before", "in", "at", "on", "by", "from", "until", "for", "with", "without",
        "since",
    ]
    private static let referents: WordSet = ["value", "default", "latter", "former", "same"]
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
