import FoundationEssentials
import TestSupport
import Testing

/// A docs repository of five articles, of which a change deletes one, breaks one and adds one.
struct CheckCommandTests {
    private let command = Command()

    init() {
        let words = [
            "lantern": "giraffe copper", "harbour": "zebra edition", "pocket": "client email", "page": "code reset",
        ]
        for (word, rest) in words {
            command.folder.write(
                "repo/docs/\(word).md", "# The \(word)\n\nThe \(word) of the \(rest).\n\nSettings open it.\n")
        }
        command.folder.write("repo/docs/.gitignore", "out/\n")
        git("init -q && git add . && git -c user.name=t -c user.email=t@example.org commit -qm first")
        command.folder.write(
            "questions.jsonl",
            """
            {"_id": "q1", "question": "lantern giraffe copper", "expected": "help/lantern.md"}
            {"_id": "q2", "question": "harbour zebra edition", "expected": "help/harbour.md"}
            {"_id": "q3", "question": "pocket client email", "expected": "help/pocket.md"}
            {"_id": "q4", "question": "password number", "expected": "help/password.md"}
            {"_id": "q5", "question": "page code reset", "expected": "help/page.md"}
            {"_id": "g1", "question": "password number please", "gap": "g_aaaaaa", "title": "number: <b>|"}
            {"_id": "g2", "question": "the number of a password", "gap": "g_aaaaaa", "title": "number: <b>|"}

            """)
    }

    private func git(_ words: String) {
        precondition(command("--version", shell: ">/dev/null; cd repo && git \(words)").code == 0)
    }

    private func change() {
        command.folder.remove("repo/docs/lantern.md")
        command.folder.write("repo/docs/harbour.md", "# The harbour\n\nA new page.\n")
        command.folder.write(
            "repo/docs/password.md", "# Password number\n\nThe number of the password is on the page.\n")
        command.folder.write("repo/docs/out/copy.md", "# The pocket\n\npocket client email pocket client email\n")
    }

    private func check(_ arguments: String...) -> Command.Result {
        command.run(["check", "repo/docs", "--questions", "questions.jsonl"] + arguments)
    }

    @Test func `a change names the questions that it breaks and answers, and no others`() throws {
        let same = check("--json")
        #expect(same.code == 0)
        #expect(try JSON.parse(same.out)["breaks"]?.count == 0)
        change()
        let result = check("--json")
        #expect(result.code == 3)
        let report = try JSON.parse(result.out)
        #expect(ids(report["breaks"]) == ["q1", "q2"])
        #expect(ids(report["answered_now"]) == ["q4"])
        #expect(report["passed"] == .bool(false))
        #expect(report["changed"]?["added"]?[0] == .text("docs/password.md"))
        #expect(report["changed"]?["removed"]?[0] == .text("docs/lantern.md"))
        #expect(report["changed"]?["edited"]?[0] == .text("docs/harbour.md"))
        #expect(check("--max-broken", "2").code == 0)
        // No base was made, neither here nor in the repository.
        for path in [".kb", "repo/.kb", "repo/docs/.kb"] {
            #expect(!FileManager.default.fileExists(atPath: command.folder.path + "/" + path), "\(path)")
        }
    }

    private func ids(_ list: JSON?) -> [String] {
        guard case .list(let items) = list else { return [] }
        return items.compactMap { if case .text(let id) = $0["id"] { id } else { nil } }.sorted()
    }

    @Test func `against a commit, with a cache, only what differs is encoded`() throws {
        change()
        git("add -A && git -c user.name=t -c user.email=t@example.org commit -qm second")
        #expect(check().code == 0)
        let first = try JSON.parse(check("--against", "HEAD~1", "--cache", "cache", "--json").out)
        #expect(ids(first["breaks"]) == ["q1", "q2"])
        let again = try JSON.parse(check("--against", "HEAD~1", "--cache", "cache", "--json").out)
        #expect(ids(again["breaks"]) == ["q1", "q2"])
        #expect(again["commit"] == first["commit"])
        #expect(first["encoded"] == .number(6), "four articles, one anew, one more")
        #expect(again["encoded"] == .number(4), "two articles there and two here")
    }

    @Test func `a renamed article breaks nothing`() throws {
        git("mv docs/pocket.md docs/purse.md")
        let report = try JSON.parse(check("--json").out)
        #expect(report["breaks"]?.count == 0)
        #expect(report["changed"]?["renamed"]?["docs/purse.md"] == .text("docs/pocket.md"))
    }

