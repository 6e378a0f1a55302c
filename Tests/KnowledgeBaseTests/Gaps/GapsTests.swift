import FoundationEssentials
import GRDB
import TestSupport
import Testing

@testable import KnowledgeBase

/// Gaps through the whole engine. The share of answerable questions is set so low that every question is a signal.
@Suite struct GapsTests {
    let desk = Desk()
    private let request: GapRequest = {
        var request = GapRequest()
        request.since = Date(timeIntervalSince1970: 1_735_689_600)  // 2025-01-01
        request.until = Date(timeIntervalSince1970: 1_738_368_000)  // 2025-02-01
        return request
    }()

    init() throws {
        desk.folder.write("kb.yaml", "calibration:\n  assumed_answerable_share: 0.01\n")
        desk.article(
            "harbour.md", "---\nurl: https://help.example/harbour\n---\n# Harbour\n\nThe zebra is in the harbour.\n")
        try desk.ingest()
    }

    private func tickets(_ count: Int, customers: Int = 5, reply: String? = nil, link: Bool = false) throws {
        let body =
            reply
            ?? "The lantern of the giraffe cannot be lit by a client today because the copper of the edition is too old, so it "
            + "waits for the third edition of it in the harbour, call jane.roe@mail.example-corp.com for more."
        desk.folder.write(
            "tickets.jsonl",
            (0..<count).map { i in
                let text =
                    body.split(separator: "\n").joined(separator: "\\n") + (link ? " https://help.example/harbour" : "")
                return
                    #"{"id": "t\#(i)", "created_at": "2025-01-\#(10 + i)T00:00:00Z", "requester": "c\#(i % customers)", "subject": "how do i open the lantern of the giraffe \#(i)", "comments": [{"id": "1", "created_at": "2025-01-\#(10 + i)T05:00:00Z", "author": "agent", "body": "\#(i): \#(text)"}]}"#
            }.joined(separator: "\n"))
        try desk.ingest(nil, desk.folder.path + "/tickets.jsonl") { $0.allowRemovals = true }
    }

    /// Tickets of as many customers that nobody has replied to.
    private func unanswered(_ subjects: [String]) throws {
        desk.folder.write(
            "tickets.jsonl",
            subjects.enumerated().map { i, subject in
                #"{"id": "t\#(i)", "created_at": "2025-01-\#(10 + i)T00:00:00Z", "requester": "c\#(i)", "subject": "\#(subject)"}"#
            }.joined(separator: "\n"))
        try desk.ingest(nil, desk.folder.path + "/tickets.jsonl")
    }

    @Test func `like questions that agents answered without an article are one gap`() throws {
        try tickets(4)
        let report = try desk.engine().gaps(request)
        let gap = try #require(report.gaps.first)
        #expect(report.gaps.count == 1)
        #expect(report.new == [gap.id])
        #expect(report.changes == "1 new")
        #expect(gap.count == 4 && gap.customers == 4)
        #expect(Set(gap.questions.map(\.id)) == ["t0", "t1", "t2", "t3"])
        #expect(gap.trend.reduce(0, +) == 4)
        #expect(gap.terms.contains { $0.contains("lantern") })
        #expect(gap.nearest?.document == "articles/harbour.md")
        #expect(gap.nearest?.missingTerms.contains { $0.contains("lantern") } == true)
        #expect(!gap.replies.isEmpty)
        #expect(!gap.replies.contains { $0.text.contains("jane.roe") })
        #expect(gap.firstSeen < gap.lastSeen)
    }

