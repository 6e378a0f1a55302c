import ArgumentParser
import Embedding
import KnowledgeBase

struct QueryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "A grounded answer with citations, a confidence and what to do with it.",
        discussion: """
            Exit code 0 when the answer may be used or drafted, 1 when it goes to a person.

            Example: kb query "How do I compact a folder?"
            """, aliases: ["ask"])

    @OptionGroup var input: QuestionOptions
    @OptionGroup var retrieval: RetrievalOptions

    @Flag(help: "Leave the question log alone.")
    var noLog = false

    @Option(help: "text, or reply: the answer alone, ready to paste.")
    var format: Format = .text

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, reply }

    func validate() throws {
        guard retrieval.kind != .tickets else {
            throw ValidationError(
                "Answers are made of articles. To look through past tickets: kb search --kind tickets \"…\"")
        }
    }

    func run() throws {
        let question = try input.batch == nil ? input.question() : nil
        let engine = try global.engine(
            access: noLog ? .read : nil, eager: retrieval.mode != .lexical, question: question?.fullText)
        let log = engine.canWrite && !noLog
        if !noLog, !log { Console.error("the folder may only be read: the question is not logged") }
        guard let question else {
            var told: Set<String> = []
            let good = try input.eachBatch(input.batch!) { questions in
                try engine.answer(questions, options: retrieval.search, log: log) {
                    if !global.quiet { Console.tellDamage($0.reading, told: &told) }
                    JSONOutput.print(JSONValue($0, explain: retrieval.explain))
                }
            }
            if !good { throw Outcome.failed }
            return
        }
        var action = Band.human
        try engine.answer([question], options: retrieval.search, log: log) { answer in
            action = answer.action
            if !global.quiet { Console.explain(answer.reading) }
            if output.isJSON {
                JSONOutput.print(JSONValue(answer, explain: retrieval.explain))
            } else if format == .reply {
                // What goes to a person is a note: nothing of it may be pasted blindly.
                if let draft = answer.draft, action != .human {
                    Console.print(Console.safe(draft.text))
                } else {
                    Console.error(
                        "no reply: this goes to a person. See the note and why: the same command without --format reply"
                    )
                }
            } else {
                AnswerText.print(answer, explain: retrieval.explain, isLogged: log)
            }
        }
        if action == .human { throw Outcome.nothingFound }
    }
}

/// The words of `kb query` without --json.
enum AnswerText {
    /// - Parameter isLogged: whether a mark on the answer would be accepted.
    static func print(_ answer: Answer, explain: Bool, isLogged: Bool) {
        guard let draft = answer.draft else {
            let why =
                answer.nearMiss == nil
                ? "nothing in the knowledge base matches the question"
                : "no sentence of the articles that were found can be quoted"
            Console.print("For a person: \(why).")
            printNearMiss(answer)
            return
        }
        if answer.action == .human {
            for (place, reason) in because(answer).enumerated() {
                Console.print(place == 0 ? Console.bold("For a person: " + reason) : "Also: " + reason)
            }
            Console.print("Best guess, a note for the agent and not for the customer:")
            Console.print()
        }
        printSentences(draft)
        Console.print()
        for citation in draft.citations {
            let place = Console.trail(citation.document.title, citation.headings).joined(separator: " › ")
            let url = citation.document.url.map { "   " + Console.inline($0) } ?? ""
            Console.print(
                "[\(citation.number)] \(Console.inline(place))   "
                    + "\(Console.inline(citation.document.id)):\(citation.lines.lowerBound)\(url)")
        }
        if let offer = answer.offer { Console.print(Console.wrap(Console.safe(offer))) }
        Console.print(confidence(answer))
        for finding in answer.grade?.findings ?? [] {
            Console.print(Console.safe("Grader, \(finding.verdict.rawValue): \(finding.detail): \"\(finding.span)\""))
        }
        printNearMiss(answer)
        if explain {
            for line in ExplanationText.lines(answer.explanation) { Console.print(line) }
        }
        if isLogged { Console.print("kb mark \(answer.answerID) right|wrong") }
    }

    private static func printNearMiss(_ answer: Answer) {
        guard let miss = answer.nearMiss else { return }
        let terms = miss.missingTerms.isEmpty ? "" : "; it lacks: " + miss.missingTerms.joined(separator: ", ")
        Console.print(Console.inline("Nearest article: \(miss.document.title) (\(miss.document.id))\(terms)"))
    }

