#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One part of a question beside the draft, for `GraderModel`: is it spoken to?
struct CoverageFeatures {
    static let names = [
        "several", "parts", "sentences", "more_parts", "later_part", "cosine", "mean_cosine", "several_cosine",
        "unquoted", "unquoted_better", "word_share", "words", "unquoted_words",
        "words_missing", "taken", "is_taken", "own_sentence", "time_given", "time_missing", "money_given",
        "money_missing", "amount_given", "amount_missing", "where", "where_path", "why", "who", "yes_no", "leans",
        "leans_cosine", "length", "matter",
    ]

    /// One row a part of the question.
    static func values(_ draft: Grading.Draft, _ measures: Grading.Measures) -> [(part: String, values: [Double])] {
        let parts = Grading.parts(of: draft.question)
        let answer = TextReading(draft.sentences.map(\.text).joined(separator: "\n"))
        let titles = TextReading(draft.cited.flatMap { [$0.title] + $0.headings }.joined(separator: " . "))
        let said = answer.stems.union(titles.stems)
        let source = TextReading(draft.cited.map(\.text).joined(separator: "\n")).stems.subtracting(said)
        let cosines = measures.partToDraft
        func flag(_ is: Bool) -> Double { `is` ? 1 : 0 }
        let givesTime =
            answer.facts.quantities.contains { $0.unit == Facts.time || $0.unit == Facts.clock }
            || !answer.facts.dates.isEmpty || !answer.facts.weekdays.isEmpty || answer.has(Self.times)
        let givesMoney =
            answer.facts.quantities.contains { $0.unit == Facts.money }
            || answer.has([
                "free", "charge", "charged", "charges", "cost", "costs", "refund", "refunded", "credit", "price", "fee",
            ])
        let givesAmount = !answer.facts.quantities.isEmpty || !answer.facts.dates.isEmpty
        let hasPath = draft.sentences.contains { $0.text.contains(">") }
        return parts.enumerated().map { index, part in
            let reading = TextReading(part)
            let words = reading.plain
            let own = cosines[index]
            let nearest = own.indices.max { own[$0] < own[$1] } ?? 0
            let others = cosines.indices.filter { $0 != index }
            let taken = others.map { cosines[$0][nearest] - own[nearest] }.max() ?? 0
            let free = own.indices.filter { place in others.allSatisfy { cosines[$0][place] <= own[place] } }
            let best = own.max() ?? 0
            let unquoted = measures.partToUnquoted[index]
            let missing = reading.stems.subtracting(said)
            let leans = flag(reading.stems.count <= 1 || reading.has(Self.pronouns))
            let joined = Array((" " + words.joined(separator: " ") + " ").utf8)
            func asks(_ phrases: [String]) -> Bool { phrases.contains { Grading.has($0, in: joined) } }
            let (time, money, amount) = (asks(Self.forTime), asks(Self.forMoney), asks(Self.forAmount))
            let place = asks([
                "where", "how do", "how can", "how to", "how would", "how could", "how should", "how d", "wo", "wie",
            ])
            let opener = words.first { !["and", "also", "but", "or", "so", "then", "plus"].contains($0) }
            let several = flag(parts.count > 1)
            return (
                part,
                [
                    several, min(4, Double(parts.count)), min(4, Double(draft.sentences.count)),
                    flag(parts.count > draft.sentences.count), flag(index > 0), best,
                    own.reduce(0, +) / Double(max(1, own.count)), several * best,
                    unquoted, max(0, unquoted - best),
                    Double(reading.stems.intersection(said).count) / Double(max(1, reading.stems.count)),
                    min(4, Double(reading.stems.intersection(said).count)),
                    Double(reading.stems.intersection(source).count) / Double(max(1, reading.stems.count)),
                    min(6, Double(missing.count)), max(0, taken), flag(taken > 0), free.map { own[$0] }.max() ?? 0,
                    flag(time && givesTime), flag(time && !givesTime), flag(money && givesMoney),
                    flag(money && !givesMoney), flag(amount && givesAmount), flag(amount && !givesAmount),
                    flag(place), flag(place && hasPath), flag(asks(["why", "how come", "reason", "warum"])),
                    flag(asks(["who", "whose", "wer"])), flag(opener.map(Self.auxiliaries.contains) ?? false), leans,
                    leans * best, log1p(Double(words.count)), log1p(Double(reading.stems.count)),
                ]
            )
        }
    }

    private static let pronouns: Set<String> = [
        "it", "they", "them", "that", "this", "these", "those", "one", "he", "she", "its", "their",
    ]
    private static let times: Set<String> = [
        "today", "immediately", "before", "after", "until", "when", "once", "morning", "evening", "instantly",
    ]
    private static let auxiliaries: Set<String> = [
        "can", "could", "do", "does", "did", "is", "are", "will", "would", "should", "may", "must", "has", "have", "am",
        "was", "were", "kann", "ist", "sind", "muss", "darf",
    ]
    private static let forTime = [
        "how long", "how soon", "how often", "when", "how early", "how quickly", "how fast", "how late", "what time",
        "until", "by when", "deadline", "how many days", "how many weeks", "how many months", "how many hours",
        "how many years", "how many minutes", "wie lange", "wann",
    ]
    private static let forMoney = [
        "how much", "cost", "costs", "price", "fee", "fees", "charge", "expensive", "pay", "free", "billed", "refund",
        "money", "was kostet",
    ]
    private static let forAmount = [
        "how many", "how large", "how big", "maximum", "limit", "size", "storage", "how far", "how old", "how much",
        "wie viele",
    ]
}
