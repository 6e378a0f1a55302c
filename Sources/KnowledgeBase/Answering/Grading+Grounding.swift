/// Whether what a draft says stands in the lines it cites: whole sentences, with the signs at their figures.
extension Grading {
    static func grounding(_ draft: Draft) -> [Grade.Finding] {
        let cited = draft.cited.map { Source($0.text) }
        return draft.sentences.compactMap { sentence in
            let words = plainWords(sentence.text)
            guard !words.isEmpty else { return nil }
            let sources = sentence.citations.filter { cited.indices.contains($0 - 1) }.map { cited[$0 - 1] }
            func fails(_ detail: String) -> Grade.Finding {
                .init(criterion: .grounded, verdict: .fail, span: sentence.text, detail: detail)
            }
            guard !sources.isEmpty else {
                if GradingPhrases.courtesy.matches(in: FoldedText(sentence.text)).isEmpty || words.count > 12 {
                    return fails("the sentence cites nothing")
                }
                return .init(
                    criterion: .grounded, verdict: .warn, span: sentence.text, detail: "a courtesy, not from a source")
            }
            let standing = sources.filter { contains($0.words, words) }
            guard !standing.isEmpty else {
                let allWords = Set(sources.flatMap(\.words))
                let missing = words.first { !allWords.contains($0) }
                return fails(
                    missing.map { "the cited lines do not say '\($0)'" }
                        ?? "the cited lines do not say it in these words")
            }
            // "-5" is not "5", nor "10 %" ten: what stands at a figure is no word.
            let figures = figures(sentence.text)
            if let other = figures.first(where: { figure in !standing.contains { $0.figures.contains(figure) } }) {
                return fails("the cited lines do not give '\(other)'")
            }
            // A condition that was cut off changes what is said.
            guard standing.contains(where: { $0.holdsWhole(words) }) else {
                return fails("the cited sentence says more than this part of it")
            }
            return nil
        }
    }

    /// Cited lines as quotations are looked for in them.
    private struct Source {
        /// Without the ends of sentences.
        let words: [String]
        /// Places of `words` before which a sentence begins; and the end.
        private let bounds: Set<Int>
        let figures: Set<String>

        init(_ text: String) {
            var (words, bounds) = ([String](), Set([0]))
            // A title, an entry of a list, a row: the end of a line ends them.
            for line in text.pieces("\n") {
                for word in FoldedText(String(line)).words {
                    if word.isEnd { bounds.insert(words.count) } else { words.append(word.text) }
                }
                bounds.insert(words.count)
            }
            (self.words, self.bounds, figures) = (words, bounds, Set(Grading.figures(text)))
        }

        /// Whether words stand in it as one run from the beginning of a sentence to the end of one.
        func holdsWhole(_ part: [String]) -> Bool {
            bounds.contains { start in
                start + part.count <= words.count && bounds.contains(start + part.count)
                    && words[start..<start + part.count].elementsEqual(part)
            }
        }
    }

    /// Numbers with the signs at them, as they are written: `-5`, `€10`, `1.5`, `10%`.
    private static func figures(_ text: String) -> [String] {
        text.unicodeScalars.split { scalar in
            !("0"..."9").contains(scalar) && !figureSigns.contains(scalar)
        }.compactMap { run in
            var run = run
            while let last = run.last, ".,:/-–−~".unicodeScalars.contains(last) { run.removeLast() }
            while let first = run.first, ".,:/–~".unicodeScalars.contains(first) { run.removeFirst() }
            return run.contains { ("0"..."9").contains($0) } ? String(run) : nil
        }
    }

    private static let figureSigns = Set(".,:/-–−+%°€$£¥<>≤≥~".unicodeScalars)
}
