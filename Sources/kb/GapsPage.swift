import FoundationEssentials
import KnowledgeBase

/// The gap report as one HTML file: nothing from outside, works without a server and, but for sorting and filtering,
/// without its script.
struct GapsPage {
    private let report: GapReport
    private let history: [(at: Date, answered: Double)]

    init(_ report: GapReport, history: [(at: Date, answered: Double)]) {
        (self.report, self.history) = (report, history)
    }

    var html: String {
        HTMLPage.text(
            title: "Knowledge gaps: \(report.changes)", style: Self.style, script: Self.script,
            body: """
                <a class="skip" href="#gaps">To the gaps</a>
                <main>
                <h1>Knowledge gaps</h1>
                <p class="news">\(HTMLPage.escaped(report.changes))</p>
                <p>\(HTMLPage.escaped(GapsText.heading(report))).</p>
                \(answered)\
                \(report.gaps.isEmpty ? "<p>No gaps: fewer than three like questions went unanswered.</p>" : controls + list)
                <footer><p>\(HTMLPage.escaped(GapsText.redactionNote))</p>\(leftOut)</footer>
                </main>
                """)
    }

    // MARK: - Sections

    /// The share answered: by quarters of the window, and by past reports where there are several.
    private var answered: String {
        let points = history.count > 2 ? history.suffix(60).map(\.answered) : report.answeredTrend
        let what = history.count > 2 ? "by report, the newest \(points.count)" : "by quarters of the window"
        let words = points.map(ReplayText.percent).joined(separator: ", ")
        return """
            <figure><figcaption>Share of questions that articles answer, \(what)</figcaption>\
            \(Self.line(points, label: words))<p class="values">\(words)</p></figure>

            """
    }

    private var controls: String {
        let kinds = Set(report.gaps.map(\.kind.rawValue)).sorted()
        let states = Set(report.gaps.map(\.state.rawValue)).sorted()
        func options(_ names: [String]) -> String {
            names.map { "<option value=\"\($0)\">\(Self.words($0))</option>" }.joined()
        }
        return """
            <form id="controls" role="search" aria-label="Filter and sort the gaps">
            <label>Find <input type="search" id="find" autocomplete="off"></label>
            <label>Kind <select id="kind"><option value="">all</option>\(options(kinds))</select></label>
            <label>State <select id="state"><option value="">all</option>\(options(states))</select></label>
            <label>Sort by <select id="sort"><option value="score">score</option><option value="count">questions</option>\
            <option value="month">a month</option><option value="last">last seen</option><option value="title">title</option></select></label>
            <output id="shown" aria-live="polite">\(report.gaps.count) gaps</output>
            </form>

            """
    }

    private var list: String {
        "<ol id=\"gaps\" tabindex=\"-1\">\n" + report.gaps.map(entry).joined() + "</ol>"
    }

