import Embedding
import FoundationEssentials
import GRDB

/// Which gaps to report.
public struct GapRequest: Sendable {
    /// The window; by default the 90 days before now, and all that is known where nothing was asked in them: an old export is
    /// looked at as a whole.
    public var since: Date?
    public var until: Date?
    /// What is shown of what was found; the base's gaps are the same without them.
    public var topic: String?
    public var minimumCount: Int?
    public var top: Int?
    /// Those in one of these states instead, whenever they were asked about.
    public var states: Set<Gap.State> = []
    /// Leaves the words of customers and agents out.
    public var withoutQuotes = false
    /// A report that is delivered tells what is new since the last that was, and the caller says when it is; one that is
    /// looked at tells what is new since the last look. Neither takes the other's news.
    public var isDelivery = false

    public init() {}
}

extension Engine {
    /// What customers asked in a window and no article answers; gaps keep their ids and states from run to run.
    ///
    /// - Complexity: one retrieval for each question that the base has not judged in its present state; then matrix
    ///   products over the signals (see `GapClusters`).
    public func gaps(_ request: GapRequest, progress: (Int, Int) -> Void = { _, _ in }) throws -> GapReport {
        let lock = try IngestLock(path: location.lock)
        defer { lock.release() }
        try checkGaps()
        let now = clock()
        var until = request.until ?? now
        var since = request.since ?? until.addingTimeInterval(-GapDefaults.windowDays * 86_400)
        guard since < until else {
            throw KnowledgeBaseError.invalidArgument(
                "The window ends before it begins: --since must be before --until.")
        }
        if request.since == nil, let bounds = try store.askedBounds(before: until),
            bounds.upperBound < since
        {
            (since, until) = (bounds.lowerBound, bounds.upperBound.addingTimeInterval(1))
        }
        var weighed = try weigh(since..<until, progress: progress)
        try store.ageGapVectors()
        let groups = try group(&weighed) { try self.keptVectors($0) }
        var found = try describe(groups, weighed, since: since, until: until)
        // A window of one's own says nothing of how the share goes on.
        let isUsual = request.since == nil && request.until == nil
        try settle(&found, weighed, now: now, isUsual: isUsual)
        let report = try report(weighed, request, since: since, until: until)
        if !request.isDelivery { try store.markReported(event: report.lastEvent, isDelivery: false) }
        return report
    }

    /// What this report says is no news in the next that is delivered.
    public func markDelivered(_ report: GapReport) throws {
        try store.markReported(event: report.lastEvent, isDelivery: true)
    }

    // MARK: - Groups

    /// Places of the signals, by groups, the largest first; the most typical question of each first.
    ///
    /// - Parameter encode: gives the vectors of agents' answers.
    func group(
        _ weighed: inout WeighedQuestions, encode: ([String]) throws -> [[Float]]
    ) throws -> [[Int]] {
        // Duplicates first: the same words are one point.
        var points: [[Int]] = []
        var places: [String: Int] = [:]
        for place in weighed.signals.suffix(GapDefaults.maximumGrouped) {
            let text = QuestionSyntax.fold(weighed.questions[place].text)
            if let point = places[text] {
                points[point].append(place)
            } else {
                places[text] = points.count
                points.append([place])
            }
        }
        guard let dimension = points.first.map({ weighed.questions[$0[0]].vector.count }), dimension > 0 else {
            return []
        }
        let vectors = try vectorsWithReplies(points.map { weighed.questions[$0[0]] }, encode: encode)
        var groups: [[Int]]?
        while groups == nil {
            let rows = vectors.suffix(points.count).flatMap { $0 }
            groups = GapClusters.groups(
                rows, columns: dimension, cosine: GapDefaults.cosine, threads: availableProcessors())
            // More pairs than memory holds: the newer half says more of now.
            if groups == nil { points = Array(points.suffix(points.count / 2)) }
        }
        let grouped = points.reduce(0) { $0 + $1.count }
        if grouped < weighed.signals.count {
            weighed.leftOut["older than the newest \(grouped) that are grouped at once"] =
                weighed.signals.count - grouped
        }
        return groups!.map { $0.flatMap { points[$0] }.sorted() }.filter { group in
            guard Self.distinct(group.map { weighed.questions[$0] }) >= GapDefaults.minimumQuestions else {
                return false
            }
            let customers = group.map { weighed.questions[$0].customer.map { CustomerIdentity.of($0) } }
            let known = Set(customers.compactMap { $0 })
            // Of nobody known who asked, the same words again and again are one who tries.
            if known.isEmpty {
                return Set(group.map { QuestionSyntax.fold(weighed.questions[$0].text) }).count
                    >= GapDefaults.minimumCustomers
            }
            return known.count + customers.filter { $0 == nil }.count >= GapDefaults.minimumCustomers
        }.map { group in
            let sum = Self.sum(group.map { weighed.questions[$0].vector })
            let likeness = group.map { place in
                zip(weighed.questions[place].vector, sum).reduce(Float(0)) { $0 + $1.0 * $1.1 }
            }
            return group.indices.sorted { (likeness[$1], group[$0]) < (likeness[$0], group[$1]) }.map { group[$0] }
        }
    }

