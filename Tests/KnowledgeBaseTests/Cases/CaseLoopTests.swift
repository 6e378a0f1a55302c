import Embedding
import FoundationEssentials
import GRDB
import TestSupport
import Testing

@testable import KnowledgeBase

/// The loop on a real base with the tiny encoder.
struct CaseLoopTests {
    private let desk = Desk()

    private func engine(at time: String) throws -> Engine { try desk.engine(at: time) }

    private func form(_ message: String, email: String = "ann@lee.org", subject: String = "zebra", at: String) -> String
    {
        #"{"email":"\#(email)","subject":"\#(subject)","message":"\#(message)","created_at":"\#(at)"}"#
    }

    @discardableResult
    private func intake(_ lines: String..., at: String = "2026-03-02T12:00:00Z") throws -> IntakeReport {
        try engine(at: at).intake([.bytes(Array(lines.joined(separator: "\n").utf8), name: "in")])
    }

    @discardableResult
    private func run(_ id: String? = nil, at: String) throws -> [CaseRun] {
        var runs: [CaseRun] = []
        try engine(at: at).runCases(id) { runs.append($0) }
        return runs
    }

    private func ticket(_ comments: String, id: String = "7", more: String = "") -> String {
        #"{"id":"\#(id)","created_at":"2026-03-02T09:00:00Z","subject":"the zebra","description":"How do I find the zebra?"\#(more),"comments":[\#(comments)]}"#
    }

    private func comment(_ id: Int, _ author: String, _ body: String, at: String, more: String = "") -> String {
        #"{"id":"\#(id)","created_at":"\#(at)","author":"\#(author)","body":"\#(body)"\#(more)}"#
    }

    @Test func `the same message twice changes nothing`() throws {
        let line = form("Where is the zebra?", at: "2026-03-02T09:00:00Z")
        let first = try intake(line)
        #expect(first.opened.count == 1 && first.messages == 1)
        let before = try engine(at: "2026-03-02T12:00:00Z").journal().count
        let second = try intake(line)
        #expect(second.opened == [] && second.unchanged == 1 && second.messages == 0)
        #expect(try engine(at: "2026-03-02T12:00:00Z").journal().count == before)
    }

    @Test func `a burst of messages is one case and one request`() throws {
        try desk.zebras()
        try intake(
            form("Where is the zebra?", at: "2026-03-02T09:00:00Z"),
            form("I mean the one of copper", subject: "oh", at: "2026-03-02T09:02:00Z"))
        let runs = try run(at: "2026-03-02T10:00:00Z")
        #expect(runs.count == 1)
        let story = try engine(at: "2026-03-02T12:00:00Z").caseStory(runs[0].id)
        #expect(story.messages.filter { $0.author == .customer }.count == 2)
        // One request, so one answer or handoff.
        #expect(story.outbox.filter { $0.recipient == "customer" }.count <= 1)
        // Much later it is another matter.
        try intake(form("The zebra has gone", subject: "else", at: "2026-03-05T09:00:00Z"))
        #expect(try engine(at: "2026-03-05T12:00:00Z").cases().count == 2)
    }

    @Test func `whoever asks for a person gets one, and both are told`() throws {
        try desk.zebras()
        try intake(form("I want to talk to a human please", at: "2026-03-02T09:00:00Z"))
        let run = try #require(try run(at: "2026-03-02T10:00:00Z").first)
        #expect(run.action == .handoff && run.state == .waitingExpert && run.owner.isHuman)
        #expect(run.decision.trigger.code == "asked_for_person")
        let story = try engine(at: "2026-03-02T12:00:00Z").caseStory(run.id)
        #expect(story.outbox.map(\.kind).sorted() == ["tell_customer", "tell_person"])
        #expect(story.journal.map(\.kind) == ["opened", "customer_wrote", "handed_over", "handoff"])
        // Run again: nothing waits.
        #expect(try self.run(at: "2026-03-02T10:05:00Z").isEmpty)
        #expect(throws: KnowledgeBaseError.self) { try self.run(run.id, at: "2026-03-02T10:05:00Z") }
    }

