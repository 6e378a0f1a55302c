import FoundationEssentials

/// A day of the Gregorian calendar, UTC: what deadlines are reckoned in.
struct CivilDay: Sendable, Equatable, Comparable {
    /// Since 1970-01-01.
    var number: Int

    init(number: Int) { self.number = number }

    init(_ moment: Date) { number = Int((moment.timeIntervalSince1970 / 86_400).rounded(.down)) }

    /// - Returns: nil for what is no day, like 30 February.
    init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        number = DateText.days(year, month, day)
        guard self.month == month, self.day == day else { return nil }
    }

    /// 0 is Monday.
    var weekday: Int { ((number + 3) % 7 + 7) % 7 }

    // howardhinnant.github.io/date_algorithms.html
    private var parts: (year: Int, month: Int, day: Int) {
        let z = number + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let mp = (5 * dayOfYear + 2) / 153
        let month = mp < 10 ? mp + 3 : mp - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * mp + 2) / 5 + 1)
    }

    var year: Int { parts.year }
    var month: Int { parts.month }
    var day: Int { parts.day }

    var lastOfMonth: CivilDay {
        let (year, month) = (parts.year, parts.month)
        return CivilDay(
            number: CivilDay(year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: 1)!.number - 1)
    }

    var firstOfMonth: CivilDay { CivilDay(year: year, month: month, day: 1)! }

    /// The same day some months later, or the last of that month.
    func plus(months: Int) -> CivilDay? {
        let index = year * 12 + month - 1 + months
        guard let first = CivilDay(year: index / 12, month: index % 12 + 1, day: 1) else { return nil }
        return min(first + (day - 1), first.lastOfMonth)
    }

    static func + (day: CivilDay, days: Int) -> CivilDay { CivilDay(number: day.number + days) }
    static func < (a: CivilDay, b: CivilDay) -> Bool { a.number < b.number }

    /// - Parameter seconds: since midnight.
    func at(_ seconds: Int) -> Date { Date(timeIntervalSince1970: Double(number * 86_400 + seconds)) }

    /// A deadline without a time lasts to the last second of the day.
    var end: Date { at(86_399) }
}
