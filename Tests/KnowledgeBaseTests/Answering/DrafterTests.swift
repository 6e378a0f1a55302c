import FoundationEssentials
import Testing

@testable import KnowledgeBase

struct DrafterTests {
    private static let document = Document(
        rowID: 1, id: "s/a.md", title: "A", kind: .article, source: "s",
        changed: Date(timeIntervalSince1970: 0))

    /// A passage of sentences on lines of their own, from `line` on; `numbered` steps count from 1.
    private func passage(
        _ sentences: [(text: String, kind: Sentence.Kind, fitness: Float)], at ordinal: Int = 0,
        line: Int = 1, numbered: Bool = false
    ) -> DraftPassage {
        var text = ""
        var list: [Sentence] = []
        for (i, sentence) in sentences.enumerated() {
            if i > 0 { text += "\n" }
            let start = text.utf8.count
            text += sentence.text
            list.append(
                Sentence(
                    text: sentence.text, range: start..<text.utf8.count, lines: line + i...line + i,
                    kind: sentence.kind, ordinal: numbered && sentence.kind == .step ? i + 1 : nil))
        }
        return DraftPassage(
            document: Self.document,
            chunk: Chunk(
                rowID: Int64(ordinal), documentRowID: 1, ordinal: ordinal, headings: ["H\(ordinal)"],
                text: text,
                lines: line...line + sentences.count - 1, role: .content, sentences: list, embeddingKey: []),
            cosines: sentences.map(\.fitness), overlaps: sentences.map { _ in 0 })
    }

