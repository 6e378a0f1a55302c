import Embedding
import FoundationEssentials
import TestSupport
import Testing

@testable import KnowledgeBase

struct MessageWordsTests {
    @Test(arguments: [
        "Sent from my phone", "Sent from my iPhone.", "Get Outlook for iOS", "Von meinem Handy gesendet",
        "Best regards,\nJane Doe\nHead of Legal and Privacy, Acme Ltd\n+44 20 7946 0000\njane@acme.example",
        "Kind regards\nJane",
        "Mit freundlichen Grüßen\nErika Mustermann\nDatenschutz und Recht",
        "On Mon, Jan 5, 2026, Help <help@shop.example> wrote:\n> Your lawyer may call our security team.",
        "From: Help <help@shop.example>\nSent: Monday\nTo: Jane\nSubject: Your refund\n\nOur lawyers and the court say no.",
        "-----Original Message-----\nI was hacked.",
        "CONFIDENTIALITY NOTICE: The contents are legally privileged. Breach of law may be prosecuted.",
        "This e-mail and any attachments are confidential and intended solely for the addressee. If you have received it\nin error, notify the sender.",
        "Diese E-Mail enthält vertrauliche Informationen. Unbefugte Weitergabe ist strafbar.",
        "Sent from my phone\n\nThis message is intended only for the person named above and may be privileged.",
    ]) func `what a mail program or a lawyer adds is not the message`(added: String) {
        let message = "How do I change the colour of the page?"
        #expect(MessageWords.own("\(message)\n\n\(added)") == message)
    }

    @Test(arguments: [
        "Thanks\nStill waiting for a callback", "Cheers,\nplease call me", "Regards\nI want to speak to a person",
        "Thanks\nCALL ME BACK NOW", "Hello,\nSent from my account without my permission",
        "Money is gone.\nVon meinem Konto abgebucht", "Help\nThis email contains my passport, please delete it",
        "I got a mail for somebody else.\n\nI am not the intended recipient and it is confidential, what now?",
        "Sent from my phone", "Hi,\n>Tools > Settings is gone", "Thanks.\nA human, please.", "Thanks!\nrefund",
    ]) func `what a person says is kept`(message: String) {
        #expect(MessageWords.own(message) == message)
    }

    @Test func `of header lines above the message the subject is kept`() {
        #expect(
            MessageWords.own("From: Jane\nDate: 5 May 2026\nSubject: please call me\n\nThe page is blank.")
                .contains("please call me"))
    }

    /// Of mail that is quoted, of a signature and of a footer nothing fires; the same words fire where the customer says them.
    @Test(arguments: [
        ("> I want to talk to a human agent, please.", "asked_for_person"),
        ("--\nPlease let me speak to a real person", "asked_for_person"),
        (
            "On Mon, Jan 5, 2026, Help <help@shop.example> wrote:\n> Your lawyer will sue us in court.",
            "sensitive_topic"
        ),
        (
            "This e-mail is confidential and legally privileged; my lawyer will sue you in court. If you are not the intended recipient, delete it.",
            "sensitive_topic"
        ),
    ]) func `triggers read the message alone`(added: String, code: String) throws {
        let desk = Desk()
        desk.article("zebra.md", "# Zebra\n\nA zebra in the harbour.\n")
        try desk.ingest()
        func fires(_ text: String) throws -> Bool {
            var codes: [String] = []
            try desk.engine().answer([Question(text: text)], options: SearchOptions(), log: false) {
                codes = $0.reasons.map(\.code)
            }
            return codes.contains(code)
        }
        let words = added.replacing("> ", with: "").replacing("--\n", with: "")
        #expect(try fires("Where is the zebra?\n\nHello, " + words.split(separator: "wrote:\n").last!))
        #expect(try !fires("Where is the zebra?\n\n" + added))
    }
}
