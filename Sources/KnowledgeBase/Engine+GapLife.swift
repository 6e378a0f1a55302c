import Embedding
import FoundationEssentials
import GRDB

extension Engine {
    /// Gives tonight's groups the ids and states of the gaps they continue, and writes what happened.
    func settle(
        _ found: inout [DescribedGroup], _ weighed: WeighedQuestions, now: Date, isUsual: Bool
    ) throws {
        let old = try store.gaps()
        let byID = Dictionary(uniqueKeysWithValues: old.map { ($0.gap.id, $0) })
        let groups = found.map { (questions: Set($0.questions.keys), centroid: $0.centroid) }
        func candidate(_ stored: StoredGap) -> GapIdentity.Candidate {
            .init(id: stored.gap.id, questions: Set(stored.questions.keys), centroid: stored.centroid)
        }
        let matches = GapIdentity.match(groups, to: old.map(candidate))
        let asked = Dictionary(
            weighed.questions.map { ($0.key, $0.askedAt) }, uniquingKeysWith: { first, _ in first })
        var ids = Set(byID.keys)
        let parts = GapIdentity.parts(
            groups.map(\.questions), without: matches, of: old.filter { $0.gap.state == .dismissed }.map(candidate))
        for i in found.indices where parts[i] == nil {
            let id = matches[i] ?? Self.newGapID(found[i].questions.keys.sorted(), taken: ids)
            ids.insert(id)
            found[i].gap.id = id
            let decision = GapKinds.decide(found[i].evidence)
            found[i].gap.suggestion = GapKinds.suggestion(decision.kind, decision.found, found[i].evidence, id: id)
        }
        // Keys and sizes of what fell off dismissed gaps, by these.
        var fallen: [String: (questions: [String: (confidence: Double, answerable: Double)], count: Int)] = [:]
        for (i, id) in parts {
            fallen[id, default: ([:], 0)].questions.merge(found[i].questions) { first, _ in first }
            fallen[id]!.count += found[i].gap.count
        }
        found = found.indices.filter { parts[$0] == nil }.map { found[$0] }
        let described = found
        // Below 0: not one of the days' shares.
        let answered =
            !isUsual
            ? -1 : weighed.answerable.isEmpty ? 0 : weighed.answerable.reduce(0, +) / Double(weighed.answerable.count)
        try store.record(at: now, questions: weighed.questions.count, answered: answered) { run in
            var gaps: [StoredGap] = []
            var events: [(gap: String, event: GapEvent)] = []
            func happened(_ id: String, _ what: String, _ detail: String) {
                events.append((id, GapEvent(at: now, what: what, detail: detail)))
            }
            for item in described {
                var gap = item.gap
                guard let before = byID[gap.id] else {
                    gaps.append(
                        StoredGap(
                            gap: gap, openedAt: now, run: run, baseline: run, centroid: item.centroid,
                            questions: item.questions))
                    happened(gap.id, "opened", "\(gap.count) questions; \(gap.kind.rawValue): \(gap.evidence)")
                    continue
                }
                var stored = before
                (gap.state, gap.assignee, gap.proof) = (before.gap.state, before.gap.assignee, before.gap.proof)
                let fresh = item.questions.keys.filter { before.questions[$0] == nil }
                switch before.gap.state {
                case .closed:
                    // Questions asked since it closed are not answered by what closed it.
                    let later = fresh.filter { (asked[$0] ?? .distantPast) > (before.closedAt ?? .distantFuture) }
                    guard later.count >= GapDefaults.minimumQuestions else {
                        stored.run = run
                        gaps.append(stored)
                        continue
                    }
                    gap.state = .reopened
                    stored.closedAt = nil
                    happened(gap.id, "reopened", "\(later.count) like questions since it closed")
                case .dismissed:
                    let bound = (before.returnFactor ?? GapDefaults.returnFactor) * Double(before.dismissedCount ?? 0)
                    let count = gap.count + (fallen[gap.id]?.count ?? 0)
                    if Double(count) >= bound {
                        gap.state = .reopened
                        happened(
                            gap.id, "reopened",
                            "grown to \(count) questions from \(before.dismissedCount ?? 0) when dismissed")
                    }
                default:
                    if !fresh.isEmpty, gap.count > before.gap.count {
                        happened(gap.id, "grew", "from \(before.gap.count) to \(gap.count) questions")
                    }
                }
                stored.gap = gap
                stored.run = run
                stored.centroid = item.centroid
                // What a question was when it first came stays: the proof compares with that.
                stored.questions = item.questions.merging(before.questions) { _, first in first }
                if gap.state == .dismissed {
                    // All that was dismissed, so that no part of it comes back under another name.
                    stored.questions.merge(fallen[gap.id]?.questions ?? [:]) { first, _ in first }
                } else {
                    // What was asked outside this window stays its own, so that a narrower look makes nothing grow later.
                    stored.questions = stored.questions.filter {
                        item.questions[$0.key] != nil || asked[$0.key] == nil
                    }
                }
                gaps.append(stored)
            }
            return (gaps, events)
        }
    }

