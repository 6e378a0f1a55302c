import Embedding
import FoundationEssentials
import GRDB
import TestSupport
import Testing

@testable import KnowledgeBase

/// Fits through the whole engine: which source speaks, what replaces what, and what the next answer says.
@Suite struct CalibrateTests {
    let desk = Desk()
    private static let words = [
        "harbour", "copper", "violin", "glacier", "saddle", "lantern", "pepper", "canvas", "anchor", "meadow",
        "turbine",
        "velvet", "cactus", "marble", "ferry", "walnut", "bishop", "comet", "tunnel", "orchid", "ribbon", "falcon",
        "kettle", "quarry",
    ]

    init() throws {
        for word in Self.words {
            desk.article(
                "\(word).md",
                "---\nurl: https://help.example/\(word)-page\n---\n# The \(word) page\n\nAll about the \(word) and how to keep the \(word).\n"
            )
        }
        try desk.ingest()
    }

    /// Questions about an article each, and as many about none.
    private func labels(_ name: String, _ count: Int, right: (Int) -> String? = { words[$0 % words.count] }) -> String {
        var (queries, qrels) = ("", "query-id\tcorpus-id\tscore\n")
        for i in 0..<count {
            let word = i % 2 == 0 ? Self.words[i % Self.words.count] : "something else altogether"
            queries += #"{"_id": "q\#(i)", "text": "\#(name) question \#(i): how do I keep the \#(word)"}"# + "\n"
            if i % 2 == 0, let document = right(i) { qrels += "q\(i)\t\(document)\t1\n" }
        }
        desk.folder.write("\(name)/queries.jsonl", queries)
        desk.folder.write("\(name)/qrels/test.tsv", qrels)
        return desk.folder.path + "/" + name
    }

    private func source() throws -> CalibrationSummary.Source {
        var answers: [Answer] = []
        try desk.engine().answer([Question(text: "how do I keep the kettle")], options: SearchOptions(), log: false) {
            answers.append($0)
        }
        return answers[0].calibration.source
    }

    private func tickets(_ count: Int) {
        desk.folder.write(
            "tickets.jsonl",
            (0..<count).map { i in
                // Every third was resolved by another article than the one it names.
                let (asked, linked) = (Self.words[i % 24], Self.words[(i % 3 == 0 ? i * 7 + 1 : i) % 24])
                let day = "\(2000 + i / 300)-\(10 + i % 3)-\(10 + i / 3 % 18)"
                return
                    #"{"id": "t\#(i)", "created_at": "\#(day)T00:00:00Z", "subject": "how to keep the \#(asked), case \#(i)", "comments": [{"id": "c", "created_at": "\#(day)T09:00:00Z", "author": "agent", "body": "https://help.example/\#(linked)-page"}]}"#
            }.joined(separator: "\n"))
    }

    @Test func `labels of one's own make the fit, and the next answer names it`() throws {
        #expect(try source() == .`self`)
        let report = try desk.engine().calibrate(labels: labels("own", 80))
        #expect(report.accepted)
        #expect(report.fit.source == .labels)
        #expect(report.contents == ["labelled questions": 80, "unanswerable": 40])
        #expect(report.confidence?.count == 80)
        #expect(report.confidence!.auroc! > 0.9)
        #expect(report.answerable!.auroc! > 0.9)
        #expect(report.fit.share == 0.5)
        #expect(try source() == .labels)
    }

    @Test func `too few labels are an error that says how many it takes`() throws {
        let folder = labels("few", 20)
        #expect(throws: KnowledgeBaseError.self) { try desk.engine().calibrate(labels: folder) }
        #expect(try source() == .`self`)
    }

    @Test func `labels of another base are refused, and nothing changes`() throws {
        let folder = labels("other", 80) { "elsewhere-\($0)" }
        do {
            _ = try desk.engine().calibrate(labels: folder)
            Issue.record("labels of another base were taken")
        } catch let error as KnowledgeBaseError {
            for words in ["none of its 40 labels names an article", "'elsewhere-0'"] {
                #expect(error.description.contains(words), "\(error.description)")
            }
        }
        #expect(try source() == .`self`)
    }

