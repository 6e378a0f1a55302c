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
    /// One a sentence: whether it or the heading right above it has an error code of the question.
    var holdsCode: [Bool] = []
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
    /// Joining parts at most.
    static let maximumCompanions = 4
    /// A part of a passage that is not the first-ranked one must be clearly better to lead.
    static let laterPassageFactor = 0.9
    /// Share of the question's IDF mass in a heading from which the heading is the question, and its section the answer.
    static let namingShare = 0.75
    /// Sentences, commands and items that may stand between one step and the next.
    static let maximumStepParts = 6
    /// Sentences brought along at most because the one that fits leans on them.
    static let maximumContext = 2
    /// A line of at most so many words that ends in no punctuation is a caption, and fits this much less.
    static let captionWords = 8
    static let captionFactor = 0.6

    /// - Parameter passages: of the first-ranked document, best passage first.
    /// - Returns: `nil` when there is no sentence to quote.
    static func draft(_ passages: [DraftPassage]) -> Draft? {
        let text = DraftSentences(passages)
        let named = text.namedSections()
        let units = text.units().filter { named?.contains(text.items[$0.range.lowerBound].section) ?? true }
        func best(_ unit: DraftSentences.Unit) -> Int {
            unit.decisive ?? unit.range.max {
                let (a, b) = (text.items[$0], text.items[$1])
                return a.fitness != b.fitness ? a.fitness < b.fitness : $0 > $1
            }!
        }
        let ranked = units.map { (unit: $0.range, best: best($0), fitness: text.items[best($0)].fitness) }.sorted {
            if $0.fitness != $1.fitness { return $0.fitness > $1.fitness }
            let (a, b) = (text.items[$0.best], text.items[$1.best])
            return (a.passage, $0.unit.lowerBound) < (b.passage, $1.unit.lowerBound)
        }
        guard let first = ranked.first else { return nil }
        let section = text.section(around: first.best)
        let lead =
            named != nil && text.words(section) <= maximumWords ? section : cut(first.unit, best: first.best, text)
        var chosen = Set(lead)
        var budget = maximumWords - text.words(lead)
        var texts = Set(lead.map { text.items[$0].sentence.text })
        var companions = 0
        for (unit, _, fitness) in ranked.dropFirst().prefix(maximumCompanions * 2) where companions < maximumCompanions
        {
            let new = unit.filter { !chosen.contains($0) }
            let words = new.reduce(0) { $0 + text.items[$1].words }
            guard !new.isEmpty, fitness > 0, fitness >= companionShare * first.fitness, words <= budget,
                !new.contains(where: { texts.contains(text.items[$0].sentence.text) }),
                !isStray(unit, beside: lead, text)
            else { continue }
            chosen.formUnion(new)
            texts.formUnion(new.map { text.items[$0].sentence.text })
            budget -= words
            companions += 1
        }
        return assemble(chosen.sorted(), text, passages)
    }

    /// How well a sentence fits the question.
    static func fitness(_ passage: DraftPassage, _ i: Int, isFirst: Bool) -> Double {
        let cosine = i < passage.cosines.count ? Double(passage.cosines[i]) : 0
        // A sentence is read below its headings.
        let overlaps = passage.united.isEmpty ? passage.overlaps : passage.united
        let overlap = i < overlaps.count ? overlaps[i] : 0
        return (meaningWeight * cosine + (1 - meaningWeight) * overlap) * (isFirst ? 1 : laterPassageFactor)
    }

    /// A procedure that is too long even for itself begins at the step that fits best and ends before the limit.
    private static func cut(_ unit: Range<Int>, best: Int, _ text: DraftSentences) -> Range<Int> {
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
        text.split(whereSeparator: \.isWhitespace).count
    }
}
