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
