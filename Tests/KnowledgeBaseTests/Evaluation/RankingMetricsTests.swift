import FoundationEssentials
import TestSupport
import Testing

@testable import KnowledgeBase

struct RankingMetricsTests {
    private func close(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-12 }

    @Test func `metrics equal those computed by hand`() {
        // Question 1: grades 0, 2, 0, 1 in its list of right documents 2, 1, 1. Question 2: nothing right found.
        let metrics = RankingMetrics.average(
            lists: [[0, 2, 0, 1], [0, 0]], relevant: [[1, 2, 1], [1]])
        let gain = 2 / 1.584962500721156 + 1 / 2.321928094887362  // log2 3, log2 5
        let ideal = 2 + 1 / 1.584962500721156 + 1 / 2
        #expect(close(metrics.ndcgAt10, gain / ideal / 2))
        #expect(close(metrics.mrrAt10, 0.25))
        #expect(close(metrics.recallAt10, 1.0 / 3))
        #expect(metrics.hitAt1 == 0)
    }

    @Test func `only the first ten count, but a hundred for recall at 100`() {
        let eleventh = Array(repeating: 0.0, count: 10) + [1]
        #expect(
            RankingMetrics.average(lists: [eleventh], relevant: [[1]])
                == RankingMetrics(ndcgAt10: 0, recallAt10: 0, recallAt100: 1, mrrAt10: 0, hitAt1: 0))
        let tenth = Array(repeating: 0.0, count: 9) + [1]
        #expect(close(RankingMetrics.average(lists: [tenth], relevant: [[1]]).mrrAt10, 0.1))
    }

    @Test func `a perfect list scores one and no list nothing`() {
        #expect(
            RankingMetrics.average(lists: [[3, 1]], relevant: [[1, 3]])
                == RankingMetrics(ndcgAt10: 1, recallAt10: 1, recallAt100: 1, mrrAt10: 1, hitAt1: 1))
        #expect(RankingMetrics.average(lists: [], relevant: []) == RankingMetrics())
    }
}

struct LabelledSetTests {
    @Test(arguments: [
        ("a/b/c.md", ["a/b/c.md", "b/c.md", "c.md", "a/b/c", "b/c", "c"]),
        ("c.html", ["c.html", "c"]),
        ("4983", ["4983"]),
        ("x.txt", ["x.txt"]),
    ])
    func `a qrels id names a document whose path ends in it`(path: String, names: [String]) {
        #expect(LabelledSet.names(path) == names)
    }

    @Test func `topical labels come before test, and grades of zero are no labels`() throws {
        let folder = ScratchFolder()
        folder.write("corpus.jsonl", "")
        folder.write(
            "queries.jsonl",
            #"{"_id": "1", "text": "one"}"# + "\n\n" + #"{"_id": "2", "text": "two"}"# + "\n")
        folder.write("qrels/test.tsv", "query-id\tcorpus-id\tscore\n2\td\t1\n")
        folder.write("qrels/topical.tsv", "query-id\tcorpus-id\tscore\r\n1\ta\t2\r\n1\tb\t0\r\n")
        let set = try LabelledSet(folder: folder.path, qrels: nil)
        #expect(set.questions.map(\.question.text) == ["one"])
        #expect(set.questions.map(\.relevant) == [["a": 2]])
        #expect(
            try LabelledSet(folder: folder.path, qrels: "test").questions.map(\.question.text) == ["two"])
        let error = try #require(throws: KnowledgeBaseError.self) {
            try LabelledSet(folder: folder.path, qrels: "x")
        }
        #expect(error.description.contains("no qrels named 'x'; there are: test, topical."))
    }
}
