import KnowledgeBase

/// The body of a mailed gap report: what changed and the first gaps, without customers' words; the page is attached.
enum MailText {
    static func text(_ report: GapReport) -> String {
        var out = "\(report.changes)\n\(GapsText.heading(report)).\n\n"
        for gap in report.gaps.prefix(10) {
            out +=
                "\(gap.id)  \(Console.safe(gap.title))\n  \(GapsText.facts(gap))\n  \(Console.safe(gap.suggestion))\n"
        }
        if report.gaps.count > 10 { out += "and \(report.gaps.count - 10) more, in the attached page\n" }
        return out + "\n\(GapsText.redactionNote)\n"
    }
}
