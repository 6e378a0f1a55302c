import ArgumentParser
import Embedding
import FoundationEssentials
import KnowledgeBase
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Flags every verb has.
struct GlobalOptions: ParsableArguments {
    @Option(name: .customLong("kb"), help: ArgumentHelp("The knowledge base's folder.", valueName: "dir"))
    var folder: String?

    @Option(help: ArgumentHelp("What the time is, RFC 3339, for reports and logs.", valueName: "time"))
    var now: String?

    @Option(help: ArgumentHelp("Encoder model: a name in the models folder, or a path.", valueName: "name"))
    var model: String?

    @Flag(name: .shortAndLong, help: "Only results and errors.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say more on stderr.")
    var verbose = false

    func validate() throws {
        if let now, parsed(now) == nil {
            throw ValidationError("'\(now)' is not a time. Write it as 2026-11-21T09:00:00Z.")
        }
    }
}

extension GlobalOptions {
    /// The variables that kb reads: all of them with Foundation's help would cost a hundredth of a question's start.
    static let environment: [String: String] = [
        "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "KB_CORPUS", "KB_DIR", "KB_MAIL_FROM", "KB_MODEL",
        "KB_MODELS",
        "KB_NOW", "KB_SMTP_PASSWORD", "KB_SMTP_URL", "KB_SMTP_USER", "KB_THREADS",
    ].reduce(into: [:]) { found, name in
        if let value = getenv(name) { found[name] = String(cString: value) }
    }

    var located: (location: Location, searched: [String]) { Self.located(folder) }

    /// - Parameter folder: the flag `--kb`.
    static func located(_ folder: String?) -> (location: Location, searched: [String]) {
        Location.find(
            flag: folder, environment: Self.environment,
            currentFolder: FileManager.default.currentDirectoryPath)
    }

    /// `--now`, else `$KB_NOW`, else the clock.
    func clock() throws -> @Sendable () -> Date {
        if let text = now ?? Self.environment["KB_NOW"], !text.isEmpty {
            guard let date = parsed(text) else {
                throw KnowledgeBaseError.invalidArgument(
                    "KB_NOW is '\(text)', which is not a time. Write it as 2026-11-21T09:00:00Z.")
            }
            return { date }
        }
        return { Date() }
    }

    private func parsed(_ text: String) -> Date? {
        (try? Date(text, strategy: .iso8601))
            ?? (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    }

    /// The database that this run works on, for the wording of errors.
    static var opened: String? { openedCache.withLock { $0 } }
    private static let openedCache = Mutex<String?>(nil)
    /// Readers stay open to the end of the process: taking them down would only cost time.
    private static let readers = Mutex<[Engine]>([])

    /// Opens the knowledge base.
    ///
    /// - Parameter access: nil writes where this user may, and reads elsewhere.
    /// - Parameter eager: the encoder is certain to be needed: it is opened beside the database.
    /// - Parameter question: what it will be asked to encode first.
    func engine(
        create: Bool = false, access: Access? = .write, eager: Bool = false, question: String? = nil
    ) throws -> Engine {
        let (location, searched) = located
        Self.openedCache.withLock { $0 = location.database }
        let access = access ?? (location.isWritable ? .write : .read)
        let resolved = try Configuration.resolve(self, location: location)
        let (name, threads) = (resolved.model.value, resolved.threads.value)
        let environment = Self.environment
        var encoder: @Sendable () throws -> TransformerEncoder = {
            try Models.open(name, environment: environment, threads: threads)
        }
        if eager, location.exists {
            encoder =
                EarlyEncoder.take(model: name, threads: threads, question: question)
                ?? Models.opening(name, environment: environment, threads: threads, question: question)
        }
        let engine = try Engine(
            at: location, searched: searched, create: create, access: access, encoder: encoder, clock: try clock())
        if access == .read { Self.readers.withLock { $0.append(engine) } }
        return engine
    }
}

/// How results are written.
struct OutputOptions: ParsableArguments {
    @Flag(help: "One JSON object.")
    var json = false

    @Flag(help: "One JSON object a line.")
    var jsonl = false

    var isJSON: Bool { json || jsonl }
}

/// The question of `search`, `query` and `encode`: as words, from standard input, or many from a file.
struct QuestionOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The question; '-' reads it from standard input.", valueName: "question"))
    var words: [String] = []

    @Option(help: ArgumentHelp("JSON Lines of {\"_id\", \"text\"}; '-' is standard input.", valueName: "file"))
    var batch: String?

    func validate() throws {
        if batch != nil, !words.isEmpty { throw ValidationError("Give a question or --batch, not both.") }
        if batch == nil, words.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) {
            throw ValidationError("Give a question, '-' for standard input, or --batch FILE.")
        }
    }

    /// Words with a space between, as `joined` does it, whose generic set-up is a hundredth of a question's start.
    static func line(of words: [String]) -> String {
        var line = words.first ?? ""
        for word in words.dropFirst() { line += " " + word }
        return line
    }

    /// The one question of the command line.
    func question() throws -> Question {
        guard words == ["-"] else { return Question(text: Self.line(of: words)) }
        var reader = try LineReader("-")
        var text = String(decoding: reader.rest(), as: UTF8.self)[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        guard !text.isEmpty else { throw ValidationError("The question on standard input is empty.") }
        return Question(text: String(text))
    }

    /// Runs `body` over the lines of the batch, as many at a time as are there; bad lines are written as errors.
    ///
    /// - Returns: whether every line was good.
    func eachBatch(_ path: String, _ body: ([Question]) throws -> Void) throws -> Bool {
        var reader = try LineReader(path)
        var allGood = true
        while true {
            let lines = reader.next(32)
            guard !lines.isEmpty else { return allGood }
            var good: [Question] = []
            for line in lines {
                if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }) { continue }
                switch BatchLine.parse(line) {
                case .success(let question): good.append(question)
                case .failure(let bad):
                    // Lines come out in the order they came in.
                    if !good.isEmpty { try body(good) }
                    good = []
                    allGood = false
                    try JSONOutput.print(bad)
                }
            }
            if !good.isEmpty { try body(good) }
            Console.flush()
        }
    }
}
