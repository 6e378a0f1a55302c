import ArgumentParser
import FoundationEssentials
import KnowledgeBase

struct QueueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue", abstract: "What waits, by what waiting costs; each place with its reasons.",
        discussion: "Example: kb queue -n 10")

    @Option(name: .shortAndLong, help: ArgumentHelp("Only the first so many.", valueName: "n")) var number: Int?
    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    private struct Place: Encodable {
        struct Why: Encodable {
            var what: String
            var cost: Double
        }
        var place: Int
        var id: String
        var subject: String
        var state: String
        var owner: String
        var cost: Double
        var reasons: [Why]
        @Nullable var dueAt: Date?
    }

    func validate() throws {
        if let number, number < 1 { throw ValidationError("-n is \(number); it must be 1 or more.") }
    }

    func run() throws {
        let all = try global.engine(access: nil).queue()
        let places = all.prefix(number ?? all.count).enumerated()
        if output.isJSON {
            return try JSONOutput.print([
                "queue": places.map { place, item in
                    Place(
                        place: place + 1, id: item.item.id, subject: item.item.subject, state: item.item.state.rawValue,
                        owner: item.item.owner.text, cost: item.cost,
                        reasons: item.reasons.map { .init(what: $0.what, cost: $0.cost) }, dueAt: item.item.dueAt)
                }
            ])
        }
        for (place, item) in places {
            Console.print(
                "\(String(place + 1).leftPadded(4))  \(Console.inline(item.item.id).padded(14)) \(Console.inline(item.item.owner.name).padded(10)) "
                    + Console.inline(String(item.item.subject.prefix(50))))
            Console.print(
                Console.dim(
                    "      "
                        + item.reasons.prefix(4).map { "\(Console.inline($0.what)) \($0.cost)" }.joined(separator: ", ")
                ))
        }
        if all.isEmpty { Console.error("nothing waits") }
    }
}

struct ForgetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget", abstract: "Removes every trace of a customer or a ticket; the journal still verifies.",
        discussion: """
            Cases, messages, past tickets, logged questions, marks, vectors, reports, free pages of the database. Who is known
            from past tickets or logged questions alone is found by their address, however it is written there. Files
            outside of the folder (exports, what kb outbox render wrote, backups) are yours to remove; an export that still
            holds it does not bring it back. --yes leaves out the question.

            Example: kb forget --customer ann@example.com --yes
            """)

    @Option(help: ArgumentHelp("c_…, an address, or an account's id.", valueName: "id")) var customer: String?
    @Option(help: ArgumentHelp("A ticket's or case's id.", valueName: "id")) var ticket: String?
    @Flag(help: "Do it without asking.") var yes = false
    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    private struct Result: Encodable {
        var cases: [String]
        var tickets: [String]
        var customers: [String]
        var questions: Int
        var marks: Int
        var gaps: Int
        var payloads: Int
        var blotted: Int
    }

    func validate() throws {
        if (customer == nil) == (ticket == nil) { throw ValidationError("Give --customer or --ticket.") }
    }

    func run() throws {
        let engine = try global.engine()
        if !yes {
            Console.error("This cannot be undone. Forget \(Console.inline(customer ?? ticket ?? ""))? Type yes:")
            var reader = try LineReader("-")
            let line = reader.next(1).first.map { String(decoding: $0, as: UTF8.self) } ?? ""
            guard line.filter({ !$0.isWhitespace }) == "yes" else {
                throw KnowledgeBaseError.invalidArgument(
                    "Nothing was removed: the answer was not yes. Without a question: --yes.")
            }
        }
        let report = try engine.forget(customer: customer, ticket: ticket)
        if output.isJSON {
            return try JSONOutput.print(
                Result(
                    cases: report.cases, tickets: report.tickets, customers: report.customers,
                    questions: report.questions,
                    marks: report.marks, gaps: report.gaps, payloads: report.payloads, blotted: report.blotted))
        }
        Console.print(
            "removed \(report.cases.count) cases, \(report.tickets.count) past tickets, \(report.customers.count) customers, "
                + "\(report.questions) questions, \(report.marks) marks, \(report.payloads) payloads of the journal")
        Console.error(
            "not removed: exports, rendered files and backups outside of \(Console.safe(engine.location.state))")
    }
}
