import Embedding
import FoundationEssentials

/// Reads exports of tickets: kb's own JSON Lines, JSON arrays, and what Zendesk's API and incremental export give.
///
/// Feed it every file of an export, in any order; comments and users may be in files of their own.
struct TicketReader {
    /// Tickets left out because no person's question is in them.
    struct LeftOut: Sendable, Equatable {
        /// Out-of-office replies, bounces and their like.
        var automatic = 0
        var spam = 0
        /// Merged into another ticket, or deleted.
        var merged = 0
    }

    enum LeftOutReason: String, Sendable {
        case automatic, spam, merged
        /// Neither subject nor description.
        case empty
    }

    struct Reading: Sendable {
        /// In the order in which they stand in the files.
        var tickets: [SourceTicket] = []
        /// A bad line is "file:line".
        var skipped: [SkippedFile] = []
        var leftOut = LeftOut()
        /// Which these are: the help desk's ids by reason, in the order of the files. Tickets without a word are among them.
        var leftOutIDs: [LeftOutReason: [String]] = [:]
        /// Of `skipped` what is no ticket that is known by its id: "file:line".
        var unreadable: [String] = []
        /// Submissions of a web form, where these are looked for.
        var forms: [WebForm] = []
    }

    /// Reads files and resolves authors across them.
    ///
    /// - Complexity: linear; memory is that of the tickets. No line is held longer than it takes to read it.
    static func read(files: [(name: String, input: JSONRecords.Input)]) -> Reading {
        var reader = TicketReader()
        for file in files { reader.take(file.input, name: file.name) }
        return reader.finish()
    }

    private var reading = Reading()
    private var tickets: [RawTicket] = []
    private var places: [String: Int] = [:]
    private var users: [String: RawUser] = [:]
    private var comments: [String: [RawComment]] = [:]
    /// Where the first of a ticket's comments stood.
    private var commentFiles: [String: String] = [:]

    /// Take a form's submissions as well as tickets.
    private let takesForms: Bool

    init(takesForms: Bool = false) { self.takesForms = takesForms }

    mutating func take(_ input: JSONRecords.Input, name: String) {
        do throws(ReadError) {
            // Per-ticket pages are often saved as tickets/123/comments.json.
            let pathNumber = name.split(separator: "/").last { part in
                part.prefix { $0 != "." }.allSatisfy { ("0"..."9").contains($0) } || part.hasPrefix("comments-")
                    || part.hasPrefix("ticket-")
            }
            let pathTicket = pathNumber.map { String($0.filter { ("0"..."9").contains($0) }) }.flatMap {
                $0.isEmpty ? nil : $0
            }
            try JSONRecords.visit(input) { record, line in
                switch record {
                case .failure(let error): skip(name, line, error.description)
                case .success(let value): take(value, name, line, pathTicket)
                }
            }
        } catch {
            reading.skipped.append(SkippedFile(path: name, reason: error.description))
        }
    }

    private mutating func take(_ value: JSONValue, _ name: String, _ line: Int, _ pathTicket: String?) {
        guard value.members != nil else { return skip(name, line, "not an object") }
        if takesForms, WebForm.isOne(value) {
            switch WebForm.read(value) {
            case .success(let form): reading.forms.append(form)
            case .failure(let problem): skip(name, line, problem.reason)
            }
            return
        }
        var isPage = false
        for user in value["users"]?.array ?? [] {
            isPage = true
            take(user: user)
        }
        for ticket in value["tickets"]?.array ?? [] { take(ticket: ticket, name, line, comments: nil) }
        for result in value["results"]?.array ?? [] {
            if result["result_type"]?.text == "user" {
                take(user: result)
            } else {
                take(ticket: result, name, line, comments: nil)
            }
        }
        if let ticket = value["ticket"], ticket.members != nil {
            return take(ticket: ticket, name, line, comments: value["comments"]?.array)
        }
        isPage = isPage || value["tickets"] != nil || value["results"] != nil
        let isTicket = value["subject"] != nil || value["description"] != nil || value["raw_subject"] != nil
        if !isTicket, let list = value["comments"]?.array, value["id"] == nil || value["ticket_id"] != nil {
            let ticket = value["ticket_id"]?.text ?? pathTicket
            for comment in list { take(comment: comment, of: comment["ticket_id"]?.text ?? ticket, name, line) }
        } else if !isTicket, value["ticket_id"] != nil,
            value["body"] != nil || value["plain_body"] != nil || value["html_body"] != nil
        {
            take(comment: value, of: value["ticket_id"]?.text, name, line)
        } else if !isTicket, value["id"] != nil, value["email"] != nil || value["role"] != nil {
            take(user: value)
        } else if !isPage {
            take(ticket: value, name, line, comments: nil)
        }
    }

