import FoundationEssentials
import GRDB

extension Engine {
    /// The packet of a case as it stands.
    public func packet(ofCase id: String) throws -> HandoffPacket {
        let context = try caseContext(withNeighbours: true)
        let now = clock()
        return try store.pool.read { db in
            guard let item = try Store.findCase(id, db) else { throw KnowledgeBaseError.unknownCase(id) }
            return try packet(item, route: nil, context, now: now, db)
        }
    }

    /// - Parameter route: nil for where it is, with who else could take it.
    func packet(
        _ item: Case, route: Route?, _ context: CaseContext, now: Date, _ db: Database
    ) throws -> HandoffPacket {
        let messages = try Store.messages(of: item.rowID, db).filter(\.isPublic)
        let known = try item.customer.flatMap { try Store.customer(row: $0, db) }
        let vector = try caseVector(item, context, db)
        let route = try route ?? self.standing(item, vector, context, db)
        var names = messages.filter { $0.author != .kb }.compactMap(\.name)
        if let known, let name = try Store.fact("name", of: known, db) { names.append(name) }
        var counts: [String: Int] = [:]
        func clean(_ text: String) -> String {
            let (out, found) = context.refs.redact(text, names: names)
            for (kind, count) in found { counts[kind.rawValue, default: 0] += count }
            return out
        }
        let conversation = messages.map {
            HandoffPacket.Message(author: $0.author.rawValue, at: $0.at, text: clean(Self.limited($0.body)))
        }
        let asked = messages.filter { $0.author == .customer && $0.episode == item.episode }
        let similar = try similar(to: item, vector, context, db)
        var decision = item.decision
        // Single words are too little to tell personal data by: those go that stand in what was redacted.
        let shown = Set(
            Grading.plainWords((asked.map { clean($0.body) } + [clean(item.subject)]).joined(separator: "\n")))
        decision?.missingTerms.removeAll { term in
            !shown.contains(term.lowercased()) && !shown.contains { $0.hasPrefix(term.lowercased()) }
        }
        let notices = try Store.outbox(ofCase: item.rowID, db)
        let notice = notices.last {
            $0.kind == CaseEffect.tellCustomer.rawValue || $0.kind == CaseEffect.status.rawValue
        }
        let fired = (decision?.fired ?? []).map {
            HandoffPacket.Fired(id: $0.code, value: $0.value, threshold: $0.threshold, detail: $0.detail.map(clean))
        }
        let trigger = decision?.trigger
        let triage = item.triage
        let promises = try Store.promises(of: [item.rowID], db)
        var upcoming = promises.compactMap(\.dueAt).filter { $0 >= now }
        if let deadline = triage?.urgency.deadline { upcoming.append(deadline) }
        var packet = HandoffPacket(
            case: .init(
                id: item.id, subject: clean(item.subject), channel: item.channel, state: item.state.rawValue,
                owner: item.owner.text, episode: item.episode, priority: triage?.urgency.level.rawValue ?? "normal",
                need: Self.need(trigger?.code), intent: triage?.intent, type: triage?.type, product: triage?.product,
                language: triage?.language, createdAt: item.createdAt, slaDue: item.dueAt),
            trigger: .init(
                id: trigger?.code ?? "", value: trigger?.value, threshold: trigger?.threshold,
                detail: trigger?.detail.map(clean), ruleVersion: decision?.rules ?? context.policyHash, allFired: fired),
            customer: try customer(item, known, now: now, clean, db),
            summary: .init(
                request: clean(asked.first.map { Self.opening($0.body) } ?? item.subject),
                whatChanged: try whatChanged(item, messages, clean),
                openQuestions: Self.openQuestions(asked).map(clean),
                upcoming: upcoming.sorted()),
            conversation: conversation,
            sentimentTrajectory: messages.filter { $0.author == .customer }.map {
                .init(at: $0.at, value: JSONRecord.rounded(Sentiment.score(FoldedText($0.body))))
            },
            attempted: try attempted(decision, messages, notices, clean),
            bestGuess: decision.flatMap { decision in
                decision.text.isEmpty
                    ? nil
                    : .init(
                        text: decision.text, pCorrect: decision.confidence, interval: decision.interval,
                        citations: decision.citations.map {
                            .init(document: $0.document, title: $0.title, url: $0.url, lines: $0.lines)
                        })
            },
            nextStep: Self.nextStep(item, decision, similar),
            route: .init(team: route.team, person: route.person, why: route.why, alternates: route.alternates),
            doNotAsk: Self.known(item, asked, clean), similarIncidents: similar, links: item.links,
            customerNotice: notice.map { .init(text: $0.text, sentAt: $0.at) },
            redaction: .init(policy: "personal data in free text", counts: [:]))
        packet.redaction.counts = counts
        try packet.seal()
        return packet
    }

