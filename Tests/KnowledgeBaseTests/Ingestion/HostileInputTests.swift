import FoundationEssentials
import Glibc
import Testing

@testable import KnowledgeBase

/// Bar 9 of issue 2: one clear reason each, never a crash, bounded memory, linear time.
@Suite(.serialized) struct HostileInputTests {
    @Test(
        arguments: [
            ("a.md", Array("ok \u{FF}".utf8).dropLast(2) + [0xFF], "invalid UTF-8 at byte 3"),
            ("a.txt", Array("ab\0c".utf8), "NUL byte at byte 2"), ("a.md", [], "empty"),
            ("a.html", [], "empty"), ("a.pdf", [], "empty"), ("a.md", Array("   \n\n".utf8), "no text"),
            ("a.html", Array("<script>x</script>".utf8), "no text"),
            ("a.png", [1], "not a format kb reads (.png)"),
        ] as [(String, [UInt8], String)])
    func `a file that cannot be read has one reason`(path: String, bytes: [UInt8], words: String) {
        #expect(reason(bytes, path)?.description.contains(words) ?? false)
    }

    @Test func `a file above sixteen megabytes is refused`() {
        let bytes = [UInt8](repeating: 0x61, count: (16 << 20) + 1)
        #expect(reason(bytes, "a.md") == .tooLarge(bytes: bytes.count, limit: 16 << 20))
    }

    @Test func `four hundred nested lists are read`() throws {
        let text = (0..<400).map { String(repeating: "  ", count: $0) + "- level \($0)" }.joined(separator: "\n")
        let document = try read(text)
        #expect(document.blocks.count == 400)
        #expect(document.blocks.last?.text == "level 399")
        #expect(passages(document).count > 3)
        let html = (0..<400).map { "<ul><li>level \($0)" }.joined()
        #expect(try read(html, "a.html").blocks.count == 400)
    }

    @Test(arguments: [
        "<div>", "<b>", "<span>", "<ul><li>", "<table><tr><td>", "<a x><div>", "<span><div></span>", "<svg><g>",
        "<blockquote>", "<font color=red>",
    ])
    func `two hundred thousand nested tags are refused at once`(tag: String) {
        let bytes = Array(String(repeating: tag, count: 200_000).utf8)
        let time = seconds {
            guard case .tooDeep(line: 1, limit: _) = reason(bytes, "a.html") else {
                Issue.record("not refused")
                return
            }
        }
        #expect(time < 5)
    }

    @Test(arguments: [
        "<p>", "<li>", "</div>", "<br>", "<b>x</b>", "<td>", "<!--", "<a href=x>", "<p><b></p>", "&amp;", "<", "<h1>",
    ])
    func `fifty thousand shallow tags are read or refused in time`(tag: String) {
        let bytes = Array(String(repeating: tag + "x", count: 50_000).utf8)
        #expect(seconds { _ = reason(bytes, "a.html") } < 20)
    }

    @Test func `a tag with endless attributes is refused`() {
        let tag = "<div " + (0..<100_000).map { "a\($0)=1" }.joined(separator: " ") + ">x</div>"
        var refused: ReadError?
        #expect(seconds { refused = reason(Array(tag.utf8), "a.html") } < 5)
        #expect(refused != nil)
    }

    @Test(arguments: [
        "[", "![", "*a ", "_a__", "`", "<", "> ", "- ", "[a](", "&", "**a_", "|a", "\\", "![[]()", "a*_", "[^1]: ",
        "<a ", "<!--", "1. ", "# ",
    ])
    func `Markdown made to be slow is not`(piece: String) {
        let text = String(repeating: piece, count: 200_000 / piece.utf8.count)
        #expect(seconds { _ = reason(Array(text.utf8), "a.md") } < 15)
        let lines = String(repeating: piece + "\n", count: 30_000)
        #expect(seconds { _ = reason(Array(lines.utf8), "a.md") } < 15)
    }

