/// The measurements behind a confidence, by the names that `--explain` prints and a stored fit refers to.
///
/// All are absolute: none is a rank or normalised per question, for those cannot say that nothing answers.
public enum EvidenceFeature: String, CaseIterable, Sendable, Codable {
    /// Cosine of the question and the first document's best passage, −1…1.
    case bestCosine = "best_cosine"
    /// The dense leg's best score over all documents, −1…1 (.4 best passage + .2 second + .4 centroid).
    case denseBest = "dense_best"
    /// How far `denseBest` stands above the base's own background for this question, in standard deviations of all
    /// documents' dense scores; 0 with fewer than two documents.
    case densePlace = "dense_place"
    /// Ranking score of the first document minus that of the second, ≥ 0.
    case gap
    /// Log-odds of the first document's share in softmax(15 · score) over all documents, about −7…20.
    case firstShare = "first_share"
    /// Share of the question's IDF mass whose terms stand in the cited document's best passage, 0…1.
    case termShare = "term_share"
    /// 1 when the first document is first in both legs, .5 in one, 0 in none.
    case agreement
    /// Square root of the vote share of similar resolved tickets for the first document, 0…1.
    case vote
    /// ln of (1 + resolved tickets linked to the first document) / (1 + the average article's), about −5…5: frequent
    /// articles are over-predicted. Relative, for counts grow with time: absolute ones cost .01 in ECE.
    case links
    /// The largest output of the head learned from resolved tickets, about −.2…1.
    case headBest = "head_best"
    /// Log-odds of how often the first document was right when it came first before, −3.9…3.9.
    case track
    /// How much more often than on average the first document was right for questions like this one; log-odds.
    case local
    /// As `track`, with questions that ended without any article counted as wrong.
    case trackAnswerable = "track_answerable"
    /// How much more often than on average questions like this one ended with an existing article; log-odds.
    case localAnswerable = "local_answerable"
    /// Cosine of the nearest past question that ended without an article, −1…1; 0 where none is known.
    case nearestUnresolved = "nearest_unresolved"
    /// Words of the question that are searched, 0…64.
    case length
    /// Share of the question's letters in scripts that the cited document does not use, 0…1.
    case foreignScript = "foreign_script"
    /// Days since the cited document was updated, as it says itself, else since its content last changed here; ≥ 0.
    case sourceAge = "source_age"
    /// The draft's grade, 0…1; absent where nothing grades.
    case draftGrade = "draft_grade"

    /// The features that only past labelled questions can give.
    static let fromHistory: [EvidenceFeature] = [
        .track, .local, .trackAnswerable, .localAnswerable, .nearestUnresolved,
    ]

    /// What its values are counted in.
    public var unit: String {
        switch self {
        case .bestCosine, .nearestUnresolved: "cosine"
        case .denseBest, .gap: "score"
        case .densePlace: "standard deviations"
        case .firstShare, .track, .local, .trackAnswerable, .localAnswerable: "log-odds"
        case .termShare, .agreement, .foreignScript, .draftGrade: "share"
        case .vote: "square root of a share"
        case .links: "log of a ratio"
        case .headBest: "output of the head"
        case .length: "words"
        case .sourceAge: "days"
        }
    }

    /// The least and the greatest value there can be; `nil` where nothing bounds it.
    public var range: (least: Double?, greatest: Double?) {
        let share = LogOdds.of(1 - CalibrationDefaults.shareClip)
        return switch self {
        case .bestCosine, .denseBest, .nearestUnresolved: (-1, 1)
        case .densePlace, .gap, .sourceAge: (0, nil)
        // How far down depends on how many documents there are.
        case .firstShare: (nil, -LogOdds.logarithm(ScoreField.leastRest))
        case .termShare, .agreement, .vote, .foreignScript, .draftGrade: (0, 1)
        case .links, .headBest: (nil, nil)
        case .track, .trackAnswerable: (-share, share)
        // A difference of two.
        case .local, .localAnswerable: (-2 * share, 2 * share)
        case .length: (0, Double(RetrievalDefaults.maximumTerms))
        }
    }
}