    /// The vector of the opening request; nil before the first run.
    func caseVector(_ item: Case, _ context: CaseContext, _ db: Database) throws -> [Float]? {
        guard context.neighbours.dimension > 0 else { return nil }
        return try Store.vector(ofCase: item.rowID, dimension: context.neighbours.dimension, db)
    }

    /// Where the case is, with who else could take it.
    private func standing(_ item: Case, _ vector: [Float]?, _ context: CaseContext, _ db: Database) throws -> Route {
        var route = try self.route(item, item.decision, item.triage, vector, context, db)
        guard item.owner.isHuman, item.owner != route.owner else { return route }
        let others = ([route.person ?? route.team] + route.alternates).filter { $0 != item.owner.name }
        route = Route(
            team: context.desk.team(of: item.owner.name) ?? item.owner.name, person: nil,
            why: "\(item.owner.name) has it; next would be \(route.owner.name): \(route.why)", alternates: others)
        if case .person(let name) = item.owner { route.person = name }
        return route
    }

    /// Why a person: to judge, to approve, or for what only some know.
    private static func need(_ trigger: String?) -> String {
        switch trigger {
        case "sensitive_topic", "asked_for_person", "sentiment", "asked_again": "judgment"
        case "low_confidence", "ambiguity", "foreign_language", "not_calibrated", "unknown_code":
            "specialised_knowledge"
        default: "approval"
        }
    }

    private func customer(
        _ item: Case, _ known: Store.KnownCustomer?, now: Date, _ clean: (String) -> String, _ db: Database
    ) throws -> HandoffPacket.Customer {
        let own = try Store.promises(of: [item.rowID], db)
        var out = HandoffPacket.Customer(
            id: known?.key, verified: item.isVerified, tier: nil, plan: nil, organisation: nil, history: [],
            promises: [])
        var promises = own
        // What is known of a customer is shown only where it is proven to be them.
        if let known, item.isVerified {
            out.tier = try Store.fact("tier", of: known, db)
            out.plan = try Store.fact("plan", of: known, db)
            out.organisation = try known.organisation.flatMap { try Store.organisationName($0, db) }
            let past = try Store.cases(ofCustomer: known.rowID, db).filter { $0.isVerified && $0.rowID != item.rowID }
            out.history = past.map {
                .init(
                    id: $0.id, subject: clean($0.subject), state: $0.state.rawValue, resolution: Self.resolution($0),
                    createdAt: $0.createdAt)
            }
            promises = try Store.promises(of: past.map(\.rowID), db).filter { $0.keptAt == nil } + own
        }
        out.promises = promises.map {
            .init(text: clean($0.text), by: $0.by, due: $0.dueAt, state: $0.state(at: now))
        }
        return out
    }

    /// How a case ended, in a few words.
    static func resolution(_ item: Case) -> String? {
        guard item.state == .resolvedConfirmed || item.state == .closed || item.state == .resolvedProposed else {
            return nil
        }
        let by = item.owner.isHuman ? item.owner.name : "kb"
        let article = item.decision.flatMap { $0.verdict == "right" ? $0.citations.first?.title : nil }
        let words = item.witness.map { "confirmed by \($0), answered by \(by)" } ?? "answered by \(by), not confirmed"
        return article.map { "\(words): \($0)" } ?? words
    }

    /// A log file of megabytes is in the case, not in the packet.
    private static func limited(_ text: String) -> String {
        guard text.utf8.count > CaseDefaults.longestMessage else { return text }
        let head = String(decoding: text.utf8.prefix(CaseDefaults.longestMessage), as: UTF8.self)
        return head + "\n… (\(text.utf8.count) bytes in all; the whole is in the case)"
    }

    private static func opening(_ text: String) -> String {
        text.count <= 600 ? text : text.prefix(599) + "…"
    }

    /// Questions of the customer's in this episode.
    private static func openQuestions(_ asked: [CaseMessage]) -> [String] {
        asked.flatMap { message -> [String] in
            let utf8 = Array(message.body.utf8)
            return SentenceSplitter.ranges(message.body).map { String(decoding: utf8[$0], as: UTF8.self) }.filter {
                $0.contains("?")
            }
        }.map { String($0.trimmed) }.filter { $0.count <= 300 }.reduce(into: []) {
            if !$0.contains($1) { $0.append($1) }
        }.suffix(8).map { $0 }
    }

    /// What came since the person who has it last said something.
    private func whatChanged(_ item: Case, _ messages: [CaseMessage], _ clean: (String) -> String) throws -> [String] {
        let last = messages.lastIndex { $0.author == .person }
        return messages[(last.map { $0 + 1 } ?? 0)...].filter { $0.author == .customer || $0.author == .participant }
            .suffix(5).map {
                "\(CaseText.moment($0.at)), \($0.author.rawValue): \(clean(String($0.body.prefix(200))))"
            }
    }

