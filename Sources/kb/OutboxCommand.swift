import ArgumentParser
import FoundationEssentials
import KnowledgeBase

struct OutboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "What goes out: to customers, colleagues, the lead.",
        discussion: """
            A row is written with the case that brings it about. Its key never changes: a sender that has seen a key sends nothing.

            Example: kb outbox render out/
            """,
        subcommands: [List.self, Render.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ls", abstract: "The rows, in the order they were written.",
            discussion: "Example: kb outbox ls --jsonl")
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions

        func run() throws {
            let engine = try global.engine(access: nil)
            if output.jsonl { return try engine.eachOutboxItem { try JSONOutput.print(OutboxJSON($0)) } }
            if output.json { return try JSONOutput.print(["outbox": engine.outbox().map(OutboxJSON.init)]) }
            var isEmpty = true
            try engine.eachOutboxItem { item in
                isEmpty = false
                Console.print(
                    "\(JSONOutput.time(item.at))  \(item.kind.padded(13)) to \(Console.inline(item.recipient).padded(16)) "
                        + Console.inline(item.caseID ?? "") + "  "
                        + Console.dim(Console.inline(String(item.text.prefix(60)))))
            }
            if isEmpty { Console.error("nothing goes out yet: kb ticket run --all") }
        }
    }

    struct Render: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes each row as a file, for a sender to pick up; what is there already is left alone.",
            discussion: "Example: kb outbox render out/")
        @Argument(help: "The folder.", completion: .directory) var folder: String
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions

        private struct File: Encodable {
            var key: String
            @Nullable var `case`: String?
            var kind: String
            var recipient: String
            @Nullable var address: String?
            var text: String
            var body: String
            var at: Date
        }

        func run() throws {
            let engine = try global.engine(access: nil)
            let path = folder.absolutePath(from: FileManager.default.currentDirectoryPath)
            let manager = FileManager.default
            do { try manager.createDirectory(atPath: path, withIntermediateDirectories: true) } catch {
                throw KnowledgeBaseError.unwritable(path: path)
            }
            var (written, there) = (0, 0)
            try engine.eachOutboxItem { item in
                // The key may hold anything: the name is its digest.
                let file = path + "/" + item.fileName
                guard !manager.fileExists(atPath: file) else {
                    there += 1
                    return
                }
                let text = try JSONOutput.line(
                    File(
                        key: item.key, case: item.caseID, kind: item.kind, recipient: item.recipient,
                        address: item.address, text: item.text,
                        body: item.body, at: item.at), pretty: true)
                do { try Data((text + "\n").utf8).write(to: URL(filePath: file), options: .atomic) } catch {
                    throw KnowledgeBaseError.unwritable(path: file)
                }
                written += 1
            }
            if output.isJSON { return try JSONOutput.print(["written": written, "there": there]) }
            Console.print(
                "wrote \(written) file\(written == 1 ? "" : "s") to \(Console.safe(folder)), \(there) were there"
            )
        }
    }
}

struct JournalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "The record of everything done to cases: append-only, hash-chained.",
        discussion: "Example: kb journal verify",
        subcommands: [List.self, Verify.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ls", abstract: "The entries, oldest first.", discussion: "Example: kb journal --jsonl")
        @Option(help: ArgumentHelp("Only entries after this number.", valueName: "n")) var since: Int64 = 0
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions

        func run() throws {
            let engine = try global.engine(access: nil)
            if output.jsonl {
                return try engine.eachJournalEntry(since: since) { try JSONOutput.print(JournalJSON($0)) }
            }
            let entries = try engine.journal(since: since)
            if output.json { return try JSONOutput.print(["entries": entries.map(JournalJSON.init)]) }
            for entry in entries {
                Console.print(
                    "#\(entry.seq)  \(JSONOutput.time(entry.at))  \(entry.kind.padded(19)) \(entry.ref)  by \(entry.actor)"
                )
            }
            if entries.isEmpty { Console.error("the journal is empty") }
        }
    }

    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Walks the chain; exit code 3 when something was changed.",
            discussion: """
                Note the last hash somewhere else and give it as --head later: what was cut off the end shows by that alone.

                Example: kb journal verify
                """)
        @Option(help: ArgumentHelp("A last hash noted earlier.", valueName: "hash")) var head: String?
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions

        private struct Result: Encodable {
            var whole: Bool
            var entries: Int
            var removed: Int
            var head: String
            @Nullable var problem: String?
        }

        func run() throws {
            let verdict = try global.engine(access: nil).verifyJournal(head: head)
            if output.isJSON {
                try JSONOutput.print(
                    Result(
                        whole: verdict.isWhole, entries: verdict.entries, removed: verdict.removed, head: verdict.head,
                        problem: verdict.problem))
            } else if let problem = verdict.problem {
                Console.print("not whole: \(problem)")
            } else {
                Console.print(
                    "whole: \(verdict.entries) entries, \(verdict.removed) payloads removed, last hash \(verdict.head)")
            }
            if !verdict.isWhole { throw Outcome.gateFailed }
        }
    }
}
