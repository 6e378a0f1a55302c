import FoundationEssentials
import GRDB

extension Store {
    /// A gap stays with its state and its story as long as it has other questions; what it says of them is told anew by the
    /// next `kb gaps`.
    static func removeFromGap(_ id: String, _ keys: Set<String>, shown: Set<String>, _ db: Database) throws {
        for key in keys {
            try db.execute(sql: "DELETE FROM gap_question WHERE gap = ? AND question = ?", arguments: [id, key])
        }
        let left = try Int.fetchOne(db, sql: "SELECT count(*) FROM gap_question WHERE gap = ?", arguments: [id]) ?? 0
        guard left > 0,
            let row = try Row.fetchOne(db, sql: "SELECT report, proof FROM gap WHERE id = ?", arguments: [id])
        else { return try db.execute(sql: "DELETE FROM gap WHERE id = ?", arguments: [id]) }
        var gap = try JSONText.decode(Gap.self, row[0])
        gap.questions.removeAll { shown.contains($0.id) }
        gap.replies.removeAll { shown.contains($0.ticket) }
        gap.count = left
        gap.representative = gap.questions.first?.text ?? ""
        let words = Set(gap.questions.flatMap { FoldedText($0.text).words.map(\.text) })
        gap.terms.removeAll { !FoldedText($0).words.allSatisfy { $0.isEnd || words.contains($0.text) } }
        gap.title = gap.terms.prefix(3).joined(separator: " · ")
        // These quote.
        (gap.evidence, gap.suggestion) = ("", "")
        gap.nearest?.missingTerms = []
        var proof = try (row[1] as String?).map { try JSONText.decode(Gap.Proof.self, $0) }
        proof?.questions.removeAll { shown.contains($0.question) }
        gap.proof = proof
        try db.execute(
            sql: "UPDATE gap SET report = ?, proof = ? WHERE id = ?",
            arguments: [try JSONText.encode(gap), try proof.map { try JSONText.encode($0) }, id])
        try db.execute(
            sql: "UPDATE gap_event SET detail = '' WHERE gap = ? AND what = 'opened'", arguments: [id])
    }
}