    @Test func `an export's thread becomes a case with a witness, and a word after it a new episode`() throws {
        let thread = [
            comment(
                1, "agent",
                "Please look in the harbour, there it is, behind the blue boats on the left side of the pier where the old crane stands.",
                at: "2026-03-02T10:00:00Z"),
            comment(2, "requester", "Thank you, that solved it!", at: "2026-03-02T11:00:00Z"),
        ]
        try intake(ticket(thread[0]))
        #expect(try engine(at: "2026-03-02T12:00:00Z").cases()[0].state == .resolvedProposed)
        let second = try intake(ticket(thread.joined(separator: ",")))
        #expect(second.continued == ["7"] && second.messages == 1)
        var item = try engine(at: "2026-03-02T12:00:00Z").cases()[0]
        #expect(item.state == .resolvedConfirmed && item.witness == "customer")
        let again = comment(3, "requester", "It is gone again, where is it now?", at: "2026-03-04T11:00:00Z")
        try intake(ticket((thread + [again]).joined(separator: ",")))
        item = try engine(at: "2026-03-04T12:00:00Z").cases()[0]
        #expect(item.state == .open && item.episode == 2 && item.owner == .kb && item.witness == nil)
        let report = try engine(at: "2026-03-04T12:00:00Z").caseReport()
        #expect(report.reopened == ["7"] && report.confirmed == [])
    }

