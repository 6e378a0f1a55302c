import Embedding
import FoundationEssentials
import KnowledgeBase

/// kb-bench cluster VECTORS DIMENSION [--cosine C] [--threads N]: the grouping of `kb gaps`, on vectors from a plain file.
///
/// VECTORS holds unit rows of float32, one after another. Nothing else is known to it, neither labels nor how many groups.
enum ClusterBench {
    struct Report: Encodable {
        let bench = "cluster"
        let questions: Int
        let cosine: Float
        let groups: Int
        /// Group of each row; the largest is 0.
        let labels: [Int]
        let seconds: Double
        let cpuSeconds: Double
        let memory: Memory
    }

    static func run(_ arguments: [String]) throws {
        func option(_ name: String) -> String? { arguments.firstIndex(of: name).map { arguments[$0 + 1] } }
        guard let d = Int(arguments[1]), d > 0 else { throw BenchError("\(arguments[1]): write the dimension") }
        let file = try MappedFile(path: arguments[0])
        let rows = withExtendedLifetime(file) { Array(file.bytes.bindMemory(to: Float.self)) }
        guard !rows.isEmpty, rows.count % d == 0 else {
            throw BenchError("\(arguments[0]): \(rows.count) numbers are not rows of \(d)")
        }
        let cosine = option("--cosine").flatMap(Float.init) ?? GapDefaults.cosine
        let (started, cpu) = (ContinuousClock.now, Output.cpuSeconds())
        guard
            let groups = GapClusters.groups(
                rows, columns: d, cosine: cosine, threads: option("--threads").flatMap(Int.init) ?? 1)
        else { throw BenchError("more pairs are near than memory holds") }
        let used = Output.cpuSeconds() - cpu
        let elapsed = started.duration(to: .now).components
        var labels = [Int](repeating: -1, count: rows.count / d)
        for (label, group) in groups.enumerated() { for place in group { labels[place] = label } }
        try Output.json(
            Report(
                questions: labels.count, cosine: cosine, groups: groups.count, labels: labels,
                seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18, cpuSeconds: used,
                memory: Memory.now()))
    }
}
