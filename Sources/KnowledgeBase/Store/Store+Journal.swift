import FoundationEssentials
import GRDB

/// One entry of the record.
public struct JournalEntry: Sendable, Equatable {
    public var seq: Int64
    public var at: Date
    public var kind: String
    /// Pseudonym of the case or customer it is about.
    public var ref: String
    public var actor: String
    /// JSON; nil once it was removed.
    public var payload: String?
    /// Hexadecimal.
    public var hash: String
}

/// What `kb journal verify` found.
public struct JournalVerdict: Sendable, Equatable {
    public var entries = 0
    /// Payloads removed by `kb forget`.
    public var removed = 0
    /// Hash of the last entry, hexadecimal; empty without entries.
    public var head = ""
    /// The first thing wrong, with its entry.
    public var problem: String?
    public var isWhole: Bool { problem == nil }
}

extension Store {
    /// Appends an entry to the chain.
    ///
    /// - Parameter payload: JSON; kept outside of the chain, by its salted digest.
    static func journal(
        _ kind: String, ref: String, actor: String, payload: String, caseID: Int64?, at: Date, _ db: Database
    ) throws {
        let last = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1"))
        let seq = (last?[0] as Int64? ?? 0) + 1
        let before: Data = last?[1] ?? Data()
        var random = SystemRandomNumberGenerator()
        let salt = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
        let digest = SHA256.digest(salt, Array(payload.utf8))
        let hash = chained(
            Array(before), seq: seq, at: at.milliseconds, kind: kind, ref: ref, actor: actor, digest: digest)
        try db.cachedStatement(
            sql: "INSERT INTO journal (seq, at, kind, ref, actor, digest, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [seq, at.milliseconds, kind, ref, actor, Data(digest), Data(hash)])
        try db.cachedStatement(
            sql: "INSERT INTO journal_payload (seq, case_id, salt, payload) VALUES (?, ?, ?, ?)"
        ).execute(arguments: [seq, caseID, Data(salt), payload])
    }

    private static func chained(
        _ before: [UInt8], seq: Int64, at: Int64, kind: String, ref: String, actor: String, digest: [UInt8]
    ) -> [UInt8] {
        // Lengths keep two fields from flowing into each other.
        let fields = [String(seq), String(at), kind, ref, actor].map { "\($0.utf8.count):\($0)" }.joined()
        return SHA256.digest(before, Array(fields.utf8), digest)
    }

    static let forgotten = "forgotten"

    /// Walks the whole chain.
    ///
    /// - Parameter head: a hash noted earlier that must still be in the chain: what was cut off the end shows by it alone.
    func verifyJournal(head: String?) throws -> JournalVerdict {
        try pool.read { db in
            var verdict = JournalVerdict()
            var before: [UInt8] = []
            var missing: Set<Int64> = []
            var pardoned: Set<Int64> = []
            var seen = head == nil
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    SELECT j.seq, j.at, j.kind, j.ref, j.actor, j.digest, j.hash, p.salt, p.payload
                    FROM journal j LEFT JOIN journal_payload p ON p.seq = j.seq ORDER BY j.seq
                    """)
            while let row = try rows.next() {
                let seq: Int64 = row[0]
                verdict.entries += 1
                guard seq == Int64(verdict.entries) else {
                    verdict.problem = "entry \(verdict.entries) is gone"
                    return verdict
                }
                let digest: Data = row[5]
                let hash = Self.chained(
                    before, seq: seq, at: row[1], kind: row[2], ref: row[3], actor: row[4], digest: Array(digest))
                guard hash == Array(row[6] as Data) else {
                    verdict.problem = "entry \(seq) was changed: its hash does not follow from the one before"
                    return verdict
                }
                if let salt = row[7] as Data?, let payload = row[8] as String? {
                    guard SHA256.digest(Array(salt), Array(payload.utf8)) == Array(digest) else {
                        verdict.problem = "the payload of entry \(seq) was changed"
                        return verdict
                    }
                    if row[2] as String == Self.forgotten {
                        let removed = try? JSONText.decode(Forgotten.self, payload)
                        for range in removed?.entries ?? [] where range.count == 2 {
                            pardoned.formUnion(range[0]...range[1])
                        }
                    }
                } else {
                    missing.insert(seq)
                }
                before = hash
                if SHA256.hex(hash) == head { seen = true }
            }
            verdict.removed = missing.count
            verdict.head = SHA256.hex(before)
            if let first = missing.subtracting(pardoned).min() {
                verdict.problem = "the payload of entry \(first) is gone, and no kb forget removed it"
            } else if !seen {
                verdict.problem = "the hash \(head!) is not in the chain: entries were cut off, or it is another base's"
            } else {
                verdict.problem = try Self.disagreement(db)
            }
            return verdict
        }
    }

    /// The first case whose state or owner is not what its last entry says: what was cut off the end of the chain shows by it.
    private static func disagreement(_ db: Database) throws -> String? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT key, state, owner, told FROM (SELECT key, state, owner,
                  (SELECT j.kind || ' ' || coalesce(json_extract(p.payload, '$.to') || ' ' || json_extract(p.payload, '$.owner'), '')
                   FROM journal_payload p JOIN journal j ON j.seq = p.seq WHERE p.case_id = c.id
                     AND (j.kind = 'opened' OR json_extract(p.payload, '$.to') IS NOT NULL) ORDER BY p.seq DESC LIMIT 1) AS told
                  FROM ticket_case c)
                WHERE told IS NULL OR told LIKE 'opened %' AND state <> 'new'
                  OR told NOT LIKE 'opened %' AND substr(told, instr(told, ' ') + 1) <> state || ' ' || owner
                ORDER BY key LIMIT 1
                """)
        guard let row else { return nil }
        return (row[3] as String?) == nil
            ? "the case \(row[0] as String) has no entry: entries were cut off"
            : "the case \(row[0] as String) is \(row[1] as String) with \(row[2] as String), which no entry says: entries were cut off"
    }

    /// The payload of an entry that says what was removed: ranges of entries, both ends included.
    struct Forgotten: Codable {
        var entries: [[Int64]]
    }

    /// Entries, oldest first.
    static func journal(ref: String? = nil, since: Int64 = 0, _ db: Database) throws -> [JournalEntry] {
        var entries: [JournalEntry] = []
        try eachJournalEntry(ref: ref, since: since, db) { entries.append($0) }
        return entries
    }

    static func eachJournalEntry(
        ref: String? = nil, since: Int64 = 0, _ db: Database, _ body: (JournalEntry) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT j.seq, j.at, j.kind, j.ref, j.actor, p.payload, j.hash FROM journal j
                LEFT JOIN journal_payload p ON p.seq = j.seq
                WHERE j.seq > ?1\(ref == nil ? "" : " AND j.ref = ?2") ORDER BY j.seq
                """, arguments: StatementArguments([since] + (ref.map { [$0] } ?? []) as [any DatabaseValueConvertible])
        )
        while let row = try rows.next() {
            try body(
                JournalEntry(
                    seq: row[0], at: Date(milliseconds: row[1]), kind: row[2], ref: row[3], actor: row[4],
                    payload: row[5], hash: SHA256.hex(row[6] as Data)))
        }
    }
}
