import FoundationEssentials
import GRDB

/// What an intake did.
public struct IntakeReport: Sendable, Equatable {
    /// Ids of new cases and of those that got messages.
    public var opened: [String] = []
    public var continued: [String] = []
    /// Conversations in which nothing was new.
    public var unchanged = 0
    public var messages = 0
    public var automatic = 0
    public var spam = 0
    public var merged = 0
    /// Ids of new cases that were ended at once: nobody answered, the last word is old, and no status says that they are open.
    public var past: [String] = []
    /// Conversations that `kb forget` removed.
    public var forgotten = 0
    /// Records that could not be read, "name:line".
    public var skipped: [SkippedFile] = []
}

extension Engine {
    /// Where tickets come from.
    public enum IntakeSource: Sendable {
        case file(String)
        case bytes([UInt8], name: String)
    }

    /// Takes in exports and submissions of a form: one case a conversation, each message once. All of it or nothing.
    public func intake(_ sources: [IntakeSource]) throws -> IntakeReport {
        var reader = TicketReader(takesForms: true)
        for source in sources {
            switch source {
            case .file(let path): reader.take(.file(path), name: path.lastPathComponent)
            case .bytes(let bytes, let name): reader.take(.bytes(bytes), name: name)
            }
        }
        let reading = reader.finish()
        var report = IntakeReport()
        report.skipped = reading.skipped.filter { !$0.reason.contains(" again (first on line ") }
        (report.automatic, report.spam, report.merged) = (
            reading.leftOut.automatic, reading.leftOut.spam, reading.leftOut.merged
        )
        let context = try caseContext(withNeighbours: false)
        let now = clock()
        let tickets = try store.withoutForgotten(reading.tickets)
        report.forgotten = reading.tickets.count - tickets.count
        let forgotten = try store.forgottenReferences()
        try store.pool.write { db in
            let (matcher, articles) = try Store.linkMatcher(db)
            let links = ArticleLinks(matcher: matcher, ids: articles.map(\.key))
            for ticket in tickets { try take(ticket, context, links, now, &report, db) }
            for form in reading.forms {
                if forgotten.contains(context.refs.reference(form.key)) {
                    report.forgotten += 1
                } else if AutomaticMail.isAutomatic(subject: form.subject, body: form.message) {
                    report.automatic += 1
                } else {
                    try take(form, context, links, now, &report, db)
                }
            }
        }
        return report
    }

    /// Finds articles by the links of agents' replies.
    struct ArticleLinks {
        let matcher: LinkMatcher
        let ids: [String]
        func articles(_ urls: [String]) -> [String] {
            urls.reduce(into: []) { found, url in
                if let place = matcher.document(for: url), !found.contains(ids[place]) { found.append(ids[place]) }
            }
        }
    }

