import FoundationEssentials
import Synchronization

/// What a replay has answered so far: in it this stands for the question log, which knows another past.
final class ReplayedAnswers: Sendable {
    private struct Entry {
        var document: String
        var at: Date
    }

    private let given = Mutex<[String: [Entry]]>([:])

    /// Keeps an answer that a customer would have seen.
    func add(_ answer: Answer) {
        guard answer.action != .human, let customer = answer.question.customer,
            let document = answer.draft?.citations.first?.document.id
        else { return }
        given.withLock {
            $0[CustomerIdentity.of(customer), default: []].append(Entry(document: document, at: answer.askedAt))
        }
    }

    /// Answers to a customer on a document in a time; both ends left out.
    func count(to customer: String, about document: String, between start: Date, and end: Date) -> Int {
        given.withLock { given in
            (given[CustomerIdentity.of(customer)] ?? []).filter {
                $0.document == document && $0.at > start && $0.at < end
            }.count
        }
    }
}
