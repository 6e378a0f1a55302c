import FoundationEssentials

/// A new file of this name in a folder of its own; the system's temporary folder is emptied by the system.
func temporaryFile(_ name: String, _ bytes: [UInt8]) -> String {
    let folder = temporaryFolder([name: bytes])
    return "\(folder)/\(name)"
}

func temporaryFolder(_ files: [String: [UInt8]]) -> String {
    let folder = FileManager.default.temporaryDirectory.path + "/kb-embedding-\(UUID().uuidString)"
    for (name, bytes) in files {
        let path = "\(folder)/\(name)"
        let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        try! FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try! Data(bytes).write(to: URL(filePath: path))
    }
    return folder
}
