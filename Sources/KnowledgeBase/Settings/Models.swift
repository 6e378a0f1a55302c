import Embedding
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Finds encoder models: folders of sentence-transformers layout below the models folder.
public enum Models {
    public static let defaultName = "all-MiniLM-L6-v2"
    /// SHA-256 of the default model's `model.safetensors`, as in NOTICE and scripts/setup.
    public static let defaultDigest = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

    /// `TransformerEncoder.fingerprint` of the whole default model: vocabulary and configuration too.
    public static let defaultFingerprint = "f17bdc6a736cb56c824baa52833f99ba"

    /// What the weights add to that fingerprint; once their SHA-256 is known to be right they need not be sampled at every start.
    static let defaultWeightsDigest = Digest(17_119_583_975_288_313_700, 13_445_745_679_364_110_504)

    /// `$KB_MODELS`, else `$XDG_DATA_HOME/kb/models`, else `~/.local/share/kb/models`.
    public static func folder(_ environment: [String: String]) -> String {
        if let folder = environment["KB_MODELS"], !folder.isEmpty { return folder }
        if let data = environment["XDG_DATA_HOME"], !data.isEmpty { return data + "/kb/models" }
        return (environment["HOME"] ?? "") + "/.local/share/kb/models"
    }

    /// Model folders found, by name.
    public static func installed(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/config.json") }.sorted()
    }

    /// Opens a model by name or path, with `@int8` behind it in narrower numbers: another encoder, whose vectors are not mixed with
    /// those of the first.
    public static func open(
        _ name: String?, environment: [String: String], threads: Int, isEager: Bool = false
    ) throws -> TransformerEncoder {
        try checkAddressSpace()
        let (name, precision) = try split(name)
        let folder = folder(environment)
        let path = name.map { $0.contains("/") ? $0 : folder + "/" + $0 } ?? folder + "/" + defaultName
        guard FileManager.default.fileExists(atPath: path + "/config.json") else {
            throw KnowledgeBaseError.noEncoder(searched: [path])
        }
        guard (name ?? defaultName) == defaultName else {
            return try TransformerEncoder(folder: path, precision: precision, threads: threads, isEager: isEager)
        }
        // The default model is pinned: damage to it is named as such and never taken for another model.
        let weights = path + "/model.safetensors"
        let found = try WeightsStamp.digest(of: weights, environment: environment)
        guard found == defaultDigest else {
            throw KnowledgeBaseError.damagedModel(path: weights, found: found, pinned: defaultDigest)
        }
        let encoder = try TransformerEncoder(
            folder: path, precision: precision, weightsDigest: defaultWeightsDigest, threads: threads,
            isEager: isEager)
        guard encoder.modelFingerprint == defaultFingerprint else {
            throw KnowledgeBaseError.damagedModel(
                path: path, found: encoder.modelFingerprint, pinned: defaultFingerprint)
        }
        return encoder
    }

    /// `name@int8` as name and precision.
    private static func split(_ name: String?) throws -> (name: String?, precision: Precision) {
        guard let name, let at = name.lastIndex(of: "@") else { return (name, .float32) }
        let suffix = String(name[name.index(after: at)...])
        guard let precision = Precision(rawValue: suffix) else {
            throw KnowledgeBaseError.invalidArgument(
                "The model '\(name)' asks for the precision '\(suffix)'; known: "
                    + Precision.allCases.map(\.rawValue).joined(separator: ", ") + ".")
        }
        return (String(name[..<at]), precision)
    }

    /// Opens a model beside what the caller goes on to do; the result waits for it.
    ///
    /// For a program that answers one question: opening it takes as long as opening the database.
    ///
    /// - Parameter question: encoded as well, if the caller knows what it is going to ask.
    public static func opening(
        _ name: String?, environment: [String: String], threads: Int, question: String? = nil
    ) -> @Sendable () throws -> TransformerEncoder {
        Beside.make {
            let encoder = try open(name, environment: environment, threads: threads, isEager: true)
            if let question { encoder.expect(QuestionSyntax(question).text) }
            return encoder
        } after: {
            $0.encodeExpected()
        }
    }

    /// OpenBLAS waits for ever where it cannot map its buffers, so too little is said beforehand.
    private static func checkAddressSpace() throws {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0, limit.rlim_cur < 640 << 20 else {
            return
        }
        throw KnowledgeBaseError.invalidArgument(
            "The address space is limited to \(limit.rlim_cur >> 20) MB (ulimit -v); the encoder needs 640 MB. Raise the limit, "
                + "or search without the encoder: --mode lexical.")
    }

    /// SHA-256 of a model's weights, in hex.
    public static func digest(ofWeightsIn folder: String) throws -> String {
        let file = try MappedFile(path: folder + "/model.safetensors")
        return withExtendedLifetime(file) { SHA256.hex(SHA256.digest(of: file.bytes)) }
    }
}
