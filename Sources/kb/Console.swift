import KnowledgeBase
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The two streams: results on stdout and nothing else there; progress and warnings on stderr.
enum Console {
    private static let pending = Mutex<[UInt8]>([])

    static let stdoutIsTerminal = isatty(1) == 1
    static let stderrIsTerminal = isatty(2) == 1

    /// Colour only on a terminal, and never against the user's word (no-color.org).
    static let usesColor = stdoutIsTerminal && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true)

    /// Columns of the terminal; 80 where there is none.
    static let width: Int = {
        var size = winsize()
        guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 80 }
        return min(Int(size.ws_col), 100)
    }()

    /// One line of results; written in large pieces, at the latest by `flush`.
    static func print(_ line: String = "", terminator: String = "\n") {
        pending.withLock {
            $0 += line.utf8
            $0 += terminator.utf8
            if $0.count >= 1 << 16 { write(&$0) }
        }
    }

    static func flush() {
        pending.withLock { write(&$0) }
    }

    /// One line on stderr.
    static func error(_ line: String) {
        writeError(line + "\n")
    }

    /// Redraws one line on a terminal's stderr.
    static func errorInPlace(_ line: String) {
        writeError("\r\u{1b}[K" + line)
    }

    /// One write, so that lines of several processes do not mix.
    private static func writeError(_ text: String) {
        var text = text
        text.withUTF8 { _ = Glibc.write(2, $0.baseAddress, $0.count) }
    }

    private static func write(_ bytes: inout [UInt8]) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(1, $0.baseAddress! + offset, $0.count - offset) }
            if count < 0 {
                if errno == EINTR { continue }
                // A reader that went away (`kb … | head`) ends the program quietly; SIGPIPE normally has already.
                if errno == EPIPE { _exit(0) }
                writeError(
                    "kb: The results cannot be written: \(String(cString: strerror(errno))). Nothing else was lost.\n")
                _exit(2)
            }
            offset += count
        }
        bytes.removeAll(keepingCapacity: true)
    }

    static func bold(_ text: String) -> String { usesColor ? "\u{1b}[1m\(text)\u{1b}[0m" : text }
    static func dim(_ text: String) -> String { usesColor ? "\u{1b}[2m\(text)\u{1b}[0m" : text }

    /// Text of documents and tickets may hold escape sequences; a terminal must not obey them.
    static func safe(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { out.append(isControl(scalar) ? "\u{fffd}" : scalar) }
        return String(out)
    }

    /// As `safe`, for what must stay on one line: names, titles, urls.
    static func inline(_ text: String) -> String {
        String(safe(text).map { $0.isNewline || $0 == "\t" ? "\u{fffd}" : $0 })
    }

    /// A title and the headings below it, one that only repeats the one before left out.
    static func trail(_ title: String, _ headings: [String]) -> [String] {
        func plain(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }
        return headings.reduce(into: [title]) { if plain($0.last!) != plain($1) { $0.append($1) } }
    }

    /// Says on stderr what of a question was not simply looked for.
    /// Says of each damaged file once that it is.
    static func tellDamage(_ reading: QuestionReading, told: inout Set<String>) {
        for file in reading.damaged where told.insert(file).inserted {
            error("\(inline(file)) is damaged: searched without it, which takes longer. Next: kb doctor --repair")
        }
    }

    static func explain(_ reading: QuestionReading) {
        var told: Set<String> = []
        tellDamage(reading, told: &told)
        for word in reading.excluded {
            error("left out what holds '\(inline(word))'; to look for it write it without the '-'")
        }
        for phrase in reading.missingPhrases {
            error("nothing holds the phrase \"\(inline(phrase))\"; looked for its words instead")
        }
        for (field, count) in reading.silent {
            let articles =
                count == 1 ? "1 article says no \(field) and is" : "\(count) articles say no \(field) and are"
            error("\(articles) left out by --\(field)")
        }
        for (field, value, known) in reading.unmatched {
            let there = known.isEmpty ? "none says one" : "there are: " + known.joined(separator: ", ")
            error("no document has the \(field) '\(inline(value))'; \(inline(there))")
        }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0a: false
        case 0..<0x20, 0x7f..<0xa0: true
        case 0x202a...0x202e, 0x2066...0x2069: true  // direction overrides
        default: false
        }
    }

    /// Breaks text at spaces to fit `width` columns; lines already broken stay so.
    static func wrap(_ text: String, width: Int = Console.width) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var out = ""
            var column = 0
            for word in line.split(separator: " ", omittingEmptySubsequences: true) {
                if column > 0, column + 1 + word.count > width {
                    out += "\n"
                    column = 0
                }
                if column > 0 {
                    out += " "
                    column += 1
                }
                out += word
                column += word.count
            }
            return out
        }.joined(separator: "\n")
    }
}

/// Reads lines from a file or from standard input without waiting for more than there is.
struct LineReader {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var start = 0
    private var atEnd = false

    /// - Parameter path: `-` is standard input.
    /// - Throws: `KnowledgeBaseError.unreadable` for what is absent, closed or a folder.
    init(_ path: String) throws {
        descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
            throw KnowledgeBaseError.unreadable(
                path: path == "-" ? "Standard input" : path, reason: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT != S_IFDIR else {
            throw KnowledgeBaseError.unreadable(path: path, reason: "it is a folder; give a file")
        }
    }

    /// The next lines without their line feeds: waits for the first, takes up to `limit` that are there already.
    mutating func next(_ limit: Int) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        while lines.count < limit {
            if let end = buffer[start...].firstIndex(of: 0x0a) {
                lines.append(Array(buffer[start..<end]))
                start = end + 1
            } else if atEnd {
                if start < buffer.count { lines.append(Array(buffer[start...])) }
                start = buffer.count
                break
            } else if lines.isEmpty {
                fill()
            } else {
                break
            }
        }
        return lines
    }

    private mutating func fill() {
        buffer.removeSubrange(..<start)
        start = 0
        let size = 1 << 16
        var chunk = [UInt8](repeating: 0, count: size)
        var count = read(descriptor, &chunk, size)
        while count < 0 && errno == EINTR { count = read(descriptor, &chunk, size) }
        if count <= 0 { atEnd = true } else { buffer += chunk[..<count] }
    }

    /// All bytes that are left.
    mutating func rest() -> [UInt8] {
        while !atEnd { fill() }
        defer { start = buffer.count }
        return Array(buffer[start...])
    }
}
