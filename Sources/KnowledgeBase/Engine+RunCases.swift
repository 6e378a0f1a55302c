import FoundationEssentials
import GRDB

/// What a run did with one case.
public struct CaseRun: Sendable {
    public var id: String
    public var subject: String
    /// Nil when a person was there first: then the case was only looked at.
    public var action: CaseDecision.Action?
    public var state: CaseState
    public var owner: CaseOwner
    public var triage: Triage
    public var decision: CaseDecision
    public var route: Route?
    /// The evidence behind both probabilities.
    public var explanation: Explanation
}

extension Engine {
    /// Looks at cases that are kb's move and does what the policy allows: answer, draft, one question, or hand over.
    ///
    /// Cases that a person answered before kb could are looked at too, without any effect: so their outcome teaches.
    ///
    /// - Parameter id: nil runs all.
    /// - Parameter each: is handed every case as soon as it is done.
    public func runCases(_ id: String?, each: (CaseRun) throws -> Void) throws {
        var pending: [PendingCase] = try store.pool.read { db in
            let cases: [Case]
            if let id {
                guard let item = try Store.findCase(id, db) else { throw KnowledgeBaseError.unknownCase(id) }
                cases = [item]
            } else {
                cases = try Store.unseenCases(db)
            }
            return try cases.compactMap { try PendingCase($0, db) }
        }
        if let id, pending.isEmpty {
            let item = try store.pool.read { try Store.findCase(id, $0)! }
            throw KnowledgeBaseError.invalidArgument(
                "The case \(id) is \(item.state.rawValue) with \(item.owner.name): nothing of the customer's waits for kb. "
                    + "See kb ticket show \(id).")
        }
        guard !pending.isEmpty else { return }
        pending.sort { ($0.question.askedAt!, $0.item.rowID) < ($1.question.askedAt!, $1.item.rowID) }
        var context = try caseContext(withNeighbours: true)
        for start in stride(from: 0, to: pending.count, by: 32) {
            let part = Array(pending[start..<min(start + 32, pending.count)])
            let vectors = try encode(part.map(\.question), mode: .hybrid)
            var place = 0
            try answer(part.map(\.question), vectors: vectors, options: SearchOptions(), log: false) { answer in
                defer { place += 1 }
                if let run = try act(part[place], answer, vectors[place], &context) { try each(run) }
            }
        }
    }

    /// A case with the request that waits.
    private struct PendingCase {
        var item: Case
        var question: Question
        /// The last message of it, limited.
        var latest: String
        var upTo: Int64
        /// A person was there first.
        var onlyLook: Bool

        init?(_ item: Case, _ db: Database) throws {
            let messages = try Store.messages(of: item.rowID, db)
            let asked = messages.filter { $0.author == .customer && $0.episode == item.episode }
            guard let last = asked.last else { return nil }
            let isOurs = !item.owner.isHuman && [.new, .open].contains(item.state)
            onlyLook = !isOurs
            let seen = item.triage?.upTo ?? 0
            // Beside a person: the guess is made anew with what the customer added. Elsewhere once an episode is enough.
            let isBeside = item.state == .waitingExpert && seen >= asked[0].rowID
            if onlyLook, seen >= (isBeside ? last.rowID : asked[0].rowID) { return nil }
            let read = onlyLook && !isBeside ? [asked[0]] : asked
            upTo = read.last!.rowID
            let body = read.last!.body
            latest = String(decoding: body.utf8.prefix(RetrievalDefaults.maximumQuestionBytes), as: UTF8.self)
            let text = read.map(\.body).joined(separator: "\n\n")
            question = Question(
                id: item.id, text: text == item.subject ? "" : text, subject: item.subject, askedAt: read.last!.at)
            // Whoever it is, the same case asking again is the same customer.
            question.customer = "case:" + item.id
            if let id = item.customer, let known = try Store.customer(row: id, db) {
                question.customer = item.isVerified ? known.key : "claimed:" + known.key
                if item.isVerified {
                    for fact in try Store.facts(.customer, id, db).reversed() { question.fields[fact.key] = fact.value }
                    question.fields["name"] = nil
                }
            }
            question.fields.merge(item.fields) { $1 }
            question.tags = item.tags
            self.item = item
        }
    }