    private func take(
        _ ticket: SourceTicket, _ context: CaseContext, _ links: ArticleLinks, _ now: Date,
        _ report: inout IntakeReport,
        _ db: Database
    ) throws {
        // What claims to be of the future was written now at the latest.
        let opened = min(ticket.createdAt ?? now, now)
        var item: Case
        var isNew = false
        if let known = try Store.findCase(ticket.id, db) {
            item = known
        } else {
            isNew = true
            item = Case(
                id: ticket.id, channel: ticket.fields["channel"] ?? "export", subject: ticket.subject, createdAt: opened
            )
            try identify(&item, ticket, opened, db)
            (item.tags, item.fields) = (ticket.tags, ticket.fields)
            for (key, value) in [("priority", ticket.priority), ("topic", ticket.topic), ("locale", ticket.locale)] {
                if let value { item.fields[key] = value }
            }
            try open(&item, context, db)
            for (key, value) in item.fields.sorted(by: { $0.key < $1.key }) {
                try Store.note(.case, item.rowID, key, value, source: "ticket \(ticket.id)", at: opened, db)
            }
            if let address = ticket.requesterEmail {
                try Store.note(.case, item.rowID, "address", address, source: "ticket \(ticket.id)", at: opened, db)
            }
        }
        var added = 0
        let first = CaseMessage(
            key: "description", author: .customer, name: ticket.requesterName,
            body: ticket.body.isEmpty ? ticket.subject : ticket.body, at: opened)
        added += try receive(first, &item, context, links, db) ? 1 : 0
        for comment in ticket.comments {
            let author: CaseMessage.Author =
                switch comment.author {
                case .requester: comment.isThirdParty ? .participant : .customer
                case .agent: .person
                case .system: .participant
                }
            let message = CaseMessage(
                key: "c:" + comment.id, author: author, name: comment.authorName, body: comment.body,
                at: min(comment.createdAt ?? now, now), isPublic: comment.isPublic, links: comment.links)
            added += try receive(message, &item, context, links, db) ? 1 : 0
        }
        try follow(
            status: ticket.status?.lowercased(), score: ticket.fields["satisfaction_rating"],
            at: ticket.updatedAt ?? now, &item, context, db)
        if isNew, !item.owner.isHuman, [.new, .open].contains(item.state),
            now.timeIntervalSince(item.updatedAt) > CaseDefaults.pastConversation,
            !["new", "open", "pending", "hold"].contains(ticket.status?.lowercased() ?? "")
        {
            report.past.append(item.id)
            let days = Int(now.timeIntervalSince(item.updatedAt) / 86_400)
            try advance(
                &item,
                CaseEvent(.dismissed, at: now, reason: "its last word was \(days) days old when it was taken in"),
                cause: "past", actor: "kb", context, db
            ) { _, _ in Outgoing(text: "") }
        }
        count(&report, item.id, isNew: isNew, added: added)
    }

    private func count(_ report: inout IntakeReport, _ id: String, isNew: Bool, added: Int) {
        report.messages += added
        if isNew {
            report.opened.append(id)
        } else if added > 0 {
            report.continued.append(id)
        } else {
            report.unchanged += 1
        }
    }

    /// What the help desk itself says of the end.
    private func follow(
        status: String?, score: String?, at: Date, _ item: inout Case, _ context: CaseContext, _ db: Database
    ) throws {
        if score == "good" || score == "good_with_comment", !item.state.isEnded, item.state != .new {
            try settle(
                &item, CaseEvent(.customerConfirmed, at: at, witness: .customer, reason: "rated as good"),
                "satisfaction", "customer", context, db)
        }
        // Closed there without a word of an answer: ended, and resolved by nobody's word.
        guard let status, ["solved", "closed", "resolved"].contains(status) else { return }
        if item.state == .waitingExpert, item.firstResponseAt != nil {
            // The team holds it for answered: what the customer said last was no question to them.
            try advance(
                &item, CaseEvent(.personAnswered, at: at, owner: item.owner, reason: "\(status) in the help desk"),
                cause: "status", actor: "person", context, db
            ) { _, _ in Outgoing(text: "") }
            return
        }
        guard [.new, .open].contains(item.state) else { return }
        try advance(
            &item, CaseEvent(.dismissed, at: at, reason: "\(status) in the help desk without an answer"),
            cause: "status",
            actor: "person", context, db
        ) { _, _ in Outgoing(text: "") }
    }

    private func take(
        _ form: WebForm, _ context: CaseContext, _ links: ArticleLinks, _ now: Date, _ report: inout IntakeReport,
        _ db: Database
    ) throws {
        let at = min(form.createdAt ?? now, now)
        let isKnown = try Bool.fetchOne(
            db.cachedStatement(
                sql:
                    "SELECT EXISTS (SELECT 1 FROM message m JOIN ticket_case c ON c.id = m.case_id WHERE m.key = ? AND c.channel = 'form')"
            ), arguments: [form.key])!
        guard !isKnown else {
            report.unchanged += 1
            return
        }
        let customer = try Store.customer(
            with: [(.email, form.email)], isVerified: false, source: "form", at: at, db)
        if let customer, let name = form.name {
            try Store.note(.customer, customer, "name", name, source: "form", at: at, db)
        }
        var item: Case
        var isNew = false
        if let known = try burst(of: form, customer: customer, at: at, db) {
            item = known
        } else {
            isNew = true
            item = Case(id: form.key, channel: "form", subject: form.subject, createdAt: at)
            item.customer = customer
            try open(&item, context, db)
            try Store.note(.case, item.rowID, "address", form.email, source: "form", at: at, db)
        }
        let body = isNew || form.subject == item.subject ? form.message : form.subject + "\n" + form.message
        let message = CaseMessage(
            key: form.key, author: .customer, name: form.name, body: body.isEmpty ? form.subject : body, at: at)
        count(&report, item.id, isNew: isNew, added: try receive(message, &item, context, links, db) ? 1 : 0)
    }

