import Embedding
import FoundationEssentials

/// kb-bench dense DATA N [--probes P,P] [--threads T]: exact scan, many questions at once, and the inverted file.
enum DenseBench {
    struct Report: Encodable {
        let bench = "dense"
        let passages: Int
        let questions: Int
        /// Every row of float32.
        let scan: Timings
        /// Every row by rounded numbers, those that can matter exactly.
        let exact: Timings
        /// Rows scored anew for it, each question.
        let rescored: Int
        /// 64 questions as one matrix product, each.
        let batched: Timings
        let lists: Int
        let build: Timings
        let buildThreads: Int
        let byProbes: [Probe]
        let fileBytes: Int
        let vectorBytes: Int
        let memory: Memory
    }

    struct Probe: Encodable {
        let probes: Int
        let time: Timings
        /// Of the exact ten.
        let recall: Double
    }

    static func run(_ arguments: [String]) throws {
        let data = try ScaleData(folder: arguments[0], count: Int(arguments[1]) ?? 0)
        func option(_ name: String) -> String? { arguments.firstIndex(of: name).map { arguments[$0 + 1] } }
        let threads = option("--threads").flatMap(Int.init) ?? 1
        let lists = InvertedFile.listCount(rows: data.count)
        let probes = option("--probes")?.split(separator: ",").compactMap { Int($0) } ?? [8, 16, 32, 64]
        let path = "\(data.folder)/lists-\(data.count)"
        let key = [UInt8](repeating: 1, count: 32)
        let ids = (0..<data.count).map(Int64.init)
        var building: [Sample] = []
        try Timings.measure(&building) {
            try ids.withUnsafeBufferPointer {
                try InvertedFile.write(
                    data.rows, ids: $0, dimension: data.dimension, lists: lists, key: key, path: path, threads: threads)
            }
        }
        guard let file = InvertedFile(path: path, key: key) else { throw BenchError("no \(path)") }
        let questions = (0..<data.questions.count).map { Array(data.questionVectors[$0]) }
        // Exact answers of all questions at once: the truth for recall.
        let truth = VectorIndex.search(data.rows, questions: data.questionVectors, count: 10).map { $0.map(\.row) }
        var (scan, exact, batched): ([Sample], [Sample], [Sample]) = ([], [], [])
        var rescored = 0
        var approximate = [[Sample]](repeating: [], count: probes.count)
        var found = [Int](repeating: 0, count: probes.count)
        for (i, question) in questions.enumerated() {
            if i < 100 {
                let all = Timings.measure(&scan) { VectorIndex.search(data.rows, question: question, count: 10) }
                let (matches, again) = Timings.measure(&exact) {
                    file.nearest(question, count: 10) { data.rows.baseAddress! + Int($0) * data.dimension }
                }
                rescored += again
                // Equal rows, or rows whose scores differ by the rounding of float32 sums.
                guard matches.count == all.count,
                    zip(matches, all).allSatisfy({ abs($0.score - $1.score) < 1e-6 })
                else { throw BenchError("the rounded scan of question \(i) misses a row") }
                guard Set(all.map(\.row)).intersection(truth[i]).count >= 9 else {
                    throw BenchError("the scan of one question and of many differ at \(i)")
                }
            }
            for (p, count) in probes.enumerated() {
                let rows = Timings.measure(&approximate[p]) { nearest(file, data, question, probes: count) }
                found[p] += Set(rows).intersection(truth[i]).count
            }
        }
        for first in stride(from: 0, to: min(320, questions.count), by: 64) {
            let block = Matrix(
                rows: 64, columns: data.dimension,
                values: Array(data.questionVectors.values[first * data.dimension..<(first + 64) * data.dimension]))
            _ = Timings.measure(&batched) { VectorIndex.search(data.rows, questions: block, count: 10) }
        }
        let byProbes = probes.indices.map { p in
            Probe(
                probes: probes[p], time: Timings(approximate[p]),
                recall: Double(found[p]) / Double(truth.map(\.count).reduce(0, +)))
        }
        guard byProbes.allSatisfy({ $0.recall > 0.5 }) else { throw BenchError("the inverted file finds nothing") }
        try Output.json(
            Report(
                passages: data.count, questions: questions.count, scan: Timings(scan), exact: Timings(exact),
                rescored: rescored / max(1, min(100, questions.count)),
                batched: Timings(batched, each: 64), lists: lists, build: Timings(building),
                buildThreads: threads, byProbes: byProbes, fileBytes: Memory.size(path),
                vectorBytes: data.count * data.dimension * 4, memory: Memory.now()))
    }

    /// Candidates by rounded numbers, then the ten best by exact ones.
    static func nearest(_ file: InvertedFile, _ data: ScaleData, _ question: [Float], probes: Int) -> [Int] {
        let d = data.dimension
        let rows = data.rows
        return question.withUnsafeBufferPointer { question in
            guard let candidates = file.candidates(Array(question), probes: probes, count: 40) else {
                fatalError("the lists just written are damaged")
            }
            let scored = candidates.map { id in
                (row: Int(id), score: VectorIndex.product(rows.baseAddress! + Int(id) * d, question.baseAddress!, d))
            }
            return scored.sorted { $0.score > $1.score }.prefix(10).map(\.row)
        }
    }
}
