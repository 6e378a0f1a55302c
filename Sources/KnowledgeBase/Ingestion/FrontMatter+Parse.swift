import TOMLKit
import Yams

extension FrontMatter {
    /// Larger front matter is text that happens to begin with a line of dashes.
    static let limit = 64 << 10
    /// libyaml and Yams recurse: deeper nesting than this is read line by line.
    static let deepest = 32

    /// Takes the front matter off a text.
    ///
    /// YAML between `---` lines, TOML between `+++` lines. Unclosed or too large: the file has none. Invalid YAML is
    /// read leniently, line by line, because `title: Foo: bar` is common and its author sees no error elsewhere.
    /// - Returns: the settings, the rest of the text, and how many lines were taken off.
    static func split(_ text: String) -> (front: FrontMatter, body: Substring, lines: Int) {
        let none = (FrontMatter(), text[...], 0)
        let isYAML = text.hasPrefix("---")
        guard isYAML || text.hasPrefix("+++") else { return none }
        let utf8 = text.utf8
        var index = utf8.startIndex
        var line = 0
        var start = index
        while index < utf8.endIndex {
            let end = utf8[index...].firstIndex(of: 0x0A) ?? utf8.endIndex
            let content = text[index..<end].trimmedEnd
            let next = end < utf8.endIndex ? utf8.index(after: end) : end
            line += 1
            if line == 1 {
                guard content == (isYAML ? "---" : "+++") else { return none }
                start = next
            } else if isYAML ? content == "---" || content == "..." : content == "+++" {
                let source = text[start..<index]
                // A thematic break around prose is not front matter.
                guard !isYAML || source.allSatisfy({ $0.isWhitespace }) || source.utf8.contains(UInt8(ascii: ":"))
                else { return none }
                return (isYAML ? yaml(String(source)) : toml(String(source)), text[next...], line)
            }
            if utf8.distance(from: start, to: next) > limit { return none }
            index = next
        }
        // Dashes above prose are a thematic break; above `key: value` lines they were meant to be closed.
        if let second = text.split(separator: "\n", maxSplits: 2).dropFirst().first, isSetting(second, isYAML) {
            return (FrontMatter(fault: "its front matter is not closed and was read as text"), text[...], 0)
        }
        return none
    }

    private static func isSetting(_ line: Substring, _ isYAML: Bool) -> Bool {
        guard let end = line.firstIndex(of: isYAML ? ":" : "="), end > line.startIndex else { return false }
        return line[..<end].allSatisfy { $0.isLetter || $0 == "_" || $0 == "-" || !isYAML && $0 == " " }
    }

    static func yaml(_ source: String) -> FrontMatter {
        guard isShallow(source), let node = try? Yams.compose(yaml: source), let mapping = node.mapping else {
            var front = lenient(source)
            if source.contains(where: { !$0.isWhitespace }) {
                front.fault = "its front matter is not valid YAML and was read line by line"
            }
            return front
        }
        var front = FrontMatter()
        for (key, value) in mapping {
            guard let key = key.scalar?.string.lowercased() else { continue }
            if let inner = value.mapping {
                for (name, value) in inner {
                    if let name = name.scalar?.string { front.values["\(key).\(name.lowercased())"] = strings(value) }
                }
            } else {
                front.values[key] = strings(value)
            }
        }
        return front
    }

    // Aliases are never followed below a list of scalars, so a bomb of nested aliases expands to nothing.
    private static func strings(_ node: Node) -> [String] {
        if let scalar = node.scalar {
            return ["", "~", "null"].contains(scalar.string) && scalar.style == .plain
                ? [] : [TextHygiene.nfc(scalar.string)]
        }
        guard let sequence = node.sequence else { return [] }
        return sequence.prefix(1000).compactMap { $0.scalar.map { TextHygiene.nfc($0.string) } }
    }

    private static func isShallow(_ source: String) -> Bool {
        var flow = 0
        var compact = 0
        var atStart = true
        for byte in source.utf8 {
            switch byte {
            case 0x0A:
                atStart = true
                compact = 0
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                flow += 1
                atStart = false
            case UInt8(ascii: "]"), UInt8(ascii: "}"): flow = max(0, flow - 1)
            case UInt8(ascii: "-"), UInt8(ascii: "?"): if atStart { compact += 1 }
            case 0x20: break
            default: atStart = false
            }
            if flow > deepest || compact > deepest * 4 { return false }
        }
        return true
    }

    /// `key: value` lines and `- item` lists, for YAML that is none.
    static func lenient(_ source: String) -> FrontMatter {
        var front = FrontMatter()
        var current: String?
        for line in source.split(separator: "\n") {
            let trimmed = line.drop { $0 == " " || $0 == "\t" }
            if let current, trimmed.hasPrefix("- ") {
                front.values[current, default: []].append(unquoted(trimmed.dropFirst(2)))
                continue
            }
            guard line.startIndex == trimmed.startIndex, let colon = line.firstIndex(of: ":") else { continue }
            let key = line[..<colon]
            guard !key.isEmpty, key.utf8.allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: "#") }) else { continue }
            let name = key.lowercased()
            current = name
            let value = unquoted(line[line.index(after: colon)...])
            if value.hasPrefix("["), value.hasSuffix("]") {
                front.values[name] = value.dropFirst().dropLast().split(separator: ",").map { unquoted($0) }
            } else {
                front.values[name] = value.isEmpty ? [] : [value]
            }
        }
        return front
    }

    private static func unquoted(_ text: Substring) -> String {
        let trimmed = TextHygiene.collapsed(text)
        for quote in ["\"", "'"] where trimmed.utf8.count >= 2 && trimmed.hasPrefix(quote) && trimmed.hasSuffix(quote) {
            return String(trimmed.dropFirst().dropLast())
        }
        return trimmed
    }

    static func toml(_ source: String) -> FrontMatter {
        guard let table = try? TOMLTable(string: source) else {
            var front = lenient(source.replacing("=", with: ":", maxReplacements: 200))
            front.fault = "its front matter is not valid TOML and was read line by line"
            return front
        }
        var front = FrontMatter()
        for (key, value) in table {
            if let inner = value.table {
                for (name, value) in inner { front.values["\(key.lowercased()).\(name.lowercased())"] = strings(value) }
            } else {
                front.values[key.lowercased()] = strings(value)
            }
        }
        // Hugo keeps taxonomies of older sites in their own table.
        for name in ["tags", "categories", "topics"] where front.values[name] == nil {
            front.values[name] = front.values.removeValue(forKey: "taxonomies.\(name)")
        }
        return front
    }

    private static func strings(_ value: any TOMLValueConvertible) -> [String] {
        if let text = value.string { return [TextHygiene.nfc(text)] }
        if let flag = value.bool { return [flag ? "true" : "false"] }
        if let number = value.int { return [String(number)] }
        if let number = value.double { return [String(number)] }
        if let array = value.array { return array.prefix(1000).flatMap { $0.array == nil ? strings($0) : [] } }
        if value.table != nil { return [] }
        return [value.debugDescription]
    }
}
