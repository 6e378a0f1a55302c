/// A fit to a base that has only itself (research, stage 2, part 3).
///
/// Titles against their masked twins give the direction; then titles and sentences give one slope and one intercept,
/// since titles alone make too steep an opinion; then the odds, even among twins, move to the assumed share.
enum SelfFit {
    /// - Returns: `nil` when the questions do not hold enough of both kinds.
    static func fit(_ questions: [SelfQuestion], share: Double) -> CalibrationFit? {
        guard
            let answerable = model(questions, share: share, label: { _ in true }),
            let confidence = model(questions, share: share, label: \.isFirst)
        else { return nil }
        return CalibrationFit(
            source: .`self`, count: questions.count, share: share, confidence: confidence, answerable: answerable)
    }

    /// Predictions for each question and its twin by a fit to the other half of the documents: what holds back.
    static func heldBack(_ questions: [SelfQuestion]) -> (probabilities: [Double], outcomes: [Bool])? {
        let documents = Array(Set(questions.map(\.document))).sorted()
        let even = Set(documents.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element))
        var out: (probabilities: [Double], outcomes: [Bool]) = ([], [])
        for half in [true, false] {
            let known = questions.filter { even.contains($0.document) != half }
            guard let fit = fit(known, share: 0.5) else { return nil }
            for question in questions where even.contains(question.document) == half {
                out.probabilities += [
                    fit.answerable.probability(question.present), fit.answerable.probability(question.masked),
                ]
                out.outcomes += [true, false]
            }
        }
        return out
    }

    private static func model(
        _ questions: [SelfQuestion], share: Double, label: (SelfQuestion) -> Bool
    ) -> CalibrationModel? {
        func cases(_ questions: [SelfQuestion]) -> [(evidence: Evidence, label: Bool)] {
            questions.map { ($0.present, label($0)) } + questions.map { ($0.masked, false) }
        }
        let titles = cases(questions.filter(\.isTitle))
        guard titles.filter(\.label).count >= 10 else { return nil }
        let direction = CalibrationModel.fit(.retrievalOnly, titles, penalty: CalibrationDefaults.selfPenalty)
        let all = cases(questions)
        let scale = MonotoneLogistic.fit(
            rows: all.map { [direction.logOdds($0.evidence)] }, labels: all.map(\.label), signs: [1],
            penalty: CalibrationDefaults.scalePenalty)
        return direction.rescaled(
            slope: scale.weights[0],
            offset: scale.intercept + CalibrationModel.shift(fromShare: 0.5, to: share))
    }
}
