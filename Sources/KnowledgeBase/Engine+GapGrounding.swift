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
    private var claims: [String: Claim] = [:]
    private var facts: [String: Facts] = [:]

    mutating func claim(_ sentence: String) -> Claim {
        if let known = claims[sentence] { return known }
        let made = Claim(sentence)
        claims[sentence] = made
        return made
    }

    mutating func facts(of document: String, _ chunks: [Chunk]) -> Facts {
        if let known = facts[document] { return known }
        let made = Facts(chunks.map(\.text).joined(separator: "\n"))
        facts[document] = made
        return made
    }
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
        let vectors = try encode(said.flatMap { $0 }.map { Question(text: $0) }, mode: .dense)
        let asked = questions.map(\.text).joined(separator: "\n")
        var comparison = GapComparison()
        comparison.elsewhere = scope.lean(vectors)
        var articles: [PlacedArticle] = []
        try store.pool.read { db in
            let known = Set(try Store.indexTerms(asked, db))
            var words = try QuestionTerms(MatchExpression(replies.map(\.text).joined(separator: "\n")), db)
            words.leaveOut { $0.terms.allSatisfy(known.contains) }
            for id in documents {
                guard let row = try Int64.fetchOne(db, sql: "SELECT id FROM document WHERE key = ?", arguments: [id]),
                    let document = try Store.documents([row], db)[row]
                else { continue }
                let chunks = try Store.chunks(try Store.chunkIDs(ofDocument: row, db), db).values
                    .sorted { $0.ordinal < $1.ordinal }.filter { $0.role != .alias }
                let article = try place(document, chunks, questions: questions, &reading, db)
                articles.append(article)
                guard !vectors.isEmpty else { continue }
                let text = ([document.title] + chunks.map { $0.headings.joined(separator: "\n") + "\n" + $0.text })
                    .joined(separator: "\n")
                let best = vectors.map { vector in
                    article.sentences.map { VectorIndex.product($0.vector, vector, vector.count) }.max() ?? 0
                }
                comparison.grounding.append(
                    GapGrounding(
                        document: id, title: document.title, words: words.share(of: try Store.indexTerms(text, db)),
                        meaning: best.reduce(0) { $0 + Double($1) } / Double(best.count),
                        lacking: try words.missing(fromDocument: row, db)))
            }
        }
        comparison.grounding.sort { ($1.value, $0.document) < ($0.value, $1.document) }
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
        let vectors = try encode(
            places.map { Question(text: articles[$0.article].sentences[$0.sentence].text) }, mode: .dense)
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

    private func place(
        _ document: Document, _ chunks: [Chunk], questions: [GapQuestion], _ reading: inout GapReading, _ db: Database
    ) throws -> PlacedArticle {
        var sentences: [PlacedSentence] = []
        for chunk in chunks {
            guard let dimension = questions.first?.vector.count,
                let packed = try Store.sentenceVectors(chunk.embeddingKey, db)
            else { continue }
            for (sentence, vector) in zip(chunk.sentences, SentenceVectors.unpack(packed, dimension: dimension)) {
                let vector = vector.normalized()
                let sum = questions.reduce(0.0) { $0 + Double(VectorIndex.product($1.vector, vector, dimension)) }
                sentences.append(
                    PlacedSentence(
                        text: sentence.text, claim: reading.claim(sentence.text), vector: vector,
                        line: sentence.lines.lowerBound,
                        relevance: sum / Double(questions.count)))
            }
        }
        return PlacedArticle(
            id: document.id, title: document.title, updated: document.updated, sentences: sentences,
            facts: reading.facts(of: document.id, chunks))
    }
}
