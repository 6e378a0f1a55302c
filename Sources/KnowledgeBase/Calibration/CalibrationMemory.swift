import FoundationEssentials

/// Past questions with their outcomes as bytes, so that a query needs no second look at the tickets.
///
/// "KBCAL001" | u32 features, each u32 length + name | u32 dimension | u32 n | n × (i64 id, asked, known, first) |
/// n × u8 right | n × u8 answerable (0 no, 1 yes, 2 unknown, 3 + p:
/// nobody linked an article, p per cent likely to have one) | n × row (float32 scale, int8 values) |
/// n × features × float32 (NaN: not measured). Little-endian; ordered by the moment the outcome became known.
///
/// Rows are int8: their error of a 254th of the largest value moves a kernel weight by some percent, and many are summed.
enum CalibrationMemory {
    private static let magic = Array("KBCAL001".utf8)

    static func encode(_ cases: [CalibrationCase], dimension: Int) -> [UInt8] {
        let cases = cases.filter { $0.vector.count == dimension }
            .sorted { ($0.outcome.knownAt, $0.outcome.id) < ($1.outcome.knownAt, $1.outcome.id) }
        let features = EvidenceFeature.allCases.filter { !EvidenceFeature.fromHistory.contains($0) }
        var out = magic
        func append(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.littleEndian) { out.append(contentsOf: $0) }
        }
        append(UInt32(features.count))
        for feature in features {
            append(UInt32(feature.rawValue.utf8.count))
            out += Array(feature.rawValue.utf8)
        }
        append(UInt32(dimension))
        append(UInt32(cases.count))
        for past in cases.map(\.outcome) {
            for number in [past.id, past.askedAt, past.knownAt, past.first] { append(number) }
        }
        func byte(_ label: Bool?) -> UInt8 { label.map { $0 ? 1 : 0 } ?? 2 }
        for past in cases { out.append(byte(past.outcome.right)) }
        for past in cases.map(\.outcome) {
            let percent = past.answerable == false ? min(100, max(0, Int((100 * past.doubt).rounded()))) : 0
            out.append(percent > 0 ? 3 + UInt8(percent) : byte(past.answerable))
        }
        for past in cases { out += SentenceVectors.pack([past.vector[...]]) }
        for past in cases {
            for feature in features { append((past.evidence[feature].map(Float.init) ?? .nan).bitPattern) }
        }
        return out
    }

    /// The history alone: what a query needs. Cost: about .1 µs a vector's 100 numbers.
    static func history(_ bytes: [UInt8]) -> LabelHistory? {
        bytes.withUnsafeBytes { Layout($0)?.history() }
    }

    /// Everything, as it was encoded but for the rounding of vectors.
    static func cases(_ bytes: [UInt8]) -> [CalibrationCase]? {
        bytes.withUnsafeBytes { bytes -> [CalibrationCase]? in
            guard let layout = Layout(bytes) else { return nil }
            let history = layout.history()
            let d = history.dimension
            return history.outcomes.indices.map { i in
                CalibrationCase(
                    outcome: history.outcomes[i], evidence: layout.evidence(i),
                    vector: Array(history.rows[i * d..<(i + 1) * d]))
            }
        }
    }

    /// Where everything stands.
    private struct Layout {
        let bytes: UnsafeRawBufferPointer
        private(set) var features: [EvidenceFeature?] = []
        private(set) var dimension = 0
        private(set) var count = 0
        private(set) var start = 0

        init?(_ bytes: UnsafeRawBufferPointer) {
            self.bytes = bytes
            var offset = CalibrationMemory.magic.count
            func number() -> Int? {
                guard offset + 4 <= bytes.count else { return nil }
                defer { offset += 4 }
                return Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
            }
            guard bytes.count > offset, bytes[..<offset].elementsEqual(CalibrationMemory.magic), let names = number(),
                names < 1000
            else { return nil }
            for _ in 0..<names {
                guard let length = number(), length < 100, offset + length <= bytes.count else { return nil }
                // A feature of another version of kb is passed over.
                features.append(
                    EvidenceFeature(rawValue: String(decoding: bytes[offset..<offset + length], as: UTF8.self)))
                offset += length
            }
            guard let dimension = number(), let count = number() else { return nil }
            (self.dimension, self.count, start) = (dimension, count, offset)
            guard bytes.count == offset + count * (34 + 4 + dimension + 4 * names) else { return nil }
        }

        func history() -> LabelHistory {
            func number(_ i: Int, _ column: Int) -> Int64 {
                Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: start + 32 * i + 8 * column, as: Int64.self))
            }
            func label(_ place: Int) -> Bool? { bytes[place] == 2 ? nil : bytes[place] == 1 }
            let labels = start + 32 * count
            let outcomes = (0..<count).map { i in
                PastOutcome(
                    id: number(i, 0), askedAt: number(i, 1), knownAt: number(i, 2), first: number(i, 3),
                    right: label(labels + i), answerable: label(labels + count + i),
                    doubt: Double(max(3, bytes[labels + count + i]) - 3) / 100)
            }
            let vectors = labels + 2 * count
            let rows = [Float](unsafeUninitializedCapacity: count * dimension) { buffer, filled in
                for i in 0..<count {
                    let base = vectors + i * (dimension + 4)
                    let scale = Float(
                        bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: base, as: UInt32.self)))
                    for k in 0..<dimension {
                        buffer[i * dimension + k] = Float(Int8(bitPattern: bytes[base + 4 + k])) * scale
                    }
                }
                filled = count * dimension
            }
            return LabelHistory(outcomes, rows: rows, dimension: dimension)
        }

        func evidence(_ i: Int) -> Evidence {
            let base = start + count * (34 + 4 + dimension) + i * features.count * 4
            var evidence = Evidence()
            for (k, feature) in features.enumerated() {
                let bits = bytes.loadUnaligned(fromByteOffset: base + 4 * k, as: UInt32.self)
                let value = Float(bitPattern: UInt32(littleEndian: bits))
                if let feature, !value.isNaN { evidence[feature] = Double(value) }
            }
            return evidence
        }
    }
}
