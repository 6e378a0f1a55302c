import FoundationEssentials
import TestSupport
import Testing

struct GapsCommandTests {
    private let command = Command().ingested()
    private func tickets() {
        command.folder.write("kb.yaml", "calibration:\n  assumed_answerable_share: 0.01\n")
        command.folder.write(
            "tickets.jsonl",
            (0..<5).map { i in
                #"{"id":"t\#(i)","created_at":"2025-01-\#(10 + i)T00:00:00Z","requester":"c\#(i)","subject":"<script>alert(1)</script> the lantern, \"giraffe\" \#(i)","comments":[{"author":"agent","created_at":"2025-01-20T00:00:00Z","body":"\#(i): the lantern of the giraffe is not there yet, it comes with the third edition of the page for each client of ours in the harbour."}]}"#
            }.joined(separator: "\n"))
        precondition(command("ingest", "tickets.jsonl").code == 0)
    }

    private static let keys: Set<String> = [
        "answered", "answered_trend", "changed", "dismissed", "gaps", "left_out", "questions", "since", "until",
    ]

    @Test func `an empty report has the keys of a full one`() throws {
        let empty = try JSON.parse(command("gaps", "--json", "--since", "2025-01-01", "--until", "2025-02-01").out)
        #expect(empty.keys == Self.keys && empty["gaps"]?.count == 0)
        tickets()
        let full = try JSON.parse(command("gaps", "--json", "--since", "2025-01-01", "--until", "2025-02-01").out)
        #expect(full.keys == Self.keys && full["gaps"]?.count == 1)
        #expect(
            full["changed"]
                == .object(["new": .number(1), "grew": .number(0), "closed": .number(0), "reopened": .number(0)]))
        let gap = try #require(full["gaps"]?[0])
        for key in [
            "id", "title", "kind", "state", "count", "customers", "per_month", "first_seen", "last_seen", "trend",
            "questions",
            "representative", "nearest", "terms", "score", "replies", "suggestion",
        ] { #expect(gap.keys.contains(key), "\(key)") }
        #expect(gap["nearest"]?["document"]?["id"] != nil && gap["nearest"]?["lines"]?.count == 2)
    }

    @Test func `the first line says what changed`() {
        tickets()
        let first = command("gaps", "--since", "2025-01-01", "--until", "2025-02-01")
        #expect(first.code == 0)
        #expect(first.out.hasPrefix("1 new\n"))
        let again = command("gaps", "--since", "2025-01-01", "--until", "2025-02-01", "--format", "md")
        #expect(again.out.hasPrefix("# Knowledge gaps: nothing changed since the last report\n"))
    }

    @Test func `the page is one file, and customers' words are no markup`() {
        tickets()
        let page = command("gaps", "--format", "html", "--since", "2025-01-01", "--until", "2025-02-01").out
        #expect(page.hasPrefix("<!DOCTYPE html>"))
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(page.components("<script").count == 2)
        for word in ["src=", "url(", "@import", "<link", "href=\"h"] { #expect(!page.contains(word), "\(word)") }
        #expect(page.contains("prefers-color-scheme: dark"))
    }

    @Test func `states change by command, and a stub quotes and invents nothing`() throws {
        tickets()
        let report = try JSON.parse(command("gaps", "--json", "--since", "2025-01-01", "--until", "2025-02-01").out)
        guard case .text(let id) = report["gaps"]?[0]?["id"] else { return #expect(Bool(false)) }
        #expect(command("gaps", "ack", id).code == 0)
        #expect(command("gaps", "assign", id, "rosa").code == 0)
        #expect(command("gaps", "note", id, "later").code == 0)
        let story = command("gaps", "show", id).out
        #expect(story.contains("acknowledged") && story.contains("rosa") && story.contains("later"))
        let draft = command("gaps", "draft", id).out
        #expect(draft.hasPrefix("---\ntitle: ") && draft.contains("draft: true") && draft.contains("(t0)"))
        #expect(draft.contains("third edition of the page") && !draft.contains("<script"))
        #expect(command("gaps", "dismiss", id).code == 0)
        #expect(!command("gaps", "--since", "2025-01-01", "--until", "2025-02-01").out.contains(id))
        let csv = command("gaps", "--format", "csv").out
        #expect(csv.hasPrefix("id,title,kind,state,score"))
        #expect(command("gaps", "show", "g_none").code == 2)
        #expect(command("gaps", "--since", "yesterday").code == 64)
    }
}

extension String {
    fileprivate func components(_ separator: String) -> [Substring] {
        var out: [Substring] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            out.append(rest[..<range.lowerBound])
            rest = rest[range.upperBound...]
        }
        return out + [rest]
    }
}
