import FoundationEssentials
import Testing

@testable import KnowledgeBase

@Suite struct MarkdownReaderTests {
    @Test func `blocks carry the lines of the file, front matter counted`() throws {
        let document = try read(
            """
            ---
            title: Compacting
            ---
            # Compacting

            First line
            second line.

            1. Open **Settings** > `Privacy`.
            2. Click *OK*.
               - nested
            > quoted

            ```sh
            kb ask
            ```

            Setext
            ------
            """)
        #expect(
            document.outline == [
                "h1 4: Compacting", "p 6-7: First line second line.", "li1#1 9: Open Settings > Privacy.",
                "li1#2 10: Click OK.", "li2 11: nested",
                "quote 12: quoted", "code 15: kb ask", "h2 18: Setext",
            ])
    }

    @Test func `a sentence knows which of its paragraph's lines it stands on`() throws {
        let document = try read("One is here. Two\nbegins there\nand ends. Three.")
        let sentences = passages(document)[0].sentences
        #expect(sentences.map(\.text) == ["One is here.", "Two begins there and ends.", "Three."])
        #expect(sentences.map(\.lines) == [1...1, 1...3, 3...3])
    }

    @Test func `links keep their text, images their alt text, entities are decoded, html tags go`() throws {
        let document = try read(
            "See [the *guide*](g.md) ![a screenshot](s.png) &amp; press <kbd>Ctrl</kbd>+<kbd>K</kbd><br>now, <username>."
        )
        #expect(document.blocks[0].text == "See the guide a screenshot & press Ctrl+K now, <username>.")
    }

    @Test func `a table row can be understood alone`() throws {
        let document = try read("| Plan | Price |\n|---|---|\n| Solo | 9 |\n| Team | **29** |")
        #expect(document.outline == ["tr 3: Plan: Solo | Price: 9", "tr 4: Plan: Team | Price: 29"])
    }

    @Test func `html inside markdown keeps its text and lines`() throws {
        let document = try read("Intro.\n\n<details>\n<summary>More</summary>\n<p>Hidden text.</p>\n</details>")
        #expect(document.outline == ["p 1: Intro.", "p 4: More", "p 5: Hidden text."])
    }

    @Test func `mdx imports, exports, comments and components go, their text stays`() throws {
        let document = try read(
            """
            import Tabs from '@theme/Tabs';
            export const x = {
              a: 1,
            }

            # Install {/* hidden */}

            <Tabs groupId="os" values={[{a: ">"}]}>
              <TabItem value="mac">

                Use brew.

              </TabItem>
            </Tabs>

            ```js
            import keep from 'me'
            ```
            """, "a.mdx")
        #expect(document.title == "Install")
        #expect(document.blocks.map(\.text) == ["Install", "Use brew.", "import keep from 'me'"])
    }

    @Test(arguments: [
        (":::note Careful\nText.\n:::", ["Careful Text."]),
        ("!!! note \"Careful\"\n    Text.\n\nAfter.", ["Careful Text.", "After."]),
        ("> [!NOTE]\n> Text.", ["Text."]), ("{{< note >}}\nText.\n{{< /note >}}", ["Text."]),
        ("[TOC]\n\nText.", ["Text."]),
        ("Text.\n{: .note }", ["Text."]), ("{% include x.html %}\nText.", ["Text."]),
    ])
    func `marks of generators go`(source: String, texts: [String]) throws {
        #expect(try read(source).blocks.map(\.text) == texts)
    }

    @Test func `a heading's anchor is not part of it`() throws {
        #expect(try read("## Usage {#usage}").blocks[0].text == "Usage")
    }

    @Test(arguments: [
        ("---\ntitle: From front matter\n---\n# H", "a.md", "From front matter"),
        ("# First\n\n## Second", "a.md", "First"),
        ("text", "how-to_do.md", "how to do"),
    ])
    func `the title is the front matter's, else the first top heading, else the file's name`(
        text: String, path: String, title: String
    ) throws {
        #expect(try read(text, path).title == title)
    }

    @Test func `section names rendered as paragraphs are found by the table of contents`() throws {
        let document = try read(
            """
            An introduction that is long enough to be prose and ends as prose does.

            Table of Contents

            - 1 When do filters run?

            - 2 Examples - 2.1 Add a star

            When do filters run?

            They run when you receive new mail, and then once more.

            Examples

            Add a star

            You might want to add a star to messages of your boss.
            """)
        let headings = document.blocks.filter { if case .heading = $0.kind { true } else { false } }
        #expect(headings.map(\.text) == ["When do filters run?", "Examples", "Add a star"])
        #expect(headings.map(\.kind) == [.heading(level: 2), .heading(level: 2), .heading(level: 3)])
        #expect(document.blocks.filter(\.isNavigation).count == 3)
    }

    @Test func `a short line before prose is a heading, a label or a sentence is not`() throws {
        let prose = "This paragraph is prose: it goes on for a while and it ends with a full stop."
        #expect(try read("Backing up\n\n\(prose)").blocks[0].kind == .heading(level: 2))
        #expect(try read("Note\n\n\(prose)").blocks[0].kind == .paragraph)
        #expect(try read("It is done.\n\n\(prose)").blocks[0].kind == .paragraph)
        #expect(try read("Settings > Privacy\n\n\(prose)").blocks[0].kind == .paragraph)
    }
}

