import Embedding
import FoundationEssentials
import Synchronization

/// The classifiers of triage, as built from the examples shipped and the team's.
struct TriageModels: Sendable {
    var intents: ProbableClassifier
    var types: ProbableClassifier
}

extension Engine {
    /// Builds the classifiers, or reads what was built of the same examples with the same encoder.
    func triageModels() throws -> TriageModels {
        let (encoder, policy) = (try matchingEncoder(), try policy())
        return try triageCache.withLock { cached in
            if let cached { return cached }
            let models = TriageModels(
                intents: try classifier(
                    TriageExamples.intents.merging(policy.intents) { $0 + $1 }, name: "intents", encoder),
                types: try classifier(TriageExamples.types, name: "types", encoder))
            cached = models
            return models
        }
    }

    /// Changes with how the probabilities are fitted.
    private static let triageVersion: [UInt8] = [2]

    private func classifier(
        _ examples: [String: [String]], name: String, _ encoder: TransformerEncoder
    ) throws -> ProbableClassifier {
        let names = examples.keys.sorted()
        let rows = names.indices.flatMap { place in examples[names[place]]!.map { (text: $0, place: place) } }
        let path = location.state + "/triage-\(name).f32"
        let key = SHA256.digest(
            Array(encoder.fingerprint.utf8) + Self.triageVersion,
            Array(rows.map { "\(names[$0.place])\t\($0.text)\n" }.joined().utf8))
        let (n, d, c) = (rows.count, encoder.dimension, names.count)
        let list = rows.map { ExampleClassifier.Example(text: $0.text, classes: [$0.place]) }
        // File: 32 bytes of the key, then float32: n · d vectors, c · n weights, slope, offset.
        let count = n * d + c * n + 2
        if let data = FileManager.default.contents(atPath: path), data.count == 32 + count * 4,
            data.prefix(32).elementsEqual(key)
        {
            let values = [Float](unsafeUninitializedCapacity: count) { buffer, size in
                data.dropFirst(32).withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
                size = count
            }
            let weights = Matrix(rows: c, columns: n, values: Array(values[n * d..<n * d + c * n]))
            if let known = ProbableClassifier(
                names, list, vectors: Matrix(rows: n, columns: d, values: Array(values[..<(n * d)])),
                fit: (weights, Double(values[count - 2]), Double(values[count - 1])))
            {
                return known
            }
        }
        let vectors = try encoder.encode(rows.map(\.text))
        guard let built = ProbableClassifier(names, list, vectors: vectors) else {
            throw KnowledgeBaseError.invalidArgument("No examples of \(name) to learn from.")
        }
        var data = Data(key)
        let values = vectors.values + built.weights.values + [Float(built.fitted.slope), Float(built.fitted.offset)]
        values.withUnsafeBytes { data.append(contentsOf: $0) }
        // Best effort: a folder that cannot be written to costs the encoding each time.
        try? data.write(to: URL(filePath: path), options: .atomic)
        return built
    }

    /// Reads a request.
    ///
    /// - Parameter latest: the customer's last message, whose mood counts; the whole text's where `nil`.
    func triage(
        _ item: Case, text: String, latest: String? = nil, vector: [Float], at now: Date, upTo: Int64
    ) throws -> Triage {
        let models = try triageModels()
        let limited = String(decoding: text.utf8.prefix(RetrievalDefaults.maximumQuestionBytes), as: UTF8.self)
        let (folded, grams) = (FoldedText(limited), TextGrams(limited))
        let intent = models.intents.readings(vector, grams)[0]
        let types = models.types.readings(vector, grams)
        // A ticket is of one of the types, so these do add up.
        let total = types.reduce(0) { $0 + $1.probability }
        let mood = Sentiment.score(latest.map(FoldedText.init) ?? folded)
        return Triage(
            intent: intent.probability >= 0.5 ? intent : nil,
            type: Triage.Reading(name: types[0].name, probability: total > 0 ? types[0].probability / total : 0),
            urgency: Urgency.read(
                limited, at: now, vector: UrgencyModel.knows(try matchingEncoder().fingerprint) ? vector : nil),
            mood: .init(value: mood, probability: Sentiment.displeased(mood)),
            language: LanguageGuess.guess(folded).map { .init(name: $0.language, probability: $0.share) },
            product: try product(item, folded: folded), at: now, upTo: upTo)
    }

    /// The field of the export, else a name of the team's list that stands in the text.
    private func product(_ item: Case, folded: FoldedText) throws -> Triage.Reading? {
        if let field = item.fields["product"], !field.isEmpty { return .init(name: field, probability: 1) }
        let words = folded.words.map(\.text)
        var counts: [String: Int] = [:]
        for product in try policy().desk.products {
            let wanted = FoldedText(product).words.filter { !$0.isEnd }.map(\.text)
            guard !wanted.isEmpty, words.count >= wanted.count else { continue }
            for start in 0...(words.count - wanted.count) where Array(words[start..<start + wanted.count]) == wanted {
                counts[product, default: 0] += 1
            }
        }
        guard let best = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { return nil }
        let all = counts.values.reduce(0, +)
        return .init(name: best.key, probability: Double(best.value) / Double(all))
    }
}
