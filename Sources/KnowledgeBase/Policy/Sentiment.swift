/// The mood of a message by its words: −1 (angry) to 1 (pleased). Rough, and off unless the policy switches it on.
enum Sentiment {
    /// (pleased − annoyed) / (pleased + annoyed + 2), so that one word alone says little; ±0.33 for one, ±0.6 for three.
    static func score(_ text: FoldedText) -> Double {
        var good = 0.0
        var bad = 0.0
        var negated = 0
        for word in text.words {
            if word.isEnd {
                negated = 0
                continue
            }
            if negators.contains(word.text) {
                negated = 3
                continue
            }
            if annoyed.contains(word.text) {
                if negated > 0 { good += 0.5 } else { bad += 1 }
            } else if pleased.contains(word.text) {
                if negated > 0 { bad += 1 } else { good += 1 }
            }
            negated = max(0, negated - 1)
        }
        return (good - bad) / (good + bad + 2)
    }

    /// The probability that a message of this value is displeased: a logistic fit on 7,406 tweets to airlines (AUROC .73,
    /// benchmarks/results/triage.md), moved to one displeased message in four.
    static func displeased(_ value: Double) -> Double { LogOdds.probability(-5.17 * value - 1.0) }

    private static func set(_ words: String) -> Set<String> { Set(words.pieces(" ").map(String.init)) }
    private static let negators = set(
        "not no never dont doesnt didnt isnt wasnt cant cannot wont without hardly barely nothing")
    private static let annoyed = set(
        "angry annoyed annoying annoys awful bad broken crap disappointed disappointing disaster disgusted disgusting "
            + "dreadful fail failed failing fails frustrated frustrating frustration furious garbage hate horrible horrendous "
            + "hopeless ignored incompetent insane insulting joke lies lying mess misleading nightmare pathetic pissed poor "
            + "ridiculous rubbish rude scam shame shameful shocking sick slow stupid sucks terrible terribly tired ugly "
            + "unacceptable unbelievable unhappy unhelpful unprofessional unreliable upset upsetting useless waste wasted wasting "
            + "worse worst worthless wtf lost stuck delayed again still third")
    private static let pleased = set(
        "amazing appreciate appreciated awesome best brilliant excellent fantastic glad good grateful great happy helpful "
            + "impressed kind love loved lovely nice perfect perfectly pleased superb thank thanks thankful wonderful works worked thx"
    )
}
