import Embedding
import FoundationEssentials
import KnowledgeBase

/// The resolved settings, each with where it came from: flags > environment > kb.yaml > config.yaml > defaults.
struct Configuration {
    struct Value<T> {
        var value: T
        var origin: String
    }

    var folder: Value<String>
    var models: Value<String>
    var model: Value<String?>
    var threads: Value<Int>

    static func resolve(_ options: GlobalOptions, location: Location) throws -> Configuration {
        try resolve(folder: options.folder, model: options.model, location: location)
    }

    /// - Parameter folder: the flag `--kb`.
    /// - Parameter named: the flag `--model`.
    static func resolve(folder flag: String?, model named: String?, location: Location) throws -> Configuration {
        let environment = GlobalOptions.environment
        let project = try Settings.read(location.settings)
        let userPath = userSettingsPath(environment)
        let user = try Settings.read(userPath)
        func set(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

        let folder =
            flag != nil
            ? Value(value: location.state, origin: "--kb")
            : set("KB_DIR") != nil
                ? Value(value: location.state, origin: "$KB_DIR")
                : Value(value: location.state, origin: location.exists ? "found" : "default")
        let models = Value(
            value: Models.folder(environment),
            origin: set("KB_MODELS") != nil ? "$KB_MODELS" : set("XDG_DATA_HOME") != nil ? "$XDG_DATA_HOME" : "default")
        let model: Value<String?> =
            named.map { Value(value: $0, origin: "--model") }
            ?? set("KB_MODEL").map { Value(value: $0, origin: "$KB_MODEL") }
            // A committed file may choose among installed models, not name a path to read.
            ?? project.model.map { Value(value: $0.contains("/") ? nil : $0, origin: location.settings) }
            ?? user.model.map { Value(value: $0, origin: userPath) }
            ?? Value(value: Models.defaultName, origin: "default")
        var threads = Value(value: availableProcessors(), origin: "default")
        if let number = user.threads { threads = Value(value: number, origin: userPath) }
        if let number = project.threads { threads = Value(value: number, origin: location.settings) }
        if let text = set("KB_THREADS") {
            guard let number = Int(text) else {
                throw KnowledgeBaseError.invalidArgument("KB_THREADS is '\(text)', which is not a number.")
            }
            threads = Value(value: number, origin: "$KB_THREADS")
        }
        guard (1...256).contains(threads.value) else {
            throw KnowledgeBaseError.invalidArgument(
                "threads is \(threads.value) (from \(threads.origin)); it must be between 1 and 256.")
        }
        return Configuration(folder: folder, models: models, model: model, threads: threads)
    }

    static func userSettingsPath(_ environment: [String: String]) -> String {
        let base = environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        return (base ?? (environment["HOME"] ?? "") + "/.config") + "/kb/config.yaml"
    }

    var rows: [(key: String, value: String, origin: String)] {
        [
            ("kb", folder.value, folder.origin), ("models", models.value, models.origin),
            ("model", model.value ?? "", model.origin), ("threads", String(threads.value), threads.origin),
        ]
    }
}
