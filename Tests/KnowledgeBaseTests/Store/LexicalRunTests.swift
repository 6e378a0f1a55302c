import GRDB
import Testing

@testable import KnowledgeBase

@Suite struct LexicalRunTests {
    @Test func `scores of a run are FTS5's, for words known, new, repeated, split and nowhere`() throws {
        let desk = Desk()
        for i in 0..<12 {
            desk.article(
                "a\(i).md",
                "# Zebra \(i)\n\nThe zebra \(i % 3 == 0 ? "waits" : "leaves") in harbour \(i).\n\n## Copper\n\n"
                    + String(repeating: "TB-10\(i % 4) is of copper, of an edition \(i). ", count: 1 + i % 5))
        }
        try desk.ingest()
        let engine = try desk.engine()
        try engine.store.pool.read { db in
            let run = try LexicalRun(db)
            for text in [
                "zebra harbour", "zebra copper tb-101", "unicorn", "unicorn zebra", "copper copper edition",
                "zebras waiting",
                "zebra harbour",
            ] {
                let expression = MatchExpression(text)
                let own = try #require(try run.scores(expression, db))
                let theirs = try Store.lexicalScores(expression.fts5, kind: .article, db)
                #expect(Set(own.passages.keys) == Set(theirs.passages.keys), "\(text)")
                #expect(Set(own.entries.keys) == Set(theirs.entries.keys), "\(text)")
                for (id, score) in theirs.passages { #expect(abs(own.passages[id]! - score) < 1e-6) }
                for (id, entry) in theirs.entries {
                    #expect(abs(own.entries[id]!.passage - entry.passage) < 1e-6)
                    #expect(abs(own.entries[id]!.document - entry.document) < 1e-6)
                }
            }
        }
    }

    @Test func `a run of an earlier state of the articles gives nothing`() throws {
        let desk = Desk()
        desk.article("a.md", "# Zebra\n\nThe zebra is in the harbour.\n")
        try desk.ingest()
        let run = try desk.engine().store.pool.read { try LexicalRun($0) }
        desk.article("b.md", "# Giraffe\n\nThe giraffe is of copper.\n")
        try desk.ingest()
        #expect(try desk.engine().store.pool.read { try run.scores(MatchExpression("giraffe"), $0) } == nil)
    }
}
