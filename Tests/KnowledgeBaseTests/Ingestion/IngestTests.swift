import Embedding
import FoundationEssentials
import GRDB
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import KnowledgeBase

struct IngestTests {
    let desk = Desk()

    private func lay(_ names: [String]) {
        for name in names { desk.article("\(name).md", "# Article \(name)\n\nAbout the \(name).\n") }
    }

    @Test func `a folder is synced: added, updated, removed, unchanged`() throws {
        lay(["zebra", "giraffe", "lantern", "harbour", "copper", "paddle"])
        let engine = try desk.engine()
        #expect(try desk.ingest(engine).counts == [6, 0, 0, 0])
        #expect(try desk.ingest(engine).counts == [0, 0, 0, 6])
        lay(["velvet"])
        desk.article("zebra.md", "# Article zebra\n\nNow about the quagga.\n")
        desk.folder.remove("articles/giraffe.md")
        let report = try desk.ingest(engine)
        #expect(report.counts == [1, 1, 1, 4])
        #expect(report.encoded == 2)
        #expect(try desk.found("quagga") == ["articles/zebra.md"])
        #expect(try desk.found("giraffe") == [])
        #expect(try desk.found("velvet") == ["articles/velvet.md"])
        #expect(try engine.doctor(repair: false).filter { !$0.passed }.map(\.name) == [])
    }

    @Test func `only the source that is ingested changes`() throws {
        lay(["zebra"])
        desk.folder.write("other/zebra.md", "# Other\n\nAnother zebra.\n")
        let engine = try desk.engine()
        try desk.ingest(engine)
        try desk.ingest(engine, desk.folder.path + "/other")
        #expect(Set(try desk.found("zebra")) == ["articles/zebra.md", "other/zebra.md"])
        desk.folder.remove("other/zebra.md")
        desk.folder.write("other/b.md", "# B\n\nText.\n")
        desk.article("zebra.md", "# Changed\n\nNo animal.\n")
        try desk.ingest(engine, desk.folder.path + "/other") { $0.allowRemovals = true }
        #expect(try desk.found("zebra") == ["articles/zebra.md"])
        #expect(try engine.removeSource("articles") == 1)
        #expect(try engine.sources().map(\.name) == ["other"])
        #expect(try desk.found("zebra") == [])
    }

