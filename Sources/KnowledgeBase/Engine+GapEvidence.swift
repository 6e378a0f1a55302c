import Embedding
import FoundationEssentials
import GRDB

extension Engine {
    /// Asks the agents' replies and the gaps' terms instead of the questions: what these find was there all along.
    ///
    /// What was found for the same questions and replies in the same state of the base is taken from there: from one night
    /// to the next most gaps stay as they are.
    func lookAgain(_ described: inout [DescribedGroup], _ groups: [[Int]], _ weighed: WeighedQuestions) throws {
        // Sentence by sentence for those that somebody reads; a list of thousands is not read to its end.
        let compared = Set(
            described.indices.sorted {
                (described[$1].gap.score.value, $0) < (described[$0].gap.score.value, $1)
            }.prefix(GapDefaults.comparedGaps)
        ).union(
            groups.indices.filter { g in
                groups[g].count { weighed.questions[$0].isContradicted } >= GapDefaults.conflictReplies
            }.prefix(GapDefaults.contradictedGroups))
        let state = try "\(judgementState()) \(matchingEncoder().fingerprint)"
        let requests = groups.indices.map { g in
            GapLookup.Request(
                state: state, isCompared: compared.contains(g), terms: described[g].gap.terms,
                groups[g].map { weighed.questions[$0] })
        }
        let digests = requests.map(\.digest)
        var lookups = try store.gapLookups(digests)
        let missing = groups.indices.filter { lookups[digests[$0]] == nil }
        let file = try mappedVectors(mode: .hybrid)
        let scope =
            missing.isEmpty ? nil : try GapScope(keptVectors)
        let run = missing.isEmpty ? nil : try store.pool.read { try LexicalRun($0) }
        var reading = GapReading()
        for start in stride(from: 0, to: missing.count, by: 64) {
            let part = missing[start..<min(start + 64, missing.count)]
            let rewrites = part.flatMap { requests[$0].rewrites }
            let vectors = try keptVectors(rewrites.map(\.text))
            var judged = try judgeNow(
                zip(rewrites, vectors).map { (Question(text: $0.text), $1) }, file: file, run: run)[...]
            for g in part {
                let own = Array(judged.prefix(requests[g].rewrites.count))
                judged = judged.dropFirst(own.count)
                lookups[digests[g]] = try look(
                    requests[g], own, among: groups[g].flatMap { weighed.judgements[$0].documents }, file: file,
                    scope: scope!, reading: &reading)
            }
        }
        try store.keep(lookups, isNew: Set(missing.map { digests[$0] }))
        let answered = weighed.questions.filter(\.isAnswered).suffix(GapDefaults.answeredLookedAt).map(\.vector)
        for g in described.indices {
            let questions = groups[g].map { weighed.questions[$0] }
            let marked = Dictionary(grouping: questions.compactMap(\.shouldBe)) { $0 }
            if let (document, votes) = marked.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) }) {
                described[g].evidence.found.append(
                    .init(
                        document: document, title: try store.titles(ofDocuments: [document])[document] ?? document,
                        votes: votes.count, of: votes.count, confidence: 1, by: GapEvidence.Found.marks))
            }
            let judged = Dictionary(grouping: questions.compactMap(\.judgedWrong)) { $0 }
            if let (document, votes) = judged.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) }),
                votes.count * 2 > questions.count
            {
                described[g].evidence.judgedWrong = (
                    document, try store.titles(ofDocuments: [document])[document] ?? document, votes.count
                )
            }
            described[g].evidence.take(lookups[digests[g]]!)
            described[g].evidence.hasReplies = questions.contains { !$0.replies.isEmpty }
            if compared.contains(g), described[g].evidence.scope < GapDefaults.scopeCosine {
                described[g].evidence.answeredCosine = Self.nearness(questions.map(\.vector), to: answered)
            }
            let (kind, reason, _) = GapKinds.decide(described[g].evidence)
            (described[g].gap.kind, described[g].gap.evidence) = (kind, reason)
            described[g].gap.conflict =
                kind == .stale
                ? described[g].evidence.stale : kind == .contradictory ? described[g].evidence.contradictory : nil
        }
    }

    /// What the rewrites found and, where it is asked for, what the articles near hold of the agents' answers.
    private func look(
        _ request: GapLookup.Request, _ judged: [GapJudgement], among nearest: [String], file: VectorFile?,
        scope: GapScope, reading: inout GapReading
    ) throws -> GapLookup {
        var lookup = GapLookup()
        if let place = request.rewrites.firstIndex(where: { !$0.isReply }), let document = judged[place].documents.first
        {
            lookup.found = .init(
                document: document, title: try store.titles(ofDocuments: [document])[document] ?? document, votes: 1,
                of: 1, confidence: judged[place].confidence, by: GapEvidence.Found.terms)
        }
        guard request.isCompared else { return lookup }
        // What the most typical question finds below its first two may speak against these.
        let typical = try request.questions.first.map { try found($0, file: file) } ?? []
        var candidates: [String] = []
        for document in judged.flatMap(\.documents) + nearest + typical
        where !candidates.contains(document) && candidates.count < GapDefaults.groundedArticles {
            candidates.append(document)
        }
        let comparison = try compare(
            request.rewrites.filter(\.isReply).map { ($0.ticket, $0.text) }, questions: request.questions,
            with: candidates, scope: scope, reading: &reading)
        lookup.grounding = comparison.grounding
        (lookup.contradictory, lookup.stale, lookup.elsewhere) = (
            comparison.contradictory, comparison.stale, comparison.elsewhere
        )
        return lookup
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
