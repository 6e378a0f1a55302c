import ArgumentParser
import FoundationEssentials
import KnowledgeBase

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "What is in the knowledge base.", discussion: "Example: kb status --json")

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    private struct StatusJSON: Encodable {
        var kb: String
        var articles: Int
        var tickets: Int
        var passages: Int
        var links: Int
        var questions: Int
        var databaseBytes: Int
        var vectorBytes: Int
        @Nullable var encoder: String?
        @Nullable var lastIngest: Date?
        var unfinishedFiles: Int
        var bands: [BandRecordJSON]
    }

    func run() throws {
        let engine = try global.engine(access: .read)
        let status = try engine.status()
        // A policy with a mistake in it does not keep the rest from being shown.
        var records = BandRecords(records: [], hasOwnFit: false)
        do {
            records = try engine.bandRecords()
        } catch let error as KnowledgeBaseError {
            Console.error(error.description)
        }
        if output.isJSON {
            return try JSONOutput.print(
                StatusJSON(
                    kb: status.folder, articles: status.articles, tickets: status.tickets, passages: status.passages,
                    links: status.links, questions: status.questions, databaseBytes: status.databaseBytes,
                    vectorBytes: status.vectorBytes, encoder: status.fingerprint, lastIngest: status.lastIngest,
                    unfinishedFiles: status.unfinishedFiles, bands: records.records.map(BandRecordJSON.init)))
        }
        let megabytes = { (bytes: Int) in "\(JSONOutput.rounded(Double(bytes) / 1_048_576, 1)) MB" }
        let rows = [
            ("knowledge base", status.folder), ("articles", String(status.articles)),
            ("past tickets", String(status.tickets)), ("passages", String(status.passages)),
            ("article links in replies", String(status.links)), ("questions logged", String(status.questions)),
            ("database", megabytes(status.databaseBytes)), ("vectors file", megabytes(status.vectorBytes)),
            ("last ingest", status.lastIngest.map(JSONOutput.time) ?? "never"),
        ]
        for (name, value) in rows { Console.print("\(name.padded(26))\(value)") }
        Console.print()
        if !records.records.isEmpty { BandRecordText.print(records) }
        if engine.isIngesting { return Console.error("an ingest is running: what it has read is searched already") }
        if status.articles == 0 { Console.error("nothing to answer from yet: kb ingest FOLDER") }
        if status.unfinishedFiles > 0 {
            let files = status.unfinishedFiles == 1 ? "1 file was" : "\(status.unfinishedFiles) files were"
            Console.error("\(files) cut off: kb ingest")
        }
    }
}

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Checks that everything fits together; exit code 3 when something does not.",
        discussion: "Example: kb doctor")

    @Flag(help: "Make the derived parts anew first: the text index and the vectors file.")
    var repair = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    private struct CheckJSON: Encodable {
        var name: String
        var passed: Bool
        var detail: String
        @Nullable var next: String?
    }

    private struct Report: Encodable {
        var healthy: Bool
        var checks: [CheckJSON]
    }

    func run() throws {
        let checks = try checks()
        let healthy = checks.allSatisfy(\.passed)
        if output.isJSON {
            try JSONOutput.print(
                Report(
                    healthy: healthy,
                    checks: checks.map {
                        CheckJSON(name: $0.name, passed: $0.passed, detail: $0.detail, next: $0.passed ? nil : $0.next)
                    }))
        } else {
            for check in checks {
                let next = check.passed ? "" : check.next.map { "  Next: \($0)" } ?? ""
                Console.print("\(check.passed ? "ok  " : "FAIL") \(check.name.padded(24)) \(check.detail)\(next)")
            }
        }
        if !healthy { throw Outcome.gateFailed }
    }

    /// A base that cannot even be opened is one failed check.
    private func checks() throws -> [Check] {
        do {
            return try global.engine(access: repair ? .write : nil).doctor(repair: repair)
        } catch {
            let path = global.located.location.database
            guard
                case KnowledgeBaseError.damaged(_, let reason)? = KnowledgeBaseError.explained(error, database: path)
                    as? KnowledgeBaseError
            else { throw error }
            return [Check.damaged(database: path, reason: reason)]
        }
    }
}
