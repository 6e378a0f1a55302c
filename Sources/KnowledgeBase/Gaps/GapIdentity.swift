import Embedding
import FoundationEssentials

/// Which of tonight's groups is which gap of last night.
enum GapIdentity {
    struct Candidate: Sendable {
        var id: String
        var questions: Set<String>
        /// Unit vector.
        var centroid: [Float]
    }

    /// By shared questions first, then by meaning; each gap goes to one group and each group to one gap.
    ///
    /// - Returns: for each group the id of the gap it continues, or `nil`.
    static func match(_ groups: [(questions: Set<String>, centroid: [Float])], to old: [Candidate]) -> [String?] {
        var out = [String?](repeating: nil, count: groups.count)
        var pairs: [(group: Int, gap: Int, shared: Double, cosine: Double)] = []
        // Only gaps that hold one of its questions can share some.
        var holders: [String: [Int]] = [:]
        for (o, gap) in old.enumerated() { for key in gap.questions { holders[key, default: []].append(o) } }
        for (g, group) in groups.enumerated() {
            var common: [Int: Int] = [:]
            for key in group.questions { for o in holders[key] ?? [] { common[o, default: 0] += 1 } }
            for (o, gap) in old.enumerated() {
                let smaller = Double(min(group.questions.count, gap.questions.count))
                let shared = smaller > 0 ? Double(common[o] ?? 0) / smaller : 0
                let cosine =
                    gap.centroid.count == group.centroid.count
                    ? Double(VectorIndex.product(gap.centroid, group.centroid, group.centroid.count)) : -1
                if shared >= GapDefaults.sameOverlap || cosine >= GapDefaults.sameCosine {
                    pairs.append((g, o, shared, cosine))
                }
            }
        }
        pairs.sort {
            let (a, b) = ($0.shared >= GapDefaults.sameOverlap, $1.shared >= GapDefaults.sameOverlap)
            if a != b { return a }
            let (x, y) = (a ? $0.shared : $0.cosine, a ? $1.shared : $1.cosine)
            if x != y { return x > y }
            if $0.cosine != $1.cosine { return $0.cosine > $1.cosine }
            return (old[$0.gap].id, $0.group) < (old[$1.gap].id, $1.group)
        }
        var taken: Set<Int> = []
        for pair in pairs where out[pair.group] == nil && !taken.contains(pair.gap) {
            out[pair.group] = old[pair.gap].id
            taken.insert(pair.gap)
        }
        return out
    }

    /// Groups that are no gap's heir and most of whose questions were dismissed with one whose heir is another group.
    ///
    /// - Parameter matches: what `match` said of the groups.
    /// - Returns: places of groups, with the ids of what they fell off.
    static func parts(_ groups: [Set<String>], without matches: [String?], of dismissed: [Candidate]) -> [Int: String] {
        var out: [Int: String] = [:]
        for (i, questions) in groups.enumerated() where matches[i] == nil {
            out[i] = dismissed.first { 2 * questions.intersection($0.questions).count > questions.count }?.id
        }
        return out
    }
}

/// Whether a gap's own questions do better because of an article that changed.
enum GapProof {
    /// - Parameter questions: key, confidence at the baseline, judgement now.
    /// - Parameter changed: articles that are new or different since the baseline, by id.
    static func ask(
        _ questions: [(id: String, before: Double, now: GapJudgement)], changed: Set<String>, at now: Date
    ) -> Gap.Proof {
        var articles: [String: Int] = [:]
        let asked = questions.map { question in
            let place = question.now.documents.prefix(2).firstIndex { changed.contains($0) }
            let document = place.map { question.now.documents[$0] }
            if let document { articles[document, default: 0] += 1 }
            return Gap.Proof.Asked(
                question: question.id, before: question.before, after: question.now.confidence,
                rank: place.map { $0 + 1 }, document: document)
        }
        return Gap.Proof(at: now, questions: asked, articles: articles)
    }

    static func closes(_ proof: Gap.Proof) -> Bool {
        !proof.questions.isEmpty && proof.share > GapDefaults.closingShare && proof.rise >= GapDefaults.closingRise
    }

    static func reopens(_ proof: Gap.Proof) -> Bool {
        proof.share <= GapDefaults.closingShare
            || proof.rise < GapDefaults.closingRise * GapDefaults.reopeningFactor
    }

    /// The story in a sentence.
    static func words(_ proof: Gap.Proof) -> String {
        func decimals(_ value: Double) -> String { String((value * 100).rounded() / 100) }
        let n = proof.questions.count
        let before = proof.questions.reduce(0) { $0 + $1.before } / Double(max(1, n))
        let high = proof.questions.filter { $0.rank != nil }.count
        let articles = proof.articles.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(3).map(\.key)
        return
            "asked again: confidence \(decimals(before)) → \(decimals(before + proof.rise)) on average; a changed article "
            + "is first or second for \(high) of \(n)"
            + (articles.isEmpty ? "" : " (\(articles.joined(separator: ", ")))")
    }
}
