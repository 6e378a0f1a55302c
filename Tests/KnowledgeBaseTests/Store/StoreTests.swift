import FoundationEssentials
import GRDB
import TestSupport
import Testing

@testable import KnowledgeBase

struct StoreTests {
    let folder = ScratchFolder()
    var path: String { folder.path + "/kb.sqlite" }

    @Test func `a base written by a newer kb is refused in one sentence`() throws {
        do {
            let store = try Store(path: path, access: .write)
            try store.pool.write {
                try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999-of-tomorrow')")
            }
        }
        let error = try #require(throws: KnowledgeBaseError.self) { try Store(path: path, access: .write) }
        #expect(
            error.description
                == "\(path) was written by a newer kb than this one. Update kb, or restore a backup made by this version."
        )
    }

    @Test func `migrations run once, in order, and are recorded by name`() throws {
        for _ in 0..<2 {
            let names = try Store(path: path, access: .write).pool.read {
                try String.fetchAll($0, sql: "SELECT identifier FROM grdb_migrations ORDER BY rowid")
            }
            #expect(names.prefix(3) == ["001-documents", "002-tickets", "003-questions"])
        }
    }

    @Test func `a file that is no database is named as damaged`() throws {
        folder.write("kb.sqlite", String(repeating: "not a database ", count: 400))
        let error = try #require(throws: KnowledgeBaseError.self) { try Store(path: path, access: .write) }
        #expect(error.description.hasPrefix("\(path) is damaged: "))
        #expect(
            error.description.hasSuffix(
                "Restore a backup (kb restore FILE), or remove that file and ingest the sources anew."))
    }

    @Test func `ids of passages are never used again`() throws {
        let store = try Store(path: path, access: .write)
        let source = try store.addSource(name: "s", path: "/s", kind: "articles")
        try store.put("s/a", [[1, 0]], source: source)
        try store.put("s/a", [[0, 1]], source: source)
        let ids = try store.pool.read { try Int64.fetchAll($0, sql: "SELECT id FROM chunk") }
        #expect(ids == [2])
    }

    @Test func `a vector that no passage uses any more goes, one that another uses stays`() throws {
        let store = try Store(path: path, access: .write)
        let source = try store.addSource(name: "s", path: "/s", kind: "articles")
        try store.put("s/a", [[1, 0]], source: source)
        try store.pool.write { db in
            try db.execute(
                sql: """
                    INSERT INTO chunk (document_id, kind, ordinal, title, heading, body, headings, line_start, line_end,
                      role, sentences, embedding_key)
                    SELECT document_id, kind, 1, title, heading, body, headings, 1, 1, role, sentences, embedding_key FROM chunk
                    """)
            try db.execute(sql: "DELETE FROM chunk WHERE id = 1")
        }
        func count() throws -> Int {
            try store.pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM embedding")! }
        }
        #expect(try count() == 1)
        try store.put("s/b", [[1, 0], [0, 1]], source: source)
        #expect(try count() == 3)
        _ = try store.removeSource(source)
        #expect(try count() == 0)
    }

    @Test func `the generation grows with every change to what is searched`() throws {
        let store = try Store(path: path, access: .write)
        let source = try store.addSource(name: "s", path: "/s", kind: "articles")
        var last = try store.generation()
        func grew() throws -> Bool {
            defer { last = (try? store.generation()) ?? 0 }
            return try store.generation() > last
        }
        try store.put("s/a", [[1, 0]], source: source)
        #expect(try grew())
        try store.removeFiles([try #require(try store.files(ofSource: source)["s/a"]).id])
        #expect(try grew())
        _ = try store.removeSource(source)
        #expect(try grew())
    }

    @Test func `a reader writes nothing`() throws {
        let source = try Store(path: path, access: .write).addSource(name: "s", path: "/s", kind: "articles")
        let before = try #require(FileManager.default.contents(atPath: path))
        let reader = try Store(path: path, access: .read)
        #expect(try reader.sources().map(\.id) == [source])
        #expect(throws: DatabaseError.self) { try reader.setFingerprint("f") }
        #expect(FileManager.default.contents(atPath: path) == before)
    }
}
