import FoundationEssentials
import GRDB

extension Store {
    func gapLookups(_ digests: [String]) throws -> [String: GapLookup] {
        try pool.read { db in
            var out: [String: GapLookup] = [:]
            let rows = try Row.fetchCursor(
                db, sql: "SELECT digest, lookup FROM gap_lookup WHERE digest IN (SELECT value FROM json_each(?))",
                arguments: [try JSONText.encode(digests)])
            while let row = try rows.next() { out[row[0]] = try JSONText.decode(GapLookup.self, row[1]) }
            return out
        }
    }

    /// Keeps what is new and what was of use; the rest goes after a few reports without.
    func keep(_ lookups: [String: GapLookup], isNew: Set<String>) throws {
        try pool.write { db in
            try db.execute(sql: "UPDATE gap_lookup SET unused = unused + 1")
            let insert = try db.makeStatement(
                sql: "INSERT OR REPLACE INTO gap_lookup (digest, unused, lookup) VALUES (?, 0, ?)")
            let touch = try db.makeStatement(sql: "UPDATE gap_lookup SET unused = 0 WHERE digest = ?")
            for (digest, lookup) in lookups {
                if isNew.contains(digest) {
                    try insert.execute(arguments: [digest, try JSONText.encode(lookup)])
                } else {
                    try touch.execute(arguments: [digest])
                }
            }
            try db.execute(
                sql: "DELETE FROM gap_lookup WHERE unused > ?", arguments: [GapDefaults.unusedLookups])
        }
    }

    /// Vectors of the keys that are kept; each is of use now.
    func gapVectors(_ keys: [[UInt8]], dimension: Int) throws -> [[UInt8]: [Float]] {
        try pool.write { db in
            var out: [[UInt8]: [Float]] = [:]
            let select = try db.makeStatement(sql: "SELECT vector FROM gap_vector WHERE key = ?")
            let touch = try db.makeStatement(sql: "UPDATE gap_vector SET unused = 0 WHERE key = ? AND unused > 0")
            for key in keys where out[key] == nil {
                guard let data = try Data.fetchOne(select, arguments: [Data(key)]), data.count == dimension * 4 else {
                    continue
                }
                out[key] = data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
                try touch.execute(arguments: [Data(key)])
            }
            return out
        }
    }

    func keepGapVectors(_ vectors: [(key: [UInt8], vector: [Float])]) throws {
        try pool.write { db in
            let insert = try db.makeStatement(
                sql: "INSERT OR REPLACE INTO gap_vector (key, unused, vector) VALUES (?, 0, ?)")
            for (key, vector) in vectors {
                try insert.execute(arguments: [Data(key), vector.withUnsafeBytes { Data($0) }])
            }
        }
    }

    /// A report begins: what the last ones did not use goes.
    func ageGapVectors() throws {
        try pool.write { db in
            try db.execute(sql: "DELETE FROM gap_vector WHERE unused > ?", arguments: [GapDefaults.unusedLookups])
            try db.execute(sql: "UPDATE gap_vector SET unused = unused + 1")
        }
    }
}
