import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Grading {
    /// One sentence of the draft beside one of a rival.
    struct Pair {
        var place: Int
        var rival: Int
        var sentence: Int
        var values: [Double]
    }

    /// All pairs near enough to speak of one thing; what the source says too is none of them, nor is a title.
    static func pairs(_ draft: Draft, _ measures: Measures) -> [Pair] {
        let context = ConflictFeatures.Context(draft, measures)
        let sources = draft.cited.map { plainWords($0.text) }
        let own = draft.sentences.map { SentenceReading($0.text) }
        var found: [Pair] = []
        for (number, passage) in draft.rivals.enumerated() {
            var rival: ConflictFeatures.Rival?
            let title = plainWords(passage.title)
            for (index, text) in passage.sentences.enumerated() {
                let places = draft.sentences.indices.filter { place in
                    !own[place].stems.isEmpty
                        && max(
                            measures.draftToRival[place][number][index],
                            measures.partToRival.map { $0[number][index] }.max() ?? 0) >= GraderModel.nearest
                }
                guard !places.isEmpty else { continue }
                let words = plainWords(text)
                if words == title || sources.contains(where: { contains($0, words) }) { continue }
                let reading = SentenceReading(text)
                let known =
                    rival
                    ?? ConflictFeatures.Rival(passage, written: draft.cited.map { $0.updated?.timeIntervalSince1970 })
                rival = known
                for place in places {
                    found.append(
                        Pair(
                            place: place, rival: number, sentence: index,
                            values: ConflictFeatures.values(
                                own[place], place: place, reading, text: text, ownText: draft.sentences[place].text,
                                rival: known, number: number, sentence: index,
                                cosine: measures.draftToRival[place][number][index], context)))
                }
            }
        }
        return found
    }

    /// How much less a sign of conflict weighs among several passages: the likeliest pair of many stands high by accident, and
    /// passages that retrieval brings are in conflict far more seldom than those that drafts were written beside. With one
    /// logarithm 125 of 220 drafts on a base without conflicts were stopped (benchmarks/results/policy.md).
    static func discount(rivals: Int) -> Double { 2 * log(Double(max(1, rivals))) }

    static func learnedConflicts(_ draft: Draft, _ measures: Measures) -> [Grade.Finding] {
        let model = GraderWeights.conflict
        let least = model.threshold + discount(rivals: draft.rivals.count)
        // A plain conflict, another number or the opposite in like words, is stopped whatever the model makes of the rest.
        func rank(_ pair: Pair) -> Double? {
            let score = model.score(pair.values)
            if ConflictFeatures.isPlain(pair.values) { return 100 + score }
            return score >= least ? score : nil
        }
        var best: [Int: (rank: Double, pair: Pair)] = [:]
        for pair in pairs(draft, measures) {
            if let rank = rank(pair), rank > best[pair.place]?.rank ?? -.infinity { best[pair.place] = (rank, pair) }
        }
        return best.sorted { $0.key < $1.key }.map { place, found in
            let rival = draft.rivals[found.pair.rival]
            let written = draft.cited.compactMap(\.updated).max()
            let later = written.flatMap { date in rival.updated.map { $0.timeIntervalSince(date) } } ?? 0
            return .init(
                criterion: later > 86_400 ? .outdated : .contradicted, verdict: .fail,
                span: draft.sentences[place].text,
                detail: "\(rival.document) may say otherwise: \"\(rival.sentences[found.pair.sentence])\"")
        }
    }

    static func learnedCoverage(_ draft: Draft, _ measures: Measures) -> [Grade.Finding] {
        let model = GraderWeights.coverage
        return CoverageFeatures.values(draft, measures).filter { model.score($0.values) >= model.threshold }.map {
            .init(
                criterion: .covered, verdict: .fail, span: $0.part, detail: "this part of the question is not answered")
        }
    }
}
