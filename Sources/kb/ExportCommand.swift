import ArgumentParser
import FoundationEssentials
import KnowledgeBase

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes questions with their articles into a file for a docs repository.",
        discussion: """
            One JSON line each: the question and the article that answered it, by a mark, an agent's link or a gap's proof; \
            questions of open gaps have none. kb check holds a change of the articles to them.

            Example: kb export --questions --redacted questions.jsonl
            """)

    @Flag(help: "Past questions with the articles that answered them.")
    var questions = false

    @Flag(help: "Without personal data, greetings, signatures and ticket ids: for a file that is committed.")
    var redacted = false

    @Option(help: ArgumentHelp("Only what was asked from this moment on.", valueName: "time"))
    var since: String?

    @Option(name: [.customShort("n"), .long], help: "At most so many, the newest.")
    var limit: Int = 2000

    @Argument(help: "A file; else standard output.", completion: .file())
    var file: String?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if !questions { throw ValidationError("Say what to export: kb export --questions.") }
        if limit < 1 { throw ValidationError("--limit \(limit): write a number from 1 on.") }
        if let since, GapsCommand.time(since) == nil {
            throw ValidationError("--since \(since): write a time as 2026-01-31 or 2026-01-31T09:00:00Z.")
        }
    }

    func run() throws {
        var request = ExportRequest()
        (request.redacted, request.limit, request.since) = (redacted, limit, since.flatMap(GapsCommand.time))
        let found = try global.engine(access: nil).exportQuestions(request)
        let lines = try found.map { try CheckText.line($0) + "\n" }.joined()
        guard let file else { return Console.print(lines, terminator: "") }
        let path = file.absolutePath(from: FileManager.default.currentDirectoryPath)
        do {
            try Data(lines.utf8).write(to: URL(filePath: path))
        } catch {
            throw KnowledgeBaseError.unwritable(path: path)
        }
        guard !global.quiet else { return }
        let gaps = Set(found.compactMap(\.gap)).count
        Console.error(
            "\(found.count) questions, \(found.filter { $0.expected != nil }.count) with their article; \(gaps) open gaps. "
                + (redacted
                    ? "Look them through before you commit: \(GapsText.redactionNote)"
                    : "They are as customers wrote them; for a repository: --redacted."))
    }
}
