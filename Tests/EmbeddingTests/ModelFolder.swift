import FoundationEssentials
import Testing

@testable import Embedding

/// The model the tests run on: KB_TEST_MODEL, else $KB_MODELS/all-MiniLM-L6-v2, else ~/.local/share/kb/models/all-MiniLM-L6-v2.
enum ModelFolder {
    static let path: String? = {
        let environment = ProcessInfo.processInfo.environment
        let candidates = [
            environment["KB_TEST_MODEL"],
            environment["KB_MODELS"].map { "\($0)/all-MiniLM-L6-v2" },
            environment["HOME"].map { "\($0)/.local/share/kb/models/all-MiniLM-L6-v2" },
        ]
        let found = candidates.compactMap { $0 }.first { MappedFile.exists("\($0)/model.safetensors") }
        if found == nil {
            print("SKIPPED: no all-MiniLM-L6-v2. Set KB_TEST_MODEL to its folder to run the encoder's tests.")
        }
        return found
    }()

    static var isPresent: Bool { path != nil }
    /// One thread and two: the two ways of sharing out work must agree.
    static let encoder = try! TransformerEncoder(folder: path!, threads: 1)
    static let pair = try! TransformerEncoder(folder: path!, threads: 2)

    /// Tests/EmbeddingTests/Fixtures/`name`, decoded.
    static func fixture<T: Decodable>(_ type: T.Type, _ name: String, file: String = #filePath) throws -> T {
        let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        return try JSONDecoder().decode(type, from: Data(MappedFile(path: "\(folder)/Fixtures/\(name)").contents))
    }
}

extension Trait where Self == ConditionTrait {
    static var needsModel: Self {
        .enabled(if: ModelFolder.isPresent, "needs all-MiniLM-L6-v2: set KB_TEST_MODEL to its folder")
    }
}

func cosine(_ a: some Collection<Float>, _ b: some Collection<Float>) -> Float {
    func dot(_ x: some Collection<Float>, _ y: some Collection<Float>) -> Float {
        zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
}
