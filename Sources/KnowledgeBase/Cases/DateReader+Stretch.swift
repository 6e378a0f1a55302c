import FoundationEssentials

/// Stretches from now: `in two hours`, `within 3 days`, `48 hours`, `half an hour`, `the next 30 minutes`.
extension DateReader {
    /// In figures or words; `twenty-four` is two words.
    func number(_ i: Int) -> (Int, Int)? {
        if let value = Int(word(i)) { return (value, i + 1) }
        guard let value = DateWords.numbers[word(i)] else { return nil }
        if value >= 20, value % 10 == 0, let ones = DateWords.numbers[word(i + 1)], (2...9).contains(ones) {
            return (value + ones, i + 2)
        }
        return (value, i + 1)
    }

    /// Seconds from now.
    func stretch(at i: Int) -> (Double, Int)? {
        if word(i) == "half", ["an", "a"].contains(word(i + 1)), let unit = DateWords.units[word(i + 2)] {
            return (unit / 2, i + 3)
        }
        // "a week from today", "a week tomorrow"
        if ["a", "one"].contains(word(i)), word(i + 1) == "week" {
            let place = ["from", "on"].contains(word(i + 2)) ? i + 3 : i + 2
            if let days = DateWords.relative[word(place)], days <= 2 {
                return (Double(7 + days) * 86_400, place + 1)
            }
            if word(i + 2) == "from", word(i + 3) == "now" { return (604_800, i + 4) }
        }
        let opens = DateWords.stretchCues.contains(word(i))
        var j = i
        if opens {
            j = skip(i + 1, DateWords.stretchFillers)
            if word(j) == "half", let unit = DateWords.units[word(j + 2)] { return (unit / 2, j + 3) }
            if word(j) == "halben" || word(j) == "demi", let unit = DateWords.units[word(j + 1)] {
                return (unit / 2, j + 2)
            }
            // "within the hour"
            if word(i) != "next", word(j - 1) == "the", ["hour", "day", "week", "month"].contains(word(j)) {
                return (DateWords.units[word(j)]!, j + 1)
            }
            if word(j) == "fortnight", word(i) != "next" || j > i + 1 { return (1_209_600, j + 1) }
        }
        guard let (amount, place) = quantity(j) else { return nil }
        var (count, k) = (amount, place)
        if word(k) == "more" { k += 1 }
        let isBusiness = DateWords.business.contains(word(k))
        if isBusiness { k += 1 }
        var unit = DateWords.units[word(k)]
        if unit == nil, k == j + 1 {
            // "48h"
            let text = word(j)
            let digits = text.prefix { $0.isNumber }
            if let value = Double(digits), let short = DateWords.shortUnits[String(text.dropFirst(digits.count))] {
                (count, unit, k) = (value, short, j)
            }
        }
        guard let unit, !DateWords.past.contains(word(i - 1)), !DateWords.lasting.contains(word(i - 1)) else {
            return nil
        }
        let after = word(k + 1)
        if ["ago", "old", "later", "earlier", "trial", "delivery", "plan"].contains(after) { return nil }
        // A number and a unit alone may be how long something took: only with a word that looks ahead.
        let looksAhead =
            opens
            || ["left", "remaining", "deadline", "notice", "window", "away", "til", "till", "until", "before"].contains(
                after)
            || after == "from" && ["now", "today"].contains(word(k + 2)) || ["have", "only", "got"].contains(after)
            || ["only", "have", "just", "need", "nur", "noch", "solo", "quedan", "reste", "restent"].contains(
                word(i - 1))
        guard looksAhead, unit > 0 else { return nil }
        if isBusiness, unit == 86_400 {
            var (day, left) = (today, Int(count))
            while left > 0 {
                day = day + 1
                if day.weekday < 5 { left -= 1 }
            }
            return (day.end.timeIntervalSince(now), k + 1)
        }
        if unit == DateWords.month, let day = today.plus(months: Int(count)) {
            return (day.end.timeIntervalSince(now), k + 1)
        }
        let end = after == "from" && ["now", "today"].contains(word(k + 2)) ? k + 3 : k + 1
        return (count * unit, end)
    }

    private func quantity(_ j: Int) -> (Double, Int)? {
        if let (value, next) = number(j), value > 0, value < 1000 {
            // "2-3 days", "two or three days": the later one.
            let second = ["or", "to", "oder", "bis", "ou", "o"].contains(word(next)) ? next + 1 : next
            if let (other, end) = number(second), other > value, other < 1000,
                DateWords.units[word(end)] != nil, second > next || between(j) == "-" || between(j) == "–"
            {
                return (Double(other), end)
            }
            if word(next) == "couple" || word(next) == "few" {
                return (word(next) == "few" ? 3 : 2, word(next + 1) == "of" ? next + 2 : next + 1)
            }
            return (Double(value), next)
        }
        let text = word(j)
        if text.first?.isNumber == true, text.last?.isNumber == false { return (0, j + 1) }
        guard let value = DateWords.vague[text] else { return nil }
        return (value, word(j + 1) == "of" ? j + 2 : j + 1)
    }
}
