import Embedding
import FoundationEssentials
import GRDB
import Synchronization

extension Engine {
    func detector() throws -> TriggerDetector {
        let policy = try policy()
        return detectorCache.withLock { cached in
            if let cached { return cached }
            let detector = TriggerDetector(policy)
            cached = detector
            return detector
        }
    }

    func exampleVectors() throws -> ExampleVectors {
        let (encoder, policy) = (try encoder(), try policy())
        return try examplesCache.withLock { cached in
            if let cached { return cached }
            let examples = try ExampleVectors(path: location.examples, policy: policy, encoder: encoder)
            cached = examples
            return examples
        }
    }

    /// What the words of one question say to the policy, before anything of it is encoded.
    struct QuestionWords {
        var evidence = PolicyEvidence()
        var reading: TriggerDetector.Reading
        /// Beyond a limit it is cut: a log file is no message.
        var text: String
        /// Of it what the person says, without quotations, signature and footers: what triggers are looked for in.
        var said: String
        /// More than one where the message asks several things.
        var parts: [String]
    }

    /// What of a question the policy reads.
    private static func readText(of question: Question) -> String {
        String(decoding: question.fullText.utf8.prefix(RetrievalDefaults.maximumQuestionBytes), as: UTF8.self)
    }

    /// The same without what mail programs and lawyers add. The subject is the person's own.
    private static func said(in question: Question) -> String {
        let text = String(decoding: question.text.utf8.prefix(RetrievalDefaults.maximumQuestionBytes), as: UTF8.self)
        let own = MessageWords.own(text)
        guard own != text else { return readText(of: question) }
        var said = question
        said.text = own
        return readText(of: said)
    }

    /// The things that a question asks.
    static func partTexts(of question: Question) -> [String] { QuestionParts.split(readText(of: question)) }

    /// Whether a question asks one thing: then its vector is that of its only part.
    static func isOfOnePart(_ question: Question) -> Bool { partTexts(of: question) == [readText(of: question)] }

    func words(of questions: [Question]) throws -> [QuestionWords] {
        let detector = try detector()
        return questions.map { question in
            let text = Self.readText(of: question)
            let said = Self.said(in: question)
            let folded = FoldedText(said)
            var evidence = PolicyEvidence()
            evidence.customer = question.customer
            evidence.tags = question.tags
            evidence.fields = question.fields
            let reading = detector.read(said, folded: folded, into: &evidence)
            if detector.policy.rule(.sentiment).isOn { evidence.sentiment = Sentiment.score(folded) }
            if let guess = LanguageGuess.guess(folded) {
                evidence.foreignLanguage = .init(value: guess.share, detail: guess.language)
            }
            return QuestionWords(
                evidence: evidence, reading: reading, text: text, said: said, parts: QuestionParts.split(text))
        }
    }

    /// What each question says to the policy. Sentences of all questions are encoded as one batch.
    ///
    /// - Parameter vectors: the questions' own; with empty ones (lexical mode) the wording alone speaks.
    func signals(_ questions: [Question], words: [QuestionWords], vectors: [[Float]]) throws -> [PolicyEvidence] {
        let detector = try detector()
        var texts: [String] = []
        var sentenceRanges: [Range<Int>] = []
        var saidPlaces: [Int?] = []
        var partRanges: [Range<Int>] = []
        var found = words.map(\.evidence)
        for (index, words) in words.enumerated() {
            let hasVector = !vectors[index].isEmpty
            let start = texts.count
            if hasVector { texts += words.reading.message.sentences.map(\.text) }
            sentenceRanges.append(start..<texts.count)
            // The question's own vector is that of all of it.
            let isCut = hasVector && words.said != words.text
            saidPlaces.append(isCut ? texts.count : nil)
            if isCut { texts.append(words.said) }
            let partStart = texts.count
            if hasVector, words.parts != [words.text] { texts += words.parts }
            partRanges.append(partStart..<texts.count)
        }
        let rows = try texts.isEmpty ? nil : encoder().encode(texts)
        let examples = vectors.contains { !$0.isEmpty } ? try exampleVectors() : nil
        for index in questions.indices {
            let (reading, vector) = (words[index].reading, vectors[index])
            let said = saidPlaces[index].map { rows![$0] } ?? vector[...]
            let sentences = sentenceRanges[index].map { rows![$0] }
            let withVectors = try !vector.isEmpty && TriggerModel.knows(encoder().modelFingerprint)
            var parts: [(text: String, scores: TriggerModel.Scores)] = []
            for (place, sentence) in reading.message.sentences.enumerated() {
                parts.append(
                    (
                        sentence.text,
                        withVectors
                            ? TriggerModel.scores(sentences[place], sentence.grams)
                            : TriggerModel.scores(sentence.grams)
                    ))
            }
            if let whole = reading.message.whole {
                parts.append(
                    (
                        words[index].said,
                        withVectors ? TriggerModel.scores(said, whole) : TriggerModel.scores(whole)
                    ))
            }
            detector.judge(reading, parts, withVectors: withVectors, into: &found[index])
            guard !vector.isEmpty, let examples else { continue }
            found[index].partVectors = partRanges[index].map { Array(rows![$0]) }
            guard !examples.labels.isEmpty else { continue }
            detector.compare(sentences.isEmpty ? [said] : sentences, examples: examples, into: &found[index])
            found[index].intent = examples.intents?.intent(of: vector, TextGrams(questions[index].fullText))
        }
        return found
    }

