import FoundationEssentials

/// Puts the current article before an older one on the same subject, and one in the question's language before others.
enum CurrentVersion {
    /// Days between two versions below which neither is old.
    static let apart = 30.0

    /// The candidates ordered anew; what was added is a part of their score.
    ///
    /// Two are versions of one article when their titles have the same words, words like "old", years and version numbers
    /// aside, and both say when they were updated.
    /// - Parameter language: the question's, ISO 639-1; `nil` where it cannot be told.
    /// - Parameter chosen: what a person said is the answer: it stays where it is, and nothing passes it.
    static func first(
        _ ranked: [RankedDocument], documents: [Int64: Document], language: String?, chosen: Int64? = nil
    ) -> [RankedDocument] {
        var out = ranked
        func change(_ i: Int, _ name: String, by value: Double) {
            out[i].score += value
            out[i].parts.append(ScorePart(name: name, value: value))
        }
        let locales = out.map { documents[$0.document]?.locale.map { String($0.lowercased().prefix(2)) } }
        if let language, locales.contains(language) {
            for i in out.indices
            where locales[i] != nil && locales[i] != language && out[i].document != chosen {
                change(i, "other language", by: -RetrievalDefaults.foreignLocalePenalty)
            }
        }
        let titles = out.map { documents[$0.document].map { subject($0.title) } ?? [] }
        for i in out.indices where !titles[i].isEmpty {
            guard let own = documents[out[i].document]?.updated else { continue }
            // The best older version of it that stands above.
            let older = out.indices.filter { j in
                guard j != i, out[j].document != chosen, titles[j] == titles[i], out[j].score >= out[i].score,
                    out[j].score - out[i].score <= RetrievalDefaults.newerVersionReach,
                    let date = documents[out[j].document]?.updated
                else { return false }
                return date.days(until: own) > apart
            }.max { out[$0].score < out[$1].score }
            if let older {
                change(i, "newer version", by: out[older].score - out[i].score + RetrievalDefaults.soleHolderMargin)
            }
        }
        return out.sorted { $0.score != $1.score ? $0.score > $1.score : $0.document < $1.document }
    }

    /// The words of a title that name its subject.
    private static func subject(_ title: String) -> Set<String> {
        var words: Set<String> = []
        for word in title.lowercased().split(whereSeparator: { !$0.isWord && $0 != "." }) {
            guard !word.allSatisfy({ $0.isNumber || $0 == "." }), !StopWords.english.contains(String(word)),
                !Self.age.contains(String(word))
            else { continue }
            words.insert(String(word))
        }
        return words
    }

    private static let age: Set<String> = [
        "old", "older", "new", "newer", "outdated", "deprecated", "obsolete", "legacy", "archive", "archived",
        "classic",
        "previous", "current", "version", "v1", "v2", "v3", "v4", "alt", "veraltet", "neu",
    ]
}
