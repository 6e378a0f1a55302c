import Embedding

/// What a sentence of an answer does that no program may do unasked. The list is closed: it names the classes of the weights.
public enum SentenceKind: String, Sendable, CaseIterable {
    /// Commits the team to later work, money or a result.
    case promise
    /// Brings the customer no further: elsewhere, impossible, nothing said.
    case deadEnd = "dead_end"
    /// Wants a secret or papers of the customer.
    case asksSecret = "asks_secret"
    /// Gives what is private of a particular person.
    case privateData = "private_data"
}

/// The shipped judge of single sentences: trained by `scripts/train-grader` on `training/sentences` and the sound drafts of
/// `training/drafts`. Phrase tables stand beside it, and alone where there is no vector.
struct SentenceKinds: Sendable {
    /// By `SentenceKind.allCases`, less the score from which a sentence is taken for it: 0 and more speaks for it.
    let margins: [Float]

    /// - Parameter row: the sentence's vector within its passage.
    init(_ text: String, row: [Float]) {
        let scores = Self.classifier.scores(row, TextGrams(text))
        margins = zip(scores, SentenceKindWeights.thresholds).map { $0 - $1 }
    }

    func holds(_ kind: SentenceKind) -> Bool { margins[SentenceKind.allCases.firstIndex(of: kind)!] >= 0 }

    /// Buckets of `TextGrams`, a power of two.
    static let buckets = 1 << 14

    private static let classifier = PressedClassifier(
        landmarks: SentenceKindWeights.landmarks, landmarkWeights: SentenceKindWeights.landmarkWeights,
        wording: SentenceKindWeights.wording)
}
