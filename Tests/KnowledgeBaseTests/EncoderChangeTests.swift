import Embedding
import FoundationEssentials
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
                + "\(try second.encoder().fingerprint). Set KB_MODELS to the folder of the first, or rebuild its vectors: "
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
        #expect(try desk.ingest(second) { $0.reencode = true }.encoded == 0)
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
