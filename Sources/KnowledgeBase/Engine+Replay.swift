import Embedding
import FoundationEssentials
import GRDB

/// Which past tickets to replay.
public struct ReplayRequest: Sendable {
    /// Absolute path of a ticket export: a file or a folder.
    public var path: String
    /// Only tickets asked at or after this moment, and only those before that one.
    public var since: Date?
    public var until: Date?

    public init(path: String) { self.path = path }
}

extension Engine {
    /// What would have been done with past tickets, each knowing only what was known when it was asked.
    ///
    /// Read-only: no log, no fit, no ticket is written. Each ticket is answered as `answer` would with its id and time;
    /// where earlier answers to its customer count, those of the replay do.
    /// - Complexity: one answer a ticket, tickets encoded in batches; then the gaps (see `GapClusters`).
    public func replay(_ request: ReplayRequest, progress: (Int, Int) -> Void = { _, _ in }) throws -> ReplayReport {
        let read = try readTickets(request.path)
        let bounds = (request.since ?? .distantPast)..<(request.until ?? .distantFuture)
        let past = read.tickets.filter { ticket in ticket.createdAt.map(bounds.contains) ?? false }
            .sorted { ($0.createdAt!, $0.id) < ($1.createdAt!, $1.id) }
        let leftOut: [ReplayReport.LeftOut] = [
            .init("automatic", read.leftOutIDs[.automatic]), .init("spam", read.leftOutIDs[.spam]),
            .init("merged", read.leftOutIDs[.merged]), .init("without a word", read.leftOutIDs[.empty]),
            .init("without a time", read.tickets.filter { $0.createdAt == nil }.map(\.id)),
            .init(
                "at another time",
                read.tickets.filter { $0.createdAt.map { !bounds.contains($0) } ?? false }.map(\.id)),
            .init("not read", read.unreadable),
        ].filter { !$0.tickets.isEmpty }
        let matcher = try articleLinks()
        let known = try store.ticketDocuments(past.map(\.id))
        let verdicts = try ReviewVerdicts(store.marks())
        let replayed = ReplayedAnswers()
        var tickets: [ReplayedTicket] = []
        var vectors: [[Float]] = []
        for start in stride(from: 0, to: past.count, by: ReplayDefaults.batch) {
            let part = past[start..<min(start + ReplayDefaults.batch, past.count)]
            let questions = part.map(Self.question)
            let encoded = try encode(questions, mode: .hybrid)
            var next = part.startIndex
            try answer(questions, vectors: encoded, options: SearchOptions(), log: false, replayed: replayed) {
                answer in
                replayed.add(answer)
                var ticket = try self.ticket(past[next], answer, linked: matcher(past[next]))
                ticket.reviewed = verdicts.isRight(answer)
                tickets.append(ticket)
                next += 1
            }
            // Kept for those that may be gaps alone.
            vectors += zip(tickets[start...], encoded).map { $0.linked.isEmpty ? $1 : [] }
            progress(tickets.count, past.count)
        }
        let now = try store.pool.read { db in try Store.calibration(db) }
        return ReplayReport(
            tickets: tickets, policy: try policy(),
            calibration: now.map {
                CalibrationSummary(source: $0.fit.source, count: $0.fit.count, ece: $0.ece, fittedAt: $0.fittedAt)
            } ?? CalibrationSummary(source: .prior, count: 0, ece: nil, fittedAt: nil),
            gaps: try gaps(tickets, of: past, vectors), leftOutTickets: leftOut,
            unknownToBase: known.filter { $0 == nil }.count)
    }

    /// The question that a ticket asks: its subject and its description as they came.
    static func question(_ ticket: SourceTicket) -> Question {
        var question = Question(
            id: ticket.id, text: ticket.description, subject: ticket.subject.isEmpty ? nil : ticket.subject,
            askedAt: ticket.createdAt, customer: ticket.requester)
        question.tags = ticket.tags
        question.fields = ticket.fields
        return question
    }