    /// Unit vectors of questions, drawn towards what agents answered at length: what was answered alike was asked alike, in
    /// however different words. Only of the newest, for a reply takes as long to encode as all else of a question.
    private func vectorsWithReplies(
        _ questions: [GapQuestion], encode: ([String]) throws -> [[Float]]
    ) throws -> [[Float]] {
        var vectors = questions.map(\.vector)
        let replies = questions.indices.compactMap { place in
            questions[place].replies.last { $0.kind == .answer }.map { (place, $0.text) }
        }.suffix(GapDefaults.groupedReplies)
        let encoded = try encode(replies.map { String($0.1.prefix(GapDefaults.replyLength)) })
        for ((place, _), reply) in zip(replies, encoded) {
            vectors[place] = zip(vectors[place], reply).map { $0 + GapDefaults.replyWeight * $1 }.normalized()
        }
        return vectors
    }

    /// How many questions these are when what one customer asked again in nearly the same words counts once.
    static func distinct(_ questions: [GapQuestion]) -> Int {
        var asked: [String: [[Float]]] = [:]
        var count = 0
        for question in questions {
            if let customer = question.customer.map({ CustomerIdentity.of($0) }) {
                let again = asked[customer, default: []].contains {
                    VectorIndex.product($0, question.vector, question.vector.count) >= GapDefaults.againCosine
                }
                if again { continue }
                asked[customer, default: []].append(question.vector)
            }
            count += 1
        }
        return count
    }

    static func sum(_ vectors: [[Float]]) -> [Float] {
        guard var out = vectors.first else { return [] }
        for vector in vectors.dropFirst() { for k in out.indices { out[k] += vector[k] } }
        return out
    }

    // MARK: - Report

