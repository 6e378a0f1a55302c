import FoundationEssentials

/// A moment that a text names, resolved against the moment it was written.
///
/// "by Friday" of a Wednesday is the end of the day after next; "in two hours" is two hours later; "3 March" is the next one.
/// English, with the commonest words of German, French and Spanish.
struct DateExpression: Sendable, Equatable {
    var moment: Date
    /// Places in `FoldedText.words`.
    var words: Range<Int>
    /// A time of the day was named, or a stretch of hours.
    var hasTime = false
    /// A stretch from now ("in two hours", "48 hours"), not a place in the calendar.
    var isStretch = false

    /// Everything that names a moment after `now`, in the order of the text.
    static func find(_ text: FoldedText, original: String, now: Date) -> [DateExpression] {
        var reader = Reader(words: text.words, bytes: Array(original.utf8), now: now)
        return reader.read()
    }

    private struct Reader {
        let words: [FoldedText.Word]
        let bytes: [UInt8]
        let now: Date
        var today: CivilDay { CivilDay(now) }

        func word(_ i: Int) -> String { i >= 0 && i < words.count ? words[i].text : "" }
        func number(_ i: Int) -> Int? { Int(word(i)) ?? DateWords.numbers[word(i)] }

        /// What stands between two words of the original.
        func between(_ i: Int) -> String {
            guard i >= 0, i + 1 < words.count, !words[i].isEnd, !words[i + 1].isEnd else { return "" }
            return String(decoding: bytes[words[i].range.upperBound..<words[i + 1].range.lowerBound], as: UTF8.self)
        }

        mutating func read() -> [DateExpression] {
            var found: [DateExpression] = []
            var i = 0
            while i < words.count {
                if let (day, next) = day(at: i) {
                    var expression = DateExpression(moment: day.end, words: i..<next)
                    var after = next
                    if let (seconds, end) = time(at: next) {
                        (expression.moment, expression.hasTime, after) = (day.at(seconds), true, end)
                    } else if let (seconds, start) = timeBefore(i) {
                        (expression.moment, expression.hasTime) = (day.at(seconds), true)
                        expression.words = start..<next
                    }
                    expression.words = expression.words.lowerBound..<after
                    found.append(expression)
                    i = after
                } else if let (seconds, next) = stretch(at: i) {
                    found.append(
                        DateExpression(
                            moment: now.addingTimeInterval(seconds), words: i..<next, hasTime: seconds < 86_400,
                            isStretch: true))
                    i = next
                } else if let (seconds, next) = time(at: i), isCue(i - 1), day(at: next) == nil, !followedByDay(next) {
                    // A time alone is the next one.
                    var moment = today.at(seconds)
                    if moment < now { moment += 86_400 }
                    found.append(DateExpression(moment: moment, words: i..<next, hasTime: true))
                    i = next
                } else {
                    i += 1
                }
            }
            return found.filter { $0.moment >= now }
        }

        func isCue(_ i: Int) -> Bool { DateWords.timeCues.contains(word(i)) }
        func followedByDay(_ i: Int) -> Bool {
            day(at: i) != nil || (["on", "am", "el", "le"].contains(word(i)) && day(at: i + 1) != nil)
        }

        // MARK: - Days

        func day(at i: Int) -> (CivilDay, Int)? {
            relativeDay(i) ?? weekday(i) ?? period(i) ?? calendar(i)
        }

        func relativeDay(_ i: Int) -> (CivilDay, Int)? {
            if word(i) == "day", word(i + 1) == "after", word(i + 2) == "tomorrow" { return (today + 2, i + 3) }
            if word(i) == "after", word(i + 1) == "tomorrow" { return (today + 2, i + 2) }
            if let days = DateWords.relative[word(i)] { return (today + days, i + 1) }
            if let days = DateWords.relative[word(i) + " " + word(i + 1)] { return (today + days, i + 2) }
            if let days = DateWords.relative[[word(i), word(i + 1), word(i + 2)].joined(separator: " ")] {
                return (today + days, i + 3)
            }
            return nil
        }

