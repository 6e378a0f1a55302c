import FoundationEssentials
import KnowledgeBase

/// A report as one HTML file that needs nothing else: no font, no address outside itself, which its own policy forbids.
enum HTMLPage {
    /// - Parameter title: plain text.
    /// - Parameter body: HTML, all within `<body>`.
    static func text(title: String, style: String, script: String? = nil, body: String) -> String {
        let scripts = script == nil ? "" : "; script-src 'unsafe-inline'"
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            \(policyOfItsOwn)\(scripts)">
            <title>\(escaped(title))</title>
            <style>
            \(style)
            </style>
            </head>
            <body>
            \(body)
            \(script.map { "<script>\n\($0)\n</script>\n" } ?? "")</body>
            </html>

            """
    }

    /// Whether a page may be written there: nothing is in the way but an earlier one of these. Before the work that it is about.
    static func checkPlace(_ path: String) throws {
        guard let found = FileManager.default.contents(atPath: path) ?? (isFolder(path) ? Data() : nil) else {
            let folder = path.deletingLastComponent
            guard isFolder(folder) else {
                throw KnowledgeBaseError.invalidArgument("The folder \(folder) does not exist.")
            }
            return
        }
        guard String(decoding: found.prefix(1_000), as: UTF8.self).contains(policyOfItsOwn) else {
            throw KnowledgeBaseError.invalidArgument(
                "\(path) is there already and no report of kb's. Give another name, or remove it first.")
        }
    }

    static func write(_ page: String, to path: String) throws {
        try checkPlace(path)
        do { try Data(page.utf8).write(to: URL(filePath: path), options: .atomic) } catch {
            throw KnowledgeBaseError.unwritable(path: path)
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    }

    private static let policyOfItsOwn =
        #"<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"#

    /// Text of tickets is data: no markup, no control characters.
    static func escaped(_ text: String) -> String {
        var out = ""
        for character in Console.safe(text).unicodeScalars {
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.unicodeScalars.append(character)
            }
        }
        return out
    }
}
