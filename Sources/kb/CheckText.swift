import FoundationEssentials
import KnowledgeBase

/// The words of `kb check`: on a terminal, as Markdown for a job's summary, as annotations of a GitHub workflow.
struct CheckText {
    private let report: CheckReport
    private let maxBroken: Int

    init(_ report: CheckReport, maxBroken: Int) { (self.report, self.maxBroken) = (report, maxBroken) }

    /// An exported question: keys in the order people read them.
    static func line(_ question: CheckQuestion) throws -> String {
        func cell(_ name: String, _ value: String?) throws -> String {
            "\"\(name)\": " + (try value.map { try JSONOutput.line($0) } ?? "null")
        }
        var cells = [
            try cell("_id", question.id), try cell("question", question.question),
            try cell("expected", question.expected),
        ]
        if let gap = question.gap {
            cells += [try cell("gap", gap), try cell("title", question.title)]
        }
        return "{\(cells.joined(separator: ", "))}"
    }

    private var headline: String {
        let verdict = report.breaks.count > maxBroken ? "failed" : "passed"
        return "\(verdict): \(report.breaks.count) broken, \(report.answered.count) answered now, "
            + "\(report.closing.count) gaps would close"
    }

    private var facts: String {
        let renamed = report.moved.count
        return "\(report.added.count) articles added, \(report.edited.count) edited, \(report.removed.count) removed"
            + (renamed > 0 ? ", \(renamed) renamed" : "") + " since \(report.against) (\(report.commit.prefix(9))); "
            + "\(report.questions) questions, the expected article first for \(report.answeredBefore) before and "
            + "\(report.answeredAfter) now"
    }

    private var uncounted: String? {
        report.unknown.isEmpty
            ? nil
            : "Not counted: questions on \(report.unknown.count) articles that are in neither state, among them "
                + "\(report.unknown[0])."
    }

    private func numbers(_ outcome: CheckReport.Outcome) -> String {
        func standing(_ one: CheckReport.Standing) -> String {
            (one.rank.map { "place \($0)" } ?? "not found") + ", confidence " + GapsText.decimals(one.confidence)
        }
        return "\(standing(outcome.before)) → \(standing(outcome.after))"
    }

    private func gap(_ one: CheckReport.ClosedGap) -> String {
        "\(one.id)  \(one.title): confidence +\(GapsText.decimals(one.proof.rise)) on average, "
            + one.proof.articles.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(2).map(\.key)
            .joined(separator: ", ")
    }

    var text: String {
        var out = Console.bold(headline) + "\n" + Console.safe(facts) + "\n"
        for (name, list) in [("broken", report.breaks), ("answered now", report.answered)] where !list.isEmpty {
            out += "\n\(name)\n"
            for one in list {
                out += Console.safe("  “\(GapsText.line(one.question.question, 100))”") + "\n"
                out += Console.safe("    \(one.document): \(one.reason); \(numbers(one))") + "\n"
            }
        }
        if let uncounted { out += "\n" + Console.safe(uncounted) + "\n" }
        if !report.closing.isEmpty {
            out += "\ngaps that would close\n" + report.closing.map { Console.safe("  " + gap($0)) + "\n" }.joined()
        }
        return out
    }

    var markdown: String {
        let inline = GapsMarkdown.inline
        var out = "## kb check \(inline(headline))\n\n\(inline(facts)).\n"
        for (name, list) in [("Broken", report.breaks), ("Answered now", report.answered)] where !list.isEmpty {
            out += "\n### \(name)\n\n| question | article | why | before → now |\n|---|---|---|---|\n"
            for one in list {
                out += "| \(inline(GapsText.line(one.question.question, 160))) | \(inline(one.document)) | "
                out += "\(inline(one.reason)) | \(inline(numbers(one))) |\n"
            }
        }
        if let uncounted { out += "\n\(inline(uncounted))\n" }
        if !report.closing.isEmpty {
            out += "\n### Gaps that would close\n\n" + report.closing.map { "- \(inline(gap($0)))\n" }.joined()
        }
        return out
    }

