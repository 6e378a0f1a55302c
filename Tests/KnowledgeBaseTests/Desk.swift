import Embedding
import FoundationEssentials
import GRDB
import TestSupport

@testable import KnowledgeBase

/// A temporary folder with a tiny encoder and a knowledge base.
final class Desk: Sendable {
    let folder = ScratchFolder()
    var articles: String { folder.path + "/articles" }
    var location: Location { Location(state: folder.path + "/.kb") }

    init() { TinyModel.write(to: folder.path + "/model") }

    /// - Parameter seed: 1 is the model every desk has; another is another model.
    func engine(seed: UInt64 = 1) throws -> Engine {
        let model = folder.path + (seed == 1 ? "/model" : "/model-\(seed)")
        if seed != 1 { TinyModel.write(to: model, seed: seed) }
        return try Engine(
            at: location, create: true, encoder: { try TransformerEncoder(folder: model, threads: 1) })
    }

    /// As if it were this moment.
    func engine(at time: Date) throws -> Engine {
        let model = folder.path + "/model"
        return try Engine(
            at: location, create: true, encoder: { try TransformerEncoder(folder: model, threads: 1) }, clock: { time })
    }

    func engine(at time: String) throws -> Engine { try engine(at: Date(time, strategy: .iso8601)) }

    func article(_ name: String, _ text: String) { folder.write("articles/" + name, text) }

    /// Two articles on one subject, each with a url that an agent may link.
    func zebras() throws {
        for place in ["harbour", "copper"] {
            article(
                "\(place).md",
                "---\nurl: https://help.example/\(place)\n---\n# \(place.capitalized)\n\nThe zebra is \(place == "harbour" ? "in the" : "of") \(place).\n"
            )
        }
        try ingest()
    }

    @discardableResult
    func ingest(
        _ engine: Engine? = nil, _ path: String? = nil,
        _ change: (inout IngestRequest) -> Void = { _ in }
    ) throws -> IngestReport {
        var request = IngestRequest()
        request.paths = [path ?? articles]
        change(&request)
        return try (engine ?? self.engine()).ingest(request)
    }

    /// Ids of the documents found by words alone.
    func found(_ words: String, _ engine: Engine? = nil) throws -> [String] {
        var options = SearchOptions()
        options.mode = .lexical
        options.pool = .all
        return try (engine ?? self.engine()).search([Question(text: words)], options: options)[0].hits
            .map(\.document.id)
    }
}

extension IngestReport {
    /// "added updated removed unchanged" of the first source.
    var counts: [Int] {
        let source = sources[0]
        return [source.added, source.updated, source.removed, source.unchanged]
    }
}

extension Store {
    /// A base of its own whose documents are rows of vectors.
    static func temporary(_ folder: ScratchFolder) throws -> Store {
        try Store(path: folder.path + "/kb.sqlite", access: .write)
    }

    /// Writes or replaces a document whose passages have these vectors and bodies "passage 0", "passage 1", …
    func put(
        _ id: String, _ vectors: [[Float]], source: Int64, text: String = "passage",
        kind: DocumentKind = .article
    ) throws {
        let passages = vectors.indices.map {
            Passage(headings: [], text: "\(text) \($0)", lines: 1...1, role: .content, sentences: [])
        }
        let keys = vectors.map { vector in SHA256.digest(Array("\(id) \(vector)".utf8)) }
        let document = PreparedDocument(
            id: id, kind: kind, source: SourceDocument(path: id, title: id),
            contentHash: Array("\(vectors)".utf8),
            passages: passages, embeddingKeys: keys)
        let file = FileRecord(
            id: 0, path: id, size: 1, modifiedNanoseconds: 0, changedNanoseconds: 0, inode: 0, readAt: 0,
            contentHash: [1], skipped: nil)
        try write(
            [document],
            embeddings: zip(keys, vectors).map { PreparedEmbedding(key: $0, vector: $1, sentences: nil) },
            file: file, source: source, sourceName: "s", keep: [id], now: Date())
    }
}

extension Database {
    /// Rows of all tables of the base's own, for "nothing has changed".
    func totalRows() throws -> [String: Int] {
        let tables = ["document", "chunk", "embedding", "ticket", "link", "question", "mark", "calibration", "meta"]
        return try Dictionary(
            uniqueKeysWithValues: tables.map { ($0, try Int.fetchOne(self, sql: "SELECT count(*) FROM \($0)") ?? 0) })
    }
}
