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
            try container.encode(date.rfc3339)
        }
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// A number with at most six decimals, so that float noise never shows.
    static func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }
}

extension Date {
    /// Like `2026-11-29T06:00:00Z`, fractions of a second cut off: what `formatted(.iso8601)` gives, without the calendars and time
    /// zones it sets up.
    public var rfc3339: String {
        let seconds = timeIntervalSince1970.rounded(.down)
        let day = CivilDay(self)
        guard (1583...9999).contains(day.year) else { return formatted(.iso8601) }
        let rest = Int(seconds) - day.number * 86_400
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let year = String(10_000 + day.year).dropFirst()
        return "\(year)-\(two(day.month))-\(two(day.day))T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
    }
}
