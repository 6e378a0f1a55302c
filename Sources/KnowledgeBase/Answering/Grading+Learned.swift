import FoundationEssentials
import Synchronization

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
        let search = PairSearch(draft, measures)
        return draft.rivals.indices.flatMap { search.pairs(rival: $0) }
    }

    /// What the pairs of all rivals share; who asks goes through one rival after another that nobody else has taken.
    final class PairSearch: Sendable {
        private let taken = Atomic(0)
        private let draft: Draft
        private let measures: Measures
        private let context: ConflictFeatures.Context
        private let sources: [[String]]
        private let own: [SentenceReading]

        init(_ draft: Draft, _ measures: Measures) {
            (self.draft, self.measures) = (draft, measures)
            context = ConflictFeatures.Context(draft, measures)
            sources = draft.cited.map { plainWords($0.text) }
            own = draft.sentences.map { SentenceReading($0.text) }
        }

        func pairs(rival number: Int) -> [Pair] {
            let passage = draft.rivals[number]
            var found: [Pair] = []
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
                let reading = SentenceReading(text)
                if reading.text.plain == title || sources.contains(where: { contains($0, reading.text.plain) }) {
                    continue
                }
                let known =
                    rival
                    ?? ConflictFeatures.Rival(
                        passage, written: draft.cited.map { $0.updated?.timeIntervalSince1970 },
                        needsFacts: own.contains { $0.facts.canAgree })
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
            return found
        }

        /// For each sentence of the draft that seems to be in conflict the likeliest pair, among the rivals that fall to this call: of
        /// several calls on several threads together all.
        func likeliest() -> [Int: Likeliest] {
            let model = GraderWeights.conflict
            let least = model.threshold + discount(rivals: draft.rivals.count)
            var best: [Int: Likeliest] = [:]
            while case let rival = taken.add(1, ordering: .relaxed).oldValue, rival < draft.rivals.count {
                for pair in pairs(rival: rival) {
                    let score = model.score(pair.values)
                    // A plain conflict, another number or the opposite in like words, is stopped whatever the model says.
                    let isPlain = ConflictFeatures.isPlain(pair.values)
                    guard isPlain || score >= least else { continue }
                    let found = Likeliest(score: score, isPlain: isPlain, rival: rival, sentence: pair.sentence)
                    best[pair.place] = best[pair.place].map { max($0, found) } ?? found
                }
            }
            return best
        }
    }

    /// A sentence of a rival that may say otherwise.
    struct Likeliest: Sendable, Comparable {
        /// Log-odds of the model.
        var score: Double
        /// The rules say so too: it goes before what the model alone says.
        var isPlain: Bool
        var rival: Int
        var sentence: Int

        private var rank: Double { isPlain ? 100 + score : score }

        /// Of equal ones the first leads.
        static func < (a: Likeliest, b: Likeliest) -> Bool {
            (a.rank, b.rival, b.sentence) < (b.rank, a.rival, a.sentence)
        }
    }

    /// How much less a sign of conflict weighs among several passages: the likeliest pair of many stands high by accident, and
    /// passages that retrieval brings are in conflict far more seldom than those that drafts were written beside. With one
    /// logarithm 125 of 220 drafts on a base without conflicts were stopped (benchmarks/results/policy.md).
    static func discount(rivals: Int) -> Double { 2 * log(Double(max(1, rivals))) }

    static func learnedConflicts(_ draft: Draft, _ likeliest: [Int: Likeliest]) -> [Grade.Finding] {
        likeliest.sorted { $0.key < $1.key }.map { place, found in
            let rival = draft.rivals[found.rival]
            let written = draft.cited.compactMap(\.updated).max()
            let later = written.flatMap { date in rival.updated.map { $0.timeIntervalSince(date) } } ?? 0
            let isLater = later > 86_400
            let against = rival.against(found.sentence)
            // Among several passages a sign weighs less (`discount`).
            let likelihood = Grade.Likelihood(
                found.score - discount(rivals: draft.rivals.count), limit: GraderWeights.conflict.threshold)
            let detail =
                found.isPlain
                ? "\(against.place) says otherwise of the same thing"
                : "it may be \(isLater ? "outdated" : "contradicted") by \(against.place) (\(likelihood.words))"
            return .init(
                criterion: isLater ? .outdated : .contradicted, verdict: .fail, span: draft.sentences[place].text,
                detail: "\(detail): \"\(against.text)\"", likelihood: found.isPlain ? nil : likelihood,
                against: against)
        }
    }

    /// A draft on another matter than the question's. Of 600 sound drafts of the spent fixtures five lie below this cosine of the whole question with
    /// the nearest of their sentences, of a stranger's 45 on other matters most (benchmarks/results/policy-fixtures.md).
    static let leastCosine = 0.2

    static func learnedCoverage(_ draft: Draft, _ measures: Measures) -> [Grade.Finding] {
        if let nearest = measures.questionToDraft.max(), nearest < leastCosine, !isInOtherLanguage(draft) {
            return [
                .init(
                    criterion: .covered, verdict: .fail, span: draft.question,
                    detail: "the draft speaks of something else")
            ]
        }
        let model = GraderWeights.coverage
        return CoverageFeatures.values(draft, measures).enumerated().compactMap { part, row in
            let score = model.score(row.values)
            guard score >= model.threshold else { return nil }
            let likelihood = Grade.Likelihood(score, limit: model.threshold)
            // What of the draft comes nearest to it.
            let nearest = draft.sentences.indices.max {
                (measures.partToDraft[part][$0], $1) < (measures.partToDraft[part][$1], $0)
            }
            let against = nearest.map { Grade.Against(document: nil, line: nil, text: draft.sentences[$0].text) }
            return .init(
                criterion: .covered, verdict: .fail, span: row.part,
                detail: "this may not be answered (\(likelihood.words))"
                    + (against.map { "; nearest in the draft is \"\($0.text)\"" } ?? ""),
                likelihood: likelihood, against: against)
        }
    }

    /// Words of two languages are far from each other whatever they say.
    private static func isInOtherLanguage(_ draft: Draft) -> Bool {
        let said = draft.sentences.map(\.text).joined(separator: " ")
        guard let asked = LanguageGuess.guess(FoldedText(draft.question))?.language,
            let answered = LanguageGuess.guess(FoldedText(said))?.language
        else { return false }
        return asked != answered
    }
}
