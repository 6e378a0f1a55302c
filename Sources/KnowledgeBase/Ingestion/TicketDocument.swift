/// A past ticket as a searchable document: subject and the customer's own words are what is matched.
enum TicketDocument {
    static func document(_ ticket: SourceTicket) -> SourceDocument {
        var document = SourceDocument(path: ticket.id, title: title(ticket))
        document.topics = ticket.topic.map { [$0] } ?? []
        document.updated = ticket.updatedAt ?? ticket.createdAt
        document.locale = ticket.locale
        document.fields = ticket.fields
        return document
    }

    /// The subject, or the beginning of the text where there is none.
    private static func title(_ ticket: SourceTicket) -> String {
        if !ticket.subject.isEmpty { return ticket.subject }
        let line = ticket.body.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return line.count <= 80 ? line : line.prefix(79) + "…"
    }

    /// One passage; its sentences are never quoted.
    static func passages(_ ticket: SourceTicket) -> [Passage] {
        let text = ticket.body.isEmpty ? ticket.subject : ticket.body
        let kept =
            text.utf8.count <= IngestDefaults.ticketBytes
            ? text : String(decoding: text.utf8.prefix(IngestDefaults.ticketBytes), as: UTF8.self)
        return [Passage(headings: [], text: kept, lines: 1...1, role: .content, sentences: [])]
    }
}

extension SourceDocument {
    /// Changes whenever anything that is indexed or shown does.
    var contentHash: [UInt8] {
        var parts = [path, title, url ?? "", summary ?? "", audience ?? "", version ?? "", locale ?? ""]
        parts += [topics.joined(separator: "\u{1e}"), aliases.joined(separator: "\u{1e}")]
        parts.append(updated.map { String($0.milliseconds) } ?? "")
        parts += fields.sorted { $0.key < $1.key }.map { $0.key + "\u{1e}" + $0.value }
        for block in blocks {
            parts.append("\(block.kind) \(block.lines.lowerBound) \(block.lines.upperBound)")
            parts.append(block.text)
        }
        return SHA256.digest(Array(parts.joined(separator: "\u{1f}").utf8))
    }
}

extension SourceTicket {
    /// Changes whenever anything kept of the ticket does.
    var contentHash: [UInt8] {
        var parts = [id, subject, body, quoted ?? "", requester ?? "", requesterName ?? "", status ?? ""]
        parts += [priority ?? "", topic ?? "", tags.joined(separator: "\u{1e}"), locale ?? ""]
        parts += [createdAt, updatedAt].map { $0.map { String($0.milliseconds) } ?? "" }
        parts += fields.sorted { $0.key < $1.key }.map { $0.key + "\u{1e}" + $0.value }
        for comment in comments {
            parts += [comment.id, comment.author.rawValue, comment.authorName ?? "", comment.body]
            parts += [comment.quoted ?? "", comment.isPublic ? "1" : "0", String(comment.helpfulVotes)]
            parts += [comment.createdAt.map { String($0.milliseconds) } ?? ""] + comment.links
        }
        return SHA256.digest(Array(parts.joined(separator: "\u{1f}").utf8))
    }
}
