import Embedding
import FoundationEssentials
import GRDB
import KnowledgeBase

/// A knowledge base of many one-passage articles, filled by SQL: reading and encoding a million files would take hours, and
/// what is measured here is searching them.
enum ScaleBase {
    static func build(_ data: ScaleData, model: String) throws -> Location {
        let location = Location(state: "\(data.folder)/base-\(data.count)/.kb")
        let encoder = try TransformerEncoder(folder: model, threads: 1)
        guard !FileManager.default.fileExists(atPath: location.root + "/built") else { return location }
        if FileManager.default.fileExists(atPath: location.root) {
            try FileManager.default.removeItem(atPath: location.root)
        }
        try FileManager.default.createDirectory(atPath: location.root, withIntermediateDirectories: true)
        _ = try Engine(at: location, create: true, encoder: { encoder })
        let queue = try DatabaseQueue(path: location.database)
        try queue.inDatabase { db in
            try db.execute(sql: "PRAGMA synchronous = OFF; PRAGMA cache_size = -500000")
            try db.inTransaction {
                try fill(db, data, fingerprint: encoder.fingerprint)
                return .commit
            }
            try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try queue.close()
        let engine = try Engine(at: location, encoder: { encoder })
        try engine.refreshVectors()
        try Data().write(to: URL(filePath: location.root + "/built"))
        return location
    }

    private static func fill(_ db: Database, _ data: ScaleData, fingerprint: String) throws {
        try db.execute(
            sql: """
                INSERT INTO meta VALUES ('encoder.fingerprint', ?), ('generation', '1');
                INSERT INTO source (id, name, path, kind) VALUES (1, 'scale', '/scale', 'articles');
                INSERT INTO file (id, source_id, path, size, modified_ns, changed_ns, inode, read_at, content_hash)
                  VALUES (1, 1, 'all', 0, 0, 0, 0, 0, x'00');
                """, arguments: [fingerprint])
        let document = try db.makeStatement(
            sql: """
                INSERT INTO document (id, file_id, key, kind, source, path, title, topics, aliases, fields, content_hash, changed_at)
                VALUES (?, 1, ?, 'article', 'scale', ?, ?, '[]', '[]', '{}', x'00', 0)
                """)
        let chunk = try db.makeStatement(
            sql: """
                INSERT INTO chunk (id, document_id, kind, ordinal, title, heading, body, headings, line_start, line_end, role,
                  sentences, embedding_key) VALUES (?, ?, 'article', 0, ?, '', ?, '[]', 1, 1, 'content', '[]', ?)
                """)
        let embedding = try db.makeStatement(sql: "INSERT INTO embedding (key, vector) VALUES (?, ?)")
        let passage = try db.makeStatement(
            sql: "INSERT INTO article_fts (rowid, title, heading, body) VALUES (?, ?, '', ?)")
        let whole = try db.makeStatement(sql: "INSERT INTO article_document_fts (rowid, title, body) VALUES (?, ?, ?)")
        let size = data.dimension * 4
        for (i, text) in try data.texts().enumerated() {
            let words = text.split(separator: " ")
            let title = words.prefix(6).joined(separator: " ")
            let body = words.dropFirst(6).joined(separator: " ")
            let id = i + 1
            let key = withUnsafeBytes(of: UInt64(id).bigEndian) { Data($0) }
            let vector = Data(data.vectors.bytes[i * size..<(i + 1) * size])
            try document.execute(arguments: [id, "scale/\(id)", "\(id)", title])
            try chunk.execute(arguments: [id, id, title, body, key])
            try embedding.execute(arguments: [key, vector])
            try passage.execute(arguments: [id, title, body])
            try whole.execute(arguments: [id, title, body])
        }
    }
}

/// kb-bench hybrid DATA N MODEL: the search a user asks for, its encoding included, against the one that scores everything.
enum HybridBench {
    struct Report: Encodable {
        let bench = "hybrid"
        let passages: Int
        let threads: Int
        let time: Timings
        /// The part that is encoding the question.
        let encoding: Timings
        /// Scoring every document, on the first questions.
        let exact: Timings
        /// Of the ten articles that the exhaustive ranking gives.
        let recall: Double
        let databaseBytes: Int
        let vectorBytes: Int
        let listBytes: Int
        let memory: Memory
    }

