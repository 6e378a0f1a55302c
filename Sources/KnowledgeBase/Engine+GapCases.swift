import Embedding
import FoundationEssentials
import GRDB

/// A group of like questions that is judged as if it were a gap of this base, with what agents replied.
public struct GapCase: Sendable {
    public var id: String
    public var questions: [Question]
    /// By the id of the question that they answered.
    public var replies: [(question: String, text: String)]

    public init(id: String, questions: [Question], replies: [(question: String, text: String)]) {
        (self.id, self.questions, self.replies) = (id, questions, replies)
    }
}

extension Engine {
    /// What kind of gap each group would be. Nothing is stored; the base's own questions are the background of terms.
    public func classify(_ cases: [GapCase]) throws -> [(gap: Gap, grounding: [GapGrounding])] {
        let background = try store.questionsAsked(
            .distantPast..<(.distantFuture), dimension: try matchingEncoder().dimension)
        var questions = background
        var groups: [[Int]] = []
        for one in cases {
            var group: [Int] = []
            let ids = Set(one.questions.compactMap(\.id))
            // What names none of the questions answered one of them all the same.
            let loose = one.replies.filter { !ids.contains($0.question) }
            for (place, asked) in one.questions.enumerated() {
                var question = GapQuestion(
                    key: "x:" + (asked.id ?? "\(one.id) \(group.count)"), id: asked.id ?? "", text: asked.fullText,
                    askedAt: asked.askedAt ?? clock(), customer: asked.customer, channel: .ticket)
                let own =
                    one.replies.filter { $0.question == asked.id }
                    + loose.indices.filter { $0 % one.questions.count == place }.map { loose[$0] }
                question.replies = own.map { reply in
                    let text = GapReply.ownWords(reply.text)
                    return .init(text: text, kind: GapReply(ownWords: text, isMacro: false), names: [])
                }
                group.append(questions.count)
                questions.append(question)
            }
            groups.append(group)
        }
        let new = background.count..<questions.count
        let vectors = try encode(new.map { Question(text: questions[$0].text) }, mode: .hybrid)
        for (place, vector) in zip(new, vectors) { questions[place].vector = vector }
        let file = try mappedVectors(mode: .hybrid)
        let none = GapJudgement(answerable: 1, confidence: 1, documents: [], chunk: 0, cosine: 0)
        let judgements = try judgeNow(
            new.map { (Question(text: questions[$0].text), questions[$0].vector) }, file: file)
        let weighed = WeighedQuestions(
            questions: questions, judgements: background.map { _ in none } + judgements,
            answerable: background.map { _ in 1 } + judgements.map(\.answerable), signals: [], leftOut: [:])
        let moments = new.map { questions[$0].askedAt }
        guard let first = moments.min(), let last = moments.max() else { return [] }
        let described = try describe(
            groups.filter { !$0.isEmpty }, weighed, since: first, until: last.addingTimeInterval(1))
        return described.map { item in
            var gap = item.gap
            let decision = GapKinds.decide(item.evidence)
            gap.suggestion = GapKinds.suggestion(decision.kind, decision.found, item.evidence, id: gap.id)
            return (gap, item.evidence.grounding)
        }
    }
}
