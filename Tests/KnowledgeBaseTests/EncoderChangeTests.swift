import Embedding
import FoundationEssentials
import GRDB
import TestSupport
import Testing

@testable import KnowledgeBase

struct EncoderChangeTests {
    let desk = Desk()

    init() throws {
        for name in ["zebra", "giraffe", "lantern"] {
            desk.article("\(name).md", "# The \(name)\n\nAbout the \(name).\n")
        }
        try desk.ingest()
    }

    @Test func `another encoder is refused in one sentence that says what to do`() throws {
        let (first, second) = (try desk.engine(), try desk.engine(seed: 2))
        let error = try #require(throws: KnowledgeBaseError.self) {
            try second.search([Question(text: "zebra")], options: SearchOptions())
        }
        #expect(
            error.description
                == "This knowledge base was built with the encoder \(try first.encoder().fingerprint); the encoder in use is "
                + "\(try second.encoder().fingerprint). Name the first with --model or as model: in kb.yaml (KB_MODELS is the folder of all), or rebuild its vectors: "
                + "kb ingest --reencode.")
        #expect(throws: KnowledgeBaseError.self) { try desk.ingest(second) }
        // Words need no encoder.
        #expect(try desk.found("zebra", second) == ["articles/zebra.md"])
        let failed = try second.doctor(repair: false).filter { !$0.passed }
        #expect(failed.map(\.name) == ["encoder"])
        #expect(failed.map(\.next) == ["kb ingest --reencode"])
    }

    @Test func `reencoding gives what a fresh base of that encoder holds`() throws {
        let second = try desk.engine(seed: 2)
        let report = try desk.ingest(second) { $0.reencode = true }
        #expect(report.encoded == 3)
        #expect(report.counts == [0, 0, 0, 3])
        #expect(try second.doctor(repair: false).filter { !$0.passed }.map(\.name) == [])
        let fresh = try Engine(
            at: Location(state: desk.folder.path + "/fresh/.kb"), create: true,
            encoder: { [model = desk.folder.path + "/model-2"] in
                try TransformerEncoder(folder: model, threads: 1)
            })
        try desk.ingest(fresh)
        let question = [Question(text: "where is the giraffe")]
        let (a, b) = (
            try second.search(question, options: SearchOptions())[0].hits,
            try fresh.search(question, options: SearchOptions())[0].hits
        )
        #expect(a.map(\.document.id) == b.map(\.document.id))
        for (x, y) in zip(a, b) { #expect(abs(x.score - y.score) < 1e-5) }
        // The first encoder is now the wrong one, and nothing is left of its vectors.
        #expect(throws: KnowledgeBaseError.self) {
            try desk.engine().search(question, options: SearchOptions())
        }
        // Asked for again it is done again: a vector may have been damaged.
        #expect(try desk.ingest(second) { $0.reencode = true }.encoded > 0)
    }

    @Test func `a vectors file is made anew when it is lost or damaged`() throws {
        let question = [Question(text: "the giraffe")]
        let before = try desk.engine().search(question, options: SearchOptions())[0].hits
        for damage in [Data(), Data("KBVEC".utf8), nil] {
            if let damage {
                try damage.write(to: URL(filePath: desk.location.vectors))
            } else {
                try FileManager.default.removeItem(atPath: desk.location.vectors)
            }
            let engine = try desk.engine()
            #expect(
                try engine.doctor(repair: false).filter { !$0.passed }.map(\.next) == ["kb doctor --repair"]
            )
            #expect(try engine.search(question, options: SearchOptions())[0].hits == before)
            #expect(try engine.doctor(repair: false).allSatisfy(\.passed))
        }
    }
}

struct DamagedVectorsTests {
    let desk = Desk()

    init() throws {
        for name in ["zebra", "giraffe", "lantern", "copper", "harbour"] {
            desk.article("\(name).md", "# The \(name)\n\nAbout the \(name).\n")
        }
        try desk.ingest()
    }

    @Test(arguments: [UInt8(0xff), 0x7e, 0])
    func `garbage among the vectors changes no answer: they are read from the database`(byte: UInt8) throws {
        let question = [Question(text: "the giraffe")]
        let before = try desk.engine().search(question, options: SearchOptions())[0].hits
        var bytes = try Data(contentsOf: URL(filePath: desk.location.vectors))
        for place in (bytes.count - 400)..<bytes.count { bytes[place] = byte }
        try bytes.write(to: URL(filePath: desk.location.vectors))
        let engine = try desk.engine()
        let sick = try engine.doctor(repair: false).filter { !$0.passed }
        #expect(sick.map(\.name) == ["vectors file"] && sick.map(\.next) == ["kb doctor --repair"])
        #expect(try engine.search(question, options: SearchOptions())[0].hits == before)
        // The damaged file is gone, the next question makes a good one.
        #expect(try engine.search(question, options: SearchOptions())[0].hits == before)
        #expect(try engine.doctor(repair: false).allSatisfy(\.passed))
    }

