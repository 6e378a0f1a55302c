/// Dates of birth: dates that the words around them call so.
enum BirthDates {
    static func find(_ spelled: SpelledWords) -> [Range<Int>] {
        let words = spelled.words
        var found: [Range<Int>] = []
        for place in words.indices {
            guard let length = Self.cues[words[place].lower]?.filter({ spelled.has($0, at: place) }).map(\.count).max()
            else { continue }
            // Up to four words may stand between; in another sentence only a full date is meant by them ("It's 11/11/1987").
            let first = place + length
            var isSame = true
            var own: Range<Int>?
            for at in first..<max(first, min(first + 5, words.count)) where own == nil {
                if at > first, words[at].gap.contains(where: { ".;!?\n".contains($0) }) { isSame = false }
                own = date(spelled, at: at, isWhole: !isSame)
            }
            if let date = own {
                found.append(date)
            } else if let date = (max(0, place - 6)..<place).lazy.compactMap({
                Self.date(spelled, at: $0, isWhole: false)
            }).first {
                // "12/03/1985 is my date of birth"
                found.append(date)
            }
        }
        return found
    }

    /// `1987-03-04`, `4.3.87`, `4th of March 1987`, `March 4, 1987`, `March 1987`, `1987`; without a year only with a month's name.
    private static func date(_ spelled: SpelledWords, at place: Int, isWhole: Bool) -> Range<Int>? {
        let words = spelled.words
        var (days, months, years) = (0, 0, 0)
        var end = place
        while end < min(words.count, place + 5) {
            let word = words[end]
            if end > place {
                guard word.gap.utf8.count <= 3, word.gap.allSatisfy({ " .,/-\u{a0}".contains($0) }) else { break }
            }
            if let parts = joined(word.text) {
                // One word with hyphens: 1987-03-04, 4-Mar-1987.
                (days, months, years) = parts
                end += 1
                break
            }
            let digits = word.lower.prefix { $0.isASCII && $0.isNumber }
            let ending = word.lower.dropFirst(digits.count)
            if Self.months.contains(word.lower) {
                months += 1
            } else if ["of", "de", "the", "do", "den", "di"].contains(word.lower), end > place {
                // between day and month
            } else if let number = Int(digits), ending.isEmpty || ["st", "nd", "rd", "th", "er"].contains(ending) {
                if digits.count == 4, (1900...2030).contains(number), years == 0 {
                    years += 1
                } else if digits.count <= 2, number <= 31 || days + months >= 2 {
                    days += 1
                } else {
                    break
                }
            } else {
                break
            }
            end += 1
        }
        while end > place, ["of", "de", "the", "do", "den", "di"].contains(words[end - 1].lower) { end -= 1 }
        if isWhole, days + months < 2 || years == 0 { return nil }
        guard end > place, years == 1 || months == 1 && days >= 1 || days == 3 else { return nil }
        return words[place].range.lowerBound..<words[end - 1].range.upperBound
    }

    private static func joined(_ text: String) -> (Int, Int, Int)? {
        let parts = text.lowercased().split(separator: "-")
        guard parts.count == 3 else { return nil }
        let isYear = { (part: Substring) in part.count == 4 && part.utf8.allSatisfy(\.isDigit) }
        guard isYear(parts[0]) || isYear(parts[2]) || parts[2].count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) || months.contains(String($0)) })
        else { return nil }
        return (1, 1, 1)
    }

    private static let cues = Dictionary(
        grouping: """
            born
            birthday
            birthdate
            birth
            birthday is
            date of birth
            dob
            d o b
            geboren
            geburtsdatum
            geburtstag
            geb
            né
            née
            naissance
            anniversaire
            nacido
            nacida
            nací
            nacimiento
            cumpleaños
            nascido
            nascida
            nasci
            nascimento
            nato
            nata
            nascita
            geboortedatum
            född
            født
            fødselsdato
            urodzony
            urodzona
            urodzenia
            """.pieces("\n").map { $0.split(separator: " ").map(String.init) }
    ) { $0[0] }
    private static let months = Set(
        """
        january february march april may june july august september october november december
        jan feb mar apr jun jul aug sep sept oct nov dec
        januar februar märz maerz mai juni juli oktober dezember okt dez mär
        janvier février fevrier mars avril juin juillet août aout septembre octobre novembre décembre
        enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
        gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
        janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
        januari februari maart mei augustus december
        stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
