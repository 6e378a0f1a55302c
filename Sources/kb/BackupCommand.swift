import ArgumentParser
import FoundationEssentials
import KnowledgeBase

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Writes a consistent copy into one file, while others work.",
        discussion: "Example: kb backup monday.kb")

    @Argument(help: "A new file.", completion: .file())
    var file: String

    @OptionGroup var global: GlobalOptions

    func run() throws {
        let path = file.absolutePath(from: FileManager.default.currentDirectoryPath)
        try global.engine(access: .read).backup(to: path)
        Console.print("wrote \(path)")
    }
}

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Replaces the state by that of a backup.",
        discussion: "Example: kb restore monday.kb")

    @Argument(help: "A file that kb backup wrote.", completion: .file())
    var file: String

    @OptionGroup var global: GlobalOptions

    func run() throws {
        let path = file.absolutePath(from: FileManager.default.currentDirectoryPath)
        let engine = try openOrSetAside()
        try engine.restore(from: path)
        let status = try engine.status()
        Console.print("restored \(status.folder): \(status.articles) articles, \(status.tickets) past tickets")
    }

    /// Opens what is there; a database that cannot be opened is kept under another name and a new one takes its place.
    private func openOrSetAside() throws -> Engine {
        do {
            return try global.engine(create: true)
        } catch {
            let database = global.located.location.database
            switch KnowledgeBaseError.explained(error, database: database) as? KnowledgeBaseError {
            case .damaged, .newerSchema: break
            // A migration that stumbles over tables of another shape.
            case .database where FileManager.default.isWritableFile(atPath: database): break
            default: throw error
            }
            let aside = database + ".damaged"
            let manager = FileManager.default
            try? manager.removeItem(atPath: aside)
            try manager.moveItem(atPath: database, toPath: aside)
            for path in [database + "-wal", database + "-shm", global.located.location.vectors] {
                try? manager.removeItem(atPath: path)
            }
            Console.error("kept the damaged database as \(aside)")
            return try global.engine(create: true)
        }
    }
}
