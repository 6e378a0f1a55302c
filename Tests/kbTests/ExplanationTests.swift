import FoundationEssentials
import Glibc
import Testing

@testable import KnowledgeBase
@testable import kb

struct ExplanationTests {
    private struct Missing: Error {}

    private let command = Command().ingested()

    private func number(_ value: JSON?) throws -> Double {
        guard case .number(let number)? = value else { throw Missing() }
        return number
    }

    private func items(_ value: JSON?) -> [JSON] { (0..<(value?.count ?? 0)).compactMap { value?[$0] } }

    @Test(arguments: ["confidence", "answerable"])
    func `both probabilities are the sums of what is printed`(name: String) throws {
        let answer = try JSON.parse(command("query", "--json", "--explain", "reset my password").out)
        let sum = try #require(answer["explain_sum"]?[name])
        let parts = items(answer["explain"]).compactMap { $0[name] }.filter { $0 != .null }
        #expect(parts.count == 2)
        let together = try parts.reduce(number(sum["constant"])) { try $0 + number($1["contribution"]) }
        #expect(try abs(together - number(sum["log_odds"])) < 1e-5)
        #expect(try abs(1 / (1 + exp(-together)) - number(sum["fitted"])) < 1e-5)
        #expect(sum["probability"] == answer[name])
        for item in items(answer["explain"]) {
            guard let part = item[name], part != .null else { continue }
            var value = try number(item["value"])
            if case .number(let low)? = part["limits"]?[0] { value = max(low, value) }
            if case .number(let high)? = part["limits"]?[1] { value = min(high, value) }
            let again = try number(part["weight"]) * (value - number(part["mean"])) / number(part["scale"])
            #expect(try abs(again - number(part["contribution"])) < 1e-4)
        }
    }

    @Test func `every feature has its unit and its range, and its value lies within`() throws {
        let answer = try JSON.parse(command("query", "--json", "--explain", "reset my password").out)
        #expect(items(answer["explain"]).count > 8)
        for item in items(answer["explain"]) {
            guard case .text(let unit)? = item["unit"] else { throw Missing() }
            #expect(!unit.isEmpty)
            #expect(item["range"]?.count == 2)
            let value = try number(item["value"])
            if case .number(let least)? = item["range"]?[0] { #expect(value >= least - 1e-5, "\(item)") }
            if case .number(let greatest)? = item["range"]?[1] { #expect(value <= greatest + 1e-5, "\(item)") }
        }
    }

    @Test func `the text names the constant, the weights and what they add up to, for both`() {
        let out = command("query", "--explain", "reset my password").out
        for words in [
            "confidence, in log-odds", "answerable, in log-odds", "weight 3.2 ·", "weight 4 ·", "cosine, -1 to 1",
        ] { #expect(out.contains(words), "\(words)") }
        #expect(out.split(separator: "\n").filter { $0.hasPrefix("  constant") }.count == 2)
        #expect(out.split(separator: "\n").filter { $0.hasPrefix("  together") }.count == 2)
    }

    @Test func `a value beyond its limits is shown as measured and as used, and nothing is minus zero`() {
        func part(_ low: Double?, _ high: Double?) -> Feature.Part {
            Feature.Part(weight: 1, mean: -0.00001, scale: 2, low: low, high: high, contribution: -0.00001)
        }
        let sum = LogOddsSum(constant: -0.00001, logOdds: -0.00001, fitted: 0.5)
        let text = ExplanationText.lines(
            Explanation(
                features: [
                    Feature(
                        name: "first_share", value: 8.976, unit: "log-odds", confidence: part(-4.595, 4.595),
                        answerable: part(nil, nil)),
                    Feature(name: "other", value: -0.00001, unit: "log-odds", confidence: part(nil, nil)),
                ], confidence: sum, answerable: sum)
        ).joined(separator: "\n")
        #expect(text.contains("8.976 log-odds, of any size; used as 4.595\n"), "\(text)")
        #expect(text.contains("(4.595 + 0) / 2, measured 8.976\n"), "\(text)")
        #expect(text.contains("(8.976 + 0) / 2\n"), "\(text)")
        for words in ["-0\n", "-0 ", "+-", "−-"] { #expect(!text.contains(words), "\(words) in \(text)") }
    }

    @Test func `what a person said of an answer is named where it lifts the probability`() throws {
        let answer = try JSON.parse(command("query", "--json", "zebra in the harbour").out)
        guard case .text(let id)? = answer["answer_id"] else { throw Missing() }
        #expect(command("mark", id, "right").code == 0)
        let again = try JSON.parse(command("query", "--json", "--explain", "zebra in the harbour").out)
        #expect(again["explain_sum"]?["confidence"]?["rules"]?[0]?["rule"] == .text("judged_right"))
        #expect(again["explain_sum"]?["confidence"]?["probability"] == again["confidence"])
    }
}
