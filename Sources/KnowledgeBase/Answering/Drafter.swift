/// A passage offered to the drafter, with how well each of its sentences fits the question.
struct DraftPassage: Sendable {
    var document: Document
    var chunk: Chunk
    /// One a sentence of the chunk: fitness of meaning, −1…1; empty where vectors are not at hand.
    var cosines: [Float]
    /// One a sentence: the share of the question's IDF mass among its terms, 0…1.
    var overlaps: [Double]
    /// One a sentence: the same among the headings above it, and among both together; empty where not measured.
    var headed: [Double] = []
    var united: [Double] = []
    /// Where the question asks several things, one for each of them.
    var parts: [PartFitness] = []
    /// One a sentence: where it has an exact name of the question, such as an error code or a setting.
    var names: [NameMention] = []
}

/// How well the sentences of a passage fit one of several things that a question asks.
struct PartFitness: Sendable {
    /// One a sentence, as `Drafter.fitness`.
    var fitness: [Double] = []
    /// Whether this thing is asked with an exact name.
    var hasName = false
}

/// How a sentence stands to an exact name that is asked for: its neighbours in a list are about other names.
enum NameMention: Sendable {
    case none
    /// Somewhere in its text.
    case inText
    /// It is an entry of that name: `timer.idle: Minutes until …`, or the first cell of a row.
    case entry
    /// The heading right above it has the name.
    case inHeading

    /// What is about the name is quoted before what fits better and is about others; a mention is neither.
    var isAbout: Bool { self == .entry || self == .inHeading }

    /// Where `holds` finds the name of a question.
    init(_ sentence: Sentence, below heading: String?, _ holds: (String) -> Bool) {
        if let heading, holds(heading) {
            self = .inHeading
        } else if !holds(sentence.text) {
            self = .none
        } else {
            self = Self.head(of: sentence).map(holds) == true ? .entry : .inText
        }
    }

    /// What an entry is about: the first cell of a row, what stands before the colon or a bracket elsewhere.
    private static func head(of sentence: Sentence) -> String? {
        // A line of code is no entry: what stands around it belongs to it.
        guard sentence.kind != .code else { return nil }
        let ends = sentence.kind == .row ? [" | "] : [": ", " (", " — ", " – "]
        let text = sentence.text
        let end = ends.compactMap { text.firstRange(of: $0)?.lowerBound }.min()
        guard let end, text.utf8.distance(from: text.startIndex, to: end) <= longestHead else { return nil }
        return String(text[..<end])
    }

    /// In bytes.
    private static let longestHead = 80
}

/// Builds an extractive answer: sentences of one article, in its order, whole procedures and whole list items.
enum Drafter {
    /// About how long an answer may be.
    static let maximumWords = 120
    /// A procedure is given whole up to here: its first or last steps alone help nobody.
    static let maximumProcedureWords = 180
    /// Share of meaning against shared words in a sentence's fitness. Chosen by eye on the questions of corpus/.
    static let meaningWeight = 0.65
    /// What fits at least this share as well as the best joins it.
    static let companionShare = 0.72
    /// The same for a sentence that joins a procedure from below another heading: it is read as one of its steps.
    static let besideProcedureShare = 0.95
    /// Joining parts at most.
    static let maximumCompanions = 4
    /// A part of a passage that is not the first-ranked one must be clearly better to lead.
    static let laterPassageFactor = 0.9
    /// Share of the question's IDF mass in a heading from which the heading is the question, and its section the answer.
    static let namingShare = 0.75
    /// Of a sentence's fitness for a part, what it has for the whole message: "could I do that again" says nothing by itself.
    static let wholeShare = 0.2
    /// Sentences, commands and items that may stand between one step and the next.
    static let maximumStepParts = 6
    /// Sentences brought along at most because the one that fits leans on them.
    static let maximumContext = 2
    /// A line of at most so many words that ends in no punctuation is a caption, and fits this much less.
    static let captionWords = 8
    static let captionFactor = 0.6

