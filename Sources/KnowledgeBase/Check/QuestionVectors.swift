import FoundationEssentials

/// Vectors of questions, kept in a file beside the base where there is a cache.
struct QuestionVectors {
    private let path: String
    private let fingerprint: String
    private var known: [[UInt8]: [Float]] = [:]
    private var used: Set<[UInt8]> = []

    /// A file that is not whole is no file: it is derived.
    init(path: String, fingerprint: String) {
        (self.path, self.fingerprint) = (path, fingerprint)
        guard let data = FileManager.default.contents(atPath: path), data.count > 40 else { return }
        let bytes = Array(data)
        guard Array(bytes.suffix(32)) == SHA256.digest(Array(bytes.dropLast(32))) else { return }
        let dimension = bytes[0..<4].withUnsafeBytes { Int($0.loadUnaligned(as: UInt32.self).littleEndian) }
        let width = 32 + 4 * dimension
        for start in stride(from: 4, to: bytes.count - 32 - width + 1, by: width) {
            let vector = bytes[start + 32..<start + width].withUnsafeBytes { raw in
                (0..<dimension).map { raw.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
            }
            known[Array(bytes[start..<start + 32])] = vector
        }
    }

    /// - Parameter encode: gives the vectors of the texts at these places.
    mutating func vectors(_ texts: [String], _ encode: ([Int]) throws -> [[Float]]) rethrows -> [[Float]] {
        let keys = texts.map { SHA256.digest(Array(fingerprint.utf8), [0], Array($0.utf8)) }
        let missing = texts.indices.filter { known[keys[$0]] == nil }
        for start in stride(from: 0, to: missing.count, by: 512) {
            let part = Array(missing[start..<min(start + 512, missing.count)])
            for (place, vector) in zip(part, try encode(part)) { known[keys[place]] = vector }
        }
        used.formUnion(keys)
        return keys.map { known[$0]! }
    }

    /// Writes what was asked for; best effort.
    func save() {
        guard let dimension = known.first?.value.count else { return }
        var bytes = withUnsafeBytes(of: UInt32(dimension).littleEndian) { Array($0) }
        for key in used.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            bytes += key
            bytes += known[key]!.withUnsafeBytes { Array($0) }
        }
        bytes += SHA256.digest(bytes)
        try? Data(bytes).write(to: URL(filePath: path), options: .atomic)
    }
}