    @Test func `where fewer than half of the labels name an article the report says so`() throws {
        let some = try desk.engine().calibrate(
            labels: labels("some", 80) { $0 % 6 == 0 ? Self.words[$0 % 24] : "elsewhere-\($0)" })
        #expect(some.warning?.contains("only 14 of 40 labels name an article") == true, "\(some.warning ?? "")")
        #expect(some.warning?.contains("'elsewhere-2'") == true)
        #expect(try desk.engine().calibrate(labels: labels("own", 80)).warning == nil)
    }

    @Test func `what people labelled is not replaced by the articles' own word`() throws {
        _ = try desk.engine().calibrate(labels: labels("own", 80))
        let report = try desk.engine().calibrate()
        #expect(!report.accepted)
        #expect(report.note?.contains("80") == true)
        #expect(report.kept?.source == .labels)
        #expect(try source() == .labels)
    }

    @Test func `the same labels again are taken again, and give the same fit`() throws {
        let folder = labels("own", 80)
        let (first, second) = (
            try desk.engine().calibrate(labels: folder), try desk.engine().calibrate(labels: folder)
        )
        #expect(second.accepted)
        #expect(first.fit == second.fit)
    }

    @Test func `a share that is given moves the answers' odds`() throws {
        let folder = labels("own", 80)
        let (asLabelled, rare) = (
            try desk.engine().calibrate(labels: folder), try desk.engine().calibrate(labels: folder, share: 0.1)
        )
        let moved = rare.fit.answerable.intercept - asLabelled.fit.answerable.intercept
        #expect(abs(moved - (LogOdds.of(0.1) - LogOdds.of(0.5))) < 1e-6)
    }

    @Test func `tickets are fitted when there are fifty, and again only when they grew by a fifth`() throws {
        let path = desk.folder.path + "/tickets.jsonl"
        func ingest(_ count: Int) throws -> (source: CalibrationSummary.Source, labels: Int) {
            tickets(count)
            try desk.ingest(nil, path)
            let fit = try desk.engine().store.pool.read { try Store.calibration($0)! }
            return (fit.fit.source, fit.labels)
        }
        #expect(try ingest(40) == (.`self`, 0))
        #expect(try ingest(100) == (.tickets, 100))
        #expect(try ingest(115) == (.tickets, 100))
        #expect(try ingest(125) == (.tickets, 125))
    }

    @Test func `a page of the documentation that is no article here says that none answers, before all other replies`()
        throws
    {
        let replies =
            (0..<20).map { "https://help.example/\(Self.words[$0])-page" }
            + (0..<4).map { "https://help.example/gone-\($0)-page" }
            + (0..<30).map { "Restart it, see https://other.example/bugs/\($0)" }
        desk.folder.write(
            "tickets.jsonl",
            replies.enumerated().map { i, reply in
                let day = "2000-\(10 + i / 28)-\(10 + i % 18)"
                return
                    #"{"id": "t\#(i)", "created_at": "\#(day)T00:00:00Z", "subject": "case \#(i)", "comments": [{"id": "c", "created_at": "\#(day)T09:00:00Z", "author": "agent", "body": "\#(reply)"}]}"#
            }.joined(separator: "\n"))
        try desk.ingest(nil, desk.folder.path + "/tickets.jsonl")
        let engine = try desk.engine()
        let dimension = try engine.encoder().dimension
        func unlinked(_ limit: Int) throws -> [String] {
            try engine.store.pool.read { db in
                try Store.unlinkedTickets(limit: limit, wait: 0, before: .max, share: 0.5, dimension: dimension, db)
            }.compactMap(\.externalID)
        }
        let gone = ["t20", "t21", "t22", "t23"]
        #expect(Set(try unlinked(4)) == Set(gone))
        #expect(Set(try unlinked(10)).isSuperset(of: gone))
        #expect(try unlinked(10).count == 10)
        #expect(try unlinked(100).count == 34)
        #expect(try unlinked(0).isEmpty)
    }

