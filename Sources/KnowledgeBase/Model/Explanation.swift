/// How both probabilities of an answer came about: what was measured, and what each measurement adds.
public struct Explanation: Sendable, Equatable {
    public var features: [Feature]
    public var confidence: LogOddsSum
    public var answerable: LogOddsSum
}

/// One named measurement behind a probability.
public struct Feature: Sendable, Equatable {
    public var name: String
    public var value: Double
    /// What `value` is counted in.
    public var unit: String
    /// The least and the greatest value there can be; `nil` where nothing bounds it.
    public var least: Double?
    public var greatest: Double?
    /// What it adds to each probability; `nil` where the fit does not read it.
    public var confidence: Part?
    public var answerable: Part?

    /// A feature's part in a fit: contribution = weight · (value within `low`…`high` − mean) / scale, in log-odds.
    public struct Part: Sendable, Equatable {
        public var weight: Double
        public var mean: Double
        public var scale: Double
        /// A value beyond is taken as the limit.
        public var low: Double?
        public var high: Double?
        public var contribution: Double
    }
}

/// constant + Σ contributions = log-odds → fitted probability → what is said.
public struct LogOddsSum: Sendable, Equatable {
    /// What holds whatever one question's fitted probability is.
    public enum Rule: String, Sendable {
        /// No article has the code that the question names: it is at most a constant.
        case unknownCode = "unknown_code"
        /// A person said that this article answers this question: it is at least a constant.
        case judgedRight = "judged_right"
        /// No question behind the fit was so far from every article: what the base itself says holds where it is less.
        case beyondReach = "beyond_reach"
        /// What the first document answers some document answers.
        case atLeastConfidence = "at_least_confidence"
        /// Nothing matched, so nothing is said.
        case noAnswer = "no_answer"
    }

    public struct Step: Sendable, Equatable {
        public var rule: Rule
        /// The probability after it.
        public var probability: Double
    }

    public var constant: Double
    public var logOdds: Double
    /// Of the log-odds, before any rule.
    public var fitted: Double
    /// Rules that changed it, in their order.
    public var steps: [Step] = []

    /// What the answer says.
    public var probability: Double { steps.last?.probability ?? fitted }

    mutating func apply(_ rule: Rule, _ probability: Double) {
        if probability != self.probability { steps.append(Step(rule: rule, probability: probability)) }
    }
}

extension CalibrationModel {
    /// What one measurement adds; `nil` where this model does not read it.
    fileprivate func part(of feature: EvidenceFeature, _ evidence: Evidence) -> Feature.Part? {
        terms.first { $0.feature == feature }.map {
            Feature.Part(
                weight: $0.weight, mean: $0.mean, scale: $0.scale, low: $0.low, high: $0.high,
                contribution: contribution($0, evidence))
        }
    }

    fileprivate func sum(_ evidence: Evidence) -> LogOddsSum {
        let logOdds = logOdds(evidence)
        return LogOddsSum(constant: intercept, logOdds: logOdds, fitted: LogOdds.probability(logOdds))
    }
}

extension CalibrationFit {
    /// Both probabilities with all their parts.
    func explanation(_ evidence: Evidence) -> Explanation {
        var out = Explanation(
            features: evidence.named.map { feature, value in
                Feature(
                    name: feature.rawValue, value: value, unit: feature.unit, least: feature.range.least,
                    greatest: feature.range.greatest, confidence: confidence.part(of: feature, evidence),
                    answerable: answerable.part(of: feature, evidence))
            }, confidence: confidence.sum(evidence), answerable: answerable.sum(evidence))
        if let beyond = beyondReach(evidence) {
            out.confidence.apply(.beyondReach, min(out.confidence.probability, beyond.confidence))
            out.answerable.apply(.beyondReach, min(out.answerable.probability, beyond.answerable))
        }
        out.answerable.apply(
            .atLeastConfidence, max(out.confidence.probability, out.answerable.probability))
        return out
    }
}
