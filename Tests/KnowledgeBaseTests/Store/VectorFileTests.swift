import FoundationEssentials
import GRDB
import TestSupport
import Testing

@testable import KnowledgeBase

struct VectorFileTests {
    let folder = ScratchFolder()
    let store: Store
    let source: Int64
    var path: String { folder.path + "/vectors.f32" }

    init() throws {
        store = try Store.temporary(folder)
        source = try store.addSource(name: "s", path: "/s", kind: "articles")
        try store.put("s/a", [[0.6, 0.8], [0.8, 0.6]], source: source)
        try store.put("s/b", [[1, 0]], source: source)
        try store.put("s/c", [[0, 1], [0.28, 0.96]], source: source)
        try store.put("s/t", [[0, -1]], source: source, kind: .ticket)
    }

    private func write() throws -> VectorFile {
        try VectorFile.write(from: store, path: path, fingerprint: "f", dimension: 2)
        return try #require(VectorFile(path: path, fingerprint: "f"))
    }

    private func entries(_ file: VectorFile?, _ kind: DocumentKind = .article) throws -> [Int64:
        [Double]]
    {
        let scores = try store.pool.read { db in
            try VectorSnapshot(file: file, kind: kind, dimension: 2, db).scores([0.6, 0.8])
        }
        return Dictionary(
            uniqueKeysWithValues: scores.entries.map {
                ($0.document, [Double($0.best), Double($0.second), Double($0.centroid), Double($0.chunk)])
            })
    }

    @Test func `the file holds passages of both kinds by rising id with their documents`() throws {
        let file = try write()
        let articles = file.parts(.article)[0]
        #expect(Array(articles.ids) == [1, 2, 3, 4, 5])
        #expect(Array(articles.places) == [0, 0, 1, 2, 2])
        #expect(Array(articles.documents) == [1, 2, 3])
        #expect(Array(articles.rows) == [0.6, 0.8, 0.8, 0.6, 1, 0, 0, 1, 0.28, 0.96])
        #expect(Array(file.parts(.ticket)[0].ids) == [6])
        #expect(Array(file.parts(.ticket)[0].rows) == [0, -1])
        #expect(file.lastID(.article) == 5 && file.count(.article) == 5)
        #expect(file.generation == (try store.generation()))
    }

    @Test func `the file and the database alone give the same scores`() throws {
        let file = try write()
        #expect(try entries(file) == entries(nil))
        #expect(try entries(file, .ticket) == entries(nil, .ticket))
        #expect(try entries(file, .ticket).values.first![0] < -0.79)
    }

    @Test func `a lagging file with what came later equals a fresh one`() throws {
        let old = try write()
        try store.put("s/d", [[0.96, 0.28]], source: source)  // added
        try store.put("s/a", [[0, 1]], source: source, text: "changed")  // replaced
        let gone = try #require(try store.files(ofSource: source)["s/b"])
        try store.removeFiles([gone.id])  // removed
        let lagging = try entries(old)
        let fresh = try write()
        #expect(fresh.generation > old.generation)
        #expect(lagging == (try entries(fresh)))
        #expect(lagging.count == 3)
    }

    @Test func `a file of another encoder, torn or of another version is not used`() throws {
        _ = try write()
        #expect(VectorFile(path: path, fingerprint: "g") == nil)
        let bytes = try Data(contentsOf: URL(filePath: path))
        for damaged in [
            Data(), bytes.prefix(60), bytes.dropLast(), bytes + [0],
            Data("KBVEC999".utf8) + bytes.dropFirst(8),
        ] {
            try Data(damaged).write(to: URL(filePath: path))
            #expect(VectorFile(path: path, fingerprint: "f") == nil)
        }
    }

    @Test func `damage anywhere in the file is seen by its checksum`() throws {
        #expect(try write().isWhole)
        let bytes = try Data(contentsOf: URL(filePath: path))
        for place in stride(from: 128, to: bytes.count, by: 7) {
            var damaged = bytes
            damaged[damaged.startIndex + place] ^= 0x10
            try damaged.write(to: URL(filePath: path))
            #expect(try #require(VectorFile(path: path, fingerprint: "f")).isWhole == false)
        }
    }

    @Test func `an empty knowledge base has an empty file`() throws {
        let folder = ScratchFolder()
        let store = try Store.temporary(folder)
        try VectorFile.write(from: store, path: folder.path + "/v", fingerprint: "f", dimension: 2)
        let file = try #require(VectorFile(path: folder.path + "/v", fingerprint: "f"))
        #expect(file.count(.article) == 0 && file.parts(.ticket)[0].rows.isEmpty)
    }

    @Test func `what was removed is known from the generation on that the table begins with`() throws {
        let old = try write()
        let gone = try #require(try store.files(ofSource: source)["s/b"])
        try store.removeFiles([gone.id])
        func removed() throws -> [Int64]? {
            try store.pool.read { try Store.removedDocuments(since: old.generation, $0) }
        }
        #expect(try removed() == [2])
        let lagging = try entries(old)
        try store.forgetRemoved(before: store.generation())
        #expect(try removed() == nil)
        #expect(try entries(old) == lagging)  // by looking at every passage
        #expect(try entries(old) == entries(nil))
    }
}
