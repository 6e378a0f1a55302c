import FoundationEssentials
import KnowledgeBase

/// A replay as one HTML file that needs nothing else: no script, no font, no address outside itself.
///
/// Every number opens the list of its tickets; each of these leads to the ticket's row at the end.
struct ReplayPage {
    private let report: ReplayReport

    init(_ report: ReplayReport) { self.report = report }

    var html: String {
        let body = [summary, actions, leftOut, triggers, bands, curve, gaps, tickets].joined()
        return HTMLPage.text(
            title: "Replay of \(ReplayText.spaced(report.tickets.count)) tickets", style: Self.style,
            body: "<main>\n\(body)</main>")
    }

    // MARK: - Sections

    private var summary: String {
        "<h1>What the policy would have done</h1>\n<p>\(HTMLPage.escaped(ReplayText.heading(report)))</p>\n"
    }

    private var actions: String {
        let n = report.tickets.count
        let rows = ReplayText.actions(report).map { words, places, name in
            [words, number(name, places), ReplayText.percent(Double(places.count) / Double(max(1, n)))]
        }
        return "<h2>Sent, drafted, handed over</h2>\n" + table(["", "tickets", "share"], rows)
    }

    private var leftOut: String {
        guard !report.leftOutTickets.isEmpty else { return "" }
        let rows = report.leftOutTickets.map { row in
            let ids = row.tickets.map(HTMLPage.escaped).joined(separator: " ")
            return [
                HTMLPage.escaped(ReplayText.words(row)),
                "<details data-number=\"\(row.name)\"><summary>\(ReplayText.spaced(row.tickets.count))</summary><p>\(ids)</p></details>",
            ]
        }
        return "<h2>Left out of the file</h2>\n" + table(["why", "tickets"], rows)
    }

    private var triggers: String {
        let rows = report.triggers.map { row in
            [
                "<code>\(HTMLPage.escaped(row.code))</code>", number("trigger.\(row.code)", row.tickets),
                number("trigger.\(row.code).handed_over", row.handedOver),
            ]
        }
        return "<h2>Why</h2>\n<p>A ticket counts for every rule that fired.</p>\n"
            + table(["rule", "tickets", "of these to a person"], rows)
    }

    private var bands: String {
        let rows = report.bands.map { row -> [String] in
            let known = row.right.count + row.wrong.count
            let name = "band.\(row.band.rawValue)"
            return [
                row.band.rawValue, number(name, row.tickets), number(name + ".right", row.right),
                number(name + ".wrong", row.wrong),
                known > 0
                    ? "\(ReplayText.percent(Double(row.right.count) / Double(known))) (\(ReplayText.range(row.interval)))"
                    : "–",
                number(name + ".unknown", row.unknown), row.tickets.isEmpty ? "–" : ReplayText.range(row.bounds),
            ]
        }
        var out =
            "<h2>How often the first citation was right</h2>\n<p>Right means: the ticket's agents linked that article. "
            + "Where they linked none and nobody has reviewed it, nobody knows. Intervals are exact binomial ones at 95 %. Such links are noisy labels: an "
            + "article that nobody linked may be right as well.</p>\n"
        out += table(
            ["band", "tickets", "right", "wrong", "share right", "unknown", "share of all, unknown ones in"], rows)
        for row in report.bands where row.reviewed > 0 {
            let name = "band.\(row.band.rawValue).reviewed"
            out +=
                "<div>\(HTMLPage.escaped(ReplayText.withoutLink(row))). Of those reviewed: \(ReplayText.reviewed(row))"
            out += number(name + ".right", row.reviewedRight) + number(name + ".wrong", row.reviewedWrong) + "</div>\n"
        }
        let reviews = report.bands.flatMap { row in
            row.reviews.map { review in
                [
                    "<code>kb review --from-replay \(review.count) --band \(row.band.rawValue)</code>",
                    ReplayText.range(row.reviewedInterval),
                    "\(ReplayText.width(review.interval)) points", ReplayText.range(review.interval),
                ]
            }
        }
        guard !reviews.isEmpty else { return out }
        out +=
            "<h3>What reviewing some of the unknown ones would tell</h3>\n<p>The share of right ones among those without a link: "
        out +=
            "what is known of it now, and the width after a review of so many, drawn at random, were as many right as their confidence says:</p>\n"
        return out + table(["", "now", "width of the interval", "interval"], reviews)
    }

    private var curve: String {
        guard report.reliability.count > 0 else { return "" }
        let rows = zip(report.reliability.bins, report.bins).enumerated().map { place, item in
            [
                number("bin.\(place + 1)", item.1), ReplayText.percent(item.0.mean), ReplayText.percent(item.0.share),
            ]
        }
        return """
            <h2>Is the confidence a probability?</h2>
            <p>\(HTMLPage.escaped(CalibrateText.summary(report.reliability))). Ten bins of equal size over the \
            \(ReplayText.spaced(report.reliability.count)) tickets whose agents linked an article; bars are exact 95 % intervals.</p>
            <div class="side">
            \(ReliabilityCurve(metrics: report.reliability).svg)\
            \(table(["tickets", "said", "right"], rows))</div>

            """
    }

