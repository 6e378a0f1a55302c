import Embedding
import Foundation
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import KnowledgeBase

/// The exhaustive ranking says what is right.
@Suite struct CandidateSearchTests {
    private static let words = (0..<300).map { "w\($0)" } + ["harbour", "copper", "zebra", "invoice", "password"]

    private static func draw(_ state: inout UInt64, _ count: Int) -> String {
        (0..<count).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            let share = Double(state % 10_007) / 10_007
            return words[Int(share * share * Double(words.count))]
        }.joined(separator: " ")
    }

    /// 400 articles of one to three passages.
    private func desk(threads: Int = 1) throws -> (Desk, Engine) {
        let desk = Desk()
        var state: UInt64 = 99
        for i in 0..<400 {
            let sections = (0...(i % 3)).map { _ in "## \(Self.draw(&state, 2))\n\n\(Self.draw(&state, 40))." }
            desk.article("\(i).md", "# \(Self.draw(&state, 3))\n\n" + sections.joined(separator: "\n\n") + "\n")
        }
        let model = desk.folder.path + "/model"
        let engine = try Engine(
            at: desk.location, create: true, candidatesFrom: 100,
            encoder: { try TransformerEncoder(folder: model, threads: threads) })
        try desk.ingest(engine)
        return (desk, engine)
    }

    @Test func `candidates give the exhaustive ranking with the same scores`() throws {
        let (desk, engine) = try desk()
        #expect(FileManager.default.fileExists(atPath: desk.location.lists))
        #expect(FileManager.default.fileExists(atPath: desk.location.lengths))
        var state: UInt64 = 5
        var (found, expected) = (0, 0)
        for i in 0..<60 {
            let question = Question(text: Self.draw(&state, 1 + i % 9))
            var options = SearchOptions()
            let some = try engine.search([question], options: options)[0].hits
            options.exact = true
            let all = try engine.search([question], options: options)[0].hits
            let scores = Dictionary(uniqueKeysWithValues: all.map { ($0.document.rowID, $0.score) })
            expected += all.count
            for hit in some {
                guard let score = scores[hit.document.rowID] else { continue }
                found += 1
                #expect(abs(score - hit.score) < 1e-6, "\(question.text)")
            }
        }
        #expect(expected >= 500)
        #expect(Double(found) >= 0.98 * Double(expected), "\(found) of \(expected)")
    }

    /// A lone question is encoded beside the look-up of its words; of several at once none is.
    @Test func `questions asked one by one and at once find the same`() throws {
        let (desk, engine) = try desk(threads: 2)
        defer { withExtendedLifetime(desk) {} }
        var state: UInt64 = 41
        let questions = (0..<24).map { Question(text: Self.draw(&state, 1 + $0 % 9)) }
        @Sendable func found(_ question: Question) throws -> [Int64] {
            try engine.search([question], options: SearchOptions())[0].hits.map(\.document.rowID)
        }
        let alone = try questions.map(found)
        #expect(engine.searches.load(ordering: .relaxed) == 0)
        let together = try Workers.map(questions.count, threads: 4) { try found(questions[$0]) }
        #expect(together == alone)
        let batch = try engine.search(questions, options: SearchOptions()).map { $0.hits.map(\.document.rowID) }
        #expect(batch == alone)
    }

    @Test func `the dense leg alone takes the exhaustive one's first from the lists`() throws {
        let (desk, engine) = try desk(threads: 2)
        defer { withExtendedLifetime(desk) {} }
        var state: UInt64 = 77
        var (found, expected) = (0, 0)
        for i in 0..<30 {
            let question = Question(text: Self.draw(&state, 2 + i % 7))
            var options = SearchOptions()
            options.mode = .dense
            let some = try engine.search([question], options: options)[0]
            options.exact = true
            let all = try engine.search([question], options: options)[0]
            let scores = Dictionary(uniqueKeysWithValues: all.hits.map { ($0.document.rowID, $0.score) })
            expected += all.hits.count
            for hit in some.hits {
                guard let score = scores[hit.document.rowID] else { continue }
                found += 1
                #expect(abs(score - hit.score) < 1e-6, "\(question.text)")
            }
            #expect(some.reading.damaged.isEmpty && all.reading.damaged.isEmpty)
        }
        #expect(expected >= 250 && Double(found) >= 0.98 * Double(expected), "\(found) of \(expected)")
    }

    @Test func `more documents than candidates hold are found by scoring all`() throws {
        let (desk, engine) = try desk()
        defer { withExtendedLifetime(desk) {} }
        var options = SearchOptions()
        options.limit = 300
        let some = try engine.search([Question(text: "harbour w1 w2 w3")], options: options)[0].hits.map(
            \.document.rowID)
        options.exact = true
        #expect(
            try engine.search([Question(text: "harbour w1 w2 w3")], options: options)[0].hits.map(\.document.rowID)
                == some)
    }

    @Test func `passages that repeat one another do not use up what was asked for`() throws {
        let desk = Desk()
        for i in 0..<60 { desk.article("same\(i).md", "# Same \(i)\n\nPlease post your harbour settings at once.\n") }
        for i in 0..<12 {
            desk.article("own\(i).md", "# Own \(i)\n\nThe harbour of w\(i) opens at \(i) and closes late.\n")
        }
        let engine = try desk.engine()
        try desk.ingest(engine)
        var options = SearchOptions()
        options.mode = .lexical
        let hits = try engine.search([Question(text: "post your harbour settings")], options: options)[0].hits
        #expect(hits.count == 10)
    }

    @Test func `a second thread finds what the first would, and serves no other question`() throws {
        let (desk, engine) = try desk(threads: 2)
        defer { withExtendedLifetime(desk) {} }
        let (first, second) = (Question(text: "harbour w1 w7"), Question(text: "zebra invoice w3"))
        let options = SearchOptions()
        func found(_ question: Question) throws -> [Int64] {
            try engine.search([question], options: options)[0].hits.map(\.document.rowID)
        }
        let alone = (try found(first), try found(second))
        let early = try #require(try engine.earlyCandidates(first, options: options))
        let near = try #require(try early.wait())
        #expect(!near.entries.isEmpty && near.places.count == near.entries.count)
        // Begun, and never asked for.
        _ = try engine.earlyCandidates(first, options: options)
        #expect(try found(second) == alone.1)
        #expect(try found(first) == alone.0)
    }

    @Test(arguments: [SearchMode.hybrid, .dense])
    func `lists with blank pages are said to be damaged, and everything is scored`(mode: SearchMode) throws {
        let (desk, engine) = try desk()
        var options = SearchOptions()
        options.mode = mode
        let questions = ["harbour w1 w7", "zebra invoice w3", "copper w12"].map { Question(text: $0) }
        options.exact = true
        let right = try engine.search(questions, options: options).map { $0.hits.map(\.document.rowID) }
        options.exact = false
        var bytes = try #require(FileManager.default.contents(atPath: desk.location.lists))
        bytes.resetBytes(in: bytes.count / 2..<bytes.count)
        try bytes.write(to: URL(fileURLWithPath: desk.location.lists))
        let model = desk.folder.path + "/model"
        let later = try Engine(
            at: desk.location, access: .read, candidatesFrom: 100,
            encoder: { try TransformerEncoder(folder: model, threads: 1) })
        for (question, right) in zip(questions, right) {
            let result = try later.search([question], options: options)[0]
            #expect(result.hits.map(\.document.rowID) == right)
            #expect(result.reading.damaged == [desk.location.lists])
        }
    }

    @Test func `articles added, changed and taken away one by one keep the exhaustive ranking`() throws {
        let (desk, engine) = try desk()
        let lists = FileManager.default.contents(atPath: desk.location.lists)
        let vectors = FileManager.default.contents(atPath: desk.location.vectors)
        var state: UInt64 = 17
        for i in 0..<6 {
            desk.article("new\(i).md", "# \(Self.draw(&state, 3))\n\n\(Self.draw(&state, 60)).\n")
            desk.article("\(i * 50).md", "# \(Self.draw(&state, 3))\n\n\(Self.draw(&state, 30 + i)).\n")
            desk.folder.remove("articles/\(i * 50 + 1).md")
            try desk.ingest(engine)
        }
        // Nothing that was there was written again.
        #expect(FileManager.default.contents(atPath: desk.location.lists) == lists)
        #expect(FileManager.default.contents(atPath: desk.location.vectors) == vectors)
        for i in 0..<30 {
            let question = Question(text: Self.draw(&state, 2 + i % 7))
            var options = SearchOptions()
            let some = try engine.search([question], options: options)[0].hits
            options.exact = true
            let all = try engine.search([question], options: options)[0].hits
            let scores = Dictionary(uniqueKeysWithValues: all.map { ($0.document.rowID, $0.score) })
            let shared = some.filter { scores[$0.document.rowID] != nil }
            #expect(shared.count >= min(all.count, 9), "\(question.text)")
            for hit in shared { #expect(abs(scores[hit.document.rowID]! - hit.score) < 1e-6, "\(question.text)") }
        }
    }

    @Test func `scores from FTS5's lists are those of its own function`() throws {
        let (desk, engine) = try desk()
        desk.article("later.md", "# Quokka\n\nThe quokka stands in the harbour, beside w1 and w2.\n")
        desk.article("7.md", "# w3 changed\n\nNow it says w1, w5 and zebra.\n")
        try desk.ingest(engine)
        let encoder = try engine.encoder()
        let file = try #require(VectorFile(path: desk.location.vectors, fingerprint: encoder.fingerprint))
        var state: UInt64 = 23
        for text in ["quokka", "quokka w1 zebra", "nothing of it"] + (0..<20).map({ Self.draw(&state, 1 + $0 % 8) }) {
            let expression = MatchExpression(text)
            try engine.store.pool.read { db in
                let own = try Store.lexicalScores(expression.fts5, kind: .article, db)
                let listed = try #require(try engine.listedScores(expression, file: file, db))
                #expect(Set(listed.passages.keys) == Set(own.passages.keys), "\(text)")
                #expect(Set(listed.entries.keys) == Set(own.entries.keys), "\(text)")
                for (id, score) in own.passages { #expect(abs(listed.passages[id]! - score) < 1e-6) }
                for (id, entry) in own.entries {
                    let found = try #require(listed.entries[id])
                    #expect(abs(found.passage - entry.passage) < 1e-6 && abs(found.document - entry.document) < 1e-6)
                    #expect(found.chunk == entry.chunk || abs(found.passage - entry.passage) < 1e-6)
                }
            }
        }
    }

    @Test func `self questions among candidates are those among all articles`() throws {
        let (desk, engine) = try desk()
        let model = desk.folder.path + "/model"
        let whole = try Engine(
            at: desk.location, create: false, candidatesFrom: .max,
            encoder: { try TransformerEncoder(folder: model, threads: 1) })
        let (some, all) = (try engine.selfQuestions(), try whole.selfQuestions())
        #expect(some.count == all.count && some.count > 100)
        // The place among all articles is an estimate there, as it is when a question is asked.
        let same = zip(some, all).filter { a, b in
            a.document == b.document && a.isFirst == b.isFirst
                && abs((a.present[.bestCosine] ?? 0) - (b.present[.bestCosine] ?? 0)) < 1e-4
        }.count
        #expect(Double(same) >= 0.9 * Double(all.count), "\(same) of \(all.count)")
    }

    @Test func `an article added later is found, and one taken away is not`() throws {
        let (desk, engine) = try desk()
        desk.article("later.md", "# Quokka\n\nThe quokka stands in the harbour.\n")
        try desk.ingest(engine)
        #expect(
            try engine.search([Question(text: "quokka harbour")], options: SearchOptions())[0].hits.first?.document
                .title == "Quokka")
        desk.folder.remove("articles/later.md")
        try desk.ingest(engine)
        let titles = try engine.search([Question(text: "quokka harbour")], options: SearchOptions())[0].hits.map(
            \.document.title)
        #expect(!titles.contains("Quokka") && !titles.isEmpty)
    }

    @Test func `doctor looks at the lists and names their absence`() throws {
        let (desk, engine) = try desk()
        func check() throws -> Check? {
            let encoder = try engine.encoder()
            let file = try #require(VectorFile(path: desk.location.vectors, fingerprint: encoder.fingerprint))
            return engine.listsCheck(file, fingerprint: encoder.fingerprint, isCutOff: false)
        }
        #expect(try check()?.passed == true)
        desk.folder.remove(".kb/vectors.lists")
        #expect(try check()?.passed == false)
    }
}
