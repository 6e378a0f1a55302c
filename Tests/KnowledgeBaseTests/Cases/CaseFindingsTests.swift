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

    private func answered(_ id: String = "7") -> String {
        #"{"id":"\#(id)","created_at":"2026-03-02T09:00:00Z","subject":"zebra","description":"Where?","comments":["#
            + #"{"id":"1","created_at":"2026-03-02T10:00:00Z","author":"agent","body":"It is in the harbour."}"#
    }

    @Test(arguments: [
        ("yes", CaseState.resolvedConfirmed), ("Yes.", .resolvedConfirmed), ("yep it did", .resolvedConfirmed),
        ("ja", .resolvedConfirmed), ("no", .waitingExpert), ("Yes, but where is the harbour?", .waitingExpert),
    ])
    func `a bare yes or no answers the question whether it is solved`(text: String, state: CaseState) throws {
        try desk.zebras()
        try intake(answered() + "]}")
        #expect(try engine(at: "2026-03-04T12:00:00Z").tick().done["confirmation_asked"] == ["7"])
        try intake(
            answered()
                + #",{"id":"2","created_at":"2026-03-04T13:00:00Z","author":"requester","body":"\#(text)"}]}"#,
            at: "2026-03-04T14:00:00Z")
        #expect(try engine(at: "2026-03-04T15:00:00Z").caseStory("7").item.state == state)
    }

    @Test func `a rule that takes silence for a yes comes before the end by silence`() throws {
        try desk.zebras()
        desk.folder.write("policy.yaml", "desk:\n  confirmed_after_days: 14\n  followup: {quiet_after_days: 7}\n")
        try intake(answered() + "]}")
        for day in ["05", "10", "13"] { _ = try engine(at: "2026-03-\(day)T12:00:00Z").tick() }
        #expect(try engine(at: "2026-03-13T12:00:00Z").caseStory("7").item.state == .resolvedProposed)
        #expect(try engine(at: "2026-03-17T12:00:00Z").tick().done["rule_settled"] == ["7"])
    }

    @Test func `a ticket that an export gives twice keeps what either line has`() throws {
        try desk.zebras()
        let first = #"{"id":"7","created_at":"2026-03-02T09:00:00Z","subject":"zebra","description":"Where?"}"# + "\n"
        let report = try intake(first + answered() + "]}\n")
        #expect(report.messages == 2 && report.skipped.isEmpty)
        #expect(try engine(at: "2026-03-02T13:00:00Z").caseStory("7").item.state == .resolvedProposed)
    }

    @Test func `an answer goes to the address that was written from`() throws {
        try desk.zebras()
        var row = CustomerRow(line: 2)
        (row.account, row.emails) = ("C1", ["all@lee.org", "ann@lee.org"])
        _ = try engine(at: "2026-03-02T08:00:00Z").importCustomers([row], name: "list.csv")
        let report = try intake(form("I want a human", subject: "zebra", at: "2026-03-02T09:00:00Z"))
        try run(at: "2026-03-02T12:00:00Z")
        let told = try engine(at: "2026-03-02T13:00:00Z").caseStory(report.opened[0]).outbox.filter {
            $0.recipient == "customer"
        }
        #expect(!told.isEmpty && told.allSatisfy { $0.address == "ann@lee.org" })
    }

    @Test func `what a packet says not to ask again holds no secret`() throws {
        try desk.zebras()
        let report = try intake(
            form(
                "I want a human. My password is hunter2, mail bob.secret@home.example, and TB-1042 shows up.",
                subject: "zebra", at: "2026-03-02T09:00:00Z"))
        try run(at: "2026-03-02T12:00:00Z")
        let packet = try engine(at: "2026-03-02T13:00:00Z").packet(ofCase: report.opened[0])
        #expect(packet.doNotAsk.contains("named: TB-1042"))
        #expect(!packet.doNotAsk.contains { $0.contains("hunter2") || $0.contains("bob") })
    }

    @Test func `whoever helped while promising more has answered, if the customer says so`() throws {
        try desk.zebras()
        try intake(
            #"{"id":"7","created_at":"2026-03-02T09:00:00Z","subject":"zebra","description":"Where?","comments":["#
                + #"{"id":"1","created_at":"2026-03-02T10:00:00Z","author":"agent","author_name":"Kim","#
                + #""body":"Try the harbour. I will check and get back to you by Wednesday."},"#
                + #"{"id":"2","created_at":"2026-03-02T11:00:00Z","author":"requester","body":"Great, that solved it!"}]}"#
        )
        let item = try engine(at: "2026-03-02T13:00:00Z").caseStory("7").item
        #expect(item.state == .resolvedConfirmed)
        #expect(item.firstResponseAt == (try Date("2026-03-02T10:00:00Z", strategy: .iso8601)))
        #expect(throws: KnowledgeBaseError.self) {
            try engine(at: "2026-03-02T14:00:00Z").confirm("7", note: nil)
        }
    }

    @Test func `what presses more later comes earlier`() throws {
        let id = try handedOver()
        let before = try #require(try engine(at: "2026-03-02T13:00:00Z").caseStory(id).item.dueAt)
        try intake(
            form(
                "The whole system is down for everyone since this morning, nobody can work!", subject: "Re: zebra",
                at: "2026-03-02T13:00:00Z"), at: "2026-03-02T13:30:00Z")
        try run(at: "2026-03-02T13:30:00Z")
        let story = try engine(at: "2026-03-02T14:00:00Z").caseStory(id)
        #expect(story.item.triage?.urgency.level == .urgent)
        #expect(try #require(story.item.dueAt) < before)
    }

    @Test func `who has it last hears that it still waits`() throws {
        let id = try handedOver()
        _ = try engine(at: "2026-03-02T13:00:00Z").handOver(id, to: "lead", why: nil)
        _ = try engine(at: "2026-03-06T13:00:00Z").tick()
        let rows = try engine(at: "2026-03-06T13:00:00Z").outbox()
        #expect(rows.contains { $0.kind == "tell_lead" && $0.text.contains("past its service level") })
    }

    @Test func `a customer who was forgotten does not come back with the team's list`() throws {
        try desk.zebras()
        var row = CustomerRow(line: 2)
        (row.account, row.emails) = ("C1", ["Ann@lee.org"])
        _ = try engine(at: "2026-03-02T08:00:00Z").importCustomers([row], name: "list.csv")
        _ = try engine(at: "2026-03-02T13:00:00Z").forget(customer: "C1")
        let again = try engine(at: "2026-03-02T14:00:00Z").importCustomers([row], name: "list.csv")
        #expect(again.new == 0 && again.forgotten == 1)
        #expect(throws: KnowledgeBaseError.self) { try engine(at: "2026-03-02T14:00:00Z").customer("ann@lee.org") }
    }

    @Test func `the journal notices entries that were all cut off, and a last one`() throws {
        _ = try handedOver()
        let engine = try engine(at: "2026-03-02T13:00:00Z")
        #expect(try engine.verifyJournal().isWhole)
        func cut(_ from: Int) throws {
            try engine.store.pool.write { db in
                for name in try String.fetchAll(
                    db,
                    sql:
                        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('journal', 'journal_payload')"
                ) { try db.execute(sql: "DROP TRIGGER \(name)") }
                try db.execute(sql: "DELETE FROM journal_payload WHERE seq >= ?", arguments: [from])
                try db.execute(sql: "DELETE FROM journal WHERE seq >= ?", arguments: [from])
            }
        }
        try cut(3)
        #expect(try engine.verifyJournal().problem?.contains("which no entry says") == true)
        try cut(1)
        #expect(try engine.verifyJournal().problem?.contains("has no entry") == true)
    }

    @Test func `who writes in German is told in German, and who writes in Finnish in English`() throws {
        var item = Case(
            id: "7", channel: "form", subject: "{who}", createdAt: try Date("2026-03-02T09:00:00Z", strategy: .iso8601))
        func told(_ language: String) -> String {
            item.triage = Triage(
                intent: nil, type: .init(name: "question", probability: 1),
                urgency: Urgency.read("", at: item.createdAt), mood: .init(value: 0, probability: 0),
                language: .init(name: language, probability: 1), product: nil, at: item.createdAt, upTo: 0)
            return CaseText.handoff(item, trigger: nil, to: .team("billing"), due: nil) + CaseText.confirmation(item)
        }
        #expect(told("de").hasPrefix("Ihre Nachricht liegt jetzt bei unserem Team (billing)."))
        #expect(told("fi").hasPrefix("Your message is with our billing team now."))
        // What a customer wrote is no place to fill in.
        #expect(told("nl").contains("‘{who}’"))
        for language in ["en", "de", "fr", "es", "it", "nl"] {
            let text = told(language).replacing("{who}", with: "")
            #expect(!text.contains("{") && !text.contains("}"), "\(text)")
        }
    }

    @Test func `a form without a subject answers the case that asked`() throws {
        try desk.zebras()
        let opened = try intake(form("Where is the zebra?", subject: "zebra", at: "2026-03-02T09:00:00Z")).opened
        try desk.engine(at: "2026-03-02T12:00:00Z").store.pool.write {
            try $0.execute(sql: "UPDATE ticket_case SET state = 'waiting_customer', asked_question = 1")
        }
        let reply = try intake(form("on macOS", subject: "", at: "2026-03-03T09:00:00Z"), at: "2026-03-03T09:30:00Z")
        #expect(reply.opened.isEmpty && reply.continued == opened)
    }
}
