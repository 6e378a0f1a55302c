import Embedding
import FoundationEssentials
import GRDB
import Synchronization

/// What an engine keeps of the learned model between questions.
struct LearningCache: Sendable {
    /// What everything here was derived from.
    var state: String
    var live: ResolutionModel?
    /// Read when a question is asked as of a moment, or is a resolved ticket itself.
    var history: ResolutionHistory?
    var complete: ResolutionLearner?
}

extension Engine {
    /// What resolved tickets and marks say about a question; nothing later than its `askedAt`, never its own thread.
    func learned(_ question: Question, vector: [Float], _ db: Database) throws -> LearnedScores {
        let state = try Store.learningState(db)
        let own = try question.id.flatMap { try Store.ticketDocument($0, db) }
        let model = try learningCache.withLock { cache -> ResolutionModel in
            if cache?.state != state { cache = LearningCache(state: state) }
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

    /// The newest mark on this very question, as ranking needs it.
    func markEffect(_ question: Question, vector: [Float], _ db: Database) throws -> MarkEffect? {
        let text = QuestionSyntax.fold(question.fullText)
        for mark in try Store.marksForRanking(before: question.askedAt?.milliseconds, db) {
            let isSame =
                QuestionSyntax.fold(mark.question) == text
                || (mark.vector.count == vector.count
                    && zip(mark.vector, vector).reduce(0) { $0 + Double($1.0 * $1.1) }
                        >= LearningDefaults.sameQuestionCosine)
            guard isSame else { continue }
            if mark.isRight { return mark.cited.map { MarkEffect(promoted: $0) } }
            if let better = mark.shouldBe { return MarkEffect(promoted: better) }
            return mark.cited.map { MarkEffect(demoted: $0) }
        }
        return nil
    }
}

/// What a mark does to the ranking of the same question: one document first, or one no longer first.
struct MarkEffect: Sendable, Equatable {
    var promoted: Int64?
    var demoted: Int64?
}
