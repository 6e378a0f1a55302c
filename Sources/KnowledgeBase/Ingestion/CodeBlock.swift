/// A code fence, a literal block or `<pre>`: white space kept, one block.
enum CodeBlock {
    /// - Parameter firstLine: the line of the file on which `text` begins.
    /// - Returns: nil when there is nothing but white space.
    static func block(_ text: String, firstLine: Int) -> Block? {
        var lines = text.lines[...]
        var first = firstLine
        while let line = lines.first, line.isBlank {
            lines.removeFirst()
            first += 1
        }
        while let line = lines.last, line.isBlank { lines.removeLast() }
        guard !lines.isEmpty else { return nil }
        let indent = lines.lazy.filter { !$0.isBlank }.map(\.indentation).min() ?? 0
        var out = ""
        var breaks: [Block.LineBreak] = []
        for (index, line) in lines.enumerated() {
            if index > 0 {
                out += "\n"
                breaks.append(Block.LineBreak(offset: out.utf8.count, line: first + index))
            }
            out += Substring(line.utf8.dropFirst(indent)).trimmedEnd
        }
        return Block(kind: .code, text: out, lines: first...(first + lines.count - 1), breaks: breaks)
    }
}
