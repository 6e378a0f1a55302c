import Embedding

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Learns classes from example texts by their meaning and their wording: kernel ridge regression, one output a class.
///
/// The likeness of two texts is exp(2 (cos − 1)) of their vectors plus half the inner product of their `TextGrams`;
/// measured in benchmarks/results/policy.md.
struct ExampleClassifier: Sendable {
    struct Example: Sendable {
        var text: String
        /// Places of its classes; none for what belongs to none.
        var classes: [Int]
    }

    static let sharpness: Float = 2
    static let wordingShare: Float = 0.5
    static let penalty: Float = 0.1

    let classCount: Int
    private let vectors: Matrix  // (n, d)
    let weights: Matrix  // (classes, n)
    private let postings: [UInt32: [(row: Int32, weight: Float)]]

    /// - Parameter vectors: n x d, unit rows.
    /// - Parameter weights: classes x n of an earlier fit to the same examples; without, they are fitted.
    /// - Returns: `nil` with no example.
    init?(_ examples: [Example], vectors: Matrix, classCount: Int, weights: Matrix? = nil) {
        guard !examples.isEmpty, classCount > 0 else { return nil }
        self.vectors = vectors
        self.classCount = classCount
        let grams = examples.map { TextGrams($0.text) }
        postings = Self.postings(grams)
        if let weights {
            self.weights = weights
            return
        }
        var kernel = Self.meaning(vectors.products(with: vectors))
        Self.addWording(grams, postings, share: Self.wordingShare, into: &kernel)
        var targets = Matrix(
            rows: examples.count, columns: classCount,
            values: [Float](repeating: -1, count: examples.count * classCount))
        for (row, example) in examples.enumerated() { for column in example.classes { targets[row, column] = 1 } }
        guard let weights = KernelRidge.solve(kernel: kernel, penalty: Self.penalty, targets: targets) else {
            return nil
        }
        self.weights = weights
    }

    /// One score a class: near 1 for what is like its examples, near −1 for what is not.
    func scores(_ vector: some Collection<Float>, _ grams: TextGrams) -> [Float] {
        var likeness = vectors.values.withUnsafeBufferPointer { VectorIndex.scores(of: $0, question: Array(vector)) }
        for i in likeness.indices { likeness[i] = expf(Self.sharpness * (likeness[i] - 1)) }
        for entry in grams.entries {
            for posting in postings[entry.hash] ?? [] {
                likeness[Int(posting.row)] += Self.wordingShare * entry.weight * posting.weight
            }
        }
        return weights.values.withUnsafeBufferPointer { VectorIndex.scores(of: $0, question: likeness) }
    }

    // MARK: - Kernel

    static func meaning(_ cosines: consuming Matrix) -> Matrix {
        for i in cosines.values.indices { cosines.values[i] = expf(sharpness * (cosines.values[i] - 1)) }
        return cosines
    }

    static func postings(_ grams: [TextGrams]) -> [UInt32: [(row: Int32, weight: Float)]] {
        var postings: [UInt32: [(row: Int32, weight: Float)]] = [:]
        for (row, text) in grams.enumerated() {
            for entry in text.entries { postings[entry.hash, default: []].append((Int32(row), entry.weight)) }
        }
        return postings
    }

    static func addWording(
        _ grams: [TextGrams], _ postings: [UInt32: [(row: Int32, weight: Float)]], share: Float,
        into kernel: inout Matrix
    ) {
        let n = kernel.columns
        kernel.values.withUnsafeMutableBufferPointer { values in
            for (row, text) in grams.enumerated() {
                for entry in text.entries {
                    let scaled = share * entry.weight
                    for posting in postings[entry.hash] ?? [] {
                        values[row * n + Int(posting.row)] += scaled * posting.weight
                    }
                }
            }
        }
    }
}