        func weekday(_ i: Int) -> (CivilDay, Int)? {
            var (place, weeks) = (i, 0)
            if DateWords.next.contains(word(i)) { (place, weeks) = (i + 1, 1) }
            if ["this", "coming", "diesen", "este", "ce"].contains(word(i)) { place = i + 1 }
            if word(i) == "this", word(i + 1) == "coming" { place = i + 2 }
            guard let wanted = DateWords.weekdays[word(place)] else { return nil }
            // "Sun" and "sat" are words as well.
            if word(place).utf8.count == 3, place == i, !isCue(i - 1), number(place + 1) == nil { return nil }
            if DateWords.past.contains(word(i - 1)) { return nil }
            var days = (wanted - today.weekday + 7) % 7
            if weeks == 1 {
                // Next Friday, said on a Monday, is that of the week after; said on a Saturday, the coming one.
                days = wanted > today.weekday ? days + 7 : days == 0 ? 7 : days
            }
            var end = place + 1
            if word(end) == "week", weeks == 0, word(end + 1) != "end" { end += 1; days += 7 }
            return (today + days, end)
        }

        func period(_ i: Int) -> (CivilDay, Int)? {
            func end(of unit: String, next: Bool) -> CivilDay? {
                switch unit {
                case "week", "woche", "semana", "semaine": today + (4 - min(today.weekday, 4)) + (next ? 7 : 0)
                case "weekend", "wochenende": today + (5 - min(today.weekday, 5)) + (next ? 7 : 0)
                case "month", "monat", "mes", "mois":
                    next ? (today.lastOfMonth + 1).lastOfMonth : today.lastOfMonth
                case "year", "jahr", "ano", "annee":
                    CivilDay(year: today.year + (next ? 1 : 0), month: 12, day: 31)
                case "quarter", "quartal": quarterEnd(next)
                default: nil
                }
            }
            let isEnd = ["end", "close", "ende", "fin", "final"].contains(word(i))
            if isEnd {
                var j = i + 1
                while ["of", "the", "this", "our", "der", "des", "de", "la", "le", "du", "dieser", "my"].contains(word(j)) { j += 1 }
                let next = DateWords.next.contains(word(j))
                if next { j += 1 }
                if ["day", "business", "play", "today", "tages", "dia", "journee"].contains(word(j)) {
                    return (today, word(j + 1) == "today" || word(j + 1) == "day" ? j + 2 : j + 1)
                }
                if word(j) == "tomorrow" { return (today + 1, j + 1) }
                if let day = end(of: word(j), next: next) { return (day, j + 1) }
                if let month = DateWords.months[word(j)] {
                    let year = month < today.month ? today.year + 1 : today.year
                    return CivilDay(year: year, month: month, day: 1).map { ($0.lastOfMonth, j + 1) }
                }
                return nil
            }
            if ["eod", "cob", "eob", "cop"].contains(word(i)) {
                if let (day, next) = relativeDay(i + 1) ?? weekday(i + 1) { return (day, next) }
                return (today, i + 1)
            }
            if ["eow"].contains(word(i)) { return (end(of: "week", next: false)!, i + 1) }
            if ["eom"].contains(word(i)) { return (today.lastOfMonth, i + 1) }
            if ["this", "diese", "dieser", "esta", "cette"].contains(word(i)), let day = end(of: word(i + 1), next: false) {
                return (day, i + 2)
            }
            if DateWords.next.contains(word(i)), let day = end(of: word(i + 1), next: true) { return (day, i + 2) }
            return nil
        }

        func quarterEnd(_ next: Bool) -> CivilDay? {
            let quarter = (today.month - 1) / 3 + (next ? 1 : 0)
            return CivilDay(year: today.year + quarter / 4, month: quarter % 4 * 3 + 3, day: 1)?.lastOfMonth
        }

