import FoundationEssentials

/// A labelled set on disk: documents, questions, and which documents answer which question.
struct LabelledSet: Sendable {
    struct LabelledQuestion: Sendable {
        var question: Question
        /// Right documents with their grades, by qrels id.
        var relevant: [String: Double]
    }

    struct Ablation: Sendable {
        var removed: Set<String>
        /// Questions whose every right document is removed.
        var gaps: Set<String>
        var answerable: Set<String>
    }

    var folder: String
    /// A folder `articles/` or a file `corpus.jsonl`.
    var documents: String
    /// In the order of the file.
    var questions: [LabelledQuestion]
    /// Ids of all questions, labelled or not, in the order of the file.
    var order: [String]
    /// Right documents with their grades by question.
    var relevant: [String: [String: Double]]
    /// All questions, labelled or not, by id.
    var texts: [String: String]
    var ablation: Ablation?

    /// Reads `DIR`.
    ///
    /// - Parameter qrels: name of the file in `qrels/`; by default `topical`, else `test`, else the only one.
    /// - Parameter needsDocuments: a folder without documents is an error.
    init(folder: String, qrels: String?, needsDocuments: Bool = true) throws {
        self.folder = folder
        let manager = FileManager.default
        func exists(_ name: String) -> Bool { manager.fileExists(atPath: folder + "/" + name) }
        guard manager.fileExists(atPath: folder) else {
            throw KnowledgeBaseError.unreadable(path: folder, reason: "no such file or folder")
        }
        if exists("articles") {
            documents = folder + "/articles"
        } else if exists("corpus.jsonl") {
            documents = folder + "/corpus.jsonl"
        } else if !needsDocuments {
            documents = ""
        } else {
            throw KnowledgeBaseError.unreadable(
                path: folder, reason: "a labelled set holds articles/ or corpus.jsonl, queries.jsonl and qrels/*.tsv")
        }
        texts = [:]
        var order: [String] = []
        for line in try Self.lines(folder + "/queries.jsonl") {
            struct Line: Decodable {
                var _id: String
                var text: String
            }
            guard let entry = try? JSONDecoder().decode(Line.self, from: Data(line.utf8)) else {
                throw KnowledgeBaseError.unreadable(
                    path: folder + "/queries.jsonl", reason: "line \(order.count + 1) is not {\"_id\", \"text\"}")
            }
            if texts.updateValue(entry.text, forKey: entry._id) == nil { order.append(entry._id) }
        }
        let relevant = try Self.qrels(folder: folder + "/qrels", name: qrels)
        let texts = texts
        (self.order, self.relevant) = (order, relevant)
        questions = order.compactMap { id in
            guard let labels = relevant[id] else { return nil }
            return LabelledQuestion(question: Question(id: id, text: texts[id]!), relevant: labels)
        }
        if exists("gap_ablation.json") {
            struct File: Decodable {
                var removed_docs: [String]
                var gap_queries: [String]
                var answerable_queries: [String]
            }
            let data = try Data(contentsOf: URL(filePath: folder + "/gap_ablation.json"))
            let file = try JSONDecoder().decode(File.self, from: data)
            ablation = Ablation(
                removed: Set(file.removed_docs), gaps: Set(file.gap_queries), answerable: Set(file.answerable_queries))
        }
    }

    /// Lines that hold anything; cut by bytes, since Swift takes CR LF for one character.
    private static func lines(_ path: String) throws -> [String] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw KnowledgeBaseError.unreadable(path: path, reason: "no such file or folder")
        }
        return data.split(separator: 0x0a).map { String(decoding: $0.last == 0x0d ? $0.dropLast() : $0, as: UTF8.self) }
            .filter { $0.contains { !$0.isWhitespace } }
    }

    private static func qrels(folder: String, name: String?) throws -> [String: [String: Double]] {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
            .filter { $0.hasSuffix(".tsv") }.map { String($0.dropLast(4)) }.sorted()
        let chosen =
            name
            ?? (names.contains("topical")
                ? "topical" : names.contains("test") ? "test" : names.count == 1 ? names[0] : nil)
        guard let chosen, names.contains(chosen) else {
            throw KnowledgeBaseError.unreadable(
                path: folder,
                reason: names.isEmpty
                    ? "it holds no qrels (NAME.tsv with query-id, corpus-id and score)"
                    : "no qrels named '\(name ?? "topical or test")'; there are: \(names.joined(separator: ", ")). "
                        + "Choose one with --qrels NAME")
        }
        var out: [String: [String: Double]] = [:]
        for line in try lines("\(folder)/\(chosen).tsv").dropFirst() {
            let fields = line.split(separator: "\t").map { String($0.drop { $0 == " " }.filter { $0 != "\r" }) }
            guard fields.count >= 3, let score = Double(fields[2]), score > 0 else { continue }
            out[fields[0], default: [:]][fields[1]] = score
        }
        guard !out.isEmpty else {
            throw KnowledgeBaseError.unreadable(
                path: "\(folder)/\(chosen).tsv",
                reason: "no line is query-id, corpus-id and score above 0, separated by tabs (below a line of headers)")
        }
        return out
    }

    /// Whether a document's path is the one a qrels id names: it ends in `id`, `id.md` or `id.html`.
    static func names(_ path: String) -> [String] {
        var forms = [path]
        for ending in [".md", ".html"] where path.hasSuffix(ending) {
            forms.append(String(path.dropLast(ending.count)))
        }
        return forms.flatMap { form in
            var out = [form]
            var rest = form[...]
            while let slash = rest.firstIndex(of: "/") {
                rest = rest[rest.index(after: slash)...]
                out.append(String(rest))
            }
            return out
        }
    }
}
