import Embedding
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

    /// What a question gives is written without an `Encodable` between: the encoder's set-up would be a tenth of a cold start.
    static func print(_ value: JSONValue) { Console.print(value.serialized) }

    static func time(_ date: Date) -> String { date.rfc3339 }

    /// A number with at most `places` decimals, so that float noise never shows; nothing is minus zero.
    static func rounded(_ value: Double, _ places: Int = 6) -> Double {
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        return (value * scale).rounded() / scale + 0
    }
}

/// The grader's judgement.
struct GradeJSON: Encodable {
    struct FindingJSON: Encodable {
        var criterion: String
        var verdict: String
        var span: String
        var detail: String
        /// Where a model judged: how likely it holds the draft to be flawed, and its limit.
        @Nullable var likelihood: Double?
        @Nullable var limit: Double?
        /// What it was held against.
        @Nullable var against: AgainstJSON?

        init(_ finding: Grade.Finding) {
            (criterion, verdict) = (finding.criterion.rawValue, finding.verdict.rawValue)
            (span, detail) = (finding.span, finding.detail)
            likelihood = finding.likelihood.map { JSONOutput.rounded($0.probability, 4) }
            limit = finding.likelihood.map { JSONOutput.rounded($0.limit, 4) }
            against = finding.against.map { AgainstJSON(document: $0.document, line: $0.line, text: $0.text) }
        }
    }
    struct AgainstJSON: Encodable {
        @Nullable var document: String?
        @Nullable var line: Int?
        var text: String
    }
    var verdict: String
    var findings: [FindingJSON]

    init(_ grade: Grade) {
        verdict = grade.verdict.rawValue
        findings = grade.findings.map(FindingJSON.init)
    }
}

extension JSONValue {
    fileprivate init(rounded value: Double, _ places: Int = 6) { self.init(JSONOutput.rounded(value, places)) }

    private init(_ document: Document) {
        self.init([
            "id": .string(document.id), "title": .string(document.title), "url": JSONValue(document.url),
            "kind": .string(document.kind.rawValue), "source": .string(document.source),
        ])
    }

    private init(_ lines: ClosedRange<Int>) {
        self = .array([JSONValue(lines.lowerBound), JSONValue(lines.upperBound)])
    }

    /// What `kb search` found for one question.
    init(_ result: SearchResult, explain: Bool) {
        self.init([
            "id": JSONValue(result.question.id), "question": .string(result.question.fullText),
            "took_ms": JSONValue(rounded: result.milliseconds, 3), "mode": .string(result.mode.rawValue),
            "hits": .array(result.hits.map { JSONValue($0, explain: explain) }),
        ])
    }

    private init(_ hit: Hit, explain: Bool) {
        var members: [Member] = []
        func add(_ key: String, _ value: JSONValue) { members.append(Member(key: key, value: value)) }
        add("rank", JSONValue(hit.rank))
        add("score", JSONValue(rounded: hit.score, 9))
        add("document", JSONValue(hit.document))
        add(
            "chunk",
            JSONValue([
                "heading": JSONValue(hit.chunk.headings), "lines": JSONValue(hit.chunk.lines),
                "text": .string(hit.chunk.text),
            ]))
        add(
            "lexical",
            hit.lexical.map { JSONValue(["rank": JSONValue($0.rank), "bm25": JSONValue(rounded: $0.bm25)]) } ?? .null)
        add(
            "dense",
            hit.dense.map { JSONValue(["rank": JSONValue($0.rank), "cosine": JSONValue(rounded: $0.cosine)]) } ?? .null)
        add(
            "resolutions",
            hit.resolutions.map {
                JSONValue([
                    "votes": JSONValue($0.votes), "score": JSONValue(rounded: $0.score),
                    "tickets": JSONValue($0.tickets),
                ])
            } ?? .null)
        if explain {
            add(
                "explain",
                .array(
                    hit.parts.map { JSONValue(["name": .string($0.name), "value": JSONValue(rounded: $0.value, 9)]) }))
        }
        self = .object(members)
    }

