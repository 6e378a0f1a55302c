import Embedding
import Foundation
import Testing

@testable import KnowledgeBase

/// The shipped judge of single sentences, in passages as articles have them. None of these sentences is among the training ones.
struct SentenceKindsTests {
    private static let encoder = try? Models.open(nil, environment: ProcessInfo.processInfo.environment, threads: 1)

    private func failed(_ sentence: String) throws -> Set<Criterion> {
        let encoder = try #require(Self.encoder)
        let passage =
            "Moving a workspace\nOpen Settings and choose Workspace.\n\(sentence)\nThe list shows all members."
        var draft = Grading.Draft(
            question: "How do I move my workspace?",
            sentences: [.init(text: sentence, citations: [1])],
            cited: [.init(document: "a.md", title: "Moving a workspace", text: passage)], now: Date())
        try draft.measure(encoder)
        return Set(Grading.grade(draft).findings.filter { $0.verdict == .fail }.map(\.criterion))
    }

    @Test(
        .enabled(if: SentenceKindsTests.encoder != nil, "the encoder is not installed"),
        arguments: [
            ("A technician comes by on Tuesday and swaps the faulty board.", Criterion.promise),
            ("You will have your money back before the month is over.", .promise),
            ("Kindly supply the four digits of your PIN together with a picture of your passport.", .personalData),
            (
                "Maria Lindqvist, who handles these moves, lives at 14 Birch Lane and is usually in after six.",
                .personalData
            ),
            ("This is nothing that we are able to do anything about.", .deadEnd),
        ]) func `what no program may say unasked is stopped without a phrase for it`(
            _ sentence: String, _ criterion: Criterion
        ) throws
    {
        #expect(try failed(sentence).contains(criterion))
    }

    @Test(
        .enabled(if: SentenceKindsTests.encoder != nil, "the encoder is not installed"),
        arguments: [
            "The move runs in the background and ends with a message.", "Press Move and pick the new region.",
            "Your password stays the same after the move.", "Files larger than two gigabytes are moved last.",
        ]) func `an ordinary sentence is of no kind`(_ sentence: String) throws
    {
        #expect(try failed(sentence).isDisjoint(with: [.promise, .personalData, .deadEnd]))
    }

    @Test func `every kind has a threshold`() {
        #expect(SentenceKindWeights.thresholds.count == SentenceKind.allCases.count)
        #expect(SentenceKindWeights.wording.rows == SentenceKinds.buckets)
    }
}
