import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a sentence of a draft and one of another passage look like side by side, for `GraderModel`: do they speak of one thing,
/// and does the other say otherwise?
struct ConflictFeatures {
    static let names = [
        "cosine", "rival_question", "draft_question", "both_question", "same_part", "first_of_part", "better_answer",
        "shared", "jaccard", "overlap", "question_only_rival", "question_draft", "question_rival",
        "question_only_draft",
        "new_words", "new_title_words", "title_question", "scope_question", "title_shared",
        "differs", "agrees", "asked_both", "asked_differs", "amount_draft", "amount_rival", "differs_cosine",
        "differs_part", "source_has_rival", "rival_has_draft", "denial", "opposite", "reversed", "reversed_cosine",
        "reversed_part", "only", "every", "must", "change", "past", "change_part", "still", "newer", "older",
        "days", "newer_part", "newer_change", "model", "new_names", "menu", "set_apart", "rule", "table",
    ]

    /// Which way a feature may speak at most: 1 for a conflict, −1 against one, 0 either. Without these bounds the fit takes
    /// agreement for a sign of conflict: of drafts written beside one other passage it is one, of what retrieval brings not.
    static let signs: [Int] = {
        let forOne: Set = [
            "cosine", "both_question", "same_part", "first_of_part", "better_answer", "shared", "jaccard", "overlap",
            "differs", "asked_differs", "differs_cosine", "differs_part", "reversed", "reversed_cosine",
            "reversed_part",
            "only", "must", "change", "change_part", "newer", "days", "newer_part", "newer_change", "rule",
        ]
        let against: Set = [
            "agrees", "source_has_rival", "rival_has_draft", "still", "older", "model", "set_apart", "new_title_words",
            "new_names", "new_words",
        ]
        return names.map { forOne.contains($0) ? 1 : against.contains($0) ? -1 : 0 }
    }()

    /// What is the same for all pairs of one draft.
    struct Context {
        let question: TextReading
        /// The cited passages, their titles and headings.
        let source: TextReading
        let sourceContext: Claim.Context
        let title: TextReading
        let asked: Set<String>
        /// By part of the question and sentence of the draft; by part, rival and its sentence. Cosines.
        let partToDraft: [[Double]]
        let partToRival: [[[Double]]]

        init(_ draft: Grading.Draft, _ measures: Grading.Measures) {
            question = TextReading(draft.question)
            title = TextReading(draft.cited.map(\.title).joined(separator: " . "))
            source = TextReading(
                draft.cited.map { ([$0.title] + $0.headings + [$0.text]).joined(separator: "\n") }.joined(
                    separator: "\n"))
            sourceContext = Claim.Context(words: source.plain)
            asked = Grading.askedUnits(draft.question)
            (partToDraft, partToRival) = (measures.partToDraft, measures.partToRival)
        }
    }

    /// What is the same for all sentences of one rival.
    struct Rival {
        let title: TextReading
        /// Of the whole passage; nothing where no sentence of the draft has a fact to agree with.
        let facts: Facts
        let changes: Bool
        /// How much later it was written than the source, in days; 0 where a date is missing.
        let days: Double

        /// - Parameter needsFacts: whether a sentence of the draft gives an amount or a date.
        init(_ passage: Grading.Passage, written: [Double?], needsFacts: Bool) {
            title = TextReading(([passage.title] + passage.headings).joined(separator: " . "))
            let words = Grading.plainWords(passage.text)
            facts = needsFacts ? Facts(passage.text, words: words, main: []) : Facts()
            changes = words.contains(where: ConflictFeatures.changes.contains)
            let own = written.compactMap { $0 }.max()
            days = own.flatMap { own in passage.updated.map { ($0.timeIntervalSince1970 - own) / 86_400 } } ?? 0
        }
    }