    private func act(
        _ pending: PendingCase, _ answer: Answer, _ vector: [Float], _ context: inout CaseContext
    ) throws -> CaseRun? {
        let now = max(clock(), pending.question.askedAt!)
        let item = pending.item
        let triage = try triage(
            item, text: pending.question.fullText, latest: pending.latest, vector: vector,
            at: pending.question.askedAt!, upTo: pending.upTo)
        let question = try clarifying(answer, pending, item)
        var decision = decision(answer, upTo: pending.upTo, at: now)
        context.neighbours.add(item.rowID, at: item.createdAt.milliseconds, vector)
        let shared = context
        return try store.pool.write { db -> CaseRun? in
            // Another run, or a person, may have been quicker.
            guard var item = try Store.findCase(item.id, db), item.state == pending.item.state,
                item.owner == pending.item.owner, item.episode == pending.item.episode,
                item.triage == pending.item.triage
            else { return nil }
            item.triage = triage
            if try Store.vector(ofCase: item.rowID, dimension: vector.count, db) == nil {
                try Store.setVector(vector, ofCase: item.rowID, db)
                try joinIncident(item, vector, shared, now: pending.question.askedAt!, db)
            }
            try Store.record(answer, db)
            var route: Route?
            let cause = "\(pending.upTo)"
            if pending.onlyLook {
                if let before = item.decision {
                    (decision.action, decision.fired) = (before.action, before.fired)
                    decision.verdict = before.verdict
                }
                item.decision = decision
                try hasten(&item, from: pending.question.askedAt!, shared.desk, db)
                try Store.write(&item, db)
                try learnFromReplies(&item, db)
                return CaseRun(
                    id: item.id, subject: item.subject, action: nil, state: item.state, owner: item.owner,
                    triage: triage,
                    decision: decision, route: nil, explanation: answer.explanation)
            }
            var event: CaseEvent
            let found = try self.route(item, decision, triage, vector, shared, db)
            // A question to ask waits for a yes like any draft.
            switch question != nil && answer.action == .human ? .draft : answer.action {
            case .human:
                decision.action = .handoff
                route = found
                event = CaseEvent(.handedOver, at: now, owner: found.owner, reason: decision.trigger.code)
            case .draft:
                route = found
                decision.action = question == nil ? .draft : .question
                if let question { decision.text = question.text }
                event = CaseEvent(.drafted, at: now, owner: found.owner, reason: decision.trigger.code)
            case .auto:
                if let question {
                    decision.action = .question
                    decision.text = question.text
                    event = CaseEvent(.asked, at: now)
                } else {
                    decision.action = .answer
                    event = CaseEvent(.answered, at: now)
                }
            }
            item.decision = decision
            try Store.write(&item, db)
            try advance(&item, event, cause: cause, actor: "kb", shared, db) { effect, after in
                try words(effect, after, decision: decision, route: found, shared, now: now, db)
            }
            return CaseRun(
                id: item.id, subject: item.subject, action: decision.action, state: item.state, owner: item.owner,
                triage: triage, decision: decision, route: route, explanation: answer.explanation)
        }
    }

    /// What is said with each effect of a run, an approval or a handoff.
    func words(
        _ effect: CaseEffect, _ item: Case, decision: CaseDecision?, route: Route?, _ context: CaseContext, now: Date,
        _ db: Database
    ) throws -> Outgoing {
        switch effect {
        case .reply, .question:
            let text = decision.map { effect == .reply ? CaseText.answer($0, offer: context.offer) : $0.text } ?? ""
            return Outgoing(
                text: text, body: try JSONRecord.text(["case": item.id, "answer_id": decision?.answerID ?? ""]))
        case .tellCustomer:
            return Outgoing(
                text: CaseText.handoff(item, trigger: decision?.trigger, to: item.owner, due: item.dueAt))
        case .tellPerson, .review:
            let packet = try packet(item, route: route, context, now: now, db)
            return Outgoing(text: PacketMarkdown.text(packet), body: try JSONRecord.text(packet))
        default:
            return Outgoing(text: "")
        }
    }

