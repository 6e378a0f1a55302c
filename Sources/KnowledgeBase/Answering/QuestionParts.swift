/// The questions within one message.
enum QuestionParts {
    /// Each question sentence, cut again where "and", "also" or a list begins another question; the whole text when no
    /// sentence asks anything. At least one part, at most eight.
    static func split(_ text: String) -> [String] {
        let utf8 = Array(text.utf8)
        let sentences = SentenceSplitter.ranges(text).map { String(decoding: utf8[$0], as: UTF8.self) }
        var parts: [String] = []
        for sentence in sentences where asks(sentence) { parts += cut(sentence) }
        var seen: Set<[String]> = []
        parts = parts.filter { seen.insert(Grading.plainWords($0)).inserted }
        return parts.isEmpty ? [text] : Array(parts.prefix(8))
    }

    private static func asks(_ sentence: String) -> Bool {
        if sentence.contains("?") || sentence.contains("？") || sentence.contains("؟") { return true }
        var words = Grading.plainWords(sentence)[...]
        // "1. How do I …", "Also, how …"
        while let first = words.first, fillers.contains(first) || Int(first) != nil { words.removeFirst() }
        guard let first = words.first else { return false }
        return openers.contains(first) && words.count >= 3
    }

    /// "How do I export invoices and where do I change my plan?" is two.
    private static func cut(_ sentence: String) -> [String] {
        let folded = FoldedText(sentence).words.filter { !$0.isEnd }
        let bytes = Array(sentence.utf8)
        var starts: [Int] = []
        for index in folded.indices.dropFirst() where joiners.contains(folded[index].text) {
            var next = index + 1
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
            var text = String(decoding: bytes[from..<end], as: UTF8.self)
            text = String(text.trimmed)
            parts.append(text)
            from = end
        }
        parts.append(String(String(decoding: bytes[from...], as: UTF8.self).trimmed))
        return parts.filter { !$0.isEmpty }
    }

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
