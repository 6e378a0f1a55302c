import Embedding
import FoundationEssentials

/// Judges a draft against written criteria. Pure: all it may look at is handed to it.
public enum Grading {
    /// A passage the draft cites, or one that might speak against it.
    public struct Passage: Sendable {
        /// Names its document.
        public var document: String
        public var title: String
        public var headings: [String]
        public var text: String
        public var updated: Date?
        public var version: String?
        /// Of the text, in order.
        public var sentences: [String]
        /// Where each begins in the document's file, from 1; empty where it is not known.
        public var lines: [Int] = []

        /// A sentence as what something is held against.
        func against(_ sentence: Int) -> Grade.Against {
            Grade.Against(
                document: document, line: lines.indices.contains(sentence) ? lines[sentence] : nil,
                text: sentences[sentence])
        }

        public init(
            document: String, title: String = "", headings: [String] = [], text: String, updated: Date? = nil,
            version: String? = nil,
            sentences: [String]? = nil, lines: [Int] = []
        ) {
            self.lines = lines
            (self.document, self.title, self.headings, self.text) = (
                document, title.isEmpty ? Self.titleLine(text) : title, headings, text
            )
            (self.updated, self.version) = (updated, version)
            let utf8 = Array(text.utf8)
            self.sentences =
                sentences ?? SentenceSplitter.ranges(text).map { String(decoding: utf8[$0], as: UTF8.self) }
        }

        /// A first line that is no sentence is the title of what follows.
        private static func titleLine(_ text: String) -> String {
            let lines = text.pieces("\n")
            guard lines.count > 1, let last = lines[0].last, !".!?:;,".contains(last), lines[0].utf8.count <= 100 else {
                return ""
            }
            return String(lines[0])
        }
    }

    public struct Sentence: Sendable {
        public var text: String
        /// Places in `cited`, from 1.
        public var citations: [Int]

        public init(text: String, citations: [Int]) { (self.text, self.citations) = (text, citations) }
    }

    public struct Draft: Sendable {
        public var question: String
        public var sentences: [Sentence]
        /// By citation number, from 1: the cited lines.
        public var cited: [Passage]
        /// Other candidates for the question; passages of the cited documents may be among them.
        public var rivals: [Passage]
        public var now: Date
        /// Cosines for the learned criteria; without them words and amounts alone judge.
        var measures: Measures?

        public init(question: String, sentences: [Sentence], cited: [Passage], rivals: [Passage] = [], now: Date) {
            (self.question, self.sentences, self.cited, self.rivals, self.now) = (
                question, sentences, cited, rivals, now
            )
        }
    }

    /// The questions within one message.
    public static func parts(of question: String) -> [String] { QuestionParts.split(question) }

    public static func grade(_ draft: Draft) -> Grade {
        var grade = Grade()
        // Most of the work: begun on another core, and shared once this one has done the rest.
        let search = draft.measures.map { measures in Deferred { PairSearch(draft, measures) } }
        let others = search.map { search in Beside.make { try search().likeliest() } }
        grade.findings += grounding(draft)
        grade.findings += draft.measures.map { learnedCoverage(draft, $0) } ?? coverage(draft)
        let kinds = draft.measures.map { measures in
            zip(draft.sentences, measures.draftRows).map { SentenceKinds($0.text, row: $1) }
        }.flatMap { $0.count == draft.sentences.count ? $0 : nil }
        grade.findings += promises(draft, kinds)
        grade.findings += personalData(draft, kinds)
        grade.findings += outdated(draft)
        if let search = try? search?() {
            let own = search.likeliest()
            grade.findings += learnedConflicts(draft, own.merging((try? others?()) ?? [:], uniquingKeysWith: max))
        } else {
            grade.findings += contradictions(draft)
        }
        grade.findings += deadEnd(draft, kinds)
        return grade
    }

    // MARK: - Criteria

    private static func coverage(_ draft: Draft) -> [Grade.Finding] {
        let parts = QuestionParts.split(draft.question)
        var said = Set<String>()
        for sentence in draft.sentences { said.formUnion(ContentWords.stems(sentence.text)) }
        for passage in draft.cited {
            said.formUnion(ContentWords.stems(passage.title))
            for heading in passage.headings { said.formUnion(ContentWords.stems(heading)) }
        }
        let answer = draft.sentences.map(\.text).joined(separator: " ")
        return parts.compactMap { part in
            let asked = ContentWords.stems(part)
            guard asked.count >= 1 else { return nil }
            let share = Double(asked.filter(said.contains).count) / Double(asked.count)
            if parts.count == 1 {
                // One question: the confidence judges the fit; the grader only sees a draft about something else.
                if share > 0 { return nil }
                return .init(
                    criterion: .covered, verdict: .fail, span: part,
                    detail: "the draft shares no word with the question")
            }
            if share >= 0.5 || asksFor(part, answeredIn: answer) && share >= 0.34 { return nil }
            return .init(
                criterion: .covered, verdict: share >= 0.4 ? .warn : .fail, span: part,
                detail: "this part of the question is not answered")
        }
    }

