import Testing

@testable import KnowledgeBase

/// Sentences with vectors made by hand: the first number is what they share with the questions and each other.
@Suite struct GapConflictTests {
    private func article(_ id: String, _ sentences: [(text: String, likeness: Float)]) -> PlacedArticle {
        PlacedArticle(
            id: id, title: id, updated: nil,
            sentences: sentences.enumerated().map { i, item in
                let rest = (1 - item.likeness * item.likeness).squareRoot()
                return PlacedSentence(
                    text: item.text, claim: Claim(item.text),
                    vector: [item.likeness, i == 0 ? rest : 0, i == 0 ? 0 : rest],
                    line: i + 1, relevance: Double(item.likeness))
            }, facts: Facts(sentences.map(\.text).joined(separator: "\n")))
    }

    private let thirty = "We refund the last subscription payment in full if you ask within 30 days of the charge."
    private let fourteen =
        "If you were charged and do not want to go on, you can have the last payment back within 14 days of the charge."
    private let asked = "How long can I have my money back after I was charged?"

    @Test func `two articles that give different numbers for what is asked contradict each other`() throws {
        let found = try #require(
            GapConflicts.between(
                [article("a.md", [(thirty, 0.8)]), article("b.md", [(fourteen, 0.8)])], questions: asked))
        #expect(found.what == "a number" && found.document == "a.md" && found.other == "b.md:1")
        #expect(found.words.contains("30 days") && found.words.contains("14 days"))
    }

    @Test func `the same number, another matter, or a sentence far from the questions is none`() {
        let first = article("a.md", [(thirty, 0.8)])
        let same = article("b.md", [("You get the last payment back within 30 days of the charge.", 0.8)])
        #expect(GapConflicts.between([first, same], questions: asked) == nil)
        #expect(GapConflicts.between([first, article("b.md", [(fourteen, 0.3)])], questions: asked) == nil)
        let both = article("b.md", [(fourteen, 0.8), ("Before 2025 it was 14 days, now 30 days.", 0.1)])
        #expect(GapConflicts.between([first, both], questions: asked) == nil)
    }

    @Test func `an article is stale when agents of two tickets contradict it, not of one`() throws {
        let articles = [article("reset.md", [("The link is valid for 60 minutes.", 0.8)])]
        func reply(_ text: String) -> [PlacedSentence] { article("r", [(text, 0.85)]).sentences }
        let first = reply("The link is valid for 20 minutes.")
        #expect(
            GapConflicts.byAgents([first], tickets: ["t1"], articles, questions: "How long is the link valid?") == nil)
        let found = try #require(
            GapConflicts.byAgents(
                [first, reply("Your link was valid for 20 minutes only.")], tickets: ["t1", "t2"], articles,
                questions: "How long is the link valid?"))
        #expect(found.document == "reset.md" && found.votes == 2 && found.what == "a number")
        #expect(
            GapConflicts.byAgents(
                [reply("The link is valid for 60 minutes."), reply("It is valid for 60 minutes.")],
                tickets: ["t1", "t2"],
                articles, questions: "How long is the link valid?") == nil)
    }
}
