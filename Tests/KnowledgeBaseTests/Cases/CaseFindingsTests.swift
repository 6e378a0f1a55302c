import FoundationEssentials
import GRDB
import TestSupport
import Testing

@testable import KnowledgeBase

/// What strangers found wrong with the loop, one test a finding.
struct CaseFindingsTests {
    private let desk = Desk()

    private func engine(at time: String) throws -> Engine { try desk.engine(at: time) }

    @discardableResult
    private func intake(_ text: String, at: String = "2026-03-02T12:00:00Z") throws -> IntakeReport {
        try engine(at: at).intake([.bytes(Array(text.utf8), name: "in")])
    }

    private func form(_ message: String, subject: String, at: String, more: String = "") -> String {
        #"{"email":"ann@lee.org","subject":"\#(subject)","message":"\#(message)","created_at":"\#(at)"\#(more)}"# + "\n"
    }

    private func run(at: String) throws { try engine(at: at).runCases(nil) { _ in } }

    /// A case with a person, by asking for one.
    private func handedOver() throws -> String {
        try desk.zebras()
        let report = try intake(form("I want to talk to a human", subject: "zebra", at: "2026-03-02T09:00:00Z"))
        try run(at: "2026-03-02T12:00:00Z")
        return report.opened[0]
    }

    @Test(arguments: ["", " ", "kb", "customer", "a\nb"])
    func `a case goes to nobody without a name`(name: String) throws {
        let id = try handedOver()
        let engine = try engine(at: "2026-03-02T13:00:00Z")
        #expect(throws: KnowledgeBaseError.self) { try engine.handOver(id, to: name, why: nil) }
        #expect(throws: KnowledgeBaseError.self) { try engine.reply(id, text: "ok", by: name) }
        #expect(try engine.cases().count == 1)
    }

    @Test func `a row without an owner's name does not take the queue down`() throws {
        let id = try handedOver()
        let engine = try engine(at: "2026-03-02T13:00:00Z")
        try engine.store.pool.write { try $0.execute(sql: "UPDATE ticket_case SET owner = 'team:'") }
        #expect(try engine.cases().map(\.id) == [id])
        #expect(try engine.handOver(id, to: "lena", why: nil).owner.name == "lena")
    }