        /// `2026-03-15`, `15 March`, `March 15th, 2026`, `15.03.`, `3/15`, `the 15th`.
        func calendar(_ i: Int) -> (CivilDay, Int)? {
            func soonest(_ month: Int, _ day: Int) -> CivilDay? {
                guard let found = CivilDay(year: today.year, month: month, day: day) else { return nil }
                return found >= today ? found : CivilDay(year: today.year + 1, month: month, day: day)
            }
            if let year = Int(word(i)), (2000...2100).contains(year), let month = Int(word(i + 1)), let day = Int(word(i + 2)),
                ["-", "/", "."].contains(between(i)), let found = CivilDay(year: year, month: month, day: day)
            {
                return (found, i + 3)
            }
            if let day = ordinal(word(i)) {
                let monthPlace = ["of", "de"].contains(word(i + 1)) ? i + 2 : i + 1
                if let month = DateWords.months[word(monthPlace)] {
                    if let year = Int(word(monthPlace + 1)), (2000...2100).contains(year) {
                        return CivilDay(year: year, month: month, day: day).map { ($0, monthPlace + 2) }
                    }
                    return soonest(month, day).map { ($0, monthPlace + 1) }
                }
                let mark = between(i)
                if ["/", "."].contains(mark), let second = Int(word(i + 1)) {
                    let isDayFirst = mark == "." || day > 12
                    let (month, dayOfMonth) = isDayFirst ? (second, day) : (day, second)
                    if let year = Int(word(i + 2)), between(i + 1) == mark {
                        let full = year < 100 ? year + 2000 : year
                        return CivilDay(year: full, month: month, day: dayOfMonth).map { ($0, i + 3) }
                    }
                    if mark == "/" || (word(i + 2).isEmpty && !isCue(i - 1)) || isCue(i - 1) {
                        return soonest(month, dayOfMonth).map { ($0, i + 2) }
                    }
                }
                // "the 15th"
                if Int(word(i)) == nil, word(i - 1) == "the" || isCue(i - 1) {
                    var month = today.month
                    var year = today.year
                    if day < today.day { (month, year) = month == 12 ? (1, year + 1) : (month + 1, year) }
                    return CivilDay(year: year, month: month, day: day).map { ($0, i + 1) }
                }
            }
            if let month = DateWords.months[word(i)] {
                let place = word(i + 1) == "the" ? i + 2 : i + 1
                if let day = ordinal(word(place)), (1...31).contains(day) {
                    if let year = Int(word(place + 1)), (2000...2100).contains(year) {
                        return CivilDay(year: year, month: month, day: day).map { ($0, place + 2) }
                    }
                    return soonest(month, day).map { ($0, place + 1) }
                }
            }
            return nil
        }

        func ordinal(_ word: String) -> Int? {
            let digits = word.prefix { $0.isNumber }
            guard let value = Int(digits), (1...31).contains(value) else { return DateWords.ordinals[word] }
            return ["", "st", "nd", "rd", "th"].contains(word.dropFirst(digits.count)) ? value : nil
        }

        // MARK: - Times and stretches

        /// Seconds since midnight: `5pm`, `17:00`, `5 o'clock`, `noon`; "at" and "by" in front are passed over.
        func time(at i: Int) -> (Int, Int)? {
            var i = i
            while ["at", "by", "before", "around", "um", "bis", "a", "las", "the"].contains(word(i)) { i += 1 }
            if let hour = DateWords.times[word(i)] { return (hour * 3600, i + 1) }
            let text = word(i)
            let digits = text.prefix { $0.isNumber }
            guard let hour = Int(digits), hour < 25 else { return nil }
            var (end, minute, suffix) = (i + 1, 0, String(text.dropFirst(digits.count)))
            if suffix.isEmpty, [":", "."].contains(between(i)) {
                let following = word(i + 1)
                let minutes = following.prefix { $0.isNumber }
                guard let value = Int(minutes), minutes.count == 2, value < 60 else { return nil }
                (minute, end, suffix) = (value, i + 2, String(following.dropFirst(2)))
                if suffix.isEmpty, ["am", "pm", "h", "uhr"].contains(word(end)) { (suffix, end) = (word(end), end + 1) }
            } else if suffix.isEmpty {
                let following = word(i + 1)
                guard ["am", "pm", "uhr", "oclock", "h"].contains(following) || following == "o" && word(i + 2) == "clock" else {
                    return nil
                }
                (suffix, end) = (following, following == "o" ? i + 3 : i + 2)
                // "o'clock" says nothing of the half of the day: office hours.
                if suffix == "o" || suffix == "oclock", hour < 7 { suffix = "pm" }
            } else if !["am", "pm", "h", "uhr"].contains(suffix) {
                return nil
            }
            var value = hour
            if suffix == "pm", hour < 12 { value += 12 }
            if suffix == "am", hour == 12 { value = 0 }
            guard value < 24 || (value == 24 && minute == 0) else { return nil }
            if ["utc", "gmt", "cet", "est", "pst", "cest", "bst"].contains(word(end)) { end += 1 }
            return (min(value * 3600 + minute * 60, 86_399), end)
        }

