/// Telephone, card and account numbers.
enum Numbers {
    /// A run of digits with the separators people write, and what stands before it.
    private struct Run {
        var range: Range<Int>
        var digits: [UInt8]
        var hasPlus: Bool
        /// Digits between separators.
        var groups: [Int]
        var separators: Set<UInt8>
        /// Up to six words before, in lower case.
        var before: [String]
        var previous: UInt8?
        var next: UInt8?
    }

    /// 13 to 19 digits with a known beginning that pass Luhn's check.
    static func cards(_ bytes: [UInt8]) -> [Range<Int>] {
        runs(bytes, separators: " -").compactMap { run in
            guard (13...19).contains(run.digits.count), !run.hasPlus, isCardLead(run.digits), luhn(run.digits),
                Set(run.digits).count > 1, !followsCountryCode(bytes, run.range.lowerBound)
            else { return nil }
            return run.range
        }
    }

    /// Two letters, two check digits, 11 to 30 more; mod 97 is 1 (ISO 13616).
    static func ibans(_ bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var index = 0
        while index + 14 < bytes.count {
            guard index == 0 || !bytes[index - 1].isAlphanumeric, bytes[index].isLetter, bytes[index + 1].isLetter,
                bytes[index + 2].isDigit, bytes[index + 3].isDigit
            else {
                index += 1
                continue
            }
            var letters: [UInt8] = []
            var ends: [Int] = []
            var place = index
            while place < bytes.count, letters.count < 34 {
                if bytes[place].isAlphanumeric {
                    letters.append(bytes[place].lower)
                    ends.append(place + 1)
                } else if bytes[place] != 32 || place + 1 >= bytes.count || !bytes[place + 1].isAlphanumeric {
                    break
                }
                place += 1
            }
            // Words may follow after a space: the longest beginning that checks.
            var length = letters.count
            while length >= 15 {
                let atEnd = ends[length - 1] == bytes.count || !bytes[ends[length - 1]].isAlphanumeric
                if atEnd, letters[..<length].filter(\.isDigit).count >= 8, mod97(letters[..<length]) == 1 {
                    found.append(index..<ends[length - 1])
                    break
                }
                length -= 1
            }
            index = length >= 15 ? ends[length - 1] : index + 1
        }
        return found
    }

    /// Numbers that the words before them call an account, a passport, a social security number.
    static func accounts(_ bytes: [UInt8]) -> [Range<Int>] {
        var found = runs(bytes, separators: " -").compactMap { run -> Range<Int>? in
            guard
                (4...20).contains(run.digits.count) || run.digits.count == 3 && !cardCodes.isDisjoint(with: run.before),
                !isDate(run),
                run.next != UInt8(ascii: ".") || run.digits.count > 7
            else { return nil }
            // "account since 2021 01"
            if run.groups.count == 2, run.groups[0] == 4, (1990...2100).contains(value(run, 0, 4)) { return nil }
            // 123-45-6789
            if run.groups == [3, 2, 4], run.separators == [UInt8(ascii: "-")] { return run.range }
            guard run.digits.count >= 6 || !Self.codeWords.isDisjoint(with: run.before) else { return nil }
            return names(run.before, accountWords) ? run.range : nil
        }
        // Letters and digits mixed: passports, driving licences, customer numbers of some kinds.
        for token in tokens(bytes) where (6...20).contains(token.count) {
            let part = bytes[token]
            guard part.contains(where: \.isDigit), part.contains(where: \.isLetter), part.filter(\.isDigit).count >= 4
            else { continue }
            if names(words(bytes, before: token.lowerBound), documentWords) { found.append(token) }
        }
        return found
    }

