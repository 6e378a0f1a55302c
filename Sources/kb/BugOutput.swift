import FoundationEssentials
import KnowledgeBase

/// Recurring bugs, as text and JSON.
enum BugOutput {
    private struct BugJSON: Encodable {
        struct VersionJSON: Encodable {
            var name: String
            var count: Int
        }
        var title: String
        var count: Int
        var cases: [String]
        var customers: Int
        var versions: [VersionJSON]
        var firstSeen: Date
        var lastSeen: Date
        var samples: [String]
        var links: [String]
    }

    static func print(_ bugs: [RecurringBug], _ output: OutputOptions) throws {
        if output.isJSON {
            return try JSONOutput.print([
                "bugs": bugs.map {
                    BugJSON(
                        title: $0.title, count: $0.cases.count, cases: $0.cases, customers: $0.customers,
                        versions: $0.versions.map { .init(name: $0.name, count: $0.count) }, firstSeen: $0.firstSeen,
                        lastSeen: $0.lastSeen, samples: $0.samples, links: $0.links)
                }
            ])
        }
        for bug in bugs {
            Console.print(Console.bold("\(bug.cases.count) × \(Console.inline(bug.title))"))
            Console.print("  \(bug.customers) customers, first \(JSONOutput.time(bug.firstSeen)), last \(JSONOutput.time(bug.lastSeen))")
            if !bug.versions.isEmpty {
                Console.print("  versions: " + bug.versions.prefix(8).map { "\($0.name) (\($0.count))" }.joined(separator: ", "))
            }
            Console.print("  see: " + Console.inline(bug.samples.joined(separator: ", ")))
            if !bug.links.isEmpty { Console.print("  tied to: " + Console.inline(bug.links.joined(separator: ", "))) }
        }
        if bugs.isEmpty { Console.error("no bug came up three times or more") }
    }
}
