import Embedding
import FoundationEssentials
import GRDB
import Synchronization

extension Engine {
    /// Removes every trace of a customer or of a ticket from this folder: rows, vectors, logs, free pages. The journal still
    /// verifies: its chain holds pseudonyms and digests alone.
    ///
    /// - Parameter customer: `c_…`, an account's id, or an address, be it known of past tickets or logged questions alone.
    /// - Throws: `unknownCustomer`, `unknownCase`; `ingestRunning` beside a writer that holds the folder.
    public func forget(customer: String? = nil, ticket: String? = nil) throws -> ForgetReport {
        let lock = try IngestLock(path: location.lock)
        defer { lock.release() }
        let refs = try store.pseudonyms()
        let now = clock()
        var words: [String] = []
        let report = try store.pool.writeWithoutTransaction { db -> ForgetReport in
            // Before anything is deleted, so that its bytes are overwritten.
            try db.execute(sql: "PRAGMA secure_delete = ON")
            var report = ForgetReport()
            try db.inTransaction {
                var customers: [Store.KnownCustomer] = []
                var ids: [String] = []
                if let customer {
                    guard !CustomerIdentity.of(customer).isEmpty else {
                        throw KnowledgeBaseError.unknownCustomer(customer)
                    }
                    customers = try Store.customers(named: customer, db)
                    words = try customers.flatMap { try Store.identities(of: $0.rowID, db).map(\.value) }
                    if customers.isEmpty { words = [CustomerIdentity.of(customer)] }
                }
                if let ticket {
                    let isKnown = try Store.findCase(ticket, db) != nil || Store.ticketDocument(ticket, db) != nil
                    guard isKnown else { throw KnowledgeBaseError.unknownCase(ticket) }
                    ids = [ticket]
                }
                report = try Store.forget(
                    caseIDs: ids, customers: customers, asker: customers.isEmpty ? customer : nil, refs: refs, at: now,
                    db)
                // Of nobody there is nothing; what was written of it is rolled back.
                if let customer, customers.isEmpty, report.tickets.isEmpty, report.questions == 0 {
                    throw KnowledgeBaseError.unknownCustomer(customer)
                }
                return .commit
            }
            return report
        }
        try store.scrub()
        try removeDerived(mentioning: report.cases + report.tickets + words)
        return report
    }

    /// Files that are made from the database: rebuilt, or left to be.
    private func removeDerived(mentioning words: [String]) throws {
        let manager = FileManager.default
        for path in [location.vectors, location.vectorTail, location.resolutions] {
            try? manager.removeItem(atPath: path)
        }
        vectorCache.withLock { $0 = nil }
        learningCache.withLock { $0 = nil }
        calibrationCache.withLock { $0 = nil }
        if try store.generation() > 0, try store.meta(Store.fingerprintKey) != nil {
            try refreshVectors(anew: true)
            try refreshLearning(dimension: try encoder().dimension)
        }
        // Reports quote questions: those that may name the forgotten go, and so does the last replay.
        try? manager.removeItem(atPath: location.replay)
        for name in (try? manager.contentsOfDirectory(atPath: location.reports)) ?? [] {
            try? manager.removeItem(atPath: location.reports + "/" + name)
        }
        if let log = manager.contents(atPath: location.nightlyLog) {
            let text = String(decoding: log, as: UTF8.self).lowercased()
            if words.contains(where: { text.contains($0.lowercased()) }) {
                try? manager.removeItem(atPath: location.nightlyLog)
            }
        }
    }
}
