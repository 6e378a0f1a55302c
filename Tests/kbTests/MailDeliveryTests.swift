import FoundationEssentials
import KnowledgeBase
import Testing

@testable import kb

/// What needs no server; a real one is in scripts/try-mail.
struct MailDeliveryTests {
    private let environment = ["KB_SMTP_URL": "smtp://127.0.0.1:2525", "KB_MAIL_FROM": "kb@help.example"]

    @Test func `a message is headers and two encoded parts, with no line of a customer's`() throws {
        let mail = try MailDelivery(to: ["docs@help.example"], environment: environment)
        let message = mail.message(
            subject: "Knowledge gaps: 2 new\r\nBcc: x@y", text: "one\n.\nQUIT\n", page: "<p>ü</p>", name: "gaps.html",
            at: Date(timeIntervalSince1970: 1_738_378_800))
        #expect(message.contains("Date: Sat, 1 Feb 2025 03:00:00 +0000\r\n"))
        #expect(message.hasPrefix("From: <kb@help.example>\r\nTo: <docs@help.example>\r\n"))
        for words in ["Bcc", "QUIT", "\n.\n"] { #expect(!message.contains(words), "\(words)") }
        #expect(message.contains(Data("one\n.\nQUIT\n".utf8).base64EncodedString()))
        #expect(message.utf8.split(separator: 0x0a).allSatisfy { $0.count < 200 && $0.last == 0x0d })
    }

    @Test(arguments: ["", "http://x", "file:///etc/passwd", "smtp://name:word@host", "smtp://host\nX"])
    func `a server is a plain SMTP address`(_ url: String) {
        #expect(throws: KnowledgeBaseError.self) {
            try MailDelivery(to: ["a@b.example"], environment: ["KB_SMTP_URL": url])
        }
    }

    @Test(arguments: ["nobody", "a b@c", "a@b@c", "a@b\r\nRCPT TO:<c@d>", "<a@b>", "@b", "a,b@c"])
    func `an address ends no command`(_ address: String) {
        #expect(!MailDelivery.isAddress(address))
        #expect(throws: KnowledgeBaseError.self) { try MailDelivery(to: [address], environment: environment) }
    }
}
