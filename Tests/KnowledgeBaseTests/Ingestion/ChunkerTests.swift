import Testing

@testable import KnowledgeBase

@Suite struct SentenceSplitterTests {
    @Test(
        arguments: [
            ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
            (
                "Use e.g. Thunderbird 4.2 or i.e. Firefox. Done.",
                ["Use e.g. Thunderbird 4.2 or i.e. Firefox.", "Done."]
            ),
            ("See Mr. Smith at No. 5. Then go.", ["See Mr. Smith at No. 5.", "Then go."]),
            ("The answer is no. Try again.", ["The answer is no.", "Try again."]),
            ("Open prefs.js in C:/x. Edit it.", ["Open prefs.js in C:/x.", "Edit it."]),
            ("Go to https://x.org/a.b?c=d. Log in.", ["Go to https://x.org/a.b?c=d.", "Log in."]),
            (
                "Click Settings > Privacy. Choose \"Compact.\" Then wait...",
                ["Click Settings > Privacy.", "Choose \"Compact.\"", "Then wait..."]
            ),
            ("これは文です。次の文。End.", ["これは文です。", "次の文。", "End."]),
            ("He said (really.) Then left.", ["He said (really.)", "Then left."]),
            ("Ask J. Smith. iPhone users too.", ["Ask J. Smith.", "iPhone users too."]),
            (
                "0 means no limit. sync.max_parallel is capped. max_size too. e.g. here, a.m. or p.m. not",
                ["0 means no limit.", "sync.max_parallel is capped.", "max_size too. e.g. here, a.m. or p.m. not"]
            ),
            ("It is v. good and approx. 5 MB. ok", ["It is v. good and approx. 5 MB. ok"]), ("", []), ("   ", []),
            ("...", ["..."]),
        ] as [(String, [String])])
    func `sentences end where they end`(text: String, sentences: [String]) {
        let bytes = Array(text.utf8)
        #expect(SentenceSplitter.ranges(text).map { String(decoding: bytes[$0], as: UTF8.self) } == sentences)
    }
}

@Suite struct ChunkerTests {
    static func prose(_ words: Int, _ seed: String = "word") -> String {
        (0..<words).map { ($0 % 12 == 11) ? "\(seed)\($0)." : ($0 % 12 == 0 ? "The" : "\(seed)") }.joined(
            separator: " ") + "."
    }

