import Embedding
import FoundationEssentials

/// kb-bench encode MODEL [--threads N] [--precision int8] [--tokens] [--unlimited] [--bench]: what scripts/reference and benchmarks/peers drive.
///
/// Reads lines `{"_id", "text"}`, writes lines `{"_id", "tokens", "offsets", "vector"}` (vectors not with --tokens). --unlimited: no
/// cut at the model's maximum. --bench: reads lines `{"texts", "oneByOne"}`, writes `{"seconds", "cpu", "tokens"}` of encoding them all.
enum EncodeBench {
    struct Line: Decodable {
        let _id: String
        let text: String
    }
    struct Encoded: Encodable {
        let _id: String
        let tokens: [Int32]
        var offsets: [[Int]]?
        var vector: [Float]?
    }
    struct Task: Decodable {
        let texts: [String]
        let oneByOne: Bool
    }
    struct Timing: Encodable {
        let seconds: Double
        let cpu: Double  // of all threads of the process
        let tokens: Int
    }

    static func run(_ arguments: [String]) throws {
        let threads = arguments.firstIndex(of: "--threads").flatMap { Int(arguments[$0 + 1]) } ?? 1
        let precision =
            arguments.firstIndex(of: "--precision").flatMap { Precision(rawValue: arguments[$0 + 1]) } ?? .float32
        let encoder = try TransformerEncoder(folder: arguments[0], precision: precision, threads: threads)
        if arguments.contains("--bench") {
            try bench(encoder)
            return
        }
        let tokensOnly = arguments.contains("--tokens")
        let limit = arguments.contains("--unlimited") ? nil : encoder.maximumTokens
        var lines: [Line] = []
        while let line = readLine() { lines.append(try JSONDecoder().decode(Line.self, from: Data(line.utf8))) }
        let vectors = tokensOnly ? nil : try encoder.encode(lines.map(\.text))
        for (i, line) in lines.enumerated() {
            let encoding = encoder.tokenizer.encodeWithOffsets(line.text, maximumTokens: limit)
            let encoded = Encoded(
                _id: line._id, tokens: encoding.ids, offsets: encoding.offsets.map { [$0.lowerBound, $0.upperBound] },
                vector: vectors.map { Array($0[i]) })
            print(String(decoding: try JSONEncoder().encode(encoded), as: UTF8.self))
        }
    }

    static func bench(_ encoder: TransformerEncoder) throws {
        while let line = readLine() {
            let task = try JSONDecoder().decode(Task.self, from: Data(line.utf8))
            let clock = ContinuousClock()
            let cpuBefore = Output.cpuSeconds()
            let elapsed = try clock.measure {
                if task.oneByOne {
                    for text in task.texts { _ = try encoder.encode([text]) }
                } else {
                    _ = try encoder.encode(task.texts)
                }
            }
            let cpu = Output.cpuSeconds() - cpuBefore
            let tokens = task.texts.reduce(0) {
                $0 + encoder.tokenizer.encode($1, maximumTokens: encoder.maximumTokens).count
            }
            let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
            let timing = Timing(seconds: seconds, cpu: cpu, tokens: tokens)
            // The reader at the other end waits for this line: write it past print's buffer.
            let text = String(decoding: try JSONEncoder().encode(timing), as: UTF8.self) + "\n"
            Output.write(text)
        }
    }
}
