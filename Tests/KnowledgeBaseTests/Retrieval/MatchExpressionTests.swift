import GRDB
import TestSupport
import Testing

@testable import KnowledgeBase

struct MatchExpressionTests {
    @Test(arguments: [
        ("reset my Password", ["reset", "password"]),
        ("TB-1042, please!", ["tb-1042"]),
        ("\"quoted\" (words)", ["quoted", "words"]),
        ("and/or invoice.auto_remind", ["invoice.auto_remind"]),
        ("password password PASSWORD", ["password"]),
        ("how do I", ["how", "do", "i"]),
        ("Wie lösche ich Überstunden?", ["wie", "lösche", "ich", "überstunden"]),
        ("перезагрузка 请重置密码", ["перезагрузка", "请重置密码"]),
        ("🙂 🎉 !!! --", []),
        ("", []),
    ])
    func `words are cut at white space, freed of punctuation and of stop words where others are left`(
        text: String, words: [String]
    ) {
        #expect(MatchExpression(text).words == words)
    }

    @Test func `every word becomes a quoted string`() {
        #expect(MatchExpression("NOT col:x* OR TB-1042").fts5 == #""col:x" OR "tb-1042""#)
        #expect(MatchExpression("🙂").fts5 == "")
    }

    @Test func `a text of 100,000 characters gives 64 words and a run without spaces gives none`() {
        let long = (0..<20_000).map { "w\($0)" }.joined(separator: " ")
        #expect(MatchExpression(long).words == (0..<64).map { "w\($0)" })
        #expect(MatchExpression(String(repeating: "a", count: 100_000)).words == [])
    }

    @Test(arguments: [
        #"""#, #"a" OR "b"#, "title:secret", "NEAR(a b, 3)", "a* ^b -c", "AND OR NOT",
        "{title body}: x", "C++?",
        "error-4012", "a' OR 1=1 --", "(((", "\u{0} \u{1}", "foo\u{0}bar", "₂ ½ ٣", "\u{301}x", "a\\b",
    ])
    func `nothing a user types is syntax to FTS5`(text: String) throws {
        let folder = ScratchFolder()
        let store = try Store.temporary(folder)
        try store.pool.read { db in
            _ = try Store.lexicalScores(MatchExpression(text).fts5, kind: .article, db)
        }
    }

    @Test func `a code with a hyphen is found as a phrase`() throws {
        let folder = ScratchFolder()
        let store = try Store.temporary(folder)
        let source = try store.addSource(name: "s", path: "/s", kind: "articles")
        try store.put("s/code", [[1, 0]], source: source, text: "error TB-1042 here")
        try store.put("s/apart", [[0, 1]], source: source, text: "TB is not 1042 here")
        let found = try store.pool.read { db in
            try Store.documents(
                try Store.lexicalScores(MatchExpression("tb-1042").fts5, kind: .article, db).entries.keys,
                db)
        }
        #expect(found.values.map(\.id) == ["s/code"])
    }
}
