/// Examples in order of time with a learner that moves along: what was known at a moment, cheaply for rising moments.
struct ResolutionHistory: Sendable {
    private struct Event {
        var at: Int64
        var example: Int
        var article: Int64
    }

    private let examples: [ResolvedExample]
    private let events: [Event]
    /// A learner that knows the articles and no example yet.
    private let untaught: ResolutionLearner
    private var learner: ResolutionLearner
    private var next = 0

    init(_ examples: [ResolvedExample], untaught: ResolutionLearner) {
        self.examples = examples
        self.untaught = untaught
        events = examples.enumerated().flatMap { index, example in
            example.articles.compactMap { article in
                article.at.map { Event(at: $0, example: index, article: article.document) }
            }
        }.sorted { ($0.at, $0.example, $0.article) < ($1.at, $1.example, $1.article) }
        learner = untaught
    }

    /// All that became known before `moment` (unix ms). An example without a time is never known at a moment.
    mutating func learner(before moment: Int64) -> ResolutionLearner {
        if next > 0, events[next - 1].at >= moment {
            learner = untaught
            next = 0
        }
        while next < events.count, events[next].at < moment {
            let event = events[next]
            learner.add(examples[event.example].id, examples[event.example].vector, article: event.article)
            next += 1
        }
        learner.solve()
        return learner
    }

    /// All there is, examples without a time too.
    static func complete(_ examples: [ResolvedExample], untaught: ResolutionLearner) -> ResolutionLearner {
        var learner = untaught
        for example in examples {
            for article in example.articles { learner.add(example.id, example.vector, article: article.document) }
        }
        learner.solve()
        return learner
    }
}
