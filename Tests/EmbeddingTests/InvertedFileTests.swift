import Foundation
import Testing

@testable import Embedding

@Suite struct InvertedFileTests {
    private static let d = 32
    private static let key = [UInt8](repeating: 9, count: 32)

    /// `n` unit rows around 40 directions, as texts of 40 subjects are.
    private static func rows(_ n: Int, seed: UInt64) -> [Float] {
        var centres = SplitMix64(state: 1)
        func normal(_ random: inout SplitMix64) -> Float {
            (0..<6).reduce(Float(0)) { sum, _ in sum + Float.random(in: -1...1, using: &random) }
        }
        let subjects = (0..<40).map { _ in (0..<d).map { _ in normal(&centres) } }
        var random = SplitMix64(state: seed)
        return (0..<n).flatMap { _ -> [Float] in
            let subject = subjects[Int(random.next() % 40)]
            let row = subject.map { $0 + 0.6 * normal(&random) }
            let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return row.map { $0 / length }
        }
    }

    private func write(
        _ rows: [Float], ids: [Int64], path: String, threads: Int = 1, extending old: InvertedFile? = nil
    ) throws {
        try rows.withUnsafeBufferPointer { rows in
            try ids.withUnsafeBufferPointer { ids in
                try InvertedFile.write(
                    rows, ids: ids, dimension: Self.d, lists: 16, extending: old, key: Self.key, path: path,
                    threads: threads)
            }
        }
    }