    /// "How long" wants a time, "how much" a sum, "when" a date.
    private static func asksFor(_ part: String, answeredIn answer: String) -> Bool {
        let asked = plainWords(part).joined(separator: " ")
        let facts = Facts(answer)
        if asked.contains("how long") || asked.contains("how soon") || asked.contains("when") {
            return facts.quantities.contains { $0.unit == Facts.time || $0.unit == Facts.clock } || !facts.dates.isEmpty
                || !facts.weekdays.isEmpty
        }
        if asked.contains("how much") || asked.contains("cost") || asked.contains("price") {
            return facts.quantities.contains { $0.unit == Facts.money }
        }
        if asked.contains("how many") || asked.contains("limit") || asked.contains("maximum") {
            return !facts.quantities.isEmpty
        }
        return false
    }

    /// - Parameter kinds: of the draft's sentences; `nil` without vectors, here and below.
    private static func promises(_ draft: Draft, _ kinds: [SentenceKinds]?) -> [Grade.Finding] {
        draft.sentences.enumerated().compactMap { place, sentence in
            let folded = FoldedText(sentence.text)
            if let match = GradingPhrases.promise.matches(in: folded).first {
                return .init(
                    criterion: .promise, verdict: .fail, span: span(match, folded, sentence.text),
                    detail: "it promises future work by the team")
            }
            if let kinds, kinds[place].holds(.promise) {
                return .init(
                    criterion: .promise, verdict: .fail, span: sentence.text,
                    detail: "it reads like a promise by the team")
            }
            if let match = GradingPhrases.faintPromise.matches(in: folded).first {
                return .init(
                    criterion: .promise, verdict: .warn, span: span(match, folded, sentence.text),
                    detail: "it may promise something of the team")
            }
            return nil
        }
    }

    private static func personalData(_ draft: Draft, _ kinds: [SentenceKinds]?) -> [Grade.Finding] {
        let source = draft.cited.map(\.text).joined(separator: "\n")
        return draft.sentences.enumerated().flatMap { place, sentence in
            // The customer's name in a greeting is no leak, and an office's address is as public as the article.
            let found = PersonalData.find(sentence.text)
            let folded = FoldedText(sentence.text)
            // A number or an address beside somebody's name, or called private, is that person's.
            let isSomebodys =
                found.contains { $0.kind == .name } || !GradingPhrases.privateContact.matches(in: folded).isEmpty
            var findings: [Grade.Finding] = []
            if let match = GradingPhrases.secretRequest.matches(in: folded).first {
                findings.append(
                    .init(
                        criterion: .personalData, verdict: .fail, span: span(match, folded, sentence.text),
                        detail: "it asks for a secret or for papers"))
            } else if let kinds, kinds[place].holds(.asksSecret) {
                findings.append(
                    .init(
                        criterion: .personalData, verdict: .fail, span: sentence.text,
                        detail: "it seems to ask for a secret or for papers"))
            }
            if let kinds, kinds[place].holds(.privateData) {
                findings.append(
                    .init(
                        criterion: .personalData, verdict: .fail, span: sentence.text,
                        detail: "it seems to give what is private of a person"))
            }
            return findings
                + found.compactMap { datum -> Grade.Finding? in
                    switch datum.kind {
                    case .name, .birth: return nil
                    case .address: guard isSomebodys else { return nil }
                    default: break
                    }
                    let stands = source.contains(datum.text)
                    if isSomebodys, !datum.isRole, [.phone, .email, .address].contains(datum.kind) {
                        return .init(
                            criterion: .personalData, verdict: .fail, span: datum.text,
                            detail: "\(datum.kind.rawValue) of a person in the draft")
                    }
                    if stands, datum.isExample || datum.isRole { return nil }
                    // A help line's number is as public as the article; a person looks at it all the same.
                    let isPublic = stands && (datum.kind == .phone || datum.kind == .ip)
                    return .init(
                        criterion: .personalData, verdict: isPublic ? .warn : .fail, span: datum.text,
                        detail: "\(datum.kind.rawValue) in the draft")
                }
        }
    }

