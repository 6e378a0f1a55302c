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
                throw KnowledgeBaseError.unreadable(path: target, reason: "the model cannot be copied (\(error))")
            }
            Console.print("added \(name): \(encoder.dimension) dimensions, \(encoder.maximumTokens) tokens")
            Console.print("use it: kb ingest --reencode --model \(name)")
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
            let encoder = try Models.open(name, environment: GlobalOptions.environment, threads: 1)
            let path = name.contains("/") ? name : resolved.models.value + "/" + name
            let digest = try Models.digest(ofWeightsIn: path)
            let vector = try encoder.encode(["a sentence to encode"])
            let length = vector.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
            Console.print("\(name): \(encoder.dimension) dimensions, sha256 \(digest)")
            guard abs(length - 1) < 1e-3 else {
                throw KnowledgeBaseError.damaged(path: path, reason: "a test sentence has length \(length), not 1")
            }
            if name == Models.defaultName, digest != Models.defaultDigest {
                Console.print("FAIL expected sha256 \(Models.defaultDigest)  Next: scripts/setup")
                throw Outcome.gateFailed
            }
            Console.print("ok")
        }
    }
}
