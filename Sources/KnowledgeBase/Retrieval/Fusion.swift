/// What the lexical leg found, one entry a document.
struct LexicalScores: Sendable {
    struct Entry: Sendable {
        /// BM25 of the best passage and of the whole document, higher is better, 0 where nothing matches.
        var passage = 0.0
        var document = 0.0
        /// The best passage.
        var chunk: Int64?

        /// The leg's score of the document.
        var score: Double { (passage + document) / 2 }
    }

    var entries: [Int64: Entry] = [:]
    /// BM25 of every passage that matches.
    var passages: [Int64: Double] = [:]
    /// For each document that holds identifiers of the question, how much they say: 0…1, the rarer the more.
    var identifiers: [Int64: Double] = [:]
    /// The only articles that hold the question's error codes or names, or have them in their titles.
    var soleHolders: [Int64] = []
    /// Whether that is what the question is about: it is hardly more, or the code is one of the articles' own.
    var isSought = false
}

/// A document with the score its passages give it.
struct RankedDocument: Sendable {
    var document: Int64
    /// The best passage of the leg that leads: dense where it ran.
    var chunk: Int64
    var score: Double
    /// They sum to `score`.
    var parts: [ScorePart]
    /// What resolved tickets said of it.
    var learned: LearnedScores.Entry?
    var lexical: Hit.LexicalEvidence?
    var dense: Hit.DenseEvidence?
}

/// Merges the legs by absolute scores, so that a score's parts add up and mean the same for every question.
enum Fusion {
    /// score(d) = .4 cos(best passage) + .2 cos(second) + .4 cos(centroid) + .035 / √n · (BM25 passage + BM25 document) / 2.
    ///
    /// n is the number of the question's terms. BM25 is a sum over them, and what a document gets by accident grows
    /// like √n: the quotient is how far above accident it is. So a question that is one rare identifier is decided by
    /// the lexical leg and a long ticket by the dense one, with no classifier in between.
    ///
    /// - Parameter masked: a document that is treated as if it were not there.
    /// - Returns: the `limit` best documents by falling score; ties by rising id, so equal input gives equal output; and
    ///   the scores of all documents summed up.
    static func rank(
        dense: DenseScores?, lexical: LexicalScores?, terms: Int, learned: LearnedScores? = nil,
        mark: MarkEffect? = nil, allowed: Set<Int64>? = nil, without masked: Int64? = nil, limit: Int
    ) -> (documents: [RankedDocument], field: ScoreField) {
        let lexicalFactor = dense == nil ? 1 : RetrievalDefaults.lexicalWeight / Double(max(1, terms)).squareRoot()
        let identifierFactor =
            dense == nil ? 0 : RetrievalDefaults.identifierWeight / Double(max(1, terms)).squareRoot()
        var scored: [(document: Int64, score: Double, entry: Int)] = []
        if let dense {
            scored.reserveCapacity(dense.entries.count)
            for (i, entry) in dense.entries.enumerated()
            where allowed?.contains(entry.document) != false && entry.document != masked {
                let lexicalScore = lexical?.entries[entry.document]?.score ?? 0
                let exact = identifierFactor * (lexical?.identifiers[entry.document] ?? 0)
                let taught = learned?.entries[entry.document].map { $0.head + $0.vote } ?? 0
                scored.append((entry.document, score(entry) + lexicalFactor * lexicalScore + exact + taught, i))
            }
        } else if let lexical {
            for (document, entry) in lexical.entries
            where allowed?.contains(document) != false && document != masked {
                scored.append((document, entry.score, -1))
            }
        }
        var solePart: [Int64: Double] = [:]
        if let lexical {
            solePart = lead(lexical.soleHolders, of: &scored, untaught: learned, whatever: lexical.isSought)
        }
        let markPart = mark.flatMap { apply($0, to: &scored) }
        let field = ScoreField(
            scores: scored.lazy.map(\.score),
            dense: scored.lazy.filter { $0.entry >= 0 }.map { score(dense!.entries[$0.entry]) })
        let top = best(scored, limit) { $0.score != $1.score ? $0.score > $1.score : $0.document < $1.document }
        let denseRanks =
            dense.map { ranks($0.entries.map { ($0.document, score($0)) }, of: top.map(\.document)) } ?? [:]
        let lexicalRanks =
            lexical.map { ranks($0.entries.map { ($0.key, $0.value.score) }, of: top.map(\.document)) } ?? [:]
        let documents = top.map { document, _, index in
            var parts: [ScorePart] = []
            let entry = index >= 0 ? dense!.entries[index] : nil
            if let entry {
                parts.append(ScorePart(name: "best passage", value: RetrievalDefaults.bestWeight * Double(entry.best)))
                parts.append(
                    ScorePart(name: "second passage", value: RetrievalDefaults.secondWeight * Double(entry.second)))
                parts.append(
                    ScorePart(name: "whole article", value: RetrievalDefaults.centroidWeight * Double(entry.centroid)))
            }
            let words = lexical?.entries[document]
            if let words {
                parts.append(ScorePart(name: "words in passage", value: lexicalFactor * words.passage / 2))
                parts.append(ScorePart(name: "words in article", value: lexicalFactor * words.document / 2))
            }
            if let share = lexical?.identifiers[document], identifierFactor > 0 {
                parts.append(ScorePart(name: "identifiers", value: identifierFactor * share))
            }
            let taught = learned?.entries[document]
            if let learned, learned.count > 0 {
                parts.append(ScorePart(name: "learned from tickets", value: taught?.head ?? 0))
                parts.append(ScorePart(name: "similar tickets", value: taught?.vote ?? 0))
            }
            if let value = solePart[document] {
                parts.append(ScorePart(name: "the name's own article", value: value))
            }
            if let markPart, markPart.document == document {
                parts.append(ScorePart(name: "mark", value: markPart.value))
            }
            return RankedDocument(
                document: document, chunk: entry?.chunk ?? words?.chunk ?? 0,
                score: parts.reduce(0) { $0 + $1.value }, parts: parts, learned: taught,
                lexical: words.map { .init(rank: lexicalRanks[document] ?? 0, bm25: $0.passage) },
                dense: entry.map { .init(rank: denseRanks[document] ?? 0, cosine: Double($0.best)) })
        }
        return (documents, field)
    }

