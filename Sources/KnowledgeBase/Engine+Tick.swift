import FoundationEssentials
import GRDB

/// What the passing of time did.
public struct TickReport: Sendable, Equatable {
    /// Ids of cases by what happened to them.
    public var done: [String: [String]] = [:]
    /// Cases whose promise was not kept.
    public var broken: [String] = []
}

extension Engine {
    /// Does everything that has come due: status, reminders, confirmations, ends, cases nobody moved, promises.
    ///
    /// Each in a transaction of its own, in the order in which it came due. A reminder that is weeks late is not sent.
    public func tick() throws -> TickReport {
        let now = clock()
        var report = TickReport()
        let (due, times) = try store.pool.read { (try Store.timersDue(at: now, $0), try Store.resolutionHours($0)) }
        let context = try caseContext(withNeighbours: due.contains { $0.kind == "due" })
        for timer in due {
            try store.pool.write { db in
                guard var item = try Store.findCase(row: timer.caseID, db),
                    try Store.isSet(timer.kind, timer.due, ofCase: timer.caseID, db)
                else { return }
                if let what = try fire(timer.kind, due: timer.due, &item, times, context, now: now, db) {
                    report.done[what, default: []].append(item.id)
                }
            }
        }
        try store.pool.write { db in try reportPromises(context, now: now, &report, db) }
        return report
    }

    private func fire(
        _ kind: String, due: Date, _ item: inout Case, _ times: [String: [Double]], _ context: CaseContext, now: Date,
        _ db: Database
    ) throws -> String? {
        let isStale = now.timeIntervalSince(due) > CaseDefaults.latestReminder
        // What is due again and again is caused by its own moment.
        let cause = "\(kind)@\(due.milliseconds)"
        func go(_ event: CaseEvent, _ say: (CaseEffect, Case) throws -> Outgoing) throws -> String {
            try advance(&item, event, cause: cause, actor: "kb", context, db, say: say)
            return event.kind.rawValue
        }
        switch kind {
        case "nudge":
            if isStale {
                return try go(CaseEvent(.wentQuiet, at: now, reason: "no reply"), { _, _ in Outgoing(text: "") })
            }
            let number = item.nudges + 1
            return try go(CaseEvent(.nudged, at: now)) { _, after in
                Outgoing(text: CaseText.nudge(after, number: number, of: context.desk.nudges))
            }
        case "confirm":
            if isStale {
                return try go(CaseEvent(.wentQuiet, at: now, reason: "no reply"), { _, _ in Outgoing(text: "") })
            }
            return try go(CaseEvent(.confirmationAsked, at: now)) { _, after in
                Outgoing(text: CaseText.confirmation(after))
            }
        case "quiet":
            return try go(CaseEvent(.wentQuiet, at: now, reason: "no reply"), { _, _ in Outgoing(text: "") })
        case "close": return try go(CaseEvent(.closed, at: now), { _, _ in Outgoing(text: "") })
        case "rule":
            let rule = "nobody contradicted for \(CaseText.number(context.desk.confirmedAfterDays ?? 0)) days"
            try settle(&item, CaseEvent(.ruleSettled, at: now, witness: .rule(rule)), cause, "kb", context, db)
            return CaseEvent.Kind.ruleSettled.rawValue
        case "status":
            if isStale { return try go(Self.past(now), { _, _ in Outgoing(text: "") }) }
            let eta = Self.eta(item, times)
            // Nobody comes after the lead, who hears of it as often as the customer does.
            let late = now.timeIntervalSince(item.dueAt ?? now)
            let isLast = item.owner == .person(context.desk.lead) && late > 0
            return try go(CaseEvent(isLast ? .stillWaiting : .statusSent, at: now)) { effect, after in
                effect == .tellLead
                    ? Outgoing(text: CaseText.waitsForLead(after, silent: late / 3600))
                    : Outgoing(text: CaseText.status(after, eta: eta))
            }
        case "due":
            if isStale { return try go(Self.past(now), { _, _ in Outgoing(text: "") }) }
            return try moveOn(&item, cause, context, now: now, db)
        default: return nil
        }
    }

