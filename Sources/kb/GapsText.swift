import FoundationEssentials
import KnowledgeBase

/// The words of `kb gaps` on a terminal.
enum GapsText {
    static func print(_ report: GapReport) {
        Console.print(report.changes)
        Console.print(heading(report))
        if report.notAsked > 0 {
            Console.print(
                "\(report.notAsked) open that nobody asked about in this window: kb gaps --state open lists \(report.notAsked == 1 ? "it" : "them")"
            )
        }
        if report.gaps.isEmpty {
            Console.print()
            Console.print(none(report))
            return
        }
        for gap in report.gaps {
            Console.print()
            entry(gap)
            if report.standing.contains(gap.id) {
                Console.print(
                    "  still \(gap.state.rawValue): of its questions fewer than three count as unanswered in this look")
            }
        }
        if !report.leftOut.isEmpty {
            Console.print()
            Console.print(
                Console.safe(
                    "no signals: "
                        + report.leftOut.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
                        .map { "\($0.value) \($0.key)" }.joined(separator: ", ")))
        }
        Console.print()
        Console.print(
            "kb gaps show ID tells a gap's story; ack, dismiss, assign, note and draft ID act on it. " + redactionNote)
    }

    private static func none(_ report: GapReport) -> String {
        let away = report.dismissed > 0 ? " \(report.dismissed) dismissed: kb gaps --state dismissed lists them." : ""
        return
            "No gaps: fewer than three like questions went unanswered, or none with the topic, count or state asked for."
            + away
    }

    static let redactionNote =
        "Mail addresses, telephone, card and account numbers, tokens and known names are taken out of quotations; other names, "
        + "street addresses and dates of birth where the words around them tell. What may remain: rare names and addresses "
        + "without such words or in other languages than the larger European ones, lone places, handles, customer and order "
        + "numbers. Look it through before it goes to others, or use --no-quotes."

    static func heading(_ report: GapReport) -> String {
        "\(day(report.since)) to \(day(report.until)): \(ReplayText.spaced(report.questions)) questions, "
            + "\(ReplayText.percent(report.answered)) of them answered by articles; \(report.gaps.count) gap\(report.gaps.count == 1 ? "" : "s")"
    }

    static func entry(_ gap: Gap) {
        Console.print(Console.bold(Console.safe("\(gap.id)  \(gap.title)")))
        Console.print("  " + facts(gap))
        if !gap.representative.isEmpty {
            Console.print(Console.wrap("  “\(Console.safe(line(gap.representative, 200)))”"))
        }
        if let nearest = gap.nearest {
            Console.print(
                Console.safe(
                    "  nearest: \(nearest.document):\(nearest.lines[0])  confidence \(decimals(nearest.confidence))"
                        + (nearest.missingTerms.isEmpty
                            ? "" : "  lacks: \(nearest.missingTerms.joined(separator: ", "))")))
        }
        if !gap.suggestion.isEmpty { Console.print(Console.safe("  → \(gap.suggestion)")) }
    }

    static func facts(_ gap: Gap) -> String {
        let customers = gap.customers.map { " of \($0) customer\($0 == 1 ? "" : "s")" } ?? ""
        return "\(gap.kind.rawValue), \(gap.state.rawValue)"
            + (gap.assignee.map { " (\(Console.safe($0)))" } ?? "")
            + "; \(gap.count) questions\(customers), \(JSONOutput.rounded(gap.perMonth, 1)) a month, trend "
            + gap.trend.map(String.init).joined(separator: " ")
            + "; score \(decimals(gap.score.value)) = unanswered \(decimals(gap.score.unanswered)) × volume "
            + decimals(gap.score.volume)
    }

