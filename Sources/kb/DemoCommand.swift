import ArgumentParser
import FoundationEssentials
import KnowledgeBase

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Ingests the built-in help centre into a knowledge base of its own and asks it.",
        discussion: "Example: kb demo")

    @OptionGroup var global: GlobalOptions

    func run() throws {
        guard let corpus = Self.corpus() else {
            throw KnowledgeBaseError.unreadable(
                path: "corpus", reason: "the demo's articles are not beside the program. Set KB_CORPUS to their folder")
        }
        var options = global
        let base =
            GlobalOptions.environment["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
            ?? (GlobalOptions.environment["HOME"] ?? "") + "/.cache"
        options.folder = base + "/kb/demo/.kb"
        let engine = try options.engine(create: true)
        var request = IngestRequest()
        request.paths = [corpus + "/articles", corpus + "/tickets.jsonl"]
        let progress = ProgressLine(enabled: Console.stderrIsTerminal && !global.quiet)
        let report = try engine.ingest(request) { progress.show($0) }
        progress.clear()
        let status = try engine.status()
        Console.print(
            "The Tallybird help centre: \(status.articles) articles, \(status.tickets) past tickets, "
                + "\(report.links.matched) links in replies.")
        for question in [
            "How do I stop reminders for one client only?", "My timer keeps stopping when I leave my desk",
        ] {
            Console.print()
            Console.print(Console.bold("? \(question)"))
            try engine.answer([Question(text: question)], options: SearchOptions(), log: false) {
                AnswerText.print($0, explain: false, isLogged: false)
            }
        }
        Console.print()
        Console.print("Ask your own:  kb query --kb \(engine.location.state) \"…\"")
    }

    /// `$KB_CORPUS`, else `corpus/` in the current folder, above the program itself (links followed) or where it was built.
    private static func corpus(builtFrom file: String = #filePath) -> String? {
        var candidates = [FileManager.default.currentDirectoryPath + "/corpus"]
        if let named = GlobalOptions.environment["KB_CORPUS"] { candidates.insert(named, at: 0) }
        // The first is a path, a link or, from PATH, a bare name; the second is always the program.
        let program =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        for start in [program.absolutePath(from: FileManager.default.currentDirectoryPath), file] {
            var folder = start
            for _ in 0..<5 {
                folder = String(folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)])
                candidates.append(folder + "/corpus")
            }
        }
        return candidates.first { FileManager.default.fileExists(atPath: $0 + "/articles") }
    }
}