    /// - Parameter passages: of the first-ranked document, best passage first.
    /// - Parameter wantsRemedy: the document is about what is asked for as a whole, and the question wants to know what to do: steps are
    ///   quoted even where they stand below another heading.
    /// - Returns: `nil` when there is no sentence to quote.
    static func draft(
        _ passages: [DraftPassage], maximumWords: Int = Drafter.maximumWords, wantsRemedy: Bool = false
    ) -> Draft? {
        let text = DraftSentences(passages)
        let parts = passages.map(\.parts.count).max() ?? 0
        var chosen: [Int] = []
        // Each thing is answered as if it were asked alone, in fewer words.
        for part in 0..<parts {
            let found = choose(text.focused(on: part), maximumWords: maximumWords / min(parts, 2)) ?? []
            let new = found.filter { place in
                !chosen.contains { $0 == place || text.items[$0].sentence.text == text.items[place].sentence.text }
            }
            let words = (chosen + new).reduce(0) { $0 + text.items[$1].words }
            if chosen.isEmpty || words <= maximumProcedureWords { chosen += new }
        }
        if chosen.isEmpty { chosen = choose(text, maximumWords: maximumWords, wantsRemedy: wantsRemedy) ?? [] }
        return chosen.isEmpty ? nil : assemble(chosen.sorted(), text, passages)
    }

    /// Places of the sentences that answer, by rising place; `nil` where there are none.
    private static func choose(
        _ text: DraftSentences, maximumWords: Int, wantsRemedy: Bool = false
    ) -> [Int]? {
        let named = text.namedSections()
        let units = text.units().filter { named?.contains(text.items[$0.range.lowerBound].section) ?? true }
        func best(_ unit: DraftSentences.Unit) -> Int {
            unit.decisive ?? unit.range.max {
                let (a, b) = (text.items[$0], text.items[$1])
                if a.name.isAbout != b.name.isAbout { return b.name.isAbout }
                return a.fitness != b.fitness ? a.fitness < b.fitness : $0 > $1
            }!
        }
        let ranked = units.map { unit in
            let best = best(unit)
            return (
                unit: unit.range, best: best, isAbout: unit.range.contains { text.items[$0].name.isAbout },
                fitness: text.items[best].fitness
            )
        }.sorted {
            if $0.isAbout != $1.isAbout { return $0.isAbout }
            if $0.fitness != $1.fitness { return $0.fitness > $1.fitness }
            let (a, b) = (text.items[$0.best], text.items[$1.best])
            return (a.passage, $0.unit.lowerBound) < (b.passage, $1.unit.lowerBound)
        }
        guard let first = ranked.first else { return nil }
        let isEntry = text.items[first.best].name == .entry
        let section = text.section(around: first.best)
        let lead =
            isEntry
            ? text.entry(at: first.best)
            : named != nil && text.words(section) <= maximumWords
                ? section : cut(first.unit, best: first.best, maximumWords, text)
        let isProcedure = lead.contains { text.items[$0].sentence.ordinal != nil }
        var chosen = Set(lead)
        var budget = maximumWords - text.words(lead)
        var texts = Set(lead.map { text.items[$0].sentence.text })
        var companions = 0
        for (unit, best, _, fitness) in ranked.dropFirst().prefix(maximumCompanions * 2)
        where companions < maximumCompanions {
            let new = unit.filter { !chosen.contains($0) }
            let words = new.reduce(0) { $0 + text.items[$1].words }
            let isNear = text.items[best].section == text.items[lead.lowerBound].section
            // Beside an entry what has not its name is about another.
            guard !isEntry || new.allSatisfy({ text.items[$0].name != .none }) else { continue }
            let isLoose = isProcedure && !isNear && !unit.contains { text.items[$0].sentence.ordinal != nil }
            guard !new.isEmpty, fitness > 0,
                fitness >= (isLoose ? besideProcedureShare : companionShare) * first.fitness, words <= budget,
                !new.contains(where: { texts.contains(text.items[$0].sentence.text) }),
                !isStray(unit, beside: lead, text)
            else { continue }
            chosen.formUnion(new)
            texts.formUnion(new.map { text.items[$0].sentence.text })
            budget -= words
            companions += 1
        }
        if wantsRemedy, !isProcedure, let steps = text.bestSteps(below: section.upperBound) {
            chosen.formUnion(
                cut(steps, best: steps.lowerBound, maximumWords, text).filter {
                    !texts.contains(text.items[$0].sentence.text)
                })
        }
        return chosen.sorted()
    }

