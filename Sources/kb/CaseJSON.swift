import Embedding
import FoundationEssentials
import KnowledgeBase

struct CaseJSON: Encodable {
    var id: String
    var channel: String
    var subject: String
    var state: String
    var owner: String
    var episode: Int
    var createdAt: Date
    var updatedAt: Date
    var verified: Bool
    var tags: [String]
    var fields: [String: String]
    @Nullable var firstResponseAt: Date?
    @Nullable var resolvedAt: Date?
    @Nullable var witness: String?
    @Nullable var dueAt: Date?
    @Nullable var triage: TriageJSON?
    @Nullable var decision: DecisionJSON?
    var links: [String]

    init(_ item: Case) {
        (id, channel, subject, state, owner) = (
            item.id, item.channel, item.subject, item.state.rawValue, item.owner.text
        )
        (episode, createdAt, updatedAt, verified) = (item.episode, item.createdAt, item.updatedAt, item.isVerified)
        (tags, fields, links) = (item.tags, item.fields, item.links)
        (firstResponseAt, resolvedAt, witness, dueAt) = (
            item.firstResponseAt, item.resolvedAt, item.witness, item.dueAt
        )
        triage = item.triage.map(TriageJSON.init)
        decision = item.decision.map(DecisionJSON.init)
    }
}

struct TriageJSON: Encodable {
    struct UrgencyJSON: Encodable {
        var level: String
        var probability: Double
        @Nullable var deadline: Date?
        var signs: [Urgency.Sign]
    }
    @Nullable var intent: Triage.Reading?
    var type: Triage.Reading
    var urgency: UrgencyJSON
    var mood: Triage.Mood
    @Nullable var language: Triage.Reading?
    @Nullable var product: Triage.Reading?

    init(_ triage: Triage) {
        (intent, type, mood) = (triage.intent, triage.type, triage.mood)
        (language, product) = (triage.language, triage.product)
        urgency = UrgencyJSON(
            level: triage.urgency.level.rawValue, probability: JSONOutput.rounded(triage.urgency.probability),
            deadline: triage.urgency.deadline, signs: triage.urgency.signs)
    }
}

struct DecisionJSON: Encodable {
    var at: Date
    var action: String
    var answerId: String
    var text: String
    var citations: [CaseDecision.Cited]
    var confidence: Double
    var answerable: Double
    var interval: [Double]
    var trigger: FiredJSON
    var fired: [FiredJSON]
    var policy: String
    var precedents: [String]
    @Nullable var verdict: String?

    struct FiredJSON: Encodable {
        var code: String
        @Nullable var value: Double?
        @Nullable var threshold: Double?
        @Nullable var detail: String?
        init(_ fired: CaseDecision.Fired) {
            (code, value, threshold, detail) = (fired.code, fired.value, fired.threshold, fired.detail)
        }
    }

    init(_ decision: CaseDecision) {
        (at, action, answerId, text) = (decision.at, decision.action.rawValue, decision.answerID, decision.text)
        (citations, confidence, answerable) = (decision.citations, decision.confidence, decision.answerable)
        (interval, trigger, fired) = (
            decision.interval, FiredJSON(decision.trigger), decision.fired.map(FiredJSON.init)
        )
        (policy, precedents, verdict) = (decision.rules, decision.precedents, decision.verdict)
    }
}

struct CaseRunJSON: Encodable {
    var id: String
    @Nullable var action: String?
    var state: String
    var owner: String
    var triage: TriageJSON
    var decision: DecisionJSON
    @Nullable var route: RouteJSON?
    /// With `--explain`.
    var explain: JSONValue.Encoded?
    var explainSum: JSONValue.Encoded?

    struct RouteJSON: Encodable {
        var team: String
        @Nullable var person: String?
        var why: String
        var alternates: [String]
        init(_ route: Route) {
            (team, person, why, alternates) = (route.team, route.person, route.why, route.alternates)
        }
    }

    init(_ run: CaseRun, explain: Bool) {
        (id, action, state, owner) = (run.id, run.action?.rawValue, run.state.rawValue, run.owner.text)
        (triage, decision) = (TriageJSON(run.triage), DecisionJSON(run.decision))
        route = run.route.map(RouteJSON.init)
        self.explain = explain ? JSONValue.features(of: run.explanation).encoded : nil
        explainSum = explain ? JSONValue.sums(of: run.explanation).encoded : nil
    }
}

struct MessageJSON: Encodable {
    var author: String
    @Nullable var name: String?
    var body: String
    var at: Date
    var `public`: Bool
    var episode: Int
    init(_ message: CaseMessage) {
        (author, name, body, at) = (message.author.rawValue, message.name, message.body, message.at)
        (`public`, episode) = (message.isPublic, message.episode)
    }
}

struct OutboxJSON: Encodable {
    var key: String
    @Nullable var `case`: String?
    var kind: String
    var recipient: String
    @Nullable var address: String?
    var text: String
    var at: Date
    init(_ item: OutboxItem) {
        (key, `case`, kind, recipient, address) = (item.key, item.caseID, item.kind, item.recipient, item.address)
        (text, at) = (item.text, item.at)
    }
}

struct PromiseJSON: Encodable {
    var text: String
    var by: String
    var madeAt: Date
    @Nullable var due: Date?
    @Nullable var keptAt: Date?
    init(_ promise: CasePromise) {
        (text, by, madeAt, due, keptAt) = (promise.text, promise.by, promise.madeAt, promise.dueAt, promise.keptAt)
    }
}

struct JournalJSON: Encodable {
    var seq: Int64
    var at: Date
    var kind: String
    var ref: String
    var actor: String
    /// As it was written, so that its digest can be checked; null once removed.
    @Nullable var payload: String?
    var hash: String
    init(_ entry: JournalEntry) {
        (seq, at, kind, ref, actor) = (entry.seq, entry.at, entry.kind, entry.ref, entry.actor)
        (payload, hash) = (entry.payload, entry.hash)
    }
}

struct CaseStoryJSON: Encodable {
    var `case`: CaseJSON
    @Nullable var customer: String?
    var messages: [MessageJSON]
    var promises: [PromiseJSON]
    var outbox: [OutboxJSON]
    var journal: [JournalJSON]

    init(_ story: CaseTextOutput.Story) {
        (`case`, customer, messages) = (CaseJSON(story.item), story.customer, story.messages.map(MessageJSON.init))
        (promises, outbox) = (story.promises.map(PromiseJSON.init), story.outbox.map(OutboxJSON.init))
        journal = story.journal.map(JournalJSON.init)
    }
}