    /// What must hold for every document: sizes, ranges, order, and that nothing is lost.
    static func check(_ document: SourceDocument, sourceLocation: SourceLocation = #_sourceLocation) -> [Passage] {
        let all = passages(document)
        for passage in all {
            let prefix = Chunker.prefix(
                title: document.title, headings: passage.headings, tokenCount: approximateTokens)
            #expect(approximateTokens(prefix + "\n" + passage.text) <= Chunker.limit, sourceLocation: sourceLocation)
            let utf8 = Array(passage.text.utf8)
            var end = 0
            for sentence in passage.sentences {
                #expect(
                    String(decoding: utf8[sentence.range], as: UTF8.self) == sentence.text,
                    sourceLocation: sourceLocation)
                #expect(sentence.range.lowerBound >= end, sourceLocation: sourceLocation)
                #expect(
                    passage.lines.contains(sentence.lines.lowerBound)
                        && passage.lines.contains(sentence.lines.upperBound), sourceLocation: sourceLocation)
                end = sentence.range.upperBound
            }
        }
        let text = all.map(\.text).joined(separator: " ").filter { !$0.isWhitespace }
        for block in document.blocks {
            if case .heading = block.kind { continue }
            if block.text.utf8.count < 500 {
                #expect(text.contains(block.text.filter { !$0.isWhitespace }), sourceLocation: sourceLocation)
            }
        }
        return all
    }

    @Test func `prose is packed to nearly the limit and cut between sentences`() throws {
        let document = try read("# T\n\n" + Self.prose(400) + "\n\n" + Self.prose(400))
        let all = Self.check(document)
        #expect(all.dropLast().allSatisfy { approximateTokens($0.text) >= Chunker.textLimit * 4 / 5 })
        #expect(all.allSatisfy { $0.text.hasSuffix(".") })
    }

    @Test func `small neighbours share a passage with their headings written out`() throws {
        let all = Self.check(try read("# T\n\n## A\n\nAlpha.\n\n## B\n\nBeta.\n\n## C\n\nGamma."))
        #expect(all.map(\.text) == ["A\nAlpha.\nB\nBeta.\nC\nGamma."])
        #expect(all[0].headings == [])
        #expect(all[0].lines == 5...13)
        #expect(all[0].sentences.map(\.text) == ["Alpha.", "Beta.", "Gamma."])
    }

    @Test func `a heading begins a passage once the open one is large enough`() throws {
        let all = Self.check(try read("# T\n\n## A\n\n" + Self.prose(120) + "\n\n## B\n\nBeta."))
        #expect(all.map(\.headings) == [["A"], ["B"]])
    }

    @Test func `sections under different parents do not share`() throws {
        let all = Self.check(try read("# T\n\n## A\n\n### A1\n\nAlpha.\n\n## B\n\n### B1\n\nBeta."))
        #expect(all.map(\.headings) == [["A", "A1"], ["B", "B1"]])
    }

    @Test func `steps, rows and fences are never cut when they fit`() throws {
        let steps = (1...60).map {
            "\($0). Step \($0) says to open the settings and to choose the item called number \($0)."
        }
        let rows = (1...60).map { "| row\($0) | " + Self.prose(15, "r\($0)") + " |" }
        let fence = "```\n" + (1...20).map { "line \($0) of the code" }.joined(separator: "\n") + "\n```"
        let document = try read(
            "# T\n\n" + steps.joined(separator: "\n") + "\n\n| A | B |\n|---|---|\n" + rows.joined(separator: "\n")
                + "\n\n" + fence)
        let all = Self.check(document)
        let kinds = all.flatMap(\.sentences)
        #expect(kinds.filter { $0.kind == .step }.count == 60)
        #expect(kinds.filter { $0.kind == .row }.count == 60)
        #expect(kinds.filter { $0.kind == .code }.count == 1)
        #expect(kinds.first { $0.kind == .step }?.ordinal == 1)
    }

    @Test func `a step holds its short nested steps`() throws {
        let all = Self.check(try read("# T\n\n1. Open settings.\n   - Click A.\n   - Click B.\n2. Close."))
        #expect(all[0].sentences.map(\.text) == ["Open settings.\nClick A.\nClick B.", "Close."])
        #expect(all[0].sentences.map(\.lines) == [3...5, 6...6])
    }

    @Test func `a fence above the limit is cut between lines, each piece with its lines`() throws {
        let lines = (1...200).map { "command number \($0) with arguments" }
        let all = Self.check(try read("# T\n\n```\n" + lines.joined(separator: "\n") + "\n```"))
        #expect(all.count > 3)
        #expect(all[0].lines.lowerBound == 4)
        #expect(all.last?.lines.upperBound == 203)
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.lines.upperBound < $1.lines.lowerBound })
    }

    @Test(arguments: [
        String(repeating: "x", count: 100_000), String(repeating: "漢字", count: 20_000),
        String(repeating: "a b ", count: 30_000),
    ])
    func `text without any sentence is cut hard`(text: String) throws {
        let all = passages(try read("# T\n\n" + text))
        #expect(all.count > 10)
        #expect(all.reduce(0) { $0 + $1.text.utf8.count } >= text.utf8.count * 9 / 10)
    }

    @Test func `link lists and tables of contents stand apart`() throws {
        let all = Self.check(
            try read(
                "# T\n\nIntro text.\n\n- [One](a.md)\n- [Two](b.md)\n\n## Use\n\nReal text.\n\n## See also\n\n- The other article\n- [Third](c.md)"
            ))
        #expect(all.filter { $0.role == .navigation }.map(\.text) == ["One\nTwo", "The other article\nThird"])
        #expect(all.filter { $0.role == .content }.map(\.text) == ["Intro text.\nUse\nReal text."])
    }

    @Test func `a breadcrumb stands apart, a menu path does not`() throws {
        let all = passages(try read("# T\n\nHome > Docs > Guides\n\nOpen Settings > Privacy > Data and choose one."))
        #expect(all.map(\.role) == [.content, .navigation])
        #expect(all[0].text == "Open Settings > Privacy > Data and choose one.")
    }

    @Test func `the prefix gives up the middle of the path first`() {
        let words = { (name: String, count: Int) in (0..<count).map { "\(name)\($0)" }.joined(separator: " ") }
        func prefix(_ title: String, _ headings: [String]) -> String {
            Chunker.prefix(title: title, headings: headings, tokenCount: approximateTokens)
        }
        #expect(prefix("T", ["A", "B"]) == "T > A > B")
        let cut = prefix("Title", [words("outer", 30), words("middle", 30), "Last"])
        #expect(cut.hasPrefix("Title") && cut.hasSuffix("> Last") && !cut.contains("middle") || !cut.contains("outer"))
        let long = prefix(words("title", 200), [words("last", 200)])
        #expect(approximateTokens(long) <= Chunker.prefixLimit)
        #expect(long.hasPrefix("title0") && long.contains("> last0"))
    }

    @Test func `an article of headings alone can still be found`() throws {
        #expect(passages(try read("# T\n\n## Sub")).map(\.text) == ["T\nSub"])
    }

    @Test func `tokens are counted about once a block`() throws {
        let document = try read("# T\n\n" + (0..<500).map { "Paragraph \($0) has words." }.joined(separator: "\n\n"))
        var calls = 0
        _ = Chunker.passages(of: document) {
            calls += 1
            return approximateTokens($0)
        }
        #expect(calls < 700)
    }
}
