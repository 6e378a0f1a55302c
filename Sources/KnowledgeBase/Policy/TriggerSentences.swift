/// What of a message is looked at by itself: one sentence in a long message may be the one that counts.
struct TriggerSentences: Sendable {
    /// Sentences, except the whole message when it is a single one.
    var sentences: [(text: String, grams: TextGrams)]
    /// Of the message, before the likeliest are kept.
    let count: Int
    /// The whole message, when it is short enough that its vector says something of one wish.
    var whole: TextGrams?

    /// Words from which a sentence is a story, or a log.
    static let longestSentence = 60
    static let longestWhole = 40
    /// Sentences encoded beyond the message itself: those whose wording speaks most for a trigger.
    static let encoded = 4

    init(_ text: String, _ folded: FoldedText) {
        let utf8 = Array(text.utf8)
        let whole = TextGrams(folded)
        let ranges = SentenceSplitter.ranges(text)
        sentences =
            ranges.count < 2
            ? []
            : ranges.prefix(200).map { range in
                let sentence = String(decoding: utf8[range], as: UTF8.self)
                return (sentence, TextGrams(sentence))
            }.filter { (1...Self.longestSentence).contains($0.1.wordCount) }
        count = ranges.count
        self.whole = whole.wordCount <= Self.longestWhole || sentences.isEmpty ? whole : nil
    }

    /// Keeps the sentences whose wording speaks most for a trigger, in their order.
    mutating func keepLikeliest(_ count: Int = Self.encoded) {
        guard sentences.count > count else { return }
        let speaks = sentences.map { TriggerModel.scores($0.grams) }.map {
            max($0[TriggerModel.person], $0[TriggerModel.any])
        }
        let kept = speaks.indices.sorted { (speaks[$1], $0) < (speaks[$0], $1) }.prefix(count).sorted()
        sentences = kept.map { sentences[$0] }
    }
}
