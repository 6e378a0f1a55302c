import Testing

@testable import KnowledgeBase

struct PhraseTableTests {
    private func matches(_ table: String, _ text: String) throws -> Bool {
        !(try PhraseTable(table).matches(in: FoldedText(text)).isEmpty)
    }

    @Test(arguments: [
        ("talk|speak to human", "I want to speak to HUMAN", true), ("talk to human", "talk to a human", false),
        ("talk ..2 human", "talk to a human", true), ("talk ..1 human", "talk to a human", false),
        ("talk ..5 human", "I talk. A human?", false),
        ("talk to the? human", "talk to human", true),
        ("@a = real|live\ntalk @a{3} human", "talk real live human", true),
        ("human~", "a humna please", true), ("human~", "a human please", true), ("human~", "hunan", true),
        ("agent~", "urgent", false),
        ("super*", "superman", true), ("^ help", "please help", false), ("^ help", "Well. Help!", true),
        ("help $", "please help", true),
        ("help $", "help me", false), ("customer_service now", "Customer Service now", true),
        ("zuruck", "Rufen Sie zurück", true),
        ("人工 ..2 客服", "我要人工的客服", true), ("human\n! no human", "no human", false),
        ("human\n! human error", "it is a human error", false),
        ("human\n! no human", "no, wait. A human", true), ("operateur", "l'opérateur", true), ("dont", "don’t", true),
    ]) func `a phrase matches what its signs say`(_ table: String, _ text: String, _ expected: Bool) throws {
        #expect(try matches(table, text) == expected)
    }

    @Test(arguments: ["..x a", "..2", "@none a", "a{0}", "^ $"])
    func `a phrase that says nothing is an error with its line`(_ phrase: String) {
        #expect(throws: PhraseTable.Problem.self) { try PhraseTable("good\n" + phrase) }
        do { _ = try PhraseTable("good\n" + phrase) } catch { #expect(error.line == 2) }
    }

    @Test func `a line that a mail program broke is one sentence, a short line is its own`() throws {
        #expect(
            try matches("speak to human", "after three days of waiting for any answer I would like to speak\nto human"))
        #expect(try !matches("speak to human", "speak\nto human"))
    }
}

struct FoldedTextTests {
    @Test func `words of any script, without accents, and where sentences end`() {
        func words(_ text: String) -> [String] { FoldedText(text).words.map(\.text) }
        #expect(words("Können Sie mich zurückrufen?") == ["konnen", "sie", "mich", "zuruckrufen", ""])
        #expect(words("“L’opérateur” — don’t… go → there") == ["l", "operateur", "dont", "", "go", "there", ""])
        #expect(words("用户 Straße. Ёлка") == ["用", "户", "strasse", "", "елка", ""])
        let text = "é a’b “x”"
        let word = FoldedText(text).words[1]
        #expect(String(decoding: Array(text.utf8)[word.range], as: UTF8.self) == "a’b")
        #expect(
            FoldedText("It's TB-1012. Say l'abc!").words.map(\.text) == [
                "its", "tb", "1012", "", "say", "l", "abc", "",
            ])
    }
}
