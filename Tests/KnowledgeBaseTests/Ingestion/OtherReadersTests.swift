import FoundationEssentials
import Testing

@testable import KnowledgeBase

@Suite struct HTMLReaderTests {
    @Test func `only the main content is read, with the lines of the source`() throws {
        let document = try read(
            """
            <!doctype html>
            <html lang="de"><head><title>Export - Help</title>
            <link rel="canonical" href="https://x.org/export">
            <meta name="description" content="How to &amp; why">
            </head><body>
            <nav>Menu</nav><header>Logo</header>
            <main>
            <div class="breadcrumb">Home / Docs</div>
            <h1>Export<a class="headerlink" href="#x">¶</a></h1>
            <p>First &lt;b&gt;
            second.</p>
            <ol start="3"><li>Open <b>Settings</b></li>
            <li><p>Click OK</p><ul><li>sub</li></ul></li></ol>
            <pre>
            code  here
              more</pre>
            <script>var x = 1</script>
            <table><thead><tr><th>Plan</th><th>Price</th></tr></thead>
            <tr><td rowspan="2">Solo</td><td>9</td></tr>
            <tr><td>10</td></tr></table>
            <dl><dt>Term</dt><dd><p>Meaning.</p><p>More.</p></dd><dt>Alone</dt></dl>
            </main><footer>Imprint</footer></body></html>
            """, "a.html")
        #expect(
            document.outline == [
                "h1 9: Export", "p 10-11: First <b> second.", "li1#3 12: Open Settings", "li1#4 13: Click OK",
                "li2 13: sub",
                "code 15-16: code  here\n  more", "tr 19: Plan: Solo | Price: 9", "tr 20: Plan: Solo | Price: 10",
                "li1 21: Term: Meaning.", "p 21: More.",
                "li1 21: Alone",
            ])
        #expect(document.title == "Export")
        #expect(document.url == "https://x.org/export")
        #expect(document.summary == "How to & why")
        #expect(document.locale == "de")
    }

    @Test func `a page without h1 takes its own title, og title first`() throws {
        #expect(try read("<title>A - Site</title><p>x", "a.html").title == "A - Site")
        #expect(try read("<title>A - Site</title><meta property='og:title' content='A'><p>x", "a.html").title == "A")
    }

    @Test func `the label of an admonition does not begin a section`() throws {
        let document = try read("<h2>Real</h2><div class=note><h3>Note</h3><p>Text.</p></div><p>After.</p>", "a.html")
        #expect(document.blocks.map(\.text) == ["Real", "Text.", "After."])
    }

    @Test func `lists of links are navigation`() throws {
        let document = try read(
            "<p>Text with a <a href=x>link</a> inside.</p><ul><li><a href=a>One</a></li><li><a href=b>Two</a></li></ul>",
            "a.html")
        #expect(document.blocks.map(\.isNavigation) == [false, true, true])
    }

    @Test func `a page inside one form is read all the same`() throws {
        #expect(try read("<body><form><p>Text.</p></form></body>", "a.html").blocks.map(\.text) == ["Text."])
    }

    @Test func `no-break spaces are spaces, soft hyphens and zero-width spaces are nothing`() throws {
        #expect(
            try read("<p>a&nbsp;b&nbsp;&nbsp; c co&shy;op x\u{200B}y</p>", "a.html").blocks[0].text == "a b c coop xy")
    }
}

@Suite struct PlainTextReaderTests {
    @Test func `paragraphs, bullets, numbers and headings are told apart`() throws {
        let document = try read(
            """
            Backing up your profile

            A profile holds your mail, and it is wise to keep a copy
            of it somewhere else.

            1. Close the program.
            2. Copy the folder
               to a disk.
            - a bullet

            Restoring
            ---------
            Copy it back.
            """, "a.txt")
        #expect(
            document.outline
                == [
                    "h2 1: Backing up your profile",
                    "p 3-4: A profile holds your mail, and it is wise to keep a copy of it somewhere else.",
                    "li1#1 6: Close the program.", "li1#2 7-8: Copy the folder to a disk.", "li1 9: a bullet",
                    "h2 11: Restoring", "p 13: Copy it back.",
                ].map { $0 == "h2 1: Backing up your profile" ? "p 1: Backing up your profile" : $0 })
    }
}

@Suite struct RSTReaderTests {
    @Test func `sections, roles, directives, literal blocks, lists and tables`() throws {
        let document = try read(
            """
            =====
            Title
            =====

            :updated: 2024-03-05

            Use :menuselection:`File --> Save` or ``kb ask``, see `the docs <https://x.org>`_::

                literal
                  text

            Section
            -------

            .. note:: Careful

               Inside the note.

            .. code-block:: sh

               kb ingest

            .. image:: x.png

            #. one
            #. two

            ====  =====
            Plan  Price
            ====  =====
            Solo  9
            ====  =====

            +------+-------+
            | Plan | Price |
            +======+=======+
            | Team | 29    |
            +------+-------+
            """, "a.rst")
        #expect(document.title == "Title")
        #expect(document.updated != nil)
        #expect(
            document.outline == [
                "h1 2: Title", "p 7: Use File --> Save or kb ask, see the docs:", "code 9-10: literal\n  text",
                "h2 12: Section", "p 15: Careful",
                "p 17: Inside the note.", "code 21: kb ingest", "li1#1 25: one", "li1#2 26: two",
                "tr 31: Plan: Solo | Price: 9",
                "tr 37: Plan: Team | Price: 29",
            ])
    }
}

