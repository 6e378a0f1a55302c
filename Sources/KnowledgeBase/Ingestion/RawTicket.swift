import Embedding
import FoundationEssentials

/// A user as an export lists them.
struct RawUser: Sendable {
    var name: String?
    var email: String?
    /// Zendesk: "end-user", "agent", "admin".
    var role: String?
    /// Zendesk: the address was proven to be the user's.
    var isVerified: Bool

    init(_ value: JSONValue) {
        isVerified = value["verified"]?.bool ?? false
        name = value["name"]?.text
        email = value["email"]?.text
        role = value["role"]?.text?.lowercased()
    }
}

/// A comment whose author is not resolved yet.
struct RawComment: Sendable {
    var comment: SourceComment
    /// The author's id among the users.
    var authorID: String?
    /// The author as far as the comment itself tells.
    var known: SourceComment.Author?
    var email: String?

    /// Nil for what is no message (an empty body).
    init?(_ value: JSONValue, number: Int) {
        let html = value["html_body"]?.text
        let raw = value["plain_body"]?.text ?? value["body"]?.text ?? html ?? value["text"]?.text ?? ""
        let text = TicketText.plain(raw)
        guard !text.isEmpty else { return nil }
        let parts = MailText.split(text)
        var links = LinkExtractor.links(in: parts.own)
        if let html {
            // Links behind words stand only in the HTML; those of the quoted part stay out.
            for link in LinkExtractor.links(in: html)
            where !links.contains(link) && !(parts.quoted?.contains(link) ?? false) { links.append(link) }
        } else if raw != text {
            for link in LinkExtractor.links(in: raw)
            where !links.contains(link) && !(parts.quoted?.contains(link) ?? false) { links.append(link) }
        }
        comment = SourceComment(
            id: value["id"]?.text ?? String(number + 1), createdAt: TicketText.date(value["created_at"]),
            author: .agent, authorName: nil, body: parts.own,
            quoted: parts.quoted,
            isPublic: value["public"]?.bool ?? value["is_public"]?.bool ?? (value["private"]?.bool).map { !$0 } ?? true,
            helpfulVotes: value["helpful_votes"]?.int ?? 0, links: links)
        let author = value["author"]
        authorID = value["author_id"]?.text ?? author?["id"]?.text
        comment.authorName = author?["name"]?.text ?? value["author_name"]?.text
        email = author?["email"]?.text
        let role = (author?.text ?? author?["role"]?.text ?? value["author_role"]?.text)?.lowercased()
        switch role {
        case "requester", "customer", "user", "end-user", "end_user", "contact", "client": known = .requester
        case "agent", "admin", "staff", "support", "owner": known = .agent
        case "system", "bot", "automation", "trigger": known = .system
        case let other?:
            // A name rather than a role.
            comment.authorName = comment.authorName ?? author?.text
            if value["author_id"] == nil, authorID == nil { authorID = other }
        case nil: break
        }
    }
}

/// A ticket as it stands in the export.
struct RawTicket: Sendable {
    enum Verdict { case ticket, spam, merged }

    var ticket: SourceTicket
    var requesterID: String?
    var requesterEmail: String?
    var comments: [RawComment] = []
    var line: Int
    var verdict = Verdict.ticket
    var isMarkedAutomatic = false

