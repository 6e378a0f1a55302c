import Embedding
import FoundationEssentials
import GRDB

/// What every step of a case needs to know, read once a command.
struct CaseContext: Sendable {
    var desk: DeskRules
    var policyHash: String
    var refs: Pseudonyms
    var offer: String
    /// The files' vectors of earlier cases, for what is alike.
    var neighbours: CaseNeighbours
}

/// Something to say, before it is known under which key and to whom.
struct Outgoing: Sendable {
    var text: String
    /// JSON object.
    var body = "{}"
}

extension Engine {
    /// - Parameter withNeighbours: for what routes or describes a case; costs reading one vector a case.
    func caseContext(withNeighbours: Bool) throws -> CaseContext {
        let policy = try policy()
        let dimension = withNeighbours ? try matchingEncoder().dimension : 0
        return CaseContext(
            desk: policy.desk, policyHash: policy.hash, refs: try store.pseudonyms(), offer: policy.offer,
            neighbours: withNeighbours
                ? try store.pool.read { try Store.neighbours(dimension: dimension, $0) }
                : CaseNeighbours(dimension: 0))
    }

    /// Takes one step within the transaction of `db`: case, outbox, timers and journal move together or not at all.
    ///
    /// - Parameter cause: what brought it about, part of each effect's key: the same cause has its effects once.
    /// - Parameter say: the words of an effect, asked for once the case has its new state and owner.
    @discardableResult
    func advance(
        _ item: inout Case, _ event: CaseEvent, cause: String, actor: String, _ context: CaseContext, _ db: Database,
        say: (CaseEffect, Case) throws -> Outgoing
    ) throws -> CaseMachine.Step {
        let before = item
        let step = try CaseMachine.step(event, item, nudges: context.desk.nudges)
        item = step.after
        let spoke: Set<CaseEvent.Kind> = [.answered, .asked, .approved, .personReplied, .personAnswered, .personAsked]
        if spoke.contains(event.kind), item.firstResponseAt == nil { item.firstResponseAt = event.at }
        let isWithPerson = item.owner.isHuman && [.waitingExpert, .open].contains(item.state)
        if !isWithPerson {
            item.dueAt = nil
        } else if before.owner != item.owner || before.state != item.state || item.dueAt == nil {
            let tier = try tier(of: item, db)
            let hours = context.desk.hours(item.triage?.urgency.level ?? .normal, tier: tier)
            item.dueAt = event.at.addingTimeInterval(hours * 3600)
        }
        try Store.write(&item, db)
        var posted: [String] = []
        for effect in step.effects where effect.isMessage {
            let outgoing = try say(effect, item)
            let key = "\(item.id)/\(item.episode)/\(effect.rawValue)/\(cause)"
            let recipient =
                switch effect {
                case .tellPerson, .review: item.owner.text
                case .tellLead: "person:" + context.desk.lead
                default: "customer"
                }
            try Store.post(
                OutboxItem(
                    key: key, caseID: item.id, kind: effect.rawValue, recipient: recipient, text: outgoing.text,
                    body: outgoing.body, at: event.at), caseRow: item.rowID, db)
            posted.append(key)
            if [.reply, .question].contains(effect) {
                var message = CaseMessage(
                    key: "out:" + key, author: actor == "person" ? .person : .kb, name: event.owner?.name,
                    body: outgoing.text, at: event.at, episode: item.episode)
                _ = try Store.add(&message, to: item.rowID, db)
            }
        }
        try Store.setTimers(
            timers(for: item, after: event, context.desk), ofCase: item.rowID,
            keeping: event.kind == .confirmationAsked ? "rule" : "", db)
        let ref = context.refs.reference(item.id)
        func journal(_ kind: String) throws {
            let payload = CaseStepRecord(
                case: item.id, event: event.kind.rawValue, from: before.state.rawValue, to: item.state.rawValue,
                owner: item.owner.text, episode: item.episode, effects: step.effects.map(\.rawValue), outbox: posted,
                witness: event.witness?.text, reason: event.reason, cause: cause)
            try Store.journal(
                kind, ref: ref, actor: actor, payload: JSONRecord.text(payload), caseID: item.rowID, at: event.at, db)
        }
        try journal(event.kind.rawValue)
        if step.effects.contains(.handoff) { try journal("handoff") }
        if step.effects.contains(.episode) { try journal("reopened") }
        return step
    }

    /// Brings the service level forward where what is known now presses more: an outage told of later, a customer proven since.
    func hasten(_ item: inout Case, from moment: Date, _ desk: DeskRules, _ db: Database) throws {
        guard let due = item.dueAt else { return }
        let hours = desk.hours(item.triage?.urgency.level ?? .normal, tier: try tier(of: item, db))
        let wanted = moment.addingTimeInterval(hours * 3600)
        guard wanted < due else { return }
        item.dueAt = wanted
        try db.execute(
            sql: "UPDATE timer SET due_at = ? WHERE case_id = ? AND kind = 'due'",
            arguments: [wanted.milliseconds, item.rowID])
    }

    /// The customer's tier, where it is proven that it is this customer.
    func tier(of item: Case, _ db: Database) throws -> String? {
        guard item.isVerified, let id = item.customer, let known = try Store.customer(row: id, db) else { return nil }
        return try Store.fact("tier", of: known, db)
    }

    /// What must happen next if nobody moves.
    private func timers(for item: Case, after event: CaseEvent, _ desk: DeskRules) -> [(kind: String, due: Date)] {
        func after(days: Double) -> Date { event.at.addingTimeInterval(days * 86_400) }
        switch item.state {
        case .new: return []
        case .open where !item.owner.isHuman: return []
        case .open, .waitingExpert:
            // The lead is the last stop; and who waits long hears less and less often. Who waits for a draft's yes waits too.
            let isLast = item.owner == .person(desk.lead)
            let wait = max(desk.statusEveryDays, item.createdAt.days(until: event.at))
            return (isLast ? [] : item.dueAt.map { [("due", $0)] } ?? []) + [("status", after(days: wait))]
        case .waitingCustomer:
            return item.nudges < desk.nudges
                ? [("nudge", after(days: desk.nudgeAfterDays))] : [("quiet", after(days: desk.quietAfterDays))]
        case .resolvedProposed:
            // Where the team takes silence for a yes, silence abandons nothing.
            var timers =
                !item.askedConfirmation
                ? [("confirm", after(days: desk.confirmAfterDays))]
                : desk.confirmedAfterDays == nil ? [("quiet", after(days: desk.quietAfterDays))] : []
            // Counted from the answer, not from the question whether it helped.
            if event.kind != .confirmationAsked, let days = desk.confirmedAfterDays {
                timers.append(("rule", after(days: days)))
            }
            return timers
        case .resolvedConfirmed: return [("close", after(days: desk.quietAfterDays))]
        case .closed, .abandoned: return []
        }
    }
}

/// What the journal keeps of a step.
struct CaseStepRecord: Codable {
    var `case`: String
    var event: String
    var from: String
    var to: String
    var owner: String
    var episode: Int
    var effects: [String]
    var outbox: [String]
    var witness: String?
    var reason: String?
    var cause: String
}