    static func run(_ arguments: [String]) throws {
        let data = try ScaleData(folder: arguments[0], count: Int(arguments[1]) ?? 0)
        let location = try ScaleBase.build(data, model: arguments[2])
        func option(_ name: String) -> Int? { arguments.firstIndex(of: name).flatMap { Int(arguments[$0 + 1]) } }
        let threads = option("--threads") ?? 1
        let encoder = try TransformerEncoder(folder: arguments[2], threads: threads)
        let engine = try Engine(at: location, access: .read, encoder: { encoder })
        if arguments.contains("--lines") { return try answerLines(engine) }
        var (time, encoding, exact): ([Sample], [Sample], [Sample]) = ([], [], [])
        var (found, expected) = (0, 0)
        var options = SearchOptions()
        let questions = data.questions.prefix(option("--questions") ?? 300).map {
            KnowledgeBase.Question(text: $0.terms.joined(separator: " "))
        }
        var memory = Memory.now()
        var answers: [[Int64]] = []
        for (i, question) in questions.enumerated() {
            _ = Timings.measure(&encoding) { try? encoder.encode([question.fullText]) }
            options.exact = false
            let hits = try Timings.measure(&time) { try engine.search([question], options: options)[0].hits }
            answers.append(hits.map(\.document.rowID))
            if i == questions.count - 1 { memory = Memory.now() }
        }
        for (i, question) in questions.prefix(option("--exact") ?? 40).enumerated() {
            options.exact = true
            let all = try Timings.measure(&exact) { try engine.search([question], options: options)[0].hits }
            found += Set(all.map(\.document.rowID)).intersection(answers[i]).count
            expected += all.count
        }
        let recall = Double(found) / Double(max(1, expected))
        try Output.json(
            Report(
                passages: data.count, threads: threads, time: Timings(time), encoding: Timings(encoding),
                exact: Timings(exact),
                recall: recall, databaseBytes: Memory.size(location.database),
                vectorBytes: Memory.size(location.vectors),
                listBytes: Memory.size(location.lists), memory: memory))
        guard recall > 0.9 else { throw BenchError("only \(recall) of the exhaustive ranking is found") }
    }

    /// A question a line from standard input; for each the ids of the best ten, by the numbers of their passages. A line that begins with
    /// `=` is scored exhaustively. For `benchmarks/peers/scale_turns.py`, which holds the watch.
    private static func answerLines(_ engine: Engine) throws {
        while let line = readLine() {
            var options = SearchOptions()
            options.exact = line.hasPrefix("=")
            let question = KnowledgeBase.Question(text: String(options.exact ? line.dropFirst() : line[...]))
            let hits = try engine.search([question], options: options)[0].hits
            let line = hits.prefix(10).map { String($0.document.rowID - 1) }.joined(separator: " ") + "\n"
            // Not by print, which waits for a full buffer in a pipe.
            Output.write(line)
        }
    }
}

/// kb-bench cold DATA N MODEL QUESTION: one answer by a process of its own, as `kb query` gives it, for whoever times the process.
enum ColdBench {
    static func run(_ arguments: [String]) throws {
        let location = Location(state: "\(arguments[0])/base-\(arguments[1])/.kb")
        let model = arguments[2]
        let engine = try Engine(
            at: location, access: .read, encoder: { try TransformerEncoder(folder: model, threads: 1) })
        var answered = 0
        try engine.answer(
            [KnowledgeBase.Question(text: arguments[3])], options: SearchOptions(), log: false
        ) { answered += $0.evidence.isEmpty ? 0 : 1 }
        guard answered > 0 else { throw BenchError("nothing is found") }
        try Output.json(Memory.now())
    }
}