    private mutating func take(user: JSONValue) {
        if let id = user["id"]?.text { users[id] = RawUser(user) }
    }

    private mutating func take(comment: JSONValue, of ticket: String?, _ name: String, _ line: Int) {
        guard let ticket else { return skip(name, line, "a comment without \"ticket_id\"") }
        if let raw = RawComment(comment, number: comments[ticket, default: []].count) {
            comments[ticket, default: []].append(raw)
            if commentFiles[ticket] == nil { commentFiles[ticket] = name }
        }
    }

    private mutating func take(ticket value: JSONValue, _ name: String, _ line: Int, comments: [JSONValue]?) {
        guard let id = value["id"]?.text, !id.isEmpty else { return skip(name, line, "a ticket without \"id\"") }
        guard var raw = RawTicket(value, id: id, line: line) else {
            reading.leftOutIDs[.empty, default: []].append(id)
            return note(name, line, "ticket \(id) has neither subject nor description")
        }
        for (index, comment) in (comments ?? []).enumerated() {
            if let comment = RawComment(comment, number: index) { raw.comments.append(comment) }
        }
        guard let place = places[id] else {
            places[id] = tickets.count
            tickets.append(raw)
            return
        }
        // An incremental export gives a ticket again whenever it changed.
        let isNewer: Bool
        if let old = tickets[place].ticket.updatedAt, let new = raw.ticket.updatedAt {
            isNewer = new > old
        } else {
            // What comes in live comes in order.
            isNewer = takesForms
        }
        let which = isNewer ? "the later version counts" : "the first counts"
        note(
            name, line, "ticket \(id) again (first on line \(tickets[place].line)): \(which), with the comments of both"
        )
        let (kept, other) = isNewer ? (raw, tickets[place]) : (tickets[place], raw)
        tickets[place] = kept
        tickets[place].comments += other.comments.filter { comment in
            !kept.comments.contains { $0.comment.id == comment.comment.id && $0.comment.body == comment.comment.body }
        }
    }

    private mutating func skip(_ name: String, _ line: Int, _ reason: String) {
        note(name, line, reason)
        reading.unreadable.append("\(name):\(line)")
    }

    private mutating func note(_ name: String, _ line: Int, _ reason: String) {
        reading.skipped.append(SkippedFile(path: "\(name):\(line)", reason: reason))
    }

    /// Resolves authors, puts apart quotes and signatures, leaves out what no person wrote.
    mutating func finish() -> Reading {
        for raw in tickets {
            var raw = raw
            raw.comments += comments.removeValue(forKey: raw.ticket.id) ?? []
            switch raw.verdict {
            case .spam:
                reading.leftOut.spam += 1
                reading.leftOutIDs[.spam, default: []].append(raw.ticket.id)
            case .merged:
                reading.leftOut.merged += 1
                reading.leftOutIDs[.merged, default: []].append(raw.ticket.id)
            case .ticket:
                let ticket = raw.resolved(users)
                let isAnswered = ticket.comments.contains { $0.author == .agent && $0.isPublic }
                // Somebody who was answered by a person is a customer, whatever the subject looks like.
                if raw.isMarkedAutomatic
                    || !isAnswered && AutomaticMail.isAutomatic(subject: ticket.subject, body: ticket.body)
                {
                    reading.leftOut.automatic += 1
                    reading.leftOutIDs[.automatic, default: []].append(ticket.id)
                } else {
                    reading.tickets.append(ticket)
                }
            }
        }
        tickets = []
        for (name, lost) in Dictionary(grouping: comments.keys.sorted(), by: { commentFiles[$0] ?? "" }).sorted(by: {
            $0.key < $1.key
        }) {
            let count = lost.reduce(0) { $0 + comments[$1]!.count }
            reading.skipped.append(
                SkippedFile(
                    path: name,
                    reason:
                        "\(count) \(count == 1 ? "comment belongs" : "comments belong") to tickets that this source does not have "
                        + "(\(lost.prefix(3).joined(separator: ", "))\(lost.count > 3 ? ", …" : "")). Ingest the folder that holds both files"
                ))
        }
        return reading
    }
}