    @Test func `a name that stands for another folder is refused`() throws {
        lay(["zebra"])
        desk.folder.write("sub/articles/b.md", "# B\n\nText.\n")
        let engine = try desk.engine()
        try desk.ingest(engine)
        #expect(
            throws: KnowledgeBaseError.sourceConflict(
                name: "articles", existing: desk.articles, path: desk.folder.path + "/sub/articles")
        ) { try desk.ingest(engine, desk.folder.path + "/sub/articles") }
    }

    @Test func `more than a fifth of a source never vanishes unasked`() throws {
        lay((0..<10).map { "a\($0)" })
        let engine = try desk.engine()
        try desk.ingest(engine)
        for name in ["a0", "a1", "a2"] { desk.folder.remove("articles/\(name).md") }
        desk.article("new.md", "# New\n\nA zebra.\n")
        #expect(throws: KnowledgeBaseError.massRemoval(source: "articles", vanishing: 3, of: 10)) {
            try desk.ingest(engine)
        }
        #expect(try engine.status().articles == 10)
        #expect(try desk.found("zebra") == [])
        #expect(try desk.ingest(engine) { $0.allowRemovals = true }.counts == [1, 0, 3, 7])
        // Exactly a fifth may go.
        lay(["b", "c"])
        try desk.ingest(engine)
        for name in ["a3", "a4"] { desk.folder.remove("articles/\(name).md") }
        #expect(try desk.ingest(engine).counts == [0, 0, 2, 8])
    }

    @Test func `a source whose folder is gone changes nothing`() throws {
        lay(["zebra"])
        let engine = try desk.engine()
        try desk.ingest(engine)
        desk.folder.remove("articles")
        #expect(throws: KnowledgeBaseError.sourceMissing(name: "articles", path: desk.articles)) {
            try engine.ingest(IngestRequest())
        }
        #expect(try desk.found("zebra") == ["articles/zebra.md"])
    }

    @Test func `a dry run tells what would happen and changes nothing`() throws {
        lay(["zebra", "giraffe", "lantern", "harbour", "copper", "paddle"])
        let engine = try desk.engine()
        #expect(try desk.ingest(engine) { $0.dryRun = true }.counts == [6, 0, 0, 0])
        #expect(try engine.sources().isEmpty)
        try desk.ingest(engine)
        let generation = try engine.store.generation()
        lay(["velvet", "zebra"])  // zebra: written again, the same
        desk.article("giraffe.md", "# Article giraffe\n\nIt grew.\n")
        desk.article("lantern.md", "---\ndraft: true\n---\n# Article lantern\n\nText.\n")
        desk.folder.write("articles/copper.md", Data([0x23, 0x20, 0xff, 0x0a]))
        desk.folder.remove("articles/paddle.md")
        #expect(try desk.ingest(engine) { $0.dryRun = true }.counts == [1, 1, 2, 3])
        #expect(try engine.store.generation() == generation)
        #expect(try desk.ingest(engine) { $0.allowRemovals = true }.counts == [1, 1, 2, 2])
    }

    @Test func `an article turned into a draft goes, and comes back`() throws {
        lay(["zebra", "giraffe"])
        let engine = try desk.engine()
        try desk.ingest(engine)
        desk.article("zebra.md", "---\ndraft: true\n---\n# Zebra\n\nAbout the zebra.\n")
        let report = try desk.ingest(engine)
        #expect(report.counts == [0, 0, 1, 1])
        #expect(
            report.sources[0].skipped == [
                .init(path: "zebra.md", reason: "a draft (draft: true)", intended: true)
            ])
        #expect(try desk.found("zebra") == [])
        lay(["zebra"])
        #expect(try desk.ingest(engine).counts == [1, 0, 0, 1])
    }

    @Test func `a file that went bad keeps its last good text and is reported each time`() throws {
        lay(["zebra", "giraffe"])
        let engine = try desk.engine()
        try desk.ingest(engine)
        desk.folder.write("articles/zebra.md", Data("# Zebra ".utf8) + Data([0xff]))
        for _ in 0..<2 {
            let report = try desk.ingest(engine)
            #expect(
                report.sources[0].skipped
                    == [
                        .init(
                            path: "zebra.md", reason: "invalid UTF-8 at byte 8. Save the file as UTF-8",
                            intended: false)
                    ])
            #expect(try desk.found("zebra") == ["articles/zebra.md"])
        }
        lay(["zebra"])
        try desk.ingest(engine)
        #expect(try desk.found("zebra") == ["articles/zebra.md"])
        #expect(try desk.ingest(engine).sources[0].skipped == [])
    }

    @Test
    func `JSON lines are articles of their own; bad and repeated lines are told with their place`()
        throws
    {
        func line(_ id: String, _ text: String) -> String {
            #"{"_id": "\#(id)", "title": "T", "text": "\#(text)"}"#
        }
        let path = desk.folder.write(
            "corpus.jsonl",
            [line("1", "zebra"), "not json", line("1", "again"), line("2", "giraffe")].joined(
                separator: "\n"))
        let engine = try desk.engine()
        let report = try desk.ingest(engine, path)
        #expect(report.counts == [2, 0, 0, 0])
        #expect(report.sources[0].skipped.map(\.path) == ["corpus.jsonl:2", "corpus.jsonl:3"])
        #expect(report.sources[0].skipped[1].reason == "the _id 1 stands on line 1 already")
        #expect(try desk.found("zebra again") == ["corpus.jsonl/1"])
        desk.folder.write(
            "corpus.jsonl",
            [line("1", "zebra"), line("2", "lantern"), line("3", "copper")].joined(separator: "\n"))
        let next = try desk.ingest(engine, path)
        #expect(next.counts == [1, 1, 0, 1])
        #expect(next.encoded == 2)
        #expect(try desk.found("giraffe") == [])
    }

    @Test func `an id that stands in another file already is reported and left out`() throws {
        desk.article("one.jsonl", #"{"_id": "x", "title": "One", "text": "zebra"}"#)
        desk.article("two.jsonl", #"{"_id": "x", "title": "Two", "text": "giraffe"}"#)
        let report = try desk.ingest()
        #expect(report.counts[0] == 1)
        #expect(
            report.sources[0].skipped
                == [
                    .init(
                        path: "two.jsonl", reason: "the id 'articles/x' stands in one.jsonl already",
                        intended: false)
                ])
        #expect(try desk.found("giraffe") == [])
    }

    @Test
    func
        `an id that moves to another file of the source moves with its text, in either order of the files`()
        throws
    {
        func line(_ id: String, _ text: String) -> String {
            #"{"_id": "\#(id)", "title": "T", "text": "\#(text)"}"# + "\n"
        }
        for i in 0..<8 { desk.article("stays\(i).md", "# Stays\n\nText \(i).\n") }
        let engine = try desk.engine()
        desk.article("m.jsonl", line("x", "zebra") + line("y", "giraffe"))
        try desk.ingest(engine)
        for target in ["a.jsonl", "z.jsonl"] {
            desk.article("m.jsonl", line("y", "giraffe"))
            desk.article(target, line("x", "zebra"))
            #expect(try desk.ingest(engine).sources[0].skipped == [])
            #expect(try desk.found("zebra") == ["articles/x"])
            #expect(try engine.doctor(repair: false).filter { !$0.passed }.map(\.name) == [])
            // And back, the file itself gone.
            desk.folder.remove("articles/" + target)
            desk.article("m.jsonl", line("x", "zebra") + line("y", "giraffe"))
            #expect(try desk.ingest(engine).sources[0].skipped == [])
            #expect(Set(try desk.found("zebra giraffe")) == ["articles/x", "articles/y"])
        }
        #expect(try engine.doctor(repair: false).filter { !$0.passed }.map(\.name) == [])
    }

    @Test func `equal text in two articles is encoded once and survives the loss of one`() throws {
        for name in ["a", "b"] { desk.article("\(name).md", "# Same\n\nThe same zebra.\n") }
        lay(["c", "d", "e", "f"])
        let engine = try desk.engine()
        #expect(try desk.ingest(engine).encoded == 5)
        desk.folder.remove("articles/a.md")
        try desk.ingest(engine)
        #expect(try engine.doctor(repair: false).filter { !$0.passed }.map(\.name) == [])
        let hits = try engine.search([Question(text: "the same zebra")], options: SearchOptions())[0]
            .hits
        #expect(hits.first?.document.id == "articles/b.md")
        #expect(hits.first?.dense != nil)
    }

    @Test func `a passage that moves to a later file keeps its vector`() throws {
        let engine = try desk.engine()
        desk.article("a.md", "# Same\n\nThe zebra.\n")
        desk.article("b.md", "# Same\n\nThe giraffe.\n")
        try desk.ingest(engine)
        desk.article("a.md", "# Same\n\nThe lantern.\n")
        desk.article("b.md", "# Same\n\nThe zebra.\n")
        try desk.ingest(engine)
        #expect(try engine.doctor(repair: false).filter { !$0.passed }.map(\.name) == [])
    }

    @Test
    func
        `a file with the stat of the last read is passed over; a change under the same size and time is not`()
        throws
    {
        lay(["zebra"])
        let engine = try desk.engine()
        try desk.ingest(engine)
        func plan() throws -> IngestPlan {
            let source = try #require(try engine.store.sources().first)
            return try IngestPlan(
                target: .init(
                    id: source.id, name: source.name, path: source.path, kind: .articles, documents: 1),
                scheme: UrlScheme(nil), store: engine.store, leaveOut: nil, now: Date())
        }
        // Changed within the clock's grain of the read: looked at again.
        #expect(try plan().changed.map(\.path) == ["zebra.md"])
        usleep(2_100_000)
        try desk.ingest(engine)
        #expect(try plan().changed.isEmpty)
        #expect(try plan().unchanged.map(\.path) == ["zebra.md"])

        let path = desk.articles + "/zebra.md"
        var before = stat()
        #expect(stat(path, &before) == 0)
        desk.article("zebra.md", "# Article zebra\n\nAbout the gnu...\n")
        let times = [before.st_atim, before.st_mtim]
        #expect(utimensat(AT_FDCWD, path, times, 0) == 0)
        var after = stat()
        #expect(stat(path, &after) == 0)
        #expect(after.st_size == before.st_size && after.st_mtim.tv_nsec == before.st_mtim.tv_nsec)
        try desk.ingest(engine)
        #expect(try desk.found("gnu") == ["articles/zebra.md"])
    }

    @Test func `readers see each article's old or new text, never half, while an ingest runs`()
        async throws
    {
        let desk = desk
        func lay(_ edition: String) {
            for i in 0..<150 {
                let section = Array(repeating: "the \(edition) edition of page", count: 60).joined(
                    separator: " ")
                desk.article(
                    "a\(i).md",
                    "# Page \(i)\n\n## One\n\n\(section).\n\n## Two\n\n\(section).\n\n## Three\n\n\(section).\n"
                )
            }
        }
        lay("first")
        let engine = try desk.engine()
        try desk.ingest(engine)
        lay("second")
        let done = Done()
        let reader = try desk.engine()
        @Sendable func look() throws -> Set<String> {
            var seen: Set<String> = []
            let editions = try reader.store.pool.read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        SELECT document_id, count(*), sum(body LIKE '%first%'), sum(body LIKE '%second%')
                        FROM chunk GROUP BY document_id
                        """)
            }
            #expect(editions.count == 150)
            for row in editions {
                let (all, first, second): (Int, Int, Int) = (row[1], row[2], row[3])
                #expect(first == all && second == 0 || second == all && first == 0)
                seen.insert(first > 0 ? "old" : "new")
            }
            let hits = try reader.search([Question(text: "page")], options: SearchOptions())[0].hits
            #expect(!hits.isEmpty)
            return seen
        }
        // However the threads are scheduled, one look lies before the ingest and one after it.
        #expect(try look() == ["old"])
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { done.flag.store(true, ordering: .releasing) }
                try desk.ingest(engine)
            }
            group.addTask {
                while !done.flag.load(ordering: .acquiring) { _ = try look() }
            }
            try await group.waitForAll()
        }
        #expect(try look() == ["new"])
        #expect(try desk.found("first") == [])
    }

    private final class Done: Sendable {
        let flag = Atomic(false)
    }

    @Test func `two ingests at once are kept apart`() throws {
        lay(["zebra"])
        let engine = try desk.engine()
        let lock = try IngestLock(path: desk.location.lock)
        #expect(throws: KnowledgeBaseError.ingestRunning(path: desk.location.state)) {
            try desk.ingest(engine)
        }
        lock.release()
        #expect(try desk.ingest(engine).counts == [1, 0, 0, 0])
    }

    @Test func `tickets are ingested with their links, whichever comes first`() throws {
        let tickets = desk.folder.write(
            "tickets.jsonl",
            #"""
            {"id": 7, "created_at": "2026-01-05T10:00:00Z", "subject": "Zebra", "description": "My zebra is gone", "requester": "a@example.com", "comments": [{"id": 1, "created_at": "2026-01-05T11:00:00Z", "author": "agent", "body": "See https://x.org/zebra and https://x.org/nowhere", "public": true}, {"id": 2, "created_at": "2026-01-05T12:00:00Z", "author": "agent", "body": "secret https://x.org/zebra", "public": false}]}
            """#)
        let engine = try desk.engine()
        let first = try desk.ingest(engine, tickets)
        #expect(first.sources[0].kind == "tickets")
        #expect(
            first.links
                == LinkReport(
                    seen: 2, matched: 0,
                    unmatched: [
                        .init(url: "https://x.org/nowhere", count: 1),
                        .init(url: "https://x.org/zebra", count: 1),
                    ]))
        desk.article("zebra.md", "---\nurl: https://x.org/zebra\n---\n# Zebra\n\nFind your zebra.\n")
        #expect(
            try desk.ingest(engine).links
                == LinkReport(
                    seen: 2, matched: 1, unmatched: [.init(url: "https://x.org/nowhere", count: 1)]))
        #expect(try engine.status().links == 1)
        #expect(try engine.removeSource("articles") == 1)
        #expect(try engine.status().links == 0)
    }
}