    @Test func `a step brings its whole list and the sentence that leads into it`() throws {
        let draft = try #require(
            Drafter.draft([
                passage(
                    [
                        ("Nothing to do with it.", .sentence, 0), ("Do this:", .sentence, 0),
                        ("Open Settings.", .step, 0.1), ("Choose Reset.", .step, 0.9), ("Press OK.", .step, 0),
                        ("Afterwards.", .sentence, 0),
                    ], line: 10, numbered: true)
            ]))
        #expect(
            draft.sentences.map(\.text) == ["Do this:", "Open Settings.", "Choose Reset.", "Press OK."])
        #expect(draft.text == "Do this:\n3. Open Settings.\n4. Choose Reset.\n5. Press OK.")
        #expect(draft.citations.map(\.lines) == [11...14])
        #expect(draft.citations[0].headings == ["H0"])
    }

    @Test func `each of two things asked brings the sentence that fits it, in the article's order`() throws {
        var one = passage([
            ("Both in general.", .sentence, 0.9), ("About the first.", .sentence, 0.4),
            ("About neither.", .sentence, 0.3),
            ("About the second.", .sentence, 0.2),
        ])
        #expect(try #require(Drafter.draft([one])).sentences.map(\.text) == ["Both in general."])
        one.parts = [PartFitness(fitness: [0.1, 0.8, 0.1, 0]), PartFitness(fitness: [0.1, 0, 0.1, 0.8])]
        #expect(
            try #require(Drafter.draft([one])).sentences.map(\.text) == ["About the first.", "About the second."])
        // Nothing is quoted twice where one sentence fits both best.
        one.parts[1].fitness = [0.1, 0.9, 0, 0.2]
        #expect(try #require(Drafter.draft([one])).sentences.map(\.text) == ["About the first."])
    }

    @Test func `an exact name leads only for the thing that is asked with it`() throws {
        var one = passage([
            ("Port 5432 is the default.", .sentence, 0.5), ("log.level: how much is written.", .sentence, 0.3),
        ])
        one.names = [.none, .entry]
        one.parts = [PartFitness(fitness: [0.8, 0.1]), PartFitness(fitness: [0.1, 0.4], hasName: true)]
        #expect(
            try #require(Drafter.draft([one])).sentences.map(\.text)
                == ["Port 5432 is the default.", "log.level: how much is written."])
    }

    @Test func `what another article says is cited behind the first`() throws {
        var draft = try #require(Drafter.draft([passage([("One.", .sentence, 0.9)])]))
        draft.append(try #require(Drafter.draft([passage([("Two.", .sentence, 0.9)], at: 3)])))
        #expect(draft.citations.map(\.number) == [1, 2])
        #expect(draft.sentences.map(\.citations) == [[1], [2]])
        #expect(draft.text == "One.\n\nTwo.")
    }

    @Test func `a plain list that is long is quoted by its items`() throws {
        let item = Array(repeating: "word", count: 40).joined(separator: " ")
        let draft = try #require(
            Drafter.draft([
                passage([
                    ("Any of:", .sentence, 0), ("a " + item, .step, 0), ("b " + item, .step, 0.9), ("c", .step, 0),
                ])
            ]))
        #expect(draft.sentences.map { $0.text.prefix(1) } == ["b"])
        #expect(draft.text.hasPrefix("- b word"))
    }

    @Test func `a sentence that ends in a colon brings the steps behind it`() throws {
        let draft = try #require(
            Drafter.draft([
                passage([("Do this:", .sentence, 0.9), ("One.", .step, 0), ("Two.", .step, 0)])
            ]))
        #expect(draft.sentences.map(\.text) == ["Do this:", "One.", "Two."])
    }

    @Test func `a list too long to give whole is given from the step that answers on`() throws {
        let long = Array(repeating: "word", count: 50).joined(separator: " ")
        let draft = try #require(
            Drafter.draft([
                passage(
                    [
                        ("a " + long, .step, 0), ("b " + long, .step, 0), ("c " + long, .step, 0.9),
                        ("d " + long, .step, 0),
                    ], numbered: true)
            ]))
        #expect(draft.sentences.map { $0.text.prefix(1) } == ["c", "d"])
    }

    @Test func `sentences come in the article's order, not by fitness, whatever passage leads`()
        throws
    {
        let draft = try #require(
            Drafter.draft([
                passage([("Last.", .sentence, 0.9)], at: 2, line: 30),
                passage([("First.", .sentence, 0.95)], at: 0, line: 1),
                passage([("Not said.", .sentence, 0.1), ("Middle.", .sentence, 0.95)], at: 1, line: 9),
            ]))
        #expect(draft.sentences.map(\.text) == ["First.", "Middle.", "Last."])
        #expect(draft.sentences.map(\.citations) == [[1], [2], [3]])
        #expect(draft.citations.map(\.number) == [1, 2, 3])
        #expect(draft.citations.map(\.lines) == [1...1, 10...10, 30...30])
    }

    @Test func `an answer has at most about 120 words and no sentence twice`() throws {
        let long = Array(repeating: "word", count: 59).joined(separator: " ")
        let draft = try #require(
            Drafter.draft([
                passage([
                    ("1 " + long, .sentence, 0.9), ("2 " + long, .sentence, 0.9),
                    ("3 " + long, .sentence, 0.9),
                    ("Short.", .sentence, 0.8), ("Short.", .sentence, 0.8),
                ])
            ]))
        #expect(draft.sentences.map { $0.text.prefix(5) } == ["1 wor", "2 wor"])
        #expect(draft.sentences.reduce(0) { $0 + Drafter.words($1.text) } == 120)
        let twice = try #require(
            Drafter.draft([passage([("Same.", .sentence, 0.9), ("Same.", .sentence, 0.9)])]))
        #expect(twice.sentences.map(\.text) == ["Same."])
    }

    @Test func `every sentence stands in its passage and every quote in its citation's lines`() throws {
        let one = passage(
            [("Alpha one.", .sentence, 0.9), ("Beta two.", .sentence, 0.9)], at: 0, line: 5)
        let draft = try #require(Drafter.draft([one]))
        for sentence in draft.sentences { #expect(one.chunk.text.contains(sentence.text)) }
        #expect(draft.citations[0].quote == "Alpha one. Beta two.")
        #expect(draft.citations[0].lines == 5...6)
    }

    /// A passage whose text has a line between two sentences that belongs to neither: a heading.
    private func sections(_ parts: [(heading: String?, sentences: [(String, Sentence.Kind, Float)])]) -> DraftPassage {
        var text = ""
        var list: [Sentence] = []
        var cosines: [Float] = []
        var line = 0
        func add(_ piece: String) -> Range<Int> {
            if !text.isEmpty { text += "\n" }
            let start = text.utf8.count
            text += piece
            line += 1
            return start..<text.utf8.count
        }
        for part in parts {
            if let heading = part.heading { _ = add(heading) }
            for (sentence, kind, fitness) in part.sentences {
                let range = add(sentence)
                list.append(Sentence(text: sentence, range: range, lines: line...line, kind: kind))
                cosines.append(fitness)
            }
        }
        return DraftPassage(
            document: Self.document,
            chunk: Chunk(
                rowID: 0, documentRowID: 1, ordinal: 0, headings: [], text: text, lines: 1...line, role: .content,
                sentences: list, embeddingKey: []), cosines: cosines, overlaps: cosines.map { _ in 0 })
    }

    @Test func `a sentence that leans on the one before brings it`() throws {
        let draft = try #require(
            Drafter.draft([
                passage([
                    ("Nothing.", .sentence, 0), ("Set max_slots on the subscriber.", .sentence, 0.1),
                    ("It should be at least the number of subscriptions.", .sentence, 0.9),
                ])
            ]))
        #expect(
            draft.sentences.map(\.text)
                == ["Set max_slots on the subscriber.", "It should be at least the number of subscriptions."])
        #expect(draft.citations.map(\.lines) == [2...3])
        // Not across a heading.
        let other = try #require(
            Drafter.draft([
                sections([(nil, [("One thing.", .sentence, 0)]), ("Next", [("It is another.", .sentence, 0.9)])])
            ]))
        #expect(other.text == "It is another.")
    }

    @Test func `code that a sentence announces comes with it, in the next passage too`() throws {
        let draft = try #require(
            Drafter.draft([
                passage([("To build without locks:", .sentence, 0.9), ("CREATE INDEX CONCURRENTLY", .code, 0)])
            ]))
        #expect(draft.text == "To build without locks:\nCREATE INDEX CONCURRENTLY")
        var second = passage([("CREATE INDEX CONCURRENTLY", .code, 0)], at: 1, line: 9)
        second.chunk.headings = ["H0"]
        let apart = try #require(Drafter.draft([passage([("To build without locks:", .sentence, 0.9)]), second]))
        #expect(apart.sentences.map(\.text) == ["To build without locks:", "CREATE INDEX CONCURRENTLY"])
        #expect(apart.citations.map(\.lines) == [1...1, 9...9])
    }

    @Test func `a sentence that announces a long list is never given without items of it`() throws {
        let long = Array(repeating: "word", count: 40).joined(separator: " ")
        let draft = try #require(
            Drafter.draft([
                passage([
                    ("Any of:", .sentence, 0.9), ("a " + long, .step, 0), ("b " + long, .step, 0),
                    ("c " + long, .step, 0),
                ])
            ]))
        #expect(draft.sentences.map { $0.text.prefix(2) } == ["An", "a ", "b "])
    }

    @Test func `a procedure somewhat longer than an answer is still given whole`() throws {
        let step = Array(repeating: "word", count: 34).joined(separator: " ")
        let draft = try #require(
            Drafter.draft([
                passage(
                    [
                        ("a " + step, .step, 0), ("b " + step, .step, 0), ("c " + step, .step, 0),
                        ("d " + step, .step, 0.9),
                    ],
                    numbered: true)
            ]))
        #expect(draft.sentences.count == 4)
    }

    @Test func `sections are set apart, cited apart and named by their headings`() throws {
        let draft = try #require(
            Drafter.draft([
                sections([
                    ("Switch off", [("Untick Reminders.", .sentence, 0.9)]),
                    ("Not sent", [("The day had passed.", .sentence, 0.8)]),
                ])
            ]))
        #expect(draft.text == "Untick Reminders.\n\nThe day had passed.")
        #expect(draft.citations.map(\.headings) == [["Switch off"], ["Not sent"]])
        #expect(draft.citations.map(\.lines) == [2...2, 4...4])
        #expect(draft.sentences.map(\.citations) == [[1], [2]])
    }

    @Test func `an item of another section's list does not join`() throws {
        let draft = try #require(
            Drafter.draft([
                sections([
                    ("Steps", [("One client: open it, untick Reminders.", .step, 0.9)]),
                    ("Not sent", [("The reminders came on later.", .step, 0.8)]),
                ])
            ]))
        #expect(draft.text == "- One client: open it, untick Reminders.")
    }

    @Test func `what is left out between two sentences shows as a new line`() throws {
        let draft = try #require(
            Drafter.draft([
                passage([("First.", .sentence, 0.9), ("Left out.", .sentence, 0), ("Third.", .sentence, 0.9)])
            ]))
        #expect(draft.text == "First.\nThird.")
    }

    @Test func `a caption is no answer while a sentence is`() throws {
        let draft = try #require(
            Drafter.draft([
                passage([("Example pg_hba.conf Entries", .sentence, 0.9), ("Run pg_ctl reload.", .sentence, 0.7)])
            ]))
        #expect(draft.sentences.map(\.text) == ["Run pg_ctl reload."])
    }

    @Test func `shared words decide where no vectors are at hand`() throws {
        var words = passage([("Wrong.", .sentence, 0), ("Right.", .sentence, 0)])
        words.cosines = []
        words.overlaps = [0.1, 0.9]
        #expect(try #require(Drafter.draft([words])).sentences.map(\.text) == ["Right."])
    }

    /// A passage whose sentences stand to the name asked for as `NameMention` finds.
    private func naming(_ name: String, _ sentences: [(text: String, kind: Sentence.Kind, fitness: Float)])
        -> DraftPassage
    {
        var out = passage(sentences)
        out.names = out.chunk.sentences.map { NameMention($0, below: nil) { $0.contains(name) } }
        return out
    }

    @Test func `the entry of the name that is asked for is quoted, not its neighbours that fit better`() throws {
        let entries = try #require(
            Drafter.draft([
                naming(
                    "log_min",
                    [
                        ("log_sample (integer): Samples what log_min logs.", .step, 0.9),
                        ("log_min (integer): Logs slow statements.", .step, 0.5),
                        ("The unit is milliseconds.", .sentence, 0.1), ("log_rate (real): A share.", .step, 0.8),
                    ])
            ]))
        #expect(
            entries.sentences.map(\.text) == [
                "log_sample (integer): Samples what log_min logs.", "log_min (integer): Logs slow statements.",
                "The unit is milliseconds.",
            ])
        let rows = try #require(
            Drafter.draft([
                naming(
                    "B-2",
                    [
                        ("Code: B-1 | Do: see B-2", .row, 0.8), ("Code: B-2 | Do: restart", .row, 0.2),
                        ("Code: B-3 | Do: call", .row, 0.9),
                    ])
            ]))
        #expect(rows.sentences.map(\.text) == ["Code: B-1 | Do: see B-2", "Code: B-2 | Do: restart"])
    }

    @Test func `an entry that announces a list brings it, or does not announce it`() throws {
        func entry(_ rest: [(String, Sentence.Kind, Float)]) throws -> [String] {
            let sentences: [(text: String, kind: Sentence.Kind, fitness: Float)] =
                [("log_min (integer): Logs slow statements.", .step, 0.5), ("These are supported:", .sentence, 0.1)]
                + rest.map { (text: $0.0, kind: $0.1, fitness: $0.2) }
            return try #require(Drafter.draft([naming("log_min", sentences)])).sentences.map(\.text)
        }
        #expect(
            try entry([("n none: nothing.", .step, 0.1), ("-l --label: A label.", .step, 0.1)]) == [
                "log_min (integer): Logs slow statements.", "These are supported:", "n none: nothing.",
            ])
        #expect(try entry([("-l --label: A label.", .step, 0.1)]) == ["log_min (integer): Logs slow statements."])
    }

    @Test func `what stands below another heading joins no procedure`() throws {
        let draft = try #require(
            Drafter.draft([
                passage([("Open it.", .step, 0.9), ("Press start.", .step, 0.9)], at: 0, numbered: true),
                passage([("Hold the button to wipe the memory.", .sentence, 0.9)], at: 1, line: 9),
            ]))
        #expect(draft.sentences.map(\.text) == ["Open it.", "Press start."])
    }

    @Test func `a sentence that goes on from the one before brings it along`() throws {
        let draft = try #require(
            Drafter.draft([
                passage([
                    ("It is kept for 30 days.", .sentence, 0.1),
                    ("Within that time we can restore it.", .sentence, 0.9),
                ])
            ]))
        #expect(draft.sentences.map(\.text) == ["It is kept for 30 days.", "Within that time we can restore it."])
    }

    @Test func `who wants to know what to do gets the steps, below another heading too`() throws {
        let passages = [
            passage([("The code means that the bank refused.", .sentence, 0.9)]),
            passage([("Old step.", .step, 0.1)], at: 1, line: 5, numbered: true),
            passage([("Replace the card.", .step, 0.3), ("Try again.", .step, 0.2)], at: 2, line: 9, numbered: true),
        ]
        #expect(try #require(Drafter.draft(passages)).sentences.count == 1)
        let draft = try #require(Drafter.draft(passages, wantsRemedy: true))
        #expect(
            draft.sentences.map(\.text) == ["The code means that the bank refused.", "Replace the card.", "Try again."])
        #expect(draft.citations.map(\.lines) == [1...1, 9...10])
    }

    @Test(arguments: [
        ("TB-3004 how do I fix it", true), ("What can I do about TB-3004?", true),
        ("what does it mean and how can I solve it", true), ("Wie kann ich das beheben?", true),
        ("What does TB-3004 mean?", false), ("TB-3004", false), ("Where do I see what I did?", false),
    ]) func `a wish for a remedy is told from one for a meaning`(question: String, wants: Bool) {
        #expect(RemedyRequest.isIn(question) == wants)
    }

    @Test func `there is no draft without a sentence`() {
        #expect(Drafter.draft([]) == nil)
        #expect(Drafter.draft([passage([("", .sentence, 1)])]) == nil)
        #expect(Drafter.draft([passage([(". …", .sentence, 1)])]) == nil)
    }
}
