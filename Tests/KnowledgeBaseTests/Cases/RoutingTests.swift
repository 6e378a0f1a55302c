import FoundationEssentials
import Testing

@testable import KnowledgeBase

struct RoutingTests {
    private static var desk: DeskRules {
        var desk = DeskRules()
        desk.teams = ["support": ["lena", "omar"], "billing": ["fred"], "product": []]
        desk.routes = ["billing_dispute": "billing", "bug": "product", "legal": "fred"]
        return desk
    }

    private func record(_ person: String, _ cases: Int) -> Route.Record {
        Route.Record(person: person, weight: Double(cases), cases: (0..<cases).map { "c\($0)" })
    }

    @Test func `the policy's routes come first, the most telling key before others`() {
        let route = Route.find(keys: ["billing_dispute", "bug"], records: [record("lena", 9)], desk: Self.desk)
        #expect(route.team == "billing" && route.person == "fred" && route.why.contains("billing_dispute"))
        #expect(Route.find(keys: ["bug"], records: [], desk: Self.desk).owner == .team("product"))
        #expect(Route.find(keys: ["legal"], records: [], desk: Self.desk).owner == .person("fred"))
    }

    @Test func `who resolved alike cases comes before who is merely free`() {
        let route = Route.find(
            keys: [], records: [record("omar", 3), record("lena", 1)], desk: Self.desk, load: ["omar": 9])
        #expect(route.person == "omar" && route.alternates == ["lena"] && route.why.contains("3 cases"))
    }

    @Test func `somebody of another team is not asked by the record alone`() {
        let route = Route.find(keys: ["billing_dispute"], records: [record("lena", 3)], desk: Self.desk)
        #expect(route.person == "fred")
    }

    @Test func `without a record the one with the fewest open cases takes it`() {
        #expect(Route.find(keys: [], records: [], desk: Self.desk, load: ["lena": 2, "omar": 1]).person == "omar")
        #expect(
            Route.find(keys: [], records: [], desk: Self.desk, without: ["lena", "omar"]).owner == .team("support"))
    }

    @Test func `a desk without teams goes by the record, else to the default team`() {
        #expect(Route.find(keys: [], records: [record("kim", 2)], desk: DeskRules()).owner == .person("kim"))
        #expect(Route.find(keys: [], records: [], desk: DeskRules()).owner == .team("support"))
    }

    @Test func `a clarifying question asks for the one fact in which two articles differ`() {
        let question = ClarifyingQuestion(
            ("Set up mail on Windows", 1), ("Set up mail on Android", 0.99), question: "How do I set up my mail?")
        #expect(
            question?.options == ["Windows", "Android"] && question?.text.contains("Windows or about Android") == true)
        // No tie, no shared subject, said already, more than one fact.
        #expect(
            ClarifyingQuestion(("Set up mail on Windows", 1), ("Set up mail on Android", 0.8), question: "q") == nil)
        #expect(ClarifyingQuestion(("Windows", 1), ("Android", 1), question: "q") == nil)
        #expect(
            ClarifyingQuestion(("Set up mail on Windows", 1), ("Set up mail on Android", 1), question: "on android")
                == nil)
        #expect(
            ClarifyingQuestion(
                ("Set up mail on Windows", 1), ("Set up the new shared calendar on Windows", 1), question: "q")
                == nil)
    }
}
