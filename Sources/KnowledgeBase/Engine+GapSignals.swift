import Embedding
import FoundationEssentials
import GRDB

/// The questions of a window with what the base makes of each.
struct WeighedQuestions: Sendable {
    var questions: [GapQuestion]
    var judgements: [GapJudgement]
    /// The probability that some article answers, once it is known what people did; 1 where one was linked.
    var answerable: [Double]
    /// Places of those that are signals.
    var signals: [Int] = []
    var leftOut: [String: Int] = [:]
}

extension WeighedQuestions {
    /// - Parameter judgements: as many as there are questions; those of answered ones are not looked at.
    init(_ questions: [GapQuestion], _ judgements: [GapJudgement]) {
        let tickets = questions.indices.filter { questions[$0].channel == .ticket && !questions[$0].replies.isEmpty }
        let linked = tickets.filter { questions[$0].isAnswered }.count
        let atLength = tickets.filter { questions[$0].isAnswered || questions[$0].isAnsweredAtLength }
        let rate = GapWeight.linkRate(
            linked: linked, answered: atLength.count,
            answerable: atLength.reduce(0) { $0 + judgements[$1].answerable } / Double(max(1, atLength.count)))
        self.init(
            questions: questions, judgements: judgements, answerable: Array(repeating: 1, count: questions.count))
        for place in questions.indices where !questions[place].isAnswered {
            answerable[place] = GapWeight.answerable(judgements[place], questions[place], linkRate: rate)
            if let reason = questions[place].reasonToLeaveOut ?? Self.saysNothing(questions[place].text) {
                leftOut[reason, default: 0] += 1
            } else if answerable[place] < GapDefaults.signal {
                signals.append(place)
            }
        }
    }

    /// "Hello" or "thanks!!" by itself is no question: it has no word that an article could be about.
    private static func saysNothing(_ text: String) -> String? {
        let words = Grading.plainWords(text)
        guard words.count <= 4, ContentWords.stems(words).isSubset(of: courtesies) else { return nil }
        return "only a greeting or thanks"
    }

    private static let courtesies = ContentWords.stems(
        """
        hello hi hey there good morning evening afternoon day thanks thank you thx cheers regards ok okay great perfect bye welcome please
        hallo danke guten tag moin bonjour merci salut hola gracias buenos dias ciao grazie hoi bedankt test
        """)
}

extension Engine {
    /// Everything asked in a window, judged by the base as it is now, and which of it is a sign that an article lacks.
    func weigh(_ window: Range<Date>, progress: (Int, Int) -> Void) throws -> WeighedQuestions {
        var questions = try withVectors(
            store.questionsAsked(window, dimension: try matchingEncoder().dimension))
        // A ticket whose agent linked an article needs no judgement: it was answered.
        let open = questions.indices.filter { !questions[$0].isAnswered }
        let judged = try judge(open.map { questions[$0] }, progress: progress)
        var judgements = [GapJudgement](repeating: .ofAnswered, count: questions.count)
        for (place, judgement) in zip(open, judged) { judgements[place] = judgement }

        for place in try contradicted(questions, open, judgements) { questions[place].isContradicted = true }
        return WeighedQuestions(questions, judgements)
    }

    /// Of `open` the places of questions that an article answers and somebody contradicts: agents, or the article that comes second. By words
    /// alone and cheap: a gap is only what the comparison of sentences bears out (`GapConflicts`).
    private func contradicted(
        _ questions: [GapQuestion], _ open: [Int], _ judgements: [GapJudgement]
    ) throws -> [Int] {
        let near = open.filter { judgements[$0].cosine >= GapDefaults.conflictRelevance }
        let (first, second) = try store.pool.read { db in
            let chunks = try Store.chunks(Set(near.map { judgements[$0].chunk }).sorted(), db)
            let others = Set(near.compactMap { judgements[$0].documents.dropFirst().first })
            return (
                chunks.mapValues { StatedFacts([$0]) },
                try Dictionary(
                    uniqueKeysWithValues: others.sorted().map {
                        ($0, StatedFacts(try Store.chunks(ofDocument: $0, db)))
                    })
            )
        }
        let found = try Self.inParallel(near) { places in
            places.filter { place in
                let (question, judgement) = (questions[place], judgements[place])
                guard let written = first[judgement.chunk], !written.claims.isEmpty else { return false }
                let context = Claim.Context(question.text)
                let byAgents = question.replies.contains { reply in
                    [.answer, .short].contains(reply.kind)
                        && StatedFacts(reply.text).contradicts(written, asked: nil, context)
                }
                if byAgents { return true }
                guard let other = judgement.documents.dropFirst().first.flatMap({ second[$0] }) else { return false }
                return other.contradicts(written, asked: ContentWords.stems(question.text), context)
            }
        }
        let others = Set(found)
        return try found + contradictedByReply(questions, open.filter { !others.contains($0) })
    }

