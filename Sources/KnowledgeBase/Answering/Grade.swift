/// What a draft is judged by. The list is closed: reports count by these names.
public enum Criterion: String, Sendable, CaseIterable {
    /// A sentence does not stand in the lines it cites.
    case grounded
    /// A part of the question is not spoken to.
    case covered
    /// The team would owe something.
    case promise
    /// Somebody's address, number or key.
    case personalData = "personal_data"
    /// The source says that it no longer holds, or a newer one says otherwise.
    case outdated
    /// Another passage gives another number or date, or the opposite.
    case contradicted
    /// Nothing but "contact support".
    case deadEnd = "dead_end"
}

/// The grader's judgement of one draft.
public struct Grade: Sendable, Equatable {
    public enum Verdict: String, Sendable, Comparable, CaseIterable {
        case pass, warn, fail

        public static func < (a: Verdict, b: Verdict) -> Bool {
            allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
        }
    }

    public struct Finding: Sendable, Equatable {
        public var criterion: Criterion
        public var verdict: Verdict
        /// The words of the draft, or of the question, that it is about.
        public var span: String
        /// What is wrong, in a sentence without its stop.
        public var detail: String
        /// Where a model judged and no rule: how likely it holds the draft to be flawed, and the limit that it is above.
        public var likelihood: Likelihood?
        /// The sentence that `span` was held against.
        public var against: Against?
    }

    public struct Likelihood: Sendable, Equatable {
        public var probability: Double
        public var limit: Double

        /// Of log-odds.
        init(_ score: Double, limit: Double) {
            (probability, self.limit) = (LogOdds.probability(score), LogOdds.probability(limit))
        }

        /// "a model's likelihood: p = .62, limit .31".
        var words: String {
            func short(_ value: Double) -> String {
                // Two places would say of the least that it is at the limit that it is above of.
                let hundredths = min(99, Int((value * 100).rounded()))
                return "." + (hundredths < 10 ? "0" : "") + String(hundredths)
            }
            return "a model's likelihood: p = \(short(probability)), limit \(short(limit))"
        }
    }

    public struct Against: Sendable, Equatable {
        /// `nil`: the draft itself.
        public var document: String?
        /// In its file, from 1; `nil` where it is not known.
        public var line: Int?
        public var text: String

        /// "help/refunds.md:12".
        var place: String { (document ?? "the draft") + (line.map { ":\($0)" } ?? "") }
    }

    public var findings: [Finding] = []

    /// The gravest finding's; `pass` without any.
    public var verdict: Verdict { findings.map(\.verdict).max() ?? .pass }

    /// With further findings; of what is found already no second time.
    func adding(_ findings: [Finding]) -> Grade {
        var grade = self
        grade.findings += findings.filter { new in
            !grade.findings.contains { $0.criterion == new.criterion && $0.span == new.span }
        }
        return grade
    }

    /// Failed criteria, each once.
    var failedCriteria: [String] {
        Criterion.allCases.filter { criterion in findings.contains { $0.criterion == criterion && $0.verdict == .fail }
        }
        .map(\.rawValue)
    }
}