    private var gaps: String {
        guard !report.gaps.isEmpty else {
            return
                "<h2>Largest gaps</h2>\n<p>No group of like questions that no article answers and that no agent answered with one."
                + "</p>\n"
        }
        let rows = report.gaps.enumerated().map { place, gap in
            [number("gap.\(place + 1)", gap), HTMLPage.escaped(report.tickets[gap[0]].title)]
        }
        return
            "<h2>Largest gaps</h2>\n<p>Groups of like questions that no article seems to answer and that no agent answered "
            + "with one; the most typical of each.</p>\n" + table(["tickets", "the most typical"], rows)
    }

    private var tickets: String {
        var out = "<h2>All tickets</h2>\n<details><summary>\(ReplayText.spaced(report.tickets.count))</summary>\n"
        out += "<table class=\"all\"><thead><tr><th>ticket</th><th>asked</th><th>confidence</th><th>action</th>"
        out += "<th>first citation</th><th>linked</th><th>rules</th><th>title</th></tr></thead><tbody>\n"
        for (place, ticket) in report.tickets.enumerated() {
            let verdict = ticket.isRight.map { $0 ? "right" : "wrong" } ?? ""
            let cells = [
                ticket.id, String(JSONOutput.time(ticket.askedAt).prefix(10)), ReplayText.decimals(ticket.confidence),
                ticket.action.rawValue, ticket.cited ?? "–", ticket.linked.joined(separator: ", "),
                ticket.reasons.joined(separator: ", "), ticket.title,
            ]
            out +=
                "<tr id=\"t\(place)\" class=\"\(verdict)\"><td>"
                + cells.map(HTMLPage.escaped).joined(separator: "</td><td>") + "</td></tr>\n"
        }
        return out + "</tbody></table></details>\n"
    }

    // MARK: - Parts

    /// A number that opens its tickets.
    private func number(_ name: String, _ places: [Int]) -> String {
        let shown = ReplayText.spaced(places.count)
        guard !places.isEmpty else { return shown }
        let links = places.map { "<a href=\"#t\($0)\">\(HTMLPage.escaped(report.tickets[$0].id))</a>" }.joined(
            separator: " ")
        return "<details data-number=\"\(HTMLPage.escaped(name))\"><summary>\(shown)</summary><p>\(links)</p></details>"
    }

    /// - Parameter rows: cells in HTML.
    private func table(_ head: [String], _ rows: [[String]]) -> String {
        let cells = { (row: [String], tag: String) in
            "<tr>" + row.map { "<\(tag)>\($0)</\(tag)>" }.joined() + "</tr>"
        }
        return "<table><thead>\(cells(head, "th"))</thead><tbody>\n"
            + rows.map { cells($0, "td") }.joined(separator: "\n")
            + "\n</tbody></table>\n"
    }

    private static let style = """
        :root { --ink: #1c2024; --soft: #5b6570; --paper: #fff; --rule: #d5dade; --accent: #1f5f99; --bad: #a4432f; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e4e7ea; --soft: #9aa5b0; --paper: #16191c; --rule: #3a4148; --accent: #7db4e6; --bad: #e09480; }
        }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
        main { max-width: 68rem; margin: 0 auto; padding: 1.5rem; }
        h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; } h3 { font-size: 1rem; }
        p { max-width: 46rem; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; vertical-align: top; padding: .25rem 1rem .25rem 0; border-bottom: 1px solid var(--rule); }
        th { color: var(--soft); font-weight: 500; }
        details p { max-width: 34rem; max-height: 20rem; overflow: auto; font-size: .85rem; }
        summary { cursor: pointer; color: var(--accent); }
        a { color: var(--accent); }
        .all { font-size: .82rem; } .all td { overflow-wrap: anywhere; }
        .wrong td:nth-child(5) { color: var(--bad); }
        tr:target { outline: 2px solid var(--accent); }
        .side { display: flex; flex-wrap: wrap; gap: 2rem; align-items: flex-start; }
        .curve { max-width: 100%; height: auto; }
        .frame { fill: none; stroke: var(--rule); } .even { stroke: var(--soft); stroke-dasharray: 4; }
        .error { stroke: var(--accent); opacity: .55; stroke-width: 2; } .line { fill: none; stroke: var(--accent); stroke-width: 1.5; }
        .dot { fill: var(--accent); } .tick { fill: var(--soft); font-size: 12px; }
        """
}
