import Embedding
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What benchmarks/scale/make-data made: the same passages, vectors and questions for kb and its peers.
struct ScaleData {
    let folder: String
    let count: Int
    let dimension = 384
    let vectors: MappedFile
    let questions: [Question]
    let questionVectors: Matrix

    struct Question: Decodable {
        let _id: String
        let text: String
        let terms: [String]
    }

    init(folder: String, count: Int) throws {
        (self.folder, self.count) = (folder, count)
        vectors = try MappedFile(path: folder + "/vectors.f32")
        guard vectors.bytes.count >= count * dimension * 4 else {
            throw BenchError("vectors.f32 holds fewer than \(count)")
        }
        questions = try Self.lines(folder + "/questions.jsonl", limit: .max).map {
            try JSONDecoder().decode(Question.self, from: Data($0.utf8))
        }
        let values = try MappedFile(path: folder + "/questions.f32")
        questionVectors = Matrix(
            rows: questions.count, columns: dimension, values: Array(values.bytes.bindMemory(to: Float.self)))
    }

    /// The first `count` rows.
    var rows: UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(rebasing: vectors.bytes.bindMemory(to: Float.self)[..<(count * dimension)])
    }

    /// The first `count` passages.
    func texts() throws -> [String] { try Self.lines(folder + "/texts.txt", limit: count) }

    private static func lines(_ path: String, limit: Int) throws -> [String] {
        let file = try MappedFile(path: path)
        var out: [String] = []
        var start = 0
        while start < file.bytes.count, out.count < limit {
            let place = file.bytes.baseAddress! + start
            let end = memchr(place, 0x0a, file.bytes.count - start).map { place.distance(to: UnsafeRawPointer($0)) }
            let length = end ?? file.bytes.count - start
            out.append(String(decoding: UnsafeRawBufferPointer(start: place, count: length), as: UTF8.self))
            start += length + 1
        }
        return out
    }
}

struct BenchError: Error, CustomStringConvertible {
    let description: String
    init(_ text: String) { description = text }
}

/// One repetition in milliseconds: on the clock, and of all threads of the process, which other work on the machine does not move.
struct Sample {
    var wall: Double
    var cpu: Double
}

/// Times of many repetitions, in milliseconds.
struct Timings: Encodable {
    let n: Int
    let median: Double
    let p95: Double
    let medianCPU: Double

    init(_ samples: [Sample], each: Double = 1) {
        n = samples.count
        let walls = samples.map { $0.wall / each }.sorted()
        median = walls.isEmpty ? 0 : walls[n / 2]
        p95 = walls.isEmpty ? 0 : walls[min(n - 1, n * 95 / 100)]
        medianCPU = walls.isEmpty ? 0 : samples.map { $0.cpu / each }.sorted()[n / 2]
    }

    static func measure<T>(_ into: inout [Sample], _ body: () throws -> T) rethrows -> T {
        let cpu = Output.cpuSeconds()
        let started = ContinuousClock.now
        let result = try body()
        let elapsed = started.duration(to: .now) / .milliseconds(1)
        into.append(Sample(wall: elapsed, cpu: (Output.cpuSeconds() - cpu) * 1000))
        return result
    }
}