    static func show(_ gap: Gap, _ events: [GapEvent]) {
        entry(gap)
        Console.print(Console.safe("  why \(gap.kind.rawValue): \(gap.evidence)"))
        Console.print("\nquestions")
        for question in gap.questions.prefix(20) {
            Console.print(
                Console.safe("  \(question.id.padded(10)) \(day(question.askedAt))  \(line(question.text, 100))"))
        }
        if gap.questions.count > 20 { Console.print("  and \(gap.questions.count - 20) more: --json") }
        if !gap.replies.isEmpty {
            Console.print("\nwhat agents answered")
            for reply in gap.replies {
                Console.print(Console.wrap(Console.safe("  \(reply.ticket)  \(line(reply.text, 300))")))
            }
        }
        if let proof = gap.proof {
            Console.print("\nproof of \(day(proof.at)): its own questions, asked again")
            for asked in proof.questions {
                Console.print(
                    Console.safe(
                        "  \(asked.question.padded(10)) \(decimals(asked.before)) → \(decimals(asked.after))  "
                            + (asked.document.map { "\($0) is \(asked.rank == 1 ? "first" : "second")" }
                                ?? "no changed article first or second")))
            }
        }
        Console.print("\nstory")
        for event in events {
            Console.print(Console.safe("  \(JSONOutput.time(event.at))  \(event.what.padded(12)) \(event.detail)"))
        }
    }

    static func day(_ date: Date) -> String { String(JSONOutput.time(date).prefix(10)) }

    static func decimals(_ value: Double) -> String { ReplayText.decimals(value) }

    static func line(_ text: String, _ limit: Int) -> String {
        let flat = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return flat.count <= limit ? flat : flat.prefix(limit - 1) + "…"
    }
}

/// The report as Markdown.
struct GapsMarkdown {
    private let report: GapReport

    init(_ report: GapReport) { self.report = report }

    var text: String {
        var out = "# Knowledge gaps: \(report.changes)\n\n\(GapsText.heading(report)).\n"
        if !report.gaps.isEmpty {
            out += "\n| gap | kind | state | questions | customers | a month | score |\n|---|---|---|---|---|---|---|\n"
            for gap in report.gaps {
                out +=
                    "| \(Self.inline(gap.title)) (`\(gap.id)`) | \(gap.kind.rawValue) | \(gap.state.rawValue) | \(gap.count) | "
                    + "\(gap.customers.map(String.init) ?? "–") | \(JSONOutput.rounded(gap.perMonth, 1)) | "
                    + "\(GapsText.decimals(gap.score.value)) |\n"
            }
        }
        for gap in report.gaps {
            out += "\n## \(Self.inline(gap.title)) (`\(gap.id)`)\n\n\(Self.inline(GapsText.facts(gap))).\n"
            if !gap.representative.isEmpty { out += "\n> \(Self.inline(GapsText.line(gap.representative, 400)))\n" }
            out += "\n- why \(gap.kind.rawValue): \(Self.inline(gap.evidence))\n"
            if let nearest = gap.nearest {
                out += "- nearest: `\(nearest.document):\(nearest.lines[0])`"
                out +=
                    nearest.missingTerms.isEmpty
                    ? "\n" : ", lacks: \(Self.inline(nearest.missingTerms.joined(separator: ", ")))\n"
            }
            out += "- next: \(Self.inline(gap.suggestion))\n- tickets and questions: "
            out += gap.questions.prefix(100).map { Self.inline($0.id) }.joined(separator: ", ") + "\n"
            for reply in gap.replies {
                out +=
                    "- an agent answered (\(Self.inline(reply.ticket))): \(Self.inline(GapsText.line(reply.text, 300)))\n"
            }
            if let proof = gap.proof, gap.state == .closed {
                out += "- proof: confidence rose by \(GapsText.decimals(proof.rise)) on average over "
                out +=
                    "\(proof.questions.count) questions, \(Self.inline(proof.articles.keys.sorted().joined(separator: ", ")))\n"
            }
        }
        return out + "\n" + GapsText.redactionNote
    }

