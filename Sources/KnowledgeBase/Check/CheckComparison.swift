import FoundationEssentials

/// Everything one state makes of the questions.
struct CheckState: Sendable {
    var judgements: [GapJudgement]
    /// The first documents of each question, by id.
    var ranked: [[String]]
    /// Content hash by id.
    var articles: [String: String]
    /// Hashes of the passages' texts by id, and the stems of their words.
    var passages: [String: Set<Int>]
    var words: [String: Set<String>]
    /// Stems of what would be answered.
    var answers: [Set<String>]
}

/// Two states of the articles, question by question.
struct CheckComparison {
    let before: CheckState
    let after: CheckState
    private let changed: Set<String>
    private let moved: [String: String]
    private let endsBefore: [String: [String]]
    private let endsAfter: [String: [String]]

    init(before: CheckState, after: CheckState) {
        (self.before, self.after) = (before, after)
        moved = Self.moves(before, after)
        let renamed = Set(moved.values)
        changed = Set(after.articles.filter { before.articles[$0.key] != $0.value && !renamed.contains($0.key) }.keys)
            .union(moved.filter { before.articles[$0.key] != after.articles[$0.value] }.values)
        (endsBefore, endsAfter) = (Self.ends(before), Self.ends(after))
    }

    func report(_ request: CheckRequest, _ git: GitState) -> CheckReport {
        let (old, new) = (Set(before.articles.keys), Set(after.articles.keys))
        let renamed = Set(moved.values)
        var report = CheckReport(
            folder: request.folder, against: request.against, commit: git.commit, prefix: git.prefix,
            added: new.subtracting(old).subtracting(renamed).sorted(),
            removed: old.subtracting(new).subtracting(moved.keys).sorted(),
            edited: old.intersection(new).filter { before.articles[$0] != after.articles[$0] }.sorted(),
            moved: Dictionary(uniqueKeysWithValues: moved.map { ($0.value, $0.key) }), questions: 0, answeredBefore: 0,
            answeredAfter: 0, breaks: [], answered: [], closing: [], unknown: [], encoded: 0)
        var gaps: [String: (title: String, asked: [(id: String, before: Double, now: GapJudgement)])] = [:]
        for (i, question) in request.questions.enumerated() {
            if let expected = question.expected {
                judge(i, question, expected, &report)
            } else if let gap = question.gap {
                gaps[gap, default: (question.title ?? gap, [])].asked.append(
                    (question.id, before.judgements[i].confidence, after.judgements[i]))
            }
        }
        for (id, gap) in gaps.sorted(by: { $0.key < $1.key }) {
            let proof = GapProof.ask(gap.asked, changed: changed, at: .distantPast)
            if GapProof.closes(proof) { report.closing.append(.init(id: id, title: gap.title, proof: proof)) }
        }
        report.unknown = Set(report.unknown).sorted()
        return report
    }

    private func judge(_ i: Int, _ question: CheckQuestion, _ expected: String, _ report: inout CheckReport) {
        let old = CheckQuestion.resolve(expected, among: Set(before.articles.keys), ends: endsBefore)
        let new =
            CheckQuestion.resolve(expected, among: Set(after.articles.keys), ends: endsAfter)
            ?? old.flatMap { moved[$0] }
        guard let document = new ?? old else {
            report.unknown.append(expected)
            return
        }
        report.questions += 1
        let was = standing(before, i, old)
        let now = standing(after, i, new)
        if was.rank == 1 { report.answeredBefore += 1 }
        if now.rank == 1 { report.answeredAfter += 1 }
        func outcome(_ reason: String) -> CheckReport.Outcome {
            CheckReport.Outcome(question: question, document: document, before: was, after: now, reason: reason)
        }
        let isChanged = new.map { changed.contains($0) } ?? true
        if was.rank == 1 {
            if new == nil {
                report.breaks.append(outcome("the article is gone"))
            } else if now.rank != 1 {
                // Where neither article changed, two that are nearly as good have changed places: nobody's doing.
                guard isChanged || now.first.map(changed.contains) == true else { return }
                report.breaks.append(outcome(now.first.map { "\($0) comes first now" } ?? "nothing is found"))
            } else if isChanged, was.confidence - now.confidence >= CheckDefaults.fall {
                report.breaks.append(outcome("the article answers it no longer as well"))
            } else if isChanged, let new, hasLost(before.answers[i], new),
                now.confidence - was.confidence < CheckDefaults.fall
            {
                report.breaks.append(outcome("the sentences that answered it are gone"))
            }
        } else if now.rank == 1, isChanged {
            // Where only what stood before it went, nothing was written that answers it.
            report.answered.append(outcome(old == nil ? "a new article" : "the article comes first now"))
        }
    }

    /// Whether most words of an answer stand in the article no more. Its title keeps it first even when it was emptied.
    private func hasLost(_ answer: Set<String>, _ document: String) -> Bool {
        let left = answer.intersection(after.words[document] ?? []).count
        return Double(left) < CheckDefaults.kept * Double(answer.count)
    }

    private func standing(_ state: CheckState, _ i: Int, _ document: String?) -> CheckReport.Standing {
        CheckReport.Standing(
            rank: document.flatMap { state.ranked[i].firstIndex(of: $0) }.map { $0 + 1 },
            confidence: state.judgements[i].confidence, first: state.ranked[i].first)
    }

    private static func ends(_ state: CheckState) -> [String: [String]] {
        var out: [String: [String]] = [:]
        for id in state.articles.keys.sorted() {
            for form in LabelledSet.names(id) { out[form, default: []].append(id) }
        }
        return out
    }

    /// New ids by old ones: articles that have the text of one that is gone.
    private static func moves(_ before: CheckState, _ after: CheckState) -> [String: String] {
        let gone = before.articles.keys.filter { after.articles[$0] == nil }.sorted()
        var fresh = after.articles.keys.filter { before.articles[$0] == nil }.sorted()
        var out: [String: String] = [:]
        for old in gone {
            let (passages, words) = (before.passages[old] ?? [], before.words[old] ?? [])
            let shared = fresh.map { new -> Double in
                if before.articles[old] == after.articles[new] { return 1 }
                let same = passages.intersection(after.passages[new] ?? []).count
                // A short article is one passage, and one line more makes another of it.
                let others = after.words[new] ?? []
                let alike = Double(words.intersection(others).count) / Double(max(1, words.union(others).count))
                return max(Double(same) / Double(max(1, passages.count)), alike)
            }
            guard let place = shared.indices.max(by: { shared[$0] < shared[$1] }),
                shared[place] >= CheckDefaults.sameArticle
            else { continue }
            out[old] = fresh.remove(at: place)
        }
        return out
    }
}
