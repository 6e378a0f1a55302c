import Embedding
import FoundationEssentials
import GRDB

/// A group with all that is said of it; `gap.id` and `gap.state` are still open.
struct DescribedGroup: Sendable {
    var gap: Gap
    var centroid: [Float]
    /// Keys of its questions with the confidence and the answerable probability of now.
    var questions: [String: (confidence: Double, answerable: Double)]
    var evidence: GapEvidence
}

extension Engine {
    /// What a doc writer needs of each group, best score first.
    func describe(
        _ groups: [[Int]], _ weighed: WeighedQuestions, since: Date, until: Date
    ) throws -> [DescribedGroup] {
        let pseudonyms = try store.pseudonyms()
        let window = GapWindow(since: since, until: until)
        // Terms are found in what is shown, so that nothing that was taken out comes back by them.
        let inGroups = Set(groups.flatMap { $0 })
        let texts = weighed.questions.indices.map { place -> String in
            let question = weighed.questions[place]
            guard inGroups.contains(place) else { return String(question.text.prefix(1000)) }
            return pseudonyms.redact(String(question.text.prefix(2000)), names: question.names).text
        }
        let keyness = GapTerms(texts)
        var out = try groups.map { group -> DescribedGroup in
            let questions = group.map { weighed.questions[$0] }
            let own = group.map { texts[$0] }
            let terms = keyness.best(own).map { GapTerms.spelled($0, in: own) }
            let customers = Set(questions.compactMap(\.customer))
            var trend = [0, 0, 0, 0]
            for question in questions { trend[window.quarter(question.askedAt)] += 1 }
            let n = Double(group.count)
            let unanswered = group.reduce(0) { $0 + 1 - weighed.answerable[$1] } / n
            let (nearest, evidence) = try nearest(group, weighed, terms: terms)
            let topics = Dictionary(grouping: questions.compactMap(\.topic)) { $0 }
            let replies = group.flatMap { place in
                weighed.questions[place].replies.filter { $0.kind == .answer }.map { (weighed.questions[place].id, $0) }
            }
            let gap = Gap(
                id: "", title: terms.prefix(3).joined(separator: " · "), kind: .missing, evidence: "", state: .open,
                count: group.count, customers: customers.isEmpty ? nil : customers.count,
                perMonth: n / window.months, firstSeen: questions.map(\.askedAt).min()!,
                lastSeen: questions.map(\.askedAt).max()!, trend: trend,
                questions: group.enumerated().map { i, place in
                    Gap.AskedQuestion(
                        id: weighed.questions[place].id,
                        text: i < GapDefaults.shownQuestions ? Self.shortened(texts[place], 600) : "",
                        askedAt: weighed.questions[place].askedAt)
                },
                representative: Self.shortened(own[0], 600), nearest: nearest, terms: terms,
                score: Gap.Score(unanswered: unanswered, volume: n / (n + 3)),
                replies: replies.prefix(GapDefaults.shownReplies).map { id, reply in
                    Gap.Reply(
                        ticket: id,
                        text: Self.shortened(pseudonyms.redact(reply.text, names: reply.names).text, 800))
                },
                suggestion: "",
                topic: topics.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key)
            return DescribedGroup(
                gap: gap, centroid: Self.sum(questions.map(\.vector)).normalized(),
                questions: Dictionary(
                    group.map {
                        (
                            weighed.questions[$0].key,
                            (weighed.judgements[$0].confidence, weighed.judgements[$0].answerable)
                        )
                    }, uniquingKeysWith: { first, _ in first }), evidence: evidence)
        }
        try lookAgain(&out, groups, weighed)
        return out
    }

    private static func shortened(_ text: String, _ limit: Int) -> String {
        text.count <= limit ? text : text.prefix(limit - 1) + "…"
    }

    /// The article that comes first for most of a group's questions, and what it lacks.
    private func nearest(
        _ group: [Int], _ weighed: WeighedQuestions, terms: [String]
    ) throws -> (nearest: Gap.Nearest?, evidence: GapEvidence) {
        let judgements = group.map { weighed.judgements[$0] }
        let n = Double(group.count)
        var evidence = GapEvidence(
            meanCosine: judgements.reduce(0) { $0 + $1.cosine } / n, nearest: nil, nearestShare: 0, terms: terms,
            missingTerms: [])
        let counts = Dictionary(grouping: judgements.compactMap { $0.documents.first }) { $0 }.mapValues(\.count)
        guard let (document, count) = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else {
            return (nil, evidence)
        }
        evidence.nearest = document
        evidence.nearestShare = Double(count) / n
        let chunk = judgements.first { $0.documents.first == document }!.chunk
        return try store.pool.read { db in
            guard let passage = try Store.chunks([chunk], db)[chunk],
                let row = try Store.documents([passage.documentRowID], db)[passage.documentRowID]
            else { return (nil, evidence) }
            let chunks = try Store.chunks(try Store.chunkIDs(ofDocument: row.rowID, db), db).values
            let text = ([row.title] + chunks.map { $0.headings.joined(separator: "\n") + "\n" + $0.text })
                .joined(separator: "\n")
            let present = Set(try Store.indexTerms(text, db))
            let missing = try terms.filter { !Set(try Store.indexTerms($0, db)).isSubset(of: present) }
            evidence.missingTerms = missing
            evidence.nearestTitle = row.title
            return (
                Gap.Nearest(
                    document: row.id, title: row.title, lines: [passage.lines.lowerBound, passage.lines.upperBound],
                    confidence: judgements.reduce(0) { $0 + $1.confidence } / n, missingTerms: missing), evidence
            )
        }
    }

