import FoundationEssentials

/// Values as JSON for other programs: keys snake_case and sorted, times RFC 3339 UTC.
public enum JSONRecord {
    public static func text(_ value: some Encodable, pretty: Bool = false) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(date.formatted(.iso8601))
        }
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// A number with at most six decimals, so that float noise never shows.
    static func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }
}
