/// What the base holds beside a gap's questions: kept from night to night, for it costs most of a report.
struct GapLookup: Sendable, Codable {
    /// What the gap's own terms found.
    var found: GapEvidence.Found?
    var grounding: [GapGrounding] = []
    var contradictory: GapConflict?
    var stale: GapConflict?
    /// How much agents' replies say that the matter is not theirs; `nil` without replies.
    var elsewhere: Double?

    /// All that the result depends on.
    struct Request {
        struct Rewrite {
            var ticket: String
            var text: String
            var isReply: Bool
        }

        /// Of articles, fit and encoder.
        let state: String
        /// Whether the articles' sentences are looked at as well.
        let isCompared: Bool
        let questions: [GapQuestion]
        private(set) var rewrites: [Rewrite] = []

        init(state: String, isCompared: Bool, terms: [String], _ questions: [GapQuestion]) {
            (self.state, self.isCompared, self.questions) = (state, isCompared, questions)
            // Replies are held against articles sentence by sentence or not at all: they are long, and to encode those of
            // thousands of gaps would take longer than all the rest.
            for question in isCompared ? questions : [] where rewrites.count < GapDefaults.rewrittenReplies {
                // A short reply says where to look as well as a long one.
                let replies = question.replies
                if let reply = replies.last(where: { $0.kind == .answer }) ?? replies.last(where: { $0.kind == .short })
                {
                    rewrites.append(
                        Rewrite(
                            ticket: question.id, text: String(reply.text.prefix(GapDefaults.replyLength)), isReply: true
                        ))
                }
            }
            let terms = terms.joined(separator: " ")
            if !terms.isEmpty { rewrites.append(Rewrite(ticket: "", text: terms, isReply: false)) }
        }

        var digest: String {
            // The number names the form of what is kept.
            var text = "3 \(state)\n\(isCompared)"
            for part in rewrites { text += "\0\(part.ticket)\n\(part.text)" }
            for question in questions { text += "\0\(question.key)\n\(question.text)" }
            return SHA256.hex(SHA256.digest(Array(text.utf8)).prefix(12))
        }
    }
}

extension GapEvidence {
    mutating func take(_ lookup: GapLookup) {
        if let own = lookup.found { found.append(own) }
        grounding = lookup.grounding
        (contradictory, stale, elsewhere) = (lookup.contradictory, lookup.stale, lookup.elsewhere)
    }
}
