import Embedding
import FoundationEssentials

/// The vectors of a policy's own examples and the classifier of its intents, kept beside the other derived files so that a
/// question pays for none.
///
/// File: the 8 bytes `kbexamp2`, the 32 bytes of a SHA-256 over encoder and examples, then little-endian float32: n · d of
/// the vectors and, where there are intents, (intents + 1) · n of the classifier.
struct ExampleVectors: Sendable {
    /// What an example stands for.
    enum Label: Sendable, Hashable {
        case person
        case topic(String)
        case intent(String)
        case ordinary
    }

    let labels: [Label]
    let texts: [String]
    let intents: IntentClassifier?
    private let vectors: Matrix

    private static let mark = Array("kbexamp2".utf8)

    /// Empty when the policy has none of its own: then nothing is compared.
    static func examples(_ policy: Policy) -> [(label: Label, text: String)] {
        var examples: [(Label, String)] = policy.personExamples.map { (.person, $0) }
        for topic in policy.topics { examples += topic.examples.map { (.topic(topic.name), $0) } }
        for (intent, texts) in policy.intents.sorted(by: { $0.key < $1.key }) {
            examples += texts.map { (.intent(intent), $0) }
        }
        return examples.isEmpty ? [] : examples + OrdinaryQuestions.texts.map { (.ordinary, $0) }
    }

    /// Reads the file; encodes and writes it anew when it is missing or of other examples or another encoder.
    ///
    /// A folder that cannot be written to costs the encoding each time and is no error.
    init(path: String, policy: Policy, encoder: some TextEncoder) throws {
        let examples = Self.examples(policy)
        labels = examples.map(\.label)
        texts = examples.map(\.text)
        let key = SHA256.digest(
            Array(encoder.fingerprint.utf8), [0],
            Array(examples.map { "\($0.label)\t\($0.text)\n" }.joined().utf8))
        let intentExamples = Self.intentExamples(policy, examples)
        let size = texts.count * encoder.dimension
        let classes = policy.intents.count
        let weightCount = classes == 0 ? 0 : classes * intentExamples.count
        if let data = FileManager.default.contents(atPath: path), data.count == 40 + (size + weightCount) * 4,
            data.prefix(8).elementsEqual(Self.mark), data.dropFirst(8).prefix(32).elementsEqual(key)
        {
            let values = [Float](unsafeUninitializedCapacity: size + weightCount) { buffer, count in
                data.dropFirst(40).withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
                count = size + weightCount
            }
            vectors = Matrix(rows: texts.count, columns: encoder.dimension, values: Array(values[..<size]))
            intents = IntentClassifier(
                policy.intents.keys.sorted(), intentExamples.map(\.example),
                vectors: Self.rows(vectors, intentExamples.map(\.row)),
                weights: Matrix(rows: classes, columns: intentExamples.count, values: Array(values[size...])))
            return
        }
        vectors = try texts.isEmpty ? Matrix(rows: 0, columns: encoder.dimension) : encoder.encode(texts)
        intents = IntentClassifier(
            policy.intents.keys.sorted(), intentExamples.map(\.example),
            vectors: Self.rows(vectors, intentExamples.map(\.row)))
        guard !texts.isEmpty else { return }
        var data = Data(Self.mark + key)
        vectors.values.withUnsafeBytes { data.append(contentsOf: $0) }
        intents?.classifier.weights.values.withUnsafeBytes { data.append(contentsOf: $0) }
        try? data.write(to: URL(filePath: path), options: .atomic)
    }

    private static func intentExamples(
        _ policy: Policy, _ examples: [(label: Label, text: String)]
    ) -> [(row: Int, example: ExampleClassifier.Example)] {
        let places = Dictionary(uniqueKeysWithValues: policy.intents.keys.sorted().enumerated().map { ($1, $0) })
        guard !places.isEmpty else { return [] }
        return examples.enumerated().compactMap { row, example in
            switch example.label {
            case .intent(let name): (row, .init(text: example.text, classes: [places[name]!]))
            case .ordinary: (row, .init(text: example.text, classes: []))
            default: nil
            }
        }
    }

    private static func rows(_ matrix: Matrix, _ rows: [Int]) -> Matrix {
        Matrix(rows: rows.count, columns: matrix.columns, values: rows.flatMap { matrix[$0] })
    }

    /// The nearest example of each label, with its cosine.
    func nearest(_ vector: some Collection<Float>) -> [Label: (cosine: Double, text: String)] {
        var best: [Label: (cosine: Double, text: String)] = [:]
        guard vectors.rows > 0 else { return best }
        let cosines = vectors.values.withUnsafeBufferPointer { VectorIndex.scores(of: $0, question: Array(vector)) }
        for (row, cosine) in cosines.enumerated() where Double(cosine) > best[labels[row]]?.cosine ?? -2 {
            best[labels[row]] = (Double(cosine), texts[row])
        }
        return best
    }
}