    /// Customers' words are data: no markup of theirs is markup here.
    static func inline(_ text: String) -> String {
        var out = ""
        for scalar in Console.safe(text).unicodeScalars {
            switch scalar {
            case "\n": out += " "
            case "|", "*", "_", "`", "[", "]", "#", "\\": out += "\\" + String(scalar)
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}

/// One line a gap.
enum GapsCSV {
    static func text(_ report: GapReport) -> String {
        var out = CSV.line([
            "id", "title", "kind", "state", "score", "count", "customers", "per_month", "first_seen", "last_seen",
            "nearest",
            "missing_terms", "terms", "assignee", "representative", "suggestion", "questions",
        ])
        for gap in report.gaps {
            var cells = [gap.id, gap.title, gap.kind.rawValue, gap.state.rawValue]
            cells.append(String(JSONOutput.rounded(gap.score.value, 4)))
            cells.append(String(gap.count))
            cells.append(gap.customers.map { String($0) } ?? "")
            cells.append(String(JSONOutput.rounded(gap.perMonth, 2)))
            cells += [JSONOutput.time(gap.firstSeen), JSONOutput.time(gap.lastSeen)]
            cells.append(gap.nearest.map { "\($0.document):\($0.lines[0])" } ?? "")
            cells.append(gap.nearest?.missingTerms.joined(separator: "; ") ?? "")
            cells.append(gap.terms.joined(separator: "; "))
            cells.append(gap.assignee ?? "")
            cells += [GapsText.line(gap.representative, 400), gap.suggestion]
            cells.append(gap.questions.map(\.id).joined(separator: " "))
            out += CSV.line(cells.map { Console.safe($0) })
        }
        return out
    }
}

/// An article's stub. Everything in it was said by a customer or an agent.
enum GapDraft {
    /// - Parameter aliases: words of the customers that no article has.
    static func text(_ gap: Gap, questions: [String], aliases: [String]) -> String {
        func quoted(_ text: String) -> String {
            let flat = GapsText.line(text, 400).filter { $0 != "\\" }
            return "\"" + flat.map { $0 == "\"" ? "'" : String($0) }.joined() + "\""
        }
        func quote(_ text: String) -> String { "> " + GapsMarkdown.inline(GapsText.line(text, 400)) + "\n" }
        var out = """
            ---
            title: \(quoted(gap.title))
            draft: true
            aliases: [\(aliases.prefix(4).map(quoted).joined(separator: ", "))]
            ---
            <!-- From gap \(gap.id): \(gap.count) questions. Everything below was said by customers or agents; nothing is made up.
                 Check it, write it in your own words, and take "draft: true" out. -->

            # \(GapsMarkdown.inline(gap.title))

            ## What customers ask


            """
        var said: Set<String> = []
        out += gap.questions.filter { !$0.text.isEmpty && said.insert($0.text).inserted }.prefix(5).map {
            quote($0.text) + ">\n> (\(GapsMarkdown.inline($0.id)))\n"
        }.joined(separator: "\n")
        if !questions.isEmpty {
            out += "\n## Questions to answer\n\n" + questions.map { "- \(GapsMarkdown.inline($0))\n" }.joined()
        }
        out += "\n## What agents answered\n\n"
        if gap.replies.isEmpty { out += "Nothing that could be used: no agent answered these at length.\n" }
        out += gap.replies.map { quote($0.text) + ">\n> (\(GapsMarkdown.inline($0.ticket)))\n" }.joined(separator: "\n")
        if gap.replies.count < 2 {
            var named: Set<String> = []
            let who = gap.questions.filter { named.insert($0.id).inserted }.prefix(3)
                .map { GapsMarkdown.inline($0.id) }.joined(separator: ", ")
            out += "\n## To find out first\n\n"
            out += "The replies are too thin for an article. Ask whoever handled \(who):\n\n"
            let asked = questions.isEmpty ? [gap.title] : questions
            out += asked.map { "- \(GapsMarkdown.inline($0))\n" }.joined()
            out += "- For whom does the answer hold: which plan, version, system?\n- Since when, and until when?\n"
        }
        if let nearest = gap.nearest {
            out += "\n## See also\n\n- `\(nearest.document)`, line \(nearest.lines[0])"
            out += nearest.missingTerms.isEmpty ? "\n" : " (lacks: \(nearest.missingTerms.joined(separator: ", ")))\n"
        }
        return out
    }
}
