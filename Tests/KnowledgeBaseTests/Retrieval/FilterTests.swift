import FoundationEssentials
import TestSupport
import Testing

@testable import KnowledgeBase

struct FilterTests {
    let desk = Desk()

    init() throws {
        desk.article(
            "old.md",
            "---\ntitle: Zebra old\ntopics: [billing]\nlocale: en-US\nversion: '3'\nupdated: 2021-02-03\nteam: north, south\n---\n"
                + "The striped zebra sleeps in the harbour.\n")
        desk.article(
            "new.md",
            "---\ntitle: Zebra new\ntopics: [time]\nlocale: de\nversion: '4'\nupdated: 2026-01-01\naliases: [quagga]\n---\n"
                + "The zebra sleeps on copper, striped by night.\n")
        try desk.ingest()
    }

    private func titles(
        _ text: String = "zebra", mode: SearchMode = .hybrid, _ change: (inout SearchFilter) -> Void = { _ in }
    )
        throws -> [String]
    {
        var options = SearchOptions()
        options.mode = mode
        change(&options.filter)
        return try desk.engine().search([Question(text: text)], options: options)[0].hits.map(\.document.title).sorted()
    }

    @Test(arguments: SearchMode.allCases)
    func `filters, phrases and excluded words act in every mode`(mode: SearchMode) throws {
        #expect(try titles(mode: mode) == ["Zebra new", "Zebra old"])
        #expect(try titles(mode: mode) { $0.topic = "Billing" } == ["Zebra old"])
        #expect(try titles(mode: mode) { $0.locale = "en" } == ["Zebra old"])
        #expect(try titles(mode: mode) { $0.version = "4" } == ["Zebra new"])
        #expect(throws: KnowledgeBaseError.unknownSource(name: "elsewhere", known: ["articles"])) {
            try titles(mode: mode) { $0.source = "elsewhere" }
        }
        #expect(try titles(mode: mode) { $0.fields = [("team", "SOUTH")] } == ["Zebra old"])
        #expect(
            try titles(mode: mode) { $0.since = try? Date("2025-01-01T00:00:00Z", strategy: .iso8601) } == ["Zebra new"]
        )
        #expect(try titles(#"zebra "striped zebra""#, mode: mode) == ["Zebra old"])
        #expect(try titles("zebra -copper", mode: mode) == ["Zebra old"])
        #expect(try titles(#"zebra -"on copper""#, mode: mode) == ["Zebra old"])
        #expect(try titles(mode: mode) { $0.fields = [("title", "zebra NEW")] } == ["Zebra new"])
        #expect(try titles(mode: mode) { $0.fields = [("updated", "2021-02")] } == ["Zebra old"])
    }

    @Test func `a phrase that stands nowhere is searched as words`() throws {
        #expect(try titles(#"zebra "sleeps under glass""#).count == 2)
    }

    @Test(arguments: [SearchMode.hybrid, .lexical])
    func `an alias finds its article and a passage of text is shown`(mode: SearchMode) throws {
        var options = SearchOptions()
        options.mode = mode
        let hit = try #require(try desk.engine().search([Question(text: "quagga")], options: options)[0].hits.first)
        #expect(hit.document.title == "Zebra new" && hit.chunk.text.contains("copper"))
    }

    @Test func `a synonym finds what the question does not say`() throws {
        #expect(try desk.found("dock") == [])
        desk.folder.write("synonyms.yaml", "- [dock, harbour]\n")
        #expect(try desk.found("dock") == ["articles/old.md"])
    }

    @Test func `a bad synonyms file is told with its line`() throws {
        desk.folder.write("synonyms.yaml", "- [dock, harbour]\n- alone\n")
        #expect(throws: KnowledgeBaseError.self) { try desk.engine() }
    }
}
