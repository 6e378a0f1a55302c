/// Days of the calendar by name, by number, and as ends of periods.
extension DateReader {
    func day(at i: Int) -> (CivilDay, Int)? {
        relativeDay(i) ?? weekday(i) ?? period(i) ?? calendar(i) ?? feast(i)
    }

    // MARK: - By name

    func relativeDay(_ i: Int) -> (CivilDay, Int)? {
        // "Guten Morgen", "por la mañana", "every morning": not the day after.
        if ["morgen", "manana"].contains(word(i)), DateWords.notTomorrow.contains(word(i - 1)) { return nil }
        for count in [4, 3, 2, 1] where i + count <= words.count {
            let phrase = (i..<i + count).map(word).joined(separator: " ")
            if let days = DateWords.relative[phrase] { return (today + days, i + count) }
        }
        return nil
    }

    func weekday(_ i: Int) -> (CivilDay, Int)? {
        var (place, weeks) = (i, 0)
        if DateWords.next.contains(word(i)) { (place, weeks) = (i + 1, 1) }
        if DateWords.this.contains(word(i)) { place = word(i + 1) == "coming" ? i + 2 : i + 1 }
        guard let wanted = DateWords.weekdays[word(place)] ?? possessive(place) else { return nil }
        if DateWords.ambiguousDays.contains(word(place)), place == i, !isCue(i - 1), number(place + 1) == nil,
            !DateWords.endOfDay.contains(word(i - 1))
        {
            return nil
        }
        if DateWords.past.contains(word(i - 1)) { return nil }
        // Said on a Friday, Friday is the next one: today is called today.
        var days = (wanted - today.weekday + 6) % 7 + 1
        var end = place + 1
        // "Freitag nächster Woche", "el lunes que viene", "Friday of next week"
        let after = ["of", "der", "in"].contains(word(end)) ? end + 1 : end
        if DateWords.next.contains(word(after)), DateWords.weeks.contains(word(after + 1)) {
            (weeks, end) = (1, after + 2)
        }
        if DateWords.next.contains(word(end)), weeks == 0 { (weeks, end) = (1, end + 1) }
        if word(end) == "feira" { end += 1 }
        if weeks == 1, wanted > today.weekday { days += 7 }
        if word(end) == "week", weeks == 0, word(end + 1) != "end" {
            end += 1
            days += 7
        }
        // "Friday the 13th", "Friday, 13 March", "Freitag, den 13. März": the number decides.
        let date = skip(end, ["the", "den", "dem", "der", "le", "el", "il", "de"])
        if let (day, next) = calendar(date, isNamed: true) { return (day, next) }
        // "Friday morning": the time is read next.
        return (today + days, end)
    }

    /// "Thursday's hearing"; "Thursdays" are every week.
    private func possessive(_ i: Int) -> Int? {
        let text = word(i)
        guard text.last == "s", let day = DateWords.weekdays[String(text.dropLast())],
            words[i].range.count > text.utf8.count
        else { return nil }
        return day
    }

    /// Christmas and the like, the next one.
    func feast(_ i: Int) -> (CivilDay, Int)? {
        for (name, month, day) in DateWords.feasts {
            let parts = name.pieces(" ").map(String.init)
            guard parts.indices.allSatisfy({ word(i + $0) == parts[$0] }) else { continue }
            return soonest(month, day).map { ($0, i + parts.count) }
        }
        if word(i) == "thanksgiving" || word(i) == "black" && word(i + 1) == "friday" {
            let isFriday = word(i) == "black"
            for year in [today.year, today.year + 1] {
                guard let first = CivilDay(year: year, month: 11, day: 1) else { continue }
                let day = first + ((3 - first.weekday + 7) % 7 + 21 + (isFriday ? 1 : 0))
                if day >= today { return (day, i + (isFriday ? 2 : 1)) }
            }
        }
        return nil
    }

    // MARK: - Ends and beginnings of periods

