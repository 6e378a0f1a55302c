/// Estimates how deep a parser would nest a page, before it is parsed.
///
/// gumbo walks its stack of open elements for most tags and frees the tree recursively: 200,000 nested tags would cost
/// minutes and then the stack. The estimate follows the rules of HTML closely enough that ordinary sloppy pages
/// (unclosed `<p>`, `<li>`, `<td>`, stray end tags) stay shallow.
struct HTMLDepth {
    static let limit = 1000
    /// More attributes than this on one tag are compared with each other for too long.
    static let mostAttributes = 2000

    private var open: [Substring] = []
    private var counts: [Substring: Int] = [:]
    private var foreign = 0
    private var opened = 0
    private var matched = 0

    /// - Throws: `.tooDeep` with the line where the limit is passed.
    /// - Complexity: linear; looking for the element to close stops at the next structural element.
    static func check(_ text: String) throws(ReadError) {
        var depth = HTMLDepth()
        try depth.scan(text)
    }

    private mutating func scan(_ text: String) throws(ReadError) {
        let utf8 = text.utf8
        var index = utf8.startIndex
        while let start = utf8[index...].firstIndex(of: UInt8(ascii: "<")) {
            index = utf8.index(after: start)
            guard index < utf8.endIndex else { return }
            if utf8[index] == UInt8(ascii: "!") {
                index = Self.afterComment(text, index)
                continue
            }
            let isEnd = utf8[index] == UInt8(ascii: "/")
            if isEnd { index = utf8.index(after: index) }
            let nameEnd = utf8[index...].firstIndex { !Self.isName($0) } ?? utf8.endIndex
            guard nameEnd > index, utf8[index] > 64 else { continue }
            let name = Self.lowercased(text[index..<nameEnd])
            var attributes = 0
            index = Self.afterTag(utf8, nameEnd, &attributes)
            if isEnd {
                close(name)
            } else {
                push(name)
                if Self.raw.contains(name) { index = Self.afterRaw(text, index, name) }
            }
            if open.count > Self.limit || opened - matched > Self.limit * 50 || attributes > Self.mostAttributes {
                throw .tooDeep(line: 1 + utf8[..<start].count { $0 == 0x0A }, limit: Self.limit)
            }
        }
    }

    private mutating func push(_ name: Substring) {
        if Self.void.contains(name) { return }
        if foreign == 0 {
            if Self.implied.contains(name) { return }
            // These close an open one of their own kind.
            if name == "a" || name == "button" || name == "nobr", counts[name, default: 0] > 0 { remove(name) }
        }
        if name == "svg" || name == "math" { foreign += 1 }
        open.append(name)
        counts[name, default: 0] += 1
        opened += 1
    }

    private mutating func close(_ name: Substring) {
        guard counts[name, default: 0] > 0 else { return }
        let isStructural = Self.structural.contains(name)
        for index in open.indices.reversed() {
            if open[index] == name {
                for gone in open[index...] { forget(gone) }
                open.removeSubrange(index...)
                matched += 1
                return
            }
            if Self.structural.contains(open[index]),
                !isStructural || Self.walls.contains(open[index]) && !Self.walls.contains(name)
            {
                // A formatting element is taken out from under what is inside it; anything else ignores the end tag.
                if Self.formatting.contains(name) { remove(name) }
                return
            }
        }
    }

    private mutating func remove(_ name: Substring) {
        guard let index = open.lastIndex(of: name) else { return }
        open.remove(at: index)
        forget(name)
        matched += 1
    }

    private mutating func forget(_ name: Substring) {
        counts[name]! -= 1
        if name == "svg" || name == "math" { foreign -= 1 }
    }

    private static func isName(_ byte: UInt8) -> Bool { byte > 0x2F && byte != 0x3E || byte == 0x2D }

    private static func lowercased(_ name: Substring) -> Substring {
        name.utf8.contains { $0 >= 65 && $0 <= 90 } ? Substring(name.lowercased()) : name
    }

    private static func afterComment(_ text: String, _ index: String.Index) -> String.Index {
        let utf8 = text.utf8
        guard text[index...].utf8.starts(with: "!--".utf8) else {
            return utf8[index...].firstIndex(of: UInt8(ascii: ">")) ?? utf8.endIndex
        }
        var at = utf8.index(index, offsetBy: 1)
        while let dash = utf8[at...].firstIndex(of: UInt8(ascii: "-")) {
            if utf8[dash...].starts(with: "-->".utf8) { return utf8.index(dash, offsetBy: 3) }
            at = utf8.index(after: dash)
        }
        return utf8.endIndex
    }

    private static func afterTag(_ utf8: String.UTF8View, _ start: String.Index, _ attributes: inout Int)
        -> String.Index
    {
        var index = start
        var quote: UInt8 = 0
        var previous: UInt8 = 0
        while index < utf8.endIndex {
            let byte = utf8[index]
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if (byte == 0x22 || byte == 0x27) && previous == 0x3D {
                quote = byte
            } else if byte == 0x3E {
                return utf8.index(after: index)
            } else if previous <= 0x20 && byte > 0x20 {
                attributes += 1
            }
            if byte > 0x20 || previous != 0x3D { previous = byte }
            index = utf8.index(after: index)
        }
        return index
    }

    private static func afterRaw(_ text: String, _ start: String.Index, _ name: Substring) -> String.Index {
        let utf8 = text.utf8
        var at = start
        while let bracket = utf8[at...].firstIndex(of: UInt8(ascii: "<")) {
            let rest = utf8[bracket...].dropFirst()
            if rest.first == UInt8(ascii: "/"),
                rest.dropFirst().prefix(name.utf8.count).elementsEqual(name.utf8, by: { $0 | 32 == $1 })
            {
                return bracket
            }
            at = utf8.index(after: bracket)
        }
        return utf8.endIndex
    }

    private static let raw: Set<Substring> = [
        "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
    ]
    private static let void: Set<Substring> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "keygen",
        "frame", "basefont", "bgsound", "html", "head", "body",
    ]
    private static let implied: Set<Substring> = [
        "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "rt",
        "rp",
        "h1", "h2", "h3", "h4", "h5", "h6",
    ]
    private static let formatting: Set<Substring> = [
        "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
    ]
    private static let walls: Set<Substring> = ["table", "object", "template", "marquee", "applet", "svg", "math"]
    private static let structural: Set<Substring> = [
        "address", "article", "aside", "blockquote", "button", "center", "details", "dialog", "dir", "div", "dl",
        "fieldset",
        "figcaption", "figure", "footer", "form", "header", "main", "menu", "nav", "ol", "pre", "section", "select",
        "summary", "ul", "table", "object", "template", "marquee", "applet", "svg", "math", "listing", "caption",
    ]
}
