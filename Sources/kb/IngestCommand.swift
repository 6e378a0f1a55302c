import ArgumentParser
import FoundationEssentials
import KnowledgeBase

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

struct IngestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest", abstract: "Reads articles and past tickets; again, only what changed.",
        discussion: """
            Each path becomes a source and is synced: adds, updates and removes by content, within that source only.
            Without a path all known sources are refreshed.

            Example: kb ingest docs/ tickets.jsonl
            """)

    @Argument(help: "Folders or files.", completion: .file())
    var paths: [String] = []

    @Option(help: "Name of the source; by default the last part of the path.")
    var source: String?

    @Option(help: "What the path holds, where the content does not say: articles or tickets.")
    var kind: Kind?

    @Flag(help: "Say what would happen and change nothing.")
    var dryRun = false

    @Flag(help: "Let more than a fifth of a source vanish.")
    var allowRemovals = false

    @Flag(help: "Encode everything anew with the encoder in use.")
    var reencode = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    enum Kind: String, ExpressibleByArgument, CaseIterable { case articles, tickets }

    func validate() throws {
        if let source, source.isEmpty || source.contains("/") {
            throw ValidationError("A source's name must not be empty or contain '/'.")
        }
    }

    func run() throws {
        let current = FileManager.default.currentDirectoryPath
        var request = IngestRequest()
        request.paths = paths.map { $0.absolutePath(from: current) }
        request.source = source
        request.kind = kind.map { $0 == .tickets ? .tickets : .articles }
        request.dryRun = dryRun
        request.allowRemovals = allowRemovals
        request.reencode = reencode
        for path in request.paths where !FileManager.default.fileExists(atPath: path) {
            throw KnowledgeBaseError.unreadable(path: path, reason: "no such file or folder")
        }
        let create = !paths.isEmpty || global.located.location.hasSettings
        let engine = try global.engine(create: create)
        Interruption.explain()
        let progress = ProgressLine(enabled: Console.stderrIsTerminal && !global.quiet && !output.isJSON)
        let report = try engine.ingest(request) { progress.show($0) }
        progress.clear()
        if output.isJSON {
            try JSONOutput.print(IngestJSON(report))
        } else {
            print(report)
        }
    }

    private func print(_ report: IngestReport) {
        for source in report.sources {
            let counts = [
                ("added", source.added), ("updated", source.updated), ("removed", source.removed),
                ("unchanged", source.unchanged),
            ].filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
            let verb = report.dryRun ? "would be " : ""
            Console.print(
                "\(source.name) (\(source.kind)): "
                    + (counts.isEmpty ? "nothing to do" : verb + counts.joined(separator: ", ")))
            let left = [
                ("automatic", source.automatic), ("spam", source.spam), ("merged or deleted", source.merged),
                ("forgotten", source.forgotten),
            ].filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
            if !left.isEmpty { Console.print("  left out: " + left.joined(separator: ", ")) }
            printSkipped(source.skipped)
            for item in source.faults.prefix(global.verbose ? .max : 20) {
                Console.error("  \(Console.inline(item.path)): \(Console.inline(item.reason))")
            }
        }
        for (what, ids) in [("closed", report.gapsClosed), ("reopened", report.gapsReopened)] where !ids.isEmpty {
            Console.print("gaps \(what): \(ids.joined(separator: ", ")) (kb gaps show ID tells why)")
        }
        if report.links.seen > 0 {
            Console.print(
                "article links in agents' replies: \(report.links.seen) seen, \(report.links.matched) matched")
            for link in report.links.unmatched.prefix(3) {
                Console.print("  not matched: \(Console.safe(link.url)) (\(link.count))")
            }
            if report.links.unmatched.count > 3 {
                Console.print("  … and \(report.links.unmatched.count - 3) more")
            }
        }
        let seconds = JSONOutput.rounded(report.milliseconds / 1000, 1)
        if !global.quiet, let made = report.calibration, made.milliseconds >= 1_000 {
            Console.error(
                "the confidence was fitted anew, since the base has changed: "
                    + "\(JSONOutput.rounded(made.milliseconds / 1000, 1)) s of the time")
        }
        if !global.quiet { Console.error("\(report.encoded) passages encoded, \(seconds) s") }
    }

    /// Files left out: wrong ones one by one, intended ones as a count a reason (all with --verbose).
    private func printSkipped(_ skipped: [IngestReport.Skipped]) {
        let shown = global.verbose ? skipped : skipped.filter { !$0.intended }
        for item in shown.prefix(global.verbose ? .max : 20) {
            Console.error("  skipped \(Console.inline(item.path)): \(Console.inline(item.reason))")
        }
        if shown.count > 20, !global.verbose {
            Console.error("  … and \(shown.count - 20) more (--verbose lists them)")
        }
        guard !global.verbose, !global.quiet else { return }
        let groups = Dictionary(grouping: skipped.filter(\.intended), by: \.reason)
        for (reason, items) in groups.sorted(by: {
            $0.value.count != $1.value.count ? $0.value.count > $1.value.count : $0.key < $1.key
        }) {
            let names = items.prefix(3).map { Console.inline($0.path) } + (items.count > 3 ? ["…"] : [])
            Console.error("  left out \(items.count): \(Console.safe(reason)) (\(names.joined(separator: ", ")))")
        }
    }
}

