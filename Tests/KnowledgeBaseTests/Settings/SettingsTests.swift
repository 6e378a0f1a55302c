import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import KnowledgeBase

struct SettingsTests {
    let folder = ScratchFolder()

    private func read(_ text: String) throws -> Settings {
        try Settings.read(folder.write("kb.yaml", text))
    }

    @Test(arguments: [
        ("model: /etc", "model is '/etc'; it must be the name of a folder"),
        ("model: ../../x", "model is '../../x'; it must be the name"),
        ("sources:\n  x: {path: docs, kind: banana}", "source 'x' has kind 'banana'; known: articles, tickets."),
        ("threads: many", "'threads' has a value of the wrong kind; write a whole number."),
        ("sources: 5", "'sources' has a value of the wrong kind"),
    ])
    func `a value that cannot be meant is named in one sentence`(text: String, sentence: String) throws {
        let error = try #require(throws: KnowledgeBaseError.self) { try read(text) }
        #expect(error.description.contains(sentence), "\(error.description)")
        #expect(!error.description.contains("DecodingError") && !error.description.contains("\n"))
    }

    @Test func `sources, model and threads are read`() throws {
        let settings = try read(
            """
            model: other
            threads: 3
            sources:
              help: {path: docs, base_url: "https://x.org/", style: mkdocs}
              empty:
            """)
        #expect(settings.model == "other")
        #expect(settings.threads == 3)
        #expect(
            settings.sources == [
                "help": .init(path: "docs", baseURL: "https://x.org/", style: "mkdocs", kind: nil),
                "empty": .init(),
            ])
    }

    @Test(arguments: ["", "# only a comment\n", "---\n", "null\n"])
    func `an empty file is empty settings`(text: String) throws {
        #expect(try read(text) == Settings())
        #expect(try Settings.read("/nowhere/kb.yaml") == Settings())
    }

    @Test(arguments: [
        (
            "model: x\ntreads: 2\n",
            "line 2: unknown key 'treads'. Known: calibration, model, retrieval, sources, threads."
        ),
        (
            "sources:\n  a:\n    url: x\n",
            "line 3: unknown key 'url'. Known: base_url, kind, path, style."
        ),
        (
            "sources:\n  a: {style: word}\n",
            "source 'a' has style 'word'; known: docusaurus, mkdocs, hugo, jekyll, plain."
        ),
        ("- a\n", "expected `key: value` lines at the top."),
    ])
    func `what is wrong is named`(text: String, reason: String) throws {
        let error = try #require(throws: KnowledgeBaseError.self) { try read(text) }
        #expect(error.description == "\(folder.path)/kb.yaml: \(reason)")
    }

    @Test(arguments: ["a: [", "threads: many\n", "\t- x: 1", "model: [1]\n", String(repeating: "[", count: 100_000)])
    func `bad YAML is an error of one line that names the file`(text: String) throws {
        let error = try #require(throws: KnowledgeBaseError.self) { try read(text) }
        #expect(error.description.hasPrefix("\(folder.path)/kb.yaml: "))
        #expect(error.description.utf8.count < 600 && !error.description.contains("\n"))
    }

    @Test func `a source's path may not lead out of the settings' folder`() throws {
        let desk = Desk()
        desk.folder.write("kb.yaml", "sources:\n  out: {path: ../elsewhere}\n")
        let error = try #require(throws: KnowledgeBaseError.self) {
            try desk.engine().ingest(IngestRequest())
        }
        #expect(
            error.description.contains("the source path '../elsewhere' leads out of \(desk.folder.path).")
        )
    }

    @Test func `nor may it be a link that leads out, while one inside may`() throws {
        let elsewhere = Desk()
        elsewhere.article("secret.md", "# Secret\n\nA secret.\n")
        let desk = Desk()
        desk.article("a.md", "# Zebra\n\nA zebra.\n")
        #expect(symlink(elsewhere.articles, desk.folder.path + "/out") == 0)
        #expect(symlink(desk.articles, desk.folder.path + "/inside") == 0)
        desk.folder.write("kb.yaml", "sources:\n  help: {path: out}\n")
        #expect(throws: KnowledgeBaseError.self) { try desk.engine().ingest(IngestRequest()) }
        desk.folder.write("kb.yaml", "sources:\n  help: {path: inside}\n")
        #expect(try desk.engine().ingest(IngestRequest()).sources.map(\.name) == ["help"])
    }

    @Test func `sources that the settings name are ingested without a path`() throws {
        let desk = Desk()
        desk.article("a.md", "# Zebra\n\nA zebra.\n")
        desk.folder.write(
            "kb.yaml", "sources:\n  help: {path: articles, base_url: \"https://x.org\"}\n")
        let engine = try desk.engine()
        #expect(try engine.ingest(IngestRequest()).sources.map(\.name) == ["help"])
        let hits = try engine.search([Question(text: "zebra")], options: SearchOptions())[0].hits
        #expect(hits.map(\.document.id) == ["help/a.md"])
        #expect(hits.map(\.document.url) == ["https://x.org/a.md"])
    }
}

struct LocationTests {
    let folder = ScratchFolder()

    private func find(flag: String? = nil, _ environment: [String: String] = [:], from: String)
        -> String
    {
        Location.find(flag: flag, environment: environment, currentFolder: folder.path + from).location
            .state
    }

    @Test func `the flag comes before the environment, and that before the nearest folder above`() {
        folder.write("top/.kb/kb.sqlite", "")
        folder.write("top/inner/deep/file", "")
        let top = folder.path + "/top/.kb"
        #expect(find(from: "/top/inner/deep") == top)
        #expect(find(["KB_DIR": "/e"], from: "/top/inner/deep") == "/e/.kb")
        #expect(find(flag: "/f/.kb", ["KB_DIR": "/e"], from: "/top/inner/deep") == "/f/.kb")
        #expect(find(["KB_DIR": ""], from: "/top") == top)
        #expect(find(flag: "inner/..", from: "/top") == top)
    }

    @Test func `a folder named otherwise is the state itself where it holds a base`() {
        folder.write("state/kb.sqlite", "")
        #expect(find(flag: "state", from: "") == folder.path + "/state")
    }

    @Test
    func `where there is none, the current folder's is meant and every place looked at is told`() {
        let (location, searched) = Location.find(flag: nil, environment: [:], currentFolder: "/a/b")
        #expect(location.state == "/a/b/.kb")
        #expect(searched == ["/a/b/.kb", "/a/.kb", "/.kb"])
    }

    @Test func `the state folder is private and ignored by git`() throws {
        let location = Location(state: folder.path + "/.kb")
        try location.create()
        var status = stat()
        #expect(stat(location.state, &status) == 0 && status.st_mode & 0o777 == 0o700)
        #expect(
            FileManager.default.contents(atPath: location.state + "/.gitignore") == Data("*\n".utf8))
    }
}