    private func entry(_ gap: Gap) -> String {
        let e = HTMLPage.escaped
        var out =
            "<li id=\"\(e(gap.id))\" data-kind=\"\(gap.kind.rawValue)\" data-state=\"\(gap.state.rawValue)\" "
            + "data-score=\"\(gap.score.value)\" data-count=\"\(gap.count)\" data-month=\"\(gap.perMonth)\" "
            + "data-last=\"\(Int(gap.lastSeen.timeIntervalSince1970))\">\n<article>\n"
        out +=
            "<h2>\(e(gap.title))</h2>\n<p class=\"tags\"><span class=\"kind \(gap.kind.rawValue)\">\(Self.words(gap.kind.rawValue))</span> "
        out += "<span>\(gap.state.rawValue)</span>"
        if let assignee = gap.assignee { out += " <span>\(e(assignee))</span>" }
        if let topic = gap.topic { out += " <span>\(e(topic))</span>" }
        out += " <code>\(e(gap.id))</code></p>\n"
        out += "<dl>"
        out += "<div><dt>questions</dt><dd><a href=\"#q-\(e(gap.id))\">\(gap.count)</a></dd></div>"
        out += "<div><dt>customers</dt><dd>\(gap.customers.map(String.init) ?? "unknown")</dd></div>"
        out += "<div><dt>a month</dt><dd>\(JSONOutput.rounded(gap.perMonth, 1))</dd></div>"
        out += "<div><dt>trend</dt><dd>\(Self.bars(gap.trend))</dd></div>"
        out += "<div><dt>seen</dt><dd>\(GapsText.day(gap.firstSeen)) – \(GapsText.day(gap.lastSeen))</dd></div>"
        out +=
            "<div><dt>score</dt><dd title=\"unanswered \(GapsText.decimals(gap.score.unanswered)) × volume \(GapsText.decimals(gap.score.volume))\">"
        out +=
            "\(GapsText.decimals(gap.score.value)) <small>= \(GapsText.decimals(gap.score.unanswered)) × \(GapsText.decimals(gap.score.volume))</small></dd></div></dl>\n"
        if !gap.representative.isEmpty {
            out += "<blockquote>\(e(GapsText.line(gap.representative, 400)))</blockquote>\n"
        }
        out += "<p><b>\(Self.words(gap.kind.rawValue)):</b> \(e(gap.evidence)).</p>\n"
        if let nearest = gap.nearest {
            out +=
                "<p>Nearest: <code>\(e(nearest.document)):\(nearest.lines[0])</code> “\(e(nearest.title))”, confidence "
            out += GapsText.decimals(nearest.confidence)
            out +=
                nearest.missingTerms.isEmpty ? "" : "; lacks <i>\(e(nearest.missingTerms.joined(separator: ", ")))</i>"
            out += ".</p>\n"
        }
        if !gap.suggestion.isEmpty { out += "<p class=\"next\">→ <code>\(e(gap.suggestion))</code></p>\n" }
        out += "<details id=\"q-\(e(gap.id))\"><summary>\(gap.count) questions</summary><ul>"
        out += gap.questions.map { question in
            "<li><b>\(e(question.id))</b> <time>\(GapsText.day(question.askedAt))</time> \(e(GapsText.line(question.text, 300)))</li>"
        }.joined()
        out += "</ul></details>\n"
        if !gap.replies.isEmpty {
            out += "<details><summary>What agents answered</summary><ul>"
            out += gap.replies.map { "<li><b>\(e($0.ticket))</b> \(e(GapsText.line($0.text, 600)))</li>" }.joined()
            out += "</ul></details>\n"
        }
        if let proof = gap.proof {
            out += "<details><summary>Proof: confidence rose by \(GapsText.decimals(proof.rise)) on average</summary>"
            out +=
                "<table><thead><tr><th scope=\"col\">question</th><th scope=\"col\">before</th><th scope=\"col\">after</th>"
            out += "<th scope=\"col\">changed article</th></tr></thead><tbody>"
            out += proof.questions.map {
                "<tr><td>\(e($0.question))</td><td>\(GapsText.decimals($0.before))</td><td>\(GapsText.decimals($0.after))</td>"
                    + "<td>\(e($0.document ?? "–"))</td></tr>"
            }.joined()
            out += "</tbody></table></details>\n"
        }
        return out + "</article></li>\n"
    }

    private var leftOut: String {
        guard !report.leftOut.isEmpty else { return "" }
        let parts = report.leftOut.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        return "<p>No signals: \(HTMLPage.escaped(parts.joined(separator: ", "))).</p>"
    }

    // MARK: - Parts

    private static func words(_ name: String) -> String { String(name.map { $0 == "_" ? " " : $0 }) }

    private static func bars(_ trend: [Int]) -> String {
        let most = max(1, trend.max() ?? 1)
        let bars = trend.enumerated().map { i, n in
            let height = n == 0 ? 1 : max(2, n * 18 / most)
            return "<rect x=\"\(i * 9)\" y=\"\(18 - height)\" width=\"7\" height=\"\(height)\"/>"
        }.joined()
        let label = trend.map(String.init).joined(separator: ", ")
        return
            "<svg class=\"bars\" viewBox=\"0 0 34 18\" width=\"34\" height=\"18\" role=\"img\" aria-label=\"\(label)\">\(bars)</svg>"
    }

    private static func line(_ points: [Double], label: String) -> String {
        guard points.count > 1 else { return "" }
        let step = 280 / Double(points.count - 1)
        let path = points.enumerated().map { i, value in
            "\(i == 0 ? "M" : "L")\(JSONOutput.rounded(10 + Double(i) * step, 1)) \(JSONOutput.rounded(54 - value * 48, 1))"
        }.joined(separator: " ")
        return """
            <svg class="line" viewBox="0 0 300 60" role="img" aria-label="\(label)">\
            <path class="frame" d="M10 6H290M10 54H290"/><path class="curve" d="\(path)"/></svg>
            """
    }

