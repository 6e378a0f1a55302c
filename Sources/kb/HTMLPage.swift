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
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'\(scripts)">
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
