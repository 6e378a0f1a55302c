import Testing

@testable import KnowledgeBase

struct SentenceColumnsTests {
    @Test func `sentences come back from their column as they were`() throws {
        let text = "Öffne das. 1. Choose 🙂\nThe end"
        let end = text.utf8.count
        let sentences = [
            Sentence(text: "Öffne das.", range: 0..<11, lines: 3...3, kind: .sentence),
            Sentence(text: "Choose 🙂", range: 15..<26, lines: 4...6, kind: .step, ordinal: 1),
            Sentence(text: "The end", range: end - 7..<end, lines: 7...7, kind: .row),
        ]
        let passage = Passage(
            headings: [], text: text, lines: 3...7, role: .content, sentences: sentences)
        let column = try SentenceText.encode(passage)
        #expect(try SentenceText.decode(column, text: text) == sentences)
        #expect(column == #"[[0,11,3,3,"sentence"],[15,26,4,6,"step",1],[27,34,7,7,"row"]]"#)
    }

    @Test func `an entry that points outside its passage is left out`() throws {
        let column =
            #"[[0,99,1,1,"sentence"],[-1,2,1,1,"sentence"],[2,1,1,1,"sentence"],[0,2,5,4,"sentence"],[0,2,1,1,"x"]]"#
        #expect(
            try SentenceText.decode(column, text: "ab")
                == [Sentence(text: "ab", range: 0..<2, lines: 1...1, kind: .sentence)])
    }

    @Test func `packed vectors score within a 254th of their largest value`() {
        let rows: [[Float]] = [[0.6, -0.8, 0, 0], [0, 0, 0, 0], [0.001, 0.5, -0.5, 0.7]]
        let packed = SentenceVectors.pack(rows.map { $0[...] })
        #expect(packed.count == 3 * (4 + 4))
        for axis in 0..<4 {
            let unit = (0..<4).map { Float($0 == axis ? 1 : 0) }
            let scores = SentenceVectors.scores(packed, with: unit)
            for (score, row) in zip(scores, rows) {
                #expect(abs(score - row[axis]) <= row.map(abs).max()! / 254 + 1e-7)
            }
        }
    }

    @Test func `a blob of another dimension gives no scores`() {
        #expect(SentenceVectors.scores(SentenceVectors.pack([[1, 0, 0]]), with: [Float(1), 0]) == [])
    }
}
