import Embedding
import FoundationEssentials
import GRDB

/// A past question whose label is known, ready to be asked again as of its own moment.
struct PastQuestion: Sendable {
    /// See `PastOutcome.id`.
    var id: Int64
    /// Its `askedAt` is the moment; its `id` keeps its own thread out.
    var question: Question
    /// Unix ms.
    var knownAt: Int64
    var vector: [Float]
    /// What the label says when this document comes first; `nil` where it says nothing.
    var isRight: @Sendable (Int64) -> Bool?
    var answerable: Bool?
    /// See `PastOutcome.doubt`.
    var doubt = 0.0
}

extension Engine {
    /// Asks past questions again, each knowing only what was known then, and keeps what the retrieval showed.
    ///
    /// - Complexity: one retrieval a question; nothing is encoded.
    func cases(_ past: [PastQuestion]) throws -> [CalibrationCase] {
        let file = try mappedVectors(mode: .hybrid)
        // In order of time, so that what was learned grows along.
        let order = past.sorted {
            ($0.question.askedAt ?? .distantPast, $0.id) < ($1.question.askedAt ?? .distantPast, $1.id)
        }
        return try store.pool.read { db in
            try order.map { item in
                let retrieval = try retrieve(
                    item.question, vector: item.vector, file: file, options: SearchOptions(), db)
                let first = retrieval.ranked.first?.document ?? 0
                return CalibrationCase(
                    outcome: PastOutcome(
                        id: item.id, askedAt: item.question.askedAt?.milliseconds ?? 0, knownAt: item.knownAt,
                        first: first, right: item.isRight(first), answerable: item.answerable,
                        doubt: item.doubt),
                    evidence: Evidence(
                        ranked: retrieval.ranked, field: retrieval.field, learned: retrieval.learned,
                        terms: retrieval.expression.words.count),
                    vector: item.vector)
            }
        }
    }

    /// Resolved tickets, answered ones without an article, and marks, as questions with labels.
    ///
    /// A ticket's first link is its label for both probabilities; an answer without one says only that no article
    /// ended it, and nothing about which one would have been right. Nor does it say that none would have answered: where
    /// agents link less often than articles answer, that is as likely as the rest of the answerable ones makes it.
    ///
    /// - Parameter share: of questions that some article answers.
    func labelledPast(now: Date, share: Double) throws -> [PastQuestion] {
        let dimension = try encoder().dimension
        let moment = now.milliseconds
        let rows = try store.pool.read { db -> [LabelledQuestionRow] in
            let linked = try Store.linkedTickets(
                limit: CalibrationDefaults.maximumLabels, before: moment, dimension: dimension, db)
            let unlinked = try Store.unlinkedTickets(
                limit: min(CalibrationDefaults.maximumUnresolved, linked.count),
                wait: Int64(CalibrationDefaults.unresolvedAfterDays * 86_400_000), before: moment, share: share,
                dimension: dimension, db)
            return try linked + unlinked + Store.markedQuestions(before: moment, dimension: dimension, db)
        }
        return rows.map { row in
            PastQuestion(
                id: row.id,
                question: Question(
                    id: row.externalID, text: row.text, subject: row.subject, askedAt: Date(milliseconds: row.askedAt)),
                knownAt: row.knownAt, vector: row.vector,
                isRight: { first in
                    guard row.relevant.isEmpty else { return row.relevant.contains(first) }
                    return row.wrong == first ? false : nil
                }, answerable: row.answerable, doubt: row.doubt)
        }
    }
}
