import FoundationEssentials
import Yams

/// Something wrong in a policy file.
public struct PolicyProblem: Sendable, Equatable, CustomStringConvertible {
    /// From 1.
    public var line: Int
    public var message: String

    public var description: String { "line \(line): \(message)" }
}

extension Policy {
    private static let sizeLimit = 1 << 20

    /// Reads `policy.yaml`; an absent file is the one `kb policy init` writes.
    ///
    /// - Throws: `KnowledgeBaseError.invalidSettings` naming the first problem and its line.
    public static func read(_ path: String) throws -> Policy {
        let (policy, problems) = try check(path)
        if let first = problems.first {
            let more = problems.count > 1 ? " (and \(problems.count - 1) more)" : ""
            throw KnowledgeBaseError.invalidSettings(
                path: path, reason: "\(first)\(more). Correct it, then look it over with: kb policy check")
        }
        return policy
    }

    /// Reads the file and lists everything wrong with it, in the order of the lines.
    public static func check(_ path: String) throws -> (policy: Policy, problems: [PolicyProblem]) {
        guard let data = FileManager.default.contents(atPath: path) else {
            if FileManager.default.fileExists(atPath: path) {
                throw KnowledgeBaseError.unreadable(path: path, reason: "it cannot be opened")
            }
            return (PolicyTemplate.policy, [])
        }
        guard data.count <= sizeLimit else {
            throw KnowledgeBaseError.invalidSettings(path: path, reason: "larger than 1 MB; a policy is small.")
        }
        let text = String(decoding: data, as: UTF8.self)
        return text == PolicyTemplate.text ? (PolicyTemplate.policy, []) : parse(text)
    }

    static func hash(of text: String) -> String { String(SHA256.hex(SHA256.digest(Array(text.utf8))).prefix(12)) }

    static func parse(_ text: String) -> (policy: Policy, problems: [PolicyProblem]) {
        var reader = PolicyReader()
        reader.policy.hash = hash(of: text)
        do {
            // The full resolver builds five regular expressions, 3 ms that every command would pay.
            if let node = try Yams.compose(yaml: text, .basic), node.null == nil { reader.read(node) }
        } catch let error as YamlError {
            reader.problems.append(PolicyReader.problem(error))
        } catch {
            reader.problems.append(PolicyProblem(line: 1, message: "not valid YAML: \(error)"))
        }
        return (reader.policy, reader.problems.sorted { $0.line < $1.line })
    }
}

/// Walks the YAML tree; goes on after a problem, so that one look shows them all.
struct PolicyReader {
    var policy = Policy()
    var problems: [PolicyProblem] = []
    /// Lines of the keys, by their place: what a section as a whole gets wrong is said of its key.
    private var lines: [String: Int] = [:]
    /// The same by where the value begins: a section's own mark is that of the first line in it.
    private var keyLines: [Start: Int] = [:]

    private struct Start: Hashable {
        var line: Int
        var column: Int

        /// `nil` for a scalar: its mark is its own.
        init?(_ node: Node) {
            guard node.scalar == nil, let mark = node.mark else { return nil }
            (line, column) = (mark.line, mark.column)
        }
    }

    mutating func read(_ node: Node) {
        each(node, "the file", ["bands", "offer", "autonomy", "intents", "triggers", "desk"]) { reader, key, value in
            switch key {
            case "bands": reader.readBands(value)
            case "offer": if let text = reader.text(value, key) { reader.policy.offer = text }
            case "autonomy": reader.readAutonomy(value)
            case "desk": reader.readDesk(value)
            case "intents":
                reader.eachNamed(value, key) { reader, name, value in
                    reader.policy.intents[name] = reader.texts(value, "intents.\(name)")
                }
            default: reader.readTriggers(value)
            }
        }
        for intent in policy.autonomyByIntent.keys.sorted() where policy.intents[intent] == nil {
            report(
                at: ["autonomy.intents.\(intent)"],
                "autonomy names the intent '\(intent)', which has no examples under intents")
        }
    }

    private mutating func readBands(_ node: Node) {
        each(node, "bands", ["auto", "draft"]) { reader, key, value in
            guard let number = reader.number(value, "bands.\(key)", 0...1) else { return }
            if key == "auto" { reader.policy.autoBand = number } else { reader.policy.draftBand = number }
        }
        if policy.draftBand > policy.autoBand {
            report(
                at: ["bands.draft", "bands.auto"],
                "bands.draft (\(policy.draftBand)) is above bands.auto (\(policy.autoBand)): raise auto or lower draft")
        }
        policy.rules[.lowConfidence]!.threshold = policy.draftBand
    }

