import FoundationEssentials
import GRDB

/// How cases end tells what was right: marks, which ranking, resolutions and calibration learn from already.
extension Engine {
    /// A person answered with links to articles: what they chose instead of, or like, our first article.
    func learn(_ item: inout Case, links articles: [String], at: Date, _ db: Database) throws {
        guard let decision = item.decision, decision.verdict == nil, let chosen = articles.first else { return }
        if let cited = decision.citations.first?.document, articles.contains(cited) {
            try judge(&item, .right, shouldBe: nil, at: at, note: "a person linked it", db)
        } else {
            try judge(&item, .wrong, shouldBe: chosen, at: at, note: "a person linked another article", db)
        }
    }

    /// Marks the answer of the case's last run, once.
    func judge(
        _ item: inout Case, _ verdict: Mark.Verdict, shouldBe: String?, at: Date, note: String, _ db: Database
    ) throws {
        guard var decision = item.decision, decision.verdict == nil,
            let logged = try Store.loggedQuestion(answerID: decision.answerID, db),
            let dimension = try dimension(db),
            let vector = try Store.vector(ofCase: item.rowID, dimension: dimension, db)
        else { return }
        // Without an article of ours or of theirs there is nothing to be right or wrong about.
        guard logged.document != nil || shouldBe != nil else { return }
        decision.verdict = verdict.rawValue
        item.decision = decision
        try Store.write(&item, db)
        if let article = verdict == .right ? logged.document : shouldBe {
            try db.cachedStatement(sql: "UPDATE ticket_case SET article = ? WHERE id = ?").execute(
                arguments: [article, item.rowID])
        }
        try Store.write(
            Mark(
                id: 0, answerID: decision.answerID, question: logged.text, document: logged.document, verdict: verdict,
                shouldBe: shouldBe, note: "case \(item.id): \(note)", markedAt: at), vector: vector,
            autoBand: policy().autoBand, db)
    }

    /// Numbers of a vector of this base, without opening the encoder.
    private func dimension(_ db: Database) throws -> Int? {
        try Int.fetchOne(
            db, sql: "SELECT length(vector) / 4 FROM ticket_case WHERE vector IS NOT NULL LIMIT 1")
    }

    /// A word from the person who promised, before the day it was promised for.
    func keepPromises(_ item: Case, by message: CaseMessage, _ db: Database) throws {
        try db.execute(
            sql:
                "UPDATE promise SET kept_at = ?1 WHERE case_id = ?2 AND kept_at IS NULL AND made_at < ?1 AND (due_at IS NULL OR due_at >= ?1)",
            arguments: [message.at.milliseconds, item.rowID])
    }
}
