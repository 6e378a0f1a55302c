import KnowledgeBase

/// Probability said against share that came true, as an inline SVG whose colours are the page's.
struct ReliabilityCurve {
    var metrics: ProbabilityMetrics

    /// Classes: `frame`, `even` (the diagonal), `error`, `line`, `dot`, `tick`.
    var svg: String {
        let (size, left, top) = (300.0, 46.0, 12.0)
        func x(_ value: Double) -> String { place(left + value * size) }
        func y(_ value: Double) -> String { place(top + (1 - value) * size) }
        var out =
            "<svg class=\"curve\" viewBox=\"0 0 372 362\" width=\"372\" height=\"362\" role=\"img\" "
            + "aria-label=\"Reliability: probability said, and share that came true\">\n"
        out += "<rect class=\"frame\" x=\"\(x(0))\" y=\"\(y(1))\" width=\"300\" height=\"300\"/>\n"
        out += "<line class=\"even\" x1=\"\(x(0))\" y1=\"\(y(0))\" x2=\"\(x(1))\" y2=\"\(y(1))\"/>\n"
        for value in [0, 0.25, 0.5, 0.75, 1] {
            out += "<text class=\"tick\" x=\"\(x(value))\" y=\"330\" text-anchor=\"middle\">\(value)</text>\n"
            out +=
                "<text class=\"tick\" x=\"40\" y=\"\(place(top + (1 - value) * size + 4))\" text-anchor=\"end\">\(value)</text>\n"
        }
        out += "<text class=\"tick\" x=\"196\" y=\"350\" text-anchor=\"middle\">confidence said</text>\n"
        out +=
            "<text class=\"tick\" transform=\"translate(12,162) rotate(-90)\" text-anchor=\"middle\">share right</text>\n"
        for bin in metrics.bins {
            let interval = ExactBinomial.interval(Int((bin.share * Double(bin.count)).rounded()), of: bin.count)
            out +=
                "<line class=\"error\" x1=\"\(x(bin.mean))\" x2=\"\(x(bin.mean))\" y1=\"\(y(interval.lowerBound))\" "
                + "y2=\"\(y(interval.upperBound))\"/>\n"
        }
        let points = metrics.bins.map { "\(x($0.mean)),\(y($0.share))" }.joined(separator: " ")
        out += "<polyline class=\"line\" points=\"\(points)\"/>\n"
        for bin in metrics.bins {
            out += "<circle class=\"dot\" cx=\"\(x(bin.mean))\" cy=\"\(y(bin.share))\" r=\"4\"/>\n"
        }
        return out + "</svg>\n"
    }

    private func place(_ value: Double) -> String { String((value * 10).rounded() / 10) }
}
