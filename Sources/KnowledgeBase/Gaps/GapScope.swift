import Embedding

/// Whether agents say that a matter is not theirs at all, told from saying that the product lacks something.
///
/// Sentences of replies are held against two handfuls of sentences that say the one and the other, whatever the product.
struct GapScope: Sendable {
    private static let elsewhere = [
        "This is not about our product.", "We cannot help you with that, it has nothing to do with us.",
        "You have reached the wrong company.", "Please contact the company that makes it.",
        "That is a question for a lawyer, a doctor or another professional.",
        "We only answer questions about our own product.", "Your message was probably meant for somebody else.",
        "We do not sell or repair such things.",
    ]
    private static let lacking = [
        "There is no such feature in our product.", "That is not supported yet.",
        "Our product does not do this at the moment.", "As a workaround you can do it by hand.",
        "This setting does not exist, but you can use another one.", "It is on our list, but there is no date.",
        "Open the settings and choose the option there.", "We do not offer that function.",
    ]

    private let elsewhere: [[Float]]
    private let lacking: [[Float]]

    init(_ encode: ([String]) throws -> [[Float]]) rethrows {
        (elsewhere, lacking) = (try encode(Self.elsewhere), try encode(Self.lacking))
    }

    /// Mean over the sentences of how much nearer, as a cosine, they are to the first handful than to the second; `nil`
    /// without sentences.
    func lean(_ sentences: [[Float]]) -> Double? {
        guard !sentences.isEmpty else { return nil }
        func nearest(_ vector: [Float], _ others: [[Float]]) -> Float {
            others.map { VectorIndex.product($0, vector, vector.count) }.max() ?? 0
        }
        let sum = sentences.reduce(0.0) { $0 + Double(nearest($1, elsewhere) - nearest($1, lacking)) }
        return sum / Double(sentences.count)
    }
}