    private mutating func readAutonomy(_ node: Node) {
        each(node, "autonomy", ["default", "intents", "tags", "fields"]) { reader, key, value in
            let place = "autonomy.\(key)"
            switch key {
            case "default": if let level = reader.autonomy(value, key) { reader.policy.autonomy = level }
            case "intents", "tags":
                reader.eachNamed(value, place) { reader, name, value in
                    guard let level = reader.autonomy(value, name) else { return }
                    if key == "tags" {
                        reader.policy.autonomyByTag[name.lowercased()] = level
                    } else {
                        reader.policy.autonomyByIntent[name] = level
                    }
                }
            default:
                reader.eachNamed(value, place) { reader, field, values in
                    reader.eachNamed(values, "\(place).\(field)") { reader, value, level in
                        guard let level = reader.autonomy(level, value) else { return }
                        reader.policy.autonomyByField[field.lowercased(), default: [:]][value.lowercased()] = level
                    }
                }
            }
        }
    }

    private mutating func readTriggers(_ node: Node) {
        let known = Trigger.allCases.filter { $0 != .lowConfidence }.map(\.rawValue)
        each(node, "triggers", known) { reader, key, value in reader.readTrigger(Trigger(rawValue: key)!, value) }
    }

    private mutating func readTrigger(_ trigger: Trigger, _ node: Node) {
        var known = ["on", "action"]
        switch trigger {
        case .askedForPerson: known += ["threshold", "phrases", "examples"]
        case .sensitiveTopic: known += ["threshold", "topics"]
        case .foreignLanguage: known += ["languages"]
        case .askedAgain: known += ["within_days"]
        case .customerTier: known += ["field", "values", "customers"]
        case .draftFailed: break
        default: known += ["threshold"]
        }
        let place = "triggers.\(trigger.rawValue)"
        each(node, place, known) { reader, key, value in
            switch key {
            case "on":
                guard let on = reader.flag(value, "\(place).on") else { return }
                if !on, trigger == .askedForPerson {
                    reader.report(value, "\(place) cannot be switched off: a person who is asked for comes")
                } else if !on, trigger == .draftFailed {
                    reader.report(value, "\(place) cannot be switched off: a failed draft is never sent by itself")
                } else {
                    reader.policy.rules[trigger]!.isOn = on
                }
            case "action":
                guard let action = reader.action(value, "\(place).action") else { return }
                if trigger == .askedForPerson, action != .human {
                    reader.report(value, "\(place).action can only be human")
                } else {
                    reader.policy.rules[trigger]!.action = action
                }
            case "threshold":
                // At 1 nobody who asks would be heard, and at 0 everybody asks.
                let range: ClosedRange<Double> =
                    switch trigger {
                    case .sentiment: -1...1
                    case .askedForPerson: 0.05...0.9
                    default: 0...1
                    }
                if let number = reader.number(value, "\(place).threshold", range) {
                    reader.policy.rules[trigger]!.threshold = number
                }
            case "phrases": reader.policy.personPhrases = reader.phrases(value, place)
            case "examples": reader.policy.personExamples = reader.texts(value, "\(place).examples")
            case "topics": reader.readTopics(value)
            case "languages": reader.policy.languages = reader.texts(value, "\(place).languages")
            case "within_days":
                if let days = reader.number(value, "\(place).within_days", 0...3650) {
                    reader.policy.askedAgainDays = days
                }
            case "field": if let text = reader.text(value, "\(place).field") { reader.policy.tierField = text }
            case "values": reader.policy.tierValues = reader.texts(value, "\(place).values")
            default: reader.policy.tierCustomers = reader.texts(value, "\(place).customers")
            }
        }
    }

    private mutating func readTopics(_ node: Node) {
        eachNamed(node, "topics") { reader, name, value in
            var topic = reader.policy.topics.first { $0.name == name } ?? Policy.Topic(name: name)
            let place = "topics.\(name)"
            reader.each(value, place, ["on", "action", "phrases", "examples"]) { reader, key, value in
                switch key {
                case "on": if let on = reader.flag(value, "\(place).on") { topic.isOn = on }
                case "action": topic.action = reader.action(value, "\(place).action")
                case "phrases": topic.phrases = reader.phrases(value, place)
                default: topic.examples = reader.texts(value, "\(place).examples")
                }
            }
            if SensitiveTopic(rawValue: name) == nil, topic.phrases.isEmpty, topic.examples.isEmpty {
                reader.report(value, "\(place) has neither phrases nor examples, so it can never be found")
            }
            reader.policy.topics.removeAll { $0.name == name }
            reader.policy.topics.append(topic)
        }
    }

    // MARK: - Values

