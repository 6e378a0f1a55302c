/// The tensors of a `model.safetensors` file, mapped and used in place: nothing is copied, pages load when first touched.
///
/// Format: 8 bytes little-endian header length n, n bytes of JSON `{name: {dtype, shape, data_offsets}}`, then the data
/// (https://huggingface.co/docs/safetensors). Only float32 is read.
struct TransformerWeights: Sendable {
    /// Tensors of one layer; C channels, F channels of the feed-forward part. Weights are (out, in).
    struct Layer: Sendable {
        let query, key, value: Linear  // (C, C)
        let attentionOutput: Linear  // (C, C)
        let attentionNorm: Norm
        let intermediate: Linear  // (F, C)
        let output: Linear  // (C, F)
        let outputNorm: Norm
    }
    struct Linear: Sendable {
        let weight: Tensor
        let bias: Tensor
    }
    struct Norm: Sendable {
        let gain: Tensor
        let shift: Tensor
    }

    /// `count` float32 numbers in the mapped file.
    struct Tensor: @unchecked Sendable {
        // Sendable: points into read-only memory that `TransformerWeights.file` keeps mapped.
        let start: UnsafePointer<Float>
        let count: Int
    }

    let wordEmbeddings: Tensor  // (V, C)
    let positionEmbeddings: Tensor  // (P, C)
    let typeEmbedding: Tensor  // row 0 of (2, C)
    let embeddingNorm: Norm
    let layers: [Layer]
    /// Changes when the weights change; see `TransformerEncoder.fingerprint`.
    let digest: Digest
    private let file: MappedFile

    /// - Parameter known: the digest, where the caller has checked the file in another way: sampling it loads 450 pages.
    /// - Throws: `EncoderError` that names the file, the tensor and what is wrong with it.
    init(path: String, configuration: TransformerConfiguration, known: Digest? = nil) throws(EncoderError) {
        let file = try MappedFile(path: path)
        file.useLargePages()
        let table = try TensorTable(file: file)
        let c = configuration.hiddenSize
        let f = configuration.intermediateSize
        func linear(_ name: String, _ out: Int, _ into: Int) throws(EncoderError) -> Linear {
            Linear(
                weight: try table.tensor("\(name).weight", shape: [out, into]),
                bias: try table.tensor("\(name).bias", shape: [out]))
        }
        func norm(_ name: String) throws(EncoderError) -> Norm {
            Norm(
                gain: try table.tensor("\(name).weight", shape: [c]),
                shift: try table.tensor("\(name).bias", shape: [c]))
        }
        wordEmbeddings = try table.tensor(
            "embeddings.word_embeddings.weight", shape: [configuration.vocabularySize, c])
        positionEmbeddings = try table.tensor(
            "embeddings.position_embeddings.weight", shape: [configuration.positions, c])
        typeEmbedding = try table.tensor("embeddings.token_type_embeddings.weight", shape: [configuration.types, c])
        embeddingNorm = try norm("embeddings.LayerNorm")
        var layers: [Layer] = []
        for l in 0..<configuration.layers {
            let p = "encoder.layer.\(l)"
            layers.append(
                Layer(
                    query: try linear("\(p).attention.self.query", c, c),
                    key: try linear("\(p).attention.self.key", c, c),
                    value: try linear("\(p).attention.self.value", c, c),
                    attentionOutput: try linear("\(p).attention.output.dense", c, c),
                    attentionNorm: try norm("\(p).attention.output.LayerNorm"),
                    intermediate: try linear("\(p).intermediate.dense", f, c),
                    output: try linear("\(p).output.dense", c, f),
                    outputNorm: try norm("\(p).output.LayerNorm")))
        }
        self.layers = layers
        self.file = file
        if let known {
            digest = known
            return
        }
        var digest = Digest()
        digest.add(UInt64(file.bytes.count))
        digest.add(UnsafeRawBufferPointer(rebasing: file.bytes[..<table.dataStart]))
        table.sample(into: &digest)
        self.digest = digest
    }

    /// Loads the pages of all layers at once: one by one, at the first text, they cost 3 ms.
    func populate() {
        guard let first = layers.first?.query.weight, let last = layers.last?.output.weight else { return }
        // Tensors lie in the order of their names, so this spans what lies between, which are layers too.
        let places = [UnsafeRawPointer(first.start), UnsafeRawPointer(last.start + last.count)]
        file.populate(from: places.min()!, to: places.max()!)
    }
}