    /// Adds what only the database knows.
    ///
    /// - Parameter replayed: in a replay its own answers, in place of the question log.
    func complete(
        _ evidence: inout PolicyEvidence, question: Question, retrieval: Retrieval, draft: Draft?, now: Date,
        replayed: ReplayedAnswers?, _ db: Database
    ) throws {
        let policy = try policy()
        let cosines = retrieval.ranked.compactMap { $0.dense?.cosine }
        if cosines.count > 1, retrieval.ranked[0].dense != nil, retrieval.ranked[1].dense != nil {
            evidence.margin = abs(cosines[0] - cosines[1])
        }
        if let language = evidence.foreignLanguage {
            let spoken = try answeredLanguages(db)
            let isForeign =
                !spoken.isEmpty && !spoken.contains(language.detail)
                && language.value >= policy.rule(.foreignLanguage).threshold
                && !Self.speaks(draft, language.detail, of: question)
            if !isForeign { evidence.foreignLanguage = nil }
        }
        if policy.rule(.askedAgain).isOn, let customer = question.customer, let cited = draft?.citations.first {
            let moment = question.askedAt ?? now
            let start = moment.addingTimeInterval(-policy.askedAgainDays * 86_400)
            evidence.earlierAnswers =
                try replayed?.count(to: customer, about: cited.document.id, between: start, and: moment)
                ?? Store.answersGiven(to: customer, about: cited.document.id, between: start, and: moment, db)
        }
    }

    /// The languages of the policy, else of the articles: their `locale`, else a guess on a sample.
    private func answeredLanguages(_ db: Database) throws -> Set<String> {
        let policy = try policy()
        if !policy.languages.isEmpty { return Set(policy.languages.map { String($0.lowercased().prefix(2)) }) }
        let generation = try Store.generation(db)
        if let known = languagesCache.withLock({ $0 }), known.generation == generation { return known.languages }
        let languages = try Store.keptLanguages(of: generation, db) ?? Self.articleLanguages(db)
        languagesCache.withLock { $0 = (generation, languages) }
        return languages
    }

    /// Whether a draft is in a language and about something that the question names: one article may be in a language that the others
    /// are not, and a question in it is near that article whatever it asks.
    private static func speaks(_ draft: Draft?, _ language: String, of question: Question) -> Bool {
        guard let draft, let first = draft.citations.first else { return false }
        let text = first.document.title + "\n" + draft.text
        let isInIt =
            first.document.locale?.lowercased().hasPrefix(language) == true
            || LanguageGuess.guess(FoldedText(text))?.language == language
        return isInIt
            && !ContentWords.stems(question.fullText).isDisjoint(with: ContentWords.stems(text))
    }

    /// Languages of a tenth of the articles and more: by their `locale`, where they have none by a guess on a sample.
    private static func articleLanguages(_ db: Database) throws -> Set<String> {
        let locales = try Store.articleLocales(db)
        guard !locales.isEmpty else { return try guessedLanguages(db) }
        let all = try Store.articleCount(db)
        var byLanguage: [String: Int] = [:]
        for (locale, count) in locales where !locale.isEmpty {
            byLanguage[String(locale.lowercased().prefix(2)), default: 0] += count
        }
        let named = Set(byLanguage.filter { $0.value * 10 >= all }.keys)
        guard (all - byLanguage.values.reduce(0, +)) * 10 >= all else { return named }
        return try named.union(guessedLanguages(db))
    }

    private static func guessedLanguages(_ db: Database) throws -> Set<String> {
        var counts: [String: Int] = [:]
        let sample = try Store.sampleArticleTexts(40, db)
        for text in sample {
            if let guess = LanguageGuess.guess(FoldedText(text)) { counts[guess.language, default: 0] += 1 }
        }
        return Set(counts.filter { $0.value * 10 >= max(1, sample.count) }.keys)
    }

    /// Keeps the articles' languages, so that no question reads a sample of them.
    func refreshLanguages() throws {
        guard canWrite else { return }
        try store.pool.write { db in
            let generation = try Store.generation(db)
            guard try Store.keptLanguages(of: generation, db) == nil else { return }
            try Store.keep(languages: Self.articleLanguages(db), of: generation, db)
        }
    }
}

