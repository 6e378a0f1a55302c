import FoundationEssentials

@testable import KnowledgeBase

/// Drafts sound and flawed, one criterion each; written for these tests.
enum DraftCases {
    struct Case: Sendable, CustomStringConvertible {
        var name: String
        var draft: Grading.Draft
        /// Criteria that must fail; empty for a sound draft.
        var fails: Set<Criterion>
        var description: String { name }
    }

    static let now = Date(timeIntervalSince1970: 1_790_000_000)

    static func day(_ yearsAgo: Double) -> Date { now.addingTimeInterval(-yearsAgo * 365.25 * 86_400) }

    static let invoice =
        "You can download an invoice as PDF. Open Billing and choose Invoices. Invoices are kept for 10 years."
    static let refund =
        "You can ask for a refund within 14 days of the payment. Open Billing and press Refund. The money is back in 5 working days."

    static func make(
        _ name: String, _ question: String, _ sentences: [String], source: String, title: String = "Billing",
        updated: Date? = nil,
        rivals: [Grading.Passage] = [], fails: Set<Criterion> = []
    ) -> Case {
        Case(
            name: name,
            draft: Grading.Draft(
                question: question, sentences: sentences.map { Grading.Sentence(text: $0, citations: [1]) },
                cited: [Grading.Passage(document: "a.md", title: title, text: source, updated: updated)],
                rivals: rivals, now: now),
            fails: fails)
    }

