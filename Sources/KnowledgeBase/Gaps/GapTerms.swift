#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A gap's own words: those that stand in its questions and not in the others'.
///
/// Words and runs of two or three; for each the number of questions it stands in here and elsewhere. The value is
/// share here · ln(share here / share elsewhere), both smoothed by half a question: the contribution to the divergence of
/// the group from the rest (as in log-likelihood keyness; Dunning, Computational Linguistics 1993).
struct GapTerms: Sendable {
    /// In how many of all questions each term stands.
    private var frequency: [String: Int] = [:]
    private var count = 0

    /// - Parameter texts: de-identified questions of the window.
    init(_ texts: [String]) {
        for text in texts { add(text) }
    }

    private mutating func add(_ text: String) {
        count += 1
        for term in Self.terms(text) { frequency[term, default: 0] += 1 }
    }

    /// The group's terms, best first; a term within a better one is left out.
    func best(_ texts: [String], limit: Int = GapDefaults.terms) -> [String] {
        var inside: [String: Int] = [:]
        for text in texts { for term in Self.terms(text) { inside[term, default: 0] += 1 } }
        let n = Double(texts.count)
        let rest = max(1, Double(count) - n)
        let needed = texts.count > 2 ? 2 : 1
        var scored: [(term: String, value: Double)] = []
        for (term, here) in inside where here >= needed {
            let elsewhere = Double(max(0, (frequency[term] ?? here) - here))
            let share = (Double(here) + 0.5) / (n + 1)
            let other = (elsewhere + 0.5) / (rest + 1)
            let words = term.utf8.reduce(1) { $0 + ($1 == 0x20 ? 1 : 0) }
            // A longer run says more than its words where it is nearly as common.
            scored.append((term, share * log(share / other) * (1 + 0.15 * Double(words - 1))))
        }
        scored.sort { $0.value != $1.value ? $0.value > $1.value : $0.term < $1.term }
        var out: [String] = []
        var covered: Set<String> = []
        for (term, value) in scored where value > 0 {
            let words = term.split(separator: " ").map(String.init)
            let stems = words.map(Self.stem)
            if stems.allSatisfy(covered.contains) { continue }
            // A run that only adds one word to what is there is that word.
            let fresh = words.filter { !covered.contains(Self.stem($0)) }
            // "start the timer" beside "timer" is "start".
            let rest = fresh.drop { Self.stops.contains($0) }.reversed().drop { Self.stops.contains($0) }.reversed()
            // "start the timer" beside "start" and "timer" adds nothing.
            if rest.isEmpty { continue }
            let shown = fresh.count == words.count ? term : rest.joined(separator: " ")
            out.append(shown)
            covered.formUnion(stems)
            if out.count == limit { break }
        }
        return out
    }

    /// A term as customers write it: the commonest spelling in the texts, of equals the first.
    static func spelled(_ term: String, in texts: [String]) -> String {
        let wanted = term.split(separator: " ").map(String.init)
        var counts: [String: (count: Int, first: Int)] = [:]
        for text in texts {
            let words = FoldedText(text).words
            let bytes = Array(text.utf8)
            guard !wanted.isEmpty, words.count >= wanted.count else { continue }
            for start in 0...(words.count - wanted.count)
            where wanted.indices.allSatisfy({ words[start + $0].text == wanted[$0] }) {
                let range = words[start].range.lowerBound..<words[start + wanted.count - 1].range.upperBound
                let spelling = String(decoding: bytes[range], as: UTF8.self)
                if !spelling.contains(where: \.isNewline) {
                    counts[spelling] = ((counts[spelling]?.count ?? 0) + 1, counts[spelling]?.first ?? counts.count)
                }
                break
            }
        }
        return counts.max { ($0.value.count, $1.value.first) < ($1.value.count, $0.value.first) }?.key ?? term
    }

    /// Distinct words and runs of two or three of a text, without stop words at either end.
    private static func terms(_ text: String) -> Set<String> {
        var out: Set<String> = []
        var run: [String] = []
        for word in FoldedText(withoutPseudonyms(text)).words {
            if word.isEnd || word.text.utf8.count > 40 {
                run = []
                continue
            }
            run.append(word.text)
            if run.count > 3 { run.removeFirst() }
            guard isTerm(word.text) else { continue }
            out.insert(word.text)
            for length in 2...3 where run.count >= length {
                let part = run.suffix(length)
                if isTerm(part.first!) { out.insert(part.joined(separator: " ")) }
            }
        }
        return out
    }

    /// `<email 3f2a>` is no word of anybody's.
    private static func withoutPseudonyms(_ text: String) -> String {
        guard text.utf8.contains(0x3c) else { return text }
        var out: [UInt8] = []
        var depth = 0
        for byte in text.utf8 {
            if byte == 0x3c { depth = 1 }
            if depth == 0 { out.append(byte) }
            if byte == 0x3e, depth > 0 {
                depth = 0
                out += Array(" . ".utf8)
            }
        }
        return depth == 0 ? String(decoding: out, as: UTF8.self) : text
    }

    private static func isTerm(_ word: String) -> Bool {
        word.utf8.count > 1 && !stops.contains(word) && word.unicodeScalars.contains { $0.properties.isAlphabetic }
    }

    private static func stem(_ word: String) -> String { ContentWords.stem(word) ?? word }

    /// Apostrophes are gone in folded words: `don't` is `dont`.
    private static let stops: Set<String> = Set(
        StopWords.english.map { $0.filter { $0 != "'" } } + [
            "im", "ive", "please", "need", "help", "try", "tried", "trying", "know", "use", "work", "works", "working",
            "make", "many", "one", "two", "see", "say", "says", "seem", "still", "even", "since", "without", "anyone",
            "something", "anything", "nothing", "question", "problem", "issue", "regards", "yes", "well", "new", "find",
            "go", "going", "come", "also", "hi", "hello", "und", "der", "die", "das", "ich", "ist", "nicht", "wie",
            "mit",
            "el", "la", "que", "de", "en", "un", "una", "es", "le", "les", "je", "est", "pas", "pour", "ein", "eine",
            "auf",
        ])
}
