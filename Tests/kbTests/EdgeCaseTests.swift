import FoundationEssentials
import TestSupport
import Testing

/// What people do at the edges: empty questions, closed outputs, moved folders, spreadsheets.
struct EdgeCaseTests {
    @Test(arguments: ["", "   ", "\t"])
    func `an empty question is wrong usage`(question: String) {
        let kb = Command().ingested()
        #expect(kb("query", question).code == 64)
        #expect(kb("search", question).code == 64)
        #expect(kb("query", "-", input: question).code == 64)
    }

    @Test func `a question without a word finds nothing`() throws {
        let kb = Command().ingested()
        #expect(kb("search", "?!") == .init(code: 1, out: "", err: "nothing found\n"))
        #expect(
            kb("query", "🎉")
                == .init(code: 1, out: "For a person: nothing in the knowledge base matches the question.\n", err: ""))
        #expect(try JSON.parse(kb("status", "--json").out)["questions"] == .number(0))
    }

    @Test func `what is left out or stands nowhere is said on stderr`() {
        let kb = Command().ingested()
        let excluded = kb("search", "password zebra -harbour", "--mode", "lexical")
        #expect(excluded.err == "left out what holds 'harbour'; to look for it write it without the '-'\n")
        #expect(!excluded.out.contains("Zebra"))
        #expect(
            kb("search", "\"a giraffe harbour\"", "--mode", "lexical").err
                == "nothing holds the phrase \"a giraffe harbour\"; looked for its words instead\n")
        #expect(kb("search", "\"zebra in the harbour\"").err == "")
    }

    @Test func `what a filter leaves out unasked is said on stderr`() {
        let kb = Command()
        kb.folder.write(
            "articles/a.md", "---\nlocale: en\ntopics: [harbour]\n---\n# Zebra\n\nA zebra in the harbour.\n")
        kb.folder.write("articles/b.md", "# Zebra two\n\nA zebra elsewhere.\n")
        #expect(kb("ingest", "articles").code == 0)
        let english = kb("search", "zebra", "--locale", "en")
        #expect(english.code == 0 && english.err == "1 article says no locale and is left out by --locale\n")
        let none = kb("search", "zebra", "--topic", "habour")
        #expect(none.code == 1 && none.err.hasPrefix("no document has the topic 'habour'; there are: harbour\n"))
        #expect(kb("search", "zebra", "--topic", "harbour").err == "")
    }

    @Test func `a mark takes a url, and says when the question itself leaves the article out`() throws {
        let kb = Command()
        kb.folder.write(
            "articles/a.md", "---\nurl: https://help.example/zebra\n---\n# Zebra\n\nA zebra in the harbour.\n")
        kb.folder.write("articles/b.md", "# Stripes\n\nStripes of an animal.\n")
        #expect(kb("ingest", "articles").code == 0)
        func answer(_ question: String) throws -> String {
            let printed = try JSON.parse(kb("query", question, "--json").out)
            guard case .text(let id) = printed["answer_id"] else { return "" }
            return id
        }
        let plain = try answer("stripes animal")
        let marked = kb("mark", plain, "wrong", "--should-be", "https://help.example/zebra/?from=mail#top")
        #expect(marked == .init(code: 0, out: "marked \(plain) wrong, should be articles/a.md\n", err: ""))
        #expect(kb("mark", plain, "wrong", "--should-be", "https://help.example/none").code == 2)
        let excluding = try answer("stripes animal -harbour")
        let left = kb("mark", excluding, "wrong", "--should-be", "articles/a.md")
        #expect(left.code == 0 && left.err.contains("articles/b.md comes first: the question leaves articles/a.md out"))
    }

    @Test func `an article marked as the answer is first though a newer version or another language stands beside it`()
        throws
    {
        let kb = Command()
        kb.folder.write(
            "articles/old.md",
            "---\nupdated: 2022-01-01\n---\n# Install the zebra 3.4\n\nRun zebra install for the old one.\n")
        kb.folder.write(
            "articles/new.md",
            "---\nupdated: 2026-01-01\n---\n# Install the zebra 4.2\n\nRun zebra install for the new one.\n")
        #expect(kb("ingest", "articles").code == 0)
        guard case .text(let id) = try JSON.parse(kb("query", "install zebra", "--json").out)["answer_id"] else {
            Issue.record("no answer")
            return
        }
        #expect(kb("mark", id, "wrong", "--should-be", "articles/old.md").err == "")
        let after = kb("search", "install zebra", "--explain").out
        #expect(after.contains("articles/old.md") && after.contains("mark \(id)"))
        #expect(after.firstRange(of: "old.md")!.lowerBound < after.firstRange(of: "new.md")!.lowerBound)
    }

    @Test func `a word that ends in ee is not said to be lacking where it stands`() throws {
        let kb = Command()
        kb.folder.write("articles/a.md", "# Coffee\n\nEvery employee may guarantee the coffee.\n")
        #expect(kb("ingest", "articles").code == 0)
        #expect(!kb("query", "coffee employee guarantee").out.contains("it lacks"))
    }

    @Test func `encoding anew encodes everything, also with the same encoder`() {
        let kb = Command().ingested()
        #expect(kb("ingest").err.contains("0 passages encoded"))
        #expect(!kb("ingest", "--reencode").err.contains(" 0 passages encoded") && kb("doctor").code == 0)
        #expect(kb("ingest", "--reencode").err.hasPrefix("0 passages") == false)
    }

    @Test func `nothing that goes to a person can be pasted blindly`() throws {
        let kb = Command().ingested()
        for question in ["zebra harbour", "cook a risotto", "🎉"] {
            let isHuman = try JSON.parse(kb("query", question, "--json").out)["action"] == .text("human")
            let reply = kb("query", question, "--format", "reply")
            #expect(reply.out.isEmpty == isHuman)
            #expect(reply.code == (isHuman ? 1 : 0))
            #expect(reply.err.hasPrefix("no reply: this goes to a person.") == isHuman)
        }
        #expect(kb("query", "cook a risotto", "--format", "reply", "--mode", "lexical").out == "")
    }

    @Test(arguments: ["> /dev/full", ">&-"])
    func `results that cannot be written are an error`(redirection: String) {
        let result = Command().ingested()("search", "zebra", shell: redirection)
        #expect(result.code == 2)
        #expect(result.err.hasPrefix("kb: The results cannot be written: "))
    }

    @Test(arguments: [
        (["query", "--batch", "articles"], "articles cannot be read: it is a folder; give a file."),
        (["query", "--batch", "nowhere"], "nowhere cannot be read: No such file or directory."),
        (["search", "x", "--source", "nope"], "No source is named 'nope'. Known: articles."),
        (
            ["search", "x", "--field", "nosuch=1"],
            "No document has the field 'nosuch'. There are: none; and audience, locale, source, title, topics, updated, url, version."
        ),
    ])
    func `slips are named`(arguments: [String], sentence: String) {
        let kb = Command().ingested()
        let result =
            arguments.count == 3
            ? kb(arguments[0], arguments[1], arguments[2]) : kb("search", "x", arguments[2], arguments[3])
        #expect(result == .init(code: 2, out: "", err: "kb: \(sentence)\n"))
    }

    @Test func `filters narrow, and a repeated one is wrong usage`() {
        let kb = Command()
        kb.folder.write("articles/a.md", "---\nversion: 4.2\naudience: admins\n---\n# Zebra\n\nA zebra.\n")
        kb.folder.write("articles/b.md", "# Zebra two\n\nA zebra.\n")
        #expect(kb("ingest", "articles").code == 0)
        for filter in [["--version", "4.2"], ["--field", "version=4.2"], ["--field", "audience=Admins"]] {
            let out = kb("search", "zebra", filter[0], filter[1]).out
            #expect(out.contains("articles/a.md") && !out.contains("articles/b.md"), "\(filter)")
        }
        #expect(kb("search", "zebra", "--topic", "a", "--topic", "b").code == 64)
        #expect(kb("search", "--version", "4.2").code == 64)
    }

    @Test func `a moved folder is pointed to, a path has one name, a renamed file is a move`() {
        let kb = Command().ingested()
        let root = kb.folder.path
        #expect(
            kb("ingest", "articles", "--source", "again").err
                == "kb: \(root)/articles is the source 'articles' already; as 'again' too, every document in it would be there "
                + "twice. Keep the name 'articles', or remove that one first: kb sources rm articles.\n")
        kb.folder.write("kb.yaml", "sources:\n  help: {path: articles}\n")
        #expect(kb("ingest").err.contains("is the source 'articles' already"))
        kb.folder.remove("kb.yaml")
        #expect(kb("ingest", "articles", "articles", "-q").out == "articles (articles): 2 unchanged\n")

        try! FileManager.default.moveItem(atPath: root + "/articles", toPath: root + "/elsewhere")
        let gone = kb("ingest")
        #expect(gone.code == 2 && gone.err.contains("kb sources mv articles PATH"))
        #expect(
            kb("sources", "mv", "articles", "elsewhere").out
                == "articles is at \(root)/elsewhere now; next: kb ingest\n")
        #expect(kb("sources", "mv", "articles", "nowhere").code == 2)
        #expect(kb("ingest", "-q").out == "articles (articles): 2 unchanged\n")

        try! FileManager.default.moveItem(atPath: root + "/elsewhere/zebra.md", toPath: root + "/elsewhere/stripes.md")
        #expect(kb("ingest", "-q").out == "articles (articles): 1 added, 1 removed, 1 unchanged\n")
        kb.folder.remove("elsewhere/stripes.md")
        #expect(kb("ingest", "-q").code == 2)
    }

    @Test func `broken front matter is said and read all the same`() {
        let kb = Command()
        kb.folder.write("articles/a.md", "---\ntitle: [unbalanced\n---\nA zebra.\n")
        let result = kb("ingest", "articles")
        #expect(result.out == "articles (articles): 1 added\n")
        #expect(result.err.hasPrefix("  a.md: its front matter is not valid YAML and was read line by line\n"))
    }

    @Test func `a newline in a file's name stays on its line`() {
        let kb = Command()
        kb.folder.write("articles/a\nb.md", "# Zebra\n\nA zebra in the harbour.\n")
        #expect(kb("ingest", "articles").code == 0)
        #expect(kb("search", "zebra").out.contains("articles/a\u{fffd}b.md:3"))
        #expect(kb("query", "zebra", "--no-log").out.contains("articles/a\u{fffd}b.md:3"))
    }

    @Test func `doctor after a stop in the first seconds says kb ingest`() {
        let kb = Command().ingested()
        // As a stop leaves it: the source is known and nothing of it was finished.
        kb.folder.remove(".kb/kb.sqlite")
        kb.folder.remove(".kb/vectors.f32")
        #expect(kb("ingest", "--dry-run", "articles").code == 0)
        #expect(kb("doctor").code == 0)
    }

    @Test func `the demo finds its articles through a link and from a copy`() throws {
        var kb = Command()
        kb.environment["XDG_CACHE_HOME"] = kb.folder.path + "/cache"
        let link = kb.folder.path + "/kb-link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: Command.program)
        let copy = kb.folder.path + "/kb-copy"
        try FileManager.default.copyItem(atPath: Command.program, toPath: copy)
        for program in [link, copy] {
            let result = kb("--version", shell: "> /dev/null; '\(program)' demo")
            #expect(result.code == 0, "\(result.err)")
            #expect(result.out.hasPrefix("The Tallybird help centre: "))
        }
    }
}

