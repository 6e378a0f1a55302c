import ArgumentParser
import FoundationEssentials
import KnowledgeBase

struct CustomerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customer", abstract: "Who writes: identities, plan, past cases, promises, mood.",
        discussion: "Example: kb customer show ann@example.com",
        subcommands: [List.self, Show.self, Import.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ls", abstract: "The customers.", discussion: "Example: kb customer ls")
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions

        private struct Item: Encodable {
            var id: String
            var identity: String
            var cases: Int
        }

        func run() throws {
            let customers = try global.engine(access: nil).customers()
            if output.isJSON {
                return try JSONOutput.print([
                    "customers": customers.map { Item(id: $0.id, identity: $0.identity, cases: $0.cases) }
                ])
            }
            for item in customers {
                Console.print(
                    "\(item.id.padded(14)) \(String(item.cases).leftPadded(4))  \(Console.inline(item.identity))")
            }
            if customers.isEmpty { Console.error("no customers yet: kb customer import FILE, kb ticket intake FILE") }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Everything known of one customer, each fact with its source and date.",
            discussion: "Example: kb customer show ann@example.com")
        @Argument(help: "c_…, an address, or an account's id.") var id: String
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions

        func run() throws {
            let engine = try global.engine(access: nil)
            let record = try engine.customer(id)
            if output.isJSON { return try JSONOutput.print(CustomerJSON(record, now: engine.now())) }
            Console.print(Console.bold(record.id) + (record.organisation.map { "  of \(Console.inline($0))" } ?? ""))
            for identity in record.identities {
                Console.print(
                    "  \(identity.kind.rawValue) \(Console.inline(identity.value)) (\(identity.isVerified ? "verified" : "claimed"), \(Console.inline(identity.source)), \(JSONOutput.time(identity.at)))"
                )
            }
            for fact in record.facts {
                Console.print(
                    "  \(fact.layer.rawValue.padded(12)) \(Console.inline(fact.key)): \(Console.inline(fact.value))  \(Console.dim("\(Console.inline(fact.source)), \(JSONOutput.time(fact.at))"))"
                )
            }
            for item in record.cases {
                Console.print(
                    "  case \(Console.inline(item.id)) \(Console.inline(item.subject)): \(Engine.ending(item).map(Console.inline) ?? item.state.rawValue)"
                )
            }
            if !record.claimed.isEmpty {
                Console.print("  claimed by the senders of: \(Console.inline(record.claimed.joined(separator: ", ")))")
            }
            for promise in record.promises {
                Console.print(
                    "  promised (\(promise.state(at: engine.now()))): \(Console.inline(promise.text)), \(Console.inline(promise.by))"
                        + (promise.dueAt.map { ", by \(JSONOutput.time($0))" } ?? ""))
            }
            if !record.moods.isEmpty {
                Console.print(
                    "  mood: "
                        + record.moods.suffix(12).map { String(JSONOutput.rounded($0.value, 2)) }.joined(
                            separator: ", "))
            }
        }
    }

    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes the team's list of customers in: CSV with a header line, or JSON Lines.",
            discussion: """
                Columns: id (the help desk's), email (several with ;), name, organisation, tier, plan; any other is kept as a fact;
                organisation_NAME is one of the organisation's. All rows or none. Identities of this list count as verified.

                Example: kb customer import customers.csv
                """)
        @Argument(help: "The file; '-' is standard input.", completion: .file()) var file: String
        @OptionGroup var output: OutputOptions
        @OptionGroup var global: GlobalOptions

        func run() throws {
            var reader = try LineReader(
                file == "-" ? "-" : file.absolutePath(from: FileManager.default.currentDirectoryPath))
            let data = Data(reader.rest())
            let name = file == "-" ? "standard input" : String(file.split(separator: "/").last ?? "")
            let rows = try CustomerFile.rows(data, name: name)
            let (new, known, forgotten) = try global.engine(create: true).importCustomers(rows, name: name)
            if output.isJSON { return try JSONOutput.print(["new": new, "known": known, "forgotten": forgotten]) }
            let kept = forgotten > 0 ? ", \(forgotten) left out: kb forget removed them" : ""
            Console.print("\(new) new, \(known) known\(kept)")
        }
    }
}