@Suite struct PDFReaderTests {
    /// A one-page PDF with the lines as text.
    static func pdf(_ lines: [String]) -> [UInt8] {
        let content = "BT /F1 12 Tf 72 720 Td 14 TL " + lines.map { "(\($0)) Tj T*" }.joined(separator: " ") + " ET"
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        var out = "%PDF-1.4\n"
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(out.utf8.count)
            out += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let table = out.utf8.count
        func padded(_ number: Int) -> String {
            String(repeating: "0", count: 10 - String(number).count) + String(number)
        }
        out +=
            "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n" + offsets.map { "\(padded($0)) 00000 n \n" }.joined()
        out += "trailer << /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(table)\n%%EOF\n"
        return Array(out.utf8)
    }

    @Test func `text is read and words cut at the line's end are joined`() throws {
        let document = try DocumentReader.read(
            bytes: Self.pdf(["Open the set-", "tings and click OK."]), path: "manual.pdf")
        #expect(document.title == "manual")
        #expect(document.blocks.map(\.text) == ["Open the settings and click OK."])
    }

    @Test func `random bytes give one reason, with or without a PDF's first line`() {
        var generator = SystemRandomNumberGenerator()
        let noise = (0..<50_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
        for bytes in [noise, Array("%PDF-1.7\n".utf8) + noise] {
            guard case .pdf(let why) = reason(bytes, "a.pdf") else {
                Issue.record("read as PDF")
                continue
            }
            #expect(!why.isEmpty)
        }
    }

    @Test func `a child that does not end is ended`() {
        let time = seconds {
            let failure = #expect(throws: ChildProcess.Failure.self) {
                try ChildProcess.run(
                    ["sleep", "20"], input: [], timeLimit: 0.3, outputLimit: 100, memoryLimit: 1 << 30)
            }
            #expect(failure?.description == "it took longer than the time allowed")
        }
        #expect(time < 5)
    }

    @Test func `a child that prints without end is ended`() {
        let failure = #expect(throws: ChildProcess.Failure.self) {
            try ChildProcess.run(["yes"], input: [], timeLimit: 20, outputLimit: 1 << 20, memoryLimit: 1 << 30)
        }
        #expect(failure?.description == "it holds more than 1 MB")
    }
}

@Suite struct TextHygieneTests {
    @Test func `text is composed, line ends are one, byte-order marks go`() throws {
        #expect(try Array(TextHygiene.text(Array("e\u{301}\r\nb\rc".utf8)).utf8) == Array("é\nb\nc".utf8))
        #expect(try TextHygiene.text([0xEF, 0xBB, 0xBF, 0x61]) == "a")
        #expect(try TextHygiene.text([0xFF, 0xFE, 0x61, 0, 0x0A, 0]) == "a\n")
        #expect(try TextHygiene.text([0xFE, 0xFF, 0, 0x61]) == "a")
        // Quotes and dashes take the fast way, a singleton does not.
        #expect(try Array(TextHygiene.text(Array("“a” – \u{212B}".utf8)).utf8) == Array("“a” – Å".utf8))
    }

    @Test(
        arguments: [
            ([0x61, 0x62, 0xFF, 0x63], 2), ([0x61, 0xC3], 1), ([0xE2, 0x82, 0x41], 0), ([0x61, 0xED, 0xA0, 0x80], 1),
            ([0xC3, 0xA9, 0x80], 2),
        ] as [([UInt8], Int)])
    func `invalid UTF-8 is refused with its byte`(bytes: [UInt8], offset: Int) {
        #expect(throws: ReadError.invalidUTF8(offset: offset)) { try TextHygiene.text(bytes) }
    }

    @Test func `a NUL byte makes a file binary`() {
        #expect(throws: ReadError.binary(offset: 3)) { try TextHygiene.text(Array("abc\0".utf8)) }
    }
}

@Suite struct DateTextTests {
    @Test(
        arguments: [
            ("2023-01-01T02:21:46Z", 1_672_539_706), ("2023-01-01T03:21:46+01:00", 1_672_539_706),
            ("2023-01-01T02:21:46.000Z", 1_672_539_706),
            ("2023-01-01 02:21:46", 1_672_539_706), ("2023-01-01 03:21:46 +0100", 1_672_539_706),
            ("1672539706", 1_672_539_706),
            ("1672539706000", 1_672_539_706), ("2023-01-01", 1_672_531_200), ("2023/1/1", 1_672_531_200),
        ] as [(String, Double)])
    func `times are read as they are written`(text: String, seconds: Double) {
        #expect(DateText.date(text)?.timeIntervalSince1970 == seconds)
    }

    @Test(arguments: ["", "soon", "2023-13-01", "5 Jan"])
    func `what is no time is none`(text: String) { #expect(DateText.date(text) == nil) }
}
