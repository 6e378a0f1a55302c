import Embedding
import FoundationEssentials

extension Engine {
    /// Records a person's judgement of an answer; it acts on the very next question.
    ///
    /// - Parameter shouldBe: the document that answers, by id, by url or by the end of its id.
    /// - Throws: `unknownAnswer` when the answer was not logged; `invalidArgument` when the document is not there.
    @discardableResult
    public func mark(_ answerID: String, _ verdict: Mark.Verdict, shouldBe: String?, note: String?) throws -> Mark {
        guard let logged = try store.loggedQuestion(answerID: answerID) else {
            throw KnowledgeBaseError.unknownAnswer(answerID)
        }
        var target: String?
        if let shouldBe {
            let found = try store.documentIDs(named: shouldBe)
            guard let only = found.first, found.count == 1 else {
                throw KnowledgeBaseError.invalidArgument(
                    found.isEmpty
                        ? "No article has the id or url '\(shouldBe)'. Find it: kb search \"its title\"."
                        : "'\(shouldBe)' may be any of \(found.prefix(5).joined(separator: ", ")). Give the whole id.")
            }
            if verdict == .wrong, only == logged.document {
                throw KnowledgeBaseError.invalidArgument(
                    "'\(only)' is what the answer cites already. Mark it right, or name another article.")
            }
            target = only
        }
        let vector = Array(try matchingEncoder().encode([logged.text])[0])
        let mark = Mark(
            id: 0, answerID: answerID, question: logged.text, document: logged.document, verdict: verdict,
            shouldBe: target, note: try note ?? store.standingNote(answerID: answerID), markedAt: clock())
        try store.write(mark, vector: vector, autoBand: policy().autoBand)
        try refreshLearning(dimension: vector.count)
        return mark
    }

    /// Takes the mark on an answer back.
    public func undoMark(_ answerID: String) throws {
        guard try store.undoMark(answerID: answerID, at: clock()) else {
            throw KnowledgeBaseError.invalidArgument("There is no mark on '\(answerID)'. List them: kb mark --list.")
        }
        try refreshLearning(dimension: try encoder().dimension)
    }

    public func marks() throws -> [Mark] { try store.marks() }

    /// Logged questions nobody has judged yet, the most telling first.
    public func unreviewed(_ limit: Int) throws -> [ReviewItem] { try store.unreviewed(limit) }
}
