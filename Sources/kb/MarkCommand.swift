import ArgumentParser
import FoundationEssentials
import KnowledgeBase

struct MarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mark", abstract: "A person's judgement of an answer; it acts at once.",
        discussion: "Example: kb mark k7f3q2ab wrong --should-be help/compacting-folders.md")

    @Argument(help: "The answer's id, from kb query.")
    var answer: String?

    @Argument(help: "right or wrong.")
    var verdict: Mark.Verdict?

    @Option(help: ArgumentHelp("The document that answers.", valueName: "doc"))
    var shouldBe: String?

    @Option(help: "Why, for your colleagues.")
    var note: String?

    @Flag(help: "Take the mark on this answer back.")
    var undo = false

    @Flag(help: "List the marks.")
    var list = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if list {
            guard answer == nil else { throw ValidationError("--list takes no answer.") }
        } else if undo {
            guard answer != nil, verdict == nil, shouldBe == nil else {
                throw ValidationError("--undo takes an answer's id and nothing else.")
            }
        } else {
            guard answer != nil, verdict != nil else {
                throw ValidationError("Give an answer's id and right or wrong, or --list.")
            }
            if verdict == .right, shouldBe != nil {
                throw ValidationError("--should-be goes with wrong: a right answer cites the right document already.")
            }
        }
    }

    func run() throws {
        let engine = try global.engine()
        if list { return try printList(engine) }
        if undo {
            try engine.undoMark(answer!)
            if output.isJSON {
                try JSONOutput.print(["undone": answer!])
            } else {
                Console.print("took back the mark on \(answer!)")
            }
            return
        }
        let earlier = try engine.marks().last { $0.answerID == answer }
        let mark = try engine.mark(answer!, verdict!, shouldBe: shouldBe, note: note)
        if let earlier, earlier.verdict != mark.verdict || earlier.shouldBe != mark.shouldBe {
            Console.error("in place of the mark of \(JSONOutput.time(earlier.markedAt)): \(earlier.verdict.rawValue)")
        }
        try warn(mark, engine)
        if output.isJSON { return try JSONOutput.print(MarkJSON(mark)) }
        let target = mark.shouldBe.map { ", should be \(Console.safe($0))" } ?? ""
        Console.print("marked \(mark.answerID) \(mark.verdict.rawValue)\(target)")
    }

    /// What the question itself leaves out, by a phrase or a `-word`, no mark brings first: that is said, not passed over.
    private func warn(_ mark: Mark, _ engine: Engine) throws {
        guard let wanted = mark.shouldBe else { return }
        let first = try engine.search([Question(text: mark.question)], options: SearchOptions())[0].hits.first
        guard first?.document.id != wanted else { return }
        Console.error(
            "asked again, \(Console.inline(first?.document.id ?? "nothing")) comes first: the question leaves "
                + "\(Console.inline(wanted)) out by a phrase in quotes or a -word. The mark counts for questions like it."
        )
    }

    private func printList(_ engine: Engine) throws {
        let marks = try engine.marks()
        if output.isJSON { return try JSONOutput.print(["marks": marks.map(MarkJSON.init)]) }
        for mark in marks {
            Console.print("\(mark.answerID)  \(mark.verdict.rawValue.padded(5))  \(Console.safe(mark.question))")
            Console.print(
                "          cited \(Console.inline(mark.document ?? "nothing"))"
                    + (mark.shouldBe.map { ", should be \(Console.inline($0))" } ?? ""))
            if let note = mark.note, !note.isEmpty { Console.print("          note: \(Console.inline(note))") }
        }
        if marks.isEmpty { Console.error("no marks yet: kb mark ANSWER right|wrong") }
    }
}

extension Mark.Verdict: ExpressibleByArgument {}

struct MarkJSON: Encodable {
    var answerId: String
    var question: String
    @Nullable var document: String?
    var verdict: String
    @Nullable var shouldBe: String?
    @Nullable var note: String?
    var markedAt: Date

    init(_ mark: Mark) {
        (answerId, question, verdict, markedAt) = (mark.answerID, mark.question, mark.verdict.rawValue, mark.markedAt)
        document = mark.document
        shouldBe = mark.shouldBe
        note = mark.note
    }
}
