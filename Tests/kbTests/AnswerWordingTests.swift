import KnowledgeBase
import TestSupport
import Testing

struct AnswerWordingTests {
    private let command = Command()

    @Test(arguments: [
        (0.0, "fewer than 1 in 100"), (0.004, "fewer than 1 in 100"), (0.006, "1 in 100"), (0.93, "93 in 100"),
        (0.994, "99 in 100"), (0.996, "more than 99 in 100"), (1.0, "more than 99 in 100"),
    ])
    func `no end is ever said to be certain`(probability: Double, words: String) {
        #expect(InHundred.words(probability) == words)
    }

    /// The last line but that of `kb mark`, for a question whose answer was judged right and so is in the band auto.
    private func said(policy: String, article: String = "A zebra in the harbour.") throws -> String {
        command.folder.write("policy.yaml", policy)
        command.folder.write("articles/zebra.md", "# Zebra\n\n\(article)\n")
        #expect(command("ingest", "articles").code == 0)
        let answer = try JSON.parse(command("query", "--json", "zebra in the harbour").out)
        guard case .text(let id)? = answer["answer_id"] else { return "" }
        #expect(command("mark", id, "right").code == 0)
        return command("query", "--no-log", "zebra in the harbour").out
    }

    @Test func `reviews are named only where they would change something`() throws {
        let automatic = "autonomy: {default: auto}\n"
        #expect(try said(policy: automatic).contains("Draft: 50 more reviews before this may be sent by itself."))
        let draft = try said(policy: "autonomy: {default: draft}\n")
        #expect(draft.contains("Draft: autonomy is draft by default; besides, the band takes 49 more reviews."))
        #expect(!draft.contains("before this may be sent by itself"))
    }

    @Test func `a failed grade is named as what holds the answer back`() throws {
        let out = try said(
            policy: "autonomy: {default: auto}\n",
            article: "For the zebra in the harbour please contact our support team.")
        #expect(out.contains("Draft: the draft fails: "))
        #expect(!out.contains("before this may be sent by itself"))
    }
}
