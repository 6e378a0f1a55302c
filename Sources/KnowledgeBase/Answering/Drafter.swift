/// A passage offered to the drafter, with how well each of its sentences fits the question.
struct DraftPassage: Sendable {
    var document: Document
    var chunk: Chunk
    /// One a sentence of the chunk: fitness of meaning, −1…1; empty where vectors are not at hand.
    var cosines: [Float]
    /// One a sentence: the share of the question's IDF mass among its terms, 0…1.
    var overlaps: [Double]
}

/// Builds an extractive answer: sentences of one article, in its order, whole steps and whole list items.
enum Drafter {
    /// About how long an answer may be.
    static let maximumWords = 120
    /// Share of meaning against shared words in a sentence's fitness. Chosen by eye on corpus/ questions.
    static let meaningWeight = 0.65
    /// Sentences this close to the best one's fitness may join it.
    static let companionShare = 0.72

    /// - Parameter passages: of the first-ranked document, best passage first.
    /// - Returns: `nil` when there is no sentence to quote.
    static func draft(_ passages: [DraftPassage]) -> Draft? {
        var pieces: [Piece] = []
        for (place, passage) in passages.enumerated() {
            for (index, sentence) in passage.chunk.sentences.enumerated() where !sentence.text.isEmpty {
                let cosine = index < passage.cosines.count ? Double(passage.cosines[index]) : 0
                let overlap = index < passage.overlaps.count ? passage.overlaps[index] : 0
                // A later passage must be clearly better to lead.
                let fitness = (meaningWeight * cosine + (1 - meaningWeight) * overlap) * (place == 0 ? 1 : 0.9)
                pieces.append(
                    Piece(passage: place, index: index, sentence: sentence, fitness: fitness, words: words(sentence.text)))
            }
        }
        guard let lead = pieces.indices.max(by: { isBefore(pieces[$1], pieces[$0]) }) else { return nil }
        var chosen: Set<Int> = [lead]
        var budget = maximumWords - pieces[lead].words
        // The lead's own list or its closest neighbours first, then whatever else fits as well.
        for i in procedure(around: lead, in: pieces) where !chosen.contains(i) && pieces[i].words <= budget {
            chosen.insert(i)
            budget -= pieces[i].words
        }
        let others = pieces.indices.filter {
            !chosen.contains($0) && pieces[$0].fitness >= companionShare * pieces[lead].fitness
                && pieces[$0].fitness > 0 && !repeats(pieces[$0], pieces, chosen)
        }.sorted { isBefore(pieces[$0], pieces[$1]) }
        for i in others.prefix(4) where pieces[i].words <= budget && !repeats(pieces[i], pieces, chosen) {
            chosen.insert(i)
            budget -= pieces[i].words
        }
        return assemble(chosen.map { pieces[$0] }, passages)
    }

    private struct Piece {
        var passage: Int
        var index: Int
        var sentence: Sentence
        var fitness: Double
        var words: Int
    }

    private static func isBefore(_ a: Piece, _ b: Piece) -> Bool {
        a.fitness != b.fitness ? a.fitness > b.fitness : (a.passage, a.index) < (b.passage, b.index)
    }

    /// The steps that stand in one list with the lead, in order from its beginning, and the sentence that leads into
    /// them; for prose, the sentence after it.
    private static func procedure(around lead: Int, in pieces: [Piece]) -> [Int] {
        func sameRun(_ i: Int) -> Bool {
            pieces.indices.contains(i) && pieces[i].passage == pieces[lead].passage && pieces[i].sentence.kind == .step
        }
        if pieces[lead].sentence.kind == .step {
            var first = lead
            while sameRun(first - 1) { first -= 1 }
            var last = lead
            while sameRun(last + 1) { last += 1 }
            var order = Array(first...last)
            // Too long to give whole: from the step that answers on.
            if order.reduce(0, { $0 + pieces[$1].words }) > maximumWords { order = Array(lead...last) }
            let intro = first - 1
            if pieces.indices.contains(intro), pieces[intro].passage == pieces[lead].passage,
                pieces[intro].sentence.text.last == ":"
            {
                order.insert(intro, at: 0)
            }
            return order
        }
        if pieces[lead].sentence.text.last == ":" {
            var order: [Int] = []
            var next = lead + 1
            while sameRun(next) {
                order.append(next)
                next += 1
            }
            return order
        }
        return []
    }

    private static func repeats(_ piece: Piece, _ pieces: [Piece], _ chosen: Set<Int>) -> Bool {
        chosen.contains { pieces[$0].sentence.text == piece.sentence.text }
    }

    private static func assemble(_ pieces: [Piece], _ passages: [DraftPassage]) -> Draft {
        // In the article's order; the passage of the lead document comes in order of its place in the file.
        let ordered = pieces.sorted {
            let (a, b) = (passages[$0.passage].chunk.ordinal, passages[$1.passage].chunk.ordinal)
            return (a, $0.index) < (b, $1.index)
        }
        var draft = Draft(sentences: [], citations: [])
        var numbers: [Int: Int] = [:]
        for piece in ordered {
            let passage = passages[piece.passage]
            let lines = piece.sentence.lines
            if let number = numbers[piece.passage] {
                let old = draft.citations[number - 1]
                draft.citations[number - 1].lines =
                    min(old.lines.lowerBound, lines.lowerBound)...max(old.lines.upperBound, lines.upperBound)
                draft.citations[number - 1].quote += (piece.sentence.kind == .sentence ? " " : "\n") + piece.sentence.text
            } else {
                numbers[piece.passage] = draft.citations.count + 1
                draft.citations.append(
                    Citation(
                        number: draft.citations.count + 1, document: passage.document,
                        headings: passage.chunk.headings, lines: lines, quote: piece.sentence.text))
            }
            draft.sentences.append(
                Draft.Line(
                    text: piece.sentence.text, citations: [numbers[piece.passage]!],
                    ownLine: piece.sentence.kind != .sentence))
        }
        return draft
    }

    static func words(_ text: String) -> Int {
        text.split(whereSeparator: \.isWhitespace).count
    }
}