    /// An export of the past: nobody waits for a word on it any more.
    private static func past(_ now: Date) -> CaseEvent {
        CaseEvent(.dismissed, at: now, reason: "over long before it was taken in")
    }

    /// Silence past the service level: somebody else has it, and the lead knows; after a few moves the lead has it.
    private func moveOn(
        _ item: inout Case, _ cause: String, _ context: CaseContext, now: Date, _ db: Database
    ) throws -> String? {
        let before = item.owner
        let vector = try caseVector(item, context, db)
        let late = now.timeIntervalSince(item.dueAt ?? now) / 3600
        // Nobody is asked twice in an episode, and the customer does not hear of one colleague after the other.
        var without = Set(try Store.owners(ofCase: item, db))
        without.insert(before.name)
        let route = try self.route(item, item.decision, item.triage, vector, context, without: without, db)
        // A team of nobody but those who had it is no other.
        let members = route.person == nil ? context.desk.teams[route.team] ?? [] : []
        let isLast =
            without.contains(route.owner.name) || without.count > CaseDefaults.moves
            || !members.isEmpty && members.allSatisfy(without.contains)
        let owner = isLast ? CaseOwner.person(context.desk.lead) : route.owner
        let event = CaseEvent(.reassigned, at: now, owner: owner, reason: "silent past the service level")
        try advance(&item, event, cause: cause, actor: "kb", context, db) { effect, after in
            switch effect {
            case .tellCustomer: Outgoing(text: CaseText.reassigned(after, due: after.dueAt))
            case .tellLead: Outgoing(text: CaseText.lead(after, from: before, silent: late))
            default: try words(effect, after, decision: after.decision, route: route, context, now: now, db)
            }
        }
        return event.kind.rawValue
    }

    /// Hours to the confirmed end: of cases of the same intent where five are known, else of all.
    static func eta(_ item: Case, _ times: [String: [Double]]) -> (half: Double, most: Double, n: Int)? {
        let alike = item.triage?.intent.flatMap { times[$0.name] } ?? []
        for hours in [alike, times.values.flatMap { $0 }.sorted()] where hours.count >= 5 {
            return (hours[hours.count / 2], hours[min(hours.count - 1, hours.count * 9 / 10)], hours.count)
        }
        return nil
    }

    /// A promise whose day has passed is told to who made it and to the lead, once.
    private func reportPromises(_ context: CaseContext, now: Date, _ report: inout TickReport, _ db: Database) throws {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT p.id, p.case_id, c.key, p.text, p.by, p.due_at FROM promise p JOIN ticket_case c ON c.id = p.case_id
                WHERE p.due_at < ? AND p.kept_at IS NULL AND p.reported_at IS NULL ORDER BY p.due_at, p.id
                """, arguments: [now.milliseconds])
        for row in rows {
            let (id, item, key): (Int64, Int64, String) = (row[0], row[1], row[2])
            let due = Date(milliseconds: row[5])
            let text =
                "Promised in case \(key) by \(row[4] as String) for \(CaseText.moment(due)) and not kept: \(row[3] as String)"
            let promiser: String = row[4]
            let isTeam = context.desk.teams[promiser] != nil || promiser == context.desk.defaultTeam
            for recipient in [(isTeam ? "team:" : "person:") + promiser, "person:" + context.desk.lead] {
                try Store.post(
                    OutboxItem(
                        key: "promise/\(id)/\(recipient)", caseID: key, kind: "promise", recipient: recipient,
                        text: text,
                        body: "{}", at: now), caseRow: item, db)
            }
            try db.execute(sql: "UPDATE promise SET reported_at = ? WHERE id = ?", arguments: [now.milliseconds, id])
            try Store.journal(
                "promise_broken", ref: context.refs.reference(key), actor: "kb",
                payload: JSONRecord.text(["case": key]), caseID: item, at: now, db)
            report.broken.append(key)
        }
    }
}
