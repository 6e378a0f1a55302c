import CKernels
import Synchronization

/// A sentence encoder of BERT type (all-MiniLM-L6-v2 and its relatives) in float32.
///
/// Texts are packed one after the other without padding, so that every linear layer is one matrix product over all tokens of a
/// batch and a text's vector does not depend on its neighbours. Safe to call from several threads at once.
///
/// ```swift
/// let encoder = try TransformerEncoder(folder: "models/all-MiniLM-L6-v2")
/// let vectors = try encoder.encode(["How do I add a calendar?", "Set up a new calendar"])
/// ```
public final class TransformerEncoder: TextEncoder {
    // Shapes: B texts, T tokens of a batch (all its texts), L tokens of one text, C channels, H heads, D = C / H, F channels of the
    // feed-forward part.

    public let tokenizer: WordPieceTokenizer
    public var dimension: Int { configuration.hiddenSize }
    public var maximumTokens: Int { configuration.maximumTokens }
    /// 32 hexadecimal digits over everything that decides a vector: the configuration and the tokenizer's settings, the vocabulary,
    /// and of the weights file its size, its header (names, types, shapes, places) and 64 bytes out of every tensor and of every
    /// 256 KB. Reading all 90 MB would cost more than the whole start of the program; training moves every weight, so samples from
    /// every tensor tell models apart. It is not a checksum against damage to single bytes.
    public let fingerprint: String
    /// That of the same model in float32: what was learned from its vectors holds for rounded ones too, which are near.
    public let modelFingerprint: String
    public let precision: Precision

    let configuration: TransformerConfiguration
    let weights: TransformerWeights
    let rounded: RoundedWeights?
    /// That one call may use.
    package let threads: Int
    private let pool = Mutex<[Scratch]>([])
    private let expected = Mutex<Expected?>(nil)

    /// A text that is encoded before it is asked for.
    private struct Expected: Sendable {
        let text: String
        let vector = Promise<Matrix>()
        /// A share of the work, for who waits for it.
        var help: (@Sendable () -> Void)?
    }

    /// Opens a sentence-transformers folder.
    ///
    /// - Parameter folder: holds modules.json, config.json, vocab.txt, model.safetensors and 1_Pooling/config.json.
    /// - Parameter precision: `int8` reads and rounds all weights at once, some 50 ms.
    /// - Parameter weightsDigest: see `TransformerWeights`; for weights that the caller has checked.
    /// - Parameter threads: how many threads one call may use; a server that encodes on several threads at once passes 1.
    /// - Parameter isEager: it will be used at once: its pages are loaded beside the rest.
    /// - Throws: `EncoderError` that names the file and what to do.
    /// - Complexity: a few milliseconds; the weights are mapped, not read.
    public init(
        folder: String, precision: Precision = .float32, weightsDigest: Digest? = nil,
        threads: Int = availableProcessors(), isEager: Bool = false
    ) throws {
        configuration = try TransformerConfiguration(folder: folder)
        let base = configuration.transformerFolder
        let configuration = configuration
        // What is wrong with the vocabulary is told first.
        let mapped = Result {
            try TransformerWeights(
                path: "\(base)/model.safetensors", configuration: configuration, known: weightsDigest)
        }
        if isEager, case .success(let weights) = mapped { Beside.run { weights.populate() } }
        tokenizer = try WordPieceTokenizer(
            vocabularyPath: "\(base)/vocab.txt", lowercases: configuration.lowercases,
            stripsAccents: configuration.stripsAccents, splitsIdeographs: configuration.splitsIdeographs,
            startMark: configuration.marks.start, endMark: configuration.marks.end,
            unknownMark: configuration.marks.unknown, otherMarks: configuration.marks.others)
        guard tokenizer.vocabulary.count <= configuration.vocabularySize else {
            throw EncoderError.malformed(
                path: "\(base)/vocab.txt",
                reason:
                    "it has \(tokenizer.vocabulary.count) lines but the model knows \(configuration.vocabularySize) tokens"
            )
        }
        weights = try mapped.get()
        var digest = weights.digest
        tokenizer.vocabulary.add(to: &digest)
        digest.add(
            "\(configuration.heads) \(configuration.normEpsilon) \(configuration.pooling.rawValue) \(configuration.maximumTokens) "
                + "\(tokenizer.lowercases) \(tokenizer.stripsAccents) \(tokenizer.splitsIdeographs)")
        modelFingerprint = digest.hexadecimal
        self.precision = precision
        switch precision {
        case .float32:
            fingerprint = modelFingerprint
            rounded = nil
        case .int8:
            digest.add(precision.rawValue)
            fingerprint = digest.hexadecimal
            rounded = RoundedWeights(weights, configuration)
            guard rounded != nil else {
                throw EncoderError.unsupported(
                    path: "\(base)/config.json", setting: "precision", value: precision.rawValue,
                    supported: "float32, since the widths are no multiples of 16")
            }
        }
        self.threads = max(1, threads)
    }

