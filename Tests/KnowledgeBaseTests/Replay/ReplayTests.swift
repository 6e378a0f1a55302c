import FoundationEssentials
import GRDB
import TestSupport
import Testing

@testable import KnowledgeBase

/// A replay through the whole engine.
@Suite struct ReplayTests {
    let desk = Desk()

    init() throws {
        try desk.zebras()
    }

    /// One ticket a line: id, day of January 2025, article linked a day later.
    private func export(_ lines: [(id: String, day: Int, article: String?)], subject: String = "where is the zebra") {
        desk.folder.write(
            "tickets.jsonl",
            lines.map { line in
                let link = line.article.map {
                    #", "comments": [{"id": "c", "created_at": "2025-01-\#(line.day + 11)T00:00:00Z", "author": "agent", "body": "See https://help.example/\#($0)"}]"#
                }
                return
                    #"{"id": "\#(line.id)", "created_at": "2025-01-\#(line.day + 10)T00:00:00Z", "subject": "\#(subject)"\#(link ?? "")}"#
            }.joined(separator: "\n"))
    }

    private func replay(_ change: (inout ReplayRequest) -> Void = { _ in }) throws -> ReplayReport {
        var request = ReplayRequest(path: desk.folder.path + "/tickets.jsonl")
        change(&request)
        return try desk.engine().replay(request)
    }

    @Test func `tickets come in order of time, and a citation is right when the agents linked it`() throws {
        export([("b", 5, "copper"), ("a", 1, "harbour"), ("c", 7, nil)])
        let report = try replay()
        #expect(report.tickets.map(\.id) == ["a", "b", "c"])
        #expect(report.tickets.map(\.linked) == [["articles/harbour.md"], ["articles/copper.md"], []])
        for ticket in report.tickets {
            let right = ticket.linked.isEmpty ? nil : ticket.linked.contains(ticket.cited ?? "")
            #expect(ticket.isRight == right)
        }
        #expect(report.tickets[2].isRight == nil)
    }

    @Test func `what became of a ticket counts for later ones and not for earlier ones`() throws {
        let names = (1...9).map { "t\($0)" }
        export(names.enumerated().map { ($1, $0 * 2, "copper") })
        try desk.ingest(nil, desk.folder.path + "/tickets.jsonl")
        // The very first knows nothing, as it would have in a base without tickets.
        let alone = Desk()
        alone.article(
            "harbour.md", "---\nurl: https://help.example/harbour\n---\n# Harbour\n\nThe zebra is in the harbour.\n")
        alone.article("copper.md", "---\nurl: https://help.example/copper\n---\n# Copper\n\nThe zebra is of copper.\n")
        try alone.ingest()
        let first = try replay().tickets[0]
        let untaught = try alone.engine().replay(ReplayRequest(path: desk.folder.path + "/tickets.jsonl"))
        #expect(first.confidence == untaught.tickets[0].confidence)
        #expect(first.cited == untaught.tickets[0].cited)
        #expect(untaught.unknownToBase == 9)
        #expect(try replay().unknownToBase == 0)
        #expect(try replay().tickets.last?.cited == "articles/copper.md")
    }

    @Test func `a replay says what a question as of that moment is told`() throws {
        export((0..<8).map { ("t\($0)", $0, $0 % 2 == 0 ? "copper" : nil) })
        try desk.ingest(nil, desk.folder.path + "/tickets.jsonl")
        let report = try replay()
        var answers: [Answer] = []
        let questions = report.tickets.map {
            Question(id: $0.id, text: "", subject: "where is the zebra", askedAt: $0.askedAt)
        }
        try desk.engine().answer(questions, options: SearchOptions(), log: false) { answers.append($0) }
        #expect(report.tickets.map(\.confidence) == answers.map(\.confidence))
        #expect(report.tickets.map(\.action) == answers.map(\.action))
        #expect(report.tickets.map(\.reasons) == answers.map { $0.reasons.map(\.code) })
    }

    @Test func `nothing in the base changes`() throws {
        export((0..<6).map { ("t\($0)", $0, "copper") })
        try desk.ingest(nil, desk.folder.path + "/tickets.jsonl")
        let engine = try desk.engine()
        let count = { try engine.store.pool.read { try $0.totalRows() } }
        let before = try count()
        let request = ReplayRequest(path: desk.folder.path + "/tickets.jsonl")
        _ = try engine.replay(request)
        #expect(try count() == before)
    }

