import FoundationEssentials

/// The last replay as it is kept for `kb review --from-replay`: which export it read and what came out, without any text.
///
/// JSON Lines: one line of `Head`, then one a ticket. Derived: it can be lost.
struct ReplayFile: Sendable {
    struct Head: Codable {
        /// Absolute path of the ticket export.
        var path: String
    }

    var path: String
    var tickets: [ReplayedTicket]

    func write(to file: String) throws {
        var text = try JSONText.encode(Head(path: path)) + "\n"
        for var ticket in tickets {
            ticket.title = ""
            text += try JSONText.encode(ticket) + "\n"
        }
        try Data(text.utf8).write(to: URL(filePath: file), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
    }

    /// `nil` where there is none, or one of another version.
    static func read(_ file: String) -> ReplayFile? {
        guard let data = FileManager.default.contents(atPath: file) else { return nil }
        let lines = data.split(separator: 0x0a).map { String(decoding: $0, as: UTF8.self) }
        guard let first = lines.first, let head = try? JSONText.decode(Head.self, first) else { return nil }
        let tickets = lines.dropFirst().map { try? JSONText.decode(ReplayedTicket.self, $0) }
        return tickets.contains { $0 == nil } ? nil : ReplayFile(path: head.path, tickets: tickets.compactMap { $0 })
    }
}