    /// Says that `text` will soon be asked for by itself; `encode` of it then waits for `encodeExpected`.
    package func expect(_ text: String) { expected.withLock { $0 = Expected(text: text) } }

    /// Encodes a text that will soon be asked for by itself on a thread of its own.
    ///
    /// - Parameter after: what the thread does with the vector, which may be had already.
    package func begin(_ text: String, after: @escaping @Sendable (Matrix?) -> Void) {
        expect(text)
        Beside.run { after(self.encodeExpected()) }
    }

    /// Encodes what was announced, beside whoever will ask for it.
    @discardableResult
    package func encodeExpected() -> Matrix? {
        guard let announced = expected.withLock({ $0 }) else { return nil }
        let matrix = encodeNow([announced.text]) { help in
            self.expected.withLock { $0?.help = help }
        }
        announced.vector.fulfil(.success(matrix))
        return matrix
    }

    public func encode(_ texts: [String]) throws -> Matrix {
        guard let announced = expected.withLock({ $0 }), texts == [announced.text] else { return encodeNow(texts) }
        // Who has to wait for it lends a hand.
        let help = expected.withLock { expected in
            defer { expected?.help = nil }
            return expected?.help
        }
        help?()
        let matrix = try announced.vector.wait()
        // Only now: `encodeExpected` must find what it owes.
        expected.withLock { $0 = nil }
        return matrix
    }

    private func encodeNow(_ texts: [String], invite: ((@escaping @Sendable () -> Void) -> Void)? = nil) -> Matrix {
        let encodings = texts.map {
            WordPieceTokenizer.Encoding(ids: tokenizer.encode($0, maximumTokens: maximumTokens), offsets: [])
        }
        return run(encodings, segments: nil, invite: invite).vectors
    }

    public func encode(
        _ texts: [String], segments: [[Range<Int>]]
    ) throws -> (vectors: Matrix, segmentVectors: [Matrix]) {
        guard texts.count == segments.count else {
            throw EncoderError.segmentsDoNotMatch(texts: texts.count, segmentLists: segments.count)
        }
        let encodings = texts.map { tokenizer.encodeWithOffsets($0, maximumTokens: maximumTokens) }
        return run(encodings, segments: segments)
    }