/// A team's list of customers as rows.
enum CustomerFile {
    static func rows(_ data: Data, name: String) throws -> [CustomerRow] {
        guard let text = CSV.text(data) else {
            throw KnowledgeBaseError.unreadable(
                path: name, reason: "it is neither UTF-8 nor UTF-16; save it as CSV UTF-8")
        }
        if text.first(where: { !$0.isWhitespace }) == "{" { return try jsonLines(text, name: name) }
        guard let table = CSV.parse(text) else {
            throw KnowledgeBaseError.unreadable(path: name, reason: "a quotation mark is opened and never closed")
        }
        guard let header = table.first?.map({ $0.lowercased() }), header.contains("id") || header.contains("email")
        else {
            throw KnowledgeBaseError.invalidArgument(
                "\(name) has neither a column id nor a column email in its first line. Nothing was changed. Name one of them so."
            )
        }
        return table.enumerated().dropFirst().compactMap { number, cells in
            guard cells.contains(where: { !$0.isEmpty }) else { return nil }
            return row(Array(zip(header, cells)), line: number + 1)
        }
    }

    private static func jsonLines(_ text: String, name: String) throws -> [CustomerRow] {
        try text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { number, line in
            guard !line.allSatisfy(\.isWhitespace) else { return nil }
            guard let object = try? JSONDecoder().decode([String: Scalar].self, from: Data(line.utf8)) else {
                throw KnowledgeBaseError.invalidArgument(
                    "\(name), line \(number + 1): not a JSON object of texts and numbers. Nothing was changed.")
            }
            return row(object.sorted { $0.key < $1.key }.map { ($0.key.lowercased(), $0.value.text) }, line: number + 1)
        }
    }

    private enum Scalar: Decodable {
        case text(String)
        case number(Double)
        case bool(Bool)
        case none
        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if value.decodeNil() {
                self = .none
            } else if let text = try? value.decode(String.self) {
                self = .text(text)
            } else if let bool = try? value.decode(Bool.self) {
                self = .bool(bool)
            } else {
                self = .number(try value.decode(Double.self))
            }
        }
        var text: String {
            switch self {
            case .text(let text): text
            case .number(let number):
                number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
            case .bool(let flag): String(flag)
            case .none: ""
            }
        }
    }

    private static func row(_ cells: [(String, String)], line: Int) -> CustomerRow {
        var row = CustomerRow(line: line)
        for (key, raw) in cells {
            let value = raw.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            guard !value.isEmpty else { continue }
            switch key {
            case "id": row.account = value
            case "email": row.emails = value.split { $0 == ";" || $0 == "," }.map { $0.filter { !$0.isWhitespace } }
            case "organisation", "organization", "company": row.organisation = value
            case _ where key.hasPrefix("organisation_") || key.hasPrefix("organization_"):
                row.organisationFacts[String(key.dropFirst(13))] = value
            default: row.facts[key] = value
            }
        }
        return row
    }
}

struct CustomerJSON: Encodable {
    struct IdentityJSON: Encodable {
        var kind: String
        var value: String
        var verified: Bool
        var source: String
        var at: Date
    }
    struct FactJSON: Encodable {
        var layer: String
        var key: String
        var value: String
        var source: String
        var at: Date
    }
    struct PastJSON: Encodable {
        var id: String
        var subject: String
        var state: String
        @Nullable var resolution: String?
        var createdAt: Date
    }
    struct PromiseStateJSON: Encodable {
        var `case`: String
        var text: String
        var by: String
        @Nullable var due: Date?
        var state: String
    }
    struct MoodJSON: Encodable {
        var at: Date
        var value: Double
    }
    var id: String
    @Nullable var organisation: String?
    @Nullable var tier: String?
    @Nullable var plan: String?
    var identities: [IdentityJSON]
    var facts: [FactJSON]
    var cases: [PastJSON]
    var claimed: [String]
    var promises: [PromiseStateJSON]
    var mood: [MoodJSON]

    init(_ record: CustomerRecord, now: Date) {
        (id, organisation, claimed) = (record.id, record.organisation, record.claimed)
        func newest(_ key: String) -> String? {
            record.facts.first { $0.layer == .customer && $0.key == key }?.value
                ?? record.facts.first { $0.layer == .organisation && $0.key == key }?.value
        }
        (tier, plan) = (newest("tier"), newest("plan"))
        identities = record.identities.map {
            IdentityJSON(kind: $0.kind.rawValue, value: $0.value, verified: $0.isVerified, source: $0.source, at: $0.at)
        }
        facts = record.facts.map {
            FactJSON(layer: $0.layer.rawValue, key: $0.key, value: $0.value, source: $0.source, at: $0.at)
        }
        cases = record.cases.map {
            PastJSON(
                id: $0.id, subject: $0.subject, state: $0.state.rawValue, resolution: Engine.ending($0),
                createdAt: $0.createdAt)
        }
        promises = record.promises.map {
            PromiseStateJSON(case: $0.caseID, text: $0.text, by: $0.by, due: $0.dueAt, state: $0.state(at: now))
        }
        mood = record.moods.map { MoodJSON(at: $0.at, value: $0.value) }
    }
}