    /// 48 tickets linked articles and `lacking` pages that are none here.
    @Test(arguments: [(1, nil as Double?), (16, 48.0 / 64), (48, 0.5)])
    func `links to pages that are no articles lower the assumed share, once there are fifty`(
        lacking: Int, linked: Double?
    ) throws {
        let pages = (0..<48).map { "\(Self.words[$0 % 24])-page" } + (0..<lacking).map { "gone-\($0)-page" }
        desk.folder.write(
            "tickets.jsonl",
            pages.enumerated().map { i, page in
                let day = "20\(10 + i / 28)-10-\(10 + i % 18)"
                return
                    #"{"id": "t\#(i)", "created_at": "\#(day)T00:00:00Z", "subject": "case \#(i)", "comments": [{"id": "c", "created_at": "\#(day)T09:00:00Z", "author": "agent", "body": "https://help.example/\#(page)"}]}"#
            }.joined(separator: "\n"))
        try desk.ingest(nil, desk.folder.path + "/tickets.jsonl")
        let engine = try desk.engine()
        #expect(try engine.store.pool.read { try Store.linkedShare($0) } == linked)
        let assumed = try engine.store.pool.read { try engine.assumedAnswerableShare($0) }
        // A part of the way in log-odds from one in two to what links say.
        let way = CalibrationDefaults.linkedShareWeight
        #expect(abs(LogOdds.of(assumed) - way * LogOdds.of(linked ?? 0.5)) < 1e-9)
    }

    @Test func `a question as of a moment is told what was believed then`() throws {
        tickets(120)
        try desk.ingest(nil, desk.folder.path + "/tickets.jsonl")
        func asked(_ moment: String) throws -> CalibrationSummary {
            var out: [CalibrationSummary] = []
            let question = Question(
                text: "how to keep the kettle", askedAt: try Date(moment, strategy: .iso8601))
            try desk.engine().answer([question], options: SearchOptions(), log: false) { out.append($0.calibration) }
            return out[0]
        }
        #expect(try asked("1999-01-01T00:00:00Z").source != .tickets)
        #expect(try asked("2001-01-01T00:00:00Z").source == .tickets)
    }
}

/// Which reviews speak for a band.
@Suite struct IntentCertificateTests {
    private let desk = Desk()

    /// Marks on answers of .95, as many right and wrong for an intent.
    private func reviews(
        _ all: [(intent: String?, right: Int, wrong: Int)], text: (Int) -> String = { "question \($0)" }
    ) throws -> Engine {
        desk.article("a.md", "# A\n\nSome text.\n")
        try desk.ingest()
        let engine = try desk.engine()
        try engine.store.pool.write { db in
            var number = 0
            for group in all {
                for place in 0..<group.right + group.wrong {
                    number += 1
                    try db.execute(
                        sql: """
                            INSERT INTO question (answer_id, asked_at, text, confidence, answerable, action, missing_terms,
                              intent) VALUES (?, 1, ?, .95, .95, 'draft', '[]', ?)
                            """, arguments: ["k\(number)", text(number), group.intent])
                    try db.execute(
                        sql:
                            "INSERT INTO mark (answer_id, question, vector, verdict, marked_at) VALUES (?, 'q', x'', ?, 2)",
                        arguments: ["k\(number)", place < group.right ? "right" : "wrong"])
                }
            }
        }
        return engine
    }

    private func needed(_ engine: Engine, intent: String?) throws -> Int? {
        let summary = CalibrationSummary(source: .tickets, count: 100, ece: nil, fittedAt: nil)
        return try engine.store.pool.read { db in
            try engine.shadow(of: .auto, intent: intent, summary: summary, db)?.reviewsNeeded
        }
    }