    @Test func `a colleague's mail in copy is recorded and moves nothing`() throws {
        let more = #","requester_id":5,"users":[]"#
        let other = comment(
            1, "requester", "Thanks, that solved it", at: "2026-03-02T10:00:00Z", more: #","author_id":9"#)
        try intake(ticket(other, more: more))
        let story = try engine(at: "2026-03-02T12:00:00Z").caseStory("7")
        #expect(story.item.state == .new)
        #expect(story.messages.map(\.author) == [.customer, .participant])
    }

    @Test func `approving a draft sends it once and marks the answer right; the customer's yes confirms it`() throws {
        try desk.zebras()
        // Any confidence will do, so that there is a draft.
        desk.folder.write(
            "policy.yaml",
            "bands: {auto: 1.0, draft: 0.0}\ntriggers:\n  sensitive_topic: {on: false}\n  ambiguity: {on: false}\ndesk:\n  teams: {support: [lena]}\n"
        )
        try intake(form("Where is the zebra of the harbour?", at: "2026-03-02T09:00:00Z"))
        let drafted = try #require(try run(at: "2026-03-02T10:00:00Z").first)
        #expect(drafted.action == .draft && drafted.state == .open && drafted.owner == .person("lena"))
        let id = drafted.id
        let approved = try engine(at: "2026-03-02T11:00:00Z").approve(id, by: nil)
        #expect(approved.state == .resolvedProposed && approved.decision?.verdict == "right")
        #expect(throws: KnowledgeBaseError.self) { try engine(at: "2026-03-02T11:01:00Z").approve(id, by: nil) }
        let marks = try engine(at: "2026-03-02T12:00:00Z").marks()
        #expect(marks.count == 1 && marks[0].verdict == .right && marks[0].document?.hasSuffix("harbour.md") == true)
        #expect(try engine(at: "2026-03-02T12:00:00Z").outbox().filter { $0.kind == "reply" }.count == 1)
        let done = try engine(at: "2026-03-02T13:00:00Z").confirm(id, note: nil)
        #expect(done.state == .resolvedConfirmed)
        let report = try engine(at: "2026-03-03T12:00:00Z").caseReport()
        #expect(report.confirmed == [id] && report.confirmedBy == ["both": [id]])
        #expect(report.firstResponse.median == 2 && report.resolution.median == 4)
    }

    @Test func `rejecting a draft marks it wrong and hands over`() throws {
        try desk.zebras()
        desk.folder.write("policy.yaml", "bands: {auto: 1.0, draft: 0.0}\ntriggers:\n  sensitive_topic: {on: false}\n")
        try intake(form("Where is the zebra of the harbour?", at: "2026-03-02T09:00:00Z"))
        let id = try #require(try run(at: "2026-03-02T10:00:00Z").first).id
        let item = try engine(at: "2026-03-02T11:00:00Z").reject(id, why: "old", by: "omar")
        #expect(item.state == .waitingExpert && item.decision?.verdict == "wrong")
        let kinds = try engine(at: "2026-03-02T12:00:00Z").outbox().map(\.kind)
        #expect(kinds.contains("tell_customer") && kinds.contains("tell_person"))
        #expect(try engine(at: "2026-03-02T12:00:00Z").marks().map(\.verdict) == [.wrong])
        // The person answers through kb with a link to the other article: nothing is marked twice.
        let replied = try engine(at: "2026-03-02T13:00:00Z").reply(
            id, text: "See https://help.example/copper", by: "omar")
        #expect(replied.state == .resolvedProposed && replied.owner == .team("omar"))
        #expect(try engine(at: "2026-03-02T13:00:00Z").marks().count == 1)
    }

    @Test func `time brings confirmation, silence and the end`() throws {
        try desk.zebras()
        let answer = comment(
            1, "agent",
            "Please look in the harbour, there it is, behind the blue boats on the left side of the pier where the old crane stands.",
            at: "2026-03-02T10:00:00Z")
        try intake(ticket(answer))
        #expect(try engine(at: "2026-03-03T10:00:00Z").tick() == TickReport())
        #expect(try engine(at: "2026-03-04T10:00:00Z").tick().done == ["confirmation_asked": ["7"]])
        #expect(try engine(at: "2026-03-04T10:00:00Z").tick() == TickReport())
        #expect(try engine(at: "2026-03-11T10:00:00Z").tick().done == ["went_quiet": ["7"]])
        let item = try engine(at: "2026-03-11T10:00:00Z").cases()[0]
        #expect(item.state == .abandoned && item.witness == nil)
        #expect(try engine(at: "2026-03-11T10:00:00Z").caseReport().confirmed == [])
    }

    @Test func `a rule of the team is a witness`() throws {
        desk.folder.write("policy.yaml", "desk:\n  confirmed_after_days: 5\n")
        let answer = comment(
            1, "agent",
            "Please look in the harbour, there it is, behind the blue boats on the left side of the pier where the old crane stands.",
            at: "2026-03-02T10:00:00Z")
        try desk.zebras()
        try intake(ticket(answer))
        _ = try engine(at: "2026-03-05T10:00:00Z").tick()
        let report = try engine(at: "2026-03-08T10:00:00Z").tick()
        #expect(report.done["rule_settled"] == ["7"])
        #expect(try engine(at: "2026-03-08T10:00:00Z").cases()[0].witness?.hasPrefix("rule:") == true)
    }

    @Test func `an expert's silence moves the case on and tells the lead and the customer`() throws {
        try desk.zebras()
        desk.folder.write(
            "policy.yaml",
            "desk:\n  lead: mia\n  teams: {support: [lena, omar]}\n  hours: {normal: 4, high: 2, urgent: 1, low: 8}\n")
        try intake(form("I want to talk to a human please", at: "2026-03-02T09:00:00Z"))
        let run = try #require(try run(at: "2026-03-02T10:00:00Z").first)
        #expect(run.owner == .person("lena"))
        let report = try engine(at: "2026-03-02T19:00:00Z").tick()
        #expect(report.done["reassigned"] == [run.id])
        let story = try engine(at: "2026-03-02T19:00:00Z").caseStory(run.id)
        #expect(story.item.owner == .person("omar"))
        #expect(story.outbox.contains { $0.kind == "tell_lead" && $0.recipient == "person:mia" })
        #expect(story.outbox.filter { $0.kind == "tell_customer" }.count == 2)
    }

    @Test func `an issue that is settled resolves its cases and tells their customers`() throws {
        try desk.zebras()
        try intake(form("I want to talk to a human please", at: "2026-03-02T09:00:00Z"))
        let id = try #require(try run(at: "2026-03-02T10:00:00Z").first).id
        _ = try engine(at: "2026-03-02T11:00:00Z").link(id, to: "BUG-1")
        #expect(throws: KnowledgeBaseError.self) { try engine(at: "2026-03-02T11:00:00Z").settleIssue("BUG-2") }
        let settled = try engine(at: "2026-03-03T11:00:00Z").settleIssue("BUG-1")
        #expect(settled.map(\.witness) == ["issue:BUG-1"] && settled[0].state == .resolvedConfirmed)
        #expect(try engine(at: "2026-03-03T11:00:00Z").settleIssue("BUG-1").isEmpty)
    }

    @Test func `the journal notices any change, and every entry cut off after a hash that was noted`() throws {
        try desk.zebras()
        try intake(form("I want to talk to a human please", at: "2026-03-02T09:00:00Z"))
        _ = try run(at: "2026-03-02T10:00:00Z")
        let engine = try engine(at: "2026-03-02T12:00:00Z")
        let verdict = try engine.verifyJournal()
        #expect(verdict.isWhole && verdict.entries == 4)
        #expect(try engine.verifyJournal(head: verdict.head).isWhole)
        #expect(try engine.verifyJournal(head: String(repeating: "0", count: 64)).isWhole == false)
        #expect(throws: DatabaseError.self) {
            try engine.store.pool.write { try $0.execute(sql: "DELETE FROM journal WHERE seq = 4") }
        }
        try engine.store.pool.write { db in
            try db.execute(sql: "UPDATE journal_payload SET payload = payload || ' '")
        }
        #expect(try engine.verifyJournal().problem?.contains("payload") == true)
        try engine.store.pool.write { try $0.execute(sql: "DELETE FROM journal_payload WHERE seq = 1") }
        #expect(try engine.verifyJournal().problem != nil)
    }
}
