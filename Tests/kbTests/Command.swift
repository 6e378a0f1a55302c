import FoundationEssentials
import Glibc
import TestSupport

/// Runs the built program as a process.
struct Command {
    struct Result: Equatable {
        var code: Int32
        var out: String
        var err: String
    }

    let folder = ScratchFolder()
    /// Empty otherwise: nothing of the tester's own settings is seen.
    var environment: [String: String]

    init() {
        TinyModel.write(to: folder.path + "/models/tiny")
        environment = [
            "KB_MODELS": folder.path + "/models", "KB_MODEL": "tiny", "HOME": folder.path,
            "KB_DIR": folder.path + "/.kb",
        ]
    }

    /// The program lies beside the test bundle.
    static let program: String = {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink("/proc/self/exe", &buffer, buffer.count)
        let own = String(
            decoding: buffer.prefix(max(0, length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
        let beside = String(CommandLine.arguments[0].hasPrefix("/") ? CommandLine.arguments[0] : own)
        for candidate in [beside, own] {
            let path = candidate[..<(candidate.lastIndex(of: "/") ?? candidate.startIndex)] + "/kb"
            if access(String(path), X_OK) == 0 { return String(path) }
        }
        fatalError("no program kb beside \(beside) or \(own)")
    }()

    /// - Parameter shell: behind the program's words, in a shell: `| head -1`.
    func callAsFunction(_ arguments: String..., input: String = "", shell: String? = nil) -> Result {
        run(arguments, input: input, shell: shell)
    }

    func run(_ arguments: [String], input: String = "", shell: String? = nil) -> Result {
        let (input, out, err) = (
            folder.write("stdin", input), folder.path + "/stdout", folder.path + "/stderr"
        )
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, out, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, err, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        let script = "cd '\(folder.path)'; " + (shell.map { "\"$@\" \($0)" } ?? "exec \"$@\"")
        let words = ["/bin/bash", "-c", script, "bash", Self.program] + arguments
        let variables = environment.map { "\($0.key)=\($0.value)" } + ["PATH=/usr/bin:/bin"]
        let argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        let envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
        defer { for text in argv + envp { free(text) } }
        var pid: pid_t = 0
        precondition(
            posix_spawn(&pid, words[0], &actions, nil, argv, envp) == 0, "cannot start \(words[0])")
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
        func text(_ path: String) -> String {
            String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
        }
        let code = status & 0x7f == 0 ? (status >> 8) & 0xff : -(status & 0x7f)
        return Result(code: code, out: text(out), err: text(err))
    }

    /// A base of two articles.
    func ingested() -> Command {
        folder.write(
            "articles/reset.md",
            "# Reset your password\n\nOpen settings.\n\n1. Choose reset.\n2. Send the email.\n")
        folder.write("articles/zebra.md", "# Zebra\n\nA zebra in the harbour.\n")
        precondition(self("ingest", "articles").code == 0)
        return self
    }
}

/// A JSON value to look into.
enum JSON: Decodable, Equatable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([JSON])
    case object([String: JSON])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([JSON].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: JSON].self))
        }
    }

    static func parse(_ text: some StringProtocol) throws -> JSON {
        try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
    }

    subscript(key: String) -> JSON? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    subscript(index: Int) -> JSON? {
        if case .list(let items) = self, items.indices.contains(index) { items[index] } else { nil }
    }

    var keys: Set<String> {
        if case .object(let members) = self { Set(members.keys) } else { [] }
    }

    var count: Int {
        if case .list(let items) = self { items.count } else { 0 }
    }
}
