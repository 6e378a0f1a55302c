import FoundationEssentials
import KnowledgeBase

/// Writes results as JSON: keys snake_case and sorted, times RFC 3339 UTC.
enum JSONOutput {
    static func print(_ value: some Encodable, pretty: Bool = false) throws {
        Console.print(try line(value, pretty: pretty))
    }

    /// A value as JSON text.
    static func line(_ value: some Encodable, pretty: Bool = false) throws -> String {
        try JSONRecord.text(value, pretty: pretty)
    }

    static func time(_ date: Date) -> String { date.formatted(.iso8601) }

    /// A number with at most `places` decimals, so that float noise never shows.
    static func rounded(_ value: Double, _ places: Int = 6) -> Double {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        return (value * scale).rounded() / scale
    }
}

struct DocumentJSON: Encodable {
    var id: String
    var title: String
    @Nullable var url: String?
    var kind: String
    var source: String

    init(_ document: Document) {
        (id, title, kind, source) = (document.id, document.title, document.kind.rawValue, document.source)
        url = document.url
    }
}

struct SearchJSON: Encodable {
    struct HitJSON: Encodable {
        struct ChunkJSON: Encodable {
            var heading: [String]
            var lines: [Int]
            var text: String
        }
        struct LexicalJSON: Encodable {
            var rank: Int
            var bm25: Double
        }
        struct DenseJSON: Encodable {
            var rank: Int
            var cosine: Double
        }
        struct ResolutionsJSON: Encodable {
            var votes: Int
            var score: Double
            var tickets: [String]
        }
        struct PartJSON: Encodable {
            var name: String
            var value: Double
        }

        var rank: Int
        var score: Double
        var document: DocumentJSON
        var chunk: ChunkJSON
        @Nullable var lexical: LexicalJSON?
        @Nullable var dense: DenseJSON?
        @Nullable var resolutions: ResolutionsJSON?
        /// With `--explain`.
        var explain: [PartJSON]?
    }

    @Nullable var id: String?
    var question: String
    var tookMs: Double
    var mode: String
    var hits: [HitJSON]

    init(_ result: SearchResult, explain: Bool) {
        id = result.question.id
        question = result.question.fullText
        tookMs = JSONOutput.rounded(result.milliseconds, 3)
        mode = result.mode.rawValue
        hits = result.hits.map { hit in
            HitJSON(
                rank: hit.rank, score: JSONOutput.rounded(hit.score, 9), document: DocumentJSON(hit.document),
                chunk: .init(
                    heading: hit.chunk.headings, lines: [hit.chunk.lines.lowerBound, hit.chunk.lines.upperBound],
                    text: hit.chunk.text),
                lexical: hit.lexical.map { .init(rank: $0.rank, bm25: JSONOutput.rounded($0.bm25)) },
                dense: hit.dense.map { .init(rank: $0.rank, cosine: JSONOutput.rounded($0.cosine)) },
                resolutions: hit.resolutions.map {
                    .init(votes: $0.votes, score: JSONOutput.rounded($0.score), tickets: $0.tickets)
                },
                explain: explain ? hit.parts.map { .init(name: $0.name, value: JSONOutput.rounded($0.value, 9)) } : nil)
        }
    }
}

/// The grader's judgement.
struct GradeJSON: Encodable {
    struct FindingJSON: Encodable {
        var criterion: String
        var verdict: String
        var span: String
        var detail: String
    }
    var verdict: String
    var findings: [FindingJSON]

    init(_ grade: Grade) {
        verdict = grade.verdict.rawValue
        findings = grade.findings.map {
            .init(criterion: $0.criterion.rawValue, verdict: $0.verdict.rawValue, span: $0.span, detail: $0.detail)
        }
    }
}