    func period(_ i: Int) -> (CivilDay, Int)? {
        if DateWords.endOfDay.contains(word(i)) {
            let place = skip(i + 1, ["on", "this", "of", "the"])
            if let (day, next) = relativeDay(place) ?? weekday(place) { return (day, next) }
            if let (day, next) = calendar(place, isNamed: true) { return (day, next) }
            return (today, i + 1)
        }
        if let unit = DateWords.initials[word(i)] { return (ending(unit, next: false)!, i + 1) }
        // "month end", "Monatsende", "year-end"
        if let unit = DateWords.compound[word(i)] {
            let isNext = DateWords.next.contains(word(i - 1))
            return ending(unit, next: isNext).map { ($0, i + 1) }
        }
        if ["end", "close"].contains(word(i + 1)), ["month", "year", "quarter", "week"].contains(word(i)),
            word(i + 2) != "of",
            !(word(i) == "week" && between(i).isEmpty)
        {
            return ending(word(i), next: false).map { ($0, i + 2) }
        }
        if DateWords.ends.contains(word(i)) || DateWords.starts.contains(word(i)) {
            let isStart = DateWords.starts.contains(word(i))
            var j = skip(i + 1, DateWords.periodFillers)
            let next = DateWords.next.contains(word(j))
            if next { j += 1 }
            if !isStart, DateWords.days.contains(word(j)) {
                var end = j + 1
                if let (day, after) = relativeDay(end) ?? weekday(end) { return (day, after) }
                if ["day", "today"].contains(word(end)) { end += 1 }
                return (today, end)
            }
            if !isStart, let (day, end) = relativeDay(j) { return (day, end) }
            if let month = DateWords.months[word(j)] {
                let year = month < today.month ? today.year + 1 : today.year
                return CivilDay(year: year, month: month, day: 1).map { (isStart ? $0 : $0.lastOfMonth, j + 1) }
            }
            if let (day, end) = quarter(j) { return isStart ? nil : (day, end) }
            // "fin de semana", "fin de semaine" are the weekend; so is "das Ende der Woche" not.
            if isStart {
                guard next, let day = ending(word(j), next: true) else { return nil }
                return (DateWords.weeks.contains(word(j)) ? day + -4 : day.firstOfMonth, j + 1)
            }
            let trailing = DateWords.next.contains(word(j + 1))
            return ending(word(j), next: next || trailing).map { ($0, trailing ? j + 2 : j + 1) }
        }
        if let (day, next) = quarter(i), isCue(i - 1) || DateWords.directCue.contains(word(i - 1)) {
            return (day, next)
        }
        // "before the year is out"
        if ["is", "s"].contains(word(i + 1)), ["out", "over", "up"].contains(word(i + 2)) {
            return ending(word(i), next: false).map { ($0, i + 3) }
        }
        if DateWords.this.contains(word(i)), let day = ending(word(i + 1), next: false) {
            return (day, word(i + 2) == "end" ? i + 3 : i + 2)
        }
        if DateWords.next.contains(word(i)), let day = ending(word(i + 1), next: true) { return (day, i + 2) }
        // "the weekend", "am Wochenende", "la semana que viene"
        if DateWords.weekends.contains(word(i)), isCue(i - 1) || ["dem", "le", "il", "el", "het"].contains(word(i - 1))
        {
            return ending(word(i), next: false).map { ($0, i + 1) }
        }
        if ending(word(i), next: true) != nil {
            let place = word(i + 1) == "que" ? i + 2 : i + 1
            if DateWords.next.contains(word(place)) || ["viene", "entra"].contains(word(place)) {
                return ending(word(i), next: true).map { ($0, place + 1) }
            }
        }
        return nil
    }

    /// The last day of a period: of a week its Friday, of a weekend its Saturday.
    private func ending(_ unit: String, next: Bool) -> CivilDay? {
        if DateWords.weeks.contains(unit) { return today + (4 - min(today.weekday, 4)) + (next ? 7 : 0) }
        if DateWords.weekends.contains(unit) { return today + (5 - min(today.weekday, 5)) + (next ? 7 : 0) }
        if DateWords.monthWords.contains(unit) { return next ? (today.lastOfMonth + 1).lastOfMonth : today.lastOfMonth }
        if DateWords.years.contains(unit) { return CivilDay(year: today.year + (next ? 1 : 0), month: 12, day: 31) }
        if DateWords.quarters.contains(unit) {
            let quarter = (today.month - 1) / 3 + (next ? 1 : 0)
            return CivilDay(year: today.year + quarter / 4, month: quarter % 4 * 3 + 3, day: 1)?.lastOfMonth
        }
        return nil
    }

    /// `Q2`, `the second quarter`: its last day, of the next such quarter.
    private func quarter(_ i: Int) -> (CivilDay, Int)? {
        var (number, end) = (0, i + 1)
        if word(i).count == 2, word(i).first == "q" || word(i).first == "t", let value = Int(word(i).dropFirst()) {
            number = value
        } else if DateWords.quarters.contains(word(i + 1)), let value = DateWords.ordinals[word(i)] {
            (number, end) = (value, i + 2)
        }
        guard (1...4).contains(number) else { return nil }
        if let year = Int(word(end)), (2000...2100).contains(year) {
            return CivilDay(year: year, month: number * 3, day: 1).map { ($0.lastOfMonth, end + 1) }
        }
        let year = number * 3 < today.month ? today.year + 1 : today.year
        return CivilDay(year: year, month: number * 3, day: 1).map { ($0.lastOfMonth, end) }
    }

    // MARK: - By number

    private func soonest(_ month: Int, _ day: Int) -> CivilDay? {
        guard let found = CivilDay(year: today.year, month: month, day: day) else {
            return CivilDay(year: today.year + 1, month: month, day: day)
        }
        return found >= today ? found : CivilDay(year: today.year + 1, month: month, day: day)
    }

    private func year(_ i: Int) -> Int? { Int(word(i)).flatMap { (2000...2100).contains($0) ? $0 : nil } }

