import FoundationEssentials
import Testing

@testable import KnowledgeBase

struct CurrentVersionTests {
    private func document(_ id: Int64, _ title: String, year: Int? = nil, locale: String? = nil) -> Document {
        Document(
            rowID: id, id: "s/\(id).md", title: title, kind: .article, source: "s", locale: locale,
            updated: year.map { Date(timeIntervalSince1970: Double($0 - 1970) * 31_557_600) },
            changed: Date(timeIntervalSince1970: 0))
    }

    /// The order after, of documents given best first with these scores.
    private func order(_ documents: [(Document, Double)], language: String? = "en") -> [Int64] {
        let ranked = documents.map { document, score in
            RankedDocument(
                document: document.rowID, chunk: 0, score: score, parts: [ScorePart(name: "best passage", value: score)]
            )
        }
        let after = CurrentVersion.first(
            ranked, documents: Dictionary(uniqueKeysWithValues: documents.map { ($0.0.rowID, $0.0) }),
            language: language)
        for hit in after { #expect(abs(hit.parts.reduce(0) { $0 + $1.value } - hit.score) < 1e-12) }
        for (a, b) in zip(after, after.dropFirst()) { #expect(a.score >= b.score) }
        return after.map(\.document)
    }

    @Test func `the newer of two versions comes first`() {
        #expect(
            order([
                (document(1, "The frobnicator (old)", year: 2015), 0.9),
                (document(2, "The Frobnicator", year: 2024), 0.8),
            ])
                == [2, 1])
        #expect(
            order([
                (document(1, "Frobnicator 3.1", year: 2015), 0.9), (document(2, "Frobnicator 4.0", year: 2024), 0.8),
            ]) == [2, 1])
    }

    @Test func `another subject, an unknown date or a far lower score changes nothing`() {
        #expect(
            order([(document(1, "Frobnicator", year: 2015), 0.9), (document(2, "Invoices", year: 2024), 0.8)]) == [
                1, 2,
            ])
        #expect(order([(document(1, "Frobnicator", year: 2015), 0.9), (document(2, "Frobnicator"), 0.8)]) == [1, 2])
        #expect(
            order([(document(1, "Frobnicator", year: 2015), 0.9), (document(2, "Frobnicator", year: 2024), 0.5)]) == [
                1, 2,
            ])
        #expect(
            order([(document(1, "Frobnicator", year: 2024), 0.9), (document(2, "Frobnicator", year: 2015), 0.8)]) == [
                1, 2,
            ])
    }

    @Test func `an article in the question's language comes before the same in another`() {
        let german = document(1, "Neustart", locale: "de-de")
        let english = document(2, "Restart", locale: "en-US")
        #expect(order([(german, 0.9), (english, 0.85)]) == [2, 1])
        #expect(order([(german, 0.9), (english, 0.85)], language: "de") == [1, 2])
        #expect(order([(german, 0.9), (english, 0.85)], language: nil) == [1, 2])
        #expect(order([(german, 0.9), (document(2, "Restart"), 0.85)]) == [1, 2])
    }
}