    /// `g_` and six letters or digits, from the questions it began with.
    private static func newGapID(_ keys: [String], taken: Set<String>) -> String {
        let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789".utf8)
        for salt in 0..<1000 {
            let digest = SHA256.digest(Array((keys.joined(separator: "\n") + "\n\(salt)").utf8))
            let id = "g_" + String(decoding: digest.prefix(6).map { alphabet[Int($0) % alphabet.count] }, as: UTF8.self)
            if !taken.contains(id) { return id }
        }
        preconditionFailure("a thousand digests begin alike")
    }

    // MARK: - Proof

    private static let checkedKey = "gaps.checked"

    /// Asks the questions of open and closed gaps again where articles changed since they were last asked.
    ///
    /// - Returns: ids of the gaps that closed, and that reopened.
    @discardableResult
    func checkGaps() throws -> (closed: [String], reopened: [String]) {
        let all = try store.gaps().filter { $0.gap.state != .dismissed }
        guard !all.isEmpty else { return ([], []) }
        let state = try judgementState()
        guard try store.meta(Self.checkedKey) != state else { return ([], []) }
        let runs = try store.gapRuns(all.map(\.baseline))
        let articles = try store.pool.read { try Store.articleHashes($0) }
        let keys = Set(all.flatMap(\.questions.keys))
        let questions = try withVectors(
            store.questions(keys: keys, dimension: try matchingEncoder().dimension))
        let judged = Dictionary(
            zip(questions, try judge(questions)).map { ($0.key, ($0, $1)) }, uniquingKeysWith: { first, _ in first })
        let now = clock()
        var updated: [StoredGap] = []
        var events: [(gap: String, event: GapEvent)] = []
        var (closed, reopened): ([String], [String]) = ([], [])
        var texts: [String: String] = [:]
        for var stored in all {
            let then = runs[stored.baseline]?.articles ?? [:]
            let changed = Set(articles.filter { then[$0.key] != $0.value }.keys)
            let proof = GapProof.ask(
                stored.questions.sorted { $0.key < $1.key }.compactMap { key, before in
                    judged[key].map { ($0.0.id, before.confidence, $0.1) }
                }, changed: changed, at: now)
            // What disagreed is settled by the sentence that goes: the article came first before.
            let settled = try stored.gap.conflict.flatMap { try settledBy($0, texts: &texts) }
            if stored.gap.state == .closed {
                guard stored.gap.conflict == nil ? GapProof.reopens(proof) : settled == nil && GapProof.reopens(proof)
                else { continue }
                stored.gap.state = .reopened
                stored.closedAt = nil
                reopened.append(stored.gap.id)
            } else {
                guard settled != nil || GapProof.closes(proof) else { continue }
                stored.gap.state = .closed
                stored.gap.proof = proof
                stored.closedAt = now
                closed.append(stored.gap.id)
            }
            events.append(
                (
                    stored.gap.id,
                    GapEvent(
                        at: now, what: stored.gap.state.rawValue,
                        detail: (settled.map { $0 + "; " } ?? "") + GapProof.words(proof))
                ))
            updated.append(stored)
        }
        try store.update(updated, events: events)
        try store.setMeta(Self.checkedKey, state)
        return (closed, reopened)
    }

