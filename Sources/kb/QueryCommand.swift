import ArgumentParser
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

    func run() throws {
        let engine = try global.engine()
        if let batch = input.batch {
            let good = try input.eachBatch(batch) { questions in
                try engine.answer(questions, options: retrieval.search, log: !noLog) {
                    try JSONOutput.print(AnswerJSON($0, explain: retrieval.explain))
                }
            }
            if !good { throw Outcome.failed }
            return
        }
        var action = Band.human
        try engine.answer([try input.question()], options: retrieval.search, log: !noLog) { answer in
            action = answer.action
            if output.isJSON {
                try JSONOutput.print(AnswerJSON(answer, explain: retrieval.explain))
            } else if format == .reply {
                if let draft = answer.draft { Console.print(Console.safe(draft.text)) }
            } else {
                AnswerText.print(answer, explain: retrieval.explain)
            }
        }
        if action == .human { throw Outcome.nothingFound }
    }
}

/// The words of `kb query` without --json.
enum AnswerText {
    static func print(_ answer: Answer, explain: Bool) {
        guard let draft = answer.draft else {
            Console.print("For a person: nothing in the knowledge base matches the question.")
            return
        }
        if answer.action == .human {
            Console.print(Console.bold("For a person: " + because(answer)))
            Console.print("Best guess, a note for the agent and not for the customer:")
            Console.print()
        }
        printSentences(draft)
        Console.print()
        for citation in draft.citations {
            let place = ([citation.document.title] + citation.headings).joined(separator: " › ")
            let url = citation.document.url.map { "   " + Console.safe($0) } ?? ""
            Console.print(
                "[\(citation.number)] \(Console.safe(place))   "
                    + "\(Console.safe(citation.document.id)):\(citation.lines.lowerBound)\(url)")
        }
        Console.print(confidence(answer))
        if let miss = answer.nearMiss {
            let terms = miss.missingTerms.isEmpty ? "" : "; it lacks: " + miss.missingTerms.joined(separator: ", ")
            Console.print(Console.safe("Nearest article: \(miss.document.title) (\(miss.document.id))\(terms)"))
        }
        if explain {
            for feature in answer.evidence {
                let value = JSONOutput.rounded(feature.value, 4)
                Console.print(
                    "  \(feature.name.padded(14)) \(value)  adds \(JSONOutput.rounded(feature.contribution, 3))")
            }
        }
        Console.print("kb mark \(answer.answerID) right|wrong")
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

    private static func because(_ answer: Answer) -> String {
        let percent = Int((answer.confidence * 100).rounded())
        return "only \(percent) in 100 answers like this are expected to be right, below 70."
    }

    private static func confidence(_ answer: Answer) -> String {
        let percent = Int((answer.confidence * 100).rounded())
        let next: String
        switch answer.action {
        case .auto: next = "May be sent."
        case .draft:
            next =
                answer.shadow.map { "Draft: \($0.reviewsNeeded) more reviews before this may be sent by itself." }
                ?? "Draft."
        case .human: next = "To a person."
        }
        switch answer.calibration.source {
        case .tickets:
            return "\(percent) in 100 like this were right (\(answer.calibration.count) of your tickets). \(next)"
        case .labels:
            return "\(percent) in 100 like this were right (\(answer.calibration.count) of your labels). \(next)"
        case .self:
            return
                "\(percent) in 100 like this should be right (estimated from your own articles, no tickets yet). \(next)"
        case .prior:
            return "\(percent) in 100 like this should be right (an estimate from other help centres; nothing of yours "
                + "has been reviewed yet). \(next)"
        }
    }
}
