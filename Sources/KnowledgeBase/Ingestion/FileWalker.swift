import Glibc

/// Lists the files of a source's folder, in an order that does not depend on the file system.
struct FileWalker {
    struct File: Sendable, Equatable {
        /// Relative to the root.
        var path: String
        var size: Int
        /// Nanoseconds since 1970.
        var modified: Int64
        var changed: Int64
        var inode: UInt64
        /// A symbolic link to a file inside the root.
        var isLink = false
    }

    struct Listing: Sendable {
        /// Sorted by the bytes of the path.
        var files: [File] = []
        /// Sorted likewise. A folder that is left out is listed once, with a trailing "/".
        var skipped: [SkippedFile] = []
        /// Files and folders (with a trailing "/") that are there and cannot be read: what is known of them stays.
        var unreadable: [SkippedFile] = []

        func isUnreadable(_ path: String) -> Bool {
            unreadable.contains { $0.path.last == "/" ? path.hasPrefix($0.path) : path == $0.path }
        }
    }

    static let skippedFolders: Set<String> = [".git", "node_modules", ".build", "dist", "vendor"]
    /// Longest relative path in bytes; Linux refuses 4096 with the root in front.
    static let longestPath = 3500

    /// Walks a folder. Symbolic links to files inside the root are listed as files; links to folders, out of the root
    /// or to nothing are left out with a reason, so that no loop and no file of another owner is ever read.
    ///
    /// - Throws: `ReadError` when the root itself cannot be opened.
    /// - Complexity: one `fstatat` a file, no recursion.
    static func walk(_ root: String) throws(ReadError) -> Listing {
        let rootDescriptor = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard rootDescriptor >= 0 else { throw ReadError.unreadable(errorText(errno)) }
        defer { close(rootDescriptor) }
        guard let resolved = realpath(root, nil) else { throw ReadError.unreadable(errorText(errno)) }
        defer { free(resolved) }
        var walk = FileWalk(root: rootDescriptor, realRoot: String(cString: resolved))
        walk.run()
        walk.listing.files.sort { precedes($0.path, $1.path) }
        walk.listing.skipped.sort { precedes($0.path, $1.path) }
        return walk.listing
    }

    static func errorText(_ number: Int32) -> String { String(cString: strerror(number)) }

    private static func precedes(_ a: String, _ b: String) -> Bool {
        a.utf8.withContiguousStorageIfAvailable { left in
            b.utf8.withContiguousStorageIfAvailable { right in
                let order = memcmp(left.baseAddress!, right.baseAddress!, min(left.count, right.count))
                return order == 0 ? left.count < right.count : order < 0
            } ?? (a < b)
        } ?? (a < b)
    }
}

/// One walk in progress.
private struct FileWalk {
    private struct Folder {
        /// Relative, with a trailing "/", or empty for the root.
        var path: String
        /// Rules in force, outermost first.
        var rules: [IgnoreRules]
    }

    private struct Entry {
        var name: String
        var type: UInt8
    }

    let root: Int32
    let realRoot: String
    var listing = FileWalker.Listing()
    private var pending: [Folder] = [Folder(path: "", rules: [])]

    init(root: Int32, realRoot: String) {
        self.root = root
        self.realRoot = realRoot
    }

    mutating func run() {
        while let folder = pending.popLast() { visit(folder) }
    }