        /// The time that stands before a day: `5pm on Friday`, `noon tomorrow`.
        func timeBefore(_ i: Int) -> (Int, Int)? {
            for back in 1...4 where i - back >= 0 {
                if let (seconds, end) = time(at: i - back),
                    end == i || (end == i - 1 && ["on", "of", "am", "this"].contains(word(end)))
                {
                    return (seconds, i - back)
                }
            }
            return nil
        }

        /// Seconds: `in two hours`, `within 3 days`, `48 hours`, `half an hour`, `the next 30 minutes`.
        func stretch(at i: Int) -> (Double, Int)? {
            if word(i) == "half", ["an", "a"].contains(word(i + 1)), let unit = DateWords.units[word(i + 2)] {
                return (unit / 2, i + 3)
            }
            let opens = DateWords.stretchCues.contains(word(i))
            var j = i
            if opens {
                j += 1
                while ["the", "next", "los", "den", "die", "de", "about", "less", "than", "under", "just"].contains(word(j)) { j += 1 }
                if word(j) == "half", let unit = DateWords.units[word(j + 2)] { return (unit / 2, j + 3) }
                if let unit = DateWords.units[word(j)], !word(j).hasSuffix("s") { return (unit, j + 1) }
            }
            var count: Double
            if let value = number(j), value > 0, value < 1000 {
                (count, j) = (Double(value), j + 1)
            } else if word(j) == "couple" || word(j) == "few" || word(j) == "a" && ["couple", "few"].contains(word(j + 1)) {
                j += word(j) == "a" ? 2 : 1
                if word(j) == "of" { j += 1 }
                count = 2
            } else {
                return nil
            }
            if word(j) == "more" { j += 1 }
            let business = ["business", "working", "work"].contains(word(j))
            if business { j += 1 }
            // "48h"
            guard let unit = DateWords.units[word(j)] else {
                let text = word(j - 1)
                let digits = text.prefix { $0.isNumber }
                guard j - 1 == (opens ? i + 1 : i), let value = Double(digits), let unit = DateWords.shortUnits[String(text.dropFirst(digits.count))]
                else { return nil }
                count = value
                return (count * unit, j)
            }
            if DateWords.past.contains(word(i - 1)) || ["ago", "old", "later", "earlier"].contains(word(j + 1)) { return nil }
            // A number and a unit alone may be how long something took: only with a word that looks ahead.
            let looksAhead =
                opens || ["left", "remaining", "deadline", "notice", "window"].contains(word(j + 1)) || ["from", "have", "only", "got"].contains(word(j + 1))
                || ["only", "have", "just", "need"].contains(word(i - 1)) && ["have", "need", "left", "got", "only"].contains(word(i - 2))
                || ["have", "only"].contains(word(i - 1)) && ["left", "until", "before", "to"].contains(word(j + 1))
            guard looksAhead, unit > 0 else { return nil }
            if business, unit == 86_400 {
                var (day, left) = (today, Int(count))
                while left > 0 {
                    day = day + 1
                    if day.weekday < 5 { left -= 1 }
                }
                return (day.end.timeIntervalSince(now), j + 1)
            }
            return (count * unit, j + 1)
        }
    }
}
