import Embedding
import FoundationEssentials

/// What a plain web form gives: `{"name"?, "email", "subject", "message", "created_at"?}`.
struct WebForm: Sendable, Equatable {
    struct Problem: Error, Equatable { var reason: String }

    var name: String?
    /// In lower case.
    var email: String
    var subject: String
    var message: String
    var createdAt: Date?

    /// Told from a ticket by its fields.
    static func isOne(_ value: JSONValue) -> Bool {
        // Form services number their rows; a ticket has a description or comments.
        value["ticket_id"] == nil && value["message"] != nil
            && (value["id"] == nil || value["email"] != nil && value["description"] == nil && value["comments"] == nil)
    }

    static func read(_ value: JSONValue) -> Result<WebForm, Problem> {
        guard let email = value["email"]?.text?.lowercased().trimmed, !email.isEmpty else {
            return .failure(Problem(reason: "a form's submission without \"email\""))
        }
        let found = PersonalData.find(String(email)).first { $0.kind == .email }
        guard found?.text == String(email) else {
            return .failure(Problem(reason: "\"email\" is '\(email)', which is no address"))
        }
        let message = MailText.split(TicketText.plain(value["message"]?.text ?? "")).own
        let subject = TextHygiene.collapsed(TextHygiene.nfc(value["subject"]?.text ?? ""))
        guard !message.isEmpty || !subject.isEmpty else {
            return .failure(Problem(reason: "a form's submission with neither \"subject\" nor \"message\""))
        }
        let date = TicketText.date(value["created_at"])
        if date == nil, let text = value["created_at"]?.text, !text.isEmpty {
            return .failure(
                Problem(reason: "\"created_at\" is '\(text)', which is no time; write 2026-01-31T09:00:00Z"))
        }
        let name = value["name"]?.text.map { TextHygiene.collapsed(TextHygiene.nfc($0)) }
        return .success(
            WebForm(
                name: name?.isEmpty == true ? nil : name, email: String(email), subject: subject, message: message,
                createdAt: date))
    }

    /// The same words of the same sender are the same message, whenever they are given in again.
    var key: String {
        let digest = SHA256.digest(
            Array(email.utf8), [0], Array(subject.utf8), [0], Array(message.utf8), [0],
            Array((createdAt.map { String($0.milliseconds) } ?? "").utf8))
        return "w" + SHA256.hex(digest.prefix(6))
    }
}