    private static func outdated(_ draft: Draft) -> [Grade.Finding] {
        var findings: [Grade.Finding] = []
        for (index, passage) in draft.cited.enumerated() {
            let sentences = draft.sentences.filter { $0.citations.contains(index + 1) }
            let folded = FoldedText(
                passage.headings.joined(separator: ". ") + ". " + passage.title + ". " + passage.text)
            if let match = GradingPhrases.outdated.matches(in: folded).first {
                findings.append(
                    .init(
                        criterion: .outdated, verdict: .fail, span: sentences.first?.text ?? passage.title,
                        detail:
                            "the source says of itself '\(match.words.map { folded.words[$0].text }.joined(separator: " "))'"
                    ))
                continue
            }
            if let sentence = passage.sentences.first(where: { expired($0, draft.now) }) {
                findings.append(
                    .init(
                        criterion: .outdated, verdict: .fail, span: sentences.first?.text ?? passage.title,
                        detail: "the source names an end that has passed: \"\(sentence)\""))
                continue
            }
            if let newer = draft.rivals.first(where: { supersedes($0, passage) }) {
                findings.append(
                    .init(
                        criterion: .outdated, verdict: .fail, span: sentences.first?.text ?? passage.title,
                        detail: "\(newer.document) is a newer version of the source"))
            } else if let updated = passage.updated, draft.now.timeIntervalSince(updated) > 3 * 365.25 * 86_400 {
                findings.append(
                    .init(
                        criterion: .outdated, verdict: .warn, span: sentences.first?.text ?? passage.title,
                        detail: "the source is more than three years old"))
            }
        }
        return findings
    }

    /// "The offer is valid until 31 December 2023."
    private static func expired(_ sentence: String, _ now: Date) -> Bool {
        let words = plainWords(sentence)
        guard
            words.contains(
                where: [
                    "valid", "offer", "offered", "available", "applies", "runs", "open", "expires", "expired", "ends",
                    "ended",
                ].contains),
            let until = words.firstIndex(
                where: ["until", "till", "through", "expires", "expired", "ends", "ended"].contains)
        else { return false }
        let after = words[until...].prefix(8)
        guard let year = after.compactMap({ Int($0) }).first(where: { (1990...2099).contains($0) }) else {
            return false
        }
        let today = CivilDay(now)
        let month = after.compactMap { Facts.months[$0] }.first ?? 12
        return (year, month) < (today.year, today.month)
    }

    /// The same title in a later version, or the same title written a year later and saying something else.
    private static func supersedes(_ rival: Passage, _ passage: Passage) -> Bool {
        guard rival.document != passage.document, !passage.title.isEmpty else { return false }
        let (a, b) = (titleAndVersion(rival), titleAndVersion(passage))
        guard a.title == b.title, !a.title.isEmpty else { return false }
        if let later = a.version, let earlier = b.version { return Facts.isLater(later, than: earlier) }
        guard let later = rival.updated, let earlier = passage.updated else { return false }
        return later.timeIntervalSince(earlier) > 180 * 86_400
            && !contains(plainWords(rival.text), plainWords(passage.text))
    }

    private static func titleAndVersion(_ passage: Passage) -> (title: String, version: [Int]?) {
        var title: [String] = []
        var version = passage.version.map(Facts.version)
        var announced = false
        for word in plainWords(passage.title) where word != "the" && word != "a" {
            let isMark = word == "version" || word == "ver" || word == "release"
            defer { announced = isMark }
            if isMark { continue }
            let number = word.first == "v" ? word.dropFirst() : Substring(word)
            // "Chapter 3" and "Chapter 4" are no versions of one text.
            if let value = Int(number), announced || number.count < word.count || (1990...2099).contains(value) {
                if version == nil { version = [value] }
            } else {
                title.append(word)
            }
        }
        return (title.joined(separator: " "), version)
    }

    /// What a question for an amount wants to hear.
    static func askedUnits(_ question: String) -> Set<String> {
        let words = Array((" " + plainWords(question).joined(separator: " ") + " ").utf8)
        func asks(_ phrases: String...) -> Bool { phrases.contains { has($0, in: words) } }
        var units: Set<String> = []
        if asks(
            "how long", "how soon", "how often", "how far in advance", "how early", "when", "how quickly", "how fast",
            "how much time")
        {
            units = [Facts.time, Facts.clock]
        }
        if asks("how much", "cost", "costs", "price", "fee", "expensive") { units.insert(Facts.money) }
        if asks("how large", "how big", "size", "how much storage", "how much space") { units.insert("bytes") }
        return units
    }