    private mutating func visit(_ folder: Folder) {
        let name = folder.path.isEmpty ? "." : folder.path
        // O_NOFOLLOW: the folder may have become a link since it was listed.
        let descriptor = openat(root, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0, let stream = fdopendir(descriptor) else {
            let number = errno
            if descriptor >= 0 { close(descriptor) }
            let file = SkippedFile(path: folder.path, reason: "cannot be opened: \(FileWalker.errorText(number))")
            listing.unreadable.append(file)
            return
        }
        defer { closedir(stream) }
        var entries: [Entry] = []
        var rules = folder.rules
        while let item = readdir(stream) {
            guard let entry = entry(item, in: folder) else { continue }
            if entry.name == ".gitignore" || entry.name == ".kbignore" {
                if let text = Self.small(descriptor, entry.name) {
                    rules.append(IgnoreRules(text, folder: folder.path))
                }
            } else if entry.name != ".", entry.name != ".." {
                entries.append(entry)
            }
        }
        for entry in entries { sort(entry, into: folder, descriptor, rules) }
    }

    private mutating func entry(_ item: UnsafeMutablePointer<dirent>, in folder: Folder) -> Entry? {
        let type = item.pointee.d_type
        let name = withUnsafePointer(to: &item.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
        }
        guard let name else {
            skip(folder.path + "?", "the name is not UTF-8")
            return nil
        }
        return Entry(name: name, type: type)
    }

    private mutating func sort(_ entry: Entry, into folder: Folder, _ descriptor: Int32, _ rules: [IgnoreRules]) {
        let path = folder.path + entry.name
        if path.utf8.count > FileWalker.longestPath {
            skip(folder.path, "the path is longer than \(FileWalker.longestPath) bytes")
            return
        }
        var status = stat()
        guard fstatat(descriptor, entry.name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            guard errno != ENOENT else { return skip(path, "vanished during the walk") }
            listing.unreadable.append(
                SkippedFile(path: path, reason: "cannot be read: \(FileWalker.errorText(errno))"))
            return
        }
        var isLink = false
        if status.st_mode & S_IFMT == S_IFLNK {
            guard let target = followed(path, descriptor, entry.name) else { return }
            status = target
            isLink = true
        }
        let isFolder = status.st_mode & S_IFMT == S_IFDIR
        if isFolder, FileWalker.skippedFolders.contains(entry.name) {
            return skip(path + "/", "a folder that is always left out")
        }
        if entry.name.utf8.first == UInt8(ascii: ".") {
            return skip(isFolder ? path + "/" : path, "hidden (the name starts with a dot)")
        }
        for rule in rules.reversed() {
            guard let verdict = rule.verdict(path: path, isFolder: isFolder) else { continue }
            if verdict { return skip(isFolder ? path + "/" : path, "ignored by .gitignore or .kbignore") }
            break
        }
        if isFolder {
            pending.append(Folder(path: path + "/", rules: rules))
        } else if status.st_mode & S_IFMT == S_IFREG {
            listing.files.append(
                FileWalker.File(
                    path: path, size: Int(status.st_size), modified: Self.nanoseconds(status.st_mtim),
                    changed: Self.nanoseconds(status.st_ctim), inode: UInt64(status.st_ino), isLink: isLink))
        } else {
            skip(path, "not a regular file")
        }
    }

    /// What a link leads to, when that is a file inside the root; else the link is left out with its reason.
    private mutating func followed(_ path: String, _ descriptor: Int32, _ name: String) -> stat? {
        var status = stat()
        guard fstatat(descriptor, name, &status, 0) == 0 else {
            skip(path, errno == ELOOP ? "a link that leads to itself" : "a link to nothing")
            return nil
        }
        guard let resolved = realpath("\(realRoot)/\(path)", nil) else {
            skip(path, "a link to nothing")
            return nil
        }
        defer { free(resolved) }
        let target = String(cString: resolved)
        guard target == realRoot || target.utf8.starts(with: (realRoot == "/" ? "/" : realRoot + "/").utf8) else {
            skip(path, ReadError.outsideSource.description)
            return nil
        }
        if status.st_mode & S_IFMT == S_IFDIR {
            skip(path, "a link to a folder of the source, which is read at its own place")
            return nil
        }
        return status
    }

    private mutating func skip(_ path: String, _ reason: String) {
        listing.skipped.append(SkippedFile(path: path, reason: reason))
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// An ignore file's text; at most 1 MB of it, nothing if it cannot be read.
    private static func small(_ folder: Int32, _ name: String) -> String? {
        let file = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = read(file, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }
}