    /// Packs the texts into batches, shares these out among the threads and pools the final states.
    ///
    /// - Parameter invite: as of `Workers.together`; for one text.
    private func run(
        _ encodings: [WordPieceTokenizer.Encoding], segments: [[Range<Int>]]?,
        invite: ((@escaping @Sendable () -> Void) -> Void)? = nil
    ) -> (vectors: Matrix, segmentVectors: [Matrix]) {
        let C = dimension
        let batches = Self.pack(encodings.map(\.ids.count), threads: threads)
        // Where each text's segment rows start in one buffer for all.
        let firstSegment = (segments ?? []).reduce(into: [0]) { $0.append($0.last! + $1.count) }
        var vectors = [Float](repeating: 0, count: encodings.count * C)  // (B, C)
        var segmentRows = [Float](repeating: 0, count: firstSegment.last! * C)
        vectors.withUnsafeMutableBufferPointer { vectors in
            segmentRows.withUnsafeMutableBufferPointer { segmentRows in
                // Each batch writes only the rows of its own texts, so threads never share an element.
                nonisolated(unsafe) let vectors = vectors
                nonisolated(unsafe) let segmentRows = segmentRows
                // Many texts: a batch for each thread, which do not need one another. One text: its layers are shared out.
                // Rounded, a question is done before a second thread has begun.
                let tokens = encodings.reduce(0) { $0 + $1.ids.count }
                let isShared = batches.count == 1 && (self.rounded == nil || tokens >= Defaults.roundedTeamTokens)
                let teamSize = invite != nil ? 2 : isShared ? threads : 1
                // Called on this thread alone: one batch.
                nonisolated(unsafe) let invite = invite
                Workers.run(count: batches.count, threads: threads) { index in
                    let batch = batches[index]
                    let T = batch.reduce(0) { $0 + encodings[$1].ids.count }
                    let longest = batch.reduce(0) { max($0, encodings[$1].ids.count) }
                    let scratch = self.takeScratch(tokens: T, longest: longest, members: teamSize)
                    let phases = self.rounded == nil ? 6 : 8
                    Workers.together(
                        size: teamSize, phases: 1 + phases * self.weights.layers.count, invite: invite
                    ) { member in
                        if let rounded = self.rounded {
                            self.forward(rounded, encodings, batch, T, scratch, &member)
                        } else {
                            self.forward(encodings, batch, T, scratch, &member)
                        }
                    }
                    var first = 0
                    for text in batch {
                        let L = encodings[text].ids.count
                        let states = scratch.x + first * C  // (L, C)
                        self.pool(states, L, into: vectors.baseAddress! + text * C)
                        if let segments {
                            for (s, range) in segments[text].enumerated() {
                                let row = segmentRows.baseAddress! + (firstSegment[text] + s) * C
                                self.pool(states, encodings[text].offsets, within: range, into: row)
                            }
                        }
                        first += L
                    }
                    self.giveBack(scratch)
                }
            }
        }
        let segmentVectors = (segments ?? []).enumerated().map { text, list in
            Matrix(
                rows: list.count, columns: C,
                values: Array(segmentRows[firstSegment[text] * C..<firstSegment[text + 1] * C]))
        }
        return (Matrix(rows: encodings.count, columns: C, values: vectors), segmentVectors)
    }

    /// Groups texts, in order, into batches of at most `Defaults.batchTokens` tokens, small enough that every thread gets one.
    static func pack(_ counts: [Int], threads: Int) -> [[Int]] {
        let total = counts.reduce(0, +)
        let limit = min(Defaults.batchTokens, (total + threads - 1) / threads)
        var batches: [[Int]] = []
        var tokens = Int.max
        for (text, count) in counts.enumerated() {
            if batches.isEmpty || tokens + count > limit {
                batches.append([])
                tokens = 0
            }
            batches[batches.count - 1].append(text)
            tokens += count
        }
        return batches
    }

    /// The final states of a batch's tokens, into `s.x` (T, C). Every member of a team calls it: a phase shares out heads, columns of
    /// a linear layer or rows of a norm. The grains keep a chunk at tens of microseconds.
    private func forward(
        _ encodings: [WordPieceTokenizer.Encoding], _ batch: [Int], _ T: Int, _ s: Scratch, _ member: inout Team.Member
    ) {
        let C = configuration.hiddenSize
        let F = configuration.intermediateSize
        let D = C / configuration.heads

        member.share(T, grain: PackedRows.grain) { rows in
            embed(encodings, batch, s, rows)
            s.states.pack(s.x, T, rows, 0..<C)
        }
        for layer in weights.layers {
            // Attention, head by head: queries, keys and values lie side by side in (T, 3C).
            let index = member.index
            member.share(configuration.heads, grain: 1) { heads in
                let columns = heads.lowerBound * D..<heads.upperBound * D
                for (part, projection) in [layer.query, layer.key, layer.value].enumerated() {
                    let y = s.qkv + part * C
                    s.states.multiply(T, projection.weight.start, columns, into: y, ldy: 3 * C)
                    addBias(projection, T, columns, to: y, ldc: 3 * C)
                }
                attend(encodings, batch, heads, s, member: index)
                s.attended.pack(s.context, T, 0..<T, columns)
            }
            let attended = s.qkv  // free from here: (T, C)
            member.share(C, grain: 48) {
                s.attended.multiply(T, layer.attentionOutput.weight.start, $0, into: attended, ldy: C)
            }
            member.share(T, grain: PackedRows.grain) { rows in
                norm(s.x, attended, layer.attentionOutput.bias, layer.attentionNorm, rows)
                s.states.pack(s.x, T, rows, 0..<C)
            }
            member.share(F, grain: 96) { columns in
                s.states.multiplyWithGELU(T, layer.intermediate, columns, into: s.packedHidden)
            }
            member.share(C, grain: 24) {
                s.packedHidden.multiply(T, layer.output.weight.start, $0, into: s.context, ldy: C)
            }
            member.share(T, grain: PackedRows.grain) { rows in
                norm(s.x, s.context, layer.output.bias, layer.outputNorm, rows)
                s.states.pack(s.x, T, rows, 0..<C)
            }
        }
    }