    private func decision(_ answer: Answer, upTo: Int64, at now: Date) -> CaseDecision {
        let error = answer.calibration.ece ?? 0.5
        return CaseDecision(
            at: now, action: .draft, answerID: answer.answerID, text: answer.draft?.text ?? "",
            citations: (answer.draft?.citations ?? []).map {
                .init(
                    document: $0.document.id, title: $0.document.title, url: $0.document.url,
                    lines: [$0.lines.lowerBound, $0.lines.upperBound], quote: $0.quote)
            },
            confidence: JSONRecord.rounded(answer.confidence), answerable: JSONRecord.rounded(answer.answerable),
            interval: [
                JSONRecord.rounded(max(0, answer.confidence - error)),
                JSONRecord.rounded(min(1, answer.confidence + error)),
            ],
            fired: answer.reasons.map {
                .init(
                    code: $0.code, value: $0.value.map(JSONRecord.rounded), threshold: $0.threshold, detail: $0.detail)
            },
            rules: answer.policyHash, precedents: answer.precedents.map(\.ticket),
            shares: answer.shares.filter { $0.value >= 0.01 }.mapValues(JSONRecord.rounded),
            nearMiss: answer.nearMiss?.document.id, missingTerms: answer.nearMiss?.missingTerms ?? [], upTo: upTo)
    }

    /// What a question to the customer can settle; before anything else a person has it.
    private static let settledByQuestion: Set<String> = Set(
        [Trigger.ambiguity, .lowConfidence, .draftFailed].map(\.rawValue))

    /// Asked where two articles differ in one fact that the request does not name, and once an episode.
    private func clarifying(_ answer: Answer, _ pending: PendingCase, _ item: Case) throws -> ClarifyingQuestion? {
        guard !item.askedQuestion,
            answer.action != .human
                || answer.reasons.allSatisfy({ Self.settledByQuestion.contains($0.code) })
        else { return nil }
        var options = SearchOptions()
        options.limit = 2
        let hits = try search([pending.question], options: options)[0].hits
        guard hits.count == 2 else { return nil }
        return ClarifyingQuestion(
            (hits[0].document.title, hits[0].score), (hits[1].document.title, hits[1].score),
            question: pending.question.fullText)
    }

    /// The links of replies that came before kb had looked.
    private func learnFromReplies(_ item: inout Case, _ db: Database) throws {
        let replies = try Store.messages(of: item.rowID, db).filter {
            $0.author == .person && $0.isPublic && !$0.links.isEmpty
        }
        guard !replies.isEmpty else { return }
        let (matcher, articles) = try Store.linkMatcher(db)
        let links = ArticleLinks(matcher: matcher, ids: articles.map(\.key))
        for reply in replies { try learn(&item, links: links.articles(reply.links), at: reply.at, db) }
    }

    /// Who takes the case.
    func route(
        _ item: Case, _ decision: CaseDecision?, _ triage: Triage?, _ vector: [Float]?, _ context: CaseContext,
        without: Set<String> = [], _ db: Database
    ) throws -> Route {
        var keys = (decision?.fired ?? []).flatMap { fired -> [String] in
            let topic =
                fired.code == Trigger.sensitiveTopic.rawValue
                ? fired.detail?.split(separator: ":").first.map(String.init) : nil
            return (topic.map { [$0] } ?? []) + [fired.code]
        }
        if let intent = triage?.intent { keys.append(intent.name) }
        if let type = triage?.type { keys.append(type.name) }
        var records: [String: Route.Record] = [:]
        if let vector {
            let near = context.neighbours.nearest(
                vector, before: item.createdAt, without: item.rowID, limit: CaseDefaults.routingNeighbours,
                atLeast: CaseDefaults.alike)
            for other in near {
                guard let person = try Store.resolver(ofCase: other.row, db),
                    let known = try Store.findCase(row: other.row, db)
                else { continue }
                records[person, default: .init(person: person, weight: 0, cases: [])].weight += other.cosine
                records[person]!.cases.append(known.id)
            }
        }
        return Route.find(
            keys: keys, records: records.values.sorted { ($1.weight, $0.person) < ($0.weight, $1.person) },
            desk: context.desk, without: without, load: try Store.load(db))
    }
}
