import FoundationEssentials
import GRDB

/// What people do with cases.
extension Engine {
    /// Runs one step of a case in a transaction.
    private func step(
        _ id: String, withNeighbours: Bool = false,
        _ body: (inout Case, CaseContext, Date, Database) throws -> Void
    ) throws -> Case {
        let context = try caseContext(withNeighbours: withNeighbours)
        let now = clock()
        return try store.pool.write { db in
            guard var item = try Store.findCase(id, db) else { throw KnowledgeBaseError.unknownCase(id) }
            // A clock that was set back does not turn the order of a case's steps round.
            try body(&item, context, max(now, item.updatedAt), db)
            return item
        }
    }

    private func draft(of item: Case) throws -> CaseDecision {
        guard let decision = item.decision, item.state == .open, item.owner.isHuman,
            [.draft, .question].contains(decision.action)
        else {
            throw KnowledgeBaseError.invalidArgument(
                "No draft of the case \(item.id) waits for a yes: it is \(item.state.rawValue) with \(item.owner.name). "
                    + "Make one: kb ticket run \(item.id), or write yourself: kb ticket reply \(item.id) TEXT.")
        }
        return decision
    }

    /// Sends the draft as it stands; says that the answer is right.
    public func approve(_ id: String, by name: String?) throws -> Case {
        try step(id) { item, context, now, db in
            let decision = try draft(of: item)
            let owner = try name.map(context.desk.owner(called:)) ?? item.owner
            if decision.action == .draft {
                try judge(&item, .right, shouldBe: nil, at: now, note: "approved by \(owner.name)", db)
            }
            try send(&item, decision, by: owner, context, now, db)
        }
    }

    /// Sends a person's wording of the draft.
    ///
    /// - Parameter shouldBe: the article that answers, where the draft cited another one.
    public func edit(_ id: String, text: String, shouldBe: String?, by name: String?) throws -> Case {
        let target = try shouldBe.map(onlyArticle)
        return try step(id) { item, context, now, db in
            var decision = try draft(of: item)
            let owner = try name.map(context.desk.owner(called:)) ?? item.owner
            if let target, target != decision.citations.first?.document {
                try judge(&item, .wrong, shouldBe: target, at: now, note: "edited by \(owner.name)", db)
            } else if decision.action == .draft, Self.keepsMost(text, of: decision.text) {
                try judge(&item, .right, shouldBe: nil, at: now, note: "edited by \(owner.name)", db)
            }
            decision = item.decision ?? decision
            decision.text = text
            item.decision = decision
            try send(&item, decision, inOwnWords: true, by: owner, context, now, db)
        }
    }

    private func send(
        _ item: inout Case, _ decision: CaseDecision, inOwnWords: Bool = false, by owner: CaseOwner,
        _ context: CaseContext, _ now: Date, _ db: Database
    ) throws {
        // An approved question waits for the customer, an approved answer for their yes.
        let isQuestion = decision.action == .question
        if !isQuestion {
            var sent = item.decision ?? decision
            sent.action = .answer
            item.decision = sent
        }
        let event = CaseEvent(isQuestion ? .asked : .approved, at: now, owner: owner)
        try advance(&item, event, cause: "\(decision.upTo)", actor: "person", context, db) { effect, after in
            Outgoing(
                text: effect == .reply && !inOwnWords && !isQuestion
                    ? CaseText.answer(decision, offer: context.offer) : decision.text,
                body: try JSONRecord.text(["case": after.id, "answer_id": decision.answerID]))
        }
    }

    /// Whether an edited text still says most of what the draft said.
    private static func keepsMost(_ text: String, of draft: String) -> Bool {
        let (new, old) = (Set(Grading.plainWords(text)), Set(Grading.plainWords(draft)))
        return !old.isEmpty && Double(old.intersection(new).count) >= 0.5 * Double(old.count)
    }

    private func onlyArticle(_ name: String) throws -> String {
        let found = try store.documentIDs(named: name)
        guard let only = found.first, found.count == 1 else {
            throw KnowledgeBaseError.invalidArgument(
                found.isEmpty
                    ? "No article has the id '\(name)'. Find it: kb search \"its title\"."
                    : "'\(name)' may be any of \(found.prefix(5).joined(separator: ", ")). Give the whole id.")
        }
        return only
    }