    mutating func each(
        _ node: Node, _ place: String, _ known: [String], _ body: (inout PolicyReader, String, Node) -> Void
    ) {
        if node.null != nil { return }
        guard let mapping = node.mapping else { return report(node, "\(place): expected `key: value` lines") }
        for (key, value) in mapping {
            let name = key.string ?? ""
            guard known.contains(name) else {
                report(key, "unknown key '\(name)' in \(place). Known: \(known.sorted().joined(separator: ", "))")
                continue
            }
            note(key, value, "\(place).\(name)")
            body(&self, name, value)
        }
    }

    private mutating func note(_ key: Node, _ value: Node, _ place: String) {
        guard let line = key.mark?.line else { return }
        lines[place] = line
        if let start = Start(value) { keyLines[start] = line }
    }

    mutating func eachNamed(_ node: Node, _ place: String, _ body: (inout PolicyReader, String, Node) -> Void) {
        if node.null != nil { return }
        guard let mapping = node.mapping else { return report(node, "\(place): expected `name: …` lines") }
        for (key, value) in mapping {
            note(key, value, "\(place).\(key.string ?? "")")
            body(&self, key.string ?? "", value)
        }
    }

    mutating func text(_ node: Node, _ place: String) -> String? {
        guard let text = node.string else {
            report(node, "\(place): expected text")
            return nil
        }
        return text
    }

    mutating func texts(_ node: Node, _ place: String) -> [String] {
        guard let nodes = node.sequence else {
            report(node, "\(place): expected a list, like [one, two]")
            return []
        }
        return nodes.compactMap { text($0, place) }
    }

    private mutating func phrases(_ node: Node, _ place: String) -> [String] {
        let lines = texts(node, "\(place).phrases")
        for (i, line) in lines.enumerated() {
            if line.split(separator: "|", omittingEmptySubsequences: false).contains(where: {
                $0.allSatisfy(\.isWhitespace)
            }) {
                report(node.sequence![i], "\(place).phrases: '\(line)' has an alternative without a word")
            }
            do { _ = try PhraseTable(line) } catch { report(node.sequence![i], "\(place).phrases: \(error.message)") }
        }
        return lines
    }

    mutating func number(_ node: Node, _ place: String, _ range: ClosedRange<Double>) -> Double? {
        guard let number = node.float ?? node.int.map(Double.init), range.contains(number) else {
            let bounds = "\(range.lowerBound) to \(range.upperBound)"
            report(node, "\(place) is '\(node.string ?? "…")'; expected a number from \(bounds)")
            return nil
        }
        return number
    }

    private mutating func flag(_ node: Node, _ place: String) -> Bool? {
        if case .scalar(let scalar) = node, scalar.style == .plain {
            switch scalar.string.lowercased() {
            case "true", "yes", "on": return true
            case "false", "no", "off": return false
            default: break
            }
        }
        report(node, "\(place) is '\(node.string ?? "…")'; expected true or false")
        return nil
    }

    private mutating func action(_ node: Node, _ place: String) -> Band? {
        if let action = node.string.flatMap(Band.init(rawValue:)), action != .auto { return action }
        report(node, "\(place) is '\(node.string ?? "…")'; known: human, draft")
        return nil
    }

    private mutating func autonomy(_ node: Node, _ place: String) -> Autonomy? {
        // YAML 1.1 reads a bare `off` as false.
        if let level = node.string.flatMap(Autonomy.init(rawValue:)) { return level }
        report(
            node,
            "autonomy of \(place) is '\(node.string ?? "…")'; known: "
                + Autonomy.allCases.map(\.rawValue).joined(separator: ", "))
        return nil
    }

    mutating func report(_ node: Node, _ message: String) {
        let line = Start(node).flatMap { keyLines[$0] } ?? node.mark?.line
        problems.append(PolicyProblem(line: line ?? 1, message: message))
    }

    /// - Parameter places: of keys; the first that stands in the file.
    mutating func report(at places: [String], _ message: String) {
        problems.append(PolicyProblem(line: places.compactMap { lines[$0] }.first ?? 1, message: message))
    }

    /// What the parser found, in one line.
    static func problem(_ error: YamlError) -> PolicyProblem {
        switch error {
        case .scanner(_, let what, let mark, _), .parser(_, let what, let mark, _), .composer(_, let what, let mark, _):
            PolicyProblem(
                line: mark.line,
                message:
                    "not valid YAML: \(what). Look here and just above for an open bracket or quote, a tab, or a wrong indent"
            )
        case .duplicatedKeysInMapping(let keys, let context):
            PolicyProblem(
                line: context.mark.line,
                message: "\(keys.joined(separator: ", ")) stands twice: put both parts into one")
        default: PolicyProblem(line: 1, message: "not valid YAML: \(error)")
        }
    }
}
