import FoundationEssentials
import TestSupport
import Testing

struct TicketCommandTests {
    private let command = Command().ingested()

    private func form(_ message: String, email: String = "ann@lee.org") -> String {
        #"{"email":"\#(email)","subject":"zebra","message":"\#(message)","created_at":"2026-03-02T09:00:00Z"}"# + "\n"
    }

    @Test func `bad lines are named, the good ones are taken in, and nothing at all is an error`() throws {
        let mixed = command(
            "ticket", "intake", "-", "--json",
            input: form("Where is the zebra?") + "{\"email\":\"nobody\",\"message\":\"x\"}\nno json\n"
                + form("x", email: ""))
        #expect(mixed.code == 2)
        let report = try JSON.parse(mixed.out)
        #expect(report["opened"]?.count == 1 && report["skipped"]?.count == 3)
        for words in ["standard input:2", "nobody", "standard input:3", "standard input:4", "email"] {
            #expect(mixed.err.contains(words))
        }
        let none = command("ticket", "intake", "-", input: "no json\n")
        #expect(none.code == 2 && none.err.contains("Nothing was taken in"))
        let absent = command("ticket", "intake", "absent.jsonl")
        #expect(absent.code == 2 && absent.err.contains("absent.jsonl"))
    }

    @Test func `from a form to the report, and every command speaks JSON`() throws {
        #expect(command("ticket", "intake", "-", input: form("I want to talk to a human about the zebra")).code == 0)
        let runs = try JSON.parse(command("ticket", "run", "--json", "--explain", "--now", "2026-03-02T10:00:00Z").out)
        guard case .text(let id) = runs["runs"]?[0]?["id"] else { return #expect(Bool(false), "\(runs)") }
        #expect(runs["runs"]?[0]?["action"] == .text("handoff"))
        #expect(command("ticket", "run").err.contains("nothing waits for kb"))
        #expect(try JSON.parse(command("ticket", "show", id, "--json").out)["messages"]?.count == 1)
        #expect(command("ticket", "show", id).out.contains("talk to a human"))
        for format in ["json", "slack", "jira", "github"] {
            #expect(throws: Never.self) { try JSON.parse(command("ticket", "packet", id, "--format", format).out) }
        }
        #expect(command("ticket", "packet", id).out.hasPrefix("# \(id)"))
        #expect(command("ticket", "reply", id, "There it is.", "--by", "lena").out.contains("resolved_proposed"))
        #expect(command("ticket", "confirm", id, "--note", "by mail").out.contains("resolved_confirmed"))
        let refused = command("ticket", "approve", id)
        #expect(refused.code == 2 && refused.err.contains(id) && refused.err.contains("kb ticket"))
        let report = try JSON.parse(command("report", "--json").out)
        #expect(report["confirmed"]?["cases"]?[0] == .text(id))
        #expect(report["escalations"]?["asked_for_person"]?["n"] == .number(1))
        #expect(command("report").code == 0 && command("report", "--bugs", "--json").code == 0)
        let rendered = command("outbox", "render", "out", "--json")
        #expect(try JSON.parse(rendered.out)["written"] == .number(3))
        #expect(try JSON.parse(command("outbox", "render", "out", "--json").out)["written"] == .number(0))
        #expect(command("journal", "verify").out.hasPrefix("whole: "))
        #expect(command("journal", "verify", "--head", "00").code == 3)
        #expect(try JSON.parse(command("queue", "--json").out)["queue"]?.count == 0)
        let forgotten = command("forget", "--ticket", id, input: "no\n")
        #expect(forgotten.code == 2 && forgotten.err.contains("--yes"))
        #expect(command("forget", "--ticket", id, "--yes").code == 0)
        #expect(command("ticket", "show", id).code == 2)
        #expect(command("journal", "verify").code == 0)
    }

    @Test func `a customer's words are no terminal escape`() {
        let escape = "\\u001b[2J\\u001b]0;x\\u0007"
        #expect(command("ticket", "intake", "-", input: form("Where is \(escape) the zebra?")).code == 0)
        #expect(command("ticket", "run").code == 0)
        let id = command("ticket", "ls").out.split(separator: " ").first.map(String.init) ?? ""
        for words in [["ticket", "ls"], ["ticket", "show", id], ["ticket", "packet", id], ["queue"], ["outbox"]] {
            let out =
                words.count == 1
                ? command(words[0]).out
                : words.count == 2 ? command(words[0], words[1]).out : command(words[0], words[1], words[2]).out
            #expect(!out.contains("\u{1b}") && !out.isEmpty, "\(words)")
        }
    }

    @Test func `a list of customers is taken in as a whole or not at all`() throws {
        command.folder.write(
            "good.csv", "id,email,tier,organisation\n5,ann@lee.org;a@lee.org,gold,Zoo\n6,bob@lee.org,,\n")
        #expect(command("customer", "import", "good.csv").out == "2 new, 0 known\n")
        #expect(command("customer", "import", "good.csv").out == "0 new, 2 known\n")
        let shown = try JSON.parse(command("customer", "show", "a@lee.org", "--json").out)
        #expect(
            shown["tier"] == .text("gold") && shown["organisation"] == .text("Zoo") && shown["identities"]?.count == 3)
        for (name, text, words) in [
            ("bad.csv", "name,tier\nx,y\n", "column"),
            ("half.csv", "id,email\n9,\n,\n8,ann@lee.org;bob@lee.org\n", "another customer"),
            ("x.csv", "id,email\n9,ann\n", "no address"),
            ("bad.jsonl", "{\"id\": 11}\n{\"id\": [1]}\n", "line 2"), ("none.csv", "id,tier\n12,x\n,y\n", "line 3"),
        ] {
            command.folder.write(name, text)
            let done = command("customer", "import", name)
            #expect(
                done.code == 2 && done.err.contains(words) && done.err.contains("Nothing was changed"),
                "\(name): \(done.err)")
        }
        #expect(try JSON.parse(command("customer", "--json").out)["customers"]?.count == 2)
        #expect(command("customer", "show", "nobody").code == 2)
    }
}