    static func values(
        _ own: SentenceReading, place: Int, _ other: SentenceReading, text: String, ownText: String, rival: Rival,
        number: Int, sentence: Int, cosine: Double, _ context: Context
    ) -> [Double] {
        let parts = context.partToRival.map { $0[number][sentence] }
        let owns = context.partToDraft.map { $0[place] }
        let part = owns.indices.max { owns[$0] < owns[$1] } ?? 0
        let (rivalQuestion, draftQuestion) = (parts.max() ?? 0, owns.max() ?? 0)
        let samePart = parts.isEmpty ? 0 : parts[part]
        let best = context.partToRival.isEmpty ? 0 : context.partToRival[part][number].max() ?? 0
        let (question, source) = (context.question.stems, context.source.stems)
        let common = own.stems.count(in: other.stems)
        let shared = Double(common)
        let (agrees, differs) = own.compare(with: other)
        func flag(_ is: Bool) -> Double { `is` ? 1 : 0 }
        func asks(_ reading: SentenceReading) -> Bool {
            reading.facts.quantities.contains { context.asked.contains($0.unit) }
                || context.asked.contains(Facts.time)
                    && !(reading.facts.dates.isEmpty && reading.facts.weekdays.isEmpty)
        }
        let asked = flag(asks(own) && asks(other))
        let denial = own.denies != other.denies
        let opposite = own.opposes(other)
        let reversed = flag(denial != opposite)
        func oneSays(_ words: Set<String>) -> Double { flag(own.has(words) != other.has(words)) }
        let change = flag(other.claim.change != nil || other.has(Self.changes))
        let newer = flag(rival.days > 30)
        // Words of `words` and not of `without`, that neither the source nor the question has.
        func foreign(_ words: Set<String>, without: Set<String> = []) -> Int {
            words.reduce(0) { count, word in
                let known =
                    without.contains(word) || context.source.words.contains(word)
                    || context.question.words.contains(word)
                return known ? count : count + 1
            }
        }
        let foreignNames = foreign(other.text.names) + foreign(rival.title.names, without: other.text.names)
        let known = context.source.models.union(context.question.models)
        return [
            cosine, rivalQuestion, draftQuestion, min(rivalQuestion, draftQuestion), samePart,
            flag(samePart >= best - 1e-9), samePart - draftQuestion,
            min(4, shared), shared / Double(max(1, own.stems.count + other.stems.count - common)),
            shared / Double(max(1, min(own.stems.count, other.stems.count))),
            Double(question.count(in: other.stems, outside: [own.stems, source])),
            Double(question.count(in: own.stems)), Double(question.count(in: other.stems)),
            Double(question.count(in: own.stems, outside: [other.stems])),
            min(8, Double(other.stems.count(outside: [source, question]))),
            min(4, Double(rival.title.stems.count(outside: [source, question]))),
            Double(question.count(in: rival.title.stems)),
            Double(
                question.count(in: other.stems, outside: [source])
                    + question.count(in: rival.title.stems, outside: [source, other.stems])),
            Double(context.title.stems.count(in: rival.title.stems)),
            flag(differs), flag(agrees), asked, asked * flag(differs), flag(!own.facts.quantities.isEmpty),
            flag(!other.facts.quantities.isEmpty), flag(differs) * cosine, flag(differs) * samePart,
            flag(other.facts.agrees(with: context.source.facts) && !other.facts.agrees(with: own.facts)),
            flag(own.facts.agrees(with: rival.facts)),
            flag(denial), flag(opposite), reversed, reversed * cosine, reversed * samePart,
            oneSays(["only", "solely"]), oneSays(["all", "every", "any"]),
            oneSays(["must", "required", "need", "needs", "mandatory", "have"]),
            change, flag(other.has(["was", "were", "formerly", "previously", "had"])), change * samePart,
            flag(other.has(["still", "remains", "remain", "unchanged", "stays", "stay", "same"])), newer,
            flag(rival.days < -30), rival.days.sign == .minus ? -log1p(-rival.days / 30) : log1p(rival.days / 30),
            newer * samePart, newer * flag(rival.changes),
            flag(
                !known.isEmpty && !(other.text.models.isSubset(of: known) && rival.title.models.isSubset(of: known))),
            min(4, Double(foreignNames)), flag(ownText.contains(">") && text.contains(">")),
            flag(own.claim.isSetApart(from: other.claim, context.sourceContext)),
            flag(own.claim.disagreement(with: other.claim, cosine: cosine, context: context.sourceContext) != nil),
            flag(text.contains("|")),
        ]
    }

    /// The rules find a disagreement on what is asked, and neither passage gives the other's figure as well. A "no" in one of two
    /// sentences counts only in like words: in a manual every page says what its few nouns are, and what they are not.
    static func isPlain(_ values: [Double]) -> Bool {
        func value(_ name: String) -> Double { values[place[name]!] }
        let isFigure = value("differs") == 1 || value("asked_differs") == 1
        return value("rule") == 1 && value("agrees") == 0 && value("source_has_rival") == 0
            && value("rival_has_draft") == 0 && (isFigure ? value("same_part") >= 0.4 : value("jaccard") >= 0.3)
    }

    private static let place = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })

    private static let changes: Set<String> = [
        "now", "since", "new", "changed", "changes", "change", "replaced", "replaces", "replace", "moved", "removed",
        "renamed", "discontinued", "retired", "instead", "effective", "starting", "raised", "lowered", "reduced",
        "increased", "extended", "shortened", "gone", "longer", "anymore", "stopped", "ended",
    ]
}

/// Counting makes no set, as `intersection` and `subtracting` do: they were half of the time of a pair.
extension Set<String> {
    /// How many members `other` has too, and none of `outside`.
    func count(in other: Set<String>, outside: [Set<String>] = []) -> Int {
        let (few, many) = count < other.count ? (self, other) : (other, self)
        return few.reduce(0) { sum, word in
            many.contains(word) && !outside.contains { $0.contains(word) } ? sum + 1 : sum
        }
    }

    /// How many members none of the others has.
    func count(outside others: [Set<String>]) -> Int {
        reduce(0) { sum, word in others.contains { $0.contains(word) } ? sum : sum + 1 }
    }
}
