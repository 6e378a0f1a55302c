/// What people said of answers: whether a document answers a question, whatever of it was quoted.
struct ReviewVerdicts: Sendable {
    private struct Pair: Hashable {
        var question: String
        var document: String
    }

    private var byAnswer: [String: Bool] = [:]
    private var byPair: [Pair: Bool] = [:]

    /// - Parameter marks: standing ones, oldest first; the newest on the same thing counts.
    init(_ marks: [Mark]) {
        for mark in marks {
            byAnswer[mark.answerID] = mark.verdict == .right
            let question = QuestionSyntax.fold(mark.question)
            if let document = mark.document {
                byPair[Pair(question: question, document: document)] = mark.verdict == .right
            }
            if let document = mark.shouldBe { byPair[Pair(question: question, document: document)] = true }
        }
    }

    /// Whether the first cited document answers the question; `nil` where nobody said so.
    func isRight(_ answer: Answer) -> Bool? {
        if let verdict = byAnswer[answer.answerID] { return verdict }
        guard let cited = answer.draft?.citations.first?.document.id else { return nil }
        return byPair[Pair(question: QuestionSyntax.fold(answer.question.fullText), document: cited)]
    }
}
