import Embedding
import FoundationEssentials

/// The vectors of a policy's example sentences, kept beside the other derived files so that a question pays for none.
///
/// File: the 8 bytes `kbexamp1`, the 32 bytes of a SHA-256 over encoder and sentences, then n · d little-endian float32.
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
    private let vectors: Matrix

    private static let mark = Array("kbexamp1".utf8)

    static func examples(_ policy: Policy) -> [(label: Label, text: String)] {
        var examples: [(Label, String)] = (TriggerExamples.person + policy.personExamples).map { (.person, $0) }
        for (topic, texts) in TriggerExamples.sensitive { examples += texts.map { (.topic(topic.rawValue), $0) } }
        for topic in policy.topics { examples += topic.examples.map { (.topic(topic.name), $0) } }
        for (intent, texts) in policy.intents.sorted(by: { $0.key < $1.key }) {
            examples += texts.map { (.intent(intent), $0) }
        }
        return examples + TriggerExamples.ordinary.map { (.ordinary, $0) }
    }

    /// Reads the file; encodes and writes it anew when it is missing or of other sentences or another encoder.
    ///
    /// A folder that cannot be written to costs the encoding each time and is no error.
    init(path: String, policy: Policy, encoder: some TextEncoder) throws {
        let examples = Self.examples(policy)
        labels = examples.map(\.label)
        texts = examples.map(\.text)
        let key = SHA256.digest(
            Array(encoder.fingerprint.utf8), [0], Array(texts.map { $0 + "\n" }.joined().utf8))
        let size = texts.count * encoder.dimension
        if let data = FileManager.default.contents(atPath: path), data.count == 40 + size * 4,
            data.prefix(8).elementsEqual(Self.mark), data.dropFirst(8).prefix(32).elementsEqual(key)
        {
            let values = [Float](unsafeUninitializedCapacity: size) { buffer, count in
                data.dropFirst(40).withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
                count = size
            }
            vectors = Matrix(rows: texts.count, columns: encoder.dimension, values: values)
            return
        }
        vectors = try encoder.encode(texts)
        var data = Data(Self.mark + key)
        vectors.values.withUnsafeBytes { data.append(contentsOf: $0) }
        try? data.write(to: URL(filePath: path), options: .atomic)
    }

    /// The nearest example of each label, with its cosine.
    func nearest(_ vector: some Collection<Float>) -> [Label: (cosine: Double, text: String)] {
        var best: [Label: (cosine: Double, text: String)] = [:]
        let vector = Array(vector)
        for row in 0..<vectors.rows {
            var sum: Float = 0
            for (i, value) in vectors[row].enumerated() { sum += value * vector[i] }
            if Double(sum) > best[labels[row]]?.cosine ?? -2 { best[labels[row]] = (Double(sum), texts[row]) }
        }
        return best
    }
}