    /// With a `+`; or grouped or bracketed as telephones are; or after a word that says so.
    static func phones(_ bytes: [UInt8]) -> [Range<Int>] {
        runs(bytes, separators: " -./()").compactMap { run in
            let count = run.digits.count
            guard (7...15).contains(count), run.next != UInt8(ascii: "%") else { return nil }
            if names(run.before, notPhoneWords) { return nil }
            if run.hasPlus { return count >= 8 ? run.range : nil }
            let said = names(run.before, phoneWords)
            if isDate(run) || isDecimal(run) || isQuad(run) || Set(run.digits).count < 4 { return nil }
            if run.separators.contains(UInt8(ascii: "(")), run.separators.contains(UInt8(ascii: ".")) { return nil }
            if said { return run.range }
            if let previous = run.previous,
                isMoney(previous) || previous == UInt8(ascii: "#") || previous == UInt8(ascii: "=")
                    || previous == UInt8(ascii: "/")
            {
                return nil
            }
            let brackets = run.separators.contains(UInt8(ascii: "("))
            // (020) 7946 0958, 555-123-4567, 020 7946 0958, 0800 123 4567
            if brackets, count >= 9 { return run.range }
            if run.groups == [3, 3, 4], run.separators.count == 1 { return run.range }
            // 600 123 456, 98765 43210, 22 555 12 34, 4155550132: as telephones are written in Spain, India, Poland, America.
            let leads = run.digits[0] >= UInt8(ascii: "6")
            if run.separators == [UInt8(ascii: " ")], leads, run.groups == [3, 3, 3] || run.groups == [5, 5] {
                return run.range
            }
            if run.separators == [UInt8(ascii: " ")], run.groups.count >= 4, (8...10).contains(count),
                run.groups.allSatisfy({ (2...3).contains($0) })
            {
                return run.range
            }
            if run.groups == [10], (2...9).contains(run.digits[0] - 48), (2...9).contains(run.digits[3] - 48) {
                return run.range
            }
            if run.groups == [1, 3, 3, 4], run.digits[0] == UInt8(ascii: "1") { return run.range }
            if run.digits[0] == UInt8(ascii: "0"), count >= 9, count <= 13, run.groups.count >= 2, run.groups[0] >= 2 {
                return run.range
            }
            if run.digits.starts(with: "00".utf8), count >= 10, count <= 15 { return run.range }
            if run.digits[0] == UInt8(ascii: "0"), run.groups.count == 1, count >= 10, count <= 11 { return run.range }
            return nil
        }
    }

    // MARK: - Checks

    /// `DE89 3704 …`: an account whose checksum is wrong, no card.
    private static func followsCountryCode(_ bytes: [UInt8], _ start: Int) -> Bool {
        guard start >= 5, bytes[start - 1] == 32 else { return false }
        return bytes[start - 2].isDigit && bytes[start - 3].isDigit && bytes[start - 4].isLetter
            && bytes[start - 5].isLetter
    }

