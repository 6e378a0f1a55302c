/// What can fail in the engine. Facts are in the cases; the wording is in `description` alone.
public enum KnowledgeBaseError: Error, Sendable, Equatable {
    case notFound(searched: [String])
    case newerSchema(path: String)
    case wrongEncoder(indexed: String, current: String)
    case noEncoder(searched: [String])
    case sourceMissing(name: String, path: String)
    case sourceConflict(name: String, existing: String, path: String)
    case unknownSource(name: String, known: [String])
    case massRemoval(source: String, vanishing: Int, of: Int)
    case nothingToIngest
    case ingestRunning(path: String)
    case unreadable(path: String, reason: String)
    case invalidSettings(path: String, reason: String)
    case invalidArgument(String)
    case damaged(path: String, reason: String)
    case unknownAnswer(String)
    case notWritable(path: String)
}

extension KnowledgeBaseError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notFound(let searched):
            "No knowledge base found. Looked at: \(searched.joined(separator: ", ")). Create one: kb ingest FOLDER."
        case .newerSchema(let path):
            "\(path) was written by a newer kb than this one. Update kb, or restore a backup made by this version."
        case .wrongEncoder(let indexed, let current):
            "This knowledge base was built with the encoder \(indexed); the encoder in use is \(current). "
                + "Set KB_MODELS to the folder of the first, or rebuild its vectors: kb ingest --reencode."
        case .noEncoder(let searched):
            "No encoder model found. Looked at: \(searched.joined(separator: ", ")). "
                + "Fetch it: scripts/setup; or add a sentence-transformers folder: kb model add PATH."
        case .sourceMissing(let name, let path):
            "The source '\(name)' is at \(path), which does not exist. Nothing was changed. "
                + "Restore the folder, or remove the source: kb sources rm \(name)."
        case .sourceConflict(let name, let existing, let path):
            "A source named '\(name)' already stands for \(existing); \(path) needs another name. "
                + "Give one: kb ingest \(path) --source NAME."
        case .unknownSource(let name, let known):
            "No source is named '\(name)'. "
                + (known.isEmpty ? "There are none yet: kb ingest FOLDER." : "Known: \(known.joined(separator: ", ")).")
        case .massRemoval(let source, let vanishing, let total):
            "\(vanishing) of \(total) documents of the source '\(source)' would vanish, more than a fifth. "
                + "Nothing was changed. If that is meant: kb ingest --allow-removals."
        case .nothingToIngest:
            "Nothing to ingest: no path was given and no source is known yet. Name a folder: kb ingest FOLDER."
        case .ingestRunning(let path):
            "Another kb is writing to \(path). Wait for it to finish and run the command again."
        case .unreadable(let path, let reason):
            "\(path) cannot be read: \(reason)."
        case .invalidSettings(let path, let reason):
            "\(path): \(reason)"
        case .invalidArgument(let message):
            message
        case .damaged(let path, let reason):
            "\(path) is damaged: \(reason). Restore a backup (kb restore FILE), or remove that file and ingest the sources anew."
        case .notWritable(let path):
            "\(path) may only be read by this user: search, query, status, doctor and backup work, nothing that writes. "
                + "Ask its owner, or make a base of your own: kb ingest FOLDER --kb DIR."
        case .unknownAnswer(let id):
            "No answer has the id '\(id)'. Ask the question again without --no-log, or list the marks: kb mark --list."
        }
    }
}
