import Embedding
import FoundationEssentials

/// A learned model as bytes: derived from the database, so that a fresh process need not learn again.
///
/// "KBRES003" | u32 length of the state | state (what it was derived from, padded to 8) | i64 counts: dimension,
/// examples, articles, has head, voters, votes | i64 article ids | u32 examples of each | f32 mean, f32 weights (with a head) | i64 voter ids |
/// i32 day of each voter, −1 for unknown | u32 number of articles of each voter | u32 their places | f32 scale of each voter | i8 voter vectors. Little-endian.
enum ResolutionFile {
    private static let magic = Array("KBRES003".utf8)

    /// - Parameter state: names what the model was derived from; `read` wants the same.
    static func write(_ model: ResolutionModel, state: String, path: String) throws {
        var out = magic
        func append(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.littleEndian) { out.append(contentsOf: $0) }
        }
        func append(_ floats: some Sequence<Float>) { for value in floats { append(value.bitPattern) } }
        let name = Array(state.utf8)
        append(UInt32(name.count))
        out += name
        let d = model.dimension
        let first = max(0, model.voterIDs.count - LearningDefaults.maximumVoters)
        let ids = model.voterIDs[first...]
        let votes = model.voterArticles[first...]
        for number in [
            d, model.count, model.articles.count, model.head == nil ? 0 : 1, ids.count,
            votes.reduce(0) { $0 + $1.count },
        ] { append(Int64(number)) }
        for article in model.articles { append(article) }
        for count in model.resolved { append(UInt32(count)) }
        if let head = model.head {
            append(head.mean)
            append(head.weights.values)
        }
        for id in ids { append(id) }
        for day in model.voterDays[first...] { append(Int32(day ?? -1)) }
        for places in votes { append(UInt32(places.count)) }
        for places in votes { for place in places { append(UInt32(place)) } }
        append(model.voterRows.scales[first...])
        out += model.voterRows.values[(first * d)...].lazy.map { UInt8(bitPattern: $0) }
        try Data(out).write(to: URL(filePath: path), options: .atomic)
    }

    /// Whether the file is there and derived from this state, by its head alone.
    static func isCurrent(path: String, state: String) -> Bool {
        guard let data = try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped) else { return false }
        var head = magic
        withUnsafeBytes(of: UInt32(state.utf8.count).littleEndian) { head.append(contentsOf: $0) }
        head += Array(state.utf8)
        return data.starts(with: head)
    }

    /// The model, or `nil` when the file is absent, torn, or derived from another state.
    static func read(path: String, state: String) -> ResolutionModel? {
        guard let data = try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped) else { return nil }
        return data.withUnsafeBytes { bytes -> ResolutionModel? in
            var reader = Reader(bytes: bytes)
            guard reader.take(magic.count)?.elementsEqual(magic) == true, let length: UInt32 = reader.integer(),
                reader.take(Int(length))?.elementsEqual(state.utf8) == true
            else { return nil }
            var numbers: [Int] = []
            for _ in 0..<6 {
                guard let number: Int64 = reader.integer(), number >= 0, number < 1 << 32 else { return nil }
                numbers.append(Int(number))
            }
            let (d, articles, voters) = (numbers[0], numbers[2], numbers[4])
            var model = ResolutionModel(dimension: d)
            model.count = numbers[1]
            guard let articleIDs: [Int64] = reader.array(articles), let resolved: [UInt32] = reader.array(articles)
            else { return nil }
            (model.articles, model.resolved) = (articleIDs, resolved.map(Int.init))
            if numbers[3] == 1 {
                guard let mean: [Float] = reader.array(d), let weights: [Float] = reader.array(d * articles) else {
                    return nil
                }
                model.head = (Matrix(rows: articles, columns: d, values: weights), mean)
            }
            guard let ids: [Int64] = reader.array(voters), let days: [Int32] = reader.array(voters),
                let counts: [UInt32] = reader.array(voters),
                let places: [UInt32] = reader.array(numbers[5]), let scales: [Float] = reader.array(voters),
                let rows: [Int8] = reader.array(voters * d),
                counts.reduce(0, { $0 + Int($1) }) == places.count, places.allSatisfy({ $0 < articles }), reader.isAtEnd
            else { return nil }
            model.voterIDs = ids
            model.voterDays = days.map { $0 < 0 ? nil : Int($0) }
            model.voterRows = QuantizedRows(dimension: d, values: rows, scales: scales)
            var start = 0
            for count in counts {
                model.voterArticles.append(places[start..<start + Int(count)].map(Int.init))
                start += Int(count)
            }
            return model
        }
    }

    private struct Reader {
        let bytes: UnsafeRawBufferPointer
        private var offset = 0

        init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

        var isAtEnd: Bool { offset == bytes.count }

        mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
            guard count >= 0, count <= bytes.count - offset else { return nil }
            defer { offset += count }
            return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
        }

        mutating func integer<T: FixedWidthInteger>() -> T? {
            take(MemoryLayout<T>.size).map { T(littleEndian: $0.loadUnaligned(as: T.self)) }
        }

        mutating func array<T: BitwiseCopyable>(_ count: Int) -> [T]? {
            guard let part = take(count * MemoryLayout<T>.stride) else { return nil }
            return [T](unsafeUninitializedCapacity: count) { buffer, filled in
                UnsafeMutableRawBufferPointer(buffer).copyMemory(from: part)
                filled = count
            }
        }
    }
}
