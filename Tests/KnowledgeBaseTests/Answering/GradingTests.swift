import Testing

@testable import KnowledgeBase

struct GradingTests {
    @Test(arguments: DraftCases.all) func `a draft fails by its own flaw and a sound one by none`(
        _ example: DraftCases.Case
    ) {
        let failed = Set(Grading.grade(example.draft).findings.filter { $0.verdict == .fail }.map(\.criterion))
        if example.fails.isEmpty {
            #expect(failed.isEmpty)
        } else {
            #expect(example.fails.isSubset(of: failed))
        }
    }

    @Test(arguments: [
        ("How do I pay?", 1), ("How do I pay and when is it due?", 2), ("How and when do I pay?", 1),
        ("How do I pay? Where is my receipt?", 2), ("I like it. How do I pay?", 1), ("It does not work", 1),
        ("Can I pay by card, and also is there a discount, and how do I get a receipt?", 3),
    ]) func `several questions in one message are seen as several`(_ text: String, _ count: Int) {
        #expect(QuestionParts.split(text).count == count)
    }
}
