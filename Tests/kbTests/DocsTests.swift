import FoundationEssentials
import TestSupport
import Testing

struct DocsTests {
    /// The subcommands that `kb --help` lists, `help` itself aside.
    private static let verbs: [String] = {
        var verbs: [String] = []
        for line in Command()("--help").out.split(separator: "\n") where line.hasPrefix("  ") {
            let word = line.split(whereSeparator: { $0 == " " || $0 == "," }).first.map(String.init) ?? ""
            if !word.hasPrefix("-"), line.dropFirst(2).first != " ", word.allSatisfy(\.isLetter) {
                verbs.append(word)
            }
        }
        return verbs.filter { !["Start", "See", "Exit", "help"].contains($0) }
    }()

    @Test func `help lists the verbs in groups`() {
        #expect(
            Set(["init", "ingest", "query", "search", "doctor", "eval", "backup"]).isSubset(
                of: Self.verbs))
    }

    @Test func `every verb has an example in its help`() {
        for verb in Self.verbs {
            let help = Command()(verb, "--help")
            #expect(help.code == 0)
            #expect(help.out.contains("Example: kb \(verb)"), "kb \(verb) --help")
        }
    }

    private static let readme = FileManager.default.contents(
        atPath: URL(filePath: #filePath).deletingLastPathComponent().path + "/../../README.md")

    @Test(.enabled(if: readme != nil, "there is no README.md yet"))
    func `every verb stands in the README`() throws {
        let text = String(decoding: try #require(Self.readme), as: UTF8.self)
        let missing = Self.verbs.filter { !text.contains("kb \($0)") && !text.contains("`\($0)") }
        #expect(missing == [])
    }

    private static let reliability = FileManager.default.contents(
        atPath: URL(filePath: #filePath).deletingLastPathComponent().path
            + "/../../benchmarks/results/reliability.json")

    @Test(.enabled(if: readme != nil && reliability != nil, "benchmarks/reliability has not been run"))
    func `the README's reliability table is the one that was measured`() throws {
        let text = String(decoding: try #require(Self.readme), as: UTF8.self)
        let results = try JSON.parse(String(decoding: try #require(Self.reliability), as: UTF8.self))
        #expect(results.count > 0)
        for i in 0..<results.count {
            guard case .text(let title) = results[i]?["title"],
                let row = text.split(separator: "\n").first(where: { $0.hasPrefix("| \(title) | ") })
            else {
                Issue.record("run \(i) has no row")
                continue
            }
            let which = row.contains("`answerable`") ? "answerable" : "confidence"
            let cells = row.split(separator: "|").map { $0.filter { $0 != " " } }
            guard case .number(let n) = results[i]?[which]?["n"], case .number(let auroc) = results[i]?[which]?["auroc"]
            else {
                Issue.record("\(title) has no numbers")
                continue
            }
            #expect(cells[2] == "\(Int(n))")
            #expect(abs((Double(cells[3]) ?? -1) - auroc) <= 0.0005 + 1e-9)
        }
    }
}