/// The header of a safetensors file: where each tensor lies.
struct TensorTable {
    private struct Entry {
        let dtype: String
        let shape: [Int]
        let offsets: [Int]
    }

    private let file: MappedFile
    private let entries: [String: Entry]
    /// Tensor names start with this: empty, or `bert.` when saved from a model with a head.
    private let prefix: String
    /// Where the header ends and the data starts.
    let dataStart: Int

    init(file: MappedFile) throws(EncoderError) {
        func malformed(_ reason: String) -> EncoderError { .malformed(path: file.path, reason: reason) }
        guard file.bytes.count >= 8 else {
            throw malformed("it has \(file.bytes.count) bytes; a header length takes 8")
        }
        let length = UInt64(littleEndian: file.bytes.loadUnaligned(as: UInt64.self))
        guard length <= UInt64(file.bytes.count - 8) else {
            throw malformed("its header should be \(length) bytes long but the file has \(file.bytes.count)")
        }
        dataStart = 8 + Int(length)
        guard dataStart % 4 == 0 else { throw malformed("its data starts at byte \(dataStart), not a multiple of 4") }
        guard let entries = Self.entries(file.bytes[8..<dataStart]) else {
            throw malformed("its header is not the JSON table of tensors that safetensors writes")
        }
        self.file = file
        self.entries = entries
        prefix = entries["embeddings.word_embeddings.weight"] == nil ? "bert." : ""
    }

    private static func entries(_ header: Slice<UnsafeRawBufferPointer>) -> [String: Entry]? {
        guard let members = try? JSONParser.value(header).members else { return nil }
        var entries: [String: Entry] = [:]
        entries.reserveCapacity(members.count)
        for member in members where member.key != "__metadata__" {
            guard case .string(let dtype)? = member.value["dtype"], let shape = whole(member.value["shape"]),
                let offsets = whole(member.value["data_offsets"])
            else { return nil }
            entries[member.key] = Entry(dtype: dtype, shape: shape, offsets: offsets)
        }
        return entries
    }

    private static func whole(_ list: JSONValue?) -> [Int]? {
        guard let values = list?.array else { return nil }
        let numbers = values.compactMap { if case .number = $0 { $0.int } else { nil } }
        return numbers.count == values.count ? numbers : nil
    }

    /// The tensor `name`, which must be float32 and of this shape.
    func tensor(_ name: String, shape: [Int]) throws(EncoderError) -> TransformerWeights.Tensor {
        guard let entry = entries[prefix + name] else {
            throw .malformed(
                path: file.path, reason: "it has no tensor \(name) (nor bert.\(name)), which a BERT model needs")
        }
        guard entry.dtype == "F32" else {
            throw .unsupported(
                path: file.path, setting: "dtype of \(prefix + name)", value: entry.dtype, supported: "F32")
        }
        guard entry.shape == shape else {
            throw .malformed(
                path: file.path,
                reason: "tensor \(prefix + name) has shape \(entry.shape); by config.json it should be \(shape)")
        }
        let dataCount = file.bytes.count - dataStart
        let count = shape.reduce(1, *)
        guard entry.offsets.count == 2, entry.offsets[0] >= 0, entry.offsets[0] % 4 == 0,
            entry.offsets[1] <= dataCount, entry.offsets[0] <= dataCount,
            entry.offsets[1] - entry.offsets[0] == 4 * count
        else {
            throw .malformed(
                path: file.path,
                reason: "tensor \(prefix + name) should take \(4 * count) of the \(dataCount) data bytes, but lies at "
                    + "\(entry.offsets)")
        }
        let start = file.bytes.baseAddress! + dataStart + entry.offsets[0]
        return TransformerWeights.Tensor(start: start.assumingMemoryBound(to: Float.self), count: count)
    }

    /// Adds 64 bytes of the start of every tensor and of every 256 KB of the data.
    func sample(into digest: inout Digest) {
        var places = Set(stride(from: 0, to: file.bytes.count - dataStart, by: 262_144))
        for entry in entries.values { places.insert(entry.offsets.first ?? 0) }
        for place in places.sorted() where place >= 0 && place < file.bytes.count - dataStart {
            let start = dataStart + place
            digest.add(UnsafeRawBufferPointer(rebasing: file.bytes[start..<min(start + 64, file.bytes.count)]))
        }
    }
}
