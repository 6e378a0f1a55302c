import Embedding

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A ticket or marked question that is known to be resolved by some articles.
struct ResolvedExample: Sendable {
    /// Document row id of the ticket; negative row id of a mark.
    var id: Int64
    /// Unit vector of the question.
    var vector: [Float]
    /// Articles with the moment each became known, unix ms.
    var articles: [(document: Int64, at: Int64?)]
}

/// What resolved tickets say about a question, by article.
struct LearnedScores: Sendable {
    struct Entry: Sendable {
        /// What the parts add to the ranking score.
        var head = 0.0
        var vote = 0.0
        /// Probability-like share of the neighbours' votes, 0…1.
        var share = 0.0
        /// Tickets that link it; marks are none.
        var links = 0
        /// Examples that were alike enough to be named, nearest first.
        var voters: [(id: Int64, cosine: Double)] = []
    }

    var entries: [Int64: Entry] = [:]
    /// Examples known.
    var count = 0
    /// Resolved examples an article has on average, of those that have any.
    var averageLinks = 0.0
    /// The head's largest output before it is weighted.
    var bestHead = 0.0
    /// Nearest resolved examples with the articles known to have resolved them, nearest first.
    var nearest: [(id: Int64, cosine: Double, articles: [Int64])] = []

    /// The `count` articles they speak for most.
    func best(_ count: Int) -> [Int64] {
        entries.sorted { ($1.value.head + $1.value.vote, $0.key) < ($0.value.head + $0.value.vote, $1.key) }
            .prefix(count).map(\.key)
    }
}

/// The two additive parts that resolved tickets bring to a ranking: a linear head and a vote of neighbours.
///
/// Pure and deterministic. Exactly nothing without examples.
struct ResolutionModel: Sendable {
    let dimension: Int
    /// Resolved examples known.
    var count = 0
    /// Articles that resolved something, in the order they first did.
    var articles: [Int64] = []
    /// How many examples each article resolved.
    var resolved: [Int] = []
    /// The head: one row an article, for a question less the mean one. `nil` with fewer than two examples.
    var head: (weights: Matrix, mean: [Float])?
    /// Examples that vote, oldest first, with their vectors and the places of their articles.
    var voterIDs: [Int64] = []
    var voterRows: QuantizedRows
    var voterArticles: [[Int]] = []
    /// When each became known, in days since 1970; `nil` where nobody knows.
    var voterDays: [Int?] = []

    init(dimension: Int) {
        self.dimension = dimension
        voterRows = QuantizedRows(dimension: dimension)
    }

    /// - Parameter question: unit vector.
    /// - Complexity: (articles + voters) x dimension multiply-adds.
    func scores(_ question: [Float]) -> LearnedScores {
        var out = LearnedScores()
        let n = Double(count)
        guard count > 0 else { return out }
        out.count = count
        out.averageLinks = n / Double(max(1, articles.count))
        let trust = n / (n + LearningDefaults.trustHalf)
        if let head {
            let centred = zip(question, head.mean).map(-)
            let values = head.weights.values.withUnsafeBufferPointer { VectorIndex.scores(of: $0, question: centred) }
            out.bestHead = Double(values.max() ?? 0)
            for (column, value) in values.enumerated() {
                out.entries[articles[column], default: .init()].head =
                    trust * LearningDefaults.headWeight * support(column) * Double(value)
            }
        }
        let first = max(0, voterIDs.count - LearningDefaults.maximumVoters)
        let cosines = voterRows.scores(question, from: first)
        var total = 0.0
        var votes = [Double](repeating: 0, count: articles.count)
        var links = [Int](repeating: 0, count: articles.count)
        var named: [(place: Int, cosine: Double)] = []
        var nearest = [(place: Int, cosine: Float)?](repeating: nil, count: articles.count)
        let halving = log(2) / LearningDefaults.voteHalfLife
        let newest = voterDays.reduce(0) { max($0, $1 ?? 0) }
        for (i, cosine) in cosines.enumerated() where !voterArticles[first + i].isEmpty {
            let age = Double(newest - (voterDays[first + i] ?? newest))
            let weight = exp(
                LearningDefaults.voteSharpness * (Double(cosine) - 1) - age * halving)
            total += weight
            for column in voterArticles[first + i] {
                votes[column] += weight
                if cosine > nearest[column]?.cosine ?? -1 { nearest[column] = (first + i, cosine) }
                // A mark says that an answer was right, not that helpers paste the article everywhere.
                if voterIDs[first + i] > 0 { links[column] += 1 }
            }
            if Double(cosine) >= LearningDefaults.namedCosine { named.append((first + i, Double(cosine))) }
        }
        let floor =
            exp(LearningDefaults.voteSharpness * (LearningDefaults.voteFloorCosine - 1)) * LearningDefaults.voteDamping
            / n
        for (column, vote) in votes.enumerated() where vote > 0 {
            let share = vote / (total + floor)
            out.entries[articles[column], default: .init()].share = share
            out.entries[articles[column]]!.links = links[column]
            out.entries[articles[column]]!.vote =
                trust * LearningDefaults.voteWeight * support(column) * share.squareRoot()
        }
        named.sort { $0.cosine != $1.cosine ? $0.cosine > $1.cosine : $0.place < $1.place }
        for (place, cosine) in named.prefix(50) {
            if out.nearest.count < 5 {
                out.nearest.append((voterIDs[place], cosine, voterArticles[place].map { articles[$0] }))
            }
            for column in voterArticles[place] {
                out.entries[articles[column]]?.voters.append((voterIDs[place], cosine))
            }
        }
        // What adds to a score has a name, though no ticket is much like the question.
        for (column, nearest) in nearest.enumerated() {
            guard let nearest, let entry = out.entries[articles[column]], entry.voters.isEmpty,
                entry.head + entry.vote >= LearningDefaults.namedScore
            else { continue }
            out.entries[articles[column]]!.voters = [(voterIDs[nearest.place], Double(nearest.cosine))]
        }
        return out
    }
}