    /// The draft is no good: a person answers, and the customer is told so.
    public func reject(_ id: String, why: String?, by name: String?) throws -> Case {
        try step(id, withNeighbours: true) { item, context, now, db in
            let decision = try draft(of: item)
            if decision.action == .draft {
                try judge(&item, .wrong, shouldBe: nil, at: now, note: why ?? "rejected", db)
            }
            let vector = try caseVector(item, context, db)
            let found = try route(item, decision, item.triage, vector, context, db)
            let owner = try name.map(context.desk.owner(called:)) ?? item.owner
            try advance(
                &item, CaseEvent(.rejected, at: now, owner: owner, reason: why), cause: "\(decision.upTo)",
                actor: "person", context, db
            ) { effect, after in
                try words(effect, after, decision: decision, route: name == nil ? found : nil, context, now: now, db)
            }
        }
    }

    /// A person's own answer, sent through kb.
    public func reply(_ id: String, text: String, by name: String?) throws -> Case {
        try step(id) { item, context, now, db in
            let owner =
                try name.map(context.desk.owner(called:))
                ?? (item.owner.isHuman ? item.owner : .team(context.desk.defaultTeam))
            let (matcher, articles) = try Store.linkMatcher(db)
            let links = ArticleLinks(matcher: matcher, ids: articles.map(\.key))
            try learn(&item, links: links.articles(LinkExtractor.links(in: text)), at: now, db)
            // The same words at the same moment are one reply.
            let cause = SHA256.hex(SHA256.digest(Array("\(item.episode)\(now.milliseconds)\(text)".utf8)).prefix(6))
            var message = CaseMessage(
                key: "reply:" + cause, author: .person, name: owner.name, body: text, at: now, episode: item.episode)
            try advance(
                &item, CaseEvent(.personReplied, at: now, owner: owner), cause: cause, actor: "person", context, db
            ) { _, after in Outgoing(text: text, body: try JSONRecord.text(["case": after.id])) }
            try keepPromises(item, by: message, db)
            message.rowID = try Store.messages(of: item.rowID, db).last?.rowID ?? 0
            for promise in PromiseFinder.find(text, at: now) {
                try Store.add(promise, by: owner.name, message: message, to: item.rowID, db)
            }
        }
    }

    /// A person gives the case to another person or team.
    public func handOver(_ id: String, to name: String, why: String?) throws -> Case {
        try step(id, withNeighbours: true) { item, context, now, db in
            let owner = try context.desk.owner(called: name)
            try advance(
                &item, CaseEvent(.handedOver, at: now, owner: owner, reason: why ?? "handed over"),
                cause: "to \(name)@\(now.milliseconds)", actor: "person", context, db
            ) { effect, after in
                try words(effect, after, decision: after.decision, route: nil, context, now: now, db)
            }
        }
    }

    /// Somebody of the team heard the customer say that it is solved.
    public func confirm(_ id: String, note: String?) throws -> Case {
        try step(id) { item, context, now, db in
            if item.witness != nil, [.resolvedConfirmed, .closed].contains(item.state) {
                throw KnowledgeBaseError.invalidArgument(
                    "The case \(item.id) was confirmed already, by \(item.witness!).")
            }
            let event = CaseEvent(.customerConfirmed, at: now, witness: .customer, reason: note)
            try settle(&item, event, "confirmed@\(now.milliseconds)", "customer", context, db)
        }
    }

    /// Ends a case without a resolution: spam, a duplicate, nothing to do.
    public func dismiss(_ id: String, why: String) throws -> Case {
        try step(id) { item, context, now, db in
            try advance(
                &item, CaseEvent(.dismissed, at: now, reason: why), cause: "dismissed", actor: "person", context, db
            ) { _, _ in Outgoing(text: "") }
        }
    }

