import FoundationEssentials
import Glibc

@testable import KnowledgeBase

/// About as many tokens as WordPiece gives, and like it additive over white space.
func approximateTokens(_ text: String) -> Int {
    text.utf8.split { $0 <= 0x20 }.reduce(0) { $0 + ($1.count + 5) / 6 }
}

/// A folder that is gone when the test is.
final class TemporaryFolder {
    let path: String

    init() {
        var template = Array("/tmp/kb-test-XXXXXX".utf8CString)
        path = String(cString: mkdtemp(&template))
    }

    deinit {
        // Closed folders must open again before they can go.
        chmod(path + "/closed", 0o700)
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ name: String, _ text: String) { write(name, Array(text.utf8)) }

    func write(_ name: String, _ bytes: [UInt8]) {
        var folder = path
        for part in name.split(separator: "/").dropLast() {
            folder += "/" + part
            mkdir(folder, 0o755)
        }
        let file = fopen(path + "/" + name, "w")!
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }
}

func read(_ text: String, _ path: String = "a.md", _ scheme: UrlScheme = UrlScheme()) throws -> SourceDocument {
    try DocumentReader.read(bytes: Array(text.utf8), path: path, settings: scheme)
}

/// The reason why a file is not read, or nil when it is.
func reason(_ bytes: [UInt8], _ path: String) -> ReadError? {
    do throws(ReadError) {
        _ = try DocumentReader.read(bytes: bytes, path: path)
        return nil
    } catch {
        return error
    }
}

func passages(_ document: SourceDocument) -> [Passage] { Chunker.passages(of: document, tokenCount: approximateTokens) }

extension SourceDocument {
    /// Kind, lines and text of each block, as tests like to compare them.
    var outline: [String] {
        blocks.map { block in
            let kind =
                switch block.kind {
                case .heading(let level): "h\(level)"
                case .paragraph: "p"
                case .listItem(let depth, let ordinal): "li\(depth)" + (ordinal.map { "#\($0)" } ?? "")
                case .tableRow: "tr"
                case .code: "code"
                case .quote: "quote"
                }
            let lines =
                block.lines.count == 1
                ? "\(block.lines.lowerBound)" : "\(block.lines.lowerBound)-\(block.lines.upperBound)"
            return "\(kind) \(lines): \(block.text)"
        }
    }
}

/// Seconds that `body` takes.
func seconds(_ body: () throws -> Void) rethrows -> Double {
    let time = try ContinuousClock().measure(body)
    return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
}

/// Largest resident size of this process so far, in megabytes.
func peakMegabytes() -> Int {
    var usage = rusage()
    getrusage(0, &usage)
    return usage.ru_maxrss / 1024
}