    private func attempted(
        _ decision: CaseDecision?, _ messages: [CaseMessage], _ outbox: [OutboxItem], _ clean: (String) -> String
    ) throws -> [HandoffPacket.Attempt] {
        var out: [HandoffPacket.Attempt] = []
        for (place, message) in messages.enumerated() where message.author == .kb || message.author == .person {
            let answer = messages[(place + 1)...].first { $0.author == .customer }
            out.append(
                .init(
                    action: (message.author == .kb ? "kb answered: " : "a person answered: ")
                        + clean(String(message.body.prefix(160))),
                    result: answer.map {
                        CaseWording.confirms($0.body)
                            ? "the customer says it helped"
                            : CaseWording.denies($0.body)
                                ? "the customer says it did not help" : "the customer wrote again"
                    }
                        ?? "no word from the customer", at: message.at))
        }
        if let decision {
            let what = decision.citations.first.map { "found \($0.title) (\($0.document))" } ?? "found no article"
            let result =
                decision.missingTerms.isEmpty
                ? "confidence \(decision.confidence)"
                : "confidence \(decision.confidence); it lacks: \(decision.missingTerms.prefix(8).joined(separator: ", "))"
            out.append(.init(action: "kb searched the articles: \(what)", result: clean(result), at: decision.at))
        }
        return out
    }

    private static func nextStep(
        _ item: Case, _ decision: CaseDecision?, _ similar: [HandoffPacket.Similar]
    ) -> HandoffPacket.NextStep {
        let precedents = (decision?.precedents ?? []) + similar.filter { $0.resolution != nil }.map(\.id)
        let unique = precedents.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let solved = similar.first { $0.state == "resolved_confirmed" || $0.state == "closed" && $0.resolution != nil }
        guard let decision else {
            return .init(
                text: "Read the conversation and answer.", why: "kb has not looked at it yet.", precedents: unique)
        }
        if decision.trigger.code == "asked_for_person" {
            return .init(
                text: "Answer in person" + (decision.text.isEmpty ? "." : "; the best guess may serve as a start."),
                why: "The customer asked for a person.", precedents: unique)
        }
        if decision.trigger.code == "sensitive_topic" {
            return .init(
                text: "Decide yourself; send nothing of the best guess unread.",
                why:
                    "It touches \(decision.trigger.detail?.split(separator: ":").first.map(String.init) ?? "a sensitive topic").",
                precedents: unique)
        }
        if let solved, decision.confidence < 0.5 {
            return .init(
                text: "Look at \(solved.id) first: it began the same way.",
                why: "\(solved.resolution ?? "It was resolved"); likeness \(solved.similarity).", precedents: unique)
        }
        if let cited = decision.citations.first, decision.confidence >= 0.5 {
            return .init(
                text: "Check the best guess against \(cited.title) and send it, corrected where needed.",
                why: "It is expected to be right in \(Int((decision.confidence * 100).rounded())) of 100 cases.",
                precedents: unique)
        }
        let lacks =
            decision.missingTerms.isEmpty
            ? "" : " No article says anything of: \(decision.missingTerms.prefix(5).joined(separator: ", "))."
        return .init(
            text: "Ask for what is missing to reproduce it, or answer from your own knowledge.",
            why: "No article is likely to answer it (\(decision.answerable)).\(lacks)", precedents: unique)
    }

    /// What the customer said or the help desk knows: not to be asked again.
    private static func known(_ item: Case, _ asked: [CaseMessage], _ clean: (String) -> String) -> [String] {
        var out = item.fields.sorted { $0.key < $1.key }.map { "\($0.key): \(clean($0.value))" }
        let text = asked.map(\.body).joined(separator: "\n")
        // A part of an address or of a key tells nothing by itself: what is shown still stands in the redacted text.
        let shown = clean(text)
        for name in Identifiers.named(in: text).filter(shown.contains).prefix(12) { out.append("named: \(name)") }
        if let product = item.triage?.product { out.append("product: \(product.name)") }
        return out.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Earlier cases that began alike, nearest first.
    func similar(
        to item: Case, _ vector: [Float]?, _ context: CaseContext, limit: Int = 5, _ db: Database
    ) throws -> [HandoffPacket.Similar] {
        guard let vector else { return [] }
        let near = context.neighbours.nearest(
            vector, before: item.createdAt, without: item.rowID, limit: limit, atLeast: CaseDefaults.alike,
            shares: item.decision?.shares ?? [:])
        return try near.compactMap { near in
            guard let other = try Store.findCase(row: near.row, db) else { return nil }
            let subject = context.refs.redact(other.subject).text
            return .init(
                id: other.id, subject: subject, similarity: JSONRecord.rounded(min(1, near.cosine)),
                state: other.state.rawValue, resolution: Self.resolution(other))
        }
    }
}