    /// Ties a case to an issue elsewhere: when that is settled, so is the case.
    public func link(_ id: String, to issue: String) throws -> Case {
        try step(id) { item, context, now, db in
            try db.execute(
                sql: "INSERT INTO case_link (case_id, name, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                arguments: [item.rowID, issue, now.milliseconds])
            guard db.changesCount > 0 else { return }
            item.links.append(issue)
            try Store.journal(
                "linked", ref: context.refs.reference(item.id), actor: "person",
                payload: JSONRecord.text(["case": item.id, "issue": issue]), caseID: item.rowID, at: now, db)
        }
    }

    /// An issue is settled: every running case tied to it is resolved, with the issue as the witness, and told so.
    public func settleIssue(_ issue: String) throws -> [Case] {
        let context = try caseContext(withNeighbours: false)
        let now = clock()
        return try store.pool.write { db in
            let keys = try String.fetchAll(
                db,
                sql:
                    "SELECT c.key FROM case_link l JOIN ticket_case c ON c.id = l.case_id WHERE l.name = ? ORDER BY c.id",
                arguments: [issue])
            guard !keys.isEmpty else {
                throw KnowledgeBaseError.invalidArgument(
                    "No case is tied to '\(issue)'. Tie one: kb ticket link ID \(issue).")
            }
            var settled: [Case] = []
            for key in keys {
                guard var item = try Store.findCase(key, db), !item.state.isEnded else { continue }
                let event = CaseEvent(.issueSettled, at: now, witness: .issue(issue))
                try settle(&item, event, "issue:\(issue)", "kb", context, db)
                settled.append(item)
            }
            return settled
        }
    }

    /// Somebody of the team made sure that the sender is who they say.
    public func verifySender(_ id: String) throws -> Case {
        try step(id) { item, context, now, db in
            guard item.customer != nil else {
                throw KnowledgeBaseError.invalidArgument(
                    "The case \(item.id) names no sender, so there is nobody to verify.")
            }
            guard !item.isVerified else { return }
            item.isVerified = true
            try hasten(&item, from: now, context.desk, db)
            try Store.write(&item, db)
            try Store.journal(
                "verified", ref: context.refs.reference(item.id), actor: "person",
                payload: JSONRecord.text(["case": item.id]), caseID: item.rowID, at: now, db)
        }
    }
}

/// What is looked at.
extension Engine {
    public func cases(_ states: [CaseState] = []) throws -> [Case] {
        try store.pool.read { try Store.cases(states, $0) }
    }

    /// One case with everything of it.
    public func caseStory(_ id: String) throws -> (
        item: Case, messages: [CaseMessage], promises: [CasePromise], outbox: [OutboxItem], journal: [JournalEntry],
        customer: String?
    ) {
        let refs = try store.pseudonyms()
        return try store.pool.read { db in
            guard let item = try Store.findCase(id, db) else { throw KnowledgeBaseError.unknownCase(id) }
            return (
                item, try Store.messages(of: item.rowID, db), try Store.promises(of: [item.rowID], db),
                try Store.outbox(ofCase: item.rowID, db), try Store.journal(ref: refs.reference(item.id), db),
                try item.customer.flatMap { try Store.customer(row: $0, db)?.key }
            )
        }
    }

    public func outbox() throws -> [OutboxItem] {
        var items: [OutboxItem] = []
        try eachOutboxItem { items.append($0) }
        return items
    }

    /// All rows in the order they were written, as of one moment.
    public func eachOutboxItem(_ body: (OutboxItem) throws -> Void) throws {
        try store.pool.read { try Store.eachOutboxItem($0, body) }
    }

    public func journal(since: Int64 = 0) throws -> [JournalEntry] {
        try store.pool.read { try Store.journal(since: since, $0) }
    }

    /// Entries after a number, oldest first, one in memory at a time.
    public func eachJournalEntry(since: Int64 = 0, _ body: (JournalEntry) throws -> Void) throws {
        try store.pool.read { try Store.eachJournalEntry(since: since, $0, body) }
    }

    public func verifyJournal(head: String? = nil) throws -> JournalVerdict { try store.verifyJournal(head: head) }

    public func now() -> Date { clock() }
}
