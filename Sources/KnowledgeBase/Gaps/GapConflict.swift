import Embedding
import FoundationEssentials

/// Two sentences about one thing that disagree on a number, a date, a negation or what is required.
struct GapConflict: Sendable, Codable, Equatable {
    /// "a number", "a date", "a negation", …
    var what: String
    /// What an article says, and where.
    var document: String
    var title: String
    var line: Int
    var sentence: String
    /// What speaks against it: a sentence of another article, or of an agent.
    var other: String
    var otherSentence: String
    /// Agents' replies that say so; articles for `contradictory`.
    var votes: Int

    var words: String {
        "“\(GapConflict.short(sentence))” (\(document):\(line)) against “\(otherSentence)” (\(other)): \(what)"
    }

    static func short(_ text: String) -> String {
        let flat = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return flat.count <= 160 ? flat : flat.prefix(159) + "…"
    }
}

/// A sentence with its vector and its place, ready to be held against others.
struct PlacedSentence: Sendable {
    var text: String
    var claim: Claim
    /// Unit length or near it.
    var vector: [Float]
    var line: Int
    /// Mean cosine with the gap's questions.
    var relevance: Double
}

struct PlacedArticle: Sendable {
    var id: String
    var title: String
    var updated: Date?
    var sentences: [PlacedSentence]
    /// Of the whole article.
    var facts: Facts
}

enum GapConflicts {
    /// Articles that answer the questions differently: the sentence nearest to the questions that others disagree with,
    /// and the two of these that are nearest to it.
    static func between(_ articles: [PlacedArticle], questions: String) -> GapConflict? {
        typealias Place = (article: Int, sentence: PlacedSentence)
        let asked = Grading.askedUnits(questions)
        // What is read of many questions is read once for two articles, not for each two of their sentences.
        var contexts: [Set<Int>: Claim.Context] = [:]
        func context(_ a: Int, _ b: Int) -> Claim.Context {
            if let known = contexts[[a, b]] { return known }
            let titles = articles[min(a, b)].title + " . " + articles[max(a, b)].title
            let made = Claim.Context(questions + " . " + titles)
            contexts[[a, b]] = made
            return made
        }
        let places = articles.enumerated().flatMap { a, article in
            article.sentences.filter { $0.relevance >= GapDefaults.conflictRelevance }.map { (a, $0) as Place }
        }.sorted { $0.sentence.relevance > $1.sentence.relevance }
        for (article, sentence) in places {
            let others = places.compactMap { other -> (place: Place, what: String, cosine: Float)? in
                guard other.article != article else { return nil }
                let (first, second) = (articles[article], articles[other.article])
                return disagreement(
                    sentence, other.sentence, context(article, other.article), first.facts, second.facts, asked: asked
                ).map {
                    (other, $0, VectorIndex.product(sentence.vector, other.sentence.vector, sentence.vector.count))
                }
            }.sorted { $0.cosine > $1.cosine }
            guard let nearest = others.first else { continue }
            let named = others.prefix(2).map { "\(articles[$0.place.article].id):\($0.place.sentence.line)" }
            return GapConflict(
                what: nearest.what, document: articles[article].id, title: articles[article].title, line: sentence.line,
                sentence: sentence.text, other: named.joined(separator: ", "),
                otherSentence: others.prefix(2).map { GapConflict.short($0.place.sentence.text) }.joined(
                    separator: "”, “"),
                votes: 1 + named.count)
        }
        return nil
    }

    /// An article that agents contradict, each reply counted once; where those of two tickets do.
    static func byAgents(
        _ replies: [[PlacedSentence]], tickets: [String], _ articles: [PlacedArticle], questions: String
    ) -> GapConflict? {
        let asked = Grading.askedUnits(questions)
        var found: [String: (conflict: GapConflict, cosine: Float, facts: Facts)] = [:]
        let contexts = articles.map { Claim.Context(questions + " . " + $0.title) }
        for (reply, ticket) in zip(replies, tickets) {
            let ownFacts = Facts(reply.map(\.text).joined(separator: "\n"))
            for (article, context) in zip(articles, contexts) {
                var own: (conflict: GapConflict, cosine: Float, facts: Facts)?
                for said in reply {
                    for written in article.sentences {
                        let cosine = VectorIndex.product(said.vector, written.vector, said.vector.count)
                        guard cosine > own?.cosine ?? -1,
                            let what = disagreement(
                                said, written, context, ownFacts, article.facts,
                                asked: written.relevance >= GapDefaults.conflictRelevance ? asked : [])
                        else { continue }
                        own = (
                            GapConflict(
                                what: what, document: article.id, title: article.title, line: written.line,
                                sentence: written.text, other: ticket, otherSentence: GapConflict.short(said.text),
                                votes: 1), cosine,
                            said.claim.facts
                        )
                    }
                }
                guard let own else { continue }
                let votes = (found[article.id]?.conflict.votes ?? 0) + 1
                if own.cosine > found[article.id]?.cosine ?? -1 { found[article.id] = own }
                found[article.id]!.conflict.votes = votes
            }
        }
        // Another agent who gives the same figure says so too, in whatever words.
        let facts = replies.map { Facts($0.map(\.text).joined(separator: "\n")) }
        for (id, own) in found where own.conflict.votes == 1 {
            let agree = zip(tickets, facts).filter { ticket, theirs in
                ticket != own.conflict.other && own.facts.agrees(with: theirs)
            }
            found[id]!.conflict.votes += agree.count
        }
        return found.values.filter { $0.conflict.votes >= GapDefaults.conflictReplies }
            .max {
                ($0.conflict.votes, $0.cosine, $1.conflict.document) < (
                    $1.conflict.votes, $1.cosine, $0.conflict.document
                )
            }?
            .conflict
    }

    /// As the grader of drafts has it: near in sense, and neither text gives the other's figure as well.
    private static func disagreement(
        _ a: PlacedSentence, _ b: PlacedSentence, _ context: Claim.Context, _ first: Facts, _ second: Facts,
        asked: Set<String>
    ) -> String? {
        // A table row gives the numbers of many things.
        guard !a.text.contains("|"), !b.text.contains("|") else { return nil }
        let cosine = Double(VectorIndex.product(a.vector, b.vector, a.vector.count))
        guard let what = a.claim.disagreement(with: b.claim, cosine: cosine, asked: asked, context: context) else {
            return nil
        }
        // "No" speaks of many things: there the two must say the same but for it.
        if what == "a negation", cosine < GapDefaults.negationCosine { return nil }
        if a.claim.facts.agrees(with: second) || b.claim.facts.agrees(with: first) { return nil }
        return what
    }
}
