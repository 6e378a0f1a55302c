import CCurl
import FoundationEssentials
import Glibc
import KnowledgeBase

/// Sends a report by SMTP. Server and sender come from the environment alone: a committed file opens no connection.
struct MailDelivery {
    /// `smtp://host:587` or `smtps://host:465`.
    let server: String
    let user: String?
    let password: String?
    let from: String
    let recipients: [String]

    /// - Throws: `.invalidArgument` that names the variable which is missing or no good.
    init(to recipients: [String], environment: [String: String]) throws {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        guard let server = value("KB_SMTP_URL") else {
            throw KnowledgeBaseError.invalidArgument(
                "--mail needs a server: KB_SMTP_URL=smtp://host:587 or smtps://host:465 in the environment.")
        }
        guard server.hasPrefix("smtp://") || server.hasPrefix("smtps://"), !server.contains("@"),
            !server.unicodeScalars.contains(where: { $0.value <= 0x20 })
        else {
            throw KnowledgeBaseError.invalidArgument(
                "KB_SMTP_URL must be smtp://host:port or smtps://host:port, without a name or password in it "
                    + "(KB_SMTP_USER, KB_SMTP_PASSWORD).")
        }
        guard let from = value("KB_MAIL_FROM") ?? recipients.first else {
            throw KnowledgeBaseError.invalidArgument("--mail: name an address.")
        }
        for address in recipients + [from] where !Self.isAddress(address) {
            throw KnowledgeBaseError.invalidArgument("'\(address)' is no mail address.")
        }
        (self.server, self.from, self.recipients) = (server, from, recipients)
        (user, password) = (value("KB_SMTP_USER"), value("KB_SMTP_PASSWORD"))
    }

    /// Something at something, of visible characters: whatever else it may be, it ends no header and no command.
    static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.utf8.count <= 254
            && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"<>,;:\"\\()[]".utf8.contains($0) }
    }

    /// - Throws: `.invalidArgument` with what the server or libcurl said.
    func send(subject: String, text: String, page: String, name: String, at now: Date) throws {
        let message = message(subject: subject, text: text, page: page, name: name, at: now)
        var reason = [CChar](repeating: 0, count: 256)
        let pointers = recipients.map { strdup("<\($0)>") }
        defer { for pointer in pointers { free(pointer) } }
        let bytes = Array(message.utf8).map { CChar(bitPattern: $0) }
        let failed = pointers.map { UnsafePointer($0) }.withUnsafeBufferPointer { list in
            kb_mail_send(
                server, user, password, "<\(from)>", list.baseAddress, Int32(list.count), bytes, bytes.count, &reason)
        }
        guard failed == 0 else {
            let words = String(decoding: reason.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            throw KnowledgeBaseError.invalidArgument("\(server) did not take the report: \(words).")
        }
    }

    /// RFC 5322 with the text and the page as parts, both in base64: no line of a customer's is a line of the message.
    func message(subject: String, text: String, page: String, name: String, at now: Date) -> String {
        let boundary = "kb-\(UUID().uuidString)"
        func part(_ type: String, _ content: String, _ more: String = "") -> String {
            "--\(boundary)\r\nContent-Type: \(type); charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\(more)\r\n"
                + Self.folded(content) + "\r\n"
        }
        return "From: <\(from)>\r\nTo: \(recipients.map { "<\($0)>" }.joined(separator: ", "))\r\n"
            + "Subject: =?UTF-8?B?\(Data(subject.prefix(40).utf8).base64EncodedString())?=\r\nDate: \(Self.date(now))\r\n"
            + "Message-ID: <\(UUID().uuidString)@kb.invalid>\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: multipart/mixed; boundary=\"\(boundary)\"\r\n\r\n" + part("text/plain", text)
            + part("text/html", page, "Content-Disposition: attachment; filename=\"\(name)\"\r\n")
            + "--\(boundary)--\r\n"
    }

    private static func folded(_ text: String) -> String {
        let encoded = Array(Data(text.utf8).base64EncodedString().utf8)
        return stride(from: 0, to: encoded.count, by: 76).map {
            String(decoding: encoded[$0..<min($0 + 76, encoded.count)], as: UTF8.self)
        }.joined(separator: "\r\n")
    }

    /// `Sun, 22 Nov 2026 04:40:00 +0000`.
    private static func date(_ now: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0)!
        let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: now)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let clock = now.formatted(.iso8601).dropFirst(11).prefix(8)
        return "\(days[parts.weekday! - 1]), \(parts.day!) \(months[parts.month! - 1]) \(parts.year!) \(clock) +0000"
    }
}