    @Test func `every number names its tickets, and bands, actions and verdicts each cut all of them once`() throws {
        export((0..<9).map { ("t\($0)", $0, $0 % 3 == 0 ? "copper" : $0 % 3 == 1 ? "harbour" : nil) })
        let report = try replay()
        let lists = Dictionary(uniqueKeysWithValues: report.lists.map { ($0.name, $0.tickets) })
        func cuts(_ names: [String]) -> Bool { names.flatMap { lists[$0]! }.sorted() == Array(0..<9) }
        #expect(cuts(["sent", "drafted", "handed_over"]))
        #expect(cuts(["linked", "unknown"]))
        #expect(cuts(["band.auto", "band.draft", "band.human"]))
        for row in report.bands {
            // Few unknown ones: the review offered is one of all of them.
            #expect(row.reviews.map(\.count) == (row.unknown.isEmpty ? [] : [row.unknown.count]))
        }
        for row in report.bands { #expect((row.right + row.wrong + row.unknown).sorted() == row.tickets) }
        #expect(report.bins.flatMap { $0 }.sorted() == lists["linked"])
        #expect(report.reliability.count == 6)
    }

    @Test func `a span of time, and what is left out is counted`() throws {
        export((0..<6).map { ("t\($0)", $0, nil) })
        let report = try replay {
            $0.since = try? Date("2025-01-12T00:00:00Z", strategy: .iso8601)
            $0.until = try? Date("2025-01-14T00:00:00Z", strategy: .iso8601)
        }
        #expect(report.tickets.map(\.id) == ["t2", "t3"])
        #expect(report.leftOut == ["at another time": 4])
    }

    @Test func `personal data does not reach the report`() throws {
        export([("a", 0, nil)], subject: "write to jane.miller@mail.org please")
        #expect(try !replay().tickets[0].title.contains("jane.miller"))
    }

    /// Of a shop that answers at length: `answerable` alone would say of each that an article may answer.
    @Test(arguments: [0.01, 0.5]) func `the gaps of the replay are those of the gap report`(share: Double) throws {
        desk.folder.write("kb.yaml", "calibration:\n  assumed_answerable_share: \(share)\n")
        let answer =
            "The lantern of the giraffe cannot be lit by a client today because the copper of the edition is too old, so it "
            + "waits for the third edition of it in the harbour."
        func line(_ id: String, _ day: Int, _ subject: String, _ reply: String) -> String {
            #"{"id": "\#(id)", "created_at": "2025-01-\#(day)T00:00:00Z", "requester": "\#(id)", "subject": "\#(subject)", "comments": [{"id": "1", "created_at": "2025-01-\#(day)T05:00:00Z", "author": "agent", "body": "\#(reply)"}]}"#
        }
        var lines: [String] = []
        for i in 0..<4 {
            lines.append(line("g\(i)", 10 + i, "how do i open the lantern of the giraffe \(i)", "\(i): \(answer)"))
            // Settled by hand: no article would have helped.
            lines.append(line("h\(i)", 21 + i, "please raise the edition of my lantern \(i)", "I have raised it."))
            lines.append(line("z\(i)", 15 + i, "where is the zebra \(i)", "https://help.example/harbour"))
        }
        desk.folder.write("tickets.jsonl", lines.joined(separator: "\n"))
        try desk.ingest(nil, desk.folder.path + "/tickets.jsonl")
        let report = try replay()
        let replayed = report.gaps.map { Set($0.map { report.tickets[$0].id }) }
        #expect(replayed == [["g0", "g1", "g2", "g3"]])
        var request = GapRequest()
        request.since = try Date("2025-01-01T00:00:00Z", strategy: .iso8601)
        request.until = try Date("2025-02-01T00:00:00Z", strategy: .iso8601)
        #expect(try desk.engine().gaps(request).gaps.map { Set($0.questions.map(\.id)) } == replayed)
    }

    @Test func `a review of the unknown draws the same ones each time and passes over those judged`() throws {
        export((0..<8).map { ("t\($0)", $0, $0 < 2 ? "copper" : nil) })
        let engine = try desk.engine()
        let request = ReplayRequest(path: desk.folder.path + "/tickets.jsonl")
        #expect(throws: KnowledgeBaseError.self) { try engine.unknownOfReplay(3, band: nil) }
        engine.keep(try engine.replay(request), of: request)
        let first = try engine.unknownOfReplay(3, band: nil)
        #expect(first.count == 3)
        #expect(try engine.unknownOfReplay(3, band: nil) == first)
        try engine.mark(first[0].answerID, .right, shouldBe: nil, note: nil)
        let rest = try engine.unknownOfReplay(3, band: nil)
        #expect(!rest.contains { $0.answerID == first[0].answerID })
    }

    @Test func `an answer that the replay gave counts when the same customer asks again`() throws {
        // Everything is drafted: so each customer has had an answer before the second question.
        desk.folder.write("policy.yaml", "bands:\n  auto: 0.9\n  draft: 0.0\n")
        desk.folder.write(
            "tickets.jsonl",
            [
                ("a", 10, "jane"), ("b", 12, "Jane "), ("c", 13, "omar"), ("d", 28, "jane"),
                ("e", 29, "ann@lee.org"), ("f", 30, "Ann <Ann@Lee.org>"),
            ].map { id, day, customer in
                #"{"id": "\#(id)", "created_at": "2025-01-\#(day)T00:00:00Z", "subject": "where is the zebra", "requester": "\#(customer)"}"#
            }.joined(separator: "\n"))
        let again = try replay().tickets.map { $0.reasons.contains("asked_again") }
        #expect(again == [false, true, false, false, false, true])
    }

    @Test func `a review of an unknown ticket shows in the next replay`() throws {
        export((0..<4).map { ("t\($0)", $0, $0 == 0 ? "copper" : nil) })
        let engine = try desk.engine()
        let request = ReplayRequest(path: desk.folder.path + "/tickets.jsonl")
        engine.keep(try engine.replay(request), of: request)
        let item = try engine.unknownOfReplay(1, band: nil)[0]
        try engine.mark(item.answerID, .wrong, shouldBe: nil, note: nil)
        let reviewed = try engine.replay(request).bands.flatMap(\.reviewedWrong)
        #expect(!reviewed.isEmpty)
        #expect(try engine.replay(request).bands.allSatisfy { $0.reviewedRight.isEmpty })
    }

    @Test func `what a person has reviewed is known: fewer are unknown and the bounds are narrower`() throws {
        desk.folder.write(
            "tickets.jsonl",
            (0..<40).map {
                #"{"id": "t\#($0)", "created_at": "2025-01-10T00:00:\#($0 + 10)Z", "subject": "where is the zebra \#($0)"}"#
            }.joined(separator: "\n"))
        let engine = try desk.engine()
        let request = ReplayRequest(path: desk.folder.path + "/tickets.jsonl")
        let first = try engine.replay(request)
        engine.keep(first, of: request)
        let band = try #require(first.bands.first { $0.unknown.count == 40 })
        #expect(band.reviewedInterval == 0...1)
        let items = try engine.unknownOfReplay(30, band: band.band)
        for (place, item) in items.enumerated() {
            try engine.mark(item.answerID, place < 20 ? .right : .wrong, shouldBe: nil, note: nil)
        }
        let again = try engine.replay(request)
        let row = try #require(again.bands.first { $0.band == band.band })
        #expect(row.unknown.count == 10 && row.reviewedRight.count == 20 && row.reviewedWrong.count == 10)
        #expect(again.unknown.count == 10 && again.reviewed.count == 30)
        #expect(row.bounds == 0.5...0.75)
        #expect(row.reviewedInterval == ExactBinomial.interval(20, of: 30))
        // What further reviews would tell builds on those there are.
        let mean = row.unknown.reduce(0) { $0 + again.tickets[$1].confidence } / 10
        #expect(row.reviews.map(\.count) == [10])
        #expect(row.reviews[0].interval == ExactBinomial.interval(20 + Int((10 * mean).rounded()), of: 40))
        // The next draw is of those that nobody has judged.
        engine.keep(again, of: request)
        #expect(try engine.unknownOfReplay(29, band: band.band).count == 10)
    }

    @Test func `a verdict is on the question and the article, and holds when the article's words change`() throws {
        export([("a", 1, nil)])
        let engine = try desk.engine()
        let request = ReplayRequest(path: desk.folder.path + "/tickets.jsonl")
        engine.keep(try engine.replay(request), of: request)
        let item = try engine.unknownOfReplay(1, band: nil)[0]
        let cited = try #require(item.document)
        let other = cited.contains("copper") ? "articles/harbour.md" : "articles/copper.md"
        try engine.mark(item.answerID, .wrong, shouldBe: other, note: nil)
        for place in ["harbour", "copper"] {
            desk.article("\(place).md", "# \(place.capitalized)\n\nOf the \(place) is the zebra, where it is.\n")
        }
        try desk.ingest(engine)
        let ticket = try engine.replay(request).tickets[0]
        #expect(ticket.isRight == (ticket.cited == other))
    }
}
