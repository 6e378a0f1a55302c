import FoundationEssentials
import GRDB

/// Everything known of a customer.
public struct CustomerRecord: Sendable {
    public struct Mood: Sendable, Equatable {
        public var at: Date
        public var value: Double
    }

    /// `c_…`
    public var id: String
    public var organisation: String?
    public var identities: [Identity]
    /// Of all layers, newest first.
    public var facts: [Fact]
    /// Cases where it is proven to be this customer.
    public var cases: [Case]
    /// Cases whose sender only says so.
    public var claimed: [String]
    public var promises: [CasePromise]
    public var moods: [Mood]
}

/// One row of a team's list of customers.
public struct CustomerRow: Sendable, Equatable {
    public var line: Int
    public var account: String?
    public var emails: [String] = []
    public var organisation: String?
    /// `tier`, `plan`, `name` and whatever else the list has.
    public var facts: [String: String] = [:]
    public var organisationFacts: [String: String] = [:]

    public init(line: Int) { self.line = line }
}

extension Engine {
    /// Takes a team's list in: all rows or none.
    ///
    /// - Parameter name: the list's, which stands as the source of its facts.
    public func importCustomers(_ rows: [CustomerRow], name: String) throws -> (new: Int, known: Int, forgotten: Int) {
        let now = clock()
        // A list that still has who was forgotten does not bring them back.
        let (references, refs) = (try store.forgottenReferences(), try store.knownPseudonyms())
        func isForgotten(_ row: CustomerRow) -> Bool {
            guard let refs, !references.isEmpty else { return false }
            let accounts = row.account.map { [$0, CustomerIdentity.of($0)] } ?? []
            return (accounts + row.emails.map { CustomerIdentity.of($0) }).contains {
                references.contains(refs.reference("customer " + $0))
            }
        }
        for row in rows where row.account == nil && row.emails.isEmpty {
            throw KnowledgeBaseError.invalidArgument(
                "\(name), line \(row.line): neither an id nor an email, so nobody is meant. Nothing was changed. Fill in one of them."
            )
        }
        for row in rows {
            guard let bad = row.emails.first(where: { !$0.contains("@") }) else { continue }
            throw KnowledgeBaseError.invalidArgument(
                "\(name), line \(row.line): '\(bad)' is no address. Nothing was changed. Correct it, or leave the cell empty."
            )
        }
        return try store.pool.write { db in
            var (new, known, forgotten) = (0, 0, 0)
            for row in rows {
                if isForgotten(row) {
                    forgotten += 1
                    continue
                }
                let identities =
                    (row.account.map { [(kind: Identity.Kind.account, value: $0)] } ?? [])
                    + row.emails.map { (kind: .email, value: $0) }
                let before = try Int64.fetchOne(db, sql: "SELECT max(id) FROM customer") ?? 0
                guard
                    let id = try Store.customer(
                        with: identities, isVerified: true, source: name, at: now, db)
                else { continue }
                if id > before { new += 1 } else { known += 1 }
                for identity in identities {
                    let owner = try Int64.fetchOne(
                        db, sql: "SELECT customer_id FROM identity WHERE kind = ? AND value = ?",
                        arguments: [
                            identity.kind.rawValue,
                            identity.kind == .email ? CustomerIdentity.of(identity.value) : identity.value,
                        ])
                    guard owner == id else {
                        throw KnowledgeBaseError.invalidArgument(
                            "\(name), line \(row.line): '\(identity.value)' belongs to another customer already than the rest of the "
                                + "line. Nothing was changed. Look at both: kb customer show '\(identity.value)'.")
                    }
                }
                for (key, value) in row.facts.sorted(by: { $0.key < $1.key }) {
                    try Store.note(.customer, id, key, value, source: name, at: now, db)
                }
                if let organisation = row.organisation {
                    let place = try Store.organisation(named: organisation, db)
                    try db.execute(sql: "UPDATE customer SET organisation_id = ? WHERE id = ?", arguments: [place, id])
                    for (key, value) in row.organisationFacts.sorted(by: { $0.key < $1.key }) {
                        try Store.note(.organisation, place, key, value, source: name, at: now, db)
                    }
                }
            }
            return (new, known, forgotten)
        }
    }

    /// Ids with the first identity of each.
    public func customers() throws -> [(id: String, identity: String, cases: Int)] {
        try store.pool.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT c.key, (SELECT value FROM identity i WHERE i.customer_id = c.id ORDER BY at, kind, value LIMIT 1),
                      (SELECT count(*) FROM ticket_case t WHERE t.customer_id = c.id AND t.verified = 1) FROM customer c ORDER BY c.id
                    """
            ).map { ($0[0], $0[1] ?? "", $0[2]) }
        }
    }

    /// - Parameter name: `c_…`, an address, or an account's id.
    public func customer(_ name: String) throws -> CustomerRecord {
        try store.pool.read { db in
            guard let known = try Store.customer(named: name, db) else {
                throw KnowledgeBaseError.unknownCustomer(name)
            }
            let all = try Store.cases(ofCustomer: known.rowID, db)
            let cases = all.filter(\.isVerified)
            var facts = try Store.facts(.customer, known.rowID, db)
            if let organisation = known.organisation { facts += try Store.facts(.organisation, organisation, db) }
            var moods: [CustomerRecord.Mood] = []
            for item in cases {
                facts += try Store.facts(.case, item.rowID, db)
                for message in try Store.messages(of: item.rowID, db) where message.author == .customer {
                    moods.append(
                        .init(at: message.at, value: JSONRecord.rounded(Sentiment.score(FoldedText(message.body)))))
                    facts += try Store.facts(.message, message.rowID, db)
                }
            }
            return CustomerRecord(
                id: known.key, organisation: try known.organisation.flatMap { try Store.organisationName($0, db) },
                identities: try Store.identities(of: known.rowID, db), facts: facts, cases: cases,
                claimed: all.filter { !$0.isVerified }.map(\.id),
                promises: try Store.promises(of: cases.map(\.rowID), db), moods: moods.sorted { $0.at < $1.at })
        }
    }

    /// Everything that waits for somebody, dearest first.
    public func queue() throws -> [QueuePlace] {
        let (now, desk) = (clock(), try policy().desk)
        return try store.pool.read { db in
            try Store.cases([.new, .open, .waitingExpert], db).map { item in
                let tier = try tier(of: item, db)
                return QueuePlace(item, tier: tier, factor: tier.flatMap { desk.tiers[$0] } ?? 1, now: now)
            }.sorted(by: <)
        }
    }

    /// How a past case of a customer ended, in words.
    public static func ending(_ item: Case) -> String? { resolution(item) }
}
