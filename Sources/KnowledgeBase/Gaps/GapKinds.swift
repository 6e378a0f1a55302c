/// What is known of a gap when its kind is decided.
struct GapEvidence: Sendable {
    /// What rewrites of the questions found.
    struct Found: Sendable, Equatable {
        var document: String
        var title: String
        /// Rewrites that found it first, of how many.
        var votes: Int
        var of: Int
        var confidence: Double
        /// An agent's reply, the gap's terms, or a person's mark.
        var by: String
    }

    /// Mean cosine of the questions with their best passages.
    var meanCosine: Double
    /// The article that comes first most often, and for what share.
    var nearest: String?
    var nearestTitle = ""
    var nearestShare: Double
    var terms: [String]
    var missingTerms: [String]
    var found: [Found] = []
}

/// Decides what is wrong, and says why with the numbers it went by.
enum GapKinds {
    static func decide(_ evidence: GapEvidence) -> (kind: Gap.Kind, reason: String, found: GapEvidence.Found?) {
        func decimals(_ value: Double) -> String { String((value * 100).rounded() / 100) }
        // What a person said counts first; then an article that most rewrites find and the questions do not.
        if let found = evidence.found.first(where: { found in
            found.document != evidence.nearest && found.votes * 2 > found.of
                && found.confidence >= GapDefaults.foundConfidence
        }) {
            return (
                .notFound,
                "\(found.by) find\(found.of == 1 ? "s" : "") “\(found.title)” (\(found.votes) of \(found.of), "
                    + "confidence \(decimals(found.confidence))); the questions do not", found
            )
        }
        let cosine = "mean cosine of the questions with their best passages \(decimals(evidence.meanCosine))"
        if evidence.meanCosine < GapDefaults.scopeCosine {
            return (.outOfScope, "nothing here is near: \(cosine)", nil)
        }
        if evidence.nearestShare >= GapDefaults.partialShare, evidence.meanCosine >= GapDefaults.partialCosine,
            !evidence.missingTerms.isEmpty
        {
            return (
                .partial,
                "“\(evidence.nearestTitle)” comes first for \(Int((evidence.nearestShare * 100).rounded())) % of them, "
                    + "\(cosine), and lacks: \(evidence.missingTerms.joined(separator: ", "))", nil
            )
        }
        return (
            .missing,
            "none is near enough to be mended: \(cosine); the commonest first article comes first for "
                + "\(Int((evidence.nearestShare * 100).rounded())) % of them", nil
        )
    }

    /// A line to paste, or what to do next.
    static func suggestion(_ kind: Gap.Kind, _ found: GapEvidence.Found?, _ evidence: GapEvidence, id: String) -> String {
        func quoted(_ text: String) -> String { "\"" + text.filter { $0 != "\"" && $0 != "\\" } + "\"" }
        switch kind {
        case .notFound:
            guard let found else { return "" }
            let terms = evidence.terms.prefix(3).map(quoted).joined(separator: ", ")
            return "in the front matter of \(found.document): aliases: [\(terms)]"
        case .partial:
            return "add to \(evidence.nearest ?? "the article"): \(evidence.missingTerms.joined(separator: ", "))"
        case .outOfScope: return "say where this is answered, or dismiss it: kb gaps dismiss \(id)"
        default: return "write an article: kb gaps draft \(id)"
        }
    }
}
