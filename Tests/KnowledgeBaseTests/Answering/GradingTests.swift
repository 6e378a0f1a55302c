import Foundation
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
        ("How heavy is it, does it fold, and is it waterproof?", 3), ("How do I pay if I, the owner, have no card?", 1),
        ("When I press Send, what happens?", 1), ("When is it due, and what if I am late?", 2),
        ("Please tell me how to pay. I would also like to know whether there is a discount.", 2),
        ("I don't know my password. How do I pay?", 1), ("How do I pay? Can you help me? Thanks!", 1),
        ("The washer shows E18. What now?", 1),
        ("Two questions:\n1. The price for 40 seats\n2. Invoices by mail", 2),
        ("I did this:\n1. restarted\n2. logged in again\nHow do I pay?", 1),
    ]) func `several questions in one message are seen as several`(_ text: String, _ count: Int) {
        #expect(QuestionParts.split(text).count == count, "\(QuestionParts.split(text))")
    }

    @Test func `what only asks for help is no part, and alone it stands for the whole message`() {
        #expect(QuestionParts.split("How do I pay? Can you help me?") == ["How do I pay?"])
        #expect(QuestionParts.split("How do I pay, and when is it due?") == ["How do I pay", "when is it due?"])
        #expect(QuestionParts.leans("and how long does that take?"))
        #expect(!QuestionParts.leans("how long does a transfer take?"))
        #expect(QuestionParts.split("The washer shows E18. What now?") == ["The washer shows E18. What now?"])
    }

    @Test(arguments: [
        ("Refunds are possible within 14 days.", true), ("Refunds are possible.", false),
        ("Store it below -5 °C.", true), ("Store it below 5 °C.", false), ("It costs €10.", true),
        ("It costs $10.", false),
        ("A fee of 2.5% applies.", true), ("A fee of 25% applies.", false), ("Open Settings", true),
        ("If you are an owner, press Delete.", true), ("press Delete.", false),
    ]) func `a quotation is whole, with its signs`(_ sentence: String, isSound: Bool) {
        let draft = Grading.Draft(
            question: "What about it?", sentences: [.init(text: sentence, citations: [1])],
            cited: [
                .init(
                    document: "a.md",
                    text: """
                        Everything that you may want to know about refunds and their fees
                        Refunds are possible within 14 days. Store it below -5 °C. It costs €10.
                        A fee of 2.5% applies. If you are an owner, press Delete.
                        - Open Settings
                        """)
            ], now: Date())
        let fails = Grading.grade(draft).findings.contains { $0.criterion == .grounded && $0.verdict == .fail }
        #expect(fails != isSound)
    }

    @Test(arguments: [
        "We are working on a fix.", "We're still working on this.", "We are currently working hard on a new importer.",
        "Our engineers work on a fix.", "A fix is being worked on.", "This is something we are looking at.",
        "Unfortunately we are investigating it.", "We have reported this to the carrier.",
        "Your request has been forwarded to our developers.", "A fix is on its way.",
    ]) func `work that the team would have to do is a promise`(_ text: String) {
        #expect(!GradingPhrases.promise.matches(in: FoldedText(text)).isEmpty)
    }

    @Test(arguments: [
        "Check that the branch you are working on is clean.",
        "In this chapter we are working on a branch called topic.",
        "If we are working on a shared folder, changes are seen at once.",
        "An error is raised when the table is locked.",
        "The size is reported in kilobytes.", "The limit has been raised to 64.", "With -L it will follow the link.",
        "Make sure that nobody else is working on the document.", "The port has been forwarded.",
    ]) func `work that the reader or the program does is none`(_ text: String) {
        #expect(GradingPhrases.promise.matches(in: FoldedText(text)).isEmpty)
    }
}