    /// Asks the agents' replies and the gaps' terms instead of the questions: what these find was there all along.
    private func lookAgain(
        _ described: inout [DescribedGroup], _ groups: [[Int]], _ weighed: WeighedQuestions
    ) throws {
        var rewrites: [(group: Int, ticket: String, text: String, isReply: Bool)] = []
        for (g, group) in groups.enumerated() {
            var texts: [(String, String)] = []
            for place in group where texts.count < GapDefaults.rewrittenReplies {
                if let reply = weighed.questions[place].replies.last(where: { $0.kind == .answer }) {
                    texts.append((weighed.questions[place].id, String(reply.text.prefix(600))))
                }
            }
            rewrites += texts.map { (g, $0.0, $0.1, true) }
            let terms = described[g].gap.terms.joined(separator: " ")
            if !terms.isEmpty { rewrites.append((g, "", terms, false)) }
        }
        let file = try mappedVectors(mode: .hybrid)
        var judged: [GapJudgement] = []
        for start in stride(from: 0, to: rewrites.count, by: 256) {
            let part = rewrites[start..<min(start + 256, rewrites.count)].map { Question(text: $0.text) }
            let vectors = try encode(part, mode: .hybrid)
            judged += try store.pool.read { db in
                try zip(part, vectors).map { try judgeNow($0, vector: $1, file: file, db) }
            }
        }
        let answered = weighed.questions.filter(\.isAnswered).suffix(GapDefaults.answeredLookedAt).map(\.vector)
        let titles = try store.titles(ofDocuments: Set(judged.compactMap { $0.documents.first }))
        for g in described.indices {
            let marked = Dictionary(grouping: groups[g].compactMap { weighed.questions[$0].shouldBe }) { $0 }
            if let (document, votes) = marked.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) }) {
                described[g].evidence.found.append(
                    .init(
                        document: document, title: try store.titles(ofDocuments: [document])[document] ?? document,
                        votes: votes.count, of: votes.count, confidence: 1, by: GapEvidence.Found.marks))
            }
            for isReply in [true, false] {
                let own = rewrites.indices.filter { rewrites[$0].group == g && rewrites[$0].isReply == isReply }
                let first = Dictionary(grouping: own.filter { !judged[$0].documents.isEmpty }) {
                    judged[$0].documents[0]
                }
                guard let (document, votes) = first.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) })
                else { continue }
                described[g].evidence.found.append(
                    .init(
                        document: document, title: titles[document] ?? document, votes: votes.count, of: own.count,
                        confidence: votes.reduce(0) { $0 + judged[$1].confidence } / Double(votes.count),
                        by: isReply ? "agents’ replies" : GapEvidence.Found.terms))
            }
            let own = rewrites.indices.filter { rewrites[$0].group == g }
            var candidates: [String] = []
            // What the most typical question finds below its first two may speak against these.
            let typical = try groups[g].first.map { try found(weighed.questions[$0], file: file) } ?? []
            for document in own.flatMap({ judged[$0].documents })
                + groups[g].flatMap({ weighed.judgements[$0].documents }) + typical
            where !candidates.contains(document) && candidates.count < GapDefaults.groundedArticles {
                candidates.append(document)
            }
            let replies = own.filter { rewrites[$0].isReply }.map { (rewrites[$0].ticket, rewrites[$0].text) }
            let comparison = try compare(replies, questions: groups[g].map { weighed.questions[$0] }, with: candidates)
            described[g].evidence.grounding = comparison.grounding
            (described[g].evidence.contradictory, described[g].evidence.stale) = (
                comparison.contradictory, comparison.stale
            )
            if described[g].evidence.meanCosine < GapDefaults.scopeCosine {
                described[g].evidence.answeredCosine = Self.nearness(
                    groups[g].map { weighed.questions[$0].vector }, to: answered)
            }
            let (kind, reason, _) = GapKinds.decide(described[g].evidence)
            (described[g].gap.kind, described[g].gap.evidence) = (kind, reason)
        }
    }

    private func found(_ question: GapQuestion, file: VectorFile?) throws -> [String] {
        try store.pool.read { db in
            let retrieval = try retrieve(
                Question(text: question.text), vector: question.vector, file: file, options: SearchOptions(), db)
            let first = retrieval.ranked.prefix(GapDefaults.groundedArticles).map(\.document)
            let documents = try Store.documents(first, db)
            return first.compactMap { documents[$0]?.id }
        }
    }

    /// Mean over the questions of the mean cosine with the five nearest of others; `nil` where these are fewer.
    private static func nearness(_ questions: [[Float]], to others: [[Float]]) -> Double? {
        let nearest = 5
        guard others.count >= nearest else { return nil }
        let sum = questions.reduce(0.0) { sum, question in
            var best = [Float](repeating: -1, count: nearest)
            for other in others where other.count == question.count {
                let cosine = VectorIndex.product(question, other, question.count)
                guard cosine > best[0] else { continue }
                best[0] = cosine
                best.sort()
            }
            return sum + Double(best.reduce(0, +)) / Double(nearest)
        }
        return sum / Double(questions.count)
    }
}
