import TestSupport
import Testing

@testable import KnowledgeBase

/// Which part of the right article is quoted.
struct AnswerSectionTests {
    let desk = Desk()

    init() throws {
        desk.article(
            "faq.md",
            """
            # Shipping questions

            ## Do you ship to Norway?

            No.

            ## Do you ship to Sweden?

            Yes, within five days.

            ## Is shipping free?

            No. It costs 5 EUR.
            """)
        desk.article(
            "codes.md",
            """
            # Error messages explained

            Every message has a code.

            ## TB-1001: Wrong password

            Type it again, or choose a new one on the page for signing in.

            ## TB-1053: Attachment too large

            Make it smaller than 10 MB.

            ## TB-1007: Account locked

            Wait for half an hour and do not try another password meanwhile.
            """)
        desk.article(
            "cache.md",
            """
            # Delete the cache

            Do not delete the cache while a backup runs.

            To delete the cache:

            1. Stop the server.
            2. Run:
               ```
               rm -rf /var/cache/app
               ```
            3. Start the server.
            4. Check the log.
            """)
        desk.article(
            "warranty.md",
            """
            # Warranty

            The warranty lasts two years and covers defects of the material only. Does it cover water damage? No. Ask the shop
            where you bought it for a repair at a price that we agreed with all our partners in every country.
            """)
        try desk.ingest()
    }

    private func answer(_ text: String) throws -> [String] {
        var answers: [Answer] = []
        try desk.engine().answer([Question(text: text)], options: SearchOptions(), log: false) { answers.append($0) }
        return try #require(answers.first?.draft).sentences.map(\.text)
    }

    @Test(arguments: [
        ("Do you ship to Norway?", ["No."]), ("do you ship to sweden", ["Yes, within five days."]),
        ("is shipping free", ["No.", "It costs 5 EUR."]),
    ])
    func `a heading that is the question takes its own section, however short`(text: String, expected: [String]) throws
    {
        #expect(try answer(text) == expected)
    }

    @Test(arguments: ["TB-1053", "upload fails tb1053", "I get TB-1053 with a password"])
    func `of an error code nothing but its own section is quoted`(text: String) throws {
        #expect(try answer(text) == ["Make it smaller than 10 MB."])
    }

    @Test func `steps come whole, with the commands between them`() throws {
        let said = try answer("how do I delete the cache")
        #expect(
            said == [
                "To delete the cache:", "Stop the server.", "Run:", "rm -rf /var/cache/app", "Start the server.",
                "Check the log.",
            ] || said.first == "Do not delete the cache while a backup runs." && said.count == 7)
    }

    @Test func `a question in an article comes with its reply`() throws {
        let said = try answer("does the warranty cover water damage?")
        let place = try #require(said.firstIndex(of: "Does it cover water damage?"))
        #expect(said.dropFirst(place + 1).first == "No.")
    }
}
