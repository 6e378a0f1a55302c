import FoundationEssentials
import GRDB

/// Something known of a customer or of who they belong to.
public struct Fact: Sendable, Equatable {
    public enum Layer: String, Sendable, CaseIterable { case message, `case`, customer, organisation }
    public var layer: Layer
    public var key: String
    public var value: String
    /// Where it is from: a file, a ticket.
    public var source: String
    public var at: Date
}

public struct Identity: Sendable, Equatable {
    public enum Kind: String, Sendable { case email, account }
    public var kind: Kind
    public var value: String
    public var isVerified: Bool
    public var source: String
    public var at: Date
}

extension Store {
    struct KnownCustomer {
        var rowID: Int64
        var key: String
        var organisation: Int64?
    }

    static func customer(row id: Int64, _ db: Database) throws -> KnownCustomer? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT id, key, organisation_id FROM customer WHERE id = ?"), arguments: [id]
        ).map { KnownCustomer(rowID: $0[0], key: $0[1], organisation: $0[2]) }
    }

    /// By key, address or account.
    static func customer(named name: String, _ db: Database) throws -> KnownCustomer? {
        try customers(named: name, db).first
    }

    /// By key, address or account: more than one where an older kb kept an address with a name around it for another's.
    static func customers(named name: String, _ db: Database) throws -> [KnownCustomer] {
        let wanted = CustomerIdentity.of(name)
        var ids = try Int64.fetchAll(
            db,
            sql: """
                SELECT id FROM customer WHERE key = ?1
                UNION SELECT customer_id FROM identity WHERE value = ?1 OR kind = 'email' AND value = ?2
                """, arguments: [name, wanted])
        let odd = try Row.fetchAll(
            db,
            sql: """
                SELECT customer_id, value FROM identity
                WHERE kind = 'email' AND (instr(value, '<') > 0 OR value <> trim(value)) ORDER BY customer_id
                """)
        for row in odd where CustomerIdentity.of(row[1] as String) == wanted && !ids.contains(row[0]) {
            ids.append(row[0])
        }
        return try ids.compactMap { try customer(row: $0, db) }
    }

    /// The customer of some identities; made anew where none of them is known, and given those that are new.
    ///
    /// An identity that is another customer's stays theirs: two are never made one on somebody's word.
    static func customer(
        with identities: [(kind: Identity.Kind, value: String)], isVerified: Bool, source: String, at: Date,
        _ db: Database
    ) throws -> Int64? {
        let wanted = identities.filter { !$0.value.isEmpty }.map {
            (kind: $0.kind, value: $0.kind == .email ? CustomerIdentity.of($0.value) : $0.value)
        }
        guard !wanted.isEmpty else { return nil }
        var id: Int64?
        // Of a sender who is not proven, only the first counts: a claimed address leads to nobody's account.
        for identity in wanted.prefix(isVerified ? wanted.count : 1) where id == nil {
            id = try Int64.fetchOne(
                db.cachedStatement(sql: "SELECT customer_id FROM identity WHERE kind = ? AND value = ?"),
                arguments: [identity.kind.rawValue, identity.value])
        }
        if id == nil {
            var random = SystemRandomNumberGenerator()
            let key = "c_" + SHA256.hex((0..<5).map { _ in UInt8.random(in: 0...255, using: &random) })
            try db.cachedStatement(sql: "INSERT INTO customer (key) VALUES (?)").execute(arguments: [key])
            id = db.lastInsertedRowID
        }
        for identity in wanted {
            // Whoever owns an identity keeps it.
            try db.cachedStatement(
                sql: """
                    INSERT INTO identity (kind, value, customer_id, verified, source, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                    ON CONFLICT (kind, value) DO UPDATE SET verified = max(verified, ?4) WHERE customer_id = ?3
                    """
            ).execute(arguments: [identity.kind.rawValue, identity.value, id, isVerified, source, at.milliseconds])
        }
        return id
    }

    static func identities(of customer: Int64, _ db: Database) throws -> [Identity] {
        try Row.fetchAll(
            db.cachedStatement(
                sql:
                    "SELECT kind, value, verified, source, at FROM identity WHERE customer_id = ? ORDER BY at, kind, value"
            ), arguments: [customer]
        ).map {
            Identity(
                kind: Identity.Kind(rawValue: $0[0]) ?? .account, value: $0[1], isVerified: $0[2], source: $0[3],
                at: Date(milliseconds: $0[4]))
        }
    }

    static func organisation(named name: String, _ db: Database) throws -> Int64 {
        try db.cachedStatement(sql: "INSERT INTO organisation (name) VALUES (?) ON CONFLICT DO NOTHING")
            .execute(arguments: [name])
        return try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM organisation WHERE name = ?"), arguments: [name])!
    }

    static func organisationName(_ id: Int64, _ db: Database) throws -> String? {
        try String.fetchOne(db.cachedStatement(sql: "SELECT name FROM organisation WHERE id = ?"), arguments: [id])
    }

    static func note(
        _ layer: Fact.Layer, _ subject: Int64, _ key: String, _ value: String, source: String, at: Date, _ db: Database
    ) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO fact (layer, subject, key, value, source, at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (layer, subject, key, source) DO UPDATE SET value = excluded.value, at = excluded.at
                """
        ).execute(arguments: [layer.rawValue, subject, key, value, source, at.milliseconds])
    }

    /// Newest first.
    static func facts(_ layer: Fact.Layer, _ subject: Int64, _ db: Database) throws -> [Fact] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT key, value, source, at FROM fact WHERE layer = ? AND subject = ? ORDER BY at DESC, id DESC"
            ),
            arguments: [layer.rawValue, subject]
        ).map { Fact(layer: layer, key: $0[0], value: $0[1], source: $0[2], at: Date(milliseconds: $0[3])) }
    }

    /// The newest value of a key, the customer's own before their organisation's.
    static func fact(_ key: String, of customer: KnownCustomer, _ db: Database) throws -> String? {
        if let own = try facts(.customer, customer.rowID, db).first(where: { $0.key == key }) { return own.value }
        return try customer.organisation.flatMap { try facts(.organisation, $0, db).first { $0.key == key }?.value }
    }
}
