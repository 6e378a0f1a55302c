import FoundationEssentials
import TestSupport
import Testing

struct CommandTests {
    @Test func `asking before there is anything tells where it looked and what to run`() {
        let kb = Command()
        #expect(
            kb("query", "zebra")
                == .init(
                    code: 2, out: "",
                    err:
                        "kb: No knowledge base found. Looked at: \(kb.folder.path)/.kb. Create one: kb ingest FOLDER.\n"
                ))
    }

    @Test func `without an encoder the error says how to get one`() {
        var kb = Command()
        kb.folder.write("articles/a.md", "# A\n\nText.\n")
        kb.environment["KB_MODEL"] = "absent"
        #expect(
            kb("ingest", "articles")
                == .init(
                    code: 2, out: "",
                    err:
                        "kb: No encoder model found. Looked at: \(kb.folder.path)/models/absent. Fetch it: scripts/setup; "
                        + "or add a sentence-transformers folder: kb model add PATH.\n"))
    }

    @Test(arguments: [
        ["search"], ["search", "x", "--no-such-flag"], ["search", "x", "-n", "0"],
        ["search", "x", "-n", "many"],
        ["search", "x", "--mode", "magic"], ["nothing"], ["query", "x", "--batch", "-"],
        ["ingest", "--kind", "all", "."],
        ["ingest", ".", "--source", "a/b"], ["status", "--now", "yesterday"], ["backup"],
    ])
    func `wrong usage is 64 and says so on stderr alone`(arguments: [String]) {
        let kb = Command()
        let result = run(kb, arguments)
        #expect(result.code == 64)
        #expect(result.out == "")
        #expect(result.err.hasPrefix("Error: "))
        #expect(result.err.contains("Usage: kb"))
    }

    private func run(_ kb: Command, _ words: [String]) -> Command.Result {
        switch words.count {
        case 1: kb(words[0])
        case 2: kb(words[0], words[1])
        case 3: kb(words[0], words[1], words[2])
        default: kb(words[0], words[1], words[2], words[3])
        }
    }

    @Test(
        arguments: [
            (["ingest", "nowhere"], "/nowhere cannot be read: no such file or folder."),
            (["ingest", "articles", "other", "--source", "x"], nil),
            (["sources", "rm", "x"], nil),
            (["search", "x", "--batch-", ""], nil),
        ] as [([String], String?)])
    func `an error is one sentence on stderr with exit code 2`(arguments: [String], sentence: String?)
        throws
    {
        let kb = Command().ingested()
        kb.folder.write("other/a.md", "# A\n\nText.\n")
        if arguments == ["ingest", "nowhere"] {
            #expect(
                run(kb, arguments) == .init(code: 2, out: "", err: "kb: \(kb.folder.path)\(sentence!)\n"))
        } else if arguments[0] == "sources" {
            #expect(
                run(kb, arguments)
                    == .init(code: 2, out: "", err: "kb: No source is named 'x'. Known: articles.\n"))
        } else if arguments[0] == "ingest" {
            #expect(
                kb("ingest", "articles", "other", "--source", "x")
                    == .init(
                        code: 2, out: "",
                        err:
                            "kb: --source names one source, but 2 paths were given. Ingest them one at a time.\n")
            )
        } else {
            #expect(run(kb, arguments).code == 64)
        }
    }

    @Test func `ingest tells what it did on stdout and how long on stderr`() {
        let kb = Command()
        kb.folder.write("articles/zebra.md", "# Zebra\n\nA zebra.\n")
        kb.folder.write("articles/bad.md", "")
        kb.folder.write("articles/picture.png", "x")
        let result = kb("ingest", "articles")
        #expect(result.code == 0)
        #expect(result.out == "articles (articles): 1 added\n")
        #expect(
            result.err.hasPrefix(
                "  skipped bad.md: the file is empty\n  left out 1: not a format kb reads (.png) (picture.png)\n1 passages encoded, "
            ))
        let again = kb("ingest", "-q")
        #expect(again.out == "articles (articles): 1 unchanged\n")
        #expect(again.err == "  skipped bad.md: the file is empty\n")
    }

    @Test func `a refused mass removal names the flag`() {
        let kb = Command().ingested()
        kb.folder.remove("articles/zebra.md")
        #expect(
            kb("ingest")
                == .init(
                    code: 2, out: "",
                    err:
                        "kb: 1 of 2 documents of the source 'articles' would vanish, more than a fifth. Nothing was changed. "
                        + "If that is meant: kb ingest --allow-removals.\n"))
        #expect(
            kb("ingest", "--allow-removals", "-q").out == "articles (articles): 1 removed, 1 unchanged\n")
    }

    @Test func `a search that finds nothing is exit code 1 with the same keys`() throws {
        let kb = Command().ingested()
        let found = kb("search", "zebra", "--mode", "lexical", "--json")
        let none = kb("search", "qqqq", "--mode", "lexical", "--json")
        #expect(found.code == 0 && none.code == 1)
        let (some, empty) = (try JSON.parse(found.out), try JSON.parse(none.out))
        #expect(some.keys == ["id", "question", "took_ms", "mode", "hits"])
        #expect(empty.keys == some.keys)
        #expect(empty["hits"] == .list([]) && empty["id"] == .null)
        let hit = try #require(some["hits"]?[0])
        #expect(hit.keys == ["rank", "score", "document", "chunk", "lexical", "dense", "resolutions"])
        #expect(hit["dense"] == .null && hit["resolutions"] == .null)
        #expect(hit["document"]?.keys == ["id", "title", "url", "kind", "source"])
        #expect(
            hit["chunk"]
                == .object([
                    "heading": .list([]), "lines": .list([.number(3), .number(3)]),
                    "text": .text("A zebra in the harbour."),
                ]))
        #expect(
            kb("search", "qqqq", "--mode", "lexical") == .init(code: 1, out: "", err: "nothing found\n"))
    }

    private static let answerKeys: Set<String> = [
        "id", "answer_id", "question", "asked_at", "took_ms", "answer", "citations", "confidence",
        "answerable", "band",
        "action", "audience", "reasons", "shadow", "calibration", "precedents", "near_miss", "offer", "policy", "grade",
        "autonomy",
    ]

    @Test func `an answer has every key of the contract, with one or without`() throws {
        let kb = Command().ingested()
        let answered = try JSON.parse(
            kb("query", "reset password", "--json", "--now", "2026-11-21T09:00:00Z").out)
        #expect(answered.keys == Self.answerKeys)
        #expect(answered["asked_at"] == .text("2026-11-21T09:00:00Z"))
        #expect(answered["answer"]?.keys == ["text", "sentences"])
        #expect(answered["answer"]?["sentences"]?[0]?.keys == ["text", "citations"])
        #expect(answered["citations"]?[0]?.keys == ["n", "document", "heading", "lines", "quote"])
        #expect(answered["citations"]?[0]?["document"]?["id"] == .text("articles/reset.md"))
        #expect(answered["calibration"]?.keys == ["source", "n", "ece", "fitted_at"])
        #expect(answered["reasons"]?[0]?.keys == ["code", "value", "threshold", "detail"])
        #expect(
            answered["audience"]
                == (answered["action"] == .text("human") ? .text("agent") : .text("customer")))

        let empty = Command()
        #expect(empty("init").code == 0)
        let none = empty("query", "reset password", "--json")
        #expect(none.code == 1)
        let answer = try JSON.parse(none.out)
        #expect(answer.keys == Self.answerKeys)
        #expect(
            answer["answer"] == .null && answer["citations"] == .list([])
                && answer["action"] == .text("human"))
    }

    @Test func `the exit code of a query follows its action`() throws {
        let kb = Command().ingested()
        for question in ["reset password", "zebra harbour", "qqqq", "🙂"] {
            let result = kb("query", question, "--json")
            #expect(result.code == ((try JSON.parse(result.out))["action"] == .text("human") ? 1 : 0))
        }
    }

    @Test func `a question may come from standard input, and reply prints the answer alone`() throws {
        let kb = Command().ingested()
        let asked = try JSON.parse(kb("query", "-", "--json", input: "zebra\n harbour \n").out)
        #expect(asked["question"] == .text("zebra\n harbour"))
        // A word that no trained message holds may look like anything: here only the answer matters.
        kb.folder.write("policy.yaml", "triggers:\n  sensitive_topic: {on: false}\n")
        #expect(kb("query", "zebra harbour", "--format", "reply").out == "A zebra in the harbour.\n")
    }

    @Test func `a batch gives a line for a line in the same order, and bad lines do not stop it`()
        throws
    {
        let kb = Command().ingested()
        let input = [
            #"{"_id": "a", "text": "zebra"}"#, "no json", #"{"_id": "b"}"#, "",
            #"{"_id": 3, "subject": "reset", "text": "password"}"#,
            #"{"_id": "c", "text": "x", "asked_at": "noon"}"#, #"{"text": "zebra"}"#,
        ].joined(separator: "\n")
        for verb in ["search", "query"] {
            let result = kb(verb, "--batch", "-", input: input)
            #expect(result.code == 2)
            let lines = try result.out.split(separator: "\n").map { try JSON.parse($0) }
            #expect(
                lines.map { $0["id"] } == [.text("a"), .null, .text("b"), .text("3"), .text("c"), .null])
            #expect(lines.map { $0["error"] != nil } == [false, true, true, false, true, false])
            #expect(lines[2]["error"] == .text("the line has no \"text\""))
            #expect(
                lines[4]["error"] == .text("\"asked_at\" is 'noon'; write it as 2026-11-21T09:00:00Z"))
            #expect(lines[3]["question"] == .text("reset\npassword"))
        }
        let good = kb("encode", "--batch", "-", input: #"{"_id": "a", "text": "zebra"}"# + "\n")
        #expect(good.code == 0)
        #expect(try JSON.parse(good.out).keys == ["id", "tokens", "vector"])
        #expect(try JSON.parse(good.out)["vector"]?.count == 32)
    }

    @Test func `the log is left alone when told to`() throws {
        let kb = Command().ingested()
        _ = kb("query", "zebra", "--no-log")
        #expect(try JSON.parse(kb("status", "--json").out)["questions"] == .number(0))
        _ = kb("query", "zebra")
        #expect(try JSON.parse(kb("status", "--json").out)["questions"] == .number(1))
    }

    @Test func `what is piped has no colour, and a closed pipe is quiet`() {
        var kb = Command().ingested()
        #expect(!kb("search", "zebra").out.contains("\u{1b}"))
        kb.environment["NO_COLOR"] = "1"
        // script(1) gives the program a terminal.
        let terminal = kb("search", "zebra", shell: "")
        #expect(!terminal.out.contains("\u{1b}"))
        let many = String(repeating: #"{"text": "zebra harbour"}"# + "\n", count: 300)
        let closed = kb("search", "--batch", "-", input: many, shell: "| head -c 10")
        #expect(closed.out == #"{"hits":[{"#)
        #expect(closed.err == "")
    }

    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: "/usr/bin/script"),
            "needs script(1) for a terminal"))
    func `a terminal gets colour unless NO_COLOR is set`() {
        var kb = Command().ingested()
        let program = "'\(Command.program)' search zebra"
        func onTerminal() -> String {
            kb("--version", shell: "> /dev/null; script -qec \"\(program)\" /dev/null").out
        }
        #expect(onTerminal().contains("\u{1b}[1m"))
        kb.environment["NO_COLOR"] = "1"
        #expect(!onTerminal().contains("\u{1b}[1m"))
    }

    @Test func `the version names the encoder, its licence and its checksum`() {
        #expect(
            Command()("--version")
                == .init(
                    code: 0,
                    out: """
                        kb 0.1.0
                        encoder all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0)
                        sha256 of its weights 53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db

                        """, err: ""))
    }

    @Test func `config tells each value and where it came from`() throws {
        let kb = Command().ingested()
        kb.folder.write("kb.yaml", "threads: 3\nsources:\n  help: {path: docs}\n")
        let settings = try #require(try JSON.parse(kb("config", "--json").out)["settings"])
        let rows = (0..<settings.count).map { i in
            ["key", "value", "origin"].map { key in
                if case .text(let text)? = settings[i]?[key] { text } else { "?" }
            }
        }
        #expect(
            rows == [
                ["kb", kb.folder.path + "/.kb", "$KB_DIR"],
                ["models", kb.folder.path + "/models", "$KB_MODELS"],
                ["model", "tiny", "$KB_MODEL"], ["threads", "3", kb.folder.path + "/kb.yaml"],
                ["sources.help.path", "docs", kb.folder.path + "/kb.yaml"],
            ])
    }

    @Test func `init writes settings that kb itself accepts, and leaves what is there`() {
        let kb = Command()
        let result = kb("init")
        #expect(result.out.split(separator: "\n").count == 4)
        #expect(kb("config").code == 0)
        kb.folder.write("kb.yaml", "threads: 1\n")
        let again = kb("init")
        #expect(again.out == "next: kb ingest FOLDER\n")
        #expect(
            again.err.split(separator: "\n").allSatisfy {
                $0.hasSuffix("is there already; left as it is")
            })
        #expect(
            FileManager.default.contents(atPath: kb.folder.path + "/kb.yaml") == Data("threads: 1\n".utf8)
        )
    }

    @Test func `doctor is exit code 3 with the next command when something is wrong`() throws {
        let kb = Command().ingested()
        #expect(kb("doctor").code == 0)
        kb.folder.write(".kb/vectors.f32", "")
        let sick = kb("doctor")
        #expect(sick.code == 3)
        #expect(sick.out.contains("FAIL vectors file"))
        #expect(sick.out.contains("Next: kb doctor --repair\n"))
        let report = try JSON.parse(kb("doctor", "--json").out)
        #expect(report["healthy"] == .bool(false))
        #expect(report["checks"]?[0]?.keys == ["name", "passed", "detail", "next"])
        #expect(kb("doctor", "--repair").code == 0)
    }
}