    @Test func `a form that numbers its rows keeps its message and its sender`() throws {
        try desk.zebras()
        let report = try intake(form("THE BODY", subject: "s", at: "2026-03-02T09:00:00Z", more: #","id":"F-77""#))
        let story = try engine(at: "2026-03-02T13:00:00Z").caseStory(report.opened[0])
        #expect(story.messages.map(\.body) == ["THE BODY"] && story.customer != nil)
    }

    @Test func `a form spread over lines is read`() throws {
        let report = try intake("{\n \"email\": \"ann@lee.org\",\n \"subject\": \"s\",\n \"message\": \"m\"\n}\n")
        #expect(report.opened.count == 1)
    }

    @Test func `an answer to a form's case comes to that case and confirms it`() throws {
        try desk.zebras()
        let report = try intake(form("Where is the zebra?", subject: "zebra", at: "2026-03-02T09:00:00Z"))
        let id = report.opened[0]
        _ = try engine(at: "2026-03-02T12:30:00Z").reply(id, text: "In the harbour.", by: nil)
        let second = try intake(
            form("Thanks, that worked!", subject: "Re: zebra", at: "2026-03-09T09:00:00Z"), at: "2026-03-09T12:00:00Z")
        #expect(second.opened == [] && second.continued == [id])
        let item = try engine(at: "2026-03-09T13:00:00Z").caseStory(id).item
        #expect(item.state == .resolvedConfirmed && item.witness == "customer")
        // And one that it is back opens it again.
        try intake(
            form("It is broken again", subject: "AW: zebra", at: "2026-03-12T09:00:00Z"), at: "2026-03-12T12:00:00Z")
        #expect(try engine(at: "2026-03-12T13:00:00Z").caseStory(id).item.episode == 2)
    }

    @Test func `every submission of a forgotten burst stays forgotten`() throws {
        try desk.zebras()
        let text =
            form("one", subject: "zebra", at: "2026-03-02T09:00:00Z")
            + form("two", subject: "Re: zebra", at: "2026-03-02T09:02:00Z")
        #expect(try intake(text).opened.count == 1)
        _ = try engine(at: "2026-03-02T13:00:00Z").forget(customer: "ann@lee.org")
        let again = try intake(text)
        #expect(again.opened == [] && again.forgotten == 2)
    }

    @Test func `silence moves a case a few times, then the lead has it and the customer is left alone`() throws {
        _ = try handedOver()
        var day = try Date("2026-03-02T12:00:00Z", strategy: .iso8601)
        for _ in 0..<40 {
            day += 6 * 3600
            _ = try desk.engine(at: day).tick()
        }
        let engine = try desk.engine(at: day)
        #expect(try engine.cases()[0].owner == .person("lead"))
        let moves = try engine.journal().filter { $0.kind == "reassigned" }.count
        #expect((1...CaseDefaults.moves + 1).contains(moves))
        #expect(try engine.outbox().filter { $0.text.hasPrefix("We are sorry") }.count == moves)
    }

    @Test(arguments: [
        ("Thank you for the quick answer.", CaseState.resolvedProposed), ("Thanks, works for us.", .resolvedConfirmed),
        ("perfect", .resolvedConfirmed), ("Vielen Dank, das war es.", .resolvedConfirmed),
        ("Thanks, but where is it?", .waitingExpert),
    ])
    func `thanks ask for nothing`(text: String, state: CaseState) throws {
        try desk.zebras()
        try intake(
            #"{"id":"7","created_at":"2026-03-02T09:00:00Z","subject":"zebra","description":"Where?","comments":["#
                + #"{"id":"1","created_at":"2026-03-02T10:00:00Z","author":"agent","body":"It is in the harbour."},"#
                + #"{"id":"2","created_at":"2026-03-02T11:00:00Z","author":"requester","body":"\#(text)"}]}"#)
        #expect(try engine(at: "2026-03-02T13:00:00Z").caseStory("7").item.state == state)
    }

    @Test func `a reply that only promises one is not an answer`() throws {
        try desk.zebras()
        try intake(
            #"{"id":"7","created_at":"2026-03-02T09:00:00Z","subject":"zebra","description":"Where?","comments":["#
                + #"{"id":"1","created_at":"2026-03-02T10:00:00Z","author":"agent","author_name":"Kim","#
                + #""body":"We look into it. I will get back to you by Wednesday."}]}"#)
        let story = try engine(at: "2026-03-02T13:00:00Z").caseStory("7")
        #expect(story.item.state == .waitingExpert && story.item.owner.isHuman && story.item.firstResponseAt == nil)
        #expect(story.promises.count == 1 && story.promises[0].keptAt == nil)
    }

    @Test func `a conversation of long ago is learned from, and nobody is written to`() throws {
        try desk.zebras()
        try intake(
            #"{"id":"7","created_at":"2024-03-02T09:00:00Z","subject":"zebra","description":"Where is it?"}"#)
        try run(at: "2026-03-02T12:30:00Z")
        _ = try engine(at: "2026-03-09T12:30:00Z").tick()
        let engine = try engine(at: "2026-03-09T13:00:00Z")
        #expect(try engine.outbox().isEmpty && engine.caseStory("7").item.state == .closed)
    }

    @Test func `what claims to be of the future was written now`() throws {
        let report = try intake(form("Where?", subject: "zebra", at: "2031-01-01T09:00:00Z"))
        let item = try engine(at: "2026-03-02T13:00:00Z").caseStory(report.opened[0]).item
        #expect(item.createdAt == (try Date("2026-03-02T12:00:00Z", strategy: .iso8601)))
    }

    @Test func `no piece of a card's number is in a packet`() throws {
        try desk.zebras()
        let report = try intake(
            form(
                "I want a human: you charged my card 4111 1111 1111 1111 twice", subject: "zebra",
                at: "2026-03-02T09:00:00Z"))
        try run(at: "2026-03-02T12:00:00Z")
        let packet = try engine(at: "2026-03-02T13:00:00Z").packet(ofCase: report.opened[0])
        let text = PacketMarkdown.text(packet)
        #expect(!text.contains("4111") && !text.contains("1111"), "\(text)")
        #expect(text.contains("twice"))
    }

    @Test func `a subject pings nobody in Slack`() throws {
        try desk.zebras()
        let report = try intake(form("I want a human", subject: "<!channel> zebra", at: "2026-03-02T09:00:00Z"))
        try run(at: "2026-03-02T12:00:00Z")
        let message = PacketSlack.message(try engine(at: "2026-03-02T13:00:00Z").packet(ofCase: report.opened[0]))
        #expect(!message.text.contains("<!channel>"))
    }
}
