import FoundationEssentials
import GRDB
import TestSupport
import Testing

@testable import KnowledgeBase

/// The database alone says what is right.
struct VectorTailTests {
    let folder = ScratchFolder()
    let store: Store
    let source: Int64
    var path: String { folder.path + "/vectors.f32" }
    var tail: String { VectorTail.path(of: path) }

    init() throws {
        store = try Store.temporary(folder)
        source = try store.addSource(name: "s", path: "/s", kind: "articles")
        for i in 0..<20 { try store.put("s/\(i)", [Self.unit(i), Self.unit(i + 7)], source: source) }
        try store.put("s/t", [[0, -1]], source: source, kind: .ticket)
        try VectorFile.write(from: store, path: path, fingerprint: "f", dimension: 2)
    }

    private static func unit(_ i: Int) -> [Float] {
        let part = Float(i % 40) / 40
        return [part, (1 - part * part).squareRoot()]
    }

    private func file() throws -> VectorFile { try #require(VectorFile(path: path, fingerprint: "f")) }

    private func append() throws { #expect(try file().append(from: store, path: path)) }

    private func remove(_ name: String) throws {
        try store.removeFiles([try #require(try store.files(ofSource: source)[name]).id])
    }

    private func entries(_ file: VectorFile?, _ kind: DocumentKind = .article) throws -> [Int64: [Float]] {
        let scores = try store.pool.read { db in
            try VectorSnapshot(file: file, kind: kind, dimension: 2, db).scores([0.6, 0.8])
        }
        return Dictionary(
            uniqueKeysWithValues: scores.entries.map {
                ($0.document, [$0.best, $0.second, $0.centroid, Float($0.chunk)])
            })
    }

    /// Adds, replaces, removes and puts back, a block each.
    private func change() throws {
        try store.put("s/new", [Self.unit(3)], source: source)
        try append()
        try store.put("s/1", [Self.unit(30), Self.unit(31), Self.unit(32)], source: source, text: "changed")
        try store.put("s/t2", [[1, 0]], source: source, kind: .ticket)
        try append()
        try remove("s/2")
        try remove("s/new")
        try append()
        try store.put("s/1", [Self.unit(5)], source: source, text: "again")
        try store.put("s/2", [Self.unit(6)], source: source, text: "back")
        try append()
    }

    @Test func `a file with a tail equals the database after every block`() throws {
        let base = try Data(contentsOf: URL(filePath: path))
        try change()
        let file = try file()
        #expect(file.generation == (try store.generation()) && file.isWhole)
        #expect(file.tailCounts.passages == 7)
        #expect(try entries(file) == entries(nil))
        #expect(try entries(file, .ticket) == entries(nil, .ticket))
        #expect(try entries(file).count == 20)
        #expect(try Data(contentsOf: URL(filePath: path)) == base)
    }

    @Test func `a reader with an older tail mapped stays right while others append`() throws {
        try store.put("s/new", [Self.unit(3)], source: source)
        try append()
        let old = try file()
        try store.put("s/3", [Self.unit(11)], source: source, text: "changed")
        try remove("s/4")
        try append()
        #expect(try entries(old) == entries(nil))
        #expect(old.generation < (try file().generation))
    }

    @Test func `appending writes what came and not what was there`() throws {
        try store.put("s/new", [Self.unit(3)], source: source)
        try append()
        let before = try Data(contentsOf: URL(filePath: tail)).count
        try store.put("s/newer", [Self.unit(4)], source: source)
        try append()
        #expect(try Data(contentsOf: URL(filePath: tail)).count - before <= 256)
    }

    @Test func `what a killed writer left behind the committed length is not read and is written over`() throws {
        try store.put("s/new", [Self.unit(3)], source: source)
        try append()
        let whole = try Data(contentsOf: URL(filePath: tail))
        for garbage in [Data("KBBLOCK1".utf8), Data(repeating: 0xff, count: 500)] {
            try (whole + garbage).write(to: URL(filePath: tail))
            #expect(try entries(file()) == entries(nil))
            #expect(try file().isWhole)
        }
        try store.put("s/newer", [Self.unit(4)], source: source)
        try append()
        #expect(try file().generation == (try store.generation()))
        #expect(try entries(file()) == entries(nil))
    }

    @Test func `a torn or damaged tail is left out or seen, and the scores are the database's`() throws {
        try change()
        let whole = try Data(contentsOf: URL(filePath: tail))
        for length in stride(from: 0, to: whole.count, by: 41) {
            try whole.prefix(length).write(to: URL(filePath: tail))
            #expect(try entries(file()) == entries(nil))
        }
        for place in stride(from: 0, to: whole.count, by: 5) {
            var damaged = whole
            damaged[place] ^= 0x10
            try damaged.write(to: URL(filePath: tail))
            let file = try file()
            // Zeros that fill up are no data; everything else is either left out or seen.
            guard file.isWhole else { continue }
            #expect(try entries(file) == entries(nil), "byte \(place)")
        }
    }

    @Test func `a tail of another vectors file is not used and gives way to a new one`() throws {
        try change()
        try VectorFile.write(from: store, path: path, fingerprint: "f", dimension: 2)
        #expect(try file().tailCounts == (0, 0))
        try store.put("s/last", [Self.unit(9)], source: source)
        try append()
        #expect(try file().tailCounts == (1, 0))
        #expect(try entries(file()) == entries(nil))
    }

    @Test func `too much is not appended`() throws {
        for i in 0..<130 {
            try store.put("s/more\(i)", [Self.unit(i), Self.unit(i + 1)], source: source)
        }
        #expect(try file().append(from: store, path: path) == false)
        #expect(try file().tailCounts.passages == 0)
    }
}
