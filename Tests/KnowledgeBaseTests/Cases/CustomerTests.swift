import Embedding
import FoundationEssentials
import TestSupport
import Testing

@testable import KnowledgeBase

struct CustomerTests {
    private let desk = Desk()

    private func engine(at time: String = "2026-03-05T12:00:00Z") throws -> Engine { try desk.engine(at: time) }

    private func take(_ line: String) throws { _ = try engine().intake([.bytes(Array(line.utf8), name: "in")]) }

    private func row(_ line: Int, id: String?, _ emails: String..., facts: [String: String] = [:]) -> CustomerRow {
        var row = CustomerRow(line: line)
        (row.account, row.emails, row.facts) = (id, emails, facts)
        return row
    }

    private func ticket(_ id: String, requester: String, text: String = "Where is the zebra?") -> String {
        #"{"id":"\#(id)","created_at":"2026-03-02T09:00:00Z","subject":"zebra \#(id)","description":"\#(text)",\#(requester)}"#
    }

    @Test func `an unverified sender sees no history and moves nothing`() throws {
        try desk.zebras()
        desk.folder.write("policy.yaml", "desk:\n  tiers: {gold: 0.1}\n")
        _ = try engine().importCustomers(
            [row(2, id: "5", "ann@lee.org", facts: ["tier": "gold", "plan": "team"])], name: "list.csv")
        // The help desk's id is on the team's list: proven. The mere address is not.
        try take(ticket("1", requester: #""requester_id":5"#))
        try take(ticket("2", requester: #""requester":"ann@lee.org""#))
        try take(#"{"email":"ann@lee.org","subject":"zebra","message":"It is me","created_at":"2026-03-03T09:00:00Z"}"#)
        let cases = try engine().cases()
        #expect(cases.map(\.isVerified) == [true, false, false])
        try engine().runCases(nil) { _ in }
        let known = try engine().packet(ofCase: "1")
        #expect(known.customer.verified && known.customer.tier == "gold" && known.customer.plan == "team")
        for item in cases.dropFirst() {
            let claimed = try engine().packet(ofCase: item.id)
            #expect(!claimed.customer.verified && claimed.customer.history.isEmpty && claimed.customer.tier == nil)
            #expect(claimed.customer.plan == nil && claimed.completeness < known.completeness)
        }
        let record = try engine().customer("ann@lee.org")
        #expect(record.cases.map(\.id) == ["1"] && record.claimed.count == 2)
        let queue = try engine().queue()
        #expect(
            queue.allSatisfy { place in place.reasons.contains { $0.what == "tier gold" } == (place.item.id == "1") })
        // Somebody made sure: now it counts.
        _ = try engine().verifySender("2")
        #expect(try engine().packet(ofCase: "2").customer.history.map(\.id) == ["1"])
    }

    @Test func `an address is the same customer's in any case, with spaces around it, and behind a name`() throws {
        try desk.zebras()
        _ = try engine().importCustomers([row(2, id: "5", "Bob@Lee.org ")], name: "list.csv")
        let known = try engine().customer("5").id
        for (i, who) in ["bob@lee.org", "BOB@lee.org ", "Bob <bob@lee.org>", #"\"Lee, Bob\" <Bob@lee.org>"#]
            .enumerated()
        {
            try take(ticket("\(i)", requester: #""requester":"\#(who)""#))
        }
        let record = try engine().customer("Bob <bob@lee.org>")
        #expect(record.id == known && record.claimed.count == 4)
        #expect(record.identities.filter { $0.kind == .email }.map(\.value) == ["bob@lee.org"])
        #expect(try engine().customers().count == 1)
    }

    @Test func `a claimed address leads to nobody's account, and two customers are never made one`() throws {
        _ = try engine().importCustomers(
            [row(2, id: "5", "ann@lee.org"), row(3, id: "6", "bob@lee.org")], name: "list.csv")
        // Account 9 says to have Ann's address.
        try take(ticket("1", requester: #""requester_id":9,"requester":{"id":9,"email":"ann@lee.org"}"#))
        #expect(try engine().customer("ann@lee.org").id == engine().customer("5").id)
        #expect(try engine().customer("9").id != engine().customer("5").id)
        #expect(throws: KnowledgeBaseError.self) {
            try engine().importCustomers([row(2, id: "5", "bob@lee.org"), row(3, id: "7")], name: "bad.csv")
        }
        #expect(throws: KnowledgeBaseError.unknownCustomer("7")) { try engine().customer("7") }
        #expect(throws: KnowledgeBaseError.self) {
            try engine().importCustomers([row(2, id: "8"), row(3, id: nil)], name: "bad.csv")
        }
        #expect(throws: KnowledgeBaseError.unknownCustomer("8")) { try engine().customer("8") }
    }

    @Test func `facts come in layers, each with its source and date; promises with their dates`() throws {
        _ = try engine().importCustomers([row(2, id: "5", facts: ["plan": "team"])], name: "list.csv")
        let comment =
            #"{"id":1,"created_at":"2026-03-02T10:00:00Z","author":"agent","body":"We will call you by Friday."}"#
        try take(
            ticket(
                "1", requester: #""requester_id":5,"priority":"high","comments":[\#(comment)]"#,
                text: "Error E4012 in version 4.2.1"))
        let record = try engine().customer("5")
        #expect(Set(record.facts.map(\.layer)) == [.customer, .case, .message])
        #expect(record.facts.contains { $0.key == "plan" && $0.value == "team" && $0.source == "list.csv" })
        #expect(record.facts.contains { $0.layer == .message && $0.value == "E4012" && $0.source == "ticket 1" })
        #expect(record.promises.map { String($0.dueAt?.formatted(.iso8601).prefix(10) ?? "") } == ["2026-03-06"])
        #expect(record.promises[0].state(at: try Date("2026-03-07T00:00:00Z", strategy: .iso8601)) == "broken")
        let tick = try engine(at: "2026-03-07T00:00:00Z").tick()
        #expect(tick.broken == ["1"])
        #expect(try engine(at: "2026-03-08T00:00:00Z").tick().broken == [])
    }

    @Test func `the queue is a total order by what waiting costs, with reasons that add up`() throws {
        try desk.zebras()
        try take(
            ticket(
                "1", requester: #""requester":"a@x.org""#, text: "No rush, whenever you have time, where is the zebra?")
        )
        try take(
            ticket("2", requester: #""requester":"b@x.org""#, text: "Production is down, nobody can work, urgent!"))
        try take(ticket("3", requester: #""requester":"c@x.org""#))
        try engine().runCases(nil) { _ in }
        let queue = try engine().queue()
        #expect(queue.map(\.item.id) == ["2", "3", "1"])
        for place in queue {
            #expect(abs(place.reasons.reduce(0) { $0 + $1.cost } - place.cost) < 0.02 && !place.reasons.isEmpty)
        }
        #expect(try engine().queue().map(\.item.id) == queue.map(\.item.id))
    }
}
