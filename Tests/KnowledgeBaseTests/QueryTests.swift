import FoundationEssentials
import GRDB
import TestSupport
import Testing

@testable import KnowledgeBase

struct QueryTests {
    let desk = Desk()

    init() throws {
        desk.article(
            "reset.md",
            "# Reset your password\n\nOpen settings.\n\n1. Choose reset.\n2. Send the email.\n")
        desk.article("zebra.md", "# Zebra\n\nA zebra in the harbour. It is \"copper\".\n")
        try desk.ingest()
    }

    private func ask(_ text: String, log: Bool = false, mode: SearchMode = .hybrid) throws -> Answer {
        var options = SearchOptions()
        options.mode = mode
        var answers: [Answer] = []
        try desk.engine().answer([Question(text: text)], options: options, log: log) { answers.append($0) }
        return try #require(answers.first)
    }

    @Test(arguments: [
        #"" OR title:x NEAR(a b) * ^ -"#, "\"\"\"", "the of and how do I", "🙂🎉", "сбросить пароль",
        "请重置密码", "", " ", "'; DROP TABLE chunk;--",
        "\u{0}", String(repeating: "zebra ", count: 17_000), String(repeating: "z", count: 100_000),
        String(repeating: "\"", count: 100_000), "ｚｅｂｒａ", "a\u{301}\u{301}\u{301}",
    ])
    func `every question gets an answer or none, never an error`(text: String) throws {
        for mode in SearchMode.allCases {
            var options = SearchOptions()
            options.mode = mode
            options.pool = .all
            try desk.engine().answer([Question(text: text)], options: options, log: false) { answer in
                #expect((0...1).contains(answer.confidence))
                #expect(answer.answerable >= answer.confidence)
            }
        }
    }

    @Test func `every sentence of an answer is quoted from the cited lines`() throws {
        let answer = try ask("reset password")
        let draft = try #require(answer.draft)
        #expect(draft.citations.map(\.document.id) == ["articles/reset.md"])
        let lines = try String(contentsOf: URL(filePath: desk.articles + "/reset.md"), encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
        for sentence in draft.sentences {
            let citation = draft.citations[sentence.citations[0] - 1]
            let cited = lines[citation.lines.lowerBound - 1...citation.lines.upperBound - 1].joined(
                separator: "\n")
            #expect(cited.contains(sentence.text))
        }
    }

    @Test func `of a book only the passages that fit are read for an answer`() throws {
        let filler = (0..<900).map {
            "## Part \($0)\n\n" + Array(repeating: "lantern", count: 120).joined(separator: " ") + ".\n"
        }
        desk.article(
            "book.md",
            "# The book\n\n" + filler[..<700].joined() + "## Where\n\nThe giraffe sleeps here.\n"
                + filler[700...].joined())
        try desk.ingest()
        let answer = try ask("where does the giraffe sleep", mode: .lexical)
        #expect(answer.draft?.text.contains("The giraffe sleeps here.") == true)
    }

    @Test func `a run without spaces is cut, so that no answer holds megabytes`() throws {
        desk.article("blob.txt", "The giraffe blob " + String(repeating: "x", count: 1 << 20) + "\n")
        try desk.ingest()
        for text in ["giraffe blob", String(repeating: "x", count: 5000)] {
            #expect((try ask(text).draft?.text.utf8.count ?? 0) < 5000)
        }
        let longest = try desk.engine().store.pool.read {
            try Int.fetchOne($0, sql: "SELECT max(length(body)) FROM chunk")
        }
        #expect(longest! < 5000)
    }

    @Test func `the same question with the same answer has the same id, another has another`() throws {
        let (first, again, other) = (
            try ask("reset password"), try ask("reset password"), try ask("zebra")
        )
        #expect(first.answerID == again.answerID)
        #expect(first.answerID != other.answerID)
        #expect(first.answerID.count == 8 && first.answerID.first == "k")
    }

    @Test func `a question is logged with its outcome, unless told not to`() throws {
        _ = try ask("reset password", log: false)
        #expect(try desk.engine().status().questions == 0)
        _ = try ask("reset password", log: true)
        #expect(try desk.engine().status().questions == 1)
    }

    @Test(arguments: ["", "  ", "?!", "🎉🎉", "(((", "*", "\"\""])
    func `what holds no word finds nothing and is not logged`(text: String) throws {
        for mode in SearchMode.allCases {
            let answer = try ask(text, log: true, mode: mode)
            #expect(answer.draft == nil && answer.action == .human && answer.nearMiss == nil)
        }
        #expect(try desk.engine().search([Question(text: text)], options: SearchOptions())[0].hits.isEmpty)
        #expect(try desk.engine().status().questions == 0)
    }

    @Test func `a phrase that stands nowhere is named`() throws {
        let engine = try desk.engine()
        func missing(_ text: String) throws -> [String] {
            try engine.search([Question(text: text)], options: SearchOptions())[0].reading.missingPhrases
        }
        #expect(try missing("\"send the giraffe\" email") == ["send the giraffe"])
        #expect(try missing("\"send the email\"") == [])
        #expect(try ask("\"send the giraffe\" email").reading.missingPhrases == ["send the giraffe"])
    }

    @Test func `what an article lacks is looked for in all of it, and asking words are never missing`() throws {
        desk.article(
            "long.md",
            "# Lantern errors\n\n" + String(repeating: "The lantern is of copper. ", count: 60)
                + "\n\n## Codes in the harbour\n\n" + String(repeating: "An error has a code. ", count: 60)
                + "\n\n57014 was seen.\n")
        try desk.ingest()
        let engine = try desk.engine()
        let missing = try engine.store.pool.read { db in
            let id = try #require(try Int64.fetchOne(db, sql: "SELECT id FROM document WHERE key = 'articles/long.md'"))
            let terms = try QuestionTerms(
                MatchExpression("what does error 57014 mean for lanterns harbours and giraffes"), db)
            return try terms.missing(fromDocument: id, db)
        }
        #expect(missing == ["giraffes"])
    }

    @Test func `one leg alone has no confidence and goes to a person`() throws {
        for mode in [SearchMode.lexical, .dense] {
            let answer = try ask("reset password", mode: mode)
            #expect(answer.action == .human && answer.reasons.contains { $0.code == "not_calibrated" })
        }
        let both = try ask("reset password")
        #expect(both.reasons.contains { $0.code == "not_calibrated" } == false)
    }

    @Test func `an empty base answers nothing and sends the question to a person`() throws {
        let empty = Desk()
        try empty.engine().answer([Question(text: "zebra")], options: SearchOptions(), log: false) {
            answer in
            #expect(answer.draft == nil)
            #expect(answer.action == .human)
            #expect(answer.confidence == 0)
        }
    }

    @Test func `a question put before others does not change their scores`() throws {
        let engine = try desk.engine()
        let alone = try engine.search([Question(text: "zebra")], options: SearchOptions())[0].hits
        let batch = try engine.search(
            [Question(text: String(repeating: "long ", count: 90)), Question(text: "zebra")],
            options: SearchOptions())[1].hits
        for (a, b) in zip(alone, batch) {
            #expect(a.document.id == b.document.id)
            #expect(abs(a.score - b.score) < 1e-5)
        }
    }

    @Test(arguments: [
        (0.9, Band.auto), (0.8999, .draft), (0.7, .draft), (0.6999, .human), (0, .human), (1, .auto),
    ])
    func `bands begin at 0·70 and 0·90`(confidence: Double, band: Band) {
        #expect(Band(confidence: confidence) == band)
    }
}
