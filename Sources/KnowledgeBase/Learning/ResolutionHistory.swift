/// Examples in order of time with a learner that moves along: what was known at a moment, cheaply for rising moments.
struct ResolutionHistory: Sendable {
    private struct Event {
        var at: Int64
        var example: Int
        var article: Int64

        func isBefore(_ other: Event) -> Bool {
            (at, example, article) < (other.at, other.example, other.article)
        }
    }

    private var examples: [ResolvedExample]
    private var events: [Event]
    /// A learner that knows the articles and no example yet.
    private let untaught: ResolutionLearner
    var dimension: Int { untaught.model.dimension }
    private var learner: ResolutionLearner
    private var next = 0

    init(_ examples: [ResolvedExample], untaught: ResolutionLearner) {
        self.examples = examples
        self.untaught = untaught
        events = []
        learner = untaught
        remember(0..<examples.count)
    }

    /// Examples that became known since; of moments that have passed already too.
    mutating func append(_ more: [ResolvedExample]) {
        guard !more.isEmpty else { return }
        let first = examples.count
        examples += more
        remember(first..<examples.count)
    }

    private mutating func remember(_ places: Range<Int>) {
        let new = places.flatMap { place in
            examples[place].articles.compactMap { article in
                article.at.map { Event(at: $0, example: place, article: article.document) }
            }
        }
        let isPast = next > 0 && new.contains { $0.isBefore(events[next - 1]) }
        events += new
        // What the learner has gone past keeps its order; the rest is mostly in order already.
        events[(isPast ? 0 : next)...].sort { $0.isBefore($1) }
        if isPast { (learner, next) = (untaught, 0) }
    }

    /// All that became known before `moment` (unix ms). An example without a time is never known at a moment.
    mutating func learner(before moment: Int64) -> ResolutionLearner {
        if next > 0, events[next - 1].at >= moment {
            learner = untaught
            next = 0
        }
        while next < events.count, events[next].at < moment {
            let event = events[next]
            learner.add(
                examples[event.example].id, examples[event.example].vector, article: event.article, at: event.at)
            next += 1
        }
        learner.solve()
        return learner
    }

    /// All there is, examples without a time too.
    static func complete(_ examples: [ResolvedExample], untaught: ResolutionLearner) -> ResolutionLearner {
        var learner = untaught
        for example in examples {
            for article in example.articles {
                learner.add(example.id, example.vector, article: article.document, at: article.at)
            }
        }
        learner.solve()
        return learner
    }
}
