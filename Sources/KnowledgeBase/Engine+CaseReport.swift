import FoundationEssentials
import GRDB

extension Engine {
    /// What the loop achieved.
    ///
    /// - Parameter first: only the first so many cases, by the time they began.
    public func caseReport(since: Date? = nil, until: Date? = nil, first: Int? = nil) throws -> CaseReport {
        let desk = try policy().desk
        let end = until ?? clock()
        return try store.pool.read { db in
            var report = CaseReport(since: since, until: end)
            report.currency = desk.currency
            var cases = try Store.cases([], db).filter { $0.createdAt <= end && (since == nil || $0.createdAt >= since!) }
            if let first { cases = Array(cases.prefix(first)) }
            let ids = Set(cases.map(\.rowID))
            report.cases = cases.map(\.id)
            let events = try Self.events(db).filter { ids.contains($0.row) && $0.at <= end }
            let names = Dictionary(uniqueKeysWithValues: cases.map { ($0.rowID, $0.id) })
            func add(_ list: inout [String], _ id: String) { if !list.contains(id) { list.append(id) } }

            var said: [Int64: (kb: Bool, person: Bool)] = [:]
            for event in events {
                let id = names[event.row]!
                switch event.kind {
                case "handoff" where event.event == CaseEvent.Kind.handedOver.rawValue || event.event == CaseEvent.Kind.rejected.rawValue:
                    let trigger = event.event == CaseEvent.Kind.rejected.rawValue ? "rejected" : event.reason ?? ""
                    report.escalations[trigger, default: []].append(id)
                    report.escalated.append(id)
                case "reopened": report.reopened.append(id)
                case CaseEvent.Kind.answered.rawValue: said[event.row, default: (false, false)].kb = true
                case CaseEvent.Kind.approved.rawValue: said[event.row] = (true, true)
                case CaseEvent.Kind.personReplied.rawValue, CaseEvent.Kind.personAnswered.rawValue:
                    said[event.row, default: (false, false)].person = true
                case CaseEvent.Kind.dismissed.rawValue: report.dismissed.append(id)
                case "promise_broken": report.promisesBroken.append(id)
                default: break
                }
            }
            for key in report.escalations.keys { report.escalations[key] = Self.unique(report.escalations[key]!) }
            (report.escalated, report.reopened) = (Self.unique(report.escalated), Self.unique(report.reopened))
            (report.dismissed, report.promisesBroken) = (Self.unique(report.dismissed), Self.unique(report.promisesBroken))
            for item in cases {
                report.byState[item.state.rawValue, default: []].append(item.id)
                if item.state == .abandoned { report.abandoned.append(item.id) }
                if let at = item.firstResponseAt {
                    report.firstResponse.hours.append((item.id, at.timeIntervalSince(item.createdAt) / 3600))
                }
                guard [.resolvedConfirmed, .closed].contains(item.state), let witness = item.witness, let at = item.resolvedAt
                else { continue }
                report.confirmed.append(item.id)
                report.witnesses[witness.split(separator: ":").first.map(String.init) ?? witness, default: []].append(item.id)
                report.resolution.hours.append((item.id, at.timeIntervalSince(item.createdAt) / 3600))
                let voices = said[item.rowID] ?? (false, false)
                let handler: CaseReport.Handler = voices.kb && voices.person ? .both : voices.kb ? .kb : .person
                report.confirmedBy[handler.rawValue, default: []].append(item.id)
            }
            for path in [\CaseReport.firstResponse, \.resolution] {
                report[keyPath: path].hours.sort { ($0.hours, $0.id) < ($1.hours, $1.id) }
            }
            for (handler, list) in report.confirmedBy where desk.costs[handler] != nil {
                report.cost[handler] = desk.costs[handler]! * Double(list.count)
            }
            report.repeatContact = Self.repeats(cases)
            return report
        }
    }

    private static func unique(_ list: [String]) -> [String] {
        var seen: Set<String> = []
        return list.filter { seen.insert($0).inserted }
    }

    /// Cases of a customer who had been told within 30 days before that an earlier one was resolved.
    private static func repeats(_ cases: [Case]) -> [String] {
        var ends: [Int64: [Date]] = [:]
        for item in cases { if let customer = item.customer, let at = item.resolvedAt { ends[customer, default: []].append(at) } }
        return cases.filter { item in
            guard let customer = item.customer else { return false }
            return ends[customer]?.contains {
                $0 < item.createdAt && item.createdAt.timeIntervalSince($0) <= 30 * 86_400
            } ?? false
        }.map(\.id)
    }

    struct JournalledEvent {
        var row: Int64
        var kind: String
        var event: String
        var reason: String?
        var at: Date
    }

    /// The steps of cases as the journal has them.
    static func events(_ db: Database) throws -> [JournalledEvent] {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT p.case_id, j.kind, j.at, json_extract(p.payload, '$.event'), json_extract(p.payload, '$.reason')
                FROM journal j JOIN journal_payload p ON p.seq = j.seq WHERE p.case_id IS NOT NULL ORDER BY j.seq
                """)
        var out: [JournalledEvent] = []
        while let row = try rows.next() {
            out.append(
                JournalledEvent(
                    row: row[0], kind: row[1], event: row[3] ?? "", reason: row[4], at: Date(milliseconds: row[2])))
        }
        return out
    }
}