    private static func contradictions(_ draft: Draft) -> [Grade.Finding] {
        var findings: [Grade.Finding] = []
        let context = Claim.Context(
            ([draft.question] + draft.cited.flatMap { [$0.title] + $0.headings }).joined(separator: " . "))
        let rivals = draft.rivals.map { $0.sentences.map(Claim.init) }
        for sentence in draft.sentences {
            let own = Claim(sentence.text)
            guard !own.stems.isEmpty else { continue }
            let sources = sentence.citations.filter { draft.cited.indices.contains($0 - 1) }.map { draft.cited[$0 - 1] }
            let written = sources.compactMap(\.updated).max()
            for (number, rival) in draft.rivals.enumerated() {
                let later = written.flatMap { date in rival.updated.map { $0.timeIntervalSince(date) } }
                guard
                    let (what, place) = conflict(
                        own, rival, rivals[number], sources, context, mayChange: (later ?? 0) >= 0)
                else { continue }
                findings.append(
                    .init(
                        criterion: (later ?? 0) > 86_400 ? .outdated : .contradicted, verdict: .fail,
                        span: sentence.text,
                        detail: "\(rival.against(place).place) says otherwise (\(what)): \"\(rival.sentences[place])\"",
                        against: rival.against(place)))
                break
            }
        }
        return findings
    }

    private static func conflict(
        _ own: Claim, _ rival: Passage, _ claims: [Claim], _ sources: [Passage], _ context: Claim.Context,
        mayChange: Bool
    ) -> (what: String, sentence: Int)? {
        for (place, claim) in claims.enumerated() {
            let text = rival.sentences[place]
            // A table row gives the numbers of many things.
            guard !text.contains("|") else { continue }
            var what = own.disagreement(with: claim, cosine: nil, context: context)
            if what == nil, mayChange, own.isChanged(by: claim, context: context) { what = "a change" }
            guard let what else { continue }
            // A passage that gives the same amount too, or a source that gives the other's as well, speaks of several things.
            let (theirs, sourced) = (Facts(rival.text), sources.map { Facts($0.text) })
            if what != "a change",
                own.facts.agrees(with: theirs) || sourced.contains(where: { claim.facts.agrees(with: $0) })
            {
                continue
            }
            // What the source itself says as well is a case of its own, not a contradiction.
            if sources.contains(where: { contains(plainWords($0.text), plainWords(text)) }) { continue }
            return (what, place)
        }
        return nil
    }

    private static func deadEnd(_ draft: Draft, _ kinds: [SentenceKinds]?) -> [Grade.Finding] {
        guard !draft.sentences.isEmpty else { return [] }
        let helpful = draft.sentences.enumerated().filter { place, sentence in
            if let kinds, kinds[place].holds(.deadEnd) { return false }
            let folded = FoldedText(sentence.text)
            if !GradingPhrases.contactSupport.matches(in: folded).isEmpty
                || !GradingPhrases.courtesy.matches(in: folded).isEmpty
            {
                return false
            }
            return plainWords(sentence.text).count >= 3
        }.map(\.element)
        guard let last = helpful.last else {
            return [
                .init(
                    criterion: .deadEnd, verdict: .fail, span: draft.sentences[0].text,
                    detail: "it only sends the customer elsewhere")
            ]
        }
        // A question left standing at the end: the reply to it is what the customer needs, or it is the customer who must reply.
        guard let end = last.text.trimmed.last, "?？؟".contains(end) else { return [] }
        return [.init(criterion: .deadEnd, verdict: .fail, span: last.text, detail: "it ends in a question")]
    }

    // MARK: - Words

    /// Whether whole words stand in others, which have a space between, before and behind them.
    static func has(_ phrase: String, in words: [UInt8]) -> Bool {
        let phrase = phrase.utf8
        var start = 0
        while start + phrase.count + 2 <= words.count {
            let end = start + 1 + phrase.count
            if words[start] == 32, words[end] == 32, words[start + 1..<end].elementsEqual(phrase) { return true }
            start += 1
        }
        return false
    }

    static func plainWords(_ text: String) -> [String] { plainWords(FoldedText(text)) }

    static func plainWords(_ text: FoldedText) -> [String] { text.words.compactMap { $0.isEnd ? nil : $0.text } }

    /// Whether `part` stands in `whole` as one run of words.
    static func contains(_ whole: [String], _ part: [String]) -> Bool {
        guard let first = part.first, whole.count >= part.count else { return part.isEmpty }
        for start in 0...(whole.count - part.count) where whole[start] == first {
            if whole[start..<start + part.count].elementsEqual(part) { return true }
        }
        return false
    }

    private static func span(_ match: PhraseTable.Match, _ folded: FoldedText, _ text: String) -> String {
        let words = folded.words[match.words].filter { !$0.isEnd }
        guard let first = words.first, let last = words.last else { return text }
        return String(decoding: Array(text.utf8)[first.range.lowerBound..<last.range.upperBound], as: UTF8.self)
    }
}
