import FoundationEssentials
import Glibc
import Testing

@testable import KnowledgeBase

@Suite struct FileWalkerTests {
    @Test func `what cannot be read is told from what is gone, with all below it`() {
        var listing = FileWalker.Listing()
        listing.unreadable = [
            SkippedFile(path: "part/", reason: "cannot be opened"), SkippedFile(path: "a.md", reason: "cannot be read"),
        ]
        #expect(listing.isUnreadable("part/deep/b.md") && listing.isUnreadable("a.md"))
        #expect(!listing.isUnreadable("party.md") && !listing.isUnreadable("b.md"))
    }

    @Test func `files come in byte order with their sizes, the rest with reasons`() throws {
        let folder = TemporaryFolder()
        for name in [
            "b.md", "a/z.md", "a.md", "Ü.md", "new\nline 🎉.md", ".hidden.md", "node_modules/x.md", ".git/config",
            "vendor/y.md", "dist/z.md", ".build/q.md",
        ] {
            folder.write(name, "text")
        }
        mkfifo(folder.path + "/pipe.md", 0o644)
        let listing = try FileWalker.walk(folder.path)
        #expect(listing.files.map(\.path) == ["a.md", "a/z.md", "b.md", "new\nline 🎉.md", "Ü.md"])
        #expect(listing.files.allSatisfy { $0.size == 4 && $0.modified > 0 && $0.changed > 0 && $0.inode > 0 })
        #expect(
            listing.skipped.map(\.path) == [
                ".build/", ".git/", ".hidden.md", "dist/", "node_modules/", "pipe.md", "vendor/",
            ])
        #expect(listing.skipped.first { $0.path == "pipe.md" }?.reason == "not a regular file")
    }

    @Test func `ignore files nest, negate, anchor and match folders only`() throws {
        let folder = TemporaryFolder()
        folder.write(".gitignore", "# comment\n*.txt\n!keep.txt\n/root.md\nout/\ndeep/**/x.md\n**/tmp\n[ab].rst\n")
        folder.write("sub/.kbignore", "local.md\n!note.txt\n")
        for name in [
            "a.txt", "keep.txt", "root.md", "sub/root.md", "out/a.md", "sub/out", "deep/x.md", "deep/1/2/x.md",
            "sub/tmp/a.md", "sub/local.md", "local.md",
            "sub/note.txt", "a.rst", "c.rst",
        ] { folder.write(name, "x") }
        let listing = try FileWalker.walk(folder.path)
        #expect(
            listing.files.map(\.path) == ["c.rst", "keep.txt", "local.md", "sub/note.txt", "sub/out", "sub/root.md"])
        #expect(listing.skipped.allSatisfy { $0.reason.contains("ignored") })
        #expect(
            listing.skipped.map(\.path) == [
                "a.rst", "a.txt", "deep/1/2/x.md", "deep/x.md", "out/", "root.md", "sub/local.md", "sub/tmp/",
            ])
    }

    @Test func `links out, to nothing, to themselves and in circles are left out`() throws {
        let folder = TemporaryFolder()
        folder.write("a/real.md", "x")
        for (target, name) in [
            ("/etc/passwd", "out.md"), ("nothing", "dead.md"), ("self.md", "self.md"), ("..", "a/up"),
            ("a/real.md", "in.md"), ("/etc", "etc"), ("../..", "a/far"),
        ] {
            symlink(target, folder.path + "/" + name)
        }
        let listing = try FileWalker.walk(folder.path)
        #expect(listing.files.map(\.path) == ["a/real.md", "in.md"])
        #expect(listing.files.map(\.isLink) == [false, true])
        #expect(listing.skipped.map(\.path) == ["a/far", "a/up", "dead.md", "etc", "out.md", "self.md"])
        let source = try FileBytes(root: folder.path)
        #expect(try source.read("in.md") == Array("x".utf8))
        #expect(throws: ReadError.outsideSource) { try source.read("out.md") }
    }

    @Test func `a folder that is not there, and files that vanish or grow, are reasons`() throws {
        #expect(throws: ReadError.self) { try FileWalker.walk("/nonexistent") }
        let folder = TemporaryFolder()
        folder.write("a.md", "x")
        let source = try FileBytes(root: folder.path)
        #expect(throws: ReadError.vanished) { try source.read("b.md") }
        #expect(throws: ReadError.unreadable("not a regular file")) { try source.read(".") }
        #expect(throws: ReadError.tooLarge(bytes: 1, limit: 0)) { try source.read("a.md", limit: 0) }
    }

    @Test func `a file that is written to all the while is read whole or refused`() throws {
        let folder = TemporaryFolder()
        folder.write("a.md", "x")
        let source = try FileBytes(root: folder.path)
        let path = folder.path + "/a.md"
        let child = try Shell.start([
            "sh", "-c", "i=0; while [ $i -lt 3000 ]; do echo line >> \(path); i=$((i+1)); done",
        ])
        var sizes = 0
        for _ in 0..<500 {
            do throws(ReadError) {
                sizes += try source.read("a.md").count
            } catch {
                #expect(error == .changedWhileRead)
            }
        }
        Shell.wait(child)
        #expect(sizes > 0)
    }

    @Test func `a very deep tree is walked as far as paths reach`() throws {
        let folder = TemporaryFolder()
        var descriptor = open(folder.path, O_RDONLY)
        for _ in 0..<3000 {
            mkdirat(descriptor, "d", 0o755)
            let next = openat(descriptor, "d", O_RDONLY)
            close(descriptor)
            descriptor = next
        }
        close(descriptor)
        let listing = try FileWalker.walk(folder.path)
        #expect(listing.skipped.map { $0.reason.contains("longer than") } == [true])
        let child = try Shell.start(["rm", "-rf", folder.path])
        Shell.wait(child)
    }

    @Test func `ten thousand files are all found`() throws {
        let folder = TemporaryFolder()
        for index in 0..<10_000 { folder.write("d\(index / 100)/file\(index).md", "x") }
        #expect(try FileWalker.walk(folder.path).files.count == 10_000)
    }
}

/// Child processes of tests.
enum Shell {
    static func start(_ arguments: [String]) throws -> pid_t {
        var child = pid_t()
        var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for pointer in argv { free(pointer) } }
        let status = posix_spawnp(&child, arguments[0], nil, nil, &argv, environ)
        try #require(status == 0)
        return child
    }

    static func wait(_ child: pid_t) {
        var status: Int32 = 0
        waitpid(child, &status, 0)
    }
}
