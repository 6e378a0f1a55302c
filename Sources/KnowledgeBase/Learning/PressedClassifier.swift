import Embedding

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An `ExampleClassifier` pressed into few numbers that the program carries.
///
/// Score of a class = Σ over landmarks of β exp(2 (cos − 1)) + Σ over the text's `TextGrams` of w: near 1 for what is like the examples
/// of the class, near −1 for what is not.
struct PressedClassifier: Sendable {
    let landmarks: PackedMatrix  // (m, d)
    let landmarkWeights: PackedMatrix  // (classes, m)
    let wording: PackedMatrix  // (buckets, classes)

    /// - Parameter vector: unit vector of the encoder that the landmarks were made with.
    /// - Complexity: m x d multiply-adds, some microseconds.
    func scores(_ vector: [Float], _ grams: TextGrams) -> [Float] {
        var likeness = landmarks.products(vector)
        for i in likeness.indices { likeness[i] = expf(ExampleClassifier.sharpness * (likeness[i] - 1)) }
        var scores = landmarkWeights.products(likeness)
        Self.add(wording, grams, to: &scores)
        return scores
    }

    /// What the wording adds. Buckets are a power of two.
    static func add(_ wording: PackedMatrix, _ grams: TextGrams, to scores: inout [Float]) {
        for entry in grams.entries {
            let bucket = Int(entry.hash) & (wording.rows - 1)
            for k in scores.indices { scores[k] += entry.weight * wording[bucket, k] }
        }
    }
}

/// The numbers of a `PressedClassifier` while it is trained: kernel ridge regression over all examples, then landmarks for their
/// meaning and hashed weights for their wording. Deterministic.
struct PressedWeights {
    var landmarks: Matrix
    var landmarkWeights: Matrix  // (classes, m)
    var wording: [Float]  // (buckets, classes)
    /// The same for texts without a vector; empty where nobody asked for it.
    var wordingAlone: [Float]

    private var classes: Int { landmarkWeights.rows }

    /// - Parameter vectors: (n, d), unit rows.
    /// - Parameter targets: (n, classes): 1 for what is of the class, −1 for what is not.
    /// - Parameter buckets: of the wording, a power of two.
    /// - Parameter alone: also fits weights for texts without a vector.
    static func fit(
        vectors x: Matrix, grams: [TextGrams], targets: Matrix, landmarks count: Int, buckets: Int, alone: Bool
    ) -> PressedWeights {
        let postings = ExampleClassifier.postings(grams)
        let meaning = ExampleClassifier.meaning(x.products(with: x))
        var kernel = meaning
        ExampleClassifier.addWording(grams, postings, share: ExampleClassifier.wordingShare, into: &kernel)
        let both = KernelRidge.solve(kernel: kernel, penalty: ExampleClassifier.penalty, targets: targets)!
        let (landmarks, beta) = press(meaning, x, both, count: count)
        var wordingAlone: [Float] = []
        if alone {
            kernel = Matrix(rows: x.rows, columns: x.rows)
            ExampleClassifier.addWording(grams, postings, share: 1, into: &kernel)
            let weights = KernelRidge.solve(kernel: kernel, penalty: 2 * ExampleClassifier.penalty, targets: targets)!
            wordingAlone = hashed(weights, grams, share: 1, buckets: buckets)
        }
        return PressedWeights(
            landmarks: landmarks, landmarkWeights: beta,
            wording: hashed(both, grams, share: ExampleClassifier.wordingShare, buckets: buckets),
            wordingAlone: wordingAlone)
    }

    func scores(_ vector: some Collection<Float>, _ grams: TextGrams) -> [Float] {
        let likeness = ExampleClassifier.meaning(
            Matrix(rows: 1, columns: vector.count, values: Array(vector)).products(with: landmarks))
        var scores = likeness.products(with: landmarkWeights).values
        add(wording, grams, to: &scores)
        return scores
    }

    func scoresByWording(_ grams: TextGrams) -> [Float] {
        var scores = [Float](repeating: 0, count: classes)
        add(wordingAlone, grams, to: &scores)
        return scores
    }

    private func add(_ weights: [Float], _ grams: TextGrams, to scores: inout [Float]) {
        let buckets = weights.count / classes
        for entry in grams.entries {
            let start = (Int(entry.hash) & (buckets - 1)) * classes
            for k in scores.indices { scores[k] += entry.weight * weights[start + k] }
        }
    }

    /// The declarations of a Swift file.
    var source: String {
        let parts = [
            PackedMatrix.source("landmarkWeights", landmarkWeights.rows, landmarkWeights.values),
            PackedMatrix.source("landmarks", landmarks.rows, landmarks.values),
            PackedMatrix.source("wording", wording.count / classes, wording),
        ]
        let alone =
            wordingAlone.isEmpty
            ? [] : [PackedMatrix.source("wordingAlone", wordingAlone.count / classes, wordingAlone)]
        return (parts + alone).joined(separator: "\n")
    }

    private static func hashed(_ alpha: Matrix, _ grams: [TextGrams], share: Float, buckets: Int) -> [Float] {
        let classes = alpha.rows
        var weights = [Float](repeating: 0, count: buckets * classes)
        for (row, text) in grams.enumerated() {
            for entry in text.entries {
                let bucket = Int(entry.hash) & (buckets - 1)
                for k in 0..<classes { weights[bucket * classes + k] += share * alpha[k, row] * entry.weight }
            }
        }
        return weights
    }

    // MARK: - Landmarks

    /// What the examples' weights contribute by meaning, reproduced from a few landmarks.
    ///
    /// - Parameter meaning: the kernel (n, n) of the rows of `x`.
    /// - Returns: the landmarks (m, d) and their weights (classes, m).
    static func press(_ meaning: Matrix, _ x: Matrix, _ weights: Matrix, count: Int) -> (Matrix, Matrix) {
        let chosen = Self.landmarks(meaning, min(count, x.rows))
        let landmarks = Matrix(rows: chosen.count, columns: x.columns, values: chosen.flatMap { x[$0] })
        let part = weights.products(with: meaning)  // (classes, n); the kernel is symmetric
        let phi = ExampleClassifier.meaning(landmarks.products(with: x))  // (m, n)
        let normal = phi.products(with: phi)
        let right = part.products(with: phi)  // (classes, m)
        var columns = Matrix(rows: chosen.count, columns: right.rows)
        for k in 0..<right.rows { for m in 0..<chosen.count { columns[m, k] = right[k, m] } }
        let scale = (0..<normal.rows).reduce(Float(0)) { $0 + normal[$1, $1] } / Float(normal.rows)
        return (landmarks, KernelRidge.solve(kernel: normal, penalty: scale * 1e-5, targets: columns)!)
    }

    /// Pivoted Cholesky: each landmark is the example that those before explain least.
    private static func landmarks(_ kernel: Matrix, _ count: Int) -> [Int] {
        let n = kernel.rows
        var left = (0..<n).map { kernel[$0, $0] }
        var chosen: [Int] = []
        var columns: [[Float]] = []
        for _ in 0..<count {
            guard let pivot = left.indices.max(by: { (left[$0], $1) < (left[$1], $0) }), left[pivot] > 1e-6 else {
                break
            }
            let root = left[pivot].squareRoot()
            var column = Array(kernel[pivot])
            for earlier in columns {
                let factor = earlier[pivot]
                for i in 0..<n { column[i] -= factor * earlier[i] }
            }
            for i in 0..<n {
                column[i] /= root
                left[i] = max(0, left[i] - column[i] * column[i])
            }
            left[pivot] = 0
            columns.append(column)
            chosen.append(pivot)
        }
        return chosen
    }
}