    static let all: [Case] = [
        make(
            "a quoted answer", "How do I download an invoice?",
            ["You can download an invoice as PDF.", "Open Billing and choose Invoices."], source: invoice),
        make(
            "wrapped lines", "How do I download an invoice?", ["You can download an invoice as PDF."],
            source: "You can download\nan invoice as PDF."),
        make(
            "a factory code", "Which PIN pairs the headset?", ["PIN 0000 pairs the headset."],
            source: "PIN 0000 pairs the headset.", title: "Headset"),
        make(
            "somebody's code", "Which PIN pairs the headset?", ["PIN 8361 is that of the card."],
            source: "PIN 8361 is that of the card.", title: "Headset", fails: [.personalData]),
        make(
            "a question at its end", "How do I download an invoice?",
            ["You can download an invoice as PDF.", "Which year do you need?"],
            source: invoice + " Which year do you need?", fails: [.deadEnd]),
        make(
            "a number changed", "How long are invoices kept?", ["Invoices are kept for 12 years."], source: invoice,
            fails: [.grounded]),
        make(
            "a word changed", "How do I download an invoice?", ["You cannot download an invoice as PDF."],
            source: invoice, fails: [.grounded]),
        make(
            "a sentence of its own", "How do I download an invoice?",
            ["Open Billing and choose Invoices.", "This takes a minute."], source: invoice, fails: [.grounded]),
        make(
            "both parts", "How do I download an invoice and how long are invoices kept?",
            ["You can download an invoice as PDF.", "Invoices are kept for 10 years."], source: invoice),
        make(
            "half of two parts", "How do I download an invoice and how do I invite a colleague?",
            ["You can download an invoice as PDF."], source: invoice, fails: [.covered]),
        make(
            "one of two sentences", "How do I get a refund? Also, where do I change the time zone?",
            ["Open Billing and press Refund."], source: refund, fails: [.covered]),
        make(
            "nothing shared", "How do I rotate a photo?", ["Invoices are kept for 10 years."], source: invoice,
            title: "Invoices", fails: [.covered]),
        make(
            "a promise", "When is dark mode coming?", ["We will let you know when dark mode is ready."],
            source: "We will let you know when dark mode is ready.", fails: [.promise]),
        make(
            "we'll look into it", "My invoice is wrong",
            ["Open Billing and choose Invoices.", "We'll look into the invoice."],
            source: invoice + " We'll look into the invoice.", fails: [.promise]),
        make(
            "a colleague calls", "How do I get a refund?", ["A colleague will call you about the refund."],
            source: "A colleague will call you about the refund.", fails: [.promise]),
        make(
            "a fix soon", "The export of invoices fails", ["The export of invoices will be fixed in the next release."],
            source: "The export of invoices will be fixed in the next release.", fails: [.promise]),
        make(
            "the program sends mail", "How do I reset my password?",
            ["You will receive an e-mail with a link to reset the password."],
            source: "You will receive an e-mail with a link to reset the password.", title: "Password"),
        make(
            "an address", "Who sent the invoice?", ["The invoice was sent to tim.brown@mail.net."],
            source: "The invoice was sent to tim.brown@mail.net.", fails: [.personalData]),
        make(
            "an example address", "How do I send an invoice?",
            ["Type the address, such as jane@example.com, and send the invoice."],
            source: "Type the address, such as jane@example.com, and send the invoice."),
        make(
            "an office's address", "How do I send an invoice?", ["Send the invoice to billing@tallybird.app."],
            source: "Send the invoice to billing@tallybird.app."),
        make(
            "a key", "How do I use the invoice API?",
            ["The invoice API takes the key sk_live_4eC39HqLyjWDarjtT1zdp7dc."],
            source: "The invoice API takes the key sk_live_4eC39HqLyjWDarjtT1zdp7dc.", fails: [.personalData]),
        make(
            "a source that says it is outdated", "How do I download an invoice?",
            ["You can download an invoice as PDF."], source: "This article is outdated. " + invoice, fails: [.outdated]),
        make(
            "a newer article", "How do I get a refund?", ["You can ask for a refund within 14 days of the payment."],
            source: refund, updated: day(4),
            rivals: [
                .init(
                    document: "b.md", title: "Refunds", text: "You can ask for a refund within 30 days of the payment.",
                    updated: day(0.5))
            ], fails: [.outdated]),
        make(
            "another number elsewhere", "How do I get a refund?",
            ["You can ask for a refund within 14 days of the payment."], source: refund,
            rivals: [.init(document: "b.md", title: "Refunds", text: "Refunds: ask within 30 days of the payment.")],
            fails: [.contradicted]),
        make(
            "the same number elsewhere", "How do I get a refund?",
            ["You can ask for a refund within 14 days of the payment."], source: refund,
            rivals: [.init(document: "b.md", title: "Refunds", text: "Refunds: ask within 14 days of the payment.")]),
        make(
            "the opposite elsewhere", "Can I download an invoice as PDF?", ["You can download an invoice as PDF."],
            source: invoice,
            rivals: [.init(document: "b.md", title: "Invoices", text: "You cannot download an invoice as PDF.")],
            fails: [.contradicted]),
        make(
            "another plan's number", "How many projects does Free have?", ["The Free plan has 3 projects."],
            source: "The Free plan has 3 projects.", title: "Plans",
            rivals: [.init(document: "b.md", title: "Plans", text: "The Studio plan has 50 projects.")]),
        make(
            "another date", "When does the old API end?", ["The old API ends on 1 March 2025."],
            source: "The old API ends on 1 March 2025.", title: "API",
            rivals: [.init(document: "b.md", title: "API", text: "The old API ends on 1 June 2025.")],
            fails: [.contradicted]),
        make(
            "a later version", "How do I create an API key?", ["Open Settings and press New key."],
            source: "Open Settings and press New key.", title: "API keys v1",
            rivals: [.init(document: "b.md", title: "API keys v2", text: "Open Developer and press Create.")],
            fails: [.outdated]),
        make(
            "contact support", "How do I download an invoice?", ["Please contact support about your invoice."],
            source: "Please contact support about your invoice.", fails: [.deadEnd]),
        make(
            "sorry and support", "How do I download an invoice?",
            ["Sorry, we cannot help with this invoice here.", "Contact our support team."],
            source: "Sorry, we cannot help with this invoice here. Contact our support team.", fails: [.deadEnd]),
        make(
            "help and then support", "How do I download an invoice?",
            ["Open Billing and choose Invoices.", "If it is missing, contact support."],
            source: invoice + " If it is missing, contact support."),
    ]
}
