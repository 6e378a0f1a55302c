import Embedding
import KnowledgeBase

/// The words of `--explain`: what was measured, and each probability as a sum whose parts add up to it.
enum ExplanationText {
    static func lines(_ explanation: Explanation) -> [String] {
        let names = max(18, explanation.features.reduce(0) { max($0, $1.name.count) })
        var out = ["measured"]
        for feature in explanation.features {
            out.append(
                "  \(feature.name.padded(names)) \(number(feature.value)) \(feature.unit)\(range(feature))\(used(feature))"
            )
        }
        for (name, sum, part) in [
            ("confidence", explanation.confidence, \Feature.confidence),
            ("answerable", explanation.answerable, \Feature.answerable),
        ] {
            out.append("\(name), in log-odds")
            out.append("  \("constant".padded(names)) \(number(sum.constant, signed: true))")
            for feature in explanation.features {
                guard let part = feature[keyPath: part] else { continue }
                let value = number(part.used(of: feature.value))
                let measured = value == number(feature.value) ? "" : ", measured \(number(feature.value))"
                let less = part.mean < 0 ? "+ \(number(-part.mean))" : "− \(number(part.mean))"
                out.append(
                    "  \(feature.name.padded(names)) \(number(part.contribution, signed: true).padded(9))  = weight "
                        + "\(number(part.weight)) · (\(value) \(less)) / \(number(part.scale))\(measured)")
            }
            out.append(
                "  \("together".padded(names)) \(number(sum.logOdds, signed: true).padded(9))  probability \(number(sum.fitted))"
            )
            for step in sum.steps { out.append("  \(words(step.rule)): \(number(step.probability))") }
        }
        return out
    }

    private static func words(_ rule: LogOddsSum.Rule) -> String {
        switch rule {
        case .unknownCode: "no article has the code asked for, so at most"
        case .judgedRight: "a person said that this article answers this question, so at least"
        case .beyondReach:
            "no question of the fit was so far from every article, so at most what the articles alone say"
        case .atLeastConfidence: "what the first article answers some article answers, so at least"
        case .noAnswer: "nothing matched, so"
        }
    }

    private static func range(_ feature: Feature) -> String {
        switch (feature.least, feature.greatest) {
        case (let least?, let greatest?): ", \(number(least)) to \(number(greatest))"
        case (let least?, nil): ", \(number(least)) and more"
        case (nil, let greatest?): ", at most \(number(greatest))"
        case (nil, nil): ", of any size"
        }
    }

    /// What the probabilities go by, where that is not what was measured.
    private static func used(_ feature: Feature) -> String {
        let measured = number(feature.value)
        var values: [String] = []
        for part in [feature.confidence, feature.answerable] {
            guard let value = part.map({ number($0.used(of: feature.value)) }) else { continue }
            if value != measured, !values.contains(value) { values.append(value) }
        }
        return values.isEmpty ? "" : "; used as \(values.joined(separator: " and "))"
    }

    private static func number(_ value: Double, signed: Bool = false) -> String {
        let shown = JSONOutput.rounded(value, 4)
        var text = String(shown)
        if text.hasSuffix(".0") { text.removeLast(2) }
        return signed && shown >= 0 ? "+" + text : text
    }
}

extension Feature.Part {
    /// The value that the sum goes by: what was measured, within the limits.
    fileprivate func used(of value: Double) -> Double { min(max(value, low ?? value), high ?? value) }
}

extension JSONValue {
    private static func number(_ value: Double?) -> JSONValue {
        value.map { JSONValue(JSONOutput.rounded($0)) } ?? .null
    }

    /// What was measured; `contribution` and `weight` are those to the confidence.
    static func features(of explanation: Explanation) -> JSONValue {
        func part(_ part: Feature.Part?) -> JSONValue {
            part.map {
                JSONValue([
                    "weight": number($0.weight), "mean": number($0.mean), "scale": number($0.scale),
                    "limits": .array([number($0.low), number($0.high)]), "contribution": number($0.contribution),
                ])
            } ?? .null
        }
        return .array(
            explanation.features.map {
                JSONValue([
                    "name": .string($0.name), "value": number($0.value), "unit": .string($0.unit),
                    "range": .array([number($0.least), number($0.greatest)]),
                    "contribution": number($0.confidence?.contribution ?? 0), "weight": number($0.confidence?.weight),
                    "confidence": part($0.confidence), "answerable": part($0.answerable),
                ])
            })
    }

    /// constant + contributions = log_odds, of which `fitted` is the probability; what changed it since.
    static func sums(of explanation: Explanation) -> JSONValue {
        func sum(_ sum: LogOddsSum) -> JSONValue {
            JSONValue([
                "constant": number(sum.constant), "log_odds": number(sum.logOdds), "fitted": number(sum.fitted),
                "rules": .array(
                    sum.steps.map {
                        JSONValue(["rule": .string($0.rule.rawValue), "probability": number($0.probability)])
                    }), "probability": number(sum.probability),
            ])
        }
        return JSONValue(["confidence": sum(explanation.confidence), "answerable": sum(explanation.answerable)])
    }

    /// A value among `Encodable` ones.
    struct Encoded: Encodable {
        fileprivate var value: JSONValue

        func encode(to encoder: any Encoder) throws {
            switch value {
            case .object(let members):
                var container = encoder.container(keyedBy: PlainKey.self)
                for member in members {
                    try container.encode(Encoded(value: member.value), forKey: PlainKey(member.key))
                }
            case .array(let values):
                var container = encoder.unkeyedContainer()
                for value in values { try container.encode(Encoded(value: value)) }
            default:
                var container = encoder.singleValueContainer()
                switch value {
                case .bool(let flag): try container.encode(flag)
                case .string(let text): try container.encode(text)
                case .number(let digits):
                    if let whole = Int(digits) {
                        try container.encode(whole)
                    } else {
                        try container.encode(Double(digits)!)
                    }
                default: try container.encodeNil()
                }
            }
        }
    }

    var encoded: Encoded { Encoded(value: self) }
}
