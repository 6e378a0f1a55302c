import FoundationEssentials
import GRDB

extension Engine {
    /// Keeps what a replay found, for a later review of what nobody knows. Best effort: a base may be read-only.
    public func keep(_ report: ReplayReport, of request: ReplayRequest) {
        try? ReplayFile(path: request.path, tickets: report.tickets).write(to: location.replay)
    }

    /// Tickets of the last replay whose agents linked no article, drawn at random, as answers to judge.
    ///
    /// The draw is the same each time, so a review may be stopped and taken up again: those judged are passed over and
    /// not replaced. Each is answered as of its moment and logged once, for a mark needs a logged answer.
    /// - Parameter band: of the replay; `nil` draws from all.
    public func unknownOfReplay(_ count: Int, band: Band?) throws -> [ReviewItem] {
        guard let replay = ReplayFile.read(location.replay) else {
            throw KnowledgeBaseError.invalidArgument("There is no replay to review. Run it first: kb replay TICKETS.")
        }
        let candidates = replay.tickets.filter { $0.isRight == nil && $0.cited != nil && (band ?? $0.band) == $0.band }
        let order = candidates.map { (hash: SHA256.hex(SHA256.digest(Array($0.id.utf8))), ticket: $0) }
            .sorted { ($0.hash, $0.ticket.id) < ($1.hash, $1.ticket.id) }.prefix(count)
        let judged = Set(try store.marks().map(\.answerID))
        let tickets = Dictionary(
            try readTickets(replay.path).tickets.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let questions = order.compactMap { tickets[$0.ticket.id].map(Self.question) }
        var items: [ReviewItem] = []
        try answer(questions, options: SearchOptions(), log: false) { answer in
            guard let cited = answer.draft?.citations.first?.document, !judged.contains(answer.answerID) else { return }
            if try store.loggedQuestion(answerID: answer.answerID) == nil { try store.record(answer) }
            items.append(
                ReviewItem(
                    answerID: answer.answerID, question: answer.question.fullText, askedAt: answer.askedAt,
                    document: cited.id, title: cited.title, confidence: answer.confidence))
        }
        return items
    }
}
