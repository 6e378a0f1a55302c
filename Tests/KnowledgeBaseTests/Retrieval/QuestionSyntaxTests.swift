import GRDB
import Testing

@testable import KnowledgeBase

struct QuestionSyntaxTests {
    @Test(arguments: [
        ("reset password", "reset password", [], []),
        (#"the "exact phrase" here"#, #"the "exact phrase" here"#, ["exact phrase"], []),
        ("“Curly  Quotes” too", "“Curly  Quotes” too", ["curly quotes"], []),
        ("export to pdf -csv", "export to pdf", [], ["csv"]),
        ("How do I export it to pdf -csv -email", "How do I export it to pdf", [], ["csv", "email"]),
        ("password -reset email", "password email", [], ["reset"]),
        // In a sentence it is an option that is asked about; so are capitals, single letters and double hyphens.
        ("what does pg_dump -verbose do?", "what does pg_dump -verbose do?", [], []),
        ("export -csv to pdf", "export -csv to pdf", [], []),
        ("dump in custom format -Fc", "dump in custom format -Fc", [], []),
        ("kill -HUP", "kill -HUP", [], []),
        ("psql -W", "psql -W", [], []),
        ("vacuum --full", "vacuum --full", [], []),
        ("tar -xf", "tar -xf", [], []),
        ("-only", "-only", [], []),
        ("minus -5 degrees", "minus -5 degrees", [], []),
        ("a - b", "a - b", [], []),
        (#"an "open quote"#, #"an "open quote"#, [], []),
        (#"export a list -"to pdf""#, "export a list", [], ["to pdf"]),
        (#"a "whole list" -"to pdf" by mail"#, #"a "whole list" by mail"#, ["whole list"], ["to pdf"]),
        (#"-"to pdf""#, #"-"to pdf""#, [], []),
        (#"pre-"press" export"#, #"pre-"press" export"#, ["press"], []),
        (#"says "don't -panic now""#, #"says "don't -panic now""#, ["don't -panic now"], []),
    ])
    func `phrases and excluded words are told from plain text`(
        question: String, text: String, phrases: [String], excluded: [String]
    ) {
        let syntax = QuestionSyntax(question)
        #expect(syntax.text == text && syntax.phrases == phrases && syntax.excluded == excluded)
    }

    @Test func `what articles write as an option is no exclusion`() {
        let syntax = QuestionSyntax("tar archive -xzf -email") { $0 == "xzf" }
        #expect(syntax.text == "tar archive -xzf" && syntax.excluded == ["email"])
    }

    @Test func `a dash that is punctuation, or stands once among many, makes no option`() throws {
        let desk = Desk()
        desk.article(
            "server.md", "# Server\n\nType the Server Name--refund.office.com here. (shop)-Refund +---refund-data\n")
        for i in 0..<30 { desk.article("refund\(i).md", "# Refund \(i)\n\nA refund of kind \(i) takes a week.\n") }
        desk.article("david.md", "# Greeting\n\nWith thanks\n\n -refund\n")
        try desk.ingest()
        #expect(try !desk.engine().store.pool.read { try Store.isOption("refund", $0) })
    }

    @Test func `an option in an article is told from a hyphen inside a word`() throws {
        let desk = Desk()
        desk.article("a.md", "# Tar\n\nUse `tar -xzf FILE`, or --verbose. Say non-email.\n")
        try desk.ingest()
        let options = try desk.engine().store.pool.read { db in
            try ["xzf", "verbose", "email", "file"].filter { try Store.isOption($0, db) }
        }
        #expect(options == ["xzf", "verbose"])
        let hits = try desk.engine().search([Question(text: "tar -xzf")], options: SearchOptions())[0]
        #expect(hits.hits.map(\.document.title) == ["Tar"] && hits.reading.excluded.isEmpty)
        let without = try desk.engine().search([Question(text: "tar -email")], options: SearchOptions())[0]
        #expect(without.hits.isEmpty && without.reading.excluded == ["email"])
    }

    @Test(arguments: [
        ("tb-1042", true), ("e4012", true), ("timer.idle_minutes", true), ("4.2.1", false), ("mp3", false),
    ])
    func `a code is told from a version number`(word: String, expected: Bool) {
        #expect(Identifiers.isCode(word) == expected)
    }

    @Test func `a sentence that tells what a page said asks for no phrase`() {
        #expect(QuestionSyntax("what does \"not found\" mean here").phrases == ["not found"])
        #expect(QuestionSyntax("The page says \"not found\" when my client opens the portal link").phrases.isEmpty)
    }

    @Test func `a pasted ticket is plain text`() {
        let ticket = "Hello\nit says \"not found\" -Anna"
        #expect(QuestionSyntax(ticket).phrases.isEmpty && QuestionSyntax(ticket).excluded.isEmpty)
    }

    @Test(arguments: [
        ("tb-1042", true), ("e4012", true), ("4.2", true), ("timer.idle_minutes", true), ("user_id", true),
        ("tallybird-4.2.msi", true), ("set-up", false), ("2024", false), ("invoice", false), ("e.g", false),
        ("don't", false), ("a/b1", false),
    ])
    func `identifiers name one exact thing`(word: String, expected: Bool) {
        #expect(Identifiers.isIdentifier(word) == expected)
    }
}
