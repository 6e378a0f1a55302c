import Embedding
import FoundationEssentials
import Testing

@testable import KnowledgeBase

@Suite struct TriageTests {
    /// As many classes as folds, twice as many, and another number: none of them may be left out of a fold's training as a whole.
    @Test(arguments: [5, 10, 7])
    func `what is like a class is said to be of it, however many there are`(count: Int) throws {
        var examples: [ExampleClassifier.Example] = []
        var rows: [Float] = []
        for rank in 0..<6 {
            for place in 0..<count {
                var vector = [Float](repeating: 0, count: count + 6)
                (vector[place], vector[count + rank]) = (0.9, 0.436)
                rows += vector
                examples.append(.init(text: "", classes: [place]))
            }
        }
        let names = (0..<count).map { "class \($0)" }
        let classifier = try #require(
            ProbableClassifier(
                names, examples, vectors: Matrix(rows: examples.count, columns: count + 6, values: rows)))
        for place in 0..<count {
            var vector = [Float](repeating: 0, count: count + 6)
            vector[place] = 1
            let readings = classifier.readings(vector, TextGrams(""))
            #expect(readings[0].name == names[place])
            #expect(readings[0].probability > 0.5)
            #expect(readings[1].probability < 0.5)
        }
    }

    @Test func `the built-in intents know plain phrases of a stranger`() throws {
        guard let encoder = try? Models.open(nil, environment: ProcessInfo.processInfo.environment, threads: 2) else {
            print("skipped: no encoder here")
            return
        }
        let path = URL(filePath: #filePath).deletingLastPathComponent().path + "/../../Fixtures/intents/phrases.tsv"
        let lines = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
            .split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        let names = TriageExamples.intents.keys.sorted()
        let examples = names.indices.flatMap { place in
            TriageExamples.intents[names[place]]!.map { ExampleClassifier.Example(text: $0, classes: [place]) }
        }
        let classifier = try #require(
            ProbableClassifier(names, examples, vectors: try encoder.encode(examples.map(\.text))))
        let vectors = try encoder.encode(lines.map { $0[1] })
        var (right, wrong) = (0, 0)
        for (place, line) in lines.enumerated() {
            let first = classifier.readings(Array(vectors[place]), TextGrams(line[1]))[0]
            guard first.probability >= 0.5 else { continue }
            if first.name == line[0] { right += 1 } else { wrong += 1 }
        }
        print("intents of a stranger's \(lines.count) phrases: \(right) right, \(wrong) wrong")
        #expect(right >= 20 && wrong <= 2)
    }
}