    /// Every question has an answer here, so only what agents said can make a gap.
    @Test(arguments: [(14, false), (30, true)], [true, false])
    func `an article that agents contradict by its number is a gap, though it answers`(
        _ said: (days: Int, isGap: Bool), atLength: Bool
    ) throws {
        let (days, isGap) = said
        desk.folder.write("kb.yaml", "calibration:\n  assumed_answerable_share: 0.99\n")
        desk.article(
            "giraffe.md",
            "# The lantern of the giraffe\n\nA lantern of the giraffe is delivered within 14 days of the order.\n")
        try desk.ingest()
        try tickets(
            4,
            reply: "A lantern of the giraffe is delivered within \(days) days of the order. "
                + (atLength
                    ? "The copper comes by ship and the ship waits for the third edition in the harbour of the zebra."
                    : ""))
        let report = try desk.engine().gaps(request)
        #expect(report.gaps.map(\.kind) == (isGap ? [.stale] : []))
        if isGap { #expect(report.gaps.first?.evidence.contains("giraffe.md") == true) }
    }

    @Test
    func `an article that is only put in other words, or changed to a third number, stays stale; a mended one closes`()
        throws
    {
        desk.folder.write("kb.yaml", "calibration:\n  assumed_answerable_share: 0.99\n")
        func article(_ sentence: String) throws {
            desk.article("giraffe.md", "# The lantern of the giraffe\n\n\(sentence)\n")
            try desk.ingest()
        }
        try article("A lantern of the giraffe is delivered within 14 days of the order.")
        try tickets(4, reply: "A lantern of the giraffe is delivered within 30 days of the order.")
        let id = try #require(try desk.engine().gaps(request).gaps.first).id
        func state() throws -> Gap.State { try desk.engine().gap(id).gap.state }
        try article("Every lantern of a giraffe is delivered within 14 days of its order.")
        #expect(try state() == .open)
        try article("A lantern of the giraffe is delivered within 20 days of the order.")
        #expect(try state() == .open)
        try article("A lantern of the giraffe is delivered within 30 days of the order.")
        #expect(try state() == .closed)
        try article("A lantern of the giraffe is delivered within 21 days of the order.")
        #expect(try state() == .reopened)
    }

    @Test func `two articles that disagree on what is asked are a gap, though either answers`() throws {
        desk.folder.write("kb.yaml", "calibration:\n  assumed_answerable_share: 0.99\n")
        desk.article(
            "giraffe.md", "# The lantern of the giraffe\n\nA lantern of the giraffe is delivered within 14 days.\n")
        desk.article("lantern.md", "# Lantern of a giraffe\n\nA lantern of the giraffe is delivered within 40 days.\n")
        try desk.ingest()
        try unanswered((0..<4).map { "when is the lantern of the giraffe delivered \($0)" })
        let report = try desk.engine().gaps(request)
        #expect(report.gaps.map(\.kind) == [.contradictory])
    }

    @Test func `greetings are no signals`() throws {
        try unanswered(["Hello", "hi there", "thanks!!", "Good morning"])
        let report = try desk.engine().gaps(request)
        #expect(report.gaps.isEmpty && report.leftOut["only a greeting or thanks"] == 4)
    }

    @Test func `without quotes no name is left in titles and terms`() throws {
        try unanswered((0..<4).map { "my telescope waits for Kunigunde at the quay \($0)" })
        var plain = request
        #expect(try desk.engine().gaps(plain).gaps.first?.terms.contains { $0.contains("Kunigunde") } == true)
        plain.withoutQuotes = true
        let gap = try #require(try desk.engine().gaps(plain).gaps.first)
        let text = "\(gap)"
        #expect(!text.contains("Kunigunde") && gap.terms.contains { $0.contains("telescope") } && !gap.title.isEmpty)
    }

    @Test func `where nothing was asked in the last 90 days all that is known is looked at, by night too`() throws {
        try tickets(4)
        var plain = GapRequest()
        let later = try desk.engine(at: "2026-11-29T00:00:00Z")
        plain.isDelivery = true
        let first = try later.gaps(plain)
        #expect(first.gaps.map(\.count) == [4] && first.isNews)
        try later.markDelivered(first)
        #expect(try later.gaps(plain).isNews == false)
        plain.isDelivery = false
        #expect(try later.gaps(plain).gaps.map(\.count) == [4])
    }

    @Test func `again nothing has changed; with more questions it is the same gap and grew`() throws {
        try tickets(4)
        let first = try desk.engine().gaps(request)
        let second = try desk.engine().gaps(request)
        #expect(second.changes == "nothing changed since the last report")
        #expect(second.gaps == first.gaps)
        try tickets(7)
        let third = try desk.engine().gaps(request)
        #expect(third.gaps.map(\.id) == first.gaps.map(\.id))
        #expect(third.grew == first.gaps.map(\.id))
        #expect(third.gaps.first?.count == 7)
    }

    @Test func `a gap stands until it is closed or dismissed, whatever else is asked`() throws {
        try tickets(4)
        let engine = try desk.engine()
        let id = try #require(try engine.gaps(request).gaps.first).id
        // Now every one of its questions is held for answered.
        desk.folder.write("kb.yaml", "calibration:\n  assumed_answerable_share: 0.99\n")
        try desk.engine().store.pool.write { try $0.execute(sql: "DELETE FROM judgement; DELETE FROM calibration") }
        let later = try desk.engine().gaps(request)
        #expect(later.gaps.map(\.id) == [id] && later.standing == [id])
        var elsewhere = request
        (elsewhere.since, elsewhere.until) = (request.until, request.until!.addingTimeInterval(86_400))
        #expect(try desk.engine().gaps(elsewhere).gaps.isEmpty)
        try desk.engine().dismissGap(id, until: nil)
        let none = try desk.engine().gaps(request)
        #expect(none.gaps.isEmpty && none.dismissed == 1)
        elsewhere.states = [.dismissed]
        #expect(try desk.engine().gaps(elsewhere).gaps.map(\.id) == [id])
    }

    @Test func `a disagreement is settled when its sentence is gone, and comes back with it`() throws {
        try tickets(4)
        let engine = try desk.engine()
        var other = GapLookup()
        _ = try engine.gaps(request)
        other.stale = GapConflict(
            what: "a place", document: "articles/harbour.md", title: "Harbour", line: 5,
            sentence: "The zebra is in the harbour.", other: "t1", otherSentence: "the zebra is in the meadow", votes: 2
        )
        let text = try JSONText.encode(other)
        try engine.store.pool.write { try $0.execute(sql: "UPDATE gap_lookup SET lookup = ?", arguments: [text]) }
        let gap = try #require(try engine.gaps(request).gaps.first)
        #expect(gap.kind == .stale)
        func write(_ place: String) throws -> (closed: [String], reopened: [String]) {
            desk.article(
                "harbour.md",
                "---\nurl: https://help.example/harbour\n---\n# Harbour\n\nThe zebra is in the \(place).\n")
            try desk.ingest()
            let state = try desk.engine().gap(gap.id).gap.state
            return (state == .closed ? [gap.id] : [], state == .reopened ? [gap.id] : [])
        }
        #expect(try write("meadow").closed == [gap.id])
        #expect(try desk.engine().gap(gap.id).events.last?.detail.contains("no longer says") == true)
        #expect(try write("harbour").reopened == [gap.id])
    }

    @Test func `what was wrong of an article's text says nothing of the text that came after it`() throws {
        let question = Question(text: "where is the zebra in the harbour")
        func answer() throws -> Answer {
            var answers: [Answer] = []
            try desk.engine().answer([question], options: SearchOptions(), log: true) { answers.append($0) }
            return answers[0]
        }
        desk.article("meadow.md", "# Meadow\n\nThe meadow is beside the harbour, without any zebra.\n")
        try desk.ingest()
        #expect(try answer().shares.max { $0.value < $1.value }?.key == "articles/harbour.md")
        try desk.engine().mark(try answer().answerID, .wrong, shouldBe: nil, note: nil)
        #expect(try answer().shares.max { $0.value < $1.value }?.key != "articles/harbour.md")
        desk.article(
            "harbour.md", "---\nurl: https://help.example/harbour\n---\n# Harbour\n\nThe zebra is in the old harbour.\n"
        )
        try desk.ingest()
        #expect(try answer().shares.max { $0.value < $1.value }?.key == "articles/harbour.md")
    }

    @Test func `what was found beside a gap is kept while nothing it depends on changes`() throws {
        try tickets(4)
        let engine = try desk.engine()
        func digests() throws -> [String] {
            try engine.store.pool.read { try String.fetchAll($0, sql: "SELECT digest FROM gap_lookup") }
        }
        let first = try engine.gaps(request).gaps
        let kept = try digests()
        #expect(kept.count == 1)
        // What stands there is taken, not found again…
        var other = GapLookup()
        other.contradictory = GapConflict(
            what: "a number", document: "articles/harbour.md", title: "Harbour", line: 1, sentence: "one", other: "x:1",
            otherSentence: "two", votes: 2)
        let text = try JSONText.encode(other)
        try engine.store.pool.write { try $0.execute(sql: "UPDATE gap_lookup SET lookup = ?", arguments: [text]) }
        #expect(first.first?.kind != .contradictory)
        #expect(try engine.gaps(request).gaps.first?.kind == .contradictory)
        #expect(try digests() == kept)
        // … until somebody answers otherwise.
        try tickets(
            4, reply: "The zebra is in the harbour, and each of the clients that have asked was told so in May.")
        let second = try desk.engine().gaps(request).gaps
        #expect(second.map(\.id) == first.map(\.id))
        #expect(second.first?.kind == first.first?.kind)
        #expect(try digests().count == 2)
    }

    @Test func `a dismissed gap stays away until it has grown by the factor`() throws {
        try tickets(4)
        let id = try desk.engine().gaps(request).gaps[0].id
        try desk.engine().dismissGap(id, until: 2)
        try tickets(7)
        #expect(try desk.engine().gaps(request).gaps.isEmpty)
        try tickets(8)
        let report = try desk.engine().gaps(request)
        #expect(report.gaps.map(\.id) == [id])
        #expect(report.reopened == [id] && report.gaps.first?.state == .reopened)
        let story = try desk.engine().gap(id).events.map(\.what)
        #expect(story == ["opened", "dismissed", "reopened"])
    }

    @Test func `an article that was edited is judged anew, and the proof counts it as changed`() throws {
        try tickets(4)
        let engine = try desk.engine()
        _ = try engine.gaps(request)
        let state = try engine.judgementState()
        desk.article(
            "harbour.md", "---\nurl: https://help.example/harbour\n---\n# Harbour\n\nOpen the lantern of the giraffe.\n"
        )
        try desk.ingest()
        #expect(try engine.judgementState() != state)
    }

    @Test func `one customer's questions, linked ones, requests and things settled by hand are no gaps`() throws {
        try tickets(4, customers: 1)
        #expect(try desk.engine().gaps(request).gaps.isEmpty)
        try tickets(4, link: true)
        #expect(try desk.engine().gaps(request).gaps.isEmpty)
        try tickets(4, reply: "Could you please send us the code that you see on the page?")
        let asked = try desk.engine().gaps(request)
        #expect(asked.gaps.isEmpty && asked.leftOut == ["only asked for information": 4])
        try tickets(
            4, reply: "I have reset your password and removed the second client from your page, please open it.")
        #expect(try desk.engine().gaps(request).leftOut == ["settled by hand for one customer": 4])
        try tickets(3)
        #expect(try desk.engine().gaps(request).gaps.count == 1)
    }

    @Test func `what one customer asks again in nearly the same words counts once`() throws {
        try tickets(4, customers: 2)
        #expect(try desk.engine().gaps(request).gaps.isEmpty, "four questions, two of each customer")
        try tickets(4, customers: 3)
        #expect(try desk.engine().gaps(request).gaps.first?.count == 4)
    }

    @Test func `three nights in a row keep the ids, and what was dismissed does not return`() throws {
        func night(_ day: Int, lanterns: Int, zebras: Int) throws -> GapReport {
            func ticket(_ id: String, _ day: Int, _ subject: String) -> String {
                #"{"id": "\#(id)", "created_at": "2025-01-\#(day)T00:00:00Z", "requester": "\#(id)", "subject": "\#(subject)", "comments": [{"author": "agent", "created_at": "2025-01-\#(day)T05:00:00Z", "body": "\#(id): the copper of the edition is too old for a client of ours, so it waits for the third one, please read the page of it in the meantime or call."}]}"#
            }
            desk.folder.write(
                "tickets.jsonl",
                ((0..<lanterns).map { ticket("l\($0)", 10 + $0, "how do i open the lantern of the giraffe \($0)") }
                    + (0..<zebras).map { ticket("z\($0)", 10 + $0, "password reset email code number \($0)") })
                    .joined(separator: "\n"))
            try desk.ingest(nil, desk.folder.path + "/tickets.jsonl")
            var request = request
            request.until = Date(timeIntervalSince1970: 1_735_689_600 + Double(day) * 86_400)
            return try desk.engine().gaps(request)
        }
        let first = try night(15, lanterns: 4, zebras: 4)
        #expect(first.gaps.count == 2)
        let away = try #require(first.gaps.first { $0.questions.contains { $0.id.hasPrefix("z") } }).id
        let stays = try #require(first.gaps.first { $0.id != away }).id
        try desk.engine().dismissGap(away, until: nil)
        let second = try night(17, lanterns: 6, zebras: 6)
        #expect(second.gaps.map(\.id) == [stays] && second.new.isEmpty && second.grew == [stays])
        let third = try night(18, lanterns: 7, zebras: 7)
        #expect(third.gaps.map(\.id) == [stays] && third.new.isEmpty && third.reopened.isEmpty)
        #expect(third.gaps.first?.count == 7)
    }

    @Test func `reports of two bases give one person two pseudonyms, of one base one`() throws {
        let other = GapsTests.pseudonym(in: try Self())
        try tickets(4)
        let own = try desk.engine().gaps(request).gaps[0].replies.compactMap(Self.pseudonym)
        #expect(own.count > 1 && Set(own).count == 1)
        #expect(try #require(other) != own[0])
    }

    private static func pseudonym(in test: GapsTests) -> String? {
        guard (try? test.tickets(4)) != nil else { return nil }
        return (try? test.desk.engine().gaps(test.request).gaps.first?.replies.first).flatMap { $0 }.flatMap(pseudonym)
    }

    private static func pseudonym(_ reply: Gap.Reply) -> String? {
        guard let start = reply.text.firstRange(of: "<email ") else { return nil }
        return String(reply.text[start.upperBound...].prefix { $0 != ">" })
    }

    @Test func `what was dismissed is taken up again only when that is said`() throws {
        try tickets(4)
        let engine = try desk.engine()
        let id = try engine.gaps(request).gaps[0].id
        try engine.dismissGap(id, until: nil)
        #expect(throws: KnowledgeBaseError.self) { try engine.acknowledgeGap(id) }
        #expect(try engine.gap(id).gap.state == .dismissed)
        try engine.acknowledgeGap(id, reopening: true)
        #expect(try engine.gap(id).gap.state == .acknowledged)
    }

    @Test func `a look takes no news from what is delivered, and a narrower window makes nothing grow`() throws {
        try tickets(5)
        var delivery = request
        delivery.isDelivery = true
        let engine = try desk.engine()
        let first = try engine.gaps(request)
        #expect(first.new.count == 1)
        #expect(try engine.gaps(request).new.isEmpty)
        let told = try engine.gaps(delivery)
        #expect(told.new == first.new)
        #expect(try engine.gaps(delivery).isNews, "it was not delivered yet")
        try engine.markDelivered(told)
        #expect(try engine.gaps(delivery).isNews == false)
        var narrow = request
        narrow.until = Date(timeIntervalSince1970: 1_736_726_400)  // 2025-01-13: three of the five
        #expect(try engine.gaps(narrow).gaps.first?.count == 3)
        let again = try engine.gaps(request)
        #expect(again.gaps.first?.count == 5 && !again.isNews)
        #expect(try engine.answeredHistory().isEmpty, "a window of one's own is not one of the days")
    }

    @Test func `what is forgotten leaves a gap, which keeps its id and what people said`() throws {
        try tickets(5)
        let engine = try desk.engine()
        let id = try engine.gaps(request).gaps[0].id
        try engine.noteGap(id, "asked the developers")
        let report = try engine.forget(ticket: "t0")
        #expect(report.gaps == 1)
        let (gap, events) = try engine.gap(id)
        #expect(
            gap.count == 4 && !gap.questions.contains { $0.id == "t0" } && !gap.replies.contains { $0.ticket == "t0" })
        #expect(events.contains { $0.detail == "asked the developers" })
        #expect(try engine.gaps(request).gaps.map(\.id) == [id])
    }

