import FoundationEssentials
import Yams

/// The settings of one knowledge base, read from `kb.yaml` beside `.kb/` and the user's `config.yaml`.
///
/// A settings file is data: it can never make kb run a command, open a connection or read outside its folder.
public struct Settings: Sendable, Equatable {
    /// How one source's paths become urls.
    public struct Source: Sendable, Equatable, Codable {
        public var path: String?
        public var baseURL: String?
        public var style: String?
        public var kind: String?

        enum CodingKeys: String, CodingKey {
            case path, style, kind
            case baseURL = "base_url"
        }
    }

    public var sources: [String: Source] = [:]
    public var model: String?
    public var threads: Int?
    /// `calibration: assumed_answerable_share`: 0…1.
    public var assumedAnswerableShare: Double?
    /// `retrieval: candidates_from`: passages of articles from which on candidates are scored instead of all.
    public var candidatesFrom: Int?

    public init() {}

    private struct File: Decodable {
        var sources: [String: Source?]?
        var model: String?
        var threads: Int?
        var calibration: Calibration?
        var retrieval: Retrieval?

        struct Retrieval: Decodable {
            var candidates_from: Int?
        }

        struct Calibration: Decodable {
            var assumed_answerable_share: Double?
        }
    }

    private static let knownKeys: Set<String> = ["sources", "model", "threads", "calibration", "retrieval"]
    private static let knownKeysBelow: [String: Set<String>] = [
        "calibration": ["assumed_answerable_share"], "retrieval": ["candidates_from"],
    ]
    private static let knownSourceKeys: Set<String> = ["path", "base_url", "style", "kind"]
    private static let sizeLimit = 1 << 20

    /// Reads a settings file; an absent one is empty settings.
    public static func read(_ path: String) throws -> Settings {
        guard let data = FileManager.default.contents(atPath: path) else { return Settings() }
        guard data.count <= sizeLimit else {
            throw KnowledgeBaseError.invalidSettings(path: path, reason: "larger than 1 MB; settings are small.")
        }
        let text = String(decoding: data, as: UTF8.self)
        let file: File
        do {
            let node = try Yams.compose(yaml: text, .basic)
            guard let node, node.null == nil else { return Settings() }
            guard let mapping = node.mapping else {
                throw KnowledgeBaseError.invalidSettings(path: path, reason: "expected `key: value` lines at the top.")
            }
            for (key, value) in mapping {
                let name = key.string ?? ""
                guard knownKeys.contains(name) else {
                    throw unknown(name, line: key.mark?.line, path: path, known: knownKeys)
                }
                if let known = knownKeysBelow[name] {
                    for (key, _) in value.mapping ?? [:] where !known.contains(key.string ?? "") {
                        throw unknown(key.string ?? "", line: key.mark?.line, path: path, known: known)
                    }
                }
                guard name == "sources", let sources = value.mapping else { continue }
                for (_, source) in sources {
                    for (key, _) in source.mapping ?? [:] where !knownSourceKeys.contains(key.string ?? "") {
                        throw unknown(key.string ?? "", line: key.mark?.line, path: path, known: knownSourceKeys)
                    }
                }
            }
            file = try YAMLDecoder().decode(File.self, from: node)
        } catch let error as KnowledgeBaseError {
            throw error
        } catch let error as DecodingError {
            throw KnowledgeBaseError.invalidSettings(path: path, reason: wrongType(error))
        } catch {
            throw KnowledgeBaseError.invalidSettings(path: path, reason: "not valid YAML: \(brief(error))")
        }
        var settings = Settings()
        settings.sources = (file.sources ?? [:]).mapValues { $0 ?? Source() }
        settings.model = file.model
        settings.threads = file.threads
        settings.assumedAnswerableShare = file.calibration?.assumed_answerable_share
        if let share = settings.assumedAnswerableShare, !(0.01...0.99).contains(share) {
            throw KnowledgeBaseError.invalidSettings(
                path: path, reason: "assumed_answerable_share is \(share); it must be between 0.01 and 0.99.")
        }
        settings.candidatesFrom = file.retrieval?.candidates_from
        if let from = settings.candidatesFrom, from < 1 {
            throw KnowledgeBaseError.invalidSettings(
                path: path, reason: "candidates_from is \(from); it must be a number of passages, at least 1.")
        }
        if let model = settings.model, model.isEmpty || model.contains("/") || model.hasPrefix(".") {
            throw KnowledgeBaseError.invalidSettings(
                path: path,
                reason: "model is '\(model)'; it must be the name of a folder in the models folder (kb model ls).")
        }
        for (name, source) in settings.sources {
            if let kind = source.kind, kind != "articles", kind != "tickets" {
                throw KnowledgeBaseError.invalidSettings(
                    path: path, reason: "source '\(name)' has kind '\(kind)'; known: articles, tickets.")
            }
            if let style = source.style, UrlScheme.Style(rawValue: style) == nil {
                throw KnowledgeBaseError.invalidSettings(
                    path: path,
                    reason: "source '\(name)' has style '\(style)'; known: "
                        + UrlScheme.Style.allCases.map(\.rawValue).joined(separator: ", ") + ".")
            }
        }
        return settings
    }

    /// What the parser says, without the piece of the file it shows below: that may be long.
    private static func brief(_ error: any Error) -> String {
        var out = ""
        for line in String(describing: error).split(separator: "\n") {
            out += (out.isEmpty ? "" : " ") + line.prefix(200)
            if line.hasSuffix(":") { break }
        }
        while out.last == ":" || out.last == ")" || out.last == "." { out.removeLast() }
        return out.prefix(400) + "."
    }

    /// A value of the wrong type, by its key.
    private static func wrongType(_ error: DecodingError) -> String {
        switch error {
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            let key = context.codingPath.map(\.stringValue).joined(separator: ".")
            let wanted =
                type == Int.self
                ? "a whole number"
                : type == Double.self
                    ? "a number"
                    : type == String.self
                        ? "text"
                        : "`key: value` lines below it"
            return "'\(key)' has a value of the wrong kind; write \(wanted)."
        case .keyNotFound(let key, _): return "'\(key.stringValue)' is missing."
        case .dataCorrupted(let context):
            let key = context.codingPath.map(\.stringValue).joined(separator: ".")
            return "'\(key)' cannot be read."
        @unknown default: return "a value is of the wrong kind."
        }
    }

    private static func unknown(_ key: String, line: Int?, path: String, known: Set<String>) -> KnowledgeBaseError {
        .invalidSettings(
            path: path,
            reason: "line \(line ?? 1): unknown key '\(key)'. Known: \(known.sorted().joined(separator: ", ")).")
    }
}
