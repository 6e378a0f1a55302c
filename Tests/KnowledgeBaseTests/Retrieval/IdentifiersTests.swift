import TestSupport
import Testing

@testable import KnowledgeBase

struct IdentifiersTests {
    @Test(arguments: [
        ("We had TB-3004 last month, thanks. Now I want to merge two clients that are duplicates. How?", true),
        ("a colleague got TB-3004 but how do I change the due date of a sent invoice?", true),
        ("The message says TB-3004 and I can not go on. What can I do about it?", false),
        ("We pay for seven people. When I press Send it says TB 3004. How can I fix this error?", false),
        (
            "I would like to thank you for the quick help last month. The screen says TB-3004 and I can not go on.",
            false
        ),
        ("It says TB-3004 and stops. I would like to thank you for the quick help last month.", false),
        ("what does TB-3004 mean for the invoices of my clients", false),
    ])
    func `a code in passing is told from one that is asked about`(text: String, isInPassing: Bool) {
        #expect(Identifiers.isInPassing(Identifier("tb-3004"), text) == isInPassing)
    }

    let desk = Desk()

    init() throws {
        desk.article("taken.md", "# Numbers\n\n## TB-1042 This number is taken\n\nGive the invoice another number.\n")
        desk.article("expired.md", "# Invitations\n\n## TB-1012 The invitation has expired\n\nSend it again.\n")
        desk.article("disk.md", "# Disks\n\nE4011 is a full disk. E4012 is a slow disk of 2 TB.\n")
        desk.article("zebra.md", "# Zebra\n\nA zebra in the harbour, with 500 others on page 210.\n")
        try desk.ingest()
    }

    private func ask(_ text: String) throws -> Answer {
        var answers: [Answer] = []
        try desk.engine().answer([Question(text: text)], options: SearchOptions(), log: false) { answers.append($0) }
        return try #require(answers.first)
    }

    @Test(arguments: ["TB-1042", "tb1042", "tb 1042", "TB_1042", "I get TB 1042 all day"])
    func `a code is found in every spelling`(text: String) throws {
        let result = try desk.engine().search([Question(text: text)], options: SearchOptions())[0]
        #expect(result.hits.first?.document.id == "articles/taken.md")
        #expect(result.hits.first?.parts.contains { $0.name == "identifiers" && $0.value > 0 } == true)
    }

    @Test func `a question that is hardly more than a code gets the only article that has it`() throws {
        desk.article("errors.md", "# Error messages, all errors\n\nWhat an error means: error, error code, errors.\n")
        try desk.ingest()
        let result = try desk.engine().search([Question(text: "error tb-1042")], options: SearchOptions())[0]
        #expect(result.hits.first?.document.id == "articles/taken.md")
        let hit = try #require(result.hits.first)
        #expect(abs(hit.parts.reduce(0) { $0 + $1.value } - hit.score) < 1e-9)
    }

    @Test(arguments: ["TB-9999 on my screen", "tb9999", "it says tb 9999", "E4099"])
    func `of a code that no article has nothing is known`(text: String) throws {
        let answer = try ask(text)
        #expect(answer.answerable <= 0.05 && answer.confidence <= answer.answerable && answer.action == .human)
        #expect(answer.reasons.contains { $0.code == "unknown_code" })
    }

    @Test(arguments: [
        "TB-1042", "E4012", "XY-1234 on my invoice", "see page 999", "v128 of it", "in 2031", "with 700 zebras",
        "TB-12",
    ])
    func `only a code with two relatives in the articles is called unknown`(text: String) throws {
        #expect(try !ask(text).reasons.contains { $0.code == "unknown_code" })
    }

    @Test func `a spelled-out code and an identifier know their family`() {
        #expect(Identifier("tb-1042").family == Identifier.Family(letters: "tb", digits: 4))
        #expect(Identifier("timer.idle_minutes").family == nil && Identifier("4.2").family == nil)
        #expect(Identifiers.found(in: MatchExpression("get tb 1042"), text: "get tb 1042").map(\.name) == ["tb-1042"])
        #expect(Identifiers.found(in: MatchExpression("the 500 pages"), text: "the 500 pages").isEmpty)
    }

    // MARK: - Options of commands

    @Test(arguments: [
        ("pg_dump -Fc --no-owner=yes, or `-t`.", ["--no-owner", "-t"]), ("a well-known e-mail -- see below", []),
        ("--use-list? [--use-list] -5 --5x ---", ["--use-list"]),
    ])
    func `options are read as commands write them`(text: String, options: [String]) {
        #expect(CommandOptions.named(in: text) == options)
    }

    @Test func `the entry of an option that is asked for is quoted, and one that no article has is named`() throws {
        desk.article(
            "tool.md",
            "# dumper\n\ndumper writes a copy of the warehouse and its list of rows.\n\n## Options\n\n"
                + "- `--use-list`: Restores what the file names, in its order.\n- `--quick`: Leaves the list out.\n")
        try desk.ingest()
        let answer = try ask("what does dumper --use-list do")
        #expect(answer.draft?.sentences.contains { $0.text.contains("--use-list") } == true)
        #expect(!answer.reasons.contains { $0.code == "unknown_code" })
        let unknown = try ask("dumper --banana")
        #expect(unknown.reasons.contains { $0.code == "unknown_code" && $0.detail == "--banana" })
        #expect(unknown.confidence <= 0.05)
    }

    @Test func `one article in German does not make a question about something else one that is answered`() throws {
        for i in 0..<12 {
            desk.article("en\(i).md", "# Invoices \(i)\n\nPress the button and send the invoice to the client.\n")
        }
        desk.article(
            "steuer.md",
            "---\nlocale: de\n---\n# Rechnungen ohne Umsatzsteuer\n\nAuf Ihren Rechnungen darf keine Umsatzsteuer stehen, wenn Sie "
                + "die Regelung nutzen.\n")
        try desk.ingest()
        let other = try ask("Wie wird das Wetter morgen und was soll ich anziehen?")
        #expect(other.reasons.contains { $0.code == "foreign_language" } && other.action == .human)
        let same = try ask("Wann darf auf den Rechnungen keine Umsatzsteuer stehen?")
        #expect(!same.reasons.contains { $0.code == "foreign_language" })
    }
}
