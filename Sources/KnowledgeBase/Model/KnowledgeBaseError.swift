/// What can fail in the engine. Facts are in the cases; the wording is in `description` alone.
public enum KnowledgeBaseError: Error, Sendable, Equatable {
    case notFound(searched: [String])
    case newerSchema(path: String)
    case wrongEncoder(indexed: String, current: String)
    case noEncoder(searched: [String])
    case sourceMissing(name: String, path: String)
    case sourceConflict(name: String, existing: String, path: String)
    case pathTaken(path: String, by: String, wanted: String)
    case unknownSource(name: String, known: [String])
    case massRemoval(source: String, vanishing: Int, of: Int)
    case nothingToIngest
    case ingestRunning(path: String)
    case unreadable(path: String, reason: String)
    case unwritable(path: String)
    case invalidSettings(path: String, reason: String)
    case invalidArgument(String)
    case damaged(path: String, reason: String)
    case unknownAnswer(String)
    case notWritable(path: String)
    /// SHA-256 or fingerprint, as found and as pinned.
    case damagedModel(path: String, found: String, pinned: String)
    /// The encoder gave a vector that is not of length 1.
    case badVector(length: Float)
    case database(path: String, reason: String)
    case unknownCase(String)
    case unknownCustomer(String)
    /// The state machine knows no such step from here.
    case caseRefused(id: String, event: String, state: String, reason: String)
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
                + "Name the first with --model or as model: in kb.yaml (KB_MODELS is the folder of all), or rebuild its vectors: "
                + "kb ingest --reencode."
        case .noEncoder(let searched):
            "No encoder model found. Looked at: \(searched.joined(separator: ", ")). "
                + "Fetch it: scripts/setup; or add a sentence-transformers folder: kb model add PATH."
        case .sourceMissing(let name, let path):
            "The source '\(name)' is at \(path), which does not exist. Nothing was changed. Restore the folder, say where it "
                + "is now (kb sources mv \(name) PATH), or remove the source: kb sources rm \(name)."
        case .sourceConflict(let name, let existing, let path):
            "A source named '\(name)' already stands for \(existing); \(path) needs another name. "
                + "Give one: kb ingest \(path) --source NAME; if the folder was only moved: kb sources mv \(name) \(path)."
        case .pathTaken(let path, let other, let wanted):
            "\(path) is the source '\(other)' already; as '\(wanted)' too, every document in it would be there twice. "
                + "Keep the name '\(other)', or remove that one first: kb sources rm \(other)."
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
        case .unwritable(let path):
            "\(path) cannot be written. Look at the folder, who owns it and whether the disk is full."
        case .invalidSettings(let path, let reason):
            "\(path): \(reason)"
        case .invalidArgument(let message):
            message
        case .damaged(let path, let reason):
            "\(path) is damaged: \(reason). Restore a backup (kb restore FILE), or remove that file and ingest the sources anew."
        case .notWritable(let path):
            "\(path) may only be read by this user: search, query, status, doctor and backup work, nothing that writes. "
                + "Ask its owner, or make a base of your own: kb ingest FOLDER --kb DIR."
        case .damagedModel(let path, let found, let pinned):
            "\(path) is damaged: its \(pinned.utf8.count == 64 ? "SHA-256" : "fingerprint") is \(found), pinned is \(pinned). "
                + "Fetch the model anew: scripts/setup."
        case .badVector(let length):
            "The encoder gave a vector of length \(length) instead of 1, so its weights are damaged. Nothing of it was stored. "
                + "See which file it is: kb model verify."
        case .database(let path, let reason):
            "\(path): \(reason)"
        case .unknownCase(let id):
            "No case has the id '\(id)'. List them: kb ticket ls; take tickets in: kb ticket intake FILE."
        case .unknownCustomer(let id):
            "No customer is known as '\(id)'. List them: kb customer ls; bring your list in: kb customer import FILE."
        case .caseRefused(let id, let event, let state, let reason):
            "The case \(id) is in the state \(state), where \(event) cannot happen"
                + (reason.isEmpty ? "" : ": \(reason)") + ". Nothing was changed. See kb ticket show \(id)."
        case .unknownAnswer(let id):
            "No answer has the id '\(id)'. Ask the question again without --no-log, or list the marks: kb mark --list."
        }
    }
}
