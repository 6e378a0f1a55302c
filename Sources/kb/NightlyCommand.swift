import ArgumentParser
import FoundationEssentials
import KnowledgeBase

struct NightlyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nightly", abstract: "The night's work: reads what changed, refits if due, replays, reports gaps.",
        discussion: """
            One line a step; a step that fails does not stop the others and makes the exit code 2. The reports of a night are
            in .kb/reports under its date; earlier ones are kept. Where nothing changed nothing is delivered. For systemd and
            cron: scripts/systemd.

            For --mail: KB_SMTP_URL (smtp://host:587, smtps://host:465), KB_MAIL_FROM, and where the server asks for them
            KB_SMTP_USER and KB_SMTP_PASSWORD, from the environment alone; with a password only over an encrypted connection.

            Example: kb nightly --deliver /srv/reports --mail docs@example.com
            """)

    @Option(
        help: ArgumentHelp("Also puts a new gap report into this folder.", valueName: "folder"), completion: .directory)
    var deliver: String?

    @Option(
        help: ArgumentHelp(
            "Mails a new gap report to this address, by the server in KB_SMTP_URL; may be given again.",
            valueName: "address"))
    var mail: [String] = []

    @Option(help: "Days of past tickets that are replayed.")
    var replayDays: Int = 7

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if replayDays < 1 { throw ValidationError("--replay-days \(replayDays): write a number from 1 on.") }
    }

    func run() throws {
        let engine = try global.engine()
        let post = mail.isEmpty ? nil : try MailDelivery(to: mail, environment: GlobalOptions.environment)
        let now = try global.clock()()
        let folder = deliver?.absolutePath(from: FileManager.default.currentDirectoryPath)
        var news: (report: GapReport, page: String)?
        let steps: [(name: String, run: () throws -> String)] = [
            ("ingest", { try ingest(engine) }),
            (
                "calibrate",
                {
                    guard let report = try engine.calibrateIfDue() else { return "not due" }
                    return
                        "\(report.accepted ? "fitted to" : "kept the old fit, not") \(report.fit.source.rawValue), \(report.fit.count) labels"
                }
            ),
            ("replay", { try replay(engine) }),
            (
                "gaps",
                {
                    var request = GapRequest()
                    request.isDelivery = true
                    let report = try engine.gaps(request)
                    let page = GapsPage(report, history: try engine.answeredHistory()).html
                    // Written before it counts as told: a kill in between tells it again.
                    if report.isNews {
                        _ = try engine.keepReport(page, name: "gaps-\(engine.today).html")
                        _ = try engine.keepReport(
                            try JSONOutput.line(GapsJSON(report)) + "\n", name: "gaps-\(engine.today).json")
                        news = (report, page)
                    }
                    return report.changes
                }
            ),
            (
                "deliver",
                {
                    guard let news else { return "nothing new, nothing delivered" }
                    var detail = "\(engine.location.reports)/gaps-\(engine.today).html"
                    if let folder {
                        guard FileManager.default.fileExists(atPath: folder) else {
                            throw KnowledgeBaseError.invalidArgument(
                                "\(folder) does not exist, so nothing was delivered; the next night tells it again. Make "
                                    + "it: mkdir -p \(folder)")
                        }
                        detail = "\(folder)/gaps-\(engine.today).html"
                        try Data(news.page.utf8).write(to: URL(filePath: detail), options: .atomic)
                    }
                    if let post {
                        try post.send(
                            subject: "Knowledge gaps: \(news.report.changes)", text: MailText.text(news.report),
                            page: news.page,
                            name: "gaps-\(engine.today).html", at: now)
                        detail += ", mailed to \(mail.joined(separator: " "))"
                    }
                    try engine.markDelivered(news.report)
                    return detail
                }
            ),
        ]
        let finished = try engine.nightly(steps) { step in
            guard !output.isJSON, !global.quiet else { return }
            Console.print(
                Console.safe("\(step.name.padded(10)) \(step.ok ? "ok" : "failed")  \(step.seconds) s  \(step.detail)"))
            Console.flush()
        }
        if output.isJSON { try JSONOutput.print(["steps": finished]) }
        if finished.contains(where: { !$0.ok }) { throw Outcome.failed }
    }

    private func ingest(_ engine: Engine) throws -> String {
        let report = try engine.ingest(IngestRequest())
        let sum = report.sources.reduce((0, 0, 0)) { ($0.0 + $1.added, $0.1 + $1.updated, $0.2 + $1.removed) }
        let bad = report.sources.flatMap(\.skipped).filter { !$0.intended }.count
        return "\(sum.0) added, \(sum.1) updated, \(sum.2) removed"
            + (bad > 0 ? ", \(bad) could not be read" : "")
            + (report.gapsClosed.isEmpty ? "" : "; gaps closed: \(report.gapsClosed.joined(separator: " "))")
            + (report.gapsReopened.isEmpty ? "" : "; gaps reopened: \(report.gapsReopened.joined(separator: " "))")
    }

    /// The newest tickets of each source of tickets, as the policy would have handled them.
    private func replay(_ engine: Engine) throws -> String {
        var parts: [String] = []
        for source in try engine.sources() where source.kind == "tickets" {
            var request = ReplayRequest(path: source.path)
            request.since = try global.clock()().addingTimeInterval(-Double(replayDays) * 86_400)
            let report = try engine.replay(request)
            if report.tickets.isEmpty {
                parts.append("\(source.name): no ticket of the last \(replayDays) days")
                continue
            }
            let name = "replay-\(source.name)-\(engine.today).html"
            parts.append(
                "\(source.name): \(report.tickets.count) tickets, \(try engine.keepReport(ReplayPage(report).html, name: name))"
            )
        }
        return parts.isEmpty ? "no source of tickets" : parts.joined(separator: "; ")
    }
}