    @Test func `an intent with few reviews goes by all`() throws {
        let engine = try reviews([("refund", 5, 0), (nil, 24, 0)])
        #expect(try needed(engine, intent: "refund") == nil)
        #expect(try needed(engine, intent: nil) == nil)
    }

    @Test func `an intent with enough reviews goes by its own, for better or worse`() throws {
        let engine = try reviews([("refund", 27, 3), ("reset", 60, 0)])
        #expect(try needed(engine, intent: "reset") == nil)
        #expect(try needed(engine, intent: nil) == nil)
        #expect(try needed(engine, intent: "refund")! > 0)
    }

    @Test func `a band that begins lower is certified anew, one that begins higher is not`() throws {
        let engine = try reviews([(nil, 40, 0)])
        let stored = CalibrationSummary(source: .tickets, count: 100, ece: nil, fittedAt: nil)
        func needed(from band: Double) throws -> Int? {
            desk.folder.write("policy.yaml", "bands: {auto: \(band), draft: 0.2}\n")
            let engine = try desk.engine()
            return try engine.store.pool.read { db in
                try engine.shadow(of: .auto, intent: nil, summary: stored, db)?.reviewsNeeded
            }
        }
        #expect(try needed(from: 0.9) == nil)
        #expect(try needed(from: 0.94) == nil)
        #expect(try needed(from: 0.3) == 29)
        // Judged while the band began there.
        try engine.store.pool.write { try $0.execute(sql: "UPDATE mark SET auto_band = 0.3") }
        #expect(try needed(from: 0.3) == nil)
    }

    @Test func `a question asked again in other signs counts once, as wrong if it ever was`() throws {
        func text(_ number: Int) -> String { "How do I Log in" + String(repeating: "!", count: number) }
        #expect(try needed(try reviews([(nil, 40, 0)], text: text), intent: nil) == 28)
        #expect(try needed(try reviews([(nil, 40, 1)], text: text), intent: nil) == 45)
    }

    @Test func `the record of each band says how far it is certified, of all questions and by intent`() throws {
        let engine = try reviews([("refund", 27, 3), ("reset", 5, 0), (nil, 30, 0)])
        // As if the fit were one to tickets.
        try engine.store.pool.write { db in
            let fit = CalibrationFit.prior(share: 0.5)
            let text = try JSONText.encode(fit).replacing("\"prior\"", with: "\"tickets\"")
            try db.execute(
                sql: """
                    INSERT INTO calibration (source, n, fitted_at, share, state, documents, labels, accepted, fit, report)
                    VALUES ('tickets', 60, 1, .5, '', 1, 60, 1, ?, '{}')
                    """, arguments: [text])
        }
        let records = try engine.bandRecords()
        #expect(records.hasOwnFit)
        let auto = records.records.filter { $0.band == .auto }
        #expect(auto.map(\.intent) == [nil, "refund", "reset"])
        #expect(auto.map(\.reviews.reviews) == [65, 30, 5])
        #expect(auto.map(\.reviews.wrong) == [3, 3, 0])
        // 3 errors take 76 reviews; of its own the intent has few right ones, and five go by all.
        #expect(auto.map(\.reviewsNeeded) == [11, 46, 11])
        #expect(auto.map(\.isCertified) == [false, false, false])
        #expect(auto.map(\.goesByAll) == [false, false, true])
        // Of scipy: beta.ppf(.05, 62, 4) and beta.ppf(.05, 27, 4).
        #expect(abs(auto[0].reviews.leastShare - 0.88501) < 1e-4)
        #expect(abs(auto[1].reviews.leastShare - 0.76140) < 1e-4)
        #expect(records.records.filter { $0.band != .auto }.map(\.reviews.reviews) == [0, 0])
    }

    @Test func `without any review the least certificate is needed`() throws {
        #expect(try needed(try reviews([]), intent: nil) == 29)
    }
}
