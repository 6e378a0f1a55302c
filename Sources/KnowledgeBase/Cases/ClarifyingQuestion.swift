/// The one question that tells two articles apart which answer equally well.
struct ClarifyingQuestion: Sendable, Equatable {
    var text: String
    /// What the two differ in.
    var options: [String]

    /// Score of the second article, as a share of the first's, from which they tie.
    static let tie = 0.9
    /// More differing words are not one fact.
    static let longest = 3

    /// - Returns: nil where the titles differ in more than one stretch, or the question says already which it is.
    init?(_ first: (title: String, score: Double), _ second: (title: String, score: Double), question: String) {
        guard first.score > 0, second.score >= first.score * Self.tie else { return nil }
        let (a, b) = (Self.words(first.title), Self.words(second.title))
        let (x, y) = (a.map { $0.lowercased() }, b.map { $0.lowercased() })
        var start = 0
        while start < min(x.count, y.count), x[start] == y[start] { start += 1 }
        var end = 0
        while end < min(x.count, y.count) - start, x[x.count - 1 - end] == y[y.count - 1 - end] { end += 1 }
        let (one, other) = (Array(a[start..<a.count - end]), Array(b[start..<b.count - end]))
        // What they share is the subject; what is left is the fact.
        guard start + end >= 2, (1...Self.longest).contains(one.count), (1...Self.longest).contains(other.count) else {
            return nil
        }
        let asked = Set(Self.words(question).map { $0.lowercased() })
        guard !one.contains(where: { asked.contains($0.lowercased()) && $0.utf8.count > 2 }),
            !other.contains(where: { asked.contains($0.lowercased()) && $0.utf8.count > 2 })
        else { return nil }
        options = [one.joined(separator: " "), other.joined(separator: " ")]
        text = "One question, so that the answer fits: is it about \(options[0]) or about \(options[1])?"
    }

    private static func words(_ text: String) -> [String] {
        text.split { !($0.isLetter || $0.isNumber || $0 == "." || $0 == "-" || $0 == "+") }.map {
            String($0.last == "." ? $0.dropLast() : $0)
        }
    }
}
