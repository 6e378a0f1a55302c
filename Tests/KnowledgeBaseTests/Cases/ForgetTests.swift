import Embedding
import FoundationEssentials
import GRDB
import TestSupport
import Testing

@testable import KnowledgeBase

struct ForgetTests {
    private let desk = Desk()

    private func engine(at time: String = "2026-03-05T12:00:00Z") throws -> Engine { try desk.engine(at: time) }

    /// Every byte of every file of the base.
    private func bytes() throws -> [(name: String, data: Data)] {
        let folder = desk.location.state
        return try FileManager.default.subpathsOfDirectory(atPath: folder).compactMap { name in
            FileManager.default.contents(atPath: folder + "/" + name).map { (name, $0) }
        }
    }

    private func files(with words: [String]) throws -> [String] {
        var found: [String] = []
        for (name, data) in try bytes() {
            let bytes = [UInt8](data)
            for word in words where bytes.firstRange(of: Array(word.utf8)) != nil { found.append("\(name): \(word)") }
        }
        return found
    }

    private static let planted = ["plumquartz", "greyheron77", "ottoline@private.example", "Ottoline Vexworth"]

    /// Everything that one customer can leave behind: cases, past tickets, questions, marks, promises, outbox, gaps.
    private func live() throws {
        try desk.zebras()
        desk.folder.write(
            "policy.yaml",
            "bands: {auto: 1.0, draft: 0.0}\ntriggers:\n  sensitive_topic: {on: false}\ndesk:\n  teams: {support: [lena]}\n"
        )
        let tickets = (1...6).map { i in
            let own = i == 3
            let who = own ? "ottoline@private.example" : "someone\(i)@there.example"
            let secret = own ? "plumquartz greyheron77" : "the old one"
            let name = own ? "Ottoline Vexworth" : "Some One"
            return
                #"{"id":"T\#(i)","created_at":"2026-03-0\#(i > 4 ? 4 : i)T09:00:00Z","subject":"zebra of the harbour \#(secret)","description":"I do not find the zebra, says \#(name): \#(secret)","requester":{"id":"u\#(i)","email":"\#(who)","name":"\#(name)","verified":true},"comments":[{"id":"9\#(i)","created_at":"2026-03-05T10:00:00Z","author":"agent","body":"Dear \#(name), we will call you tomorrow about \#(secret). https://help.example/harbour"}]}"#
        }
        desk.folder.write("tickets.jsonl", tickets.joined(separator: "\n"))
        let engine = try engine()
        try desk.ingest(engine, desk.folder.path + "/tickets.jsonl")
        let open = tickets.map { String($0.prefix(upTo: $0.firstRange(of: ",\"comments\"")!.lowerBound)) + "}" }
        _ = try engine.intake([.bytes(Array(open.joined(separator: "\n").utf8), name: "in")])
        try engine.runCases(nil) { _ in }
        _ = try engine.reject("T3", why: "greyheron77 is old", by: "lena")
        // A later case that tells of the earlier one.
        let later =
            #"{"id":"T9","created_at":"2026-03-05T11:00:00Z","subject":"zebra of the harbour","description":"I do not find the zebra, says Some One: I want to talk to a human","requester":{"id":"u9"}}"#
        _ = try engine.intake([.bytes(Array(later.utf8), name: "in")])
        try engine.runCases(nil) { _ in }
        _ = try engine.intake([.bytes(Array(tickets.joined(separator: "\n").utf8), name: "in")])
        try self.engine(at: "2026-03-09T12:00:00Z").tick()
        _ = try engine.gaps(GapRequest())
    }

