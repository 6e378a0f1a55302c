import FoundationEssentials

/// Times as people and exports write them.
enum DateText {
    /// Reads RFC 3339 with or without fraction and zone, `2024-01-05`, `2024-01-05 10:00:00 +0200`, `2024/01/05`,
    /// and seconds or milliseconds since 1970. A time without zone is UTC.
    static func date(_ text: String) -> Date? {
        let utf8 = Array(text.utf8.drop(while: { $0 == 0x20 }))
        var cursor = Cursor(bytes: utf8)
        if let epoch = Double(text.filter { $0 != " " }), text.utf8.count >= 9, !text.contains("-") {
            return date(epoch: epoch)
        }
        guard let year = cursor.number(digits: 4), cursor.skip("-/."), let month = cursor.number(digits: 1...2),
            cursor.skip("-/."), let day = cursor.number(digits: 1...2),
            (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        var seconds = Double(days(year, month, day) * 86400)
        if cursor.skip("Tt ") {
            while cursor.skip(" ") {}
            if let hour = cursor.number(digits: 1...2), hour < 25, cursor.skip(":"),
                let minute = cursor.number(digits: 2)
            {
                seconds += Double(hour * 3600 + minute * 60)
                if cursor.skip(":"), let second = cursor.number(digits: 2) {
                    seconds += Double(second) + (cursor.skip(".,") ? cursor.fraction() : 0)
                }
            }
        }
        while cursor.skip(" ") {}
        if let sign = cursor.sign(), let hours = cursor.number(digits: 2) {
            _ = cursor.skip(":")
            let minutes = cursor.number(digits: 2) ?? 0
            seconds -= sign * Double(hours * 3600 + minutes * 60)
        }
        return Date(timeIntervalSince1970: seconds)
    }

    /// Seconds since 1970, or milliseconds where the number is too large for seconds.
    static func date(epoch: Double) -> Date? {
        guard epoch.isFinite, epoch > 0, epoch < 1e15 else { return nil }
        return Date(timeIntervalSince1970: epoch > 1e11 ? epoch / 1000 : epoch)
    }

    // Days since 1970-01-01 in the proleptic Gregorian calendar: howardhinnant.github.io/date_algorithms.html
    static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468
    }

    private struct Cursor {
        let bytes: [UInt8]
        var index = 0

        mutating func number(digits: Int) -> Int? { number(digits: digits...digits) }

        mutating func number(digits: ClosedRange<Int>) -> Int? {
            var value = 0
            var count = 0
            while count < digits.upperBound, index + count < bytes.count, bytes[index + count] &- 48 < 10 {
                value = value * 10 + Int(bytes[index + count] - 48)
                count += 1
            }
            guard count >= digits.lowerBound else { return nil }
            index += count
            return value
        }

        mutating func skip(_ any: String) -> Bool {
            guard index < bytes.count, any.utf8.contains(bytes[index]) else { return false }
            index += 1
            return true
        }

        mutating func fraction() -> Double {
            var value = 0.0
            var unit = 0.1
            while index < bytes.count, bytes[index] &- 48 < 10 {
                value += Double(bytes[index] - 48) * unit
                unit /= 10
                index += 1
            }
            return value
        }

        mutating func sign() -> Double? {
            if skip("+") { return 1 }
            return skip("-") ? -1 : nil
        }
    }
}