    /// Sentences that share their citations run on; the mark stands behind the last of them.
    private static func printSentences(_ draft: Draft) {
        let paragraph = draft.rendered { i, line in
            let next = i + 1 < draft.sentences.count ? draft.sentences[i + 1].citations : nil
            let marks = next == line.citations ? "" : " " + line.citations.map { "[\($0)]" }.joined()
            return (line.lead ?? "") + line.text + marks
        }
        Console.print(Console.wrap(Console.safe(paragraph)))
    }

    /// The reasons that send it there, one sentence each; what the customer asked for comes first.
    private static func because(_ answer: Answer) -> [String] {
        let sentences = answer.reasons.compactMap { reason -> (rank: Int, text: String)? in
            let detail = reason.detail.map { Console.safe($0) } ?? ""
            if let (rank, cause) = cause(reason) { return (rank, cause + ".") }
            switch reason.code {
            case Trigger.lowConfidence.rawValue:
                let bound = reason.threshold ?? 0.7
                // Just below the bound the rounded number would be the bound.
                let said = min(answer.confidence, bound - 0.01)
                return (
                    5,
                    "only \(InHundred.words(said)) answers like this are expected to be right, below \(Int((bound * 100).rounded()))."
                )
            case "not_calibrated":
                return (5, "the confidence is fitted to both legs together, so --mode lexical or dense has none.")
            case "unknown_code": return (4, "no article has \(detail), though they have other codes of its kind.")
            case "autonomy": return (7, "autonomy is \(detail).")
            default: return nil
            }
        }
        let ordered = sentences.sorted { $0.rank < $1.rank }.map(\.text)
        return ordered.isEmpty ? ["the policy says so."] : ordered
    }

    /// What a trigger says of the question or its answer, and how soon it is named; `nil` for what only sends to a person.
    private static func cause(_ reason: Reason, near: Bool = false) -> (rank: Int, text: String)? {
        let detail = reason.detail.map { Console.safe($0) } ?? ""
        switch Trigger(rawValue: reason.code) {
        case .askedForPerson: return (0, "the customer asks for one (\(detail))")
        case .sensitiveTopic: return (1, "a sensitive topic, \(detail)")
        case .askedAgain: return (2, "the customer asked this before and has had an answer")
        case .sentiment: return (3, "the message sounds annoyed")
        case .foreignLanguage:
            return (6, "the question is in a language the articles are not written in (\(detail))")
        case .customerTier: return (4, "the customer's \(detail)")
        case .draftFailed: return (5, "the draft fails: \(detail)")
        case .ambiguity: return near ? (5, "two articles fit almost alike") : nil
        case .lowConfidence, nil: return nil
        }
    }

    /// Why an answer that is sure enough is a draft. Only where nothing but the missing certificate holds it back would more reviews
    /// change that.
    private static func heldBack(_ answer: Answer) -> String {
        guard answer.band == .auto else { return "Draft." }
        var causes = answer.reasons.compactMap { cause($0, near: true) }.sorted { $0.rank < $1.rank }.map(\.text)
        if answer.autonomy.level == .draft {
            let by = answer.autonomy.by == "default" ? "by default" : "by \(Console.safe(answer.autonomy.by))"
            causes.append("autonomy is draft \(by)")
        }
        let reviews = answer.shadow.map { $0.reviewsNeeded == 1 ? "1 more review" : "\($0.reviewsNeeded) more reviews" }
        guard !causes.isEmpty else {
            return reviews.map { "Draft: \($0) before this may be sent by itself." } ?? "Draft."
        }
        let also = reviews.map { "; besides, the band takes \($0)" } ?? ""
        return "Draft: \(causes.joined(separator: "; "))\(also)."
    }

    private static func confidence(_ answer: Answer) -> String {
        if answer.reasons.contains(where: { $0.code == "not_calibrated" }) {
            return "No confidence in this mode; ask without --mode for one. To a person."
        }
        let next =
            switch answer.action {
            case .auto: "May be sent."
            case .draft: heldBack(answer)
            case .human: "To a person."
            }
        // The count is of all that the fit was made from: how many of them were like this one it does not know.
        let said = InHundred.words(answer.confidence)
        let count = answer.calibration.count
        if answer.explanation.confidence.steps.contains(where: { $0.rule == .beyondReach }) {
            return
                "\(said) like this should be right (estimated from your own articles: it is like none of the \(count) "
                + "questions of the fit). \(next)"
        }
        switch answer.calibration.source {
        case .tickets: return "\(said) like this were right (\(count) of your tickets). \(next)"
        case .labels: return "\(said) like this were right (\(count) of your labels). \(next)"
        case .self:
            return "\(said) like this should be right (estimated from your own articles, no tickets yet). \(next)"
        case .prior:
            return
                "\(said) like this should be right (an estimate from other help centres; too few of yours are "
                + "reviewed yet). \(next)"
        }
    }
}
