import FoundationEssentials
import GRDB

extension Store {
    /// Writes one asked question with its outcome to the question log.
    func record(_ answer: Answer) throws {
        try pool.write { db in
            try db.cachedStatement(
                sql: """
                    INSERT INTO question (answer_id, external_id, asked_at, text, customer, document, confidence,
                      answerable, action, near_miss, missing_terms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                answer.answerID, answer.question.id, answer.askedAt.milliseconds, answer.question.fullText,
                answer.question.customer, answer.draft?.citations.first?.document.id, answer.confidence,
                answer.answerable, answer.action.rawValue, answer.nearMiss?.document.id,
                try JSONText.encode(answer.nearMiss?.missingTerms ?? []),
            ])
        }
    }

    func questionCount() throws -> Int {
        try pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM question") ?? 0 }
    }
}
