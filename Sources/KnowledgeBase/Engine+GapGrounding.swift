import Embedding
import FoundationEssentials
import GRDB

/// How much of what agents answered stands in an article.
struct GapGrounding: Sendable, Equatable {
    var document: String
    var title: String
    /// Share of the replies' words by weight that stand in it; words that customers used themselves do not count.
    var words: Double
    /// Mean over the replies' sentences of the cosine with its nearest sentence.
    var meaning: Double
    /// Words of the replies that do not, weightiest first.
    var lacking: [String]

    /// An article holds the answer when it has both its words and its sense.
    var value: Double { max(0, words) * max(0, meaning) }
}

extension Engine {
    /// Looks for the agents' answers in articles; the one that holds most first.
    ///
    /// - Parameter documents: ids of those that may hold them.
    func ground(_ replies: [String], questions: [String], in documents: [String]) throws -> [GapGrounding] {
        let perReply = max(1, GapDefaults.groundedSentences / max(1, replies.count))
        let sentences = replies.flatMap { reply in
            SentenceSplitter.ranges(reply).map { String(decoding: Array(reply.utf8)[$0], as: UTF8.self) }
                .filter { Grading.plainWords($0).count >= 4 }.prefix(perReply)
        }
        guard !sentences.isEmpty else { return [] }
        let vectors = try encode(sentences.map { Question(text: $0) }, mode: .dense)
        return try store.pool.read { db in
            let said = Set(try Store.indexTerms(questions.joined(separator: "\n"), db))
            var words = try QuestionTerms(MatchExpression(replies.joined(separator: "\n")), db)
            words.leaveOut { $0.terms.allSatisfy(said.contains) }
            return try documents.compactMap { id in
                guard let row = try Int64.fetchOne(db, sql: "SELECT id FROM document WHERE key = ?", arguments: [id]) else {
                    return nil
                }
                let chunks = try Store.chunks(try Store.chunkIDs(ofDocument: row, db), db).values
                let title = try Store.documents([row], db)[row]?.title ?? id
                let text = ([title] + chunks.map { $0.headings.joined(separator: "\n") + "\n" + $0.text }).joined(separator: "\n")
                var best = [Float](repeating: -1, count: vectors.count)
                for chunk in chunks {
                    guard let packed = try Store.sentenceVectors(chunk.embeddingKey, db) else { continue }
                    for (i, vector) in vectors.enumerated() {
                        best[i] = max(best[i], SentenceVectors.scores(packed, with: vector).max() ?? -1)
                    }
                }
                return GapGrounding(
                    document: id, title: title, words: words.share(of: try Store.indexTerms(text, db)),
                    meaning: best.reduce(0) { $0 + Double($1) } / Double(best.count),
                    lacking: try words.missing(fromDocument: row, db))
            }.sorted { ($1.value, $0.document) < ($0.value, $1.document) }
        }
    }
}