    /// The same where customers' words are far from the article's: the passage that the agent's own words find first. Of the newest.
    private func contradictedByReply(_ questions: [GapQuestion], _ places: [Int]) throws -> [Int] {
        let told = try Self.inParallel(
            places.filter { questions[$0].replies.contains { [.answer, .short].contains($0.kind) } }
                .suffix(GapDefaults.contradictingReplies)
        ) { places in
            places.flatMap { place in
                questions[place].replies.filter { [.answer, .short].contains($0.kind) }
                    .map { (place: place, said: StatedFacts($0.text)) }.filter { !$0.said.claims.isEmpty }
            }
        }
        let run = try store.pool.read { try LexicalRun($0) }
        let chunks = try Self.inParallel(told) { told in
            try store.pool.read { db in
                try told.map { _, said -> Int64? in
                    let expression = try self.expression(
                        of: QuestionSyntax(String(said.text.prefix(GapDefaults.replyLength))))
                    return try run.scores(expression, db)?.passages.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
                }
            }
        }
        let written = try store.pool.read { db in
            try Store.chunks(Set(chunks.compactMap { $0 }).sorted(), db).mapValues { StatedFacts([$0]) }
        }
        let found = try Self.inParallel(Array(zip(told, chunks))) { pairs in
            pairs.filter { told, chunk in
                guard let passage = chunk.flatMap({ written[$0] }) else { return false }
                return told.said.contradicts(
                    passage, asked: nil, Claim.Context(questions[told.place].text), words: GapDefaults.repliedWords)
            }.map(\.0.place)
        }
        return Set(found).sorted()
    }

    /// Some at a time on all processors, in order.
    private static func inParallel<T: Sendable, U: Sendable>(
        _ items: some RandomAccessCollection<T>, _ body: @Sendable ([T]) throws -> [U]
    ) throws -> [U] {
        let items = Array(items)
        let size = 64
        return try Workers.map((items.count + size - 1) / size, threads: availableProcessors()) { part in
            try body(Array(items[part * size..<min((part + 1) * size, items.count)]))
        }.flatMap { $0 }
    }

    /// The vectors of logged questions are made once and kept.
    func withVectors(_ questions: [GapQuestion]) throws -> [GapQuestion] {
        var questions = questions
        let missing = questions.indices.filter { questions[$0].vector.isEmpty }
        for start in stride(from: 0, to: missing.count, by: 512) {
            let part = missing[start..<min(start + 512, missing.count)]
            let vectors = try encode(part.map { Question(text: questions[$0].text) }, mode: .hybrid)
            for (place, vector) in zip(part, vectors) { questions[place].vector = vector }
            try store.keepVectors(part.map { (questions[$0].key, questions[$0].vector) })
        }
        return questions
    }

    /// Names the articles and the fit that a judgement was made by.
    func judgementState() throws -> String {
        try store.pool.read { db in
            let articles = try Store.articleHashes(db).sorted { $0.key < $1.key }.map { $0.key + " " + $0.value }
            let digest = SHA256.hex(SHA256.digest(Array(articles.joined(separator: "\n").utf8)).prefix(8))
            return "\(digest) \(try Store.calibrationID(db) ?? 0) \(synonyms.groups.count)"
        }
    }

    /// What the base makes of each question now; what was made of it in the same state is not asked again.
    func judge(_ questions: [GapQuestion], progress: (Int, Int) -> Void = { _, _ in }) throws -> [GapJudgement] {
        let state = try judgementState()
        let known = try store.judgements(state: state)
        let file = try mappedVectors(mode: .hybrid)
        let missing = questions.filter { known[$0.key] == nil }
        var fresh: [String: GapJudgement] = [:]
        guard !missing.isEmpty else { return questions.map { known[$0.key]! } }
        let run = try store.pool.read { try LexicalRun($0) }
        for start in stride(from: 0, to: missing.count, by: 512) {
            let part = missing[start..<min(start + 512, missing.count)].map { question in
                let id = question.key.hasPrefix("x:") ? String(question.key.dropFirst(2)) : nil
                return (Question(id: id, text: question.text), question.vector)
            }
            let judged = try judgeNow(part, file: file, run: run)
            for (place, judgement) in judged.enumerated() { fresh[missing[start + place].key] = judgement }
            progress(min(start + 512, missing.count), missing.count)
        }
        try store.keep(fresh, state: state)
        return questions.map { known[$0.key] ?? fresh[$0.key]! }
    }

    /// What the base makes of questions with their vectors, on all processors.
    func judgeNow(
        _ questions: [(question: Question, vector: [Float])], file: VectorFile?, run: LexicalRun? = nil
    ) throws -> [GapJudgement] {
        var options = SearchOptions()
        options.run = try run ?? store.pool.read { try LexicalRun($0) }
        let asked = options
        let size = 32
        let parts = (questions.count + size - 1) / size
        let judged = try Workers.map(parts, threads: availableProcessors()) { part in
            try store.pool.read { db in
                try questions[part * size..<min((part + 1) * size, questions.count)].map { question, vector in
                    try judgement(
                        question, try retrieve(question, vector: vector, file: file, options: asked, db), db)
                }
            }
        }
        return judged.flatMap { $0 }
    }

    func judgement(_ question: Question, _ retrieval: Retrieval, _ db: Database) throws -> GapJudgement {
        guard let first = retrieval.ranked.first else {
            return GapJudgement(answerable: 0, confidence: 0, documents: [], chunk: 0, cosine: 0)
        }
        let said = try judge(question, retrieval: retrieval, draft: DraftEvidence(), db)
        let top = retrieval.ranked.prefix(2).map(\.document)
        let documents = try Store.documents(top, db)
        return GapJudgement(
            answerable: said.answerable, confidence: said.confidence, documents: top.compactMap { documents[$0]?.id },
            chunk: first.chunk, cosine: first.dense?.cosine ?? 0)
    }
}