struct AnswerJSON: Encodable {
    struct SentenceJSON: Encodable {
        var text: String
        var citations: [Int]
    }
    struct TextJSON: Encodable {
        var text: String
        var sentences: [SentenceJSON]
    }
    struct CitationJSON: Encodable {
        var n: Int
        var document: DocumentJSON
        var heading: [String]
        var lines: [Int]
        var quote: String
    }
    struct ReasonJSON: Encodable {
        var code: String
        @Nullable var value: Double?
        @Nullable var threshold: Double?
        @Nullable var detail: String?
    }
    struct ShadowJSON: Encodable {
        var wouldBe: String
        var reviewsNeeded: Int
    }
    struct CalibrationJSON: Encodable {
        var source: String
        var n: Int
        @Nullable var ece: Double?
        @Nullable var fittedAt: Date?
    }
    struct PrecedentJSON: Encodable {
        var ticket: String
        var similarity: Double
        var articles: [String]
    }
    struct NearMissJSON: Encodable {
        var document: DocumentJSON
        var missingTerms: [String]
    }
    struct FeatureJSON: Encodable {
        var name: String
        var value: Double
        var contribution: Double
    }

    @Nullable var id: String?
    var answerId: String
    var question: String
    var askedAt: Date
    var tookMs: Double
    @Nullable var answer: TextJSON?
    var citations: [CitationJSON]
    var confidence: Double
    var answerable: Double
    var band: String
    var action: String
    var audience: String
    var reasons: [ReasonJSON]
    /// Names the policy that decided: `sha256sum policy.yaml | cut -c1-12`.
    var policy: String
    @Nullable var offer: String?
    @Nullable var grade: GradeJSON?
    @Nullable var shadow: ShadowJSON?
    var calibration: CalibrationJSON
    var precedents: [PrecedentJSON]
    @Nullable var nearMiss: NearMissJSON?
    /// With `--explain`.
    var explain: [FeatureJSON]?

    init(_ answer: Answer, explain: Bool) {
        id = answer.question.id
        answerId = answer.answerID
        question = answer.question.fullText
        askedAt = answer.askedAt
        tookMs = JSONOutput.rounded(answer.milliseconds, 3)
        self.answer = answer.draft.map { draft in
            TextJSON(text: draft.text, sentences: draft.sentences.map { .init(text: $0.text, citations: $0.citations) })
        }
        citations = (answer.draft?.citations ?? []).map {
            CitationJSON(
                n: $0.number, document: DocumentJSON($0.document), heading: $0.headings,
                lines: [$0.lines.lowerBound, $0.lines.upperBound], quote: $0.quote)
        }
        confidence = JSONOutput.rounded(answer.confidence)
        answerable = JSONOutput.rounded(answer.answerable)
        band = answer.band.rawValue
        action = answer.action.rawValue
        audience = answer.audience
        reasons = answer.reasons.map {
            ReasonJSON(
                code: $0.code, value: $0.value.map { JSONOutput.rounded($0) }, threshold: $0.threshold,
                detail: $0.detail)
        }
        policy = answer.policyHash
        offer = answer.offer
        grade = answer.grade.map(GradeJSON.init)
        shadow = answer.shadow.map { ShadowJSON(wouldBe: $0.wouldBe.rawValue, reviewsNeeded: $0.reviewsNeeded) }
        calibration = CalibrationJSON(
            source: answer.calibration.source.rawValue, n: answer.calibration.count,
            ece: answer.calibration.ece.map { JSONOutput.rounded($0, 4) },
            fittedAt: answer.calibration.fittedAt)
        precedents = answer.precedents.map {
            PrecedentJSON(ticket: $0.ticket, similarity: JSONOutput.rounded($0.similarity), articles: $0.articles)
        }
        nearMiss = answer.nearMiss.map {
            NearMissJSON(document: DocumentJSON($0.document), missingTerms: $0.missingTerms)
        }
        self.explain =
            explain
            ? answer.evidence.map {
                FeatureJSON(
                    name: $0.name, value: JSONOutput.rounded($0.value),
                    contribution: JSONOutput.rounded($0.contribution))
            } : nil
    }
}
