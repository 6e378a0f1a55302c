import ArgumentParser
import FoundationEssentials
import KnowledgeBase

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "The gate for a docs repository: which questions a change answers or breaks.",
        discussion: """
            Compares the articles on disk with those of a commit by asking the same questions in both. Needs no knowledge
            base. Exit code 3 when more than --max-broken questions break.

            Example: kb check docs --questions questions.jsonl --against origin/main
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, md, github }

    @Argument(help: "A folder of articles in a git repository.", completion: .directory)
    var folder: String

    @Option(help: ArgumentHelp("What kb export --questions wrote.", valueName: "file"), completion: .file())
    var questions: String

    @Option(help: ArgumentHelp("The state to compare with: a branch, a tag or a commit.", valueName: "gitref"))
    var against: String = "HEAD"

    @Option(help: "text, md or github (annotations of a workflow).")
    var format: Format = .text

    @Option(help: "How many questions may break.")
    var maxBroken: Int = 0

    @Option(
        help: ArgumentHelp("Keeps vectors here, so that the next run encodes only what differs.", valueName: "folder"),
        completion: .directory)
    var cache: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if maxBroken < 0 { throw ValidationError("--max-broken \(maxBroken): write a number from 0 on.") }
        if against.isEmpty { throw ValidationError("--against: write a branch, a tag or a commit.") }
    }

    func run() throws {
        let current = FileManager.default.currentDirectoryPath
        let path = folder.absolutePath(from: current)
        var isFolder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
            throw KnowledgeBaseError.unreadable(path: path, reason: "no such folder")
        }
        let request = CheckRequest(
            folder: path, questions: try CheckQuestion.read(questions.absolutePath(from: current)), against: against,
            cache: cache?.absolutePath(from: current))
        let resolved = try Configuration.resolve(global, location: global.located.location)
        let (name, threads) = (resolved.model.value, resolved.threads.value)
        let progress = ProgressLine(enabled: Console.stderrIsTerminal && !global.quiet && !output.isJSON)
        let report = try DocsCheck(
            request, encoder: { try Models.open(name, environment: GlobalOptions.environment, threads: threads) }
        ).run(progress: { progress.show($0) })
        progress.clear()
        let text = CheckText(report, maxBroken: maxBroken)
        if output.isJSON {
            try JSONOutput.print(CheckJSON(report, maxBroken: maxBroken))
        } else {
            switch format {
            case .text: Console.print(text.text, terminator: "")
            case .md: Console.print(text.markdown, terminator: "")
            case .github: Console.print(text.github, terminator: "")
            }
        }
        if report.breaks.count > maxBroken { throw Outcome.gateFailed }
    }
}