    /// Embeddings of some of the batch's tokens: word + position + type 0, normalized.
    func embed(_ encodings: [WordPieceTokenizer.Encoding], _ batch: [Int], _ s: Scratch, _ rows: Range<Int>) {
        let C = configuration.hiddenSize
        var first = 0
        for text in batch {
            for (position, id) in encodings[text].ids.enumerated() where rows.contains(first + position) {
                let row = s.x + (first + position) * C
                let word = weights.wordEmbeddings.start + Int(id) * C
                let place = weights.positionEmbeddings.start + position * C
                let type = weights.typeEmbedding.start
                for c in 0..<C { row[c] = word[c] + place[c] + type[c] }
            }
            first += encodings[text].ids.count
        }
        norm(s.x, nil, nil, weights.embeddingNorm, rows)
    }

    /// Attention of some heads, from `s.qkv` (T, 3C) into `s.context` (T, C).
    func attend(
        _ encodings: [WordPieceTokenizer.Encoding], _ batch: [Int], _ heads: Range<Int>, _ s: Scratch, member: Int
    ) {
        let C = configuration.hiddenSize
        let D = C / configuration.heads
        let scale = 1 / Float(D).squareRoot()
        let scores = s.scores + member * s.longest * s.longest  // (L, L)
        let queries = s.queries[member]
        var first = 0
        for text in batch {
            let L = encodings[text].ids.count
            for h in heads {
                let q = s.qkv + first * 3 * C + h * D  // (L, D), rows 3C apart
                queries.pack(q, L, 0..<L, 0..<D, ld: 3 * C)
                queries.multiply(L, q + C, ldw: 3 * C, 0..<L, into: scores, ldy: L)
                kernel_softmax(scores, Int32(L), Int32(L), Int32(L), scale)
                kernel_mix_rows(
                    PackedRows.level, Int32(L), Int32(D), Int32(L), scores, Int32(L), q + 2 * C, Int32(3 * C),
                    s.context + first * C + h * D, Int32(C))
            }
            first += L
        }
    }

    func addBias(
        _ linear: TransformerWeights.Linear, _ T: Int, _ columns: Range<Int>, to y: UnsafeMutablePointer<Float>,
        ldc: Int
    ) {
        kernel_add_bias(
            y + columns.lowerBound, linear.bias.start + columns.lowerBound, Int32(T), Int32(columns.count), Int32(ldc))
    }

    /// x(T, C) = norm(x + added + bias) on the given rows.
    func norm(
        _ x: UnsafeMutablePointer<Float>, _ added: UnsafeMutablePointer<Float>?, _ bias: TransformerWeights.Tensor?,
        _ norm: TransformerWeights.Norm, _ rows: Range<Int>
    ) {
        let C = dimension
        let at = rows.lowerBound * C
        kernel_layer_norm(
            x + at, x + at, added.map { $0 + at }, bias?.start, norm.gain.start, norm.shift.start,
            Int32(rows.count), Int32(C), configuration.normEpsilon)
    }

    /// One unit vector from a text's states (L, C).
    private func pool(_ states: UnsafeMutablePointer<Float>, _ L: Int, into row: UnsafeMutablePointer<Float>) {
        let C = dimension
        kernel_add_rows(row, states, configuration.pooling == .cls ? 1 : Int32(L), Int32(C))
        LinearAlgebra.normalize(C, row)
    }

