import Embedding

/// The records of a file of JSON Lines, of a JSON array, or of one or several JSON documents.
enum JSONRecords {
    /// Largest file that is one JSON document; JSON Lines have no limit.
    static let documentLimit = 256 << 20

    enum Input {
        case file(String)
        case bytes([UInt8])
    }

    /// A record, or why there is none, with its 1-based line (of a document: the line it begins on).
    typealias Visit = (_ record: Result<JSONValue, JSONError>, _ line: Int) -> Void

    /// Visits every record in order. A bad line is one error; the lines after it are read.
    ///
    /// Elements of a top-level array, and of `tickets`, `comments`, `users` and `results` of a top-level object that
    /// is spread over lines, are visited one by one.
    static func visit(_ input: Input, _ visit: Visit) throws(ReadError) {
        let lines =
            switch input {
            case .file(let path): try LineSource(path: path)
            case .bytes(let bytes): LineSource(bytes: bytes)
            }
        var isFirst = true
        while let line = lines.next() {
            switch line {
            case .tooLong(let number, let bytes):
                isFirst = false
                visit(
                    .failure(
                        JSONError(
                            reason:
                                "the line has \(bytes) bytes; lines above \(LineSource.longest >> 20) MB are not read",
                            offset: 0)), number)
            case .text(let bytes, let number):
                guard let first = bytes.first(where: { $0 > 0x20 }) else { continue }
                if isFirst, isDocument(first, bytes) {
                    return try document(bytes, lines, number, visit)
                }
                isFirst = false
                visit(Result { () throws(JSONError) in try JSONParser.value(bytes) }, number)
            }
        }
        if let failure = lines.failure { throw failure }
        if isFirst { throw .empty }
    }

    /// The first line of an array, or of an object that goes on over the next lines.
    private static func isDocument(_ first: UInt8, _ line: [UInt8]) -> Bool {
        if first == UInt8(ascii: "[") { return true }
        guard let last = line.last(where: { $0 > 0x20 }), "{[,:".utf8.contains(last) else { return false }
        return (try? JSONParser.value(line)) == nil
    }

    private static func document(_ first: [UInt8], _ lines: LineSource, _ number: Int, _ visit: Visit) throws(ReadError)
    {
        var bytes = first + [0x0A]
        while let line = lines.next() {
            guard case .text(let more, _) = line else { throw .tooLarge(bytes: bytes.count, limit: LineSource.longest) }
            bytes += more
            bytes.append(0x0A)
            if bytes.count > documentLimit { throw .tooLarge(bytes: bytes.count, limit: documentLimit) }
        }
        if let failure = lines.failure { throw failure }
        bytes.withUnsafeBufferPointer { buffer in
            withoutActuallyEscaping(visit) { visit in
                var walk = DocumentWalk(buffer: buffer, firstLine: number, visit: visit)
                walk.run()
            }
        }
    }

    private struct DocumentWalk {
        let buffer: UnsafeBufferPointer<UInt8>
        let firstLine: Int
        let visit: Visit
        private var counted = 0
        private var lines = 0

        init(buffer: UnsafeBufferPointer<UInt8>, firstLine: Int, visit: @escaping Visit) {
            self.buffer = buffer
            self.firstLine = firstLine
            self.visit = visit
        }

        mutating func run() {
            var parser = JSONParser(buffer)
            do throws(JSONError) {
                while let byte = parser.peek() {
                    if byte == UInt8(ascii: "[") {
                        try elements(&parser) { $0 }
                    } else if byte == UInt8(ascii: "{") {
                        try object(&parser)
                    } else {
                        throw parser.error("expected an object or a list")
                    }
                }
            } catch {
                visit(.failure(error), line(at: error.offset))
            }
        }

        private mutating func elements(_ parser: inout JSONParser, _ wrap: (JSONValue) -> JSONValue) throws(JSONError) {
            _ = parser.skip(UInt8(ascii: "["))
            if parser.skip(UInt8(ascii: "]")) { return }
            repeat {
                _ = parser.peek()
                let line = line(at: parser.index)
                visit(.success(wrap(try parser.value())), line)
            } while parser.skip(UInt8(ascii: ","))
            guard parser.skip(UInt8(ascii: "]")) else { throw parser.error("expected \",\" or \"]\"") }
        }

        /// An object: its long lists element by element, wrapped as a list of one so that their meaning stays; the
        /// rest as one record.
        private mutating func object(_ parser: inout JSONParser) throws(JSONError) {
            let line = line(at: parser.index)
            _ = parser.skip(UInt8(ascii: "{"))
            var rest: [JSONValue.Member] = []
            if parser.skip(UInt8(ascii: "}")) { return }
            repeat {
                let key = try parser.key()
                let isTicket = rest.contains { $0.key == "subject" || $0.key == "description" }
                if parser.peek() == UInt8(ascii: "["), ["tickets", "users", "results"].contains(key), !isTicket {
                    try elements(&parser) { .object([JSONValue.Member(key: key, value: .array([$0]))]) }
                } else {
                    rest.append(JSONValue.Member(key: key, value: try parser.value()))
                }
            } while parser.skip(UInt8(ascii: ","))
            guard parser.skip(UInt8(ascii: "}")) else { throw parser.error("expected \",\" or \"}\"") }
            if rest.contains(where: {
                ["id", "comments", "ticket", "_id", "ticket_id", "message", "email"].contains($0.key)
            }) {
                visit(.success(.object(rest)), line)
            }
        }

        private mutating func line(at index: Int) -> Int {
            if index > counted {
                lines += buffer[counted..<min(index, buffer.count)].count { $0 == 0x0A }
                counted = min(index, buffer.count)
            }
            return firstLine + lines
        }
    }
}

/// What a file of JSON Lines holds.
enum JSONLKind: Sendable {
    case articles, tickets

    /// Decides by the first lines that are objects; nil when they say nothing (`--kind` must).
    static func detect(_ firstLines: [[UInt8]]) -> JSONLKind? {
        for line in firstLines {
            guard let value = try? JSONParser.value(line), value.members != nil else {
                // A page or an array spread over lines is what ticket systems write.
                if let first = line.first(where: { $0 > 0x20 }) {
                    if first == UInt8(ascii: "[") { return .tickets }
                    if first == UInt8(ascii: "{"),
                        ["\"tickets\"", "\"comments\"", "\"users\""].contains(where: {
                            line.starts(with: Array("{\($0)".utf8))
                        })
                    {
                        return .tickets
                    }
                }
                continue
            }
            if value["_id"] != nil, value["text"] != nil { return .articles }
            for key in ["tickets", "comments", "users", "subject", "description", "ticket", "ticket_id", "results"]
            where value[key] != nil { return .tickets }
            if value["title"] != nil || value["text"] != nil { return .articles }
        }
        return nil
    }
}