    /// What `kb query` answers.
    init(_ answer: Answer, explain: Bool) {
        var members: [Member] = []
        func add(_ key: String, _ value: JSONValue) { members.append(Member(key: key, value: value)) }
        add("id", JSONValue(answer.question.id))
        add("answer_id", .string(answer.answerID))
        add("question", .string(answer.question.fullText))
        add("asked_at", .string(answer.askedAt.rfc3339))
        add("took_ms", JSONValue(rounded: answer.milliseconds, 3))
        add("answer", answer.draft.map { JSONValue($0) } ?? .null)
        add("citations", .array((answer.draft?.citations ?? []).map { JSONValue($0) }))
        add("confidence", JSONValue(rounded: answer.confidence))
        add("answerable", JSONValue(rounded: answer.answerable))
        add("band", .string(answer.band.rawValue))
        add("action", .string(answer.action.rawValue))
        add("audience", .string(answer.audience))
        add(
            "reasons",
            .array(
                answer.reasons.map { reason in
                    JSONValue([
                        "code": .string(reason.code), "detail": JSONValue(reason.detail),
                        "value": reason.value.map { JSONValue(rounded: $0) } ?? .null,
                        "threshold": reason.threshold.map { JSONValue($0) } ?? .null,
                    ])
                }))
        // Names the policy that decided: `sha256sum policy.yaml | cut -c1-12`.
        add("policy", .string(answer.policyHash))
        add(
            "autonomy",
            JSONValue(["level": .string(answer.autonomy.level.rawValue), "by": .string(answer.autonomy.by)]))
        add("offer", JSONValue(answer.offer))
        add("grade", answer.grade.map { JSONValue($0) } ?? .null)
        add(
            "shadow",
            answer.shadow.map {
                JSONValue(["would_be": .string($0.wouldBe.rawValue), "reviews_needed": JSONValue($0.reviewsNeeded)])
            } ?? .null)
        add(
            "calibration",
            JSONValue([
                "source": .string(answer.calibration.source.rawValue), "n": JSONValue(answer.calibration.count),
                "ece": answer.calibration.ece.map { JSONValue(rounded: $0, 4) } ?? .null,
                "fitted_at": JSONValue(answer.calibration.fittedAt?.rfc3339),
            ]))
        add(
            "precedents",
            .array(
                answer.precedents.map {
                    JSONValue([
                        "ticket": .string($0.ticket), "similarity": JSONValue(rounded: $0.similarity),
                        "articles": JSONValue($0.articles),
                    ])
                }))
        add(
            "near_miss",
            answer.nearMiss.map {
                JSONValue(["document": JSONValue($0.document), "missing_terms": JSONValue($0.missingTerms)])
            } ?? .null)
        if explain {
            add("explain", .features(of: answer.explanation))
            add("explain_sum", .sums(of: answer.explanation))
        }
        self = .object(members)
    }

    private init(_ draft: Draft) {
        self.init([
            "text": .string(draft.text),
            "sentences": .array(
                draft.sentences.map {
                    JSONValue(["text": .string($0.text), "citations": .array($0.citations.map { JSONValue($0) })])
                }),
        ])
    }

    private init(_ citation: Citation) {
        self.init([
            "n": JSONValue(citation.number), "document": JSONValue(citation.document),
            "heading": JSONValue(citation.headings), "lines": JSONValue(citation.lines),
            "quote": .string(citation.quote),
        ])
    }

    private init(_ grade: Grade) {
        self.init([
            "verdict": .string(grade.verdict.rawValue),
            "findings": .array(
                grade.findings.map {
                    JSONValue([
                        "criterion": .string($0.criterion.rawValue), "verdict": .string($0.verdict.rawValue),
                        "span": .string($0.span), "detail": .string($0.detail),
                        "likelihood": $0.likelihood.map { JSONValue(rounded: $0.probability, 4) } ?? .null,
                        "limit": $0.likelihood.map { JSONValue(rounded: $0.limit, 4) } ?? .null,
                        "against": $0.against.map {
                            JSONValue([
                                "document": JSONValue($0.document), "line": $0.line.map { JSONValue($0) } ?? .null,
                                "text": .string($0.text),
                            ])
                        } ?? .null,
                    ])
                }),
        ])
    }
}