    /// Nil without subject and description.
    init?(_ value: JSONValue, id: String, line: Int) {
        self.line = line
        ticket = SourceTicket(id: id)
        ticket.subject = TextHygiene.collapsed(
            TextHygiene.nfc(value["subject"]?.text ?? value["raw_subject"]?.text ?? value["title"]?.text ?? ""))
        ticket.description = TicketText.plain(value["description"]?.text ?? value["body"]?.text ?? "")
        let parts = MailText.split(ticket.description)
        ticket.body = parts.own
        ticket.quoted = parts.quoted
        guard !ticket.subject.isEmpty || !ticket.body.isEmpty else { return nil }
        ticket.createdAt = TicketText.date(value["created_at"])
        ticket.updatedAt = TicketText.date(value["updated_at"])
        ticket.status = value["status"]?.text
        ticket.priority = value["priority"]?.text
        ticket.topic = value["topic"]?.text
        ticket.tags = value["tags"]?.texts ?? []
        ticket.locale = value["locale"]?.text
        // What kb's own batches call the customer.
        let requester = value["requester"] ?? value["customer"]
        requesterID = value["requester_id"]?.text ?? requester?["id"]?.text
        requesterEmail = requester?["email"]?.text
        ticket.requester = requester?.text ?? requesterEmail ?? requesterID
        ticket.requesterName = requester?["name"]?.text ?? value["requester_name"]?.text
        ticket.requesterID = requesterID
        if ticket.requester?.isEmpty == true { ticket.requester = requesterEmail ?? requesterID }
        ticket.requesterEmail = requesterEmail ?? (requester?.text.flatMap { $0.contains("@") ? $0 : nil })
        ticket.isVerified = requester?["verified"]?.bool ?? false
        for (index, comment) in (value["comments"]?.array ?? []).enumerated() {
            if let comment = RawComment(comment, number: index) { comments.append(comment) }
        }
        for member in value.members ?? [] where !Self.known.contains(member.key) {
            if let text = member.value.text, !text.isEmpty {
                ticket.fields[member.key] = TextHygiene.nfc(text)
            } else if case .array = member.value, case let texts = member.value.texts, !texts.isEmpty {
                ticket.fields[member.key] = texts.joined(separator: ", ")
            }
        }
        if let score = value["satisfaction_rating"]?["score"]?.text { ticket.fields["satisfaction_rating"] = score }
        judge(value)
    }

    private mutating func judge(_ value: JSONValue) {
        let tags = Set(ticket.tags.map { $0.lowercased() })
        let status = ticket.status?.lowercased()
        // A tag may be a topic: whether "spam" is what the ticket is about shows when somebody answered it.
        let isAnswered = comments.contains { $0.known == .agent && $0.comment.isPublic }
        if tags.contains("spam") && !isAnswered || status == "spam" || status == "suspended"
            || value["is_spam"]?.bool == true || value["spam"]?.bool == true
        {
            verdict = .spam
        }
        if tags.contains("closed_by_merge") || tags.contains("merged") || status == "merged" || status == "deleted"
            || value["merged"]?.bool == true
            || value["merged_into"] != nil || value["merged_into_id"] != nil || value["deleted"]?.bool == true
        {
            verdict = .merged
        }
        isMarkedAutomatic = !tags.isDisjoint(with: AutomaticMail.tags) || AutomaticMail.hasHeader(value)
    }

    /// The ticket with each comment's author: by the comment's own word, the users, else the requester's id.
    func resolved(_ users: [String: RawUser]) -> SourceTicket {
        var ticket = ticket
        if let id = requesterID, let user = users[id] {
            ticket.requester = user.email ?? ticket.requester
            ticket.requesterName = ticket.requesterName ?? user.name
            ticket.requesterEmail = ticket.requesterEmail ?? user.email
            ticket.isVerified = ticket.isVerified || user.isVerified
        }
        let asker = requesterEmail.map { CustomerIdentity.of($0) }
        ticket.comments = comments.map { raw in
            var comment = raw.comment
            let user = raw.authorID.flatMap { users[$0] }
            comment.authorName = comment.authorName ?? user?.name
            let isRequester =
                raw.authorID != nil && raw.authorID == requesterID
                || raw.email != nil && raw.email.map { CustomerIdentity.of($0) } == asker
                || raw.authorID != nil && raw.authorID == ticket.requester
            if let known = raw.known {
                comment.author = known
            } else if isRequester {
                comment.author = .requester
            } else if raw.authorID == "-1" {
                comment.author = .system
            } else if let role = user?.role {
                comment.author = ["end-user", "end_user", "customer", "user"].contains(role) ? .requester : .agent
            } else {
                comment.author = .agent
            }
            comment.isThirdParty =
                comment.author == .requester && !isRequester && raw.authorID != nil && requesterID != nil
                || raw.known == .requester && raw.authorID != nil && requesterID != nil && raw.authorID != requesterID
            return comment
        }
        // The first comment of Zendesk's thread is the description once more.
        if let first = ticket.comments.first, first.author == .requester, first.body == ticket.body {
            ticket.comments.removeFirst()
        }
        let times = ticket.comments.compactMap(\.createdAt)
        if times.count == ticket.comments.count, zip(times, times.dropFirst()).contains(where: { $0 > $1 }) {
            // Stable: comments of one second keep their order.
            let order = ticket.comments.indices.sorted { (times[$0], $0) < (times[$1], $1) }
            ticket.comments = order.map { ticket.comments[$0] }
        }
        return ticket
    }