    /// Commands of a GitHub workflow: an annotation at the article's file where it still is.
    var github: String {
        var out = ""
        for (level, list) in [
            (report.breaks.count > maxBroken ? "error" : "warning", report.breaks), ("notice", report.answered),
        ] {
            for one in list {
                let message = "“\(GapsText.line(one.question.question, 160))”: \(one.reason); \(numbers(one))"
                let title = level == "notice" ? "kb check: answered now" : "kb check: broken"
                let file =
                    report.removed.contains(one.document) ? "" : "file=\(Self.property(path(one.document))),line=1,"
                out += "::\(level) \(file)title=\(Self.property(title))::\(Self.data(message))\n"
            }
        }
        if let uncounted { out += "::warning title=kb check%3A not counted::\(Self.data(uncounted))\n" }
        for one in report.closing { out += "::notice title=kb check%3A gap would close::\(Self.data(gap(one)))\n" }
        // Where the first words are two colons, a runner takes the line for a command.
        return out + Self.data("kb check \(headline). \(facts)") + "\n"
    }

    /// The file from the repository's top.
    private func path(_ document: String) -> String {
        report.prefix
            + (document.firstIndex(of: "/").map { String(document[document.index(after: $0)...]) } ?? document)
    }

    private static func data(_ text: String) -> String {
        var out = ""
        for scalar in Console.safe(text).unicodeScalars {
            switch scalar {
            case "%": out += "%25"
            case "\r": out += "%0D"
            case "\n": out += "%0A"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    private static func property(_ text: String) -> String {
        String(data(text).flatMap { $0 == ":" ? "%3A" : $0 == "," ? "%2C" : String($0) })
    }
}

struct CheckJSON: Encodable {
    struct StandingJSON: Encodable {
        @Nullable var rank: Int?
        var confidence: Double
        @Nullable var first: String?

        init(_ one: CheckReport.Standing) {
            (rank, first, confidence) = (one.rank, one.first, JSONOutput.rounded(one.confidence, 4))
        }
    }
    struct OutcomeJSON: Encodable {
        var id: String
        var question: String
        var document: String
        var reason: String
        var before: StandingJSON
        var after: StandingJSON

        init(_ one: CheckReport.Outcome) {
            (id, question, document, reason) = (one.question.id, one.question.question, one.document, one.reason)
            (before, after) = (StandingJSON(one.before), StandingJSON(one.after))
        }
    }
    struct GapClosingJSON: Encodable {
        var id: String
        var title: String
        var questions: Int
        var share: Double
        var rise: Double
        var articles: [String]
    }
    struct ChangedJSON: Encodable {
        var added: [String]
        var edited: [String]
        var removed: [String]
        var renamed: [String: String]
    }
    struct AnsweredJSON: Encodable {
        var before: Int
        var after: Int
    }

    var passed: Bool
    var maxBroken: Int
    var against: String
    var commit: String
    var changed: ChangedJSON
    var questions: Int
    /// Questions whose expected article comes first.
    var answered: AnsweredJSON
    var breaks: [OutcomeJSON]
    var answeredNow: [OutcomeJSON]
    var gapsClosing: [GapClosingJSON]
    var unknown: [String]
    var encoded: Int

    init(_ report: CheckReport, maxBroken: Int) {
        (passed, self.maxBroken) = (report.breaks.count <= maxBroken, maxBroken)
        (against, commit, questions) = (report.against, report.commit, report.questions)
        changed = ChangedJSON(
            added: report.added, edited: report.edited, removed: report.removed, renamed: report.moved)
        answered = AnsweredJSON(before: report.answeredBefore, after: report.answeredAfter)
        (breaks, answeredNow) = (report.breaks.map(OutcomeJSON.init), report.answered.map(OutcomeJSON.init))
        gapsClosing = report.closing.map {
            GapClosingJSON(
                id: $0.id, title: $0.title, questions: $0.proof.questions.count,
                share: JSONOutput.rounded($0.proof.share, 4), rise: JSONOutput.rounded($0.proof.rise, 4),
                articles: $0.proof.articles.keys.sorted())
        }
        (unknown, encoded) = (report.unknown, report.encoded)
    }
}
