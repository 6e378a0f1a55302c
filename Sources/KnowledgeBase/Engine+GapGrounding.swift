import Embedding
import FoundationEssentials
import GRDB

/// How much of what agents answered stands in an article.
public struct GapGrounding: Sendable, Codable, Equatable {
    public var document: String
    var title: String
    /// Share of the replies' words by weight that stand in it; words that customers used themselves do not count.
    public var words: Double
    /// Mean over the replies' sentences of the cosine with its nearest sentence.
    public var meaning: Double
    /// Words of the replies that do not, weightiest first.
    var lacking: [String]

    var value: Double { max(0, words) * max(0, meaning) }

    /// Both its words and its sense stand here.
    var holdsAnswer: Bool {
        words >= GapDefaults.groundedWords && meaning >= GapDefaults.groundedMeaning
            && value >= GapDefaults.groundedValue
    }
}

/// What was read of articles for one report: many gaps are near the same ones.
struct GapReading {
    struct Article {
        var rowID: Int64
        /// Its sentences concern no question yet.
        var placed: PlacedArticle
        /// Of its title, headings and passages, as the index sees them.
        var terms: [String]
    }

    /// By id; `nil` for one that is gone.
    fileprivate var articles: [String: Article?] = [:]
}

/// What the articles near a gap say beside what agents said.
struct GapComparison: Sendable {
    /// The one that holds most first.
    var grounding: [GapGrounding] = []
    var contradictory: GapConflict?
    var stale: GapConflict?
    /// See `GapScope`.
    var elsewhere: Double?
}

extension Engine {
    /// Holds agents' answers against articles, and these against each other.
    ///
    /// - Parameter documents: ids of those that may hold the answer.
    func compare(
        _ replies: [(ticket: String, text: String)], questions: [GapQuestion], with documents: [String],
        scope: GapScope,
        reading: inout GapReading
    ) throws -> GapComparison {
        let perReply = max(1, GapDefaults.groundedSentences / max(1, replies.count))
        let said = replies.map { reply in
            SentenceSplitter.ranges(reply.text).map { String(decoding: Array(reply.text.utf8)[$0], as: UTF8.self) }
                .filter { Grading.plainWords($0).count >= 4 }.prefix(perReply)
        }
        let vectors = try keptVectors(said.flatMap { $0 })
        let asked = questions.map(\.text).joined(separator: "\n")
        let dimension = questions.first?.vector.count ?? 0
        var comparison = GapComparison()
        comparison.elsewhere = scope.lean(vectors)
        var articles: [PlacedArticle] = []
        try store.pool.read { db in
            let known = Set(try Store.indexTerms(asked, db))
            var words = try QuestionTerms(MatchExpression(replies.map(\.text).joined(separator: "\n")), db)
            words.leaveOut { $0.terms.allSatisfy(known.contains) }
            for id in documents {
                guard let read = try read(id, dimension: dimension, &reading, db) else { continue }
                articles.append(read.placed.concerning(questions))
                guard !vectors.isEmpty else { continue }
                let best = vectors.map { vector in
                    read.placed.sentences.map { VectorIndex.product($0.vector, vector, vector.count) }.max() ?? 0
                }
                comparison.grounding.append(
                    GapGrounding(
                        document: id, title: read.placed.title, words: words.share(of: read.terms),
                        meaning: best.reduce(0) { $0 + Double($1) } / Double(best.count), lacking: []))
            }
            comparison.grounding.sort { ($1.value, $0.document) < ($0.value, $1.document) }
            // Of the others nobody asks what they lack.
            if let first = comparison.grounding.first,
                let read = try read(first.document, dimension: dimension, &reading, db)
            {
                comparison.grounding[0].lacking = try words.missing(fromDocument: read.rowID, db)
            }
        }
        articles = try alone(articles)
        comparison.contradictory = GapConflicts.between(articles, questions: asked)
        var next = 0
        let placed = said.map { sentences in
            sentences.map { text -> PlacedSentence in
                defer { next += 1 }
                return PlacedSentence(text: text, claim: Claim(text), vector: vectors[next], line: 0, relevance: 1)
            }
        }
        comparison.stale = GapConflicts.byAgents(placed, tickets: replies.map(\.ticket), articles, questions: asked)
        return comparison
    }

    /// The sentences that state something and concern the questions, encoded by themselves: within their passages two that
    /// say the same in two articles are not near enough to be told as such.
    private func alone(_ articles: [PlacedArticle]) throws -> [PlacedArticle] {
        var places: [(article: Int, sentence: Int)] = []
        for (a, article) in articles.enumerated() {
            for (s, sentence) in article.sentences.enumerated()
            where sentence.relevance >= GapDefaults.comparedRelevance && sentence.claim.statesFacts {
                places.append((a, s))
            }
        }
        places.sort {
            articles[$0.article].sentences[$0.sentence].relevance
                > articles[$1.article].sentences[$1.sentence].relevance
        }
        places = Array(places.prefix(GapDefaults.conflictSentences))
        let vectors = try keptVectors(places.map { articles[$0.article].sentences[$0.sentence].text })
        return articles.enumerated().map { a, article in
            var article = article
            article.sentences = zip(places, vectors).filter { $0.0.article == a }.map { place, vector in
                var sentence = article.sentences[place.sentence]
                sentence.vector = vector
                return sentence
            }
            return article
        }
    }

    private func read(
        _ id: String, dimension: Int, _ reading: inout GapReading, _ db: Database
    ) throws -> GapReading.Article? {
        if let known = reading.articles[id] { return known }
        let made = try readNow(id, dimension: dimension, db)
        reading.articles[id] = .some(made)
        return made
    }

    private func readNow(_ id: String, dimension: Int, _ db: Database) throws -> GapReading.Article? {
        guard let row = try Int64.fetchOne(db, sql: "SELECT id FROM document WHERE key = ?", arguments: [id]),
            let document = try Store.documents([row], db)[row]
        else { return nil }
        let chunks = try Store.chunks(ofDocument: id, db)
        var sentences: [PlacedSentence] = []
        for chunk in chunks {
            guard let packed = try Store.sentenceVectors(chunk.embeddingKey, db) else { continue }
            let vectors = SentenceVectors.unpack(packed, dimension: dimension)
            for (sentence, vector) in zip(chunk.sentences, vectors) {
                sentences.append(
                    PlacedSentence(
                        text: sentence.text, claim: Claim(sentence.text), vector: vector.normalized(),
                        line: sentence.lines.lowerBound, relevance: 0))
            }
        }
        let text = ([document.title] + chunks.map { $0.headings.joined(separator: "\n") + "\n" + $0.text })
            .joined(separator: "\n")
        return .init(
            rowID: row,
            placed: PlacedArticle(
                id: document.id, title: document.title, updated: document.updated, sentences: sentences,
                facts: Facts(chunks.map(\.text).joined(separator: "\n"))),
            terms: try Store.indexTerms(text, db))
    }
}

extension PlacedArticle {
    /// With the mean cosine of each sentence with the questions.
    fileprivate func concerning(_ questions: [GapQuestion]) -> PlacedArticle {
        var article = self
        let mean = Engine.sum(questions.map(\.vector))
        guard !mean.isEmpty else { return self }
        for i in article.sentences.indices {
            let sum = VectorIndex.product(mean, article.sentences[i].vector, mean.count)
            article.sentences[i].relevance = Double(sum) / Double(questions.count)
        }
        return article
    }
}