    @Test(arguments: ["md", "mdx", "txt", "rst", "html"])
    func `a very long line is read or refused with its line`(ending: String) {
        let text = "First.\n\n" + String(repeating: "word ", count: 600_000)
        let time = seconds {
            if let reason = reason(Array(text.utf8), "a." + ending) { #expect(reason.description.contains("line 3")) }
        }
        #expect(time < 20)
    }

    @Test func `a large document is chunked in linear time`() throws {
        let text = (0..<20_000).map { "Sentence number \($0) is here. And another one follows it.\n\n" }.joined()
        let document = try read(text)
        #expect(document.blocks.count == 20_000)
        var count = 0
        #expect(seconds { count = passages(document).count } < 20)
        #expect(count > 1_000)
    }

    @Test func `a line of twenty megabytes among tickets is one reason`() {
        let folder = TemporaryFolder()
        let long = "{\"id\":2,\"subject\":\"" + String(repeating: "x", count: 20 << 20) + "\"}"
        folder.write("t.jsonl", "{\"id\":1,\"subject\":\"A\"}\n" + long + "\n{\"id\":3,\"subject\":\"C\"}\n")
        let before = peakMegabytes()
        let reading = TicketReader.read(files: [(name: "t.jsonl", input: .file(folder.path + "/t.jsonl"))])
        #expect(reading.tickets.map(\.id) == ["1", "3"])
        #expect(reading.skipped.map(\.path) == ["t.jsonl:2"])
        #expect(reading.skipped[0].reason.contains("20971"))
        #expect(peakMegabytes() - before < 200)
    }

    @Test(arguments: ["[", "{\"a\":", "[[1],"])
    func `deeply nested JSON is one reason`(piece: String) {
        let reading = TicketReader.read(files: [
            (
                name: "t",
                input: .bytes(Array(("{\"id\":1,\"subject\":" + String(repeating: piece, count: 200_000)).utf8))
            )
        ])
        #expect(reading.tickets.isEmpty && reading.skipped.count == 1)
    }

    @Test func `files that are missing, closed or empty are one reason each`() {
        let folder = TemporaryFolder()
        folder.write("empty.jsonl", "")
        for name in ["none.jsonl", "empty.jsonl"] {
            #expect(TicketReader.read(files: [(name: name, input: .file(folder.path + "/" + name))]).skipped.count == 1)
        }
    }

    @Test func `every prefix and many mutations of real files are read without a crash`() throws {
        let samples = [
            (
                "a.md",
                "---\ntitle: T\n---\n# H\n\n| a | b |\n|--|--|\n| 1 | 2 |\n\n- x\n  - y\n\n```\ncode\n```\n> q\n\n![i](x) [l](y) `c` <b>x</b>"
            ),
            (
                "a.html",
                "<html><main><h1>T</h1><table><tr><th>a<td rowspan=2>b<tr><td>c</table><dl><dt>x<dd>y<dt>z</dl><pre>\nq</pre><ol><li>1<ul><li>2</ol>"
            ),
            (
                "a.rst",
                "=\nT\n=\n\n:a: b\n\n.. note:: x\n\n   y::\n\n      z\n\n== ==\na  b\n== ==\n1  2\n== ==\n\n+--+--+\n|a |b |\n+==+==+\n|1 |2 |\n+--+--+\n"
            ),
            ("a.mdx", "import x from 'y'\n\n<A b={`c`} d='>'>{/* e */}\n\n:::note x\n\ny\n:::\n</A>"),
            ("a.txt", "Title\n=====\n\n1) a\n * b\n\nc"),
        ]
        var generator = Seeded(state: 7)
        for (path, text) in samples {
            let bytes = Array(text.utf8)
            for end in 0...bytes.count {
                if let document = try? DocumentReader.read(bytes: Array(bytes[..<end]), path: path) {
                    _ = passages(document)
                }
            }
            for _ in 0..<300 {
                var mutated = bytes
                for _ in 0..<4 {
                    mutated[Int.random(in: 0..<mutated.count, using: &generator)] =
                        bytes[Int.random(in: 0..<bytes.count, using: &generator)]
                }
                if let document = try? DocumentReader.read(bytes: mutated, path: path) {
                    _ = ChunkerTests.check(document)
                }
            }
        }
    }
}

/// A repeatable source of randomness (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
