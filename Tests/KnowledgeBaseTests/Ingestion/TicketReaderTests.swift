import FoundationEssentials
import Testing

@testable import KnowledgeBase

private func tickets(_ files: (String, String)...) -> TicketReader.Reading {
    TicketReader.read(files: files.map { (name: $0.0, input: .bytes(Array($0.1.utf8))) })
}

@Suite struct TicketReaderTests {
    @Test func `kb's own format arrives whole`() {
        let reading = tickets(
            (
                "t.jsonl",
                """
                {"id": "7", "created_at": "2023-01-01T02:21:46Z", "subject": "Lost mail", "description": "It is gone.\\n\\nOn Mon, Jan 5, 2024, Ann <a@b.c> wrote:\\n> old", "requester": {"id": 9, "email": "x@y.z", "name": "Xi"}, "status": "solved", "priority": "high", "topic": "mail", "tags": ["a", "b"], "locale": "de", "product": "tb", "comments": [{"id": "c1", "created_at": "2023-01-01T03:00:00Z", "author": "agent", "body": "See https://x.org/kb/lost-mail.", "public": true, "helpful_votes": 2}, {"id": "c2", "author": "requester", "body": "Thanks"}, {"id": "c3", "author": "agent", "body": "secret", "public": false}]}
                {"id": 8, "subject": "Only a subject"}
                """
            ))
        #expect(reading.skipped == [])
        let ticket = reading.tickets[0]
        #expect(
            (ticket.subject, ticket.body, ticket.quoted) == (
                "Lost mail", "It is gone.", "On Mon, Jan 5, 2024, Ann <a@b.c> wrote:\n> old"
            ))
        #expect(ticket.createdAt == Date(timeIntervalSince1970: 1_672_539_706))
        #expect((ticket.requester, ticket.requesterName) == ("x@y.z", "Xi"))
        #expect((ticket.status, ticket.priority, ticket.topic, ticket.locale) == ("solved", "high", "mail", "de"))
        #expect(ticket.tags == ["a", "b"])
        #expect(ticket.fields == ["product": "tb"])
        #expect(ticket.comments.map(\.author) == [.agent, .requester, .agent])
        #expect(ticket.comments.map(\.isPublic) == [true, true, false])
        #expect(ticket.comments[0].links == ["https://x.org/kb/lost-mail"])
        #expect(ticket.comments[0].helpfulVotes == 2)
        #expect(reading.tickets[1].id == "8")
    }

    static let page = """
        {"tickets": [
          {"id": 35436, "subject": "Help", "description": "The fire is very colorful.", "requester_id": 20978392, "status": "open",
           "created_at": "2009-07-20T22:55:29Z", "tags": ["enterprise"], "via": {"channel": "web"}},
          {"id": 35437, "raw_subject": "Merged", "description": "x", "tags": ["closed_by_merge"]},
          {"id": 35438, "subject": "Deleted", "description": "x", "status": "deleted"}
        ], "next_page": null, "count": 3}
        """
    static let comments = """
        {"comments": [
          {"id": 1, "author_id": 20978392, "body": "The fire is very colorful.", "public": true, "created_at": "2009-07-20T22:55:29Z"},
          {"id": 3, "author_id": 35, "body": "Note", "public": false, "created_at": "2009-07-20T23:57:29Z"},
          {"id": 2, "author_id": 35, "html_body": "<p>See <a href=\\"https://x.org/hc/en-us/articles/360001234-Fire\\">this</a></p>", "plain_body": "See this", "public": true, "created_at": "2009-07-20T22:56:29Z"},
          {"id": 4, "author_id": 77, "body": "Me too", "public": true, "created_at": "2009-07-21T22:56:29Z"}
        ]}
        """
    static let users =
        #"{"users": [{"id": 20978392, "name": "Cus", "email": "c@x.org", "role": "end-user"}, {"id": 35, "name": "Agn", "role": "agent"}, {"id": 77, "name": "Cc", "role": "end-user"}]}"#

    @Test(arguments: [[0, 1, 2], [2, 1, 0], [1, 2, 0]])
    func `Zendesk's pages, comments and users join in any order`(order: [Int]) {
        let files = [
            ("tickets.json", Self.page), ("tickets/35436/comments.json", Self.comments), ("users.json", Self.users),
        ]
        let reading = TicketReader.read(
            files: order.map { (name: files[$0].0, input: .bytes(Array(files[$0].1.utf8))) })
        #expect(reading.skipped == [])
        #expect(reading.leftOut == TicketReader.LeftOut(automatic: 0, spam: 0, merged: 2))
        #expect(reading.tickets.map(\.id) == ["35436"])
        let ticket = reading.tickets[0]
        #expect((ticket.requester, ticket.requesterName) == ("c@x.org", "Cus"))
        // The description's own comment is dropped, the rest is in order of time.
        #expect(ticket.comments.map(\.id) == ["2", "3", "4"])
        #expect(ticket.comments.map(\.author) == [.agent, .agent, .requester])
        #expect(ticket.comments.map(\.isPublic) == [true, false, true])
        #expect(ticket.comments[0].links == ["https://x.org/hc/en-us/articles/360001234-Fire"])
    }

    @Test func `without users the requester is the customer and others are agents`() {
        let reading = tickets(("a.json", Self.page), ("35436/comments.json", Self.comments))
        #expect(reading.tickets[0].comments.map(\.author) == [.agent, .agent, .agent])
        #expect(reading.tickets[0].requester == "20978392")
    }

    @Test func `incremental lines: pages, tickets, comments and arrays are told apart`() {
        let one = tickets(
            (
                "a.ndjson",
                #"{"tickets":[{"id":1,"subject":"A"}]}"# + "\n"
                    + #"{"id":2,"subject":"B","comments":[{"author_id":5,"body":"hi"}]}"# + "\n"
                    + #"{"ticket_id":1,"author_id":5,"body":"hello"}"#
            ))
        #expect(one.tickets.map(\.id) == ["1", "2"])
        #expect(one.tickets.map { $0.comments.map(\.body) } == [["hello"], ["hi"]])
        #expect(tickets(("a.json", #"[{"id":1,"subject":"A"},{"id":2,"subject":"B"}]"#)).tickets.count == 2)
        #expect(tickets(("a.json", "[\n{\"id\":1,\n\"subject\":\"A\"}\n]")).tickets.count == 1)
        #expect(
            tickets(("a.jsonl", #"{"ticket_id":9,"body":"lost"}"#)).skipped == [
                SkippedFile(
                    path: "a.jsonl",
                    reason:
                        "1 comment belongs to tickets that this source does not have (9). Ingest the folder that holds both files"
                )
            ])
    }

    @Test func `a bad or double line is one reason and the rest is read`() {
        let reading = tickets(
            (
                "t.jsonl",
                "{\"id\":1,\"subject\":\"A\"}\n{\"id\":2,\"subj\nnot json\n[1]\n{\"subject\":\"no id\"}\n{\"id\":1,\"subject\":\"again\"}\n{\"id\":3}\n\n{\"id\":4,\"subject\":\"D\"}"
            ))
        #expect(reading.tickets.map(\.id) == ["1", "4"])
        #expect(
            reading.skipped.map(\.path) == [
                "t.jsonl:2", "t.jsonl:3", "t.jsonl:4", "t.jsonl:5", "t.jsonl:6", "t.jsonl:7",
            ])
        #expect(reading.skipped[4].reason.contains("first on line 1"))
    }

    @Test func `of a ticket that changed the later version counts`() {
        let line = { (date: String, subject: String) in #"{"id":1,"subject":"\#(subject)","updated_at":"\#(date)"}"# }
        #expect(
            tickets(("t.jsonl", line("2024-01-01", "old") + "\n" + line("2024-02-01", "new"))).tickets.map(\.subject)
                == ["new"])
        #expect(
            tickets(("t.jsonl", line("2024-02-01", "new") + "\n" + line("2024-01-01", "old"))).tickets.map(\.subject)
                == ["new"])
    }

    @Test(
        arguments: [
            (#"{"id":1,"subject":"Out of office: back Monday","description":"x"}"#, (1, 0, 0)),
            (#"{"id":1,"subject":"Out of office replies do not work","description":"x"}"#, (0, 0, 0)),
            (#"{"id":1,"subject":"x","auto_submitted":"auto-replied"}"#, (1, 0, 0)),
            (#"{"id":1,"subject":"x","headers":{"Auto-Submitted":"no"}}"#, (0, 0, 0)),
            (#"{"id":1,"subject":"x","tags":["auto-reply"]}"#, (1, 0, 0)),
            (
                #"{"id":1,"subject":"Mail delivery failed: returning message","description":"could not be delivered"}"#,
                (1, 0, 0)
            ),
            (#"{"id":1,"subject":"Mail delivery failed","description":"why do I see this?"}"#, (0, 0, 0)),
            (#"{"id":1,"subject":"x","tags":["spam"]}"#, (0, 1, 0)),
            (
                #"{"id":1,"subject":"x","tags":["spam"],"comments":[{"author":"agent","body":"Train the filter."}]}"#,
                (0, 0, 0)
            ),
            (#"{"id":1,"subject":"x","status":"suspended"}"#, (0, 1, 0)),
            (#"{"id":1,"subject":"x","merged_into":2}"#, (0, 0, 1)),
        ] as [(String, (Int, Int, Int))])
    func `automatic mail, spam and merged tickets are left out and counted`(line: String, counts: (Int, Int, Int)) {
        let reading = tickets(("t.jsonl", line))
        #expect(reading.leftOut == TicketReader.LeftOut(automatic: counts.0, spam: counts.1, merged: counts.2))
        #expect(reading.tickets.count == 1 - counts.0 - counts.1 - counts.2)
    }

    @Test(
        arguments: [
            (#"{"_id":"a","title":"t","text":"x"}"#, JSONLKind.articles), (#"{"id":"a","subject":"t"}"#, .tickets),
            (#"{"tickets":["#, .tickets), ("[", .tickets),
            (#"{"ticket_id":1,"body":"x"}"#, .tickets), ("nonsense", nil), (#"{"a":1}"#, nil),
        ] as [(String, JSONLKind?)])
    func `the kind follows from the content`(line: String, kind: JSONLKind?) {
        #expect(JSONLKind.detect([Array(line.utf8)]) == kind)
    }
}

@Suite struct ArticleLinesTests {
    @Test func `BEIR lines become documents with the line's number`() throws {
        let text = """
            {"_id": "a", "title": "T", "text": "One.\\n\\n- item", "metadata": {"url": "https://x.org/a", "n": 4}}
            {"_id": "a", "title": "again", "text": "x"}
            broken
            {"title": "no id", "text": "x"}
            {"_id": "b", "title": "", "text": "Text only."}
            {"_id": "c", "title": "", "text": ""}
            """
        let reading = try ArticleLines.read(.bytes(Array(text.utf8)), name: "c.jsonl")
        #expect(reading.documents.map(\.path) == ["a", "b"])
        #expect(reading.documents[0].url == "https://x.org/a")
        #expect(reading.documents[0].fields == ["n": "4"])
        #expect(reading.documents[0].outline == ["p 1: One.", "li1 1: item"])
        #expect(reading.documents[1].title == "Text only.")
        #expect(reading.skipped.map(\.path) == ["c.jsonl:2", "c.jsonl:3", "c.jsonl:4", "c.jsonl:6"])
    }
}

@Suite struct MailTextTests {
    @Test(
        arguments: [
            ("Hello\n\nOn Mon, 5 Jan 2024 at 10:00,\nAnn <a@b.c> wrote:\n> old\n> text", "Hello", true),
            ("On Mon, 5 Jan 2024 Ann wrote:\n> old\n\nMy answer", "My answer", true),
            ("Hello\n-- \nAnn\nACME", "Hello", true),
            ("Hello\n\nSent from my iPhone", "Hello", true),
            ("Sent from my phone it works.\nBut not from the desktop.", nil, false),
            ("Hallo\n\nVon: Ann <a@b.c>\nGesendet: Montag\nAn: Bob\nBetreff: Alt\n\nalter Text", "Hallo", true),
            ("Hello\n-----Original Message-----\nFrom: x", "Hello", true),
            ("Hello\n________________________________\nFrom: x", "Hello", true),
            ("> quoted\nmine\n>> deeper\nagain", "mine\nagain", true), ("> only quoted", nil, false),
            ("Go to\n>Tools >Settings\nplease", nil, false),
            ("On startup it wrote:\nerror 5", nil, false), ("From: field is empty\nin my mails", nil, false),
            ("Am 5. Januar schrieb Ann:\n> alt\n\nNeu", nil, true),
        ] as [(String, String?, Bool)])
    func `own words are told from quoted ones`(text: String, own: String?, isQuoted: Bool) {
        let parts = MailText.split(text)
        if let own { #expect(parts.own == own) } else if !isQuoted { #expect(parts.own == text) }
        #expect((parts.quoted != nil) == isQuoted)
    }

    @Test(arguments: ["", "\n\n", "-- ", "> a\n> b", "On Mon, Jan 5, Ann wrote:\n> x"])
    func `a message is never emptied`(text: String) {
        #expect(MailText.split(text).own.isEmpty == text.isBlank)
    }
}
