import Embedding

/// Two fitted probabilities with what they were made from.
public struct CalibrationFit: Sendable, Equatable, Codable {
    public var source: CalibrationSummary.Source
    /// Labelled questions in it.
    public var count: Int
    /// Share of answerable questions it is made for.
    public var share: Double
    public var confidence: CalibrationModel
    public var answerable: CalibrationModel
    /// Where labelled questions were fitted: how far they reach.
    public var reach: Reach?

    /// Of questions that are further from every article than those of the fit it can say nothing: below their cosines another fit, which
    /// has seen such questions, speaks too, and the lower probability holds.
    public struct Reach: Sendable, Equatable, Codable {
        /// `dense_best` that 99 in 100 of the fit's questions reach.
        public var leastCosine: Double
        public var confidence: CalibrationModel
        public var answerable: CalibrationModel
    }

    /// For a base that has nothing of its own yet: logit = .4 (10 dense_best + .6 first_share − 8) that something
    /// answers, and as much less for the first document as it lacks of the whole softmax.
    ///
    /// From two public help centres (research, stage 2, part 3); its odds are for as many answerable questions as not.
    static func prior(share: Double) -> CalibrationFit {
        func model(_ intercept: Double, dense: Double, share: Double) -> CalibrationModel {
            CalibrationModel(
                intercept: intercept,
                terms: [
                    .init(feature: .denseBest, mean: 0, scale: 1, weight: dense),
                    .init(feature: .firstShare, mean: 0, scale: 1, weight: share, low: -4.595, high: 4.595),
                ])
        }
        let shift = CalibrationModel.shift(fromShare: 0.5, to: share)
        return CalibrationFit(
            source: .prior, count: 0, share: share,
            confidence: model(-3.2, dense: 3.2, share: 0.5).rescaled(offset: shift),
            answerable: model(-3.2, dense: 4, share: 0.24).rescaled(offset: shift))
    }

    /// Both probabilities. What the first document answers some document answers: `answerable` is never the smaller.
    func probabilities(_ evidence: Evidence) -> (confidence: Double, answerable: Double) {
        var confidence = self.confidence.probability(evidence)
        var answerable = self.answerable.probability(evidence)
        if let beyond = beyondReach(evidence) {
            confidence = min(confidence, beyond.confidence)
            answerable = min(answerable, beyond.answerable)
        }
        return (confidence, max(confidence, answerable))
    }

    /// The most that may be said of a question that none behind the fit was like; `nil` within their reach.
    func beyondReach(_ evidence: Evidence) -> (confidence: Double, answerable: Double)? {
        guard let reach, let cosine = evidence[.denseBest], cosine < reach.leastCosine else { return nil }
        return (reach.confidence.probability(evidence), reach.answerable.probability(evidence))
    }

    /// The fit with the reach of its questions; beyond it `other` speaks.
    func reaching(_ evidence: [Evidence], else other: CalibrationFit) -> CalibrationFit {
        let cosines = evidence.compactMap { $0[.denseBest] }.sorted()
        guard !cosines.isEmpty else { return self }
        var out = self
        out.reach = Reach(
            leastCosine: cosines[Int(Double(cosines.count) * CalibrationDefaults.beyondReach)],
            confidence: other.confidence, answerable: other.answerable)
        return out
    }
}

extension CalibrationFit {
    /// What `JSONEncoder` wrote of it.
    init(json: JSONValue) throws {
        guard let source = (json["source"]?.text).flatMap(CalibrationSummary.Source.init(rawValue:)),
            let count = json["count"]?.int, let share = json["share"]?.double,
            let confidence = json["confidence"], let answerable = json["answerable"]
        else { throw JSONError(reason: "a calibration lacks one of its numbers", offset: 0) }
        self.init(
            source: source, count: count, share: share, confidence: try CalibrationModel(json: confidence),
            answerable: try CalibrationModel(json: answerable))
        // Fits of earlier versions have none.
        if let reach = json["reach"], let cosine = reach["leastCosine"]?.double, let confidence = reach["confidence"],
            let answerable = reach["answerable"]
        {
            self.reach = Reach(
                leastCosine: cosine, confidence: try CalibrationModel(json: confidence),
                answerable: try CalibrationModel(json: answerable))
        }
    }
}

extension CalibrationModel {
    fileprivate init(json: JSONValue) throws {
        guard let intercept = json["intercept"]?.double, let terms = json["terms"]?.array else {
            throw JSONError(reason: "a calibration's model lacks its numbers", offset: 0)
        }
        self.init(
            intercept: intercept,
            terms: try terms.map { term in
                guard let feature = (term["feature"]?.text).flatMap(EvidenceFeature.init(rawValue:)),
                    let mean = term["mean"]?.double, let scale = term["scale"]?.double,
                    let weight = term["weight"]?.double
                else { throw JSONError(reason: "a calibration's term lacks its numbers", offset: 0) }
                return Term(
                    feature: feature, mean: mean, scale: scale, weight: weight, low: term["low"]?.double,
                    high: term["high"]?.double)
            })
    }
}