    @Test func `a renamed article with one line more is still the same`() throws {
        git("mv docs/pocket.md docs/purse.md")
        command.folder.write(
            "repo/docs/purse.md", "# The pocket\n\nThe pocket of the client email.\n\nSettings open it. See also.\n")
        let report = try JSON.parse(check("--json").out)
        #expect(report["breaks"]?.count == 0)
        #expect(report["changed"]?["renamed"]?["docs/purse.md"] == .text("docs/pocket.md"))
    }

    @Test func `a gate on nothing is no green one`() {
        git("mv docs papers")
        let moved = command("check", "repo/papers", "--questions", "questions.jsonl")
        #expect(moved.code == 2 && moved.err.contains("HEAD has no file in papers/"))
        command.folder.write(
            "elsewhere.jsonl", "{\"_id\": \"q\", \"question\": \"zebra\", \"expected\": \"help/gone.md\"}\n")
        git("mv papers docs")
        let nothing = command("check", "repo/docs", "--questions", "elsewhere.jsonl")
        #expect(nothing.code == 2 && nothing.err.contains("help/gone.md"))
    }

    @Test func `the file of questions may lie among the articles`() throws {
        let text = try String(contentsOf: URL(filePath: command.folder.path + "/questions.jsonl"), encoding: .utf8)
        command.folder.write("repo/docs/questions.jsonl", text)
        git("add -A && git -c user.name=t -c user.email=t@example.org commit -qm questions")
        let same = try JSON.parse(
            command("check", "repo/docs", "--questions", "repo/docs/questions.jsonl", "--json").out)
        #expect(same["changed"]?["removed"]?.count == 0 && same["changed"]?["added"]?.count == 0)
        #expect(same["passed"] == .bool(true))
    }

    @Test func `formats for a job's summary and for annotations carry no markup of the questions`() {
        change()
        let summary = check("--format", "md").out
        #expect(summary.hasPrefix("## kb check failed: 2 broken, 1 answered now"))
        #expect(!summary.contains("<b>"))
        let lines = check("--format", "github").out.split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("::error ") }.count == 2)
        #expect(lines.contains { $0.hasPrefix("::error file=docs/harbour.md,line=1,title=kb check%3A broken::") })
        #expect(lines.contains { $0.hasPrefix("::notice file=docs/password.md,line=1,") })
        #expect(lines.last?.hasPrefix("kb check failed") == true)
    }

    @Test func `what is missing is named`() {
        #expect(check("--against", "nowhere").err.contains("git knows no commit 'nowhere'"))
        #expect(check("--against=--output=x").code == 2)
        #expect(command("check", "nothing", "--questions", "questions.jsonl").code == 2)
        command.folder.write("plain/a.md", "# A\n\nzebra\n")
        #expect(command("check", "plain", "--questions", "questions.jsonl").err.contains("in no git repository"))
        command.folder.write("bad.jsonl", "{\"_id\": \"a\", \"question\": \"zebra\"}\n")
        #expect(command("check", "repo/docs", "--questions", "bad.jsonl").err.contains("line 1"))
        #expect(check("--max-broken", "-1").code == 64)
    }

    @Test func `export writes what was asked and answered, without people`() throws {
        command.folder.write(
            "articles/zebra.md", "---\nurl: https://help.example/zebra\n---\n# Zebra\n\nA zebra in the harbour.\n")
        command.folder.write(
            "tickets.jsonl",
            #"{"id":"t7","created_at":"2025-01-10T00:00:00Z","requester":"Jane Roe","subject":"zebra","description":"Hello,\nmy zebra is gone, write to jane@mail.example-corp.com\nThanks,\nJane Roe","comments":[{"author":"agent","created_at":"2025-01-11T00:00:00Z","body":"See https://help.example/zebra"}]}"#
        )
        #expect(command("ingest", "articles", "tickets.jsonl").code == 0)
        let lines = command("export", "--questions", "--redacted").out
        #expect(lines.contains(#""expected": "articles/zebra.md""#) && lines.contains("my zebra is gone"))
        for word in ["Jane", "Roe", "@", "t7", "Thanks"] { #expect(!lines.contains(word), "\(word)") }
        #expect(command("export", "--questions").out.contains("t7"))
        #expect(command("export").code == 64)
        #expect(
            command("export", "--questions", "--redacted", "q.jsonl").err.contains("1 questions, 1 with their article"))
    }
}