struct ReviewFileTests {
    private func logged() throws -> (kb: Command, id: String) {
        let kb = Command().ingested()
        guard case .text(let id)? = try JSON.parse(kb("query", "zebra harbour", "--json").out)["answer_id"] else {
            throw KnowledgeBaseTestError()
        }
        return (kb, id)
    }

    private struct KnowledgeBaseTestError: Error {}

    @Test func `semicolons, tabs, UTF-16 and one letter are taken`() throws {
        for (text, utf16) in [
            ("answer_id;verdict\r\nID;right\r\n", false), ("answer_id\tverdict\nID\tr\n", false),
            ("ANSWER_ID,Verdict\nID,R\n", false), ("answer_id;verdict\r\nID;right\r\n", true),
        ] {
            let (kb, id) = try logged()
            let content = text.replacing("ID", with: id).replacing("ANSWER_\(id)", with: "ANSWER_ID")
            if utf16 {
                var data = Data([0xff, 0xfe])
                for unit in content.utf16 { data += [UInt8(unit & 255), UInt8(unit >> 8)] }
                kb.folder.write("r.csv", data)
            } else {
                kb.folder.write("r.csv", content)
            }
            let result = kb("review", "--csv", "r.csv")
            #expect(result.out == "took in 1 verdict\n", "\(text) \(result.err)")
        }
    }

