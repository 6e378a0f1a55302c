import FoundationEssentials
import TestSupport
import Testing

@testable import KnowledgeBase

/// A file in a scratch folder of its own.
final class ScratchFile {
    private let folder = ScratchFolder()
    var path: String { folder.path + "/file" }

    func truncate() {
        let data = try! Data(contentsOf: URL(filePath: path))
        try! data.prefix(data.count / 2).write(to: URL(filePath: path))
    }
}

/// Learning through the whole engine: what counts as evidence for a question, and what must not.
struct LearningTests {
    let desk = Desk()

    init() throws {
        try desk.zebras()
    }

    private func tickets(_ lines: [(id: String, at: String, linkAt: String, article: String?)]) {
        desk.folder.write(
            "tickets.jsonl",
            lines.map { line in
                let link = line.article.map {
                    #", "comments": [{"id": "c", "created_at": "\#(line.linkAt)", "author": "agent", "body": "See https://help.example/\#($0)"}]"#
                }
                return
                    #"{"id": "\#(line.id)", "created_at": "\#(line.at)", "subject": "where is the zebra"\#(link ?? "")}"#
            }.joined(separator: "\n"))
    }

    private func ask(_ id: String? = nil, at moment: String? = nil) throws -> [Hit] {
        let question = Question(
            id: id, text: "where is the zebra", askedAt: try moment.map { try Date($0, strategy: .iso8601) })
        return try desk.engine().search([question], options: SearchOptions())[0].hits
    }

    private func votes(_ hits: [Hit]) -> [String: [String]] {
        Dictionary(uniqueKeysWithValues: hits.map { ($0.document.title, $0.resolutions?.tickets ?? []) })
    }

    @Test func `tickets and marks that counted are named, and parts sum to the score`() throws {
        tickets([("t1", "2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z", "copper")])
        try desk.ingest(nil, desk.folder.path + "/tickets.jsonl")
        let hits = try ask()
        #expect(votes(hits)["Copper"] == ["t1"])
        for hit in hits { #expect(abs(hit.parts.reduce(0) { $0 + $1.value } - hit.score) < 1e-12) }
    }

    @Test func `a question's own thread and anything later never count`() throws {
        tickets([
            ("t1", "2025-01-01T00:00:00Z", "2025-01-05T00:00:00Z", "copper"),
            ("t2", "2025-01-03T00:00:00Z", "2025-01-08T00:00:00Z", "copper"),
            ("t3", "2025-01-09T00:00:00Z", "2025-01-10T00:00:00Z", "harbour"),
        ])
        try desk.ingest(nil, desk.folder.path + "/tickets.jsonl")
        #expect(votes(try ask("t2"))["Copper"] == ["t1"])
        #expect(votes(try ask("t2", at: "2025-01-03T00:00:00Z"))["Copper"] == [])
        #expect(votes(try ask(at: "2025-01-05T00:00:00Z"))["Copper"] == [])
        #expect(votes(try ask(at: "2025-01-06T00:00:00Z"))["Copper"] == ["t1"])
        #expect(votes(try ask("t1", at: "2025-01-09T00:00:00Z")) == ["Copper": ["t2"], "Harbour": []])
    }

    @Test func `without tickets the ranking is bit for bit what it was`() throws {
        let before = try ask()
        tickets([("t1", "2025-01-01T00:00:00Z", "", nil)])
        try desk.ingest(nil, desk.folder.path + "/tickets.jsonl")
        let after = try ask()
        #expect(before.map(\.score) == after.map(\.score) && before.map(\.document.id) == after.map(\.document.id))
        #expect(!after.contains { $0.parts.contains { $0.name.contains("tickets") } })
    }

    @Test func `removing a ticket removes its effect`() throws {
        let before = try ask()
        tickets([("t1", "2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z", "copper")])
        try desk.ingest(nil, desk.folder.path + "/tickets.jsonl")
        #expect(try ask().map(\.score) != before.map(\.score))
        _ = try desk.engine().removeSource("tickets.jsonl")
        #expect(try ask().map(\.score) == before.map(\.score))
    }

    @Test func `a mark puts its document first, and undone leaves the first answer`() throws {
        func answer() throws -> Answer {
            var out: Answer?
            try desk.engine().answer([Question(text: "where is the zebra")], options: SearchOptions(), log: true) {
                out = $0
            }
            return try #require(out)
        }
        let first = try answer()
        let cited = try #require(first.draft?.citations.first?.document)
        let other = cited.title == "Copper" ? "harbour" : "copper"
        try desk.engine().mark(first.answerID, .wrong, shouldBe: other, note: nil)
        // What is cited already cannot be what should be instead, and a ticket is no article.
        for refused in [cited.id, "tickets/t1"] {
            #expect(throws: KnowledgeBaseError.self) {
                try desk.engine().mark(first.answerID, .wrong, shouldBe: refused, note: nil)
            }
        }
        let marked = try answer()
        #expect(marked.draft?.citations.first?.document.id == "articles/\(other).md")
        try desk.engine().undoMark(first.answerID)
        let undone = try answer()
        #expect(undone.answerID == first.answerID && undone.draft == first.draft)
        #expect(undone.confidence == first.confidence)
    }

    @Test func `a mark on an answer that was never logged is refused with what to do`() throws {
        #expect(throws: KnowledgeBaseError.unknownAnswer("kaaaaaaa")) {
            try desk.engine().mark("kaaaaaaa", .right, shouldBe: nil, note: nil)
        }
    }
}
