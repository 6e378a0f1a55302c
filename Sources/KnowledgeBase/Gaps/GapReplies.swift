/// What an agent's reply was: an answer that others could use, or something else.
enum GapReply: String, Sendable, Equatable {
    /// Says at length how it is.
    case answer
    /// Asks the customer for something.
    case request
    /// Was settled by hand for this customer.
    case account
    /// The same words to many.
    case macro
    /// Too short to tell.
    case short

    /// - Parameter isMacro: the same text was sent to many.
    init(_ text: String, isMacro: Bool) { self.init(ownWords: GapReply.ownWords(text), isMacro: isMacro) }

    /// - Parameter own: what `ownWords` left of a reply.
    init(ownWords own: String, isMacro: Bool) {
        let bytes = Array(own.utf8)
        var (count, asked) = (0, 0)
        var (hasRequest, isByHand) = (false, false)
        for range in SentenceSplitter.ranges(own) {
            let words = Grading.plainWords(String(decoding: bytes[range], as: UTF8.self))
            count += words.count
            if Self.asks(words, isQuestion: bytes[range].contains(0x3f)) {
                hasRequest = true
                asked += words.count
            }
            isByHand = isByHand || Self.actedByHand(words)
        }
        if isByHand {
            self = .account
        } else if hasRequest, count - asked < GapDefaults.answerWords {
            self = .request
        } else if isMacro {
            self = .macro
        } else {
            self = count - asked >= GapDefaults.answerWords ? .answer : .short
        }
    }

    /// Without greeting, thanks and signature: what a macro is known by, and what is shown.
    static func ownWords(_ text: String) -> String {
        // By bytes: tens of thousands of replies are read for one report.
        var lines = text.utf8.split(separator: 0x0a).map { String(String(Substring($0)).trimmed) }
            .filter { !$0.isEmpty }
        if let first = lines.first {
            let words = Grading.plainWords(first)
            if let opener = words.first, greetings.contains(opener), words.count <= 6 || first.utf8.last == 0x2c {
                lines.removeFirst()
            } else if let opener = words.first, greetings.contains(opener),
                let comma = first.firstIndex(of: ","), first[..<comma].utf8.count <= 40
            {
                lines[0] = String(first[first.index(after: comma)...].trimmed)
            }
        }
        // The signature: a short last line after, or with, a farewell.
        while lines.count > 1, let last = lines.last {
            let words = Grading.plainWords(last)
            guard words.count <= 6, let first = words.first,
                farewells.contains(first) || last.utf8.last != 0x2e && words.count <= 3
            else { break }
            lines.removeLast()
        }
        return lines.joined(separator: "\n")
    }

    private static func asks(_ words: [String], isQuestion: Bool) -> Bool {
        if isQuestion { return true }
        for (place, word) in words.enumerated() where requestVerbs.contains(word) {
            // "please send us", "could you post", "then tell me"
            if words[..<place].contains(where: { ["please", "could", "can", "bitte", "kindly"].contains($0) }) {
                return words[place...].contains { ["us", "me", "here", "your", "uns", "mir"].contains($0) } || place < 3
            }
        }
        return false
    }

    /// "I've changed the name on your account": a person did something that no article does.
    private static func actedByHand(_ words: [String]) -> Bool {
        for (place, word) in words.enumerated() where ["i", "we", "ive", "weve"].contains(word) && place < 6 {
            var next = place + 1
            let hasPerfect = word == "ive" || word == "weve"
            while next < words.count, adverbs.contains(words[next]) { next += 1 }
            guard next < words.count else { continue }
            let verb = words[next]
            guard handVerbs.contains(verb) else { continue }
            // "we moved the setting to …" speaks of everyone; it takes "your" or "you" or the perfect tense of one's own.
            if hasPerfect || word == "i" || words[next...].contains(where: { ["your", "you", "yours"].contains($0) }) {
                return true
            }
        }
        return false
    }

    private static let greetings: Set<String> = [
        "hi", "hello", "hey", "dear", "good", "hallo", "hola", "bonjour", "guten", "liebe", "lieber", "buenos",
        "thanks",
    ]
    private static let farewells: Set<String> = [
        "best", "kind", "regards", "cheers", "thanks", "thank", "sincerely", "yours", "have", "warm", "many",
        "herzliche",
        "viele", "mit", "cordialement", "saludos", "un", "bien", "happy", "good",
    ]
    private static let requestVerbs: Set<String> = [
        "send", "post", "provide", "tell", "share", "attach", "give", "let", "describe", "paste", "upload", "specify",
        "confirm", "write", "show", "schicken", "senden", "nennen",
    ]
    private static let adverbs: Set<String> = [
        "have", "has", "just", "also", "now", "already", "then", "ve", "went", "ahead", "and", "therefore", "manually",
    ]
    private static let handVerbs: Set<String> = [
        "added", "adjusted", "applied", "cancelled", "canceled", "changed", "cleared", "closed", "corrected",
        "credited",
        "cut", "deleted", "disabled", "enabled", "extended", "fixed", "freed", "issued", "lifted", "merged",
        "moved", "opened", "pushed", "put", "raised", "rebuilt", "refunded", "reissued", "released", "removed",
        "renamed",
        "repaired", "replaced", "reset", "resent", "restarted", "restored", "reverted", "sent", "set", "switched",
        "transferred", "turned", "unlocked", "updated", "upgraded", "withdrew",
    ]
}
