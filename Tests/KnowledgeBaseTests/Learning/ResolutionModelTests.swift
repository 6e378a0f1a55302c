import Testing

@testable import KnowledgeBase

struct ResolutionModelTests {
    private static let north: [Float] = [1, 0, 0]
    private static let east: [Float] = [0, 1, 0]
    private static let centroids: [(article: Int64, vector: [Float])] = [
        (1, [1, 0, 0]), (2, [0, 1, 0]), (3, [0, 0, 1]),
    ]

    private func learner(_ examples: [(id: Int64, vector: [Float], article: Int64)]) -> ResolutionLearner {
        var learner = ResolutionLearner(dimension: 3, centroids: Self.centroids)
        for example in examples {
            learner.add(example.id, example.vector, article: example.article, at: nil)
        }
        learner.solve()
        return learner
    }

    private let some: [(id: Int64, vector: [Float], article: Int64)] = [
        (10, north, 1), (11, [0.8, 0.6, 0], 1), (12, east, 2), (13, [0.6, 0, 0.8], 3),
    ]

    @Test func `without examples nothing is said of any article`() {
        let scores = learner([]).model.scores(Self.north)
        #expect(scores.entries.isEmpty && scores.count == 0 && scores.nearest.isEmpty)
    }

    @Test func `the article that resolved alike questions gains most`() throws {
        let scores = learner(some).model.scores(Self.north)
        let gain = scores.entries.mapValues { $0.head + $0.vote }
        #expect(try #require(gain[1]) > #require(gain[2]) && #require(gain[1]) > #require(gain[3]))
        #expect(scores.nearest.map(\.id).first == 10)
        #expect(scores.entries[1]?.voters.map(\.id) == [10, 11])
    }

    @Test func `a lone ticket counts little, many alike count more`() throws {
        let lone = learner([(10, Self.north, 1)]).model.scores(Self.north)
        let many = learner((0..<40).map { (Int64(10 + $0), Self.north, 1) }).model.scores(Self.north)
        let (one, forty) = (try #require(lone.entries[1]), try #require(many.entries[1]))
        #expect(one.vote < 0.02 && forty.vote > 0.15)
    }

    @Test func `a lone ticket among many about other things counts less than five alike`() throws {
        let others = (0..<60).map { (id: Int64(100 + $0), vector: Self.east, article: Int64(2)) }
        func gain(_ count: Int) throws -> Double {
            let alike = (0..<count).map { (id: Int64(10 + $0), vector: Self.north, article: Int64(1)) }
            let entry = try #require(learner(others + alike).model.scores(Self.north).entries[1])
            return entry.head + entry.vote
        }
        #expect(try gain(1) < 0.75 * gain(5))
    }

    @Test func `of two articles for like questions the one of late counts more`() throws {
        let day: Int64 = 86_400_000
        func votes(_ first: Int64, _ second: Int64) throws -> (Double, Double) {
            var learner = ResolutionLearner(dimension: 3, centroids: Self.centroids)
            learner.add(10, Self.north, article: 1, at: first * day)
            learner.add(11, Self.north, article: 2, at: second * day)
            learner.solve()
            let entries = learner.model.scores(Self.north).entries
            return (try #require(entries[1]).vote, try #require(entries[2]).vote)
        }
        let (old, late) = try votes(16_800, 20_400)
        #expect(late > 1.5 * old)
        let (a, b) = try votes(20_400, 20_400)
        #expect(abs(a - b) < 1e-12)
    }

    @Test func `a mark votes and is no link, so that a right one never makes its article look pasted`() throws {
        let before = try #require(learner(some).model.scores(Self.north).entries[1])
        let after = try #require(learner(some + [(-5, Self.north, 1)]).model.scores(Self.north).entries[1])
        #expect(before.links == 2 && after.links == 2 && after.vote > before.vote && after.share > before.share)
    }

    @Test func `an article linked in every ticket does not win by that`() throws {
        let examples = some + some.map { (id: $0.id, vector: $0.vector, article: Int64(9)) }
        let entries = learner(examples).model.scores(Self.north).entries
        #expect(abs(try #require(entries[9]).head) < 1e-6)
        #expect(try #require(entries[1]).head > 0)
    }

    @Test func `a model without one ticket is the model that never knew it`() throws {
        for left in some {
            let came = learner(some).modelWithout(left.id).scores(left.vector)
            let expected = learner(some.filter { $0.id != left.id }).model.scores(left.vector)
            #expect(came.count == expected.count)
            for article: Int64 in [1, 2, 3] {
                let (a, b) = (came.entries[article] ?? .init(), expected.entries[article] ?? .init())
                #expect(abs(a.head - b.head) < 1e-6 && abs(a.vote - b.vote) < 1e-6)
                #expect(!a.voters.contains { $0.id == left.id })
            }
        }
    }

    @Test func `nothing that became known at or after the moment counts, forwards and back in time`() {
        let examples = some.enumerated().map { i, example in
            ResolvedExample(id: example.id, vector: example.vector, articles: [(example.article, Int64(100 * (i + 1)))])
        }
        var history = ResolutionHistory(examples, untaught: ResolutionLearner(dimension: 3, centroids: Self.centroids))
        for (moment, known): (Int64, [Int64]) in [
            (100, []), (101, [10]), (301, [10, 11, 12]), (1000, [10, 11, 12, 13]), (200, [10]),
        ] {
            #expect(history.learner(before: moment).model.voterIDs == known)
        }
    }

    @Test func `a written model reads back the same, and not for another state`() throws {
        let folder = ScratchFile()
        let model = learner(some).model
        try ResolutionFile.write(model, state: "4/2", path: folder.path)
        let read = try #require(ResolutionFile.read(path: folder.path, state: "4/2"))
        let (a, b) = (model.scores([0.6, 0.8, 0]), read.scores([0.6, 0.8, 0]))
        #expect(a.entries.mapValues { $0.head + $0.vote } == b.entries.mapValues { $0.head + $0.vote })
        #expect(ResolutionFile.read(path: folder.path, state: "5/2") == nil)
        #expect(ResolutionFile.read(path: folder.path + "x", state: "4/2") == nil)
        #expect(ResolutionFile.isCurrent(path: folder.path, state: "4/2"))
        #expect(!ResolutionFile.isCurrent(path: folder.path, state: "4/3"))
        #expect(!ResolutionFile.isCurrent(path: folder.path + "x", state: "4/2"))
        folder.truncate()
        #expect(ResolutionFile.read(path: folder.path, state: "4/2") == nil)
    }
}
