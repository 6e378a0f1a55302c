import ArgumentParser
import Testing

@testable import kb

/// What is read without the parser is what the parser reads.
struct PlainArgumentsTests {
    private static func values(
        _ input: QuestionOptions, _ retrieval: RetrievalOptions, _ output: OutputOptions, _ global: GlobalOptions
    )
        -> [String]
    {
        [
            "\(input.words) \(input.batch ?? "-")",
            "\(retrieval.limit) \(retrieval.mode) \(retrieval.kind) \(retrieval.explain) \(retrieval.exact) \(retrieval.topic)",
            "\(retrieval.source) \(retrieval.since ?? "-") \(retrieval.locale ?? "-") \(retrieval.version ?? "-") \(retrieval.field)",
            "\(output.json) \(output.jsonl) \(global.folder ?? "-") \(global.now ?? "-") \(global.model ?? "-")",
            "\(global.quiet) \(global.verbose)",
        ]
    }

    @Test(arguments: [
        ["reset my password"], ["reset", "my", "password", "--no-log", "--json"], ["--json", "a", "--explain", "b"],
        ["a", "--mode", "lexical", "-n", "3", "-q"],
        ["a", "--kb", "x/.kb", "--now", "2026-01-31T00:00:00Z", "--exact"],
        ["ä🙂", "--jsonl", "--quiet", "--model", "tiny"], ["query"], ["a b", "c=d", "e:f"],
    ]) func `plain arguments are those of the parser`(_ arguments: [String]) throws {
        let plain = try #require(PlainArguments(arguments[...]))
        let query = try #require(plain.query)
        let parsed = try QueryCommand.parse(arguments)
        #expect(
            Self.values(query.input, query.retrieval, query.output, query.global)
                == Self.values(parsed.input, parsed.retrieval, parsed.output, parsed.global))
        #expect(query.noLog == parsed.noLog && query.format == parsed.format)
        if arguments.contains("--no-log") {
            #expect(plain.search == nil)
        } else {
            let search = try #require(plain.search)
            let parsed = try SearchCommand.parse(arguments)
            #expect(
                Self.values(search.input, search.retrieval, search.output, search.global)
                    == Self.values(parsed.input, parsed.retrieval, parsed.output, parsed.global))
        }
    }

    @Test(arguments: [
        ["-"], ["a", "--help"], ["a", "-h"], ["a", "--", "-b"], ["a", "--topic", "x"], ["a", "-Fc"], ["a", "--mode"],
        ["a", "--mode", "both"], ["a", "-n", "x"], ["a", "-n", "-3"], ["a", "-n", "007"], ["a", "--json=1"],
        ["a", "-n", "3", "-n", "4"],
        ["a", "--kb", ""], ["a", "--version"],
    ]) func `what is not plain goes to the parser`(_ arguments: [String]) {
        #expect(PlainArguments(arguments[...]).map(\.words) == nil)
    }

    @Test(arguments: [[], [" "], ["a", "-n", "0"], ["a", "-n", "1001"], ["a", "--now", "yesterday"]])
    func `what the options refuse goes to the parser`(_ arguments: [String]) {
        #expect(PlainArguments(arguments[...])?.query == nil)
        #expect(throws: (any Error).self) { try QueryCommand.parse(arguments) }
    }
}