    @Test func `candidates of few lists hold the exact neighbours`() throws {
        let folder = temporaryFolder([".keep": []])
        let rows = Self.rows(4_000, seed: 2)
        let ids = (0..<4_000).map { Int64($0 * 3 + 5) }
        let path = folder + "/lists"
        try write(rows, ids: ids, path: path)
        let file = try #require(InvertedFile(path: path, key: Self.key))
        #expect(file.rows == 4_000 && file.lists == 16 && file.lastID == ids.last)
        #expect(file.ids.sorted() == ids)
        let questions = Self.rows(100, seed: 3)
        var found = 0
        for q in 0..<100 {
            let question = Array(questions[q * Self.d..<(q + 1) * Self.d])
            let exact = VectorIndex.search(rows, question: question, count: 10).map { ids[$0.row] }
            found += Set(exact).intersection(try #require(file.candidates(question, probes: 5, count: 50))).count
            // With every list looked at only rounding is left.
            #expect(Set(exact).isSubset(of: try #require(file.candidates(question, probes: 16, count: 50))))
        }
        #expect(found >= 980, "\(found) of 1000")
    }

    /// What a disk gives back of pages that it lost.
    @Test func `blank pages are noticed, not searched`() throws {
        let folder = temporaryFolder([".keep": []])
        let (n, path) = (2_000, folder + "/lists")
        let rows = Self.rows(n, seed: 12)
        try write(rows, ids: (1...n).map(Int64.init), path: path)
        let whole = try #require(FileManager.default.contents(atPath: path))
        let question = Array(rows[..<Self.d])
        func candidates(blank range: Range<Int>) throws -> [Int64]? {
            var bytes = whole
            bytes.resetBytes(in: range)
            try bytes.write(to: URL(fileURLWithPath: path))
            return InvertedFile(path: path, key: Self.key)?.candidates(question, probes: 16, count: 50)
        }
        let (centres, values) = (128..<128 + 16 * Self.d * 4, whole.count - n * Self.d..<whole.count)
        #expect(try candidates(blank: 0..<0)?.count == 50)
        #expect(try candidates(blank: centres) == nil)
        #expect(try candidates(blank: centres.lowerBound..<centres.lowerBound + 2 * Self.d * 4) == nil)
        #expect(try candidates(blank: values) == nil)
        #expect(try candidates(blank: values.lowerBound..<values.lowerBound + 8_192) == nil)
        // Ids are the caller's to know.
        let ids = 128 + 16 * Self.d * 4 + Self.d * 4 + 17 * 8..<128 + 16 * Self.d * 4 + Self.d * 4 + 17 * 8 + n * 8
        #expect(try candidates(blank: ids)?.contains(0) == true)
    }

    @Test(arguments: [1, 10, 100])
    func `the rounded scan finds exactly what scoring every row finds`(count: Int) throws {
        let folder = temporaryFolder([".keep": []])
        var rows = Self.rows(3_000, seed: 6)
        // Rows that are all but equal, and a row that is there twice.
        for k in 0..<200 {
            for j in 0..<Self.d { rows[(1_000 + k) * Self.d + j] = rows[j] }
            rows[(1_000 + k) * Self.d + k % Self.d] *= 1 + Float(k / 2) * 1e-5
        }
        let ids = (0..<3_000).map { Int64($0 * 2 + 1) }
        try write(rows, ids: ids, path: folder + "/lists")
        let file = try #require(InvertedFile(path: folder + "/lists", key: Self.key))
        let questions = Self.rows(50, seed: 7) + rows[..<Self.d]
        for q in 0..<51 {
            let question = Array(questions[q * Self.d..<(q + 1) * Self.d])
            let all = VectorIndex.search(rows, question: question, count: count)
            let (found, rescored) = rows.withUnsafeBufferPointer { rows in
                file.nearest(question, count: count) { rows.baseAddress! + Int($0 / 2) * Self.d }
            }
            try #require(found.count == count)
            for (match, expected) in zip(found, all) {
                // Sums in another order may swap rows that are equal but for the last bits.
                #expect(abs(match.score - expected.score) < 1e-6)
            }
            #expect(rescored < 1_500)
        }
    }

    @Test func `every row stands in the list of its nearest centre`() throws {
        let folder = temporaryFolder([".keep": []])
        let rows = Self.rows(1_000, seed: 4)
        let path = folder + "/lists"
        try write(rows, ids: (0..<1_000).map(Int64.init), path: path)
        let file = try #require(InvertedFile(path: path, key: Self.key))
        let nearest = rows.withUnsafeBufferPointer { KMeans.assign($0, to: file.centreMatrix) }
        for place in 0..<1_000 { #expect(file.list(ofPlace: place) == Int(nearest[Int(file.ids[place])])) }
    }

    @Test func `the same rows give the same bytes on one thread and on two`() throws {
        let folder = temporaryFolder([".keep": []])
        let rows = Self.rows(2_000, seed: 5)
        let ids = (0..<2_000).map(Int64.init)
        try write(rows, ids: ids, path: folder + "/one")
        try write(rows, ids: ids, path: folder + "/two", threads: 2)
        #expect(
            FileManager.default.contents(atPath: folder + "/one")
                == FileManager.default.contents(atPath: folder + "/two"))
    }

    @Test func `a file that is extended holds what one made at once with its centres would`() throws {
        let folder = temporaryFolder([".keep": []])
        let rows = Self.rows(2_000, seed: 6)
        let all = (0..<2_000).map(Int64.init)
        try write(Array(rows[..<(1_500 * Self.d)]), ids: Array(all[..<1_500]), path: folder + "/lists")
        let old = try #require(InvertedFile(path: folder + "/lists", key: Self.key))
        // 40 rows in the middle are gone, 500 came.
        let kept = all.filter { !(700..<740).contains($0) }
        let values = kept.flatMap { rows[Int($0) * Self.d..<(Int($0) + 1) * Self.d] }
        try write(values, ids: kept, path: folder + "/lists", extending: old)
        let grown = try #require(InvertedFile(path: folder + "/lists", key: Self.key))
        #expect(grown.rows == 1_960 && grown.centreMatrix == old.centreMatrix && grown.lastID == 1_999)
        #expect(grown.ids.sorted() == kept)
        let nearest = rows.withUnsafeBufferPointer { KMeans.assign($0, to: old.centreMatrix) }
        rows.withUnsafeBufferPointer { rows in
            for place in 0..<1_960 {
                let row = Int(grown.ids[place])
                #expect(grown.list(ofPlace: place) == Int(nearest[row]))
                #expect(grown.agrees(place, UnsafeBufferPointer(rebasing: rows[row * Self.d..<(row + 1) * Self.d])))
            }
        }
    }

    @Test func `a torn file and one of other vectors are none`() throws {
        let folder = temporaryFolder([".keep": []])
        let path = folder + "/lists"
        try write(Self.rows(200, seed: 7), ids: (0..<200).map(Int64.init), path: path)
        #expect(InvertedFile(path: path, key: [UInt8](repeating: 8, count: 32)) == nil)
        let bytes = try #require(FileManager.default.contents(atPath: path))
        try bytes.dropLast().write(to: URL(filePath: path))
        #expect(InvertedFile(path: path, key: Self.key) == nil)
    }
}