    /// How well a sentence fits the question.
    static func fitness(_ passage: DraftPassage, _ i: Int, isFirst: Bool) -> Double {
        let cosine = i < passage.cosines.count ? Double(passage.cosines[i]) : 0
        // A sentence is read below its headings.
        let overlaps = passage.united.isEmpty ? passage.overlaps : passage.united
        let overlap = i < overlaps.count ? overlaps[i] : 0
        return fitness(cosine: cosine, overlap: overlap) * (isFirst ? 1 : laterPassageFactor)
    }

    static func fitness(cosine: Double, overlap: Double) -> Double {
        meaningWeight * cosine + (1 - meaningWeight) * overlap
    }

    /// A procedure that is too long even for itself begins at the step that fits best and ends before the limit.
    private static func cut(
        _ unit: Range<Int>, best: Int, _ maximumWords: Int, _ text: DraftSentences
    ) -> Range<Int> {
        let isProcedure = text.items[unit.upperBound - 1].sentence.ordinal != nil
        guard text.words(unit) > (isProcedure ? maximumProcedureWords : maximumWords), unit.count > 1 else {
            return unit
        }
        // A sentence that announces a list is nothing without it.
        let start = text.isLeadIn(best) ? unit.lowerBound : best
        var end = start
        var budget = maximumWords
        while end < unit.upperBound, end == start || text.items[end].words <= budget {
            budget -= text.items[end].words
            end += 1
        }
        return start..<end
    }

    /// A caption, or an item of a list in another section: beside the lead it would be read as one of the lead's.
    private static func isStray(_ unit: Range<Int>, beside lead: Range<Int>, _ text: DraftSentences) -> Bool {
        let items = unit.map { text.items[$0] }
        if unit.count == 1, text.isCaption(unit.lowerBound) { return true }
        guard items[0].section != text.items[lead.lowerBound].section else { return false }
        return items[0].sentence.kind != .sentence && items[0].sentence.ordinal != 1
    }

    private static func assemble(_ chosen: [Int], _ text: DraftSentences, _ passages: [DraftPassage]) -> Draft {
        var draft = Draft(sentences: [], citations: [])
        // One citation a section of a passage, so that its lines and heading are those of what is quoted.
        var numbers: [[Int]: Int] = [:]
        for (place, index) in chosen.enumerated() {
            let item = text.items[index]
            let sentence = item.sentence
            let key = [item.passage, item.section]
            let before = place > 0 ? text.items[chosen[place - 1]] : nil
            if let number = numbers[key] {
                let old = draft.citations[number - 1].lines
                draft.citations[number - 1].lines =
                    min(old.lowerBound, sentence.lines.lowerBound)...max(old.upperBound, sentence.lines.upperBound)
                draft.citations[number - 1].quote += (sentence.kind == .sentence ? " " : "\n") + sentence.text
            } else {
                numbers[key] = draft.citations.count + 1
                let chunk = passages[item.passage].chunk
                let heading = item.heading.flatMap { $0 == chunk.headings.last ? nil : $0 }
                draft.citations.append(
                    Citation(
                        number: draft.citations.count + 1, document: passages[item.passage].document,
                        headings: chunk.headings + (heading.map { [$0] } ?? []), lines: sentence.lines,
                        quote: sentence.text))
            }
            draft.sentences.append(
                Draft.Line(
                    text: sentence.text, citations: [numbers[key]!],
                    lead: sentence.ordinal.map { "\($0). " }
                        ?? (sentence.kind == .step ? "- " : sentence.kind == .sentence ? nil : ""),
                    follows: before == nil || chosen[place - 1] == index - 1 && before!.section == item.section
                        ? .directly : before!.section == item.section ? .laterOn : .elsewhere))
        }
        return draft
    }

    static func words(_ text: String) -> Int {
        var (count, isInside) = (0, false)
        for scalar in text.unicodeScalars {
            let value = scalar.value
            // Few characters need to be looked up.
            let isSpace = value < 128 ? value == 32 || (9...13).contains(value) : scalar.properties.isWhitespace
            if !isSpace, !isInside { count += 1 }
            isInside = !isSpace
        }
        return count
    }
}
