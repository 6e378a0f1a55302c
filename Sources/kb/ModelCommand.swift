import ArgumentParser
import Embedding
import FoundationEssentials
import KnowledgeBase

struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "Lists, adds or verifies encoder models.",
        discussion: "Example: kb model verify", subcommands: [List.self, Add.self, Verify.self],
        defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ls", abstract: "Lists the models in the models folder.", discussion: "Example: kb model ls")

        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions

        private struct Row: Encodable {
            var name: String
            var path: String
            var inUse: Bool
        }

        func run() throws {
            let resolved = try Configuration.resolve(global, location: global.located.location)
            let folder = resolved.models.value
            let rows = Models.installed(in: folder).map {
                Row(name: $0, path: "\(folder)/\($0)", inUse: $0 == (resolved.model.value ?? Models.defaultName))
            }
            if output.isJSON { return try JSONOutput.print(["models": rows]) }
            for row in rows { Console.print("\(row.inUse ? "*" : " ") \(row.name)  \(row.path)") }
            if rows.isEmpty { throw KnowledgeBaseError.noEncoder(searched: [folder]) }
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Copies a sentence-transformers folder of BERT type into the models folder.",
            discussion: "Example: kb model add ~/Downloads/bge-small-en-v1.5")

        @Argument(help: "The model's folder.", completion: .directory)
        var path: String

        @OptionGroup var global: GlobalOptions

        func run() throws {
            let source = path.absolutePath(from: FileManager.default.currentDirectoryPath)
            // Opened first: a folder that cannot be used is never copied.
            let encoder = try TransformerEncoder(folder: source, threads: 1)
            let folder = Models.folder(GlobalOptions.environment)
            let name = source.split(separator: "/").last.map(String.init) ?? source
            let target = "\(folder)/\(name)"
            guard !FileManager.default.fileExists(atPath: target) else {
                throw KnowledgeBaseError.invalidArgument(
                    "\(target) exists already. Remove it first, or rename the folder.")
            }
            let manager = FileManager.default
            let partial = target + ".partial"
            try? manager.removeItem(atPath: partial)
            do {
                try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
                try manager.copyItem(atPath: source, toPath: partial)
                try manager.moveItem(atPath: partial, toPath: target)
            } catch {
                try? manager.removeItem(atPath: partial)
                throw KnowledgeBaseError.unwritable(path: target)
            }
            Console.print("added \(name): \(encoder.dimension) dimensions, \(encoder.maximumTokens) tokens")
            let word =
                name.contains(where: { !$0.isLetter && !$0.isNumber && !"-_.".contains($0) }) ? "'\(name)'" : name
            Console.print("use it: kb ingest --reencode --model \(word)")
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify", abstract: "Reads the model's weights and compares them with what is pinned.",
            discussion: "Example: kb model verify")

        @OptionGroup var global: GlobalOptions

        func run() throws {
            let resolved = try Configuration.resolve(global, location: global.located.location)
            let name = resolved.model.value ?? Models.defaultName
            let path = name.contains("/") ? name : resolved.models.value + "/" + name
            guard FileManager.default.fileExists(atPath: path + "/config.json") else {
                throw KnowledgeBaseError.noEncoder(searched: [path])
            }
            let isPinned = name == Models.defaultName
            let remedy = isPinned ? "scripts/setup" : "kb model add PATH (of a good copy, once \(path) is removed)"
            func fail(_ what: String) throws -> Never {
                Console.print("FAIL \(what)  Next: \(remedy)")
                throw Outcome.gateFailed
            }
            // The weights first: what is damaged may not even open.
            let digest = try Models.digest(ofWeightsIn: path)
            if isPinned, digest != Models.defaultDigest {
                try fail("\(path)/model.safetensors: its SHA-256 is \(digest), pinned is \(Models.defaultDigest)")
            }
            let encoder: TransformerEncoder
            do {
                encoder = try TransformerEncoder(folder: path, threads: 1)
            } catch let error as EncoderError {
                try fail(error.description)
            }
            if isPinned, encoder.fingerprint != Models.defaultFingerprint {
                try fail(
                    "\(path): vocab.txt or config.json is not the pinned one (fingerprint \(encoder.fingerprint), "
                        + "pinned is \(Models.defaultFingerprint))")
            }
            let vector = try encoder.encode(["a sentence to encode"])
            let length = vector.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
            guard abs(length - 1) < 1e-3 else { try fail("\(path): a test sentence has length \(length), not 1") }
            Console.print("\(name): \(encoder.dimension) dimensions, sha256 \(digest)")
            Console.print(
                isPinned ? "ok, as pinned" : "ok (nothing is pinned for this model: compare the sha256 yourself)")
        }
    }
}
