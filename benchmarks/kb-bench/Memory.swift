import Embedding
import FoundationEssentials

/// Memory of this process.
struct Memory: Encodable {
    /// Bytes that are this process's own.
    let residentOwn: Int
    /// Bytes of mapped files that are in memory.
    let residentMapped: Int

    static func now() -> Memory {
        var fields: [String: Int] = [:]
        let text = (try? String(contentsOf: URL(filePath: "/proc/self/status"), encoding: .utf8)) ?? ""
        for line in text.split(separator: "\n") {
            let parts = line.split(whereSeparator: { $0 == ":" || $0 == " " || $0 == "\t" })
            if parts.count >= 2, let number = Int(parts[1]) { fields[String(parts[0])] = number * 1024 }
        }
        return Memory(residentOwn: fields["RssAnon"] ?? 0, residentMapped: fields["RssFile"] ?? 0)
    }

    /// Bytes of a file; 0 where there is none.
    static func size(_ path: String) -> Int { (try? MappedFile(path: path).bytes.count) ?? 0 }
}

extension Output {
    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        write(String(decoding: try encoder.encode(value), as: UTF8.self) + "\n")
    }
}
