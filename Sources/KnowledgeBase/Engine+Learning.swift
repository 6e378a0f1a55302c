import Embedding
import FoundationEssentials
import GRDB
import Synchronization

/// What an engine keeps of the learned model between questions.
struct LearningCache: Sendable {
    /// What everything here was derived from.
    var state: String
    /// The same, in parts.
    var marks: MarkState?
    var live: ResolutionModel?
    /// Read when a question is asked as of a moment, or is a resolved ticket itself.
    var history: ResolutionHistory?
    var complete: ResolutionLearner?
    /// Marks on the very question, as of `marks`.
    var judged: MarkMemory?

    /// Takes in marks that came since, where nothing else changed; false when all must be read again.
    mutating func grow(to state: String, _ now: MarkState, _ db: Database) throws -> Bool {
        guard let marks, now.onlyGrew(since: marks) else { return false }
        guard now != marks else { return true }
        let dimension = judged?.dimension ?? history?.dimension
        if let dimension {
            history?.append(try Store.markExamples(dimension: dimension, after: marks.last, db))
            judged?.add(try Store.marksForRanking(after: marks.last, db))
        }
        (self.state, self.marks, live, complete) = (state, now, nil, nil)
        return true
    }
}

extension Engine {
    /// What resolved tickets and marks say about a question; nothing later than its `askedAt`, never its own thread.
    func learned(_ question: Question, vector: [Float], _ db: Database) throws -> LearnedScores {
        let state = try Store.learningState(db)
        let own = try question.id.flatMap { try Store.ticketDocument($0, db) }
        let model = try learningCache.withLock { cache -> ResolutionModel in
            try freshen(&cache, state, db)
            if let moment = question.askedAt {
                if cache!.history == nil {
                    cache!.history = ResolutionHistory(
                        try Store.examples(dimension: vector.count, db),
                        untaught: try Store.untaught(dimension: vector.count, db))
                }
                let learner = cache!.history!.learner(before: moment.milliseconds)
                return own.map(learner.modelWithout) ?? learner.model
            }
            if cache!.live == nil {
                cache!.live = ResolutionFile.read(path: location.resolutions, state: state)
                if cache!.live?.dimension != vector.count { cache!.live = nil }
            }
            if cache!.live == nil || own != nil {
                if cache!.complete == nil {
                    cache!.complete = ResolutionHistory.complete(
                        try Store.examples(dimension: vector.count, db),
                        untaught: try Store.untaught(dimension: vector.count, db))
                }
                if cache!.live == nil {
                    cache!.live = cache!.complete!.model
                    // Best effort: a read-only base learns at every start.
                    if canWrite { try? ResolutionFile.write(cache!.live!, state: state, path: location.resolutions) }
                }
                if let own, cache!.complete!.contains(own) { return cache!.complete!.modelWithout(own) }
            }
            return cache!.live!
        }
        return model.scores(vector)
    }

    /// Learns from everything there is and keeps it for the next process. Best effort: it can always be learned again.
    func refreshLearning(dimension: Int) throws {
        let (state, examples, untaught) = try store.pool.read { db in
            (
                try Store.learningState(db), try Store.examples(dimension: dimension, db),
                try Store.untaught(dimension: dimension, db)
            )
        }
        let learner = ResolutionHistory.complete(examples, untaught: untaught)
        try? ResolutionFile.write(learner.model, state: state, path: location.resolutions)
        learningCache.withLock { $0 = LearningCache(state: state, live: learner.model, complete: learner) }
    }

    /// Learns anew where what was kept is lost or of another version of kb: without it every question would do so.
    func restoreLearning(dimension: Int) throws {
        let state = try store.pool.read(Store.learningState)
        if !ResolutionFile.isCurrent(path: location.resolutions, state: state) {
            try refreshLearning(dimension: dimension)
        }
    }

    /// Brings the cache to what the database holds now: a case that is looked at may have just taught something.
    private func freshen(_ cache: inout LearningCache?, _ state: String, _ db: Database) throws {
        guard cache?.state != state || cache?.marks == nil else { return }
        let marks = try Store.markState(db)
        if cache?.state == state {
            cache!.marks = marks
        } else if try cache?.grow(to: state, marks, db) != true {
            cache = LearningCache(state: state, marks: marks)
        }
    }

    /// The newest mark on this very question, as ranking needs it.
    func markEffect(_ question: Question, vector: [Float], _ db: Database) throws -> MarkEffect? {
        let state = try Store.learningState(db)
        return try learningCache.withLock { cache in
            try freshen(&cache, state, db)
            if cache!.judged?.dimension != vector.count {
                cache!.judged = MarkMemory(dimension: vector.count)
                cache!.judged!.add(try Store.marksForRanking(after: 0, db))
            }
            return cache!.judged!.effect(
                on: QuestionSyntax.fold(question.fullText), vector: vector, before: question.askedAt?.milliseconds)
        }
    }
}

/// Standing marks with their questions' vectors: what was said of this very question.
struct MarkMemory: Sendable {
    let dimension: Int
    private var marks: [MarkForRanking] = []
    private var values: [Float] = []

    init(dimension: Int) { self.dimension = dimension }

    mutating func add(_ more: [MarkForRanking]) {
        for var mark in more {
            // Of another encoder: known by its words alone.
            values += mark.vector.count == dimension ? mark.vector : [Float](repeating: 0, count: dimension)
            mark.vector = []
            marks.append(mark)
        }
    }

    /// - Parameter text: folded.
    func effect(on text: String, vector: [Float], before moment: Int64?) -> MarkEffect? {
        guard !marks.isEmpty, dimension > 0 else { return nil }
        let cosines = values.withUnsafeBufferPointer { VectorIndex.scores(of: $0, question: vector) }
        var newest: MarkForRanking?
        for (mark, cosine) in zip(marks, cosines) {
            guard mark.at < moment ?? .max,
                Double(cosine) >= LearningDefaults.sameQuestionCosine || mark.question == text,
                newest.map({ ($0.at, $0.id) < (mark.at, mark.id) }) ?? true
            else { continue }
            newest = mark
        }
        guard let newest else { return nil }
        let id = newest.id
        if newest.isRight { return newest.cited.map { MarkEffect(mark: id, promoted: $0) } }
        if let better = newest.shouldBe { return MarkEffect(mark: id, promoted: better) }
        return newest.cited.map { MarkEffect(mark: id, demoted: $0) }
    }
}

/// What a mark does to the ranking of the same question: one document first, or one no longer first.
struct MarkEffect: Sendable, Equatable {
    /// Row id of the mark.
    var mark: Int64
    var promoted: Int64?
    var demoted: Int64?
}