    @Test func `what people say stays, and is told`() throws {
        try tickets(4)
        let engine = try desk.engine()
        let id = try engine.gaps(request).gaps[0].id
        try engine.acknowledgeGap(id)
        try engine.assignGap(id, to: "rosa")
        try engine.noteGap(id, "asked the developers")
        let gap = try engine.gaps(request).gaps[0]
        #expect(gap.state == .acknowledged && gap.assignee == "rosa")
        #expect(try engine.gap(id).events.map(\.what) == ["opened", "acknowledged", "assigned", "note"])
        #expect(throws: KnowledgeBaseError.self) { try engine.gap("g_nosuch") }
    }

    @Test func `logged questions count, each ticket once, and no quotes means no quotes`() throws {
        try tickets(2)
        let engine = try desk.engine()
        var questions = (0..<3).map { Question(text: "how do i open the lantern of the giraffe please \($0)") }
        questions.append(Question(id: "t1", text: "how do i open the lantern of the giraffe 1"))
        for i in questions.indices {
            questions[i].askedAt = Date(timeIntervalSince1970: 1_737_000_000)
            questions[i].customer = "d\(i)"
        }
        try engine.answer(questions, options: SearchOptions(), log: true) { _ in }
        var request = request
        request.withoutQuotes = true
        let report = try engine.gaps(request)
        #expect(report.questions == 5)
        let gap = try #require(report.gaps.first)
        #expect(gap.count == 5)
        #expect(gap.representative.isEmpty && gap.replies.isEmpty && gap.questions.allSatisfy { $0.text.isEmpty })
    }
}