    /// `2026-03-15`, `15 March`, `March 15th, 2026`, `15.03.`, `3/15`, `the 15th`.
    ///
    /// - Parameter isNamed: a weekday stands before it, so a bare number is a day.
    func calendar(_ i: Int, isNamed: Bool = false) -> (CivilDay, Int)? {
        if let year = year(i), let month = Int(word(i + 1)), let day = Int(word(i + 2)),
            ["-", "/", "."].contains(between(i)), let found = CivilDay(year: year, month: month, day: day)
        {
            return (found, i + 3)
        }
        if let (day, next) = ordinal(i) { return dayFirst(day, i, next, isNamed: isNamed) }
        guard let month = DateWords.months[word(i)] else { return nil }
        // "by April 2027", "in May": no day is named.
        let place = word(i + 1) == "the" ? i + 2 : i + 1
        guard let (day, next) = ordinal(place), DateWords.units[word(next)] == nil else { return nil }
        if let year = year(next) { return CivilDay(year: year, month: month, day: day).map { ($0, next + 1) } }
        return soonest(month, day).map { ($0, next) }
    }

    private func dayFirst(_ day: Int, _ i: Int, _ next: Int, isNamed: Bool) -> (CivilDay, Int)? {
        // "am 5. Dezember": the dot is no end of a sentence.
        var place = next
        if place < words.count, words[place].isEnd, DateWords.months[word(place + 1)] != nil { place += 1 }
        place = skip(place, ["of", "de", "day", "del"])
        if let month = DateWords.months[word(place)] {
            let yearPlace = ["de", "del"].contains(word(place + 1)) ? place + 2 : place + 1
            if let year = year(yearPlace) {
                return CivilDay(year: year, month: month, day: day).map { ($0, yearPlace + 1) }
            }
            return soonest(month, day).map { ($0, place + 1) }
        }
        // "the 3rd of next month"
        if DateWords.next.contains(word(place)), DateWords.monthWords.contains(word(place + 1)) {
            let first = today.lastOfMonth + 1
            return CivilDay(year: first.year, month: first.month, day: day).map { ($0, place + 2) }
        }
        let mark = between(i)
        if ["/", "."].contains(mark) || mark == "-" && year(i + 2) != nil, let second = Int(word(i + 1)), next == i + 1
        {
            let isDayFirst = mark != "/" || day > 12
            let (month, dayOfMonth) = isDayFirst ? (second, day) : (day, second)
            if let year = Int(word(i + 2)), between(i + 1) == mark {
                let full = year < 100 ? year + 2000 : year
                // A version or an address has dots as well.
                guard (2000...2100).contains(full) else { return nil }
                return CivilDay(year: full, month: month, day: dayOfMonth).map { ($0, i + 3) }
            }
            let isEnd = i + 2 >= words.count || words[i + 2].isEnd || mark == "/"
            if (isEnd && mark == "/") || isNamed || isCue(i - 1) || DateWords.directCue.contains(word(i - 1)) {
                return soonest(month, dayOfMonth).map { ($0, i + 2) }
            }
            return nil
        }
        // "the 15th", "am 15.", "le 15", "el día 15"
        let isWritten = Int(word(i)) == nil && (word(i - 1) == "the" || isCue(i - 1) || isNamed)
        let hasDot = next < words.count && words[next].isEnd && next == i + 1 && mark.isEmpty
        let isBare =
            Int(word(i)) != nil && mark != ":"
            && (isNamed && !DateWords.hourMarks.contains(word(next))
                || DateWords.dayArticles.contains(word(i - 1)) && DateWords.units[word(next)] == nil
                    && !DateWords.hourMarks.contains(word(next)) && DateWords.months[word(next)] == nil
                    && (hasDot || DateWords.directCue.contains(word(i - 2)) || word(i - 1) == "dia"
                        || word(i - 1) == "den"))
        guard isWritten || isBare else { return nil }
        // "the first of all", "the second time"
        if DateWords.ordinals[word(i)] != nil, !(word(next).isEmpty && isCue(i - 1)), word(next) != "of" { return nil }
        var (year, month) = (today.year, today.month)
        for _ in 0..<3 {
            if let found = CivilDay(year: year, month: month, day: day), found >= today { return (found, next) }
            (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1)
        }
        return nil
    }

    /// A day of the month: `3`, `3rd`, `third`, `twenty-first`.
    private func ordinal(_ i: Int) -> (Int, Int)? {
        let text = word(i)
        let digits = text.prefix { $0.isNumber }
        if let value = Int(digits), (1...31).contains(value) {
            return ["", "st", "nd", "rd", "th", "er", "e", "o"].contains(text.dropFirst(digits.count))
                ? (value, i + 1) : nil
        }
        if ["twenty", "thirty"].contains(text), let ones = DateWords.ordinals[word(i + 1)], ones < 10 {
            return ((text == "twenty" ? 20 : 30) + ones, i + 2)
        }
        return DateWords.ordinals[text].map { ($0, i + 1) }
    }
}