    /// Which of two sentences that disagreed is gone from its article, in words; `nil` while both stand.
    private func settledBy(_ conflict: GapConflict, texts: inout [String: String]) throws -> String? {
        func isGone(_ sentence: String, from document: String) throws -> Bool {
            // A sentence that was cut for the report cannot be looked for.
            guard !sentence.hasSuffix("…") else { return false }
            let text = try texts[document] ?? TextHygiene.collapsed(store.text(ofDocument: document))
            texts[document] = text
            return !text.contains(TextHygiene.collapsed(sentence))
        }
        /// Put in other words, or with another figure that is still not the one.
        func stillDisagrees(_ document: String, with sentence: String) throws -> Bool {
            let written = try store.pool.read { StatedFacts(try Store.chunks(ofDocument: document, $0)) }
            return StatedFacts(sentence).contradicts(written, asked: nil, Claim.Context(""))
        }
        if try isGone(conflict.sentence, from: conflict.document) {
            guard try !stillDisagrees(conflict.document, with: conflict.otherSentence) else { return nil }
            return "\(conflict.document) no longer says “\(GapConflict.short(conflict.sentence))”"
        }
        // Of an article, "id:line"; agents' replies have no article to be mended.
        guard let colon = conflict.other.lastIndex(of: ":"),
            Int(conflict.other[conflict.other.index(after: colon)...]) != nil
        else { return nil }
        let other = String(conflict.other[..<colon])
        guard try store.articleIDs().contains(other), try isGone(conflict.otherSentence, from: other),
            try !stillDisagrees(other, with: conflict.sentence)
        else { return nil }
        return "\(other) no longer says “\(GapConflict.short(conflict.otherSentence))”"
    }

    // MARK: - What people say

    /// One gap with its story.
    public func gap(_ id: String) throws -> (gap: Gap, events: [GapEvent]) {
        let stored = try storedGap(id)
        return (stored.gap, try store.events(of: stored.gap.id))
    }

    /// - Parameter reopening: takes up again what was dismissed, or closed by its proof.
    /// - Throws: `.invalidArgument` on such a gap without it.
    public func acknowledgeGap(_ id: String, reopening: Bool = false) throws {
        let state = try storedGap(id).gap.state
        let isAway = state == .dismissed || state == .closed
        guard !isAway || reopening else {
            throw KnowledgeBaseError.invalidArgument(
                "\(id) is \(state.rawValue). Nothing was changed. To take it up again: kb gaps ack \(id) --reopen.")
        }
        try change(id, "acknowledged", isAway ? "taken up again, it was \(state.rawValue)" : "") {
            $0.gap.state = .acknowledged
            $0.closedAt = nil
        }
    }

    /// - Parameter factor: it returns when it has grown to so many times its size.
    public func dismissGap(_ id: String, until factor: Double?) throws {
        guard try storedGap(id).gap.state != .closed else {
            throw KnowledgeBaseError.invalidArgument(
                "\(id) is closed: an article answers it, and it reopens by itself when that is gone. Nothing was changed."
            )
        }
        let factor = factor ?? GapDefaults.returnFactor
        try change(id, "dismissed", "until it has grown to \(factor) times its size") {
            $0.gap.state = .dismissed
            $0.dismissedCount = max($0.gap.count, $0.questions.count)
            $0.returnFactor = factor
        }
    }

    public func assignGap(_ id: String, to person: String) throws {
        try change(id, "assigned", person) { $0.gap.assignee = person }
    }

    public func noteGap(_ id: String, _ text: String) throws { try change(id, "note", text) { _ in } }

    private func change(_ id: String, _ what: String, _ detail: String, _ body: (inout StoredGap) -> Void) throws {
        var stored = try storedGap(id)
        body(&stored)
        try store.update([stored], events: [(stored.gap.id, GapEvent(at: clock(), what: what, detail: detail))])
    }

    private func storedGap(_ id: String) throws -> StoredGap {
        guard let stored = try store.gaps(id: id).first else {
            throw KnowledgeBaseError.invalidArgument("There is no gap '\(id)'. List them: kb gaps.")
        }
        return stored
    }

    /// Terms that would bring customers to a new article and take nobody away from another: those with a word that no article has.
    public func newWords(_ terms: [String]) throws -> [String] {
        try store.pool.read { db in
            try terms.filter { try $0.split(separator: " ").contains { try !Store.isInArticles(String($0), db) } }
        }
    }

    /// What the customers asked within their questions, each once: the headings of a draft.
    public func questionsWithin(_ gap: Gap) -> [String] {
        var seen: Set<Set<String>> = []
        var out: [String] = []
        for question in gap.questions.prefix(20) where !question.text.isEmpty {
            for part in QuestionParts.split(question.text) {
                let stems = ContentWords.stems(part)
                guard part.contains("?"), part.utf8.count <= 160, stems.count >= 2,
                    !seen.contains(where: {
                        Double($0.intersection(stems).count) >= 0.6 * Double(min($0.count, stems.count))
                    })
                else { continue }
                seen.insert(stems)
                out.append(String(part.trimmed))
                if out.count == 8 { return out }
            }
        }
        return out
    }
}