extension Engine {
    /// The grader's judgement, with the other candidates' best passages as witnesses.
    func grade(
        _ draft: Draft, question: Question, retrieval: Retrieval, passages: [DraftPassage], partVectors: [[Float]],
        now: Date,
        _ db: Database
    ) throws -> Grade {
        var cited: [Grading.Passage] = []
        for citation in draft.citations {
            // Several passages may share a line: it is the one with the sentences quoted.
            let quoted = draft.sentences.filter { $0.citations.contains(citation.number) }.map(\.text)
            let passage = passages.first { passage in
                passage.chunk.lines.overlaps(citation.lines)
                    && quoted.allSatisfy { text in passage.chunk.sentences.contains { $0.text == text } }
            }
            // Shown text differs from the source's in table rows, which are written out.
            let shown = passage?.chunk.sentences.map(\.text).joined(separator: "\n") ?? ""
            cited.append(
                Grading.Passage(
                    document: citation.document.id, title: citation.document.title, headings: citation.headings,
                    text: (passage?.chunk.text ?? citation.quote) + "\n" + shown, updated: citation.document.updated))
        }
        let others = Array(retrieval.ranked.dropFirst().prefix(Self.witnesses))
        let documents = try Store.documents(others.map(\.document), db)
        let chunks = try Store.chunks(others.map(\.chunk), db)
        let rivals = others.compactMap { other -> Grading.Passage? in
            guard let document = documents[other.document], document.kind == .article, let chunk = chunks[other.chunk]
            else { return nil }
            return Grading.Passage(
                document: document.id, title: document.title, headings: chunk.headings, text: chunk.text,
                updated: document.updated,
                sentences: chunk.sentences.map(\.text), lines: chunk.sentences.map(\.lines.lowerBound))
        }
        var input = Grading.Draft(
            question: question.fullText,
            sentences: draft.sentences.map { Grading.Sentence(text: $0.text, citations: $0.citations) },
            cited: cited, rivals: rivals, now: question.askedAt ?? now)
        let keys = others.compactMap { other in
            documents[other.document]?.kind == .article ? chunks[other.chunk]?.embeddingKey : nil
        }
        input.measures = try measures(
            input, passages: passages, keys: keys, question: retrieval.vector,
            asked: partVectors.isEmpty ? [retrieval.vector] : partVectors, db)
        return Grading.grade(input)
    }

    /// What the learned criteria need, from the vectors kept with the passages; `nil` where some are missing.
    private func measures(
        _ draft: Grading.Draft, passages: [DraftPassage], keys: [[UInt8]], question: [Float], asked: [[Float]],
        _ db: Database
    ) throws -> Grading.Measures? {
        guard let dimension = asked.first?.count, dimension > 0, try GraderModel.knows(encoder().fingerprint),
            asked.count == Grading.parts(of: draft.question).count, keys.count == draft.rivals.count
        else { return nil }
        let quoted = Set(draft.sentences.map(\.text))
        var said: [String: [Float]] = [:]
        var unquoted: [[Float]] = []
        for passage in passages where passage.chunk.sentences.contains(where: { quoted.contains($0.text) }) {
            guard !passage.cosines.isEmpty, let packed = try Store.sentenceVectors(passage.chunk.embeddingKey, db)
            else { return nil }
            let rows = SentenceVectors.unpack(packed, dimension: dimension)
            guard rows.count == passage.chunk.sentences.count else { return nil }
            for (sentence, row) in zip(passage.chunk.sentences, rows) {
                if quoted.contains(sentence.text) { said[sentence.text] = row } else { unquoted.append(row) }
            }
        }
        let own = draft.sentences.compactMap { said[$0.text] }
        guard own.count == draft.sentences.count else { return nil }
        let packed = try keys.map { try Store.sentenceVectors($0, db) ?? [] }
        func cosines(_ vector: [Float]) -> [[Double]] {
            packed.map { SentenceVectors.scores($0, with: vector).map(Double.init) }
        }
        func product(_ a: [Float], _ b: [Float]) -> Double { Double(VectorIndex.product(a, b, dimension)) }
        let toRival = (draft: own.map(cosines), part: asked.map(cosines))
        guard
            (toRival.draft + toRival.part).allSatisfy({ row in
                zip(row, draft.rivals).allSatisfy { $0.count == $1.sentences.count }
            })
        else { return nil }
        return Grading.Measures(
            draftRows: own, questionToDraft: question.count == dimension ? own.map { product(question, $0) } : [],
            partToDraft: asked.map { part in own.map { product(part, $0) } },
            partToUnquoted: asked.map { part in unquoted.map { product(part, $0) }.max() ?? 0 },
            draftToRival: toRival.draft, partToRival: toRival.part)
    }

    /// Documents below the first that may contradict it.
    private static let witnesses = 5
}