    @Test func `what is wrong with a file of verdicts is said by row`() throws {
        let (kb, id) = try logged()
        kb.folder.write("r.csv", "answer_id,verdict,should_be\n\"\(id),right\n")
        #expect(kb("review", "--csv", "r.csv").err.contains("a quotation mark is opened and never closed"))
        kb.folder.write("r.csv", "answer_id,verdict,should_be\n,right,\n\(id),yes,\n\(id),right,articles/zebra.md\n")
        let result = kb("review", "--csv", "r.csv")
        #expect(result.code == 2 && result.out == "took in 0 verdicts\n")
        #expect(result.err.split(separator: "\n").count == 3)
        #expect(result.err.contains("row 2: it has a verdict but no answer_id"))
        #expect(kb("review", "--csv", "articles").err.contains("it is a folder"))
        let nowhere = kb("review", "--csv", "no/such/r.csv")
        #expect(nowhere.code == 2 && !nowhere.err.contains("NSCocoa"))
    }

    @Test func `a file of verdicts says nothing against a later mark, and a document named is a verdict`() throws {
        let (kb, id) = try logged()
        kb.folder.write("articles/horse.md", "# Horse\n\nA horse in the stable.\n")
        #expect(kb("ingest", "articles").code == 0)
        kb.folder.write("r.csv", "answer_id,verdict,should_be\n\(id),,articles/horse.md\n")
        #expect(kb("review", "--csv", "r.csv").out == "took in 1 verdict\n")
        #expect(kb("mark", id, "right", "--now", "2100-01-01T00:00:00Z").code == 0)
        let stale = kb("review", "--csv", "r.csv")
        #expect(stale.code == 2 && stale.err.contains("was marked right after this file was saved"))
        #expect(kb("mark", "--list").out.contains("right"))
    }