extension ResolutionModel {
    /// How far what is known of an article may be believed, 0…1: one ticket may be an agent's slip, ten are none.
    private func support(_ column: Int) -> Double {
        let n = Double(resolved[column]) + LearningDefaults.supportPrior
        return n / (n + LearningDefaults.supportHalf)
    }
}

/// Builds a model example by example.
struct ResolutionLearner: Sendable {
    private(set) var model: ResolutionModel
    private var ridge: RidgeRegression
    private var columns: [Int64: Int] = [:]
    private var places: [Int64: Int] = [:]
    /// The examples' vectors as they are; the model votes by rounded ones.
    private var vectors: [Float] = []
    private var isStale = false

    /// - Parameter centroids: every article with the centroid of its passages.
    init(dimension: Int, centroids: [(article: Int64, vector: [Float])]) {
        model = ResolutionModel(dimension: dimension)
        ridge = RidgeRegression(dimension: dimension, penalty: LearningDefaults.ridgePenalty)
        guard !centroids.isEmpty, centroids.count <= LearningDefaults.maximumSelfExamples else { return }
        for (column, centroid) in centroids.enumerated() {
            model.articles.append(centroid.article)
            model.resolved.append(0)
            columns[centroid.article] = column
        }
        ridge.setPrior(
            Matrix(rows: centroids.count, columns: dimension, values: centroids.flatMap(\.vector)),
            weight: min(
                LearningDefaults.selfExampleWeight, LearningDefaults.selfExampleMass / Double(centroids.count)))
    }

    /// Adds that an article resolved an example.
    ///
    /// - Parameter moment: when it became known, unix ms.
    mutating func add(_ id: Int64, _ vector: [Float], article: Int64, at moment: Int64?) {
        let day = moment.map { Int($0 / 86_400_000) }
        let column = columns[article] ?? model.articles.count
        if column == model.articles.count {
            columns[article] = column
            model.articles.append(article)
            model.resolved.append(0)
        }
        if let place = places[id] {
            guard !model.voterArticles[place].contains(column) else { return }
            model.voterArticles[place].append(column)
            model.voterDays[place] = [day, model.voterDays[place]].compactMap { $0 }.max()
        } else {
            places[id] = model.voterIDs.count
            model.voterIDs.append(id)
            model.voterRows.append(vector)
            vectors += vector
            model.voterArticles.append([column])
            model.voterDays.append(day)
            ridge.addInput(vector)
        }
        ridge.addOutput(column, of: vector)
        model.resolved[column] += 1
        isStale = true
    }

    /// Brings the head up to date with the examples. Cost: some milliseconds after a change, nothing otherwise.
    mutating func solve() {
        guard isStale else { return }
        model.count = ridge.count
        model.head = ridge.solve()
        isStale = false
    }

    func contains(_ id: Int64) -> Bool { places[id] != nil }

    /// The model without one example: for a question that is itself a resolved ticket.
    func modelWithout(_ id: Int64) -> ResolutionModel {
        guard let place = places[id] else { return model }
        var copy = self
        let d = model.dimension
        let vector = Array(vectors[place * d..<(place + 1) * d])
        copy.ridge.addInput(vector, sign: -1)
        for column in model.voterArticles[place] {
            copy.ridge.addOutput(column, of: vector, sign: -1)
            copy.model.resolved[column] -= 1
        }
        copy.model.voterArticles[place] = []
        copy.isStale = true
        copy.solve()
        return copy.model
    }
}
