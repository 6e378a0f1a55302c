import FoundationEssentials
import GRDB

/// How many article links agents' public comments hold, and how many were found among the articles.
public struct LinkReport: Sendable, Equatable, Codable {
    public var seen = 0
    public var matched = 0
    /// The commonest links that match no article, with their counts.
    public var unmatched: [Unmatched] = []

    public struct Unmatched: Sendable, Equatable, Codable {
        public var url: String
        public var count: Int
    }
}

extension Store {
    static func write(_ ticket: SourceTicket, document: Int64, _ db: Database) throws {
        for table in ["link", "comment"] {
            try db.cachedStatement(sql: "DELETE FROM \(table) WHERE ticket_id = ?").execute(arguments: [document])
        }
        try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO ticket (document_id, external_id, created_at, requester, requester_name, status,
                  priority, topic, tags, subject, body, quoted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            document, ticket.id, ticket.createdAt?.milliseconds, ticket.requester, ticket.requesterName, ticket.status,
            ticket.priority, ticket.topic, try JSONText.encode(ticket.tags), ticket.subject, ticket.body, ticket.quoted,
        ])
        let insertComment = try db.cachedStatement(
            sql: """
                INSERT INTO comment (ticket_id, external_id, created_at, author, author_name, body, quoted, public,
                  helpful_votes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        let insertLink = try db.cachedStatement(
            sql: "INSERT INTO link (ticket_id, url, created_at) VALUES (?, ?, ?)")
        for comment in ticket.comments {
            try insertComment.execute(arguments: [
                document, comment.id, comment.createdAt?.milliseconds, comment.author.rawValue, comment.authorName,
                comment.body, comment.quoted, comment.isPublic, comment.helpfulVotes,
            ])
            guard comment.author == .agent, comment.isPublic else { continue }
            for link in comment.links {
                try insertLink.execute(arguments: [
                    document, link, (comment.createdAt ?? ticket.createdAt)?.milliseconds,
                ])
            }
        }
    }

    /// Looks up every link among the articles anew and reports what was found.
    func matchLinks() throws -> LinkReport {
        try pool.write { db in
            var report = LinkReport()
            guard try Int.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM link)") == 1 else { return report }
            let (matcher, articles) = try Self.linkMatcher(db)
            let ids = articles.map(\.id)
            let links = try Row.fetchAll(
                db, sql: "SELECT url, count(*) FROM link GROUP BY url ORDER BY count(*) DESC, url")
            let update = try db.makeStatement(
                sql: "UPDATE link SET article_id = ?1 WHERE url = ?2 AND article_id IS NOT ?1")
            var changed = 0
            for row in links {
                let (url, count): (String, Int) = (row[0], row[1])
                let match = matcher.document(for: url).map { ids[$0] }
                try update.execute(arguments: [match, url])
                changed += db.changesCount
                report.seen += count
                if match != nil {
                    report.matched += count
                } else if report.unmatched.count < 5 {
                    report.unmatched.append(.init(url: url, count: count))
                }
            }
            if changed > 0 { try Self.bumpResolutions(db) }
            return report
        }
    }

    /// Finds articles by link: the place in the list, with each one's row id and id.
    static func linkMatcher(_ db: Database) throws -> (matcher: LinkMatcher, articles: [(id: Int64, key: String)]) {
        let articles = try Row.fetchAll(
            db, sql: "SELECT id, path, url, aliases, fields, key FROM document WHERE kind = 'article' ORDER BY id")
        let matcher = LinkMatcher(
            try articles.map { row in
                var document = SourceDocument(path: row[1], title: "")
                document.url = row[2]
                document.aliases = try JSONText.decode([String].self, row[3])
                document.fields = try JSONText.decode([String: String].self, row[4])
                return document
            })
        return (matcher, articles.map { ($0[0], $0[5]) })
    }

    func linkMatcher() throws -> (matcher: LinkMatcher, ids: [String]) {
        try pool.read { db in
            let (matcher, articles) = try Self.linkMatcher(db)
            return (matcher, articles.map(\.key))
        }
    }
}