    private static let script = """
        (function () {
          var list = document.getElementById('gaps'), form = document.getElementById('controls');
          if (!list || !form) return;
          var items = Array.prototype.slice.call(list.children);
          function apply() {
            var words = document.getElementById('find').value.toLowerCase().split(/\\s+/).filter(Boolean);
            var kind = document.getElementById('kind').value, state = document.getElementById('state').value;
            var sort = document.getElementById('sort').value, shown = 0;
            items.forEach(function (item) {
              var text = item.textContent.toLowerCase();
              var fits = (!kind || item.dataset.kind === kind) && (!state || item.dataset.state === state)
                && words.every(function (word) { return text.indexOf(word) >= 0; });
              item.hidden = !fits;
              if (fits) shown += 1;
            });
            items.slice().sort(function (a, b) {
              if (sort === 'title') return a.querySelector('h2').textContent.localeCompare(b.querySelector('h2').textContent);
              return Number(b.dataset[sort]) - Number(a.dataset[sort]);
            }).forEach(function (item) { list.appendChild(item); });
            document.getElementById('shown').textContent = shown + ' gaps';
          }
          form.addEventListener('input', apply);
          form.addEventListener('submit', function (event) { event.preventDefault(); });
          function open() {
            var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
            if (target && target.tagName === 'DETAILS') { target.open = true; target.querySelector('summary').focus(); }
          }
          window.addEventListener('hashchange', open);
          window.addEventListener('beforeprint', function () {
            document.querySelectorAll('details').forEach(function (item) { item.open = true; });
          });
          open();
        })();
        """

    private static let style = """
        :root { --ink: #1c2024; --soft: #56606a; --paper: #fff; --card: #f6f8f9; --rule: #d5dade; --accent: #1f5f99; --good: #2c6e49; }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e4e7ea; --soft: #a3aeb8; --paper: #16191c; --card: #1e2327; --rule: #3a4148; --accent: #7db4e6; --good: #7fc79d; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        main { max-width: 60rem; margin: 0 auto; padding: 1.25rem; }
        .skip { position: absolute; left: -60rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .25rem .5rem; }
        h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.1rem; margin: 0; overflow-wrap: anywhere; }
        .news { font-size: 1.15rem; margin: .25rem 0; }
        figure { margin: 1rem 0; max-width: 26rem; } figcaption, .values, dt, footer { color: var(--soft); font-size: .85rem; }
        .values { margin: 0; }
        .line { width: 100%; height: auto; } .frame { stroke: var(--rule); } .curve { fill: none; stroke: var(--accent); stroke-width: 2; }
        .bars rect { fill: var(--accent); }
        form { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; margin: 1.25rem 0; }
        label { display: grid; font-size: .85rem; color: var(--soft); }
        input, select { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--rule); border-radius: 4px; padding: .3rem .4rem; min-height: 2.4rem; }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        ol { list-style: none; padding: 0; margin: 0; display: grid; gap: 1rem; }
        article { background: var(--card); border: 1px solid var(--rule); border-radius: 6px; padding: 1rem; }
        .tags { margin: .25rem 0; font-size: .85rem; color: var(--soft); } .tags span { margin-right: .5rem; }
        .kind { font-weight: 600; color: var(--accent); }
        dl { display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; margin: .6rem 0; font-variant-numeric: tabular-nums; } dd { margin: 0; } small { color: var(--soft); }
        blockquote { margin: .6rem 0; padding-left: .8rem; border-left: 3px solid var(--rule); overflow-wrap: anywhere; }
        p { margin: .4rem 0; overflow-wrap: anywhere; } code { font-size: .88em; overflow-wrap: anywhere; }
        .next { color: var(--good); }
        a, summary { color: var(--accent); } summary { cursor: pointer; padding: .2rem 0; }
        details ul { padding-left: 1.1rem; margin: .3rem 0; max-height: 24rem; overflow: auto; font-size: .9rem; } time { color: var(--soft); }
        details li { overflow-wrap: anywhere; }
        table { border-collapse: collapse; font-size: .85rem; display: block; overflow-x: auto; } th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid var(--rule); }
        footer { margin-top: 2rem; }
        @media print { form, .skip { display: none; } article { break-inside: avoid; background: none; } details ul { max-height: none; overflow: visible; } main { max-width: none; } }
        """
}
