import Embedding
import FoundationEssentials
import Testing

@testable import KnowledgeBase

struct HandoffPacketTests {
    private static let now = Date(timeIntervalSince1970: 1_772_000_000)

    /// A packet with everything in it.
    static func whole(_ change: (inout HandoffPacket) -> Void = { _ in }) throws -> HandoffPacket {
        let reading = Triage.Reading(name: "bug", probability: 0.9)
        var packet = HandoffPacket(
            case: .init(
                id: "7", subject: "The zebra", channel: "form", state: "waiting_expert", owner: "person:lena",
                episode: 1,
                priority: "high", need: "judgment", intent: reading, type: reading, product: reading, language: reading,
                createdAt: now, slaDue: now),
            trigger: .init(
                id: "asked_for_person", value: 0.9, threshold: 0.4, detail: "a human", ruleVersion: "0123456789ab",
                allFired: []),
            customer: .init(
                id: "c_1", verified: true, tier: "gold", plan: "team", organisation: "Zoo", history: [], promises: []),
            summary: .init(request: "Where is it?", whatChanged: [], openQuestions: [], upcoming: []),
            conversation: [.init(author: "customer", at: now, text: "Where is it?")],
            sentimentTrajectory: [.init(at: now, value: 0)],
            attempted: [.init(action: "searched", result: "found", at: now)],
            bestGuess: .init(
                text: "In the harbour.", pCorrect: 0.6, interval: [0.5, 0.7],
                citations: [.init(document: "a/b.md", title: "B", url: nil, lines: [1, 2])]),
            nextStep: .init(text: "Answer.", why: "They asked.", precedents: ["3"]),
            route: .init(team: "support", person: "lena", why: "she did before", alternates: []), doNotAsk: [],
            similarIncidents: [], links: [], customerNotice: .init(text: "A person has it.", sentAt: now),
            redaction: .init(policy: "p", counts: [:]))
        change(&packet)
        try packet.seal()
        return packet
    }

    @Test func `a packet with everything is complete, and its hash follows from its content`() throws {
        let packet = try Self.whole()
        #expect(packet.completeness == 1 && packet.missing == [])
        #expect(packet.hash.count == 64)
        #expect(try Self.whole { $0.summary.request = "Where was it?" }.hash != packet.hash)
        var again = packet
        try again.seal()
        #expect(again.hash == packet.hash)
    }

    @Test(arguments: [
        "conversation", "request", "trigger", "best_guess", "citations", "next_step", "route", "customer", "verified",
        "plan_or_tier", "attempted", "precedents", "product", "sla_due", "customer_notice",
    ])
    func `completeness drops when a part is missing, and the packet names it`(part: String) throws {
        let packet = try Self.whole { packet in
            switch part {
            case "conversation": packet.conversation = []
            case "request": packet.summary.request = ""
            case "trigger": packet.trigger.id = ""
            case "best_guess": packet.bestGuess = nil
            case "citations": packet.bestGuess!.citations = []
            case "next_step": packet.nextStep.text = ""
            case "route": packet.route.why = ""
            case "customer": packet.customer.id = nil
            case "verified": packet.customer.verified = false
            case "plan_or_tier": (packet.customer.plan, packet.customer.tier) = (nil, nil)
            case "attempted": packet.attempted = []
            case "precedents": packet.nextStep.precedents = []
            case "product": packet.case.product = nil
            case "sla_due": packet.case.slaDue = nil
            default: packet.customerNotice = nil
            }
        }
        #expect(packet.completeness < 1 && packet.missing.contains(part))
    }

    /// What is too long everywhere, with markup of every kind in it.
    private static func long() throws -> HandoffPacket {
        let text = String(repeating: "<@U1> & *bold* 🦓 @everyone #12 ", count: 400)
        return try whole { packet in
            packet.case.subject = text
            packet.summary.request = text
            packet.bestGuess!.text = text
            packet.conversation = (0..<120).map { _ in .init(author: "customer", at: now, text: text) }
            packet.case.id = "a b\tc"
        }
    }

    @Test func `a message for Slack keeps its limits and mentions nobody`() throws {
        for packet in [try Self.whole(), try Self.long()] {
            let message = PacketSlack.message(packet)
            #expect(message.blocks.count <= 50 && !message.text.isEmpty && message.text.utf16.count <= 3000)
            for block in message.blocks {
                switch block.type {
                case "header": #expect(block.text!.text.utf16.count <= 150 && block.text!.type == "plain_text")
                case "section":
                    #expect((1...3000).contains(block.text!.text.utf16.count) && !block.text!.text.contains("<@"))
                default: #expect(block.elements?.isEmpty == false)
                }
            }
        }
        #expect(PacketSlack.message(try Self.long()).blocks.last?.elements?[0].text.contains("cut") == true)
    }

    @Test func `an issue for Jira has a short summary, labels without spaces and no empty text`() throws {
        for packet in [try Self.whole(), try Self.long()] {
            let text = try PacketIssue.jira(packet, project: "SUP")
            let object = try JSONParser.value(Array(text.utf8))
            let fields = try #require(object["fields"])
            #expect(fields["summary"]!.text!.utf16.count <= 255 && !fields["summary"]!.text!.contains("\n"))
            #expect(
                fields["labels"]!.texts.allSatisfy { label in !label.contains(where: \.isWhitespace) && !label.isEmpty }
            )
            #expect(fields["labels"]!.texts.contains { $0.hasPrefix("kb-") })
            #expect(fields["description"]!["version"]?.int == 1 && fields["description"]!["type"]?.text == "doc")
            var size = 0
            func walk(_ node: JSONValue) {
                if node["type"]?.text == "text" {
                    #expect(node["text"]?.text?.isEmpty == false)
                    size += node["text"]!.text!.utf16.count
                }
                for child in node["content"]?.array ?? [] { walk(child) }
            }
            walk(fields["description"]!)
            #expect(size <= 32_767)
        }
    }

    @Test func `an issue for GitHub calls nobody`() throws {
        let object = try JSONParser.value(Array(try PacketIssue.github(try Self.long()).utf8))
        let body = try #require(object["body"]?.text)
        #expect(body.utf16.count <= 65_536 && !body.contains("@everyone"))
        #expect(object["title"]!.text!.utf16.count <= 255)
    }
}
