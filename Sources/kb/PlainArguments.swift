import KnowledgeBase

/// The arguments of the verbs whose start-up a user feels, read without the parser where they are plain: words, flags, and a few
/// options with a value behind them. The parser describes every option to itself first, which costs milliseconds.
///
/// What is not plain, whatever looks like a mistake too, is nil and goes to the parser: it alone judges and explains.
struct PlainArguments {
    // Lists, not sets: the generic set-up of one more set costs more than looking through these.
    private static let flags = ["--no-log", "--json", "--jsonl", "--explain", "--exact", "--quiet", "-q"]
    private static let options = ["--mode", "--kb", "--model", "--now", "-n"]

    private(set) var words: [String] = []
    private var given: [String] = []
    private var values: [(option: String, value: String)] = []

    /// - Parameter arguments: those behind the verb.
    init?(_ arguments: ArraySlice<String>) {
        var rest = arguments
        while let argument = rest.popFirst() {
            if Self.flags.contains(argument) {
                given.append(argument)
            } else if Self.options.contains(argument) {
                guard let value = rest.popFirst(), !value.isEmpty, value.utf8.first != UInt8(ascii: "-"),
                    self.value(argument) == nil
                else { return nil }
                values.append((argument, value))
            } else if argument.utf8.first == UInt8(ascii: "-") {
                return nil
            } else {
                words.append(argument)
            }
        }
        if let limit = value("-n"), Int(limit).map(String.init) != limit { return nil }
        if let mode = value("--mode"), SearchMode(rawValue: mode) == nil { return nil }
    }

    private func value(_ option: String) -> String? { values.first { $0.option == option }?.value }

    /// Begins to encode what will be asked.
    func encodeEarly() {
        guard value("--mode") != SearchMode.lexical.rawValue, words != ["-"], !words.isEmpty else { return }
        EarlyEncoder.begin(
            question: QuestionOptions.line(of: words), folder: value("--kb"), model: value("--model"))
    }

    private var question: QuestionOptions {
        var options = QuestionOptions()
        (options.words, options.batch) = (words, nil)
        return options
    }

    private var retrieval: RetrievalOptions {
        var options = RetrievalOptions()
        options.limit = value("-n").flatMap { Int($0) } ?? 10
        options.mode = value("--mode").flatMap(SearchMode.init) ?? .hybrid
        (options.kind, options.explain, options.exact) = (
            .articles, given.contains("--explain"), given.contains("--exact")
        )
        (options.topic, options.source, options.field) = ([], [], [])
        (options.since, options.locale, options.version) = (nil, nil, nil)
        return options
    }

    private var output: OutputOptions {
        var options = OutputOptions()
        (options.json, options.jsonl) = (given.contains("--json"), given.contains("--jsonl"))
        return options
    }

    private var global: GlobalOptions {
        var options = GlobalOptions()
        (options.folder, options.now, options.model) = (value("--kb"), value("--now"), value("--model"))
        (options.quiet, options.verbose) = (given.contains("--quiet") || given.contains("-q"), false)
        return options
    }

    /// The command, or nil where one of its own checks fails.
    var query: QueryCommand? {
        var command = QueryCommand()
        (command.noLog, command.format) = (given.contains("--no-log"), .text)
        (command.input, command.retrieval, command.output, command.global) = (question, retrieval, output, global)
        return isValid(command.input, command.retrieval, command.global) ? command : nil
    }

    /// As `query`.
    var search: SearchCommand? {
        guard !given.contains("--no-log") else { return nil }
        var command = SearchCommand()
        (command.input, command.retrieval, command.output, command.global) = (question, retrieval, output, global)
        return isValid(command.input, command.retrieval, command.global) ? command : nil
    }

    private func isValid(_ input: QuestionOptions, _ retrieval: RetrievalOptions, _ global: GlobalOptions) -> Bool {
        (try? input.validate()) != nil && (try? retrieval.validate()) != nil && (try? global.validate()) != nil
    }
}