    /// The only article with the error code that is asked for leads where it would without tickets: what they teach of
    /// similar questions is about other codes. Where the question is about the code it leads in any case; of two codes both
    /// articles do, in their own order.
    ///
    /// - Returns: what is added, by document.
    private static func lead(
        _ holders: [Int64], of scored: inout [(document: Int64, score: Double, entry: Int)],
        untaught learned: LearnedScores?, whatever isSought: Bool
    ) -> [Int64: Double] {
        guard !holders.isEmpty, isSought || (learned?.count ?? 0) > 0 else { return [:] }
        func plain(_ item: (document: Int64, score: Double, entry: Int)) -> Double {
            item.score - (learned?.entries[item.document].map { $0.head + $0.vote } ?? 0)
        }
        let own = scored.filter { holders.contains($0.document) }.map(plain).max() ?? -.infinity
        guard isSought || scored.allSatisfy({ plain($0) <= own }),
            let rival = scored.filter({ !holders.contains($0.document) }).map(\.score).max()
        else { return [:] }
        var added: [Int64: Double] = [:]
        let places = scored.indices.filter { holders.contains(scored[$0].document) }
        for (place, i) in places.sorted(by: { scored[$0].score < scored[$1].score }).enumerated()
        where scored[i].score < rival {
            let value = rival - scored[i].score + RetrievalDefaults.soleHolderMargin * Double(place + 1)
            scored[i].score += value
            added[scored[i].document] = value
        }
        return added
    }

    /// Adds what a mark on this very question demands: just enough to lead, or no longer to lead.
    private static func apply(
        _ mark: MarkEffect, to scored: inout [(document: Int64, score: Double, entry: Int)]
    ) -> (document: Int64, value: Double)? {
        guard let target = mark.promoted ?? mark.demoted, let i = scored.firstIndex(where: { $0.document == target }),
            let rival = scored.filter({ $0.document != target }).map(\.score).max()
        else { return nil }
        let own = scored[i].score
        let value =
            mark.promoted != nil
            ? max(0, rival - own) + LearningDefaults.markMargin
            : -(max(0, own - rival) + LearningDefaults.markMargin)
        scored[i].score += value
        return (target, value)
    }

    /// The dense leg's score of a document, −1…1.
    static func score(_ entry: DenseScores.Entry) -> Double {
        RetrievalDefaults.bestWeight * Double(entry.best) + RetrievalDefaults.secondWeight * Double(entry.second)
            + RetrievalDefaults.centroidWeight * Double(entry.centroid)
    }

    /// Ranks from 1 of some documents within a leg. Cost: O(n log k) for k documents among n.
    private static func ranks(_ scores: [(Int64, Double)], of documents: [Int64]) -> [Int64: Int] {
        func precedes(_ a: (Int64, Double), _ b: (Int64, Double)) -> Bool { a.1 != b.1 ? a.1 > b.1 : a.0 < b.0 }
        let wanted = Set(documents)
        let targets = scores.filter { wanted.contains($0.0) }.sorted(by: precedes)
        // How many of all stand between one target and the next.
        var between = [Int](repeating: 0, count: targets.count + 1)
        for score in scores {
            var (low, high) = (0, targets.count)
            while low < high {
                let middle = (low + high) / 2
                if precedes(score, targets[middle]) { high = middle } else { low = middle + 1 }
            }
            between[low] += 1
        }
        var out: [Int64: Int] = [:]
        var ahead = 0
        for (i, target) in targets.enumerated() {
            ahead += between[i]
            out[target.0] = ahead + 1
        }
        return out
    }

    /// The first `limit` of the sorted order, without sorting the rest.
    private static func best<T>(_ items: [T], _ limit: Int, _ precedes: (T, T) -> Bool) -> [T] {
        guard items.count > 4 * limit else { return Array(items.sorted(by: precedes).prefix(limit)) }
        var kept: [T] = []
        for item in items {
            if kept.count == limit, !precedes(item, kept[limit - 1]) { continue }
            var (low, high) = (0, kept.count)
            while low < high {
                let middle = (low + high) / 2
                if precedes(item, kept[middle]) { high = middle } else { low = middle + 1 }
            }
            kept.insert(item, at: low)
            if kept.count > limit { kept.removeLast() }
        }
        return kept
    }
}
