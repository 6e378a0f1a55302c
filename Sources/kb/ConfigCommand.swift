import ArgumentParser
import KnowledgeBase

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Prints the resolved settings and where each came from.",
        discussion: "Example: kb config --json")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    private struct Row: Encodable {
        var key: String
        var value: String
        var origin: String
    }

    func run() throws {
        let (location, _) = global.located
        var rows = try Configuration.resolve(global, location: location).rows.map {
            Row(key: $0.key, value: $0.value, origin: $0.origin)
        }
        for (name, source) in try Settings.read(location.settings).sources.sorted(by: { $0.key < $1.key }) {
            for (key, value) in [
                ("path", source.path), ("base_url", source.baseURL), ("style", source.style), ("kind", source.kind),
            ] {
                guard let value else { continue }
                rows.append(Row(key: "sources.\(name).\(key)", value: value, origin: location.settings))
            }
        }
        if output.isJSON {
            try JSONOutput.print(["settings": rows])
        } else {
            let width = rows.map(\.key.count).max() ?? 0
            for row in rows {
                Console.print(row.key.padded(width) + "  " + row.value + "  " + Console.dim("(\(row.origin))"))
            }
        }
    }
}

extension String {
    /// The text followed by spaces up to `width` characters.
    func padded(_ width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }
}