    /// The case that a submission goes on with: one it names, one on the same subject not long ago, or by the same address
    /// within minutes with nothing else as its subject. A form knows no thread.
    private func burst(of form: WebForm, customer: Int64?, at: Date, _ db: Database) throws -> Case? {
        guard let customer else { return nil }
        let subject = Self.thread(form.subject)
        let isReply = subject != QuestionSyntax.fold(form.subject)
        let cases = try Store.cases(ofCustomer: customer, db).filter { $0.channel == "form" }
        if let named = cases.last(where: { form.subject.contains($0.id) || form.message.contains($0.id) }) {
            return named
        }
        func age(_ known: Case) -> Double { abs(at.timeIntervalSince(known.updatedAt)) }
        if !subject.isEmpty,
            let same = cases.last(where: {
                age($0) <= (isReply ? CaseDefaults.repliedSubject : CaseDefaults.sameSubject)
                    && Self.thread($0.subject) == subject
            })
        {
            return same
        }
        // A reply without a subject answers the case that asked.
        if subject.isEmpty,
            let asking = cases.last(where: { $0.state == .waitingCustomer && age($0) <= CaseDefaults.repliedSubject })
        {
            return asking
        }
        return cases.last { known in
            // Another subject with a question of its own is another request.
            age(known) <= CaseDefaults.burst && [.new, .open].contains(known.state)
                && (subject.isEmpty || !form.message.contains("?"))
        }
    }

    /// A subject without what mail programs put in front of a reply.
    private static func thread(_ subject: String) -> String {
        var text = QuestionSyntax.fold(subject)[...]
        while let prefix = ["re:", "aw:", "fw:", "fwd:", "wg:", "sv:", "antw:", "rv:", "tr:", "re ", "aw "].first(
            where: {
                text.hasPrefix($0)
            })
        {
            text = text.dropFirst(prefix.count).drop { $0 == " " }
        }
        return String(text)
    }

    private func open(_ item: inout Case, _ context: CaseContext, _ db: Database) throws {
        try Store.write(&item, db)
        struct Opened: Codable {
            var `case`: String
            var channel: String
            var verified: Bool
            var owner: String
        }
        try Store.journal(
            "opened", ref: context.refs.reference(item.id), actor: "customer",
            payload: JSONRecord.text(
                Opened(case: item.id, channel: item.channel, verified: item.isVerified, owner: item.owner.text)),
            caseID: item.rowID, at: item.createdAt, db)
    }

    /// A sender is who the help desk proved them to be; an address that merely stands in a ticket is a claim.
    private func identify(_ item: inout Case, _ ticket: SourceTicket, _ at: Date, _ db: Database) throws {
        var identities: [(kind: Identity.Kind, value: String)] = []
        if let id = ticket.requesterID { identities.append((.account, id)) }
        if let email = ticket.requesterEmail { identities.append((.email, email)) }
        if identities.isEmpty, let name = ticket.requester { identities.append((.account, name)) }
        var isVerified = ticket.isVerified
        // The help desk's own id of a customer whom the team's list knows by that id.
        if !isVerified, let id = ticket.requesterID ?? (ticket.requesterEmail == nil ? ticket.requester : nil) {
            isVerified =
                try Bool.fetchOne(
                    db.cachedStatement(
                        sql:
                            "SELECT EXISTS (SELECT 1 FROM identity WHERE kind = 'account' AND value = ? AND verified = 1)"
                    ),
                    arguments: [id]) ?? false
        }
        item.customer = try Store.customer(
            with: identities, isVerified: isVerified, source: "ticket \(ticket.id)", at: at, db)
        item.isVerified = isVerified && item.customer != nil
        if let customer = item.customer, let name = ticket.requesterName {
            try Store.note(.customer, customer, "name", name, source: "ticket \(ticket.id)", at: at, db)
        }
    }

