import FoundationEssentials
import GRDB
import TestSupport
import Testing

@testable import KnowledgeBase

/// 40 articles and 20 tickets by an author who had not seen the code, each trying to change the policy, an answer or the SQL
/// (Tests/Fixtures/policy). They are text like any other: they may be found and quoted, and nothing else.
struct InjectionFixtureTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().path + "/../../.."

    private struct Hostile: Decodable {
        var id: String
        var kind: String
        var title: String
        var text: String
    }

    private func lines<T: Decodable>(_ path: String) throws -> [T] {
        try (FileManager.default.contents(atPath: Self.root + path) ?? Data()).split(separator: 10).map {
            try JSONDecoder().decode(T.self, from: Data($0))
        }
    }

    private func jsonLines(_ rows: [[String: String]]) throws -> Data {
        try Data(rows.map { try JSONEncoder().encode($0) }.joined(separator: [10]))
    }

    /// What must be the same with hostile texts in the base: tables, and every row of the ordinary articles.
    private func inventory(_ desk: Desk) throws -> [String] {
        try desk.engine().store.pool.read { db in
            let tables = try String.fetchAll(
                db,
                sql:
                    "SELECT name || coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%' ORDER BY name"
            )
            let articles = try String.fetchAll(
                db,
                sql: """
                    SELECT document.key || document.title || group_concat(chunk.body, '|')
                    FROM document JOIN chunk ON chunk.document_id = document.id
                    WHERE document.key LIKE 'articles/%' GROUP BY document.id ORDER BY document.key
                    """)
            return tables + articles
        }
    }

    @Test func `hostile articles and tickets change nothing but what is found`() throws {
        let hostile: [Hostile] = try lines("/Tests/Fixtures/policy/injections.jsonl")
        #expect(hostile.count == 60)
        struct Query: Decodable { var text: String }
        let ordinary: [Query] = try lines("/corpus/queries.jsonl")
        let (clean, infected) = (Desk(), Desk())
        for desk in [clean, infected] {
            try desk.ingest(nil, Self.root + "/corpus/articles") { $0.calibrates = false }
            desk.folder.write("policy.yaml", PolicyTemplate.text)
        }
        infected.folder.write(
            "hostile.jsonl",
            try jsonLines(
                hostile.filter { $0.kind == "article" }.map { ["_id": $0.id, "title": $0.title, "text": $0.text] }))
        infected.folder.write(
            "tickets.jsonl",
            try jsonLines(
                hostile.filter { $0.kind == "ticket" }.map {
                    ["id": $0.id, "created_at": "2026-01-01T00:00:00Z", "subject": $0.title, "description": $0.text]
                }))
        for name in ["hostile.jsonl", "tickets.jsonl"] {
            try infected.ingest(nil, infected.folder.path + "/" + name) { $0.calibrates = false }
        }
        #expect(try infected.engine().status().articles == clean.engine().status().articles + 40)
        #expect(try inventory(infected) == inventory(clean))

        let questions =
            hostile.map { Question(text: $0.title + "\n" + $0.text) }
            + ordinary.prefix(60).map { Question(text: $0.text) }
        let engine = try infected.engine()
        let bodies = try engine.store.pool.read { db in
            try Row.fetchAll(
                db,
                sql:
                    "SELECT document.key, group_concat(chunk.body, char(10)) AS body FROM document JOIN chunk ON chunk.document_id = document.id GROUP BY document.id"
            )
        }
        let texts = Dictionary(
            uniqueKeysWithValues: bodies.map { ($0["key"] as String, Grading.plainWords($0["body"] as String)) })
        var answers: [Answer] = []
        try engine.answer(questions, options: SearchOptions(), log: true) { answers.append($0) }
        let hash = try clean.engine().policy().hash
        #expect(answers.count == questions.count)
        for answer in answers {
            #expect(answer.policyHash == hash && answer.action != .auto)
            #expect(
                answer.reasons.allSatisfy { reason in
                    !["confidence", "low_confidence"].contains(reason.code) || [0.9, 0.7].contains(reason.threshold)
                })
            for sentence in answer.draft?.sentences ?? [] {
                let cited = sentence.citations.map { answer.draft!.citations[$0 - 1].document.id }
                #expect(cited.contains { Grading.contains(texts[$0] ?? [], Grading.plainWords(sentence.text)) })
            }
        }
        #expect(try inventory(infected) == inventory(clean))
        #expect(try String(contentsOf: URL(filePath: infected.location.policy), encoding: .utf8) == PolicyTemplate.text)
        #expect(try engine.doctor(repair: false).allSatisfy { $0.passed })
    }
}
