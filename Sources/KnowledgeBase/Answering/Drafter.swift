/// A passage offered to the drafter, with how well each of its sentences fits the question.
struct DraftPassage: Sendable {
    var document: Document
    var chunk: Chunk
    /// One a sentence of the chunk: fitness of meaning, −1…1; empty where vectors are not at hand.
    var cosines: [Float]
    /// One a sentence: the share of the question's IDF mass among its terms, 0…1.
    var overlaps: [Double]
}

/// Builds an extractive answer: sentences of one article, in its order, whole procedures and whole list items.
enum Drafter {
    /// About how long an answer may be.
    static let maximumWords = 120
    /// Share of meaning against shared words in a sentence's fitness. Chosen by eye on the questions of corpus/.
    static let meaningWeight = 0.65
    /// What fits at least this share as well as the best joins it.
    static let companionShare = 0.72
    /// Joining parts at most.
    static let maximumCompanions = 4
    /// A part of a passage that is not the first-ranked one must be clearly better to lead.
    static let laterPassageFactor = 0.9

    /// - Parameter passages: of the first-ranked document, best passage first.
    /// - Returns: `nil` when there is no sentence to quote.
    static func draft(_ passages: [DraftPassage]) -> Draft? {
        let units: [Unit] = passages.indices.flatMap { quotable(passages[$0], place: $0) }
        let order = units.indices.sorted {
            units[$0].fitness != units[$1].fitness ? units[$0].fitness > units[$1].fitness : $0 < $1
        }
        guard let lead = order.first else { return nil }
        var chosen = [units[lead].cut(to: maximumWords)]
        var budget = maximumWords - chosen[0].words
        var texts = Set(chosen[0].sentences.map(\.text))
        for i in order.dropFirst().prefix(maximumCompanions * 2) where chosen.count <= maximumCompanions {
            let unit = units[i]
            guard unit.fitness > 0, unit.fitness >= companionShare * units[lead].fitness, unit.words <= budget,
                !unit.sentences.contains(where: { texts.contains($0.text) })
            else { continue }
            chosen.append(unit)
            budget -= unit.words
            texts.formUnion(unit.sentences.map(\.text))
        }
        return assemble(chosen, passages)
    }

    /// What is quoted as a whole: a sentence, a list item or table row with the sentence that leads into it, or all steps
    /// of a numbered procedure.
    private struct Unit {
        var passage: Int
        var first: Int
        var sentences: [Sentence]
        /// Of the best sentence in it.
        var fitness: Double
        var best: Int

        var words: Int { sentences.reduce(0) { $0 + Drafter.words($1.text) } }

        /// A procedure that is too long begins at the step that fits best and ends before the limit.
        func cut(to limit: Int) -> Unit {
            guard words > limit, sentences.count > 1 else { return self }
            var (kept, budget): ([Sentence], Int) = ([], limit)
            for sentence in sentences[best...] {
                let words = Drafter.words(sentence.text)
                guard kept.isEmpty || words <= budget else { break }
                kept.append(sentence)
                budget -= words
            }
            return Unit(passage: passage, first: first + best, sentences: kept, fitness: fitness, best: 0)
        }
    }

    private static func quotable(_ passage: DraftPassage, place: Int) -> [Unit] {
        let sentences = passage.chunk.sentences
        let text = Array(passage.chunk.text.utf8)
        func fitness(_ i: Int) -> Double {
            let cosine = i < passage.cosines.count ? Double(passage.cosines[i]) : 0
            let overlap = i < passage.overlaps.count ? passage.overlaps[i] : 0
            return (meaningWeight * cosine + (1 - meaningWeight) * overlap) * (place == 0 ? 1 : laterPassageFactor)
        }
        /// Nothing but white space between two sentences: no heading, so they belong to one list.
        func adjoin(_ a: Int, _ b: Int) -> Bool {
            let (end, start) = (sentences[a].range.upperBound, sentences[b].range.lowerBound)
            return end <= start && start <= text.count && text[end..<start].allSatisfy { $0 <= 0x20 }
        }
        func unit(_ range: Range<Int>) -> Unit {
            let best = range.max { fitness($0) != fitness($1) ? fitness($0) < fitness($1) : $0 > $1 }!
            return Unit(
                passage: place, first: range.lowerBound, sentences: Array(sentences[range]), fitness: fitness(best),
                best: best - range.lowerBound)
        }
        var out: [Unit] = []
        var i = 0
        while i < sentences.count {
            defer { i += 1 }
            guard !sentences[i].text.isEmpty else { continue }
            let leadsIn = sentences[i].text.hasSuffix(":") && sentences[i].kind == .sentence
            var next = leadsIn ? i + 1 : i
            // A numbered procedure, with the sentence that leads into it.
            let start = next
            while next < sentences.count, sentences[next].ordinal != nil,
                next == i || adjoin(next - 1, next),
                next == start || sentences[next].ordinal! > sentences[next - 1].ordinal!
            {
                next += 1
            }
            if next > start {
                out.append(unit(i..<next))
                i = next - 1
            } else if leadsIn, start < sentences.count, sentences[start].kind != .sentence, adjoin(i, start) {
                // A plain list: whole with its lead-in when short, else its items stand alone.
                var end = start
                while end < sentences.count, sentences[end].kind == sentences[start].kind,
                    sentences[end].ordinal == nil, adjoin(end - 1, end)
                {
                    end += 1
                }
                let whole = unit(i..<end)
                if whole.words <= maximumWords / 2 {
                    out.append(whole)
                    i = end - 1
                } else {
                    out.append(unit(i..<i + 1))
                }
            } else {
                out.append(unit(i..<i + 1))
            }
        }
        return out
    }

    private static func assemble(_ units: [Unit], _ passages: [DraftPassage]) -> Draft {
        let ordered = units.sorted {
            (passages[$0.passage].chunk.ordinal, $0.first) < (passages[$1.passage].chunk.ordinal, $1.first)
        }
        var draft = Draft(sentences: [], citations: [])
        var numbers: [Int: Int] = [:]
        for unit in ordered {
            let passage = passages[unit.passage]
            for sentence in unit.sentences {
                let number = numbers[unit.passage] ?? draft.citations.count + 1
                if numbers[unit.passage] == nil {
                    numbers[unit.passage] = number
                    draft.citations.append(
                        Citation(
                            number: number, document: passage.document, headings: passage.chunk.headings,
                            lines: sentence.lines, quote: sentence.text))
                } else {
                    let old = draft.citations[number - 1].lines
                    draft.citations[number - 1].lines =
                        min(old.lowerBound, sentence.lines.lowerBound)...max(old.upperBound, sentence.lines.upperBound)
                    draft.citations[number - 1].quote += (sentence.kind == .sentence ? " " : "\n") + sentence.text
                }
                draft.sentences.append(
                    Draft.Line(
                        text: sentence.text, citations: [number],
                        lead: sentence.ordinal.map { "\($0). " }
                            ?? (sentence.kind == .step ? "- " : sentence.kind == .sentence ? nil : "")))
            }
        }
        return draft
    }

    static func words(_ text: String) -> Int {
        text.split(whereSeparator: \.isWhitespace).count
    }
}