    @Test func `nothing of a forgotten customer is in the folder, free pages included, and the journal verifies`()
        throws
    {
        try live()
        let before = try files(with: Self.planted)
        #expect(Self.planted.allSatisfy { word in before.contains { $0.hasSuffix(word) } }, "the test must plant them")
        let count = try engine().verifyJournal().entries
        let report = try engine().forget(customer: "ottoline@private.example")
        #expect(
            report.cases == ["T3"] && report.tickets == ["T3"] && report.customers.count == 1 && report.payloads > 0)
        #expect(try files(with: Self.planted) == [])
        let verdict = try engine().verifyJournal()
        #expect(verdict.isWhole && verdict.entries == count + 1 && verdict.removed == report.payloads)
        // The others are as they were, and the base works.
        #expect(try engine().cases().map(\.id).sorted() == ["T1", "T2", "T4", "T5", "T6", "T9"])
        #expect(try desk.found("zebra").isEmpty == false)
        #expect(throws: KnowledgeBaseError.unknownCase("T3")) { try engine().caseStory("T3") }
        #expect(throws: KnowledgeBaseError.unknownCustomer("ottoline@private.example")) {
            try engine().customer("ottoline@private.example")
        }
    }

    /// Past tickets alone: nobody took them in as cases.
    private func past(requester: String) throws {
        try desk.zebras()
        let tickets = ["T1": "someone@there.example", "T2": requester, "T3": "Ottoline@Private.example "].map {
            id, who in
            let secret = id == "T1" ? "the old one" : "plumquartz greyheron77"
            return
                #"{"id":"\#(id)","created_at":"2026-03-01T09:00:00Z","subject":"zebra \#(id) \#(secret)","description":"I do not find it: \#(secret)","requester":"\#(who)"}"#
        }
        desk.folder.write("tickets.jsonl", tickets.joined(separator: "\n"))
        try desk.ingest(engine(), desk.folder.path + "/tickets.jsonl")
    }

    @Test(arguments: ["ottoline@private.example", "Ottoline Vexworth <ottoline@private.example>"])
    func `who only asked in past tickets is forgotten with them, however the address is written`(requester: String)
        throws
    {
        try past(requester: requester)
        #expect(try !files(with: Self.planted).isEmpty, "the test must plant them")
        let entries = try engine().verifyJournal().entries
        let report = try engine().forget(customer: " OTTOLINE@private.example")
        #expect(report.tickets.sorted() == ["T2", "T3"] && report.cases == [] && report.customers == [])
        #expect(try files(with: Self.planted + ["Ottoline@Private.example"]) == [])
        let verdict = try engine().verifyJournal()
        #expect(verdict.isWhole && verdict.entries == entries + 1)
        #expect(try engine().store.pool.read { try Store.ticketDocument("T1", $0) } != nil)
        try desk.ingest(engine(), desk.folder.path + "/tickets.jsonl") { $0.allowRemovals = true }
        #expect(try engine().store.pool.read { try Store.ticketDocument("T2", $0) } == nil)
        // A list that still has them does not bring them back either.
        let list = try engine().importCustomers([row("Ottoline@private.example")], name: "list.csv")
        #expect(list.forgotten == 1 && list.new == 0)
        #expect(throws: KnowledgeBaseError.unknownCustomer("ottoline@private.example")) {
            try engine().forget(customer: "ottoline@private.example")
        }
    }

    private func row(_ email: String) -> CustomerRow {
        var row = CustomerRow(line: 2)
        row.emails = [email]
        return row
    }

    @Test func `a customer is forgotten with the past tickets and questions that name the address otherwise`() throws {
        try past(requester: "Ottoline Vexworth <ottoline@private.example>")
        _ = try engine().importCustomers([row("ottoline@private.example")], name: "list.csv")
        try engine().answer(
            [Question(text: "plumquartz zebra", customer: "Ottoline@Private.example")], options: SearchOptions(),
            log: true
        ) { _ in }
        let report = try engine().forget(customer: "Ottoline <ottoline@private.example>")
        #expect(report.customers.count == 1 && report.tickets.sorted() == ["T2", "T3"] && report.questions == 1)
        #expect(try files(with: Self.planted) == [])
    }

    @Test func `a file that still holds a forgotten ticket does not bring it back`() throws {
        try live()
        _ = try engine().forget(ticket: "T3")
        let engine = try engine()
        try desk.ingest(engine, desk.folder.path + "/tickets.jsonl") { $0.allowRemovals = true }
        let line = #"{"id":"T3","created_at":"2026-03-03T09:00:00Z","subject":"plumquartz"}"#
        let report = try engine.intake([.bytes(Array(line.utf8), name: "in")])
        #expect(report.forgotten == 1 && report.opened == [])
        #expect(try engine.store.pool.read { try Store.ticketDocument("T3", $0) } == nil)
    }

    @Test func `forgetting nobody is an error and changes nothing`() throws {
        try live()
        let before = try engine().journal().count
        #expect(throws: KnowledgeBaseError.unknownCustomer("x@y.example")) {
            try engine().forget(customer: "x@y.example")
        }
        #expect(throws: KnowledgeBaseError.unknownCase("T77")) { try engine().forget(ticket: "T77") }
        #expect(try engine().journal().count == before)
    }

    @Test func `another case's packet names the forgotten one in no sentence, and has the hash of what is left`() throws
    {
        try live()
        let ticket =
            #"{"id":"QQTICK1","created_at":"2026-03-05T11:30:00Z","subject":"lantern","description":"I want to talk to a human"}"#
        _ = try engine().intake([.bytes(Array(ticket.utf8), name: "in")])
        let pool = try engine().store.pool
        try pool.write { db in
            try db.execute(
                sql: """
                    UPDATE outbox SET body = replace(body, '"why":"', '"why":"lena had (QQTICK1), not QQTICK12; ')
                    WHERE case_id = (SELECT id FROM ticket_case WHERE key = 'T9') AND kind = 'tell_person'
                    """)
        }
        func packet() throws -> String {
            try engine().outbox().first { $0.caseID == "T9" && $0.kind == "tell_person" }?.body ?? ""
        }
        #expect(try packet().contains("(QQTICK1)"))
        _ = try engine().forget(ticket: "QQTICK1")
        let left = try packet()
        #expect(left.contains("lena had ((forgotten)), not QQTICK12;"))
        let start = try #require(left.firstRange(of: "\"hash\":\"")).upperBound
        let end = left.index(start, offsetBy: 64)
        #expect(String(left[start..<end]) == SHA256.hex(SHA256.digest(Array((left[..<start] + left[end...]).utf8))))
    }
}