    private static let known: Set<String> = [
        "id", "created_at", "updated_at", "subject", "raw_subject", "description", "requester", "requester_id",
        "requester_name", "status", "priority", "topic",
        "tags", "locale", "comments", "body", "title",
    ]
}

/// Small readings of a ticket's fields.
enum TicketText {
    /// Text with LF line ends and without markup, where it is HTML; composed; no white space at the ends.
    static func plain(_ text: String) -> String {
        var text = TextHygiene.nfc(text)
        if text.utf8.contains(0x0D) { text = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n") }
        let start = text.utf8.prefix(400)
        if start.contains(UInt8(ascii: "<")),
            ["<p>", "<p ", "<div", "<br", "<html", "<span", "<!doctype", "</a>"].contains(where: {
                text.prefix(400).lowercased().contains($0)
            }),
            let blocks = try? HTMLReader.fragment(text, lineOffset: 0), !blocks.isEmpty
        {
            text = blocks.map(\.text).joined(separator: "\n\n")
        }
        return String(text.trimmed)
    }

    static func date(_ value: JSONValue?) -> Date? {
        switch value {
        case .string(let text): DateText.date(text)
        case .number(let digits): Double(digits).flatMap { DateText.date(epoch: $0) }
        default: nil
        }
    }
}

/// Mail that machines wrote.
enum AutomaticMail {
    static let tags: Set<String> = [
        "auto-reply", "autoreply", "auto_reply", "auto-replied", "out_of_office", "out-of-office", "automatic",
        "auto-submitted", "bounce", "mail_loop",
    ]

    /// RFC 3834 and its forerunners, as fields or below "headers".
    static func hasHeader(_ value: JSONValue) -> Bool {
        for member in (value.members ?? []) + (value["headers"]?.members ?? [])
            + (value["metadata"]?["headers"]?.members ?? [])
        {
            guard let initial = member.key.utf8.first, "aAxXpP".utf8.contains(initial),
                let text = member.value.text?.lowercased()
            else { continue }
            switch member.key.lowercased().filter({ $0 != "-" && $0 != "_" }) {
            case "autosubmitted": if !text.isEmpty, text != "no", text != "false" { return true }
            case "xautoreply", "xautorespond", "xautoresponsesuppress":
                if !text.isEmpty, text != "no", text != "false" { return true }
            case "precedence": if ["bulk", "junk", "auto_reply"].contains(text) { return true }
            default: break
            }
        }
        return false
    }

    /// By the words that mail servers and absent people's programs put first. "Out of office replies do not work" is
    /// a question: only the whole subject, or the part before a colon, counts.
    static func isAutomatic(subject: String, body: String) -> Bool {
        let subject = subject.lowercased()
        let head = subject.split(separator: ":").first.map { TextHygiene.collapsed($0) } ?? subject
        if heads.contains(head) { return true }
        guard bounces.contains(where: { subject.hasPrefix($0) }) else { return false }
        let body = body.lowercased()
        return [
            "this is the mail system", "could not be delivered", "permanent error", "delivery to the following",
            "undeliverable",
        ].contains { body.contains($0) }
    }

    private static let heads: Set<String> = [
        "out of office", "out of the office", "automatic reply", "auto reply", "auto-reply", "autoreply",
        "out of office autoreply", "out of office reply",
        "auto response", "automatic response", "abwesenheitsnotiz", "automatische antwort", "réponse automatique",
        "respuesta automática", "risposta automatica",
        "automatisch antwoord", "vacation reply",
    ]
    private static let bounces = [
        "undelivered mail returned to sender", "delivery status notification", "mail delivery failed",
        "mail delivery failure", "undeliverable", "returned mail",
        "failure notice", "delivery failure", "mail system error",
    ]
}