    @Test func `a file of answers to judge is its owner's alone, and the help says what it holds`() throws {
        let (kb, _) = try logged()
        #expect(kb("review", "--csv", "r.csv").code == 0)
        let mode =
            try FileManager.default.attributesOfItem(atPath: kb.folder.path + "/r.csv")[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(kb("review", "--help").out.contains("unredacted"))
    }

    @Test func `verdicts of one file that contradict each other are told and not taken`() throws {
        let (kb, id) = try logged()
        kb.folder.write("r.csv", "answer_id,verdict\n\(id),right\n\(id),wrong\n")
        let same = kb("review", "--csv", "r.csv")
        #expect(same.code == 2 && same.out == "took in 0 verdicts\n")
        #expect(same.err.contains("rows 2 and 3") && same.err.contains("neither"), "\(same.err)")
        // The same question and document under two answers, too.
        #expect(kb("query", "A zebra in the HARBOUR").code == 0)
        kb.folder.write(
            "r.csv",
            "answer_id,question,document,verdict\n\(id),zebra,articles/zebra.md,right\na_0,Zebra ,articles/zebra.md,wrong\n"
        )
        let pair = kb("review", "--csv", "r.csv")
        #expect(pair.code == 2 && pair.out == "took in 0 verdicts\n" && pair.err.contains("rows 2 and 3"))
        // Twice the same is no contradiction.
        kb.folder.write("r.csv", "answer_id,verdict\n\(id),right\n\(id),r\n")
        let twice = kb("review", "--csv", "r.csv")
        #expect(twice.code == 0 && twice.out == "took in 1 verdict\n", "\(twice.err)")
    }

    @Test func `the keyboard shows the answer that is judged, and a note outlives another verdict`() throws {
        let (kb, id) = try logged()
        #expect(kb("review", input: "s\n").out.contains("    A zebra in the harbour."))
        #expect(kb("mark", id, "right", "--note", "seen by Kim").code == 0)
        #expect(kb("mark", id, "wrong").code == 0)
        #expect(kb("mark", "--list").out.contains("note: seen by Kim"))
    }
}

struct EvalLabelTests {
    private func set(_ qrels: String) -> Command {
        var kb = Command()
        kb.environment["XDG_CACHE_HOME"] = kb.folder.path + "/cache"
        kb.folder.write("set/articles/zebra.md", "# Zebra\n\nA zebra in the harbour.\n")
        kb.folder.write("set/articles/giraffe.md", "# Giraffe\n\nA giraffe.\n")
        kb.folder.write("set/queries.jsonl", #"{"_id": "q1", "text": "where is the zebra"}"# + "\n")
        kb.folder.write("set/qrels/test.tsv", "query-id\tcorpus-id\tscore\n" + qrels)
        return kb
    }

    @Test(arguments: ["zebra", "zebra.md", "articles/zebra.md", "articles/zebra"])
    func `a label names a document by its path or by the id that kb prints`(id: String) throws {
        let result = set("q1\t\(id)\t1\n")("eval", "set", "--json")
        #expect(result.code == 0, "\(result.err)")
        #expect(try JSON.parse(result.out)["modes"]?["lexical"]?["recall_at_10"] == .number(1))
    }

    @Test(arguments: [
        ("q1\tnosuch\t1\n", "no corpus-id of the qrels names a document"),
        ("rubbish\n", "no line is query-id, corpus-id and score"),
        ("q9\tzebra\t1\n", "no query-id of the qrels is an _id of queries.jsonl"),
    ])
    func `labels that name nothing are an error, not a zero`(qrels: String, reason: String) {
        let result = set(qrels)("eval", "set")
        #expect(result.code == 2 && result.err.contains(reason), "\(result.err)")
    }
}
