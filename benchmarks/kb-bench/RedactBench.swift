import FoundationEssentials
import KnowledgeBase

/// kb-bench redact: JSON strings in, one a line; out what is found in each, as `[[kind, text], …]`.
enum RedactBench {
    static func run() throws {
        while let line = readLine() {
            let text = try JSONDecoder().decode(String.self, from: Data(line.utf8))
            let found = PersonalData.find(text).map { [$0.kind.rawValue, $0.text] }
            print(String(decoding: try JSONEncoder().encode(found), as: UTF8.self))
        }
    }
}
