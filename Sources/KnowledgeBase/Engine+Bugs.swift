import Embedding
import FoundationEssentials
import GRDB

/// A bug that several customers met, for engineering.
public struct RecurringBug: Sendable, Equatable {
    public var title: String
    public var cases: [String]
    public var customers: Int
    /// Versions as customers name them, the commonest first.
    public var versions: [(name: String, count: Int)]
    public var firstSeen: Date
    public var lastSeen: Date
    /// The three nearest to the middle.
    public var samples: [String]
    /// Issues some of the cases are tied to.
    public var links: [String]

    public static func == (a: RecurringBug, b: RecurringBug) -> Bool { a.cases == b.cases }
}

extension Engine {
    /// Cases of the type bug, grouped by likeness as gaps are, from three on; the most frequent first.
    public func recurringBugs(since: Date? = nil) throws -> [RecurringBug] {
        let dimension = try matchingEncoder().dimension
        let refs = try store.pseudonyms()
        return try store.pool.read { db in
            let cases = try Store.cases([], db).filter { $0.triage?.type.name == "bug" && (since == nil || $0.createdAt >= since!) }
            var kept: [Case] = []
            var values: [Float] = []
            for item in cases {
                guard let vector = try Store.vector(ofCase: item.rowID, dimension: dimension, db) else { continue }
                kept.append(item)
                values += vector
            }
            guard !kept.isEmpty else { return [] }
            let matrix = Matrix(rows: kept.count, columns: dimension, values: values)
            let groups = GapClusters.groups(matrix.values, columns: dimension, cosine: GapDefaults.cosine, threads: availableProcessors()) ?? []
            return try groups.filter { $0.count >= 3 }.map { try bug($0.map { kept[$0] }, $0.map { Array(matrix[$0]) }, refs, db) }
                .sorted { ($1.cases.count, $0.firstSeen) < ($0.cases.count, $1.firstSeen) }
        }
    }

    private func bug(_ cases: [Case], _ vectors: [[Float]], _ refs: Pseudonyms, _ db: Database) throws -> RecurringBug {
        let centre = vectors.dropFirst().reduce(vectors[0]) { zip($0, $1).map(+) }.normalized()
        let order = cases.indices.sorted { a, b in
            let x = zip(vectors[a], centre).reduce(0) { $0 + $1.0 * $1.1 }
            let y = zip(vectors[b], centre).reduce(0) { $0 + $1.0 * $1.1 }
            return x != y ? x > y : a < b
        }
        var versions: [String: Int] = [:]
        for item in cases {
            let text = try item.subject + "\n" + Store.messages(of: item.rowID, db).filter { $0.author == .customer }.map(\.body).joined(separator: "\n")
            for version in Set(Versions.find(text)) { versions[version, default: 0] += 1 }
        }
        var bug = RecurringBug(
            title: refs.redact(cases[order[0]].subject).text, cases: cases.map(\.id),
            customers: Set(cases.map { $0.customer.map(String.init) ?? "case \($0.id)" }).count,
            versions: versions.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) },
            firstSeen: cases.map(\.createdAt).min()!, lastSeen: cases.map(\.createdAt).max()!,
            samples: order.prefix(3).map { cases[$0].id }, links: [])
        for item in cases {
            let links = try String.fetchAll(db, sql: "SELECT name FROM case_link WHERE case_id = ? ORDER BY name", arguments: [item.rowID])
            for link in links where !bug.links.contains(link) { bug.links.append(link) }
        }
        return bug
    }
}

/// Versions as people write them: `115.6.0`, `v2.1`, `version 102`.
enum Versions {
    static func find(_ text: String) -> [String] {
        let words = text.split { $0.isWhitespace || "(),;:\"".contains($0) }
        var out: [String] = []
        for (place, word) in words.prefix(3000).enumerated() {
            var digits = word.lowercased()[...]
            while let last = digits.last, !last.isNumber { digits.removeLast() }
            let hadMark = digits.first == "v" && digits.count > 1
            if hadMark { digits.removeFirst() }
            guard !digits.isEmpty, digits.count <= 12, digits.allSatisfy({ $0.isNumber || $0 == "." }), digits.first?.isNumber == true else { continue }
            let dots = digits.filter { $0 == "." }.count
            let follows = place > 0 && ["version", "versions", "v", "ver", "release", "build"].contains(words[place - 1].lowercased())
            // "10.30" alone may be a time or a price.
            guard dots >= 2 && dots <= 3 || hadMark || follows else { continue }
            out.append(String(digits))
        }
        return out
    }
}
