import Testing

@testable import KnowledgeBase

struct QuestionSyntaxTests {
    @Test(arguments: [
        ("reset password", "reset password", [], []),
        (#"the "exact phrase" here"#, #"the "exact phrase" here"#, ["exact phrase"], []),
        ("“Curly  Quotes” too", "“Curly  Quotes” too", ["curly quotes"], []),
        ("export -csv to pdf", "export to pdf", [], ["csv"]),
        ("-only", "-only", [], []),
        ("minus -5 degrees", "minus -5 degrees", [], []),
        ("a - b", "a - b", [], []),
        (#"an "open quote"#, #"an "open quote"#, [], []),
        (#"says "don't -panic now""#, #"says "don't -panic now""#, ["don't -panic now"], []),
    ])
    func `phrases and excluded words are told from plain text`(
        question: String, text: String, phrases: [String], excluded: [String]
    ) {
        let syntax = QuestionSyntax(question)
        #expect(syntax.text == text && syntax.phrases == phrases && syntax.excluded == excluded)
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