    func readTickets(_ path: String) throws -> TicketReader.Reading {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw KnowledgeBaseError.unreadable(path: path, reason: "no such file or folder")
        }
        var inputs: [(name: String, input: JSONRecords.Input)] = []
        do throws(ReadError) {
            let files = isFolder ? try FileWalker.walk(path).files.map(\.path) : [path.lastPathComponent]
            let root = isFolder ? path : path.deletingLastComponent
            for file in files where !isFolder || IngestDefaults.jsonEndings.contains(file.fileEnding) {
                inputs.append((file, .bytes(try FileBytes(root: root).read(file, limit: IngestDefaults.exportBytes))))
            }
        } catch {
            throw KnowledgeBaseError.unreadable(path: path, reason: error.description)
        }
        let read = TicketReader.read(files: inputs)
        guard !read.tickets.isEmpty else {
            throw KnowledgeBaseError.unreadable(path: path, reason: "there is no ticket in it")
        }
        return read
    }

    /// Finds the articles that a ticket's agents linked where the customer could see it; ids in the order of the links.
    private func articleLinks() throws -> (SourceTicket) -> [String] {
        let (matcher, ids) = try store.linkMatcher()
        return { ticket in
            var out: [String] = []
            for comment in ticket.comments where comment.author == .agent && comment.isPublic {
                for link in comment.links {
                    if let place = matcher.document(for: link), !out.contains(ids[place]) { out.append(ids[place]) }
                }
            }
            return out
        }
    }

    private func ticket(_ ticket: SourceTicket, _ answer: Answer, linked: [String]) throws -> ReplayedTicket {
        let title = TicketDocument.document(ticket).title
        return ReplayedTicket(
            id: ticket.id, askedAt: answer.askedAt,
            title: try withoutPersonalData(title, names: ticket.requesterName.map { [$0] } ?? []),
            confidence: answer.confidence, answerable: answer.answerable, band: answer.band, action: answer.action,
            reasons: answer.reasons.map(\.code), cited: answer.draft?.citations.first?.document.id, linked: linked,
            intent: answer.intent)
    }

    // MARK: - Gaps

    /// The largest groups of questions that no article answers, the most typical of each first: found as `gaps` finds them, by
    /// what the replay made of each ticket, what a person said of that since, and what its agents replied.
    ///
    /// What agents contradict by a number is no gap here: that takes a comparison of sentences, and `gaps` makes it.
    private func gaps(
        _ tickets: [ReplayedTicket], of past: [SourceTicket], _ vectors: [[Float]]
    ) throws -> [[Int]] {
        var questions = zip(tickets, past).map { ticket, source in
            var question = GapQuestion(
                key: "x:" + source.id, id: source.id,
                text: [source.subject, source.body].filter { !$0.isEmpty }.joined(separator: "\n"),
                askedAt: ticket.askedAt, customer: source.requester, channel: .ticket)
            question.isAnswered = !ticket.linked.isEmpty || ticket.reviewed == true
            question.isMarkedWrong = ticket.reviewed == false
            return question
        }
        for (place, vector) in vectors.enumerated() { questions[place].vector = vector }
        try GapQuestion.addReplies(
            past.enumerated().flatMap { place, ticket in
                ticket.comments.filter { $0.author == .agent && $0.isPublic }.map {
                    GapQuestion.Sent(place: place, text: $0.body, name: $0.authorName)
                }
            }, to: &questions)
        var weighed = WeighedQuestions(
            questions,
            tickets.map {
                GapJudgement(
                    answerable: $0.answerable, confidence: $0.confidence, documents: [], chunk: 0, cosine: 0)
            })
        let groups = try group(&weighed) { texts in try encode(texts.map { Question(text: $0) }, mode: .hybrid) }
        return Array(groups.prefix(ReplayDefaults.gaps))
    }
}

extension Engine {
    /// Text for a report: personal data by the base's pseudonyms, or by their kind alone where it has given out none.
    func withoutPersonalData(_ text: String, names: [String]) throws -> String {
        if let pseudonyms = try store.knownPseudonyms() { return pseudonyms.redact(text, names: names).text }
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var place = 0
        for datum in PersonalData.find(text, names: names) {
            out += bytes[place..<datum.range.lowerBound] + Array("<\(datum.kind.rawValue)>".utf8)
            place = datum.range.upperBound
        }
        return String(decoding: out + bytes[place...], as: UTF8.self)
    }
}
