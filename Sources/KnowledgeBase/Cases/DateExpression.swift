import FoundationEssentials

/// A moment that a text names, resolved against the moment it was written.
///
/// "by Friday" of a Wednesday is the end of the day after next; "in two hours" is two hours later; "3 March" is the next one.
/// English, with the commonest forms of German, French, Spanish, Italian and Dutch. `4/17` is a month and a day,
/// `17.4.` a day and a month.
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
        DateReader(words: text.words, bytes: Array(original.utf8), now: now).read()
    }
}

/// Reads the dates of one text. Each reading function takes a place among the words and gives what stands there, with the
/// place after it.
struct DateReader {
    let words: [FoldedText.Word]
    let bytes: [UInt8]
    let now: Date

    var today: CivilDay { CivilDay(now) }

    func word(_ i: Int) -> String { i >= 0 && i < words.count ? words[i].text : "" }

    /// What stands between two words of the original; the end of a sentence counts as its mark.
    func between(_ i: Int) -> String {
        guard i >= 0, i + 1 < words.count, !words[i].isEnd, !words[i + 1].isEnd else { return "" }
        return String(decoding: bytes[words[i].range.upperBound..<words[i + 1].range.lowerBound], as: UTF8.self)
    }

    /// The place after words that say nothing of the date.
    func skip(_ i: Int, _ fillers: Set<String>) -> Int {
        var i = i
        while fillers.contains(word(i)) { i += 1 }
        return i
    }

    func isCue(_ i: Int) -> Bool { DateWords.timeCues.contains(word(i)) }

    func read() -> [DateExpression] {
        var found: [DateExpression] = []
        var i = 0
        while i < words.count {
            if words[i].isEnd {
                i += 1
            } else if let (seconds, next) = stretch(at: i) {
                found.append(
                    DateExpression(
                        moment: now.addingTimeInterval(seconds), words: i..<next, hasTime: seconds < 86_400,
                        isStretch: true))
                i = next
            } else if let (day, next) = day(at: i) {
                var expression = DateExpression(moment: day.end, words: i..<next)
                if let (seconds, end) = time(at: next, besideDay: true) {
                    (expression.moment, expression.hasTime) = (day.at(seconds), true)
                    expression.words = i..<end
                } else if let (seconds, start) = timeBefore(i) {
                    (expression.moment, expression.hasTime) = (day.at(seconds), true)
                    expression.words = start..<next
                }
                // Of today a time that has passed is told of, or of the other half of the day: the day itself counts.
                if expression.moment < now, day == today { expression.moment = day.end }
                found.append(expression)
                i = expression.words.upperBound
            } else if let (seconds, next) = time(at: i),
                isCue(i - 1) || isCue(i) || isCue(i - 2) && word(i - 1) == "de",
                !DateWords.timesTold.contains(word(i - 1)), day(at: next) == nil,
                !isFollowedByDay(next)
            {
                // A time alone is the next one; "by the morning", said in the morning, is tomorrow's.
                var moment = today.at(seconds)
                let isMorning = (i..<next).contains { DateWords.mornings.contains(word($0)) }
                if moment < now || isMorning && now > today.at(4 * 3600) { moment += 86_400 }
                found.append(DateExpression(moment: moment, words: i..<next, hasTime: true))
                i = next
            } else {
                i += 1
            }
        }
        return found.filter { $0.moment >= now }
    }

    private func isFollowedByDay(_ i: Int) -> Bool {
        ["on", "am", "el", "le", "of", "this"].contains(word(i)) && day(at: i + 1) != nil
    }

    // MARK: - Times of the day

    /// Seconds since midnight: `5pm`, `17:00`, `5 o'clock`, `17h`, `noon`; "at" and "by" in front are passed over.
    ///
    /// - Parameter besideDay: a day stands beside it, so that "at 9" is an hour.
    func time(at start: Int, besideDay: Bool = false) -> (Int, Int)? {
        let i = skip(start, DateWords.beforeTime)
        if let hour = DateWords.times[word(i)] {
            // "tomorrow morning at nine", "mañana a las 9 de la mañana"
            return i + 1 < words.count && DateWords.beforeTime.contains(word(i + 1))
                ? time(at: i + 1, besideDay: besideDay) ?? (hour * 3600, i + 1) : (hour * 3600, i + 1)
        }
        let text = word(i)
        let digits = text.prefix { $0.isNumber }
        guard let hour = Int(digits), hour < 25 else { return nil }
        var (end, minute, suffix) = (i + 1, 0, String(text.dropFirst(digits.count)))
        if suffix.isEmpty, [":", "."].contains(between(i)) {
            let following = word(i + 1)
            let minutes = following.prefix { $0.isNumber }
            guard let value = Int(minutes), minutes.count == 2, value < 60 else { return nil }
            (minute, end, suffix) = (value, i + 2, String(following.dropFirst(2)))
            if suffix.isEmpty, DateWords.hourMarks.contains(word(end)) { (suffix, end) = (word(end), end + 1) }
        } else if suffix.isEmpty {
            let following = word(i + 1)
            guard DateWords.hourMarks.contains(following) || following == "o" && word(i + 2) == "clock" else {
                // "a las 9", "at 9 on Monday"
                let isHour = i > start && ["las", "at", "um", "alle"].contains(word(i - 1)) && hour > 0 && besideDay
                return isHour ? (hour * 3600, i + 1) : nil
            }
            (suffix, end) = (following, following == "o" ? i + 3 : i + 2)
            // "o'clock" says nothing of the half of the day: office hours.
            if suffix == "o" || suffix == "oclock", hour < 7 { suffix = "pm" }
        } else if suffix.hasPrefix("h"), let value = Int(suffix.dropFirst()), value < 60 {
            (minute, suffix) = (value, "h")  // 9h30
        } else if !DateWords.hourMarks.contains(suffix) {
            return nil
        }
        // "5 p.m." is read as 5, p, m.
        if ["p", "a"].contains(suffix), word(end) == "m" { (suffix, end) = (suffix + "m", end + 1) }
        guard !["p", "a"].contains(suffix) else { return nil }
        var value = hour
        if suffix == "pm", hour < 12 { value += 12 }
        if suffix == "am", hour == 12 { value = 0 }
        guard value < 24 || (value == 24 && minute == 0) else { return nil }
        if DateWords.zones.contains(word(end)) { end += 1 }
        return (min(value * 3600 + minute * 60, 86_399), end)
    }

    /// The time that stands before a day: `5pm on Friday`, `noon tomorrow`.
    func timeBefore(_ i: Int) -> (Int, Int)? {
        for back in 1...4 where i - back >= 0 {
            if let (seconds, end) = time(at: i - back, besideDay: true),
                end == i || (end == i - 1 && ["on", "of", "am", "this", "del", "von"].contains(word(end)))
            {
                return (seconds, i - back)
            }
        }
        return nil
    }
}
