import ArgumentParser
import Embedding
import FoundationEssentials
import KnowledgeBase

/// How a search is done; shared by `search` and `query`.
struct RetrievalOptions: ParsableArguments {
    @Option(name: [.customShort("n"), .customShort("k"), .customLong("top-k")], help: "Documents at most.")
    var limit = 10

    @Option(help: "hybrid, lexical or dense.")
    var mode: SearchMode = .hybrid

    @Option(help: "What is searched: articles, tickets or all.")
    var kind: Pool = .articles

    @Flag(help: "Show the arithmetic.")
    var explain = false

    @Flag(help: "Score every article, however many there are; otherwise only candidates from 50,000 passages on.")
    var exact = false

    @Option(parsing: .singleValue, help: "Only documents with this topic.")
    var topic: [String] = []

    @Option(parsing: .singleValue, help: "Only documents of this source.")
    var source: [String] = []

    @Option(help: ArgumentHelp("Only documents updated since, like 2026-01-31.", valueName: "date"))
    var since: String?

    @Option(help: "Only documents in this language; 'en' takes in 'en-US'.")
    var locale: String?

    @Option(help: "Only documents for this version.")
    var version: String?

    @Option(
        help: ArgumentHelp("Only documents with this front-matter field; may be repeated.", valueName: "name=value"))
    var field: [String] = []

    func validate() throws {
        guard (1...1000).contains(limit) else {
            throw ValidationError("-n is \(limit); it must be between 1 and 1000.")
        }
        for (flag, values) in [("--topic", topic), ("--source", source)] where values.count > 1 {
            throw ValidationError("\(flag) is given \(values.count) times; it narrows to one. Ask once for each.")
        }
        if let since, Self.date(since) == nil {
            throw ValidationError("'\(since)' is not a date. Write it as 2026-01-31.")
        }
        for field in field where field.split(separator: "=", maxSplits: 1).count != 2 {
            throw ValidationError("--field \(field): write it as name=value.")
        }
    }

    private static func date(_ text: String) -> Date? {
        (try? Date(text, strategy: .iso8601))
            ?? (try? Date(text, strategy: Date.ISO8601FormatStyle().year().month().day()))
    }

    var search: SearchOptions {
        var options = SearchOptions()
        options.limit = limit
        options.mode = mode
        options.pool = kind
        options.exact = exact
        options.filter.topic = topic.first
        options.filter.source = source.first
        options.filter.since = since.flatMap(Self.date)
        options.filter.locale = locale
        options.filter.version = version
        options.filter.fields = field.map {
            let parts = $0.split(separator: "=", maxSplits: 1).map(String.init)
            return (parts[0], parts[1])
        }
        return options
    }
}

extension SearchMode: ExpressibleByArgument {}
extension Pool: ExpressibleByArgument {}

struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Ranked documents with the evidence of each leg.",
        discussion: "Example: kb search \"reset password\" -n 5 --explain")

    @OptionGroup var input: QuestionOptions
    @OptionGroup var retrieval: RetrievalOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let question = try input.batch == nil ? input.question() : nil
        let engine = try global.engine(
            access: .read, eager: retrieval.mode != .lexical, question: question?.fullText)
        guard let question else {
            var told: Set<String> = []
            let good = try input.eachBatch(input.batch!) { questions in
                for result in try engine.search(questions, options: retrieval.search) {
                    if !global.quiet { Console.tellDamage(result.reading, told: &told) }
                    JSONOutput.print(JSONValue(result, explain: retrieval.explain))
                }
            }
            if !good { throw Outcome.failed }
            return
        }
        let result = try engine.search([question], options: retrieval.search)[0]
        if !global.quiet { Console.explain(result.reading) }
        if output.isJSON {
            JSONOutput.print(JSONValue(result, explain: retrieval.explain))
        } else if result.hits.isEmpty {
            Console.error("nothing found")
        } else {
            for hit in result.hits { print(hit) }
        }
        if result.hits.isEmpty { throw Outcome.nothingFound }
    }

    private func print(_ hit: Hit) {
        let heading = Console.trail(hit.document.title, hit.chunk.headings).map(Console.inline).joined(separator: " › ")
        Console.print(
            "\(hit.rank). \(Console.bold(heading))   \(Console.inline(hit.document.id)):\(hit.chunk.lines.lowerBound)")
        let legs = [
            hit.lexical.map { "bm25 \(JSONOutput.rounded($0.bm25, 2)) (#\($0.rank))" },
            hit.dense.map { "cosine \(JSONOutput.rounded($0.cosine, 3)) (#\($0.rank))" },
        ].compactMap { $0 }.joined(separator: ", ")
        Console.print("   \(JSONOutput.rounded(hit.score, 3))  \(Console.dim(legs))")
        if retrieval.explain {
            let sum = hit.parts.map { "\($0.name) \(JSONOutput.rounded($0.value, 4))" }.joined(separator: " + ")
            Console.print("   = \(sum)")
            for ticket in hit.resolutions?.tickets ?? [] {
                // A mark is named as one already.
                Console.print("     " + (ticket.hasPrefix("mark ") ? "" : "ticket ") + Console.safe(ticket))
            }
        }
        let flat = hit.chunk.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        Console.print("   " + Console.safe(flat.count > 160 ? flat.prefix(159) + "…" : flat))
    }
}
