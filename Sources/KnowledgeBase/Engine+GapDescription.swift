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
            let customers = Set(questions.compactMap { $0.customer.map { CustomerIdentity.of($0) } })
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
                id: "",
                title: terms.isEmpty ? Self.shortened(own[0], 60) : terms.prefix(3).joined(separator: " · "),
                kind: .missing, evidence: "", state: .open,
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
        // What only agents' numbers made a gap is one where these are seen to contradict the article.
        return zip(groups, out).filter { group, described in
            [.stale, .contradictory].contains(described.gap.kind)
                || group.count { !weighed.questions[$0].isContradicted } >= GapDefaults.minimumQuestions
        }.map(\.1)
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
        // A first place counts one and a second half: three questions seldom agree on the first.
        var counts: [String: Double] = [:]
        for judgement in judgements {
            for (document, vote) in zip(judgement.documents, [1, 0.5]) { counts[document, default: 0] += vote }
        }
        guard
            let (document, count) = counts.filter({ entry in judgements.contains { $0.documents.first == entry.key } })
                .max(by: { ($0.value, $1.key) < ($1.value, $0.key) })
        else { return (nil, evidence) }
        evidence.nearest = document
        evidence.nearestConfidence = judgements.reduce(0) { $0 + $1.confidence } / n
        evidence.nearestShare = count / n
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
}