    /// The unit mean of the states whose tokens lie within `range`; zeros if there are none. `row` starts as zeros.
    private func pool(
        _ states: UnsafeMutablePointer<Float>, _ offsets: [Range<Int>], within range: Range<Int>,
        into row: UnsafeMutablePointer<Float>
    ) {
        let C = dimension
        for (t, offset) in offsets.enumerated()
        where offset.lowerBound >= range.lowerBound && offset.upperBound <= range.upperBound && !offset.isEmpty {
            kernel_add_rows(row, states + t * C, 1, Int32(C))
        }
        LinearAlgebra.normalize(C, row)
    }

    private func takeScratch(tokens: Int, longest: Int, members: Int) -> Scratch {
        let pooled = pool.withLock { pool in
            pool.firstIndex { $0.tokens >= tokens && $0.longest >= longest && $0.members >= members }.map {
                pool.remove(at: $0)
            }
        }
        return pooled
            ?? Scratch(
                tokens: tokens, longest: longest, members: members, configuration, isRounded: rounded != nil)
    }

    private func giveBack(_ scratch: Scratch) {
        pool.withLock { pool in
            pool.append(scratch)
            if pool.count > Defaults.pooledScratch {
                pool.remove(at: pool.indices.min { pool[$0].tokens < pool[$1].tokens }!)
            }
        }
    }
}

/// The activations of one batch. Not initialised: every product writes before anything reads.
final class Scratch: @unchecked Sendable {
    // Sendable: used by one call at a time; the pool's lock hands it from one to the next.
    let tokens: Int
    let longest: Int
    let members: Int
    let x: UnsafeMutablePointer<Float>  // (T, C) the residual stream
    let qkv: UnsafeMutablePointer<Float>  // (T, 3C)
    let context: UnsafeMutablePointer<Float>  // (T, C)
    let hidden: UnsafeMutablePointer<Float>  // (T, F), where the linear layers are rounded
    let scores: UnsafeMutablePointer<Float>  // (members, L, L)
    /// (members) the queries of one head of one text, (L, D).
    let queries: [PackedRows]
    let states: PackedRows  // (T, C), and the next two (T, C) and (T, F)
    let attended: PackedRows
    let packedHidden: PackedRows
    /// (T, C) and (T, F) in bytes, where the linear layers are rounded.
    let roundedStates: RoundedRows?
    let roundedHidden: RoundedRows?

    init(tokens: Int, longest: Int, members: Int, _ configuration: TransformerConfiguration, isRounded: Bool) {
        let (C, F) = (configuration.hiddenSize, configuration.intermediateSize)
        self.tokens = tokens
        self.longest = longest
        self.members = members
        x = .allocate(capacity: tokens * C)
        qkv = .allocate(capacity: tokens * 3 * C)
        context = .allocate(capacity: tokens * C)
        hidden = .allocate(capacity: isRounded ? tokens * F : 0)
        scores = .allocate(capacity: members * longest * longest)
        queries = (0..<members).map { _ in PackedRows(rows: longest, columns: C / configuration.heads) }
        let packed = isRounded ? 0 : tokens
        states = PackedRows(rows: packed, columns: C)
        attended = PackedRows(rows: packed, columns: C)
        packedHidden = PackedRows(rows: packed, columns: F)
        roundedStates = isRounded ? RoundedRows(rows: tokens, columns: C) : nil
        roundedHidden = isRounded ? RoundedRows(rows: tokens, columns: F) : nil
    }

    deinit {
        x.deallocate()
        qkv.deallocate()
        context.deallocate()
        hidden.deallocate()
        scores.deallocate()
    }
}

private enum Defaults {
    /// Tokens of a batch. Tokens per second with 256, 512, 1024 on one thread: 8,600, 8,780, 8,650 (EPYC with AVX-512, quiet); on two,
    /// where a batch is the least that a thread takes, 16,700, 16,700, 15,200.
    static let batchTokens = 512
    /// A lone text of fewer tokens stays on one thread in int8: 105 questions of 8 to 37 took .67 ms each on one and .76 on two.
    static let roundedTeamTokens = 64
    /// Scratch sets kept for later calls.
    static let pooledScratch = 8
}
