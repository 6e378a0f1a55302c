import FoundationEssentials
import TestSupport
import Testing

struct ReplayCommandTests {
    private let command = Command()

    init() {
        command.folder.write(
            "articles/reset.md", "---\nurl: https://help.example/reset\n---\n# Reset your password\n\nChoose reset.\n")
        command.folder.write(
            "articles/zebra.md", "---\nurl: https://help.example/zebra\n---\n# Zebra\n\nA zebra in the harbour.\n")
        command.folder.write(
            "tickets.jsonl",
            (0..<12).map { i in
                let link = i % 2 == 0 ? "https://help.example/reset" : "nothing"
                return
                    #"{"id":"t\#(i)","created_at":"2025-01-\#(10 + i)T00:00:00Z","subject":"<script>alert(\#(i))</script> reset & \"go\"","comments":[{"author":"agent","created_at":"2025-02-01T00:00:00Z","body":"\#(link)"}]}"#
            }.joined(separator: "\n"))
        precondition(command("ingest", "articles").code == 0)
    }

    @Test func `JSON has its keys, and its lists hold as many tickets as its numbers say`() throws {
        let result = command("replay", "tickets.jsonl", "--json")
        #expect(result.code == 0)
        let report = try JSON.parse(result.out)
        #expect(
            report.keys == [
                "actions", "bands", "calibration", "first", "gaps", "last", "left_out", "linked", "lists", "policy",
                "ready",
                "reliability", "reviewed", "tickets", "triggers", "unknown", "unknown_to_base",
            ])
        #expect(report["tickets"] == .number(12))
        #expect(report["linked"] == .number(6))
        #expect(report["lists"]?["linked"]?.count == 6)
        #expect(result.err.contains("12 of these tickets are not in the base"))
        for i in 0..<3 {
            guard let band = report["bands"]?[i], case .text(let name) = band["band"] else { continue }
            #expect(band["tickets"] == .number(Double(report["lists"]?["band." + name]?.count ?? -1)))
        }
    }

    @Test func `a list gives the tickets behind a number, one a line`() {
        let result = command("replay", "tickets.jsonl", "--list", "linked")
        #expect(result.out.split(separator: "\n").count == 6)
        #expect(result.out.hasPrefix("t0 "))
        let unknown = command("replay", "tickets.jsonl", "--list", "nonsense")
        #expect(unknown.code == 2)
        #expect(unknown.err.contains("handed_over"))
    }

    @Test func `the page is one file: nothing from outside, no script, and text of tickets is no markup`() {
        #expect(command("replay", "tickets.jsonl", "--report", "page.html").code == 0)
        let data = FileManager.default.contents(atPath: command.folder.path + "/page.html") ?? Data()
        let page = String(decoding: data, as: UTF8.self)
        #expect(page.contains("&lt;script&gt;alert(3)&lt;/script&gt; reset &amp; &quot;go&quot;"))
        #expect(!page.contains("<script"))
        for word in ["src=", "url(", "@import", "<link", "href=\"h"] { #expect(!page.contains(word), "\(word)") }
        #expect(page.contains("<svg"))
        #expect(page.contains("prefers-color-scheme: dark"))
        // Each number opens its list, and each entry leads to a row that is there.
        for number in page.split(separator: "href=\"#t").dropFirst() {
            #expect(page.contains("<tr id=\"t\(number.prefix { $0 != "\"" })\""))
        }
    }

    @Test func `a report takes the place of an earlier one and of nothing else`() {
        #expect(command("replay", "tickets.jsonl", "--report", "page.html").code == 0)
        #expect(command("replay", "tickets.jsonl", "--report", "page.html").code == 0)
        let tickets = FileManager.default.contents(atPath: command.folder.path + "/tickets.jsonl")
        let refused = command("replay", "tickets.jsonl", "--report", "tickets.jsonl")
        #expect(refused.code == 2)
        #expect(refused.err.contains("no report of kb's"))
        #expect(FileManager.default.contents(atPath: command.folder.path + "/tickets.jsonl") == tickets)
        let nowhere = command("replay", "tickets.jsonl", "--report", "nowhere/page.html")
        #expect(nowhere.code == 2)
        #expect(nowhere.err.contains("does not exist"))
    }

    @Test func `what is left out is said with its reason, in text and page, and each opens its tickets`() throws {
        command.folder.write(
            "tickets.jsonl",
            """
            {"id": "a", "created_at": "2025-01-10T00:00:00Z", "subject": "where is the zebra"}
            {"id": "b", "created_at": "2025-01-11T00:00:00Z", "subject": "Out of office: back on Monday"}
            {"id": "c", "created_at": "2025-01-11T00:00:00Z", "subject": "win", "tags": ["spam"]}
            {"id": "d", "created_at": "2025-01-11T00:00:00Z", "subject": "again", "tags": ["closed_by_merge"]}
            {"id": "e", "created_at": "2025-01-11T00:00:00Z"}
            {"id": "f", "subject": "when is the zebra"}
            {"id": "g", "created_at": "2026-01-11T00:00:00Z", "subject": "where is the zebra"}
            {"id": "h",

            """)
        let arguments = ["replay", "tickets.jsonl", "--until", "2026-01-01", "--report", "page.html"]
        let expected = [
            "automatic": "b", "spam": "c", "merged": "d", "without_a_word": "e", "without_a_time": "f",
            "at_another_time": "g", "not_read": "tickets.jsonl:8",
        ]
        let text = command.run(arguments).out
        let page = String(
            decoding: FileManager.default.contents(atPath: command.folder.path + "/page.html") ?? Data(), as: UTF8.self)
        let report = try JSON.parse(command.run(arguments + ["--json"]).out)
        #expect(report["tickets"] == .number(1))
        for (reason, ticket) in expected {
            let name = "left_out.\(reason)"
            #expect(text.split(separator: "\n").contains { $0.hasSuffix("      1         \(name)") }, "\(name)")
            #expect(
                page.contains("<details data-number=\"\(name)\"><summary>1</summary><p>\(ticket)</p></details>"),
                "\(name)")
            #expect(report["left_out"]?[reason] == .number(1))
            #expect(report["lists"]?[name] == .list([.text(ticket)]))
            #expect(command.run(arguments + ["--list", name]).out.hasPrefix(ticket))
        }
    }

    @Test func `twice is the same byte for byte`() {
        func pages() -> [Data?] {
            let json = command("replay", "tickets.jsonl", "--json", "--report", "page.html").out
            return [Data(json.utf8), FileManager.default.contents(atPath: command.folder.path + "/page.html")]
        }
        #expect(pages() == pages())
    }
}
