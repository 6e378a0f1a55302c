/// The sentences of a text that give a number or a date, or say "no" or "must".
struct StatedFacts: Sendable {
    let claims: [Claim]
    let facts: Facts
    /// The sentences of `claims`; only of what an agent wrote.
    var text = ""

    init(_ chunks: [Chunk]) {
        // A table row gives the numbers of many things.
        claims = chunks.flatMap(\.sentences).map(\.text).filter { !$0.contains("|") }.map(Claim.init)
            .filter(\.statesFacts)
        facts = Facts(chunks.map(\.text).joined(separator: "\n"))
    }

    /// What an agent wrote: its beginning.
    init(_ reply: String) {
        let bytes = Array(reply.utf8)
        let stated = SentenceSplitter.ranges(reply).prefix(GapDefaults.groundedSentences)
            .map { String(decoding: bytes[$0], as: UTF8.self) }.map { ($0, Claim($0)) }.filter { $0.1.statesFacts }
        claims = stated.map(\.1)
        text = stated.map(\.0).joined(separator: " ")
        facts = Facts(reply)
    }

    /// Whether two sentences on one matter disagree: on a figure that neither text gives as the other does, or, in like words, on a
    /// negation or on what is required.
    ///
    /// - Parameter asked: stems of the question, of which the matter must be.
    /// - Parameter words: that both must have of the matter.
    func contradicts(
        _ other: StatedFacts, asked: Set<String>?, _ context: Claim.Context, words: Int = GapDefaults.contradictedWords
    ) -> Bool {
        claims.contains { own in
            other.claims.contains { theirs in
                let shared = own.stems.intersection(theirs.stems)
                guard shared.count >= words,
                    asked.map({ shared.intersection($0).count >= GapDefaults.contradictedWords }) ?? true,
                    !own.isSetApart(from: theirs, context)
                else { return false }
                if own.facts.agrees(with: other.facts) || theirs.facts.agrees(with: facts) { return false }
                return own.facts.disagreement(with: theirs.facts) != nil
                    || own.disagreement(with: theirs, cosine: nil, context: context) != nil
            }
        }
    }
}
