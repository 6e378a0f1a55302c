/// The questions within one message.
enum QuestionParts {
    /// Each question sentence, cut again where "and", "also", a comma or a list begins another question; the whole text when no
    /// sentence asks anything but for help. At least one part, at most eight.
    static func split(_ text: String) -> [String] {
        let utf8 = Array(text.utf8)
        let sentences = SentenceSplitter.ranges(text).map { String(decoding: utf8[$0], as: UTF8.self) }
        let listed = items(sentences)
        var parts: [String] = []
        for (index, sentence) in sentences.enumerated() where listed.contains(index) || asks(sentence) {
            parts += cut(sentence)
        }
        var seen: Set<[String]> = []
        parts = parts.filter {
            let words = Grading.plainWords($0)
            return !words.allSatisfy(pleas.contains) && seen.insert(words).inserted
        }
        return parts.isEmpty ? [text] : Array(parts.prefix(8))
    }

    /// Whether a part says what it is about only by a word for something said before: "and how long does that take?"
    static func leans(_ part: String) -> Bool { Grading.plainWords(part).contains(where: references.contains) }

    private static let references: WordSet = [
        "it", "its", "this", "that", "these", "those", "they", "them", "their", "he", "she", "him", "her", "there",
        "then",
    ]

    /// Whether a sentence asks something.
    static func asks(_ sentence: String) -> Bool {
        if sentence.contains("?") || sentence.contains("？") || sentence.contains("؟") { return true }
        let all = Grading.plainWords(sentence)
        var words = all[...]
        // "1. How do I …", "Also, how …"
        while let first = words.first, fillers.contains(first) || Int(first) != nil { words.removeFirst() }
        guard let first = words.first, words.count >= 3 else { return false }
        if openers.contains(first) { return true }
        // "Tell me how …", "I would like to know whether …"
        return all.indices.contains { place in
            let isWish =
                switch all[place] {
                case "tell": place + 1 < all.count && ["me", "us"].contains(all[place + 1])
                case "know": place > 0 && ["to", "me", "us"].contains(all[place - 1])
                case "explain", "wonder", "wondering": true
                default: false
                }
            return isWish && all[place...].dropFirst().prefix(2).contains(where: clauses.contains)
        }
    }

    /// Places of a list's items, where it is a list of questions: one of them asks, or the line before says "questions".
    private static func items(_ sentences: [String]) -> Set<Int> {
        let places = sentences.indices.filter { place in
            let text = sentences[place].utf8
            guard let first = text.first else { return false }
            if first == UInt8(ascii: "-") || first == UInt8(ascii: "*") { return true }
            let rest = text.drop(while: \.isDigit)
            return first.isDigit && (rest.first == UInt8(ascii: ")") || rest.first == UInt8(ascii: "."))
        }
        guard places.count > 1, let first = places.first else { return [] }
        let isAnnounced = first > 0 && Grading.plainWords(sentences[first - 1]).contains("questions")
        return isAnnounced || places.contains(where: { asks(sentences[$0]) }) ? Set(places) : []
    }

    /// "How do I export invoices and where do I change my plan?" is two.
    private static func cut(_ sentence: String) -> [String] {
        let folded = FoldedText(sentence).words.filter { !$0.isEnd }
        let bytes = Array(sentence.utf8)
        var starts: [Int] = []
        let isQuestion = folded.first(where: { !fillers.contains($0.text) }).map { openers.contains($0.text) } ?? false
        for index in folded.indices.dropFirst() {
            let isJoined = joiners.contains(folded[index].text)
            // "How heavy is it, does it fold?"
            let isCut =
                isQuestion
                && bytes[folded[index - 1].range.upperBound..<folded[index].range.lowerBound].contains(
                    UInt8(ascii: ","))
                && begins(folded[index...].prefix(2).map(\.text)) && begins(folded.prefix(2).map(\.text))
            guard isJoined || isCut else { continue }
            var next = isJoined ? index + 1 : index
            while next < folded.count, fillers.contains(folded[next].text) || joiners.contains(folded[next].text) {
                next += 1
            }
            guard next + 1 < folded.count, openers.contains(folded[next].text),
                // "what is and what is not" and the like stay whole: each side needs three words.
                folded.count - next >= 3, index >= 3
            else { continue }
            // "how and when", "if and how": one question with two openers.
            guard !openers.contains(folded[index - 1].text) else { continue }
            if let last = starts.last, last >= index { continue }
            starts.append(next)
        }
        var parts: [String] = []
        var from = 0
        for start in starts {
            let end = folded[start].range.lowerBound
            parts.append(withoutJoiner(String(decoding: bytes[from..<end], as: UTF8.self)))
            from = end
        }
        parts.append(String(String(decoding: bytes[from...], as: UTF8.self).trimmed))
        return parts.filter { !$0.isEmpty }
    }

    /// "How do I pay, and" is "How do I pay".
    private static func withoutJoiner(_ text: String) -> String {
        var words = text.split(whereSeparator: \.isWhitespace)
        while let last = words.last, joiners.contains(last.lowercased().filter { $0 != "," }) || last == "," {
            words.removeLast()
        }
        guard let last = words.last else { return String(text.trimmed) }
        let end = last.last == "," ? last.index(before: last.endIndex) : last.endIndex
        return String(text[..<end].trimmed)
    }

    /// Whether a clause of this beginning asks: "when do" does, "when the" and "who had" follow something else.
    private static func begins(_ words: [String]) -> Bool {
        guard let first = words.first, let second = words.last, words.count == 2 else { return false }
        if auxiliaries.contains(first) {
            return ["i", "you", "it", "we", "they", "the", "my", "there"].contains(second)
        }
        return ["how", "what", "why"].contains(first)
            || ["when", "where", "who", "which"].contains(first) && auxiliaries.contains(second)
    }

    /// Of a plea for help around a question: it is no part of its own.
    private static let pleas: Set<String> = [
        "can", "could", "would", "will", "you", "someone", "anyone", "anybody", "somebody", "please", "help", "me",
        "us",
        "with", "this", "that", "out", "thanks", "thank", "any", "ideas", "idea", "suggestions", "advice", "explain",
        "advise", "assist", "know", "does", "do", "what", "now", "to", "i", "should", "and",
    ]
    private static let clauses: Set<String> = [
        "how", "what", "where", "when", "why", "which", "who", "if", "whether",
    ]
    private static let auxiliaries: Set<String> = [
        "is", "are", "do", "does", "did", "can", "could", "will", "would", "should", "may", "must", "has", "have",
    ]
    private static let openers: Set<String> = [
        "how", "what", "whats", "where", "wheres", "when", "why", "which", "who", "whose", "can", "could", "do", "does",
        "did", "is", "are", "will",
        "would", "should", "may", "must", "has", "have", "am", "was", "were", "hows", "cant", "isnt", "doesnt",
        "wie", "was", "wo", "wann", "warum", "welche", "kann", "comment", "pourquoi", "quand", "combien", "como",
        "cuando", "donde", "cuanto", "quanto", "come", "quando", "dove", "hoe", "waar", "wanneer", "waarom",
    ]
    private static let joiners: Set<String> = [
        "and", "also", "plus", "additionally", "und", "et", "y", "e", "en", "then", "secondly", "finally",
        "furthermore",
    ]
    private static let fillers: Set<String> = [
        "also", "if", "so", "then", "please", "second", "secondly", "first", "firstly", "third", "ok", "well", "by",
        "the", "way", "and", "next", "finally", "additionally",
    ]
}
