import Embedding

extension GapQuestion {
    /// What an agent wrote where the customer could see it.
    struct Sent: Sendable {
        /// Place of the question.
        var place: Int
        var text: String
        /// The agent's.
        var name: String?
    }

    /// Adds agents' replies to their questions, each with what it was; a macro is what many tickets were told in the same words.
    ///
    /// - Parameter sent: those of one ticket in order of time.
    static func addReplies(_ sent: [Sent], to questions: inout [GapQuestion]) throws {
        let replies = try inParallel(sent) { sent in
            let own = GapReply.ownWords(sent.text)
            return (place: sent.place, text: own, start: QuestionSyntax.fold(String(own.prefix(200))), name: sent.name)
        }
        var tickets: [String: Set<Int>] = [:]
        for reply in replies { tickets[reply.start, default: []].insert(reply.place) }
        let known = questions.map(\.isAnswered)
        let macros = Set(tickets.filter { $0.value.count >= GapDefaults.macroCount }.keys)
        let kinds = try inParallel(replies) { place, text, start, _ in
            // Where an article was linked, it answered.
            known[place] ? GapReply.answer : GapReply(ownWords: text, isMacro: macros.contains(start))
        }
        for (reply, kind) in zip(replies, kinds) {
            questions[reply.place].replies.append(
                Reply(
                    text: reply.text, kind: kind,
                    names: questions[reply.place].names + (reply.name.map { [$0] } ?? [])))
        }
    }

    /// Tens of thousands of replies are read for one report: by all processors, some hundred at a time, in order.
    private static func inParallel<T: Sendable, U: Sendable>(
        _ items: [T], _ body: @Sendable (T) -> U
    ) throws -> [U] {
        let size = 256
        return try Workers.map((items.count + size - 1) / size, threads: availableProcessors()) { part in
            items[part * size..<min((part + 1) * size, items.count)].map(body)
        }.flatMap { $0 }
    }
}