@Suite struct FrontMatterTests {
    @Test func `every field arrives, lists or strings alike`() throws {
        let document = try read(
            """
            ---
            title: "Compacting: folders"
            url: https://x.org/kb/compacting
            summary: How to
            topics: [a, b]
            tags: c
            aliases:
              - /old
              - Shrinking
            updated: 2024-03-05
            audience: agent
            version: 4.2
            lang: de
            product: mail
            os: [linux, mac]
            ---
            Text.
            """)
        #expect(document.title == "Compacting: folders")
        #expect(document.url == "https://x.org/kb/compacting")
        #expect(document.summary == "How to")
        #expect(document.topics == ["a", "b", "c"])
        #expect(document.aliases == ["/old", "Shrinking"])
        #expect(document.updated == Date(timeIntervalSince1970: 1_709_596_800))
        #expect((document.audience, document.version, document.locale) == ("agent", "4.2", "de"))
        #expect(document.fields == ["product": "mail", "os": "linux, mac"])
        #expect(document.blocks[0].lines == 17...17)
    }

    @Test func `toml is read like yaml`() throws {
        let document = try read("+++\ntitle = \"T\"\ntags = [\"a\"]\ndate = 2024-03-05T10:00:00Z\n+++\n\nText.")
        #expect(document.title == "T")
        #expect(document.topics == ["a"])
        #expect(document.updated == Date(timeIntervalSince1970: 1_709_632_800))
        #expect(document.blocks[0].lines == 7...7)
    }

    @Test func `yaml that is none is read line by line`() throws {
        let document = try read("---\ntitle: Foo: bar: baz\ntags:\n- a\nbroken: [x\n---\nText.")
        #expect(document.title == "Foo: bar: baz")
        #expect(document.topics == ["a"])
    }

    @Test func `unclosed front matter is none`() throws {
        let document = try read("---\ntitle: T\n\nText that goes on.")
        #expect(document.title == "a")
        #expect(document.blocks.contains { $0.text.contains("Text that goes on.") })
    }

    @Test func `a rule around prose is no front matter`() throws {
        #expect(try read("---\nJust text\n---\nMore.").blocks.contains { $0.text == "Just text" })
    }

    @Test func `an alias bomb costs nothing`() throws {
        var yaml = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
        for level in 1...40 {
            yaml +=
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",") + "]\n"
        }
        let time = try seconds { _ = try read("---\n\(yaml)title: T\n---\nText.") }
        #expect(time < 2)
    }

    @Test(arguments: ["[", "{a: ", "- ", "? "])
    func `deeply nested yaml does not exhaust the stack`(opener: String) throws {
        let document = try read("---\ntitle: T\nx: " + String(repeating: opener, count: 10_000) + "\n---\nText.")
        #expect(document.title == "T")
    }

    @Test(arguments: [("draft: true", true), ("draft: false", false), ("published: false", true), ("title: x", false)])
    func `drafts are left out with their reason`(line: String, isDraft: Bool) {
        #expect(reason(Array("---\n\(line)\n---\nText.".utf8), "a.md") == (isDraft ? .draft : nil))
    }

    @Test(arguments: [
        ("_partial.md", true), ("_includes/a.md", true), ("guide/_index.md", false), ("_posts/2024-01-05-a.md", false),
        ("a_b.md", false),
    ])
    func `partials are left out, section pages are not`(path: String, isPartial: Bool) {
        let reason = DocumentReader.reasonToSkip(path: path)
        #expect((reason != nil) == isPartial)
    }
}
