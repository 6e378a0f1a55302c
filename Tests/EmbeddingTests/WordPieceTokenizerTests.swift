import FoundationEssentials
import Testing

@testable import Embedding

/// Goldens: Fixtures/tokenizer.json, written by scripts/reference/tokenizer.py from Hugging Face `tokenizers` 0.23.3.
struct WordPieceTokenizerGoldens {
    struct Case: Decodable {
        let text: String
        let ids: [Int32]
        let offsets: [[Int]]
        let idsOf16: [Int32]
    }

    @Test(.needsModel) func `ids and byte ranges are those of Hugging Face's tokenizer`() throws {
        let tokenizer = ModelFolder.encoder.tokenizer
        let cases = try ModelFolder.fixture([Case].self, "tokenizer.json")
        #expect(cases.count >= 40)
        for item in cases {
            let encoding = tokenizer.encodeWithOffsets(item.text)
            #expect(encoding.ids == item.ids, "\(item.text.prefix(80))")
            #expect(tokenizer.encode(item.text) == item.ids)
            #expect(tokenizer.count(item.text) == item.ids.count)
            #expect(tokenizer.encode(item.text, maximumTokens: 16) == item.idsOf16, "\(item.text.prefix(80))")
            // Where marks that are kept change places, ranges are defined otherwise: see scripts/reference/tokenizer.py.
            if !item.text.unicodeScalars.contains("\u{302e}") {
                #expect(
                    encoding.offsets.map { [$0.lowerBound, $0.upperBound] } == item.offsets, "\(item.text.prefix(80))")
            }
        }
    }
}

/// Rules on a vocabulary of our own.
struct WordPieceTokenizerRules {
    static let lines = [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "un", "##aff", "##able", "a", "##a", "cafe", "Café", "!", "日",
        "ss", "ß", "##b", "unaff",
    ]

    func tokenizer(lowercases: Bool = true) throws -> WordPieceTokenizer {
        try WordPieceTokenizer(
            vocabularyPath: temporaryFile("vocab.txt", Array(Self.lines.joined(separator: "\n").utf8)),
            lowercases: lowercases)
    }

    func pieces(_ text: String, lowercases: Bool = true) throws -> [String] {
        try tokenizer(lowercases: lowercases).encode(text).dropFirst().dropLast().map { Self.lines[Int($0)] }
    }

    @Test func `the longest piece wins at each place`() throws {
        #expect(try pieces("unaffable") == ["unaff", "##able"])
    }

    @Test func `a word with a part that fits nowhere is unknown as a whole`() throws {
        #expect(try pieces("unx a") == ["[UNK]", "a"])
    }

    @Test(arguments: [("CAFÉ", "cafe"), ("Cafe\u{301}", "cafe"), ("ca\u{200B}fe", "cafe"), ("ß", "ß")])
    func `case, accents and invisible scalars do not matter to an uncased model`(text: String, piece: String) throws {
        #expect(try pieces(text) == [piece])
    }

    @Test func `a cased model keeps case and accents`() throws {
        #expect(try pieces("Café", lowercases: false) == ["Café"])
        #expect(try pieces("CAFÉ", lowercases: false) == ["[UNK]"])
    }

    @Test func `ideographs and punctuation are words of their own`() throws {
        #expect(try pieces("a日a!a") == ["a", "日", "a", "!", "a"])
    }

    @Test func `a word of 100 scalars is split and one of 101 is unknown`() throws {
        #expect(try pieces(String(repeating: "a", count: 100)).count == 100)
        #expect(try pieces(String(repeating: "a", count: 101)) == ["[UNK]"])
    }

    @Test func `a limit counts both marks and cuts inside a word`() throws {
        #expect(try tokenizer().encode("aaaa", maximumTokens: 4) == [2, 8, 9, 3])
        #expect(try tokenizer().encode("aaaa", maximumTokens: 0) == [2, 3])
    }

    @Test func `ranges are bytes of the original text`() throws {
        let encoding = try tokenizer().encodeWithOffsets(" CAFÉ\u{AD}日 unaffable")
        #expect(encoding.offsets == [0..<0, 1..<6, 8..<11, 12..<17, 17..<21, 0..<0])
    }

    @Test func `a vocabulary without its marks is an error that names the file and the mark`() throws {
        let path = temporaryFile("vocab.txt", Array("a\nb\n".utf8))
        #expect(throws: EncoderError.malformed(path: path, reason: "it has no line [CLS]")) {
            try WordPieceTokenizer(vocabularyPath: path)
        }
    }

    @Test func `a line end of two bytes is the same vocabulary`() throws {
        let path = temporaryFile("vocab.txt", Array(Self.lines.joined(separator: "\r\n").utf8))
        #expect(try WordPieceTokenizer(vocabularyPath: path).encode("cafe !") == [2, 10, 12, 3])
    }
}
