/// The rules of one `.gitignore` or `.kbignore`, as git reads them: https://git-scm.com/docs/gitignore
struct IgnoreRules: Sendable {
    private struct Rule: Sendable {
        /// Segments between slashes; "**" matches any number of them.
        var segments: [[UInt8]]
        var negated: Bool
        var foldersOnly: Bool
        /// Matches the last segment at any depth.
        var floating: Bool
    }

    /// The folder that holds the file, relative to the source, with a trailing "/" or empty.
    let folder: String
    private let rules: [Rule]

    init(_ text: String, folder: String) {
        self.folder = folder
        rules = text.split(separator: "\n", omittingEmptySubsequences: true).compactMap(Self.rule)
    }

    /// True to leave `path` out, false to take it back in, nil when no rule speaks. The last matching rule decides.
    func verdict(path: String, isFolder: Bool) -> Bool? {
        guard path.utf8.starts(with: folder.utf8) else { return nil }
        let segments = path.utf8.dropFirst(folder.utf8.count).split(separator: UInt8(ascii: "/")).map(Array.init)
        guard let name = segments.last else { return nil }
        for rule in rules.reversed() where !rule.foldersOnly || isFolder {
            let hit = rule.floating ? Self.glob(rule.segments[0], name) : Self.match(rule.segments[...], segments[...])
            if hit { return !rule.negated }
        }
        return nil
    }

    private static func rule(_ line: Substring) -> Rule? {
        var bytes = Array(line.utf8)
        if bytes.last == 0x0D { bytes.removeLast() }
        // Trailing spaces do not count unless escaped.
        while bytes.last == 0x20, bytes.count < 2 || bytes[bytes.count - 2] != UInt8(ascii: "\\") { bytes.removeLast() }
        guard let first = bytes.first, first != UInt8(ascii: "#") else { return nil }
        let negated = first == UInt8(ascii: "!")
        if negated { bytes.removeFirst() }
        let foldersOnly = bytes.last == UInt8(ascii: "/")
        if foldersOnly { bytes.removeLast() }
        guard !bytes.isEmpty else { return nil }
        let segments = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true).map(Array.init)
        guard !segments.isEmpty else { return nil }
        return Rule(
            segments: segments, negated: negated, foldersOnly: foldersOnly, floating: !bytes.contains(UInt8(ascii: "/"))
        )
    }

    private static let anyDepth = Array("**".utf8)

    private static func match(_ pattern: ArraySlice<[UInt8]>, _ path: ArraySlice<[UInt8]>) -> Bool {
        guard let first = pattern.first else { return path.isEmpty }
        if first == anyDepth {
            let rest = pattern.dropFirst()
            // A trailing "/**" matches everything inside, not the folder itself.
            if rest.isEmpty { return !path.isEmpty }
            return path.indices.contains { match(rest, path[$0...]) }
        }
        guard let segment = path.first, glob(first, segment) else { return false }
        return match(pattern.dropFirst(), path.dropFirst())
    }

    /// `*`, `?`, `[a-z]` and backslash, within one segment. Linear but for one level of backtracking.
    static func glob(_ pattern: [UInt8], _ name: [UInt8]) -> Bool {
        var p = 0
        var n = 0
        var starAt = -1
        var resume = 0
        while n < name.count {
            if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
                starAt = p
                resume = n
                p += 1
                continue
            }
            if p < pattern.count, let next = step(pattern, p, name[n]) {
                p = next
                n += 1
                continue
            }
            guard starAt >= 0 else { return false }
            resume += 1
            n = resume
            p = starAt + 1
        }
        while p < pattern.count, pattern[p] == UInt8(ascii: "*") { p += 1 }
        return p == pattern.count
    }

    /// The index after the pattern element at `p` if it matches `byte`.
    private static func step(_ pattern: [UInt8], _ p: Int, _ byte: UInt8) -> Int? {
        switch pattern[p] {
        case UInt8(ascii: "?"): return p + 1
        case UInt8(ascii: "\\") where p + 1 < pattern.count: return pattern[p + 1] == byte ? p + 2 : nil
        case UInt8(ascii: "["):
            guard let end = pattern[(p + 1)...].dropFirst().firstIndex(of: UInt8(ascii: "]")) else { fallthrough }
            var set = pattern[(p + 1)..<end]
            let negated = set.first == UInt8(ascii: "!") || set.first == UInt8(ascii: "^")
            if negated { set = set.dropFirst() }
            var hit = false
            var index = set.startIndex
            while index < set.endIndex {
                if index + 2 < set.endIndex, set[index + 1] == UInt8(ascii: "-") {
                    if set[index] <= byte, byte <= set[index + 2] { hit = true }
                    index += 3
                } else {
                    if set[index] == byte { hit = true }
                    index += 1
                }
            }
            return hit != negated ? end + 1 : nil
        default: return pattern[p] == byte ? p + 1 : nil
        }
    }
}