/// What Ctrl-C says while an ingest runs.
enum Interruption {
    private static let message: StaticString =
        "\nStopped. What is done is kept: the same command goes on from there.\n"

    /// Only in a handler's reach: writing a constant and ending the process.
    static func explain() {
        signal(SIGINT) { _ in
            _ = write(2, Interruption.message.utf8Start, Interruption.message.utf8CodeUnitCount)
            signal(SIGINT, SIG_DFL)
            raise(SIGINT)
        }
    }
}

extension Location {
    var hasSettings: Bool { FileManager.default.fileExists(atPath: settings) }
}

/// One redrawn line with rate and time left; only on a terminal.
final class ProgressLine {
    private let enabled: Bool
    private let started = ContinuousClock.now
    private var shown = false

    init(enabled: Bool) { self.enabled = enabled }

    func show(_ progress: IngestProgress) {
        guard enabled else { return }
        let seconds = max(0.001, Double((ContinuousClock.now - started).components.seconds))
        let rate = Int(Double(progress.encoded) / seconds)
        let files = progress.files > 0 ? "  \(progress.filesDone)/\(progress.files) files" : ""
        var line = "\(Console.inline(progress.source))\(files)  \(progress.encoded) passages  \(rate)/s"
        if progress.filesDone > 0, progress.filesDone < progress.files {
            let left = Int(seconds / Double(progress.filesDone) * Double(progress.files - progress.filesDone))
            line += "  \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left"
        }
        Console.errorInPlace(line)
        shown = true
    }

    func clear() {
        if shown { Console.errorInPlace("") }
    }
}

struct IngestJSON: Encodable {
    struct SkippedJSON: Encodable {
        var path: String
        var reason: String
        var intended: Bool
    }
    struct SourceJSON: Encodable {
        var name: String
        var path: String
        var kind: String
        var added: Int
        var updated: Int
        var removed: Int
        var unchanged: Int
        var passages: Int
        var skipped: [SkippedJSON]
        var faults: [SkippedJSON]
        var leftOut: [String: Int]
    }
    struct LinksJSON: Encodable {
        var seen: Int
        var matched: Int
        var unmatched: [LinkReport.Unmatched]
    }

    var status: String
    var dryRun: Bool
    var sources: [SourceJSON]
    var links: LinksJSON
    var encoded: Int
    var gapsClosed: [String]
    var gapsReopened: [String]
    var tookMs: Double

    init(_ report: IngestReport) {
        (gapsClosed, gapsReopened) = (report.gapsClosed, report.gapsReopened)
        dryRun = report.dryRun
        sources = report.sources.map { source in
            SourceJSON(
                name: source.name, path: source.path, kind: source.kind, added: source.added, updated: source.updated,
                removed: source.removed, unchanged: source.unchanged, passages: source.passages,
                skipped: source.skipped.map { .init(path: $0.path, reason: $0.reason, intended: $0.intended) },
                faults: source.faults.map { .init(path: $0.path, reason: $0.reason, intended: $0.intended) },
                leftOut: [
                    "automatic": source.automatic, "spam": source.spam, "merged": source.merged,
                    "forgotten": source.forgotten,
                ])
        }
        status = report.sources.contains { $0.skipped.contains { !$0.intended } } ? "degraded" : "ok"
        links = LinksJSON(seen: report.links.seen, matched: report.links.matched, unmatched: report.links.unmatched)
        encoded = report.encoded
        tookMs = JSONOutput.rounded(report.milliseconds, 1)
    }
}
