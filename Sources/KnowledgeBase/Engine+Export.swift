import Embedding
import FoundationEssentials

/// Which questions to write out.
public struct ExportRequest: Sendable {
    /// Takes personal data, greetings and signatures out, and the ids of tickets.
    public var redacted = false
    public var since: Date?
    /// The newest so many.
    public var limit = 2000

    public init() {}
}

extension Engine {
    /// Past questions with the article that answered them (a person's mark, else an agent's link, else a gap's proof), and
    /// those of open gaps with none: what a docs repository is checked by.
    public func exportQuestions(_ request: ExportRequest) throws -> [CheckQuestion] {
        let window = (request.since ?? .distantPast)..<Date.distantFuture
        let asked = try store.questionsAsked(window, dimension: try matchingEncoder().dimension)
        let linked = try store.firstLinks()
        let gaps = try store.gaps()
        var gapOf: [String: Gap] = [:]
        var proven: [String: String] = [:]
        for stored in gaps {
            switch stored.gap.state {
            case .open, .acknowledged, .reopened:
                for key in stored.questions.keys { gapOf[key] = stored.gap }
            case .closed:
                for one in stored.gap.proof?.questions ?? [] where one.rank == 1 { proven[one.question] = one.document }
            case .dismissed: break
            }
        }
        let marked = Dictionary(
            try store.marks().compactMap { mark in
                (mark.verdict == .right ? mark.document : mark.shouldBe).map { (mark.question, $0) }
            }, uniquingKeysWith: { _, newer in newer })
        var out: [CheckQuestion] = []
        var seen: Set<String> = []
        // The newest first, so that these stay where there are more.
        for question in asked.reversed() where out.count < request.limit {
            let expected = marked[question.text] ?? linked[question.id] ?? proven[question.id]
            let gap = expected == nil ? gapOf[question.key] : nil
            guard expected != nil || gap != nil else { continue }
            let names = question.names + question.replies.flatMap(\.names)
            let text =
                request.redacted
                ? Self.withoutPeople(question.text, names: names) : String(question.text.prefix(2000))
            guard text.contains(where: \.isLetter), seen.insert(text + "\n" + (expected ?? gap!.id)).inserted else {
                continue
            }
            let digest = SHA256.digest(Array((text + "\n" + (expected ?? gap!.id)).utf8))
            out.append(
                CheckQuestion(
                    id: request.redacted ? "q_" + SHA256.hex(Array(digest.prefix(6))) : question.id, question: text,
                    expected: expected, gap: gap?.id,
                    title: gap.map { Self.withoutPeople($0.title, names: names) }))
        }
        var ids: Set<String> = []
        return out.reversed().filter { ids.insert($0.id).inserted }
    }

    /// `<email>` for an address and so on: numbers that join two questions stay in the base.
    private static func withoutPeople(_ text: String, names: [String]) -> String {
        let own = GapReply.ownWords(String(text.prefix(2000)))
        var out: [UInt8] = []
        let bytes = Array(own.utf8)
        var place = 0
        for datum in PersonalData.find(own, names: names) {
            out += bytes[place..<datum.range.lowerBound]
            out += Array("<\(datum.kind.rawValue)>".utf8)
            place = datum.range.upperBound
        }
        return String(decoding: out + bytes[place...], as: UTF8.self)
    }
}
