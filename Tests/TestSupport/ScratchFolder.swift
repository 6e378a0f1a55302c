import FoundationEssentials

/// A folder of a test's own, removed with its owner.
public final class ScratchFolder: Sendable {
    public let path: String

    public init() {
        path = FileManager.default.temporaryDirectory.path + "/kb-test-" + UUID().uuidString
        try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file below the folder, with the folders above it; returns its absolute path.
    @discardableResult
    public func write(_ name: String, _ text: String) -> String { write(name, Data(text.utf8)) }

    @discardableResult
    public func write(_ name: String, _ data: Data) -> String {
        let file = path + "/" + name
        let folder = file[..<file.lastIndex(of: "/")!]
        try! FileManager.default.createDirectory(
            atPath: String(folder), withIntermediateDirectories: true)
        try! data.write(to: URL(filePath: file))
        return file
    }

    public func remove(_ name: String) {
        try! FileManager.default.removeItem(atPath: path + "/" + name)
    }
}
