import ArgumentParser
import FoundationEssentials
import KnowledgeBase

struct SourcesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sources",
        abstract: "Lists the sources; removes one with its documents, or says where its folder is now.",
        discussion: "Example: kb sources rm help", subcommands: [List.self, Remove.self, Move.self],
        defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ls", abstract: "Lists the sources.", discussion: "Example: kb sources ls --json")

        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions

        private struct Row: Encodable {
            var name: String
            var path: String
            var kind: String
            var documents: Int
            @Nullable var ingestedAt: Date?
        }

        func run() throws {
            let rows = try global.engine(access: .read).sources().map {
                Row(name: $0.name, path: $0.path, kind: $0.kind, documents: $0.documents, ingestedAt: $0.ingestedAt)
            }
            if output.isJSON { return try JSONOutput.print(["sources": rows]) }
            let width = rows.map(\.name.count).max() ?? 0
            for row in rows {
                let time = row.ingestedAt.map(JSONOutput.time) ?? "never finished"
                Console.print(
                    "\(row.name.padded(width))  \(row.documents) \(row.kind)  \(row.path)  \(Console.dim(time))")
            }
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rm", abstract: "Removes a source with its documents.",
            discussion: "Example: kb sources rm help")

        @Argument(help: "The source's name.")
        var name: String

        @OptionGroup var global: GlobalOptions

        func run() throws {
            let count = try global.engine().removeSource(name)
            Console.print("removed \(Console.inline(name)): \(count) document\(count == 1 ? "" : "s")")
        }
    }

    struct Move: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "mv",
            abstract: "Says that a source's folder is elsewhere now; kb ingest then syncs it from there.",
            discussion: "Example: kb sources mv help ../help")

        @Argument(help: "The source's name.")
        var name: String

        @Argument(help: "Where its folder or file is now.", completion: .file())
        var path: String

        @OptionGroup var global: GlobalOptions

        func run() throws {
            let absolute = path.absolutePath(from: FileManager.default.currentDirectoryPath)
            try global.engine().moveSource(name, to: absolute)
            Console.print("\(Console.inline(name)) is at \(Console.inline(absolute)) now; next: kb ingest")
        }
    }
}
