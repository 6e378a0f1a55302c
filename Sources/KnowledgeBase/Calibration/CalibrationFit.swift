/// Two fitted probabilities with what they were made from.
public struct CalibrationFit: Sendable, Equatable, Codable {
    public var source: CalibrationSummary.Source
    /// Labelled questions in it.
    public var count: Int
    /// Share of answerable questions it is made for.
    public var share: Double
    public var confidence: CalibrationModel
    public var answerable: CalibrationModel

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
        let confidence = self.confidence.probability(evidence)
        return (confidence, max(confidence, answerable.probability(evidence)))
    }
}