    static func luhn(_ digits: [UInt8]) -> Bool {
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            var value = Int(digit - 48)
            if place % 2 == 1 {
                value *= 2
                if value > 9 { value -= 9 }
            }
            sum += value
        }
        return sum % 10 == 0
    }

    private static func mod97(_ letters: ArraySlice<UInt8>) -> Int {
        var rest = 0
        for byte in letters.dropFirst(4) + letters.prefix(4) {
            rest = byte.isDigit ? (rest * 10 + Int(byte - 48)) % 97 : (rest * 100 + Int(byte - 87)) % 97
        }
        return rest
    }

    private static func isCardLead(_ digits: [UInt8]) -> Bool {
        let two = Int(digits[0] - 48) * 10 + Int(digits[1] - 48)
        return digits[0] == UInt8(ascii: "4") || (51...55).contains(two) || (22...27).contains(two)
            || [34, 37, 30, 35, 36, 38, 39, 50, 60, 62, 64, 65, 67, 56, 57, 58, 63].contains(two)
    }

    private static func isDate(_ run: Run) -> Bool {
        let groups = run.groups
        guard groups.count >= 3, run.separators.count == 1 || groups.count > 3 else { return false }
        let first = value(run, 0, groups[0])
        let second = value(run, groups[0], groups[1])
        let third = value(run, groups[0] + groups[1], groups[2])
        let hasYear = groups[0] == 4 && (1900...2100).contains(first) || groups[2] == 4 && (1900...2100).contains(third)
        return hasYear && groups[1] <= 2 && second <= 31
    }

    private static func value(_ run: Run, _ start: Int, _ count: Int) -> Int {
        run.digits[start..<start + count].prefix(9).reduce(0) { $0 * 10 + Int($1 - 48) }
    }

    private static func isDecimal(_ run: Run) -> Bool { run.groups.count == 2 && run.separators == [UInt8(ascii: ".")] }

    /// 10.0.19041.1: a build number.
    private static func isQuad(_ run: Run) -> Bool {
        run.groups.count >= 3 && run.separators == [UInt8(ascii: ".")] && run.groups.max()! > 4
            || run.groups.count == 3 && run.separators == [UInt8(ascii: ".")] && run.groups[0] <= 2
    }

    private static func isMoney(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "$") || byte >= 128 }

    private static func names(_ before: [String], _ words: Set<String>) -> Bool {
        before.contains { words.contains($0) }
    }

    private static let phoneWords: Set<String> = [
        "phone", "telephone", "tel", "mobile", "cell", "cellphone", "call", "fax", "whatsapp", "ring", "text", "sms",
        "handy",
        "telefon", "telefono", "telefone", "mobil", "movil", "telephon", "rufnummer", "telefonnummer", "dial",
        "landline", "phoned", "tlf", "gsm", "reach", "anrufen", "erreichbar", "erreichen", "appelez", "joindre",
        "llamar",
        "llame", "chiamare", "bellen", "bereikbaar",
    ]
    private static let cardCodes: Set<String> = ["cvv", "cvc", "cvn"]
    private static let codeWords: Set<String> = cardCodes.union(["pin"])
    private static let notPhoneWords: Set<String> = [
        "order", "error", "code", "ticket", "invoice", "version", "build", "case", "bug", "reference", "ref", "serial",
        "sku",
        "isbn", "port", "id", "timestamp", "commit", "row", "rows", "page", "article", "kb", "bytes", "rfc", "issue",
        "tracking", "exit", "status", "hresult", "sum", "total", "size",
    ]
    private static let accountWords: Set<String> = [
        "account", "acct", "konto", "kontonummer", "compte", "cuenta", "conta", "conto", "iban", "routing", "sort",
        "bic", "ssn", "social",
        "passport", "licence", "license", "insurance", "bank", "card", "cvv", "cvc", "pin", "nino", "tax",
        "steuernummer", "personnummer", "bsn", "cpf", "dni", "nif", "member",
        "membership", "patient", "rekening", "rekeningnummer", "sozialversicherungsnummer", "aadhaar", "ein", "tin",
        "medicare",
    ]
    private static let documentWords: Set<String> = [
        "passport", "licence", "license", "reisepass", "ausweis", "passeport", "pasaporte", "nino", "dni", "nie",
        "codice", "fiscale", "ssn",
    ]

    // MARK: - Runs

    private static func runs(_ bytes: [UInt8], separators: String) -> [Run] {
        let allowed = Set(separators.utf8)
        var runs: [Run] = []
        var index = 0
        while index < bytes.count {
            let opens =
                bytes[index].isDigit
                || (bytes[index] == UInt8(ascii: "(") && allowed.contains(UInt8(ascii: "(")) && index + 1 < bytes.count
                    && bytes[index + 1].isDigit)
            let follows = index > 0 && (bytes[index - 1].isAlphanumeric || bytes[index - 1] == UInt8(ascii: "_"))
            guard opens else {
                index += 1
                continue
            }
            guard !follows else {
                index += 1
                while index < bytes.count, bytes[index].isDigit { index += 1 }
                continue
            }
            var start = index
            let hasPlus = start > 0 && bytes[start - 1] == UInt8(ascii: "+")
            if hasPlus { start -= 1 }
            var digits: [UInt8] = []
            var groups: [Int] = []
            var used: Set<UInt8> = []
            var current = 0
            var place = index
            var end = index
            while place < bytes.count {
                if bytes[place].isDigit {
                    digits.append(bytes[place])
                    current += 1
                    end = place + 1
                } else if allowed.contains(bytes[place]) {
                    // At most two separators in a row: ") ", "- ".
                    var next = place
                    while next < bytes.count, allowed.contains(bytes[next]) { next += 1 }
                    guard next < bytes.count, bytes[next].isDigit, next - place <= 2 else { break }
                    if current > 0 { groups.append(current) }
                    current = 0
                    used.formUnion(bytes[place..<next])
                    place = next
                    continue
                } else {
                    break
                }
                place += 1
            }
            if current > 0 { groups.append(current) }
            let glued = end < bytes.count && (bytes[end].isLetter || bytes[end] == UInt8(ascii: "_"))
            if bytes[index] == UInt8(ascii: "(") { used.insert(UInt8(ascii: "(")) }
            if !glued, !digits.isEmpty {
                runs.append(
                    Run(
                        range: start..<end, digits: digits, hasPlus: hasPlus, groups: groups, separators: used,
                        before: words(bytes, before: start), previous: start > 0 ? bytes[start - 1] : nil,
                        // The dot of a sentence is none of the number's.
                        next: end < bytes.count && !(bytes[end] == UInt8(ascii: ".") && !isDigit(bytes, end + 1))
                            ? bytes[end] : nil))
            }
            index = max(end, index + 1)
        }
        return runs
    }

    private static func isDigit(_ bytes: [UInt8], _ place: Int) -> Bool { place < bytes.count && bytes[place].isDigit }

    private static func words(_ bytes: [UInt8], before end: Int) -> [String] {
        var start = max(0, end - 48)
        // Only the same line says what a number is.
        if let line = bytes[start..<end].lastIndex(of: 10) { start = line + 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self).lowercased()
            .split(whereSeparator: { !$0.isLetter }).suffix(5).map(String.init)
    }

    private static func tokens(_ bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start: Int?
        for index in 0...bytes.count {
            if index < bytes.count, bytes[index].isAlphanumeric {
                if start == nil { start = index }
            } else if let from = start {
                found.append(from..<index)
                start = nil
            }
        }
        return found
    }
}