    @Test func `places that lead nowhere are not followed`() throws {
        let question = [Question(text: "the giraffe")]
        let before = try desk.engine().search(question, options: SearchOptions())[0].hits
        var bytes = try Data(contentsOf: URL(filePath: desk.location.vectors))
        // Five passages, five documents: 128 bytes of header, 2 x 5 x 8 of ids, then the places.
        for place in 208..<228 { bytes[place] = 0xff }
        try bytes.write(to: URL(filePath: desk.location.vectors))
        let after = try desk.engine().search(question, options: SearchOptions())[0].hits
        #expect(after.map(\.document.id) == before.map(\.document.id))
        // FTS5 scores the words then, and not the lists that are read: 1e-8 apart.
        for (one, other) in zip(after, before) { #expect(abs(one.score - other.score) < 1e-6) }
    }

    @Test func `a vector that is none is neither stored nor searched with`() throws {
        #expect(throws: KnowledgeBaseError.self) { try EmbeddingBatch.checkUnit([Float.nan, 1]) }
        #expect(throws: KnowledgeBaseError.self) { try EmbeddingBatch.checkUnit([Float(0), 0]) }
        #expect(throws: KnowledgeBaseError.self) { try EmbeddingBatch.checkUnit([Float(3), 4]) }
        try EmbeddingBatch.checkUnit([Float(0.6), 0.8])
        // An encoder whose weights turned to NaN: the fingerprint's samples may miss it, the vectors do not.
        let weights = desk.folder.path + "/model/model.safetensors"
        var bytes = try Data(contentsOf: URL(filePath: weights))
        for place in stride(from: bytes.count - 64, to: bytes.count, by: 4) {
            bytes.replaceSubrange(place..<place + 4, with: [0, 0, 0xc0, 0x7f])
        }
        try bytes.write(to: URL(filePath: weights))
        let engine = try desk.engine()
        desk.article("new.md", "# New\n\nSomething new.\n")
        #expect(throws: KnowledgeBaseError.self) { try desk.ingest(engine) { $0.reencode = true } }
        #expect(try desk.engine().store.vectorsNotUnit() == 0)
    }

    @Test func `doctor sees stored vectors that are none`() throws {
        let engine = try desk.engine()
        try engine.store.pool.write { db in
            let nan = Data(repeating: 0xff, count: TinyModel.dimension * 4)
            try db.execute(
                sql: "UPDATE embedding SET vector = ? WHERE key = (SELECT key FROM embedding LIMIT 1)", arguments: [nan]
            )
        }
        #expect(try engine.doctor(repair: false).contains { $0.name == "stored vectors" && !$0.passed })
    }
}

struct BackupTests {
    let desk = Desk()

    @Test func `a backup brings everything back, over a newer state and in an empty place`() throws {
        desk.article("zebra.md", "# Zebra\n\nAbout the zebra.\n")
        let engine = try desk.engine()
        try desk.ingest(engine)
        try engine.answer([Question(text: "zebra")], options: SearchOptions(), log: true) { _ in }
        let file = desk.folder.path + "/monday.kb"
        try engine.backup(to: file)
        #expect(throws: KnowledgeBaseError.self) { try engine.backup(to: file) }
        desk.article("zebra.md", "# Giraffe\n\nAbout the giraffe.\n")
        try desk.ingest(engine)
        #expect(try desk.found("zebra", engine) == [])

        try engine.restore(from: file)
        #expect(try desk.found("zebra", engine) == ["articles/zebra.md"])
        #expect(
            try engine.search([Question(text: "zebra")], options: SearchOptions())[0].hits.map(
                \.document.title) == ["Zebra"])

        let other = Desk()
        let empty = try other.engine()
        try empty.restore(from: file)
        #expect(try empty.status().articles == 1)
        #expect(try empty.status().questions == 1)
        #expect(try empty.doctor(repair: false).filter { !$0.passed }.map(\.name) == [])
    }

    @Test func `a database that lost all its bytes is not taken for an empty one`() throws {
        desk.article("zebra.md", "# Zebra\n\nAbout the zebra.\n")
        try desk.ingest()
        for ending in ["", "-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: desk.location.database + ending)
        }
        try Data().write(to: URL(filePath: desk.location.database))
        #expect(throws: KnowledgeBaseError.damaged(path: desk.location.database, reason: "the file is empty")) {
            try desk.engine()
        }
    }

    @Test func `a database without a table is one failed check, and a failure names no SQL`() throws {
        desk.article("zebra.md", "# Zebra\n\nAbout the zebra.\n")
        let engine = try desk.engine()
        try desk.ingest(engine)
        try engine.store.pool.write { try $0.execute(sql: "DROP TABLE link") }
        let checks = try engine.doctor(repair: true)
        #expect(checks.map(\.passed) == [false] && checks[0].detail == "damaged: the table link is missing")
        let error = try #require(throws: (any Error).self) { try engine.status() }
        let said = String(describing: KnowledgeBaseError.explained(error, database: "/x/kb.sqlite"))
        #expect(said.hasPrefix("/x/kb.sqlite is damaged: no such table: link. Restore a backup"))
        #expect(!said.contains("SELECT"))
    }

    @Test func `what is no backup is refused and changes nothing`() throws {
        desk.article("zebra.md", "# Zebra\n\nAbout the zebra.\n")
        let engine = try desk.engine()
        try desk.ingest(engine)
        for text in ["", "not a database", String(repeating: "x", count: 9000)] {
            let error = try #require(throws: KnowledgeBaseError.self) {
                try engine.restore(from: desk.folder.write("bad.kb", text))
            }
            #expect(error.description.contains("is not a backup of a knowledge base"))
        }
        #expect(
            throws: KnowledgeBaseError.unreadable(path: "/nowhere/x.kb", reason: "no such file or folder")
        ) { try engine.restore(from: "/nowhere/x.kb") }
        #expect(try desk.found("zebra", engine) == ["articles/zebra.md"])
    }
}