    /// Takes in one message and what it means for the case.
    ///
    /// - Returns: false when the case has it already.
    func receive(
        _ message: CaseMessage, _ item: inout Case, _ context: CaseContext, _ links: ArticleLinks, _ db: Database
    ) throws -> Bool {
        guard try !Store.hasMessage(message.key, in: item.rowID, db) else { return false }
        var message = message
        func silent(_: CaseEffect, _ after: Case) -> Outgoing {
            Outgoing(text: CaseText.update(after, context.refs.redact(message.body).text))
        }
        switch message.author {
        case .customer:
            // Who only said that they are at it may have helped all the same, if the customer says so.
            let spoken = try item.firstResponseAt ?? Store.lastWordOfPerson(in: item.rowID, db)
            let isAnswered = item.firstResponseAt != nil
            let answer =
                item.askedConfirmation && item.state == .resolvedProposed
                ? CaseWording.answersConfirmation(message.body) : nil
            if let spoken, answer ?? CaseWording.confirms(message.body) {
                if item.firstResponseAt == nil { item.firstResponseAt = spoken }
                let event = CaseEvent(.customerConfirmed, at: message.at, witness: .customer)
                try settle(&item, event, message.key, "customer", context, db)
            } else if isAnswered, item.state != .abandoned, !item.state.isEnded, CaseWording.thanks(message.body) {
                // Nothing is asked: recorded, and nobody is called back to it.
            } else {
                if item.state == .resolvedProposed, answer == false || CaseWording.denies(message.body) {
                    try judge(
                        &item, .wrong, shouldBe: nil, at: message.at, note: "the customer says it did not help", db)
                }
                try advance(
                    &item, CaseEvent(.customerWrote, at: message.at), cause: message.key, actor: "customer", context,
                    db,
                    say: silent)
            }
        case .person where message.isPublic:
            let asks = GapReply(GapReply.ownWords(message.body), isMacro: false) == .request
            let promised = PromiseFinder.find(message.body, at: message.at)
            // "I look into it and get back to you": they have it, and the answer is still to come.
            let holds =
                !asks && !promised.isEmpty && message.links.isEmpty && GapReply.ownWords(message.body).utf8.count <= 400
            let name = message.name ?? ""
            let owner = name.isEmpty ? CaseOwner.team(context.desk.defaultTeam) : .person(name)
            try learn(&item, links: links.articles(message.links), at: message.at, db)
            try advance(
                &item,
                CaseEvent(asks ? .personAsked : holds ? .personTook : .personAnswered, at: message.at, owner: owner),
                cause: message.key, actor: "person", context, db, say: silent)
            if !asks { try keepPromises(item, by: message, db) }
        default: break
        }
        message.episode = item.episode
        guard try Store.add(&message, to: item.rowID, db) else { return false }
        if message.author == .customer {
            for name in Identifiers.named(in: message.body).prefix(5) {
                try Store.note(
                    .message, message.rowID, "named \(name)", name, source: "ticket \(item.id)", at: message.at, db)
            }
        }
        if message.author == .person, message.isPublic {
            for promise in PromiseFinder.find(message.body, at: message.at) {
                try Store.add(
                    promise, by: message.name ?? context.desk.defaultTeam, message: message, to: item.rowID, db)
            }
        }
        return true
    }

    /// An end with a witness, and what it says of the answer that was sent.
    func settle(
        _ item: inout Case, _ event: CaseEvent, _ cause: String, _ actor: String, _ context: CaseContext, _ db: Database
    ) throws {
        let sent = item.decision.map { $0.verdict == nil && $0.action == .answer } ?? false
        if sent, item.state == .resolvedProposed, !item.owner.isHuman {
            try judge(&item, .right, shouldBe: nil, at: event.at, note: "confirmed by \(event.witness?.text ?? "")", db)
        }
        try advance(&item, event, cause: cause, actor: actor, context, db) { effect, after in
            Outgoing(text: effect == .tellCustomer ? CaseText.settled(after, event) : CaseText.ended(after, event))
        }
    }
}
