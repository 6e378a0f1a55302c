/// A JSON value as exports of any shape need it: numbers keep their digits (ids exceed what a Double holds).
package enum JSONValue: Sendable, Equatable {
    package struct Member: Sendable, Equatable {
        package var key: String
        package var value: JSONValue

        package init(key: String, value: JSONValue) { (self.key, self.value) = (key, value) }
    }

    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// The first member with that name; nil for other values and for null.
    package subscript(_ key: String) -> JSONValue? {
        guard case .object(let members) = self, let found = members.first(where: { $0.key == key })?.value,
            found != .null
        else { return nil }
        return found
    }

    /// Text of a string, number or truth value.
    package var text: String? {
        switch self {
        case .string(let text): text
        case .number(let digits): digits
        case .bool(let flag): flag ? "true" : "false"
        default: nil
        }
    }

    package var array: [JSONValue]? { if case .array(let values) = self { values } else { nil } }
    package var members: [Member]? { if case .object(let members) = self { members } else { nil } }
    package var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
    package var double: Double? { if case .number(let digits) = self { Double(digits) } else { nil } }
    package var int: Int? {
        if case .number(let digits) = self {
            Int(digits) ?? Double(digits).flatMap { Int(exactly: $0.rounded()) }
        } else {
            nil
        }
    }

    /// Strings and numbers of a list, or a string's words between commas or spaces.
    package var texts: [String] {
        switch self {
        case .array(let values): values.compactMap(\.text)
        case .string(let text): text.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
        default: []
        }
    }
}

/// Why bytes are not JSON.
package struct JSONError: Error, Equatable, CustomStringConvertible {
    package var reason: String
    /// Bytes from the start of the value.
    package var offset: Int

    package init(reason: String, offset: Int) { (self.reason, self.offset) = (reason, offset) }

    package var description: String { "not valid JSON at byte \(offset): \(reason)" }
}

/// Reads JSON (RFC 8259) from bytes, value by value, so that a large array need not be held whole.
package struct JSONParser {
    /// Deeper values are refused: reading recurses.
    package static let deepest = 128

    private let bytes: UnsafeBufferPointer<UInt8>
    package private(set) var index: Int

    package init(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int = 0) {
        self.bytes = bytes
        self.index = index
    }

    /// The one value that the bytes are.
    package static func value(_ bytes: some Collection<UInt8>) throws(JSONError) -> JSONValue {
        let result =
            bytes.withContiguousStorageIfAvailable { whole($0) } ?? Array(bytes).withUnsafeBufferPointer { whole($0) }
        return try result.get()
    }

    private static func whole(_ buffer: UnsafeBufferPointer<UInt8>) -> Result<JSONValue, JSONError> {
        Result { () throws(JSONError) in
            var parser = JSONParser(buffer)
            let value = try parser.value()
            guard parser.peek() == nil else { throw parser.error("more text after the value") }
            return value
        }
    }

    /// The next byte that is not white space.
    package mutating func peek() -> UInt8? {
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            index += 1
        }
        return nil
    }

    package mutating func skip(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        index += 1
        return true
    }

    package func error(_ reason: String) -> JSONError { JSONError(reason: reason, offset: index) }

    package mutating func value(depth: Int = 0) throws(JSONError) -> JSONValue {
        guard depth < Self.deepest else { throw error("nested deeper than \(Self.deepest) levels") }
        switch peek() {
        case UInt8(ascii: "{"):
            index += 1
            var members: [JSONValue.Member] = []
            if skip(UInt8(ascii: "}")) { return .object([]) }
            repeat {
                let key = try key()
                members.append(JSONValue.Member(key: key, value: try value(depth: depth + 1)))
            } while skip(UInt8(ascii: ","))
            guard skip(UInt8(ascii: "}")) else { throw unexpected("\",\" or \"}\"") }
            return .object(members)
        case UInt8(ascii: "["):
            index += 1
            var values: [JSONValue] = []
            if skip(UInt8(ascii: "]")) { return .array([]) }
            repeat { values.append(try value(depth: depth + 1)) } while skip(UInt8(ascii: ","))
            guard skip(UInt8(ascii: "]")) else { throw unexpected("\",\" or \"]\"") }
            return .array(values)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case nil: throw error("it ends too early")
        default: return try number()
        }
    }

    /// A member's name and the colon after it.
    package mutating func key() throws(JSONError) -> String {
        guard peek() == UInt8(ascii: "\"") else { throw unexpected("a name in quotes") }
        let key = try string()
        guard skip(UInt8(ascii: ":")) else { throw unexpected("\":\"") }
        return key
    }

    private func unexpected(_ wanted: String) -> JSONError {
        error(index >= bytes.count ? "it ends too early" : "expected \(wanted)")
    }

    private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let count = text.utf8CodeUnitCount
        guard index + count <= bytes.count, (0..<count).allSatisfy({ bytes[index + $0] == text.utf8Start[$0] }) else {
            throw unexpected("a value")
        }
        index += count
        return value
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = index
        while index < bytes.count, (48...57).contains(bytes[index]) || "+-.eE".utf8.contains(bytes[index]) {
            index += 1
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard index > start, bytes[start] != UInt8(ascii: "+"), Double(text) != nil else {
            index = start
            throw unexpected("a value")
        }
        return .number(text)
    }

    private mutating func string() throws(JSONError) -> String {
        index += 1
        let start = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\"),
            bytes[index] >= 0x20
        { index += 1 }
        if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
            defer { index += 1 }
            return try checked(bytes[start..<index])
        }
        var out = Array(bytes[start..<index])
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                index += 1
                return try checked(out[...])
            }
            guard byte >= 0x20 else { throw error("a control character in a string") }
            index += 1
            if byte == UInt8(ascii: "\\") { try escape(&out) } else { out.append(byte) }
        }
        throw error("it ends too early")
    }

    private func checked(_ slice: some Collection<UInt8>) throws(JSONError) -> String {
        guard let text = String(validating: slice, as: UTF8.self) else { throw error("invalid UTF-8 in a string") }
        return text
    }

    private mutating func escape(_ out: inout [UInt8]) throws(JSONError) {
        guard index < bytes.count else { throw error("it ends too early") }
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "b"), UInt8(ascii: "f"): out.append(0x20)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
        case UInt8(ascii: "u"):
            var unit = try hex()
            if (0xD800..<0xDC00).contains(unit), index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
                bytes[index + 1] == UInt8(ascii: "u")
            {
                let before = index
                index += 2
                let low = try hex()
                if (0xDC00..<0xE000).contains(low) {
                    unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
                } else {
                    index = before
                }
            }
            // Half a surrogate pair and NUL have no place in text.
            let scalar: Unicode.Scalar = unit == 0 ? " " : Unicode.Scalar(unit) ?? "\u{FFFD}"
            out.append(contentsOf: UTF8.encode(scalar)!)
        default: throw error("an unknown escape")
        }
    }

    private mutating func hex() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard index < bytes.count, let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else {
                throw error("an unknown escape")
            }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }
}
