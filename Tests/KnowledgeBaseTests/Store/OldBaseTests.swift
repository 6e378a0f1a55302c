import Embedding
import FoundationEssentials
import GRDB
import TestSupport
import Testing

@testable import KnowledgeBase

/// A base that the first schema wrote is kept for ever: every later program must open it.
///
/// Tests/Fixtures/kb-v1.sqlite holds three articles, encoded with `TinyModel` and written with the migration 001-documents alone.
/// Made by `KB_WRITE_FIXTURE=1 swift test --filter OldBaseTests`; never again, or it is no old base.
struct OldBaseTests {
    static let fixture =
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path
        + "/Fixtures/kb-v1.sqlite"
    let desk = Desk()

    private func engine() throws -> Engine {
        try desk.location.create()
        try FileManager.default.copyItem(atPath: Self.fixture, toPath: desk.location.database)
        return try desk.engine()
    }

    @Test func `it has the first schema alone`() throws {
        let old = try DatabaseQueue(
            path: Self.fixture,
            configuration: {
                var configuration = Configuration()
                configuration.readonly = true
                return configuration
            }())
        #expect(
            try old.read { try String.fetchAll($0, sql: "SELECT identifier FROM grdb_migrations") } == ["001-documents"]
        )
    }

    /// After an upgrade several programs may be first at once.
    @Test func `several may open it at the same moment`() throws {
        try desk.location.create()
        try FileManager.default.copyItem(atPath: Self.fixture, toPath: desk.location.database)
        let path = desk.location.database
        let applied = try Workers.map(4, threads: 4) { _ in
            try Store(path: path, access: .write).pool.read { try Schema.migrator.appliedIdentifiers($0).count }
        }
        #expect(applied == Array(repeating: Schema.migrator.migrations.count, count: 4))
    }

    @Test func `it is opened, migrated and answers as before`() throws {
        let engine = try engine()
        let applied = try engine.store.pool.read { db in
            try String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations ORDER BY identifier")
        }
        #expect(applied.first == "001-documents" && applied.count == Schema.migrator.migrations.count)
        #expect(try engine.store.pool.read { try Schema.missingTables($0) } == [])
        #expect(try engine.status().articles == 3)
        let hits = try engine.search([Question(text: "where is the zebra")], options: SearchOptions())[0].hits
        #expect(hits.first?.document.id == "articles/zebra.md")
        var answers: [Answer] = []
        try engine.answer([Question(text: "zebra harbour")], options: SearchOptions(), log: true) { answers.append($0) }
        #expect(answers[0].draft?.text == "A zebra in the harbour.")
        try engine.mark(answers[0].answerID, .right, shouldBe: nil, note: nil)
        #expect(try engine.doctor(repair: true).filter { !$0.passed }.map(\.name) == ["source articles"])
    }

    @Test func `a migration that is cut off leaves the old base whole`() throws {
        let path = desk.folder.path + "/half.sqlite"
        try FileManager.default.copyItem(atPath: Self.fixture, toPath: path)
        do {
            let queue = try DatabaseQueue(path: path)
            try Schema.migrator.migrate(queue, upTo: "002-tickets")
        }
        let store = try Store(path: path, access: .write)
        #expect(try store.pool.read { try Schema.missingTables($0) } == [])
        #expect(try store.pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM document") } == 3)
    }

    @Test(.enabled(if: ProcessInfo.processInfo.environment["KB_WRITE_FIXTURE"] != nil, "makes the fixture anew"))
    func `making the fixture`() throws {
        desk.article("reset.md", "# Reset your password\n\nOpen settings.\n\n1. Choose reset.\n2. Send the email.\n")
        desk.article("zebra.md", "# Zebra\n\nA zebra in the harbour.\n")
        desk.article("lantern.md", "# Lantern\n\nThe lantern is of copper.\n")
        let engine = try desk.engine()
        try desk.ingest(engine) { $0.calibrates = false }
        try engine.store.pool.write { db in
            // Where it was made is nobody's business.
            try db.execute(sql: "UPDATE source SET path = '/help/articles'")
            for table in ["link", "comment", "ticket", "question", "mark", "calibration"] {
                try db.execute(sql: "DROP TABLE \(table)")
            }
            try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier <> '001-documents'")
            try db.execute(sql: "DELETE FROM meta WHERE key <> 'encoder.fingerprint' AND key <> 'generation'")
        }
        try? FileManager.default.removeItem(atPath: Self.fixture)
        try engine.store.pool.writeWithoutTransaction { db in
            try db.execute(sql: "VACUUM INTO ?", arguments: [Self.fixture])
        }
        let copy = try DatabaseQueue(path: Self.fixture)
        try copy.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA journal_mode = DELETE") }
    }
}
