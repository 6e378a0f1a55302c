import TestSupport
import Testing

struct RequesterTests {
    private let command = Command().ingested()

    @Test(arguments: ["plan", "Plan"], ["PLAN", "plan"])
    func `a field's name is the same in any case`(written: String, asked: String) throws {
        command.folder.write(
            "policy.yaml",
            "bands: {auto: 0.9, draft: 0.0}\ntriggers:\n  customer_tier: {action: human, field: \(written), values: [gold]}\n"
                + "autonomy:\n  fields:\n    \(written): {gold: draft}\n")
        command.folder.write(
            "batch.jsonl", #"{"_id": "1", "text": "where is the zebra", "fields": {"\#(asked)": "Gold"}}"#)
        let answer = try JSON.parse(command("query", "--batch", "batch.jsonl", "--json", "--no-log").out)
        let codes = (0..<(answer["reasons"]?.count ?? 0)).map { answer["reasons"]?[$0]?["code"] }
        #expect(codes.contains(.text("customer_tier")))
        #expect(answer["autonomy"]?["by"] == .text("\(asked) Gold"), "\(answer)")
    }

    @Test(arguments: [
        #""requester": "jane@a.example""#, #""requester": {"name": "Jane", "email": "jane@a.example"}"#,
        #""customer": "jane@a.example""#, #""requester": "Jane@A.example ""#,
        #""requester": "Jane Doe <jane@a.example>""#,
    ]) func `the customer of a ticket is its requester, in a replay and in a batch`(who: String) throws {
        command.folder.write(
            "policy.yaml",
            "bands: {auto: 0.9, draft: 0.0}\ntriggers:\n  customer_tier: {action: human, customers: [jane@a.example]}\n"
        )
        command.folder.write(
            "tickets.jsonl",
            (1...2).map {
                #"{"id": "\#($0)", "created_at": "2025-01-1\#($0)T00:00:00Z", "subject": "where is the zebra", \#(who)}"#
            }.joined(separator: "\n"))
        let report = try JSON.parse(command("replay", "tickets.jsonl", "--json").out)
        #expect(report["lists"]?["trigger.customer_tier"]?.count == 2)
        command.folder.write("batch.jsonl", #"{"_id": "1", "text": "where is the zebra", \#(who)}"#)
        let answer = try JSON.parse(command("query", "--batch", "batch.jsonl", "--json", "--no-log").out)
        let codes = (0..<(answer["reasons"]?.count ?? 0)).map { answer["reasons"]?[$0]?["code"] }
        #expect(codes.contains(.text("customer_tier")))
    }
}