    private func report(
        _ weighed: WeighedQuestions, _ request: GapRequest, since: Date, until: Date
    ) throws -> GapReport {
        let quarters = GapWindow(since: since, until: until)
        var sums = [Double](repeating: 0, count: 4)
        var counts = [Double](repeating: 0, count: 4)
        for (question, answerable) in zip(weighed.questions, weighed.answerable) {
            let place = quarters.quarter(question.askedAt)
            sums[place] += answerable
            counts[place] += 1
        }
        let news = try store.gapNews(isDelivery: request.isDelivery)
        let run = try store.lastGapRun()?.id ?? 0
        let all = try store.gaps()
        var standing: Set<String> = []
        var notAsked = 0
        var gaps = all.filter { stored in
            if !request.states.isEmpty { return request.states.contains(stored.gap.state) }
            switch stored.gap.state {
            case .dismissed: return false
            case .closed: return news.closed.contains(stored.gap.id)
            default:
                if stored.run == run { return true }
                // It goes when it closes, is dismissed, or was not asked about for a whole window; what somebody has taken up stays.
                let isTakenUp = stored.gap.state == .acknowledged || stored.gap.assignee != nil
                let isAsked = stored.gap.lastSeen >= since && stored.gap.firstSeen < until
                let isUsual = request.since == nil && request.until == nil
                // A window of one's own shows what was asked in it alone: the numbers of others would be of other days.
                guard isUsual || stored.gap.firstSeen >= since && stored.gap.lastSeen < until else { return false }
                guard isAsked || isTakenUp else {
                    notAsked += 1
                    return false
                }
                standing.insert(stored.gap.id)
                return true
            }
        }.map(\.gap)
        gaps.sort {
            let (a, b) = ($0.state == .closed, $1.state == .closed)
            if a != b { return b }
            return $0.score.value != $1.score.value ? $0.score.value > $1.score.value : $0.id < $1.id
        }
        if let topic = request.topic { gaps = gaps.filter { $0.topic == topic } }
        if let minimum = request.minimumCount { gaps = gaps.filter { $0.count >= minimum } }
        if let top = request.top { gaps = Array(gaps.prefix(top)) }
        if request.withoutQuotes { gaps = try withoutQuotes(gaps) }
        return GapReport(
            since: since, until: until, questions: weighed.questions.count,
            answered: counts.reduce(0, +) > 0 ? sums.reduce(0, +) / counts.reduce(0, +) : 0,
            answeredTrend: zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 },
            new: news.new, grew: news.grew, closed: news.closed, reopened: news.reopened, gaps: gaps,
            leftOut: weighed.leftOut, standing: standing, notAsked: notAsked,
            dismissed: all.count { $0.gap.state == .dismissed },
            lastEvent: news.lastEvent)
    }
}

extension Engine {
    /// Without the words of customers and agents, but for terms that several used; and of these none that looks like a name: in
    /// capitals, and in no article.
    public func withoutQuotes(_ gaps: [Gap]) throws -> [Gap] {
        try store.pool.read { db in
            func isName(_ term: String) throws -> Bool {
                try term.split(separator: " ").contains { word in
                    guard let first = word.first, first.isUppercase else { return false }
                    return try !Store.isInArticles(String(word), db)
                }
            }
            return try gaps.map { gap in
                var gap = gap.withoutQuotes
                gap.terms = try gap.terms.filter { try !isName($0) }
                gap.title = gap.terms.isEmpty ? "gap \(gap.id)" : gap.terms.prefix(3).joined(separator: " · ")
                if var nearest = gap.nearest {
                    nearest.missingTerms = try nearest.missingTerms.filter { try !isName($0) }
                    gap.nearest = nearest
                }
                // They quote sentences, or terms.
                (gap.evidence, gap.suggestion) = (
                    "", gap.kind == .missing ? gap.suggestion : "see kb gaps show \(gap.id)"
                )
                return gap
            }
        }
    }
}

extension Gap {
    fileprivate var withoutQuotes: Gap {
        var gap = self
        gap.representative = ""
        gap.replies = []
        for i in gap.questions.indices { gap.questions[i].text = "" }
        return gap
    }
}

/// A window cut into quarters.
struct GapWindow: Sendable {
    var since: Date
    var until: Date

    func quarter(_ moment: Date) -> Int {
        let share = moment.timeIntervalSince(since) / max(1, until.timeIntervalSince(since))
        return min(3, max(0, Int(share * 4)))
    }

    var months: Double { max(1, until.timeIntervalSince(since)) / (86_400 * 30.4375) }
}

extension Engine {
    /// Share of questions that articles answered, by past reports, oldest first.
    public func answeredHistory() throws -> [(at: Date, answered: Double)] { try store.answeredHistory() }
}
