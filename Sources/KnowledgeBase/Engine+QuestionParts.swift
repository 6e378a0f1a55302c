import Embedding
import FoundationEssentials
import GRDB

extension Engine {
    /// One of several things that a question asks.
    struct QuestionPart {
        var text: String
        var vector: [Float]
        var terms: QuestionTerms
        /// Whether it is asked with an exact name.
        var hasName: Bool
        /// Whether the article that comes first for the whole question speaks to it about as well as any other.
        var isOfFirst = true
        /// Of the article that speaks to it, where that is another one.
        var passages: [DraftPassage] = []
        /// The probability that some article answers it, asked alone; `nil` where it leans on the others ("and what is it?").
        var answerable: Double?
    }

    /// The things that a question asks, where it asks several or tells something besides, each looked up by itself; some are of the first
    /// article.
    ///
    /// - Parameter first: the first article of the whole question.
    func parts(
        of question: Question, vectors: [[Float]], first: RankedDocument?,
        _ retrieve: (Question, [Float]) throws -> Retrieval, _ db: Database
    ) throws -> [QuestionPart] {
        let texts = Self.partTexts(of: question)
        guard texts.count == vectors.count, let first else { return [] }
        var leads: [Double] = []
        var parts = try zip(texts, vectors).enumerated().map { index, part in
            let (text, vector) = part
            if index > 0 || texts.count == 1, QuestionParts.leans(text) {
                leads.append(0)
                return try QuestionPart(
                    text: text, vector: vector, terms: QuestionTerms(MatchExpression(text), db), hasName: false)
            }
            let asked = Question(id: question.id, text: text, askedAt: question.askedAt, customer: question.customer)
            let retrieval = try retrieve(asked, vector)
            let terms = try QuestionTerms(retrieval.expression, db)
            let passages = try draftPassages(retrieval, terms: terms, db)
            let own = retrieval.ranked.first { $0.document == first.document }?.score
            let best = retrieval.ranked.first
            let lead = best.map { $0.score - (own ?? 0) } ?? 0
            let answerable = try judge(
                asked, retrieval: retrieval,
                draft: DraftEvidence(
                    overlaps: passages.first?.overlaps ?? [], question: text,
                    passage: passages.first.map { $0.document.title + "\n" + $0.chunk.text } ?? "", age: nil),
                db
            ).answerable
            leads.append(lead)
            return QuestionPart(
                text: text, vector: vector, terms: terms,
                hasName: !Identifiers.named(in: text.lowercased()).isEmpty || !CommandOptions.named(in: text).isEmpty,
                isOfFirst: texts.count == 1 || lead < RetrievalDefaults.leadOfPart
                    || answerable < RetrievalDefaults.answerablePart,
                passages: passages, answerable: answerable)
        }
        // The first article is cited first, for what it speaks to best.
        if !parts.contains(where: \.isOfFirst), let nearest = leads.indices.min(by: { leads[$0] < leads[$1] }) {
            parts[nearest].isOfFirst = true
        }
        return parts
    }

    /// The passages of an article for each further code of a question that the draft does not speak of: "What do TB-3004 and TB-4029
    /// mean?"
    func passagesOfOtherCodes(
        _ retrieval: Retrieval, beside draft: Draft, terms: QuestionTerms, _ db: Database
    ) throws -> [[DraftPassage]] {
        let codes = retrieval.codes.filter { $0.family != nil }
        guard codes.count > 1 else { return [] }
        let said = draft.sentences.map(\.text) + draft.citations.flatMap { $0.headings + [$0.document.title] }
        let known = Set(said.flatMap { Identifiers.named(in: $0.lowercased()) }.map { Identifier($0).joined })
        let missing = codes.filter { !known.contains($0.joined) }
        guard missing.count < codes.count else { return [] }
        return try missing.prefix(RetrievalDefaults.articlesOfCodes).compactMap { code in
            var about: [DraftPassage]?
            for other in retrieval.ranked.dropFirst() where about == nil {
                var single = retrieval
                (single.ranked, single.codes) = ([other], [code])
                let passages = try draftPassages(single, terms: terms, db)
                let isNamed = passages.contains { $0.names.contains { $0 != .none } }
                if isNamed { about = passages }
            }
            return about
        }
    }

    /// What a grade says of things asked that probably no article answers.
    func uncovered(_ parts: [QuestionPart], below band: Double) -> [Grade.Finding] {
        parts.compactMap { part in
            guard let answerable = part.answerable else { return nil }
            // "Is there a GraphQL endpoint?"
            let unknown = part.terms.words.first { $0.isUnknown && $0.text.count > 3 }
            guard answerable < band || unknown != nil else { return nil }
            return Grade.Finding(
                criterion: .covered, verdict: .fail, span: part.text,
                detail: answerable < band
                    ? "\(InHundred.words(answerable)) such questions have an answer here"
                    : "no article has the word \"\(unknown?.text ?? "")\"")
        }
    }
}
