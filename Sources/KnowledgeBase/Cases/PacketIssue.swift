import FoundationEssentials

/// The packet as an issue: Jira's `POST /rest/api/3/issue`, GitHub's `POST /repos/{o}/{r}/issues`.
public enum PacketIssue {
    static let summary = 255
    /// Jira refuses longer descriptions; GitHub longer bodies.
    static let jiraText = 30_000
    static let githubText = 60_000

    public static func jira(_ packet: HandoffPacket, project: String) throws -> String {
        struct Issue: Encodable {
            struct Named: Encodable { var name: String }
            struct Keyed: Encodable { var key: String }
            struct Fields: Encodable {
                var project: Keyed
                var issuetype: Named
                var summary: String
                var description: Node
                var labels: [String]
                var priority: Named
            }
            var fields: Fields
        }
        let priorities = ["low": "Low", "normal": "Medium", "high": "High", "urgent": "Highest"]
        let isBug = packet.case.type.map { $0.name == "bug" && $0.probability >= 0.5 } ?? false
        return try JSONRecord.text(
            Issue(
                fields: .init(
                    project: .init(key: project), issuetype: .init(name: isBug ? "Bug" : "Task"),
                    summary: PacketSlack.cut(PacketMarkdown.line(title(packet)), summary),
                    description: document(packet),
                    labels: labels(packet), priority: .init(name: priorities[packet.case.priority] ?? "Medium"))))
    }

    public static func github(_ packet: HandoffPacket) throws -> String {
        struct Issue: Encodable {
            var title: String
            var body: String
            var labels: [String]
            var assignees: [String]
        }
        return try JSONRecord.text(
            Issue(
                title: PacketSlack.cut(PacketMarkdown.line(title(packet)), summary),
                body: PacketSlack.cut(markdown(packet), githubText), labels: labels(packet), assignees: []))
    }

    private static func title(_ packet: HandoffPacket) -> String {
        packet.case.subject.isEmpty ? "Case \(packet.case.id)" : packet.case.subject
    }

    /// `kb-<id>` finds the issue again before another one is made. Labels have no spaces.
    static func labels(_ packet: HandoffPacket) -> [String] {
        let wanted = [
            "kb", "kb-" + packet.case.id, packet.trigger.id, packet.case.intent?.name ?? "", packet.case.priority,
        ]
        return wanted.filter { !$0.isEmpty }.map { label in
            String(label.map { $0.isWhitespace ? "-" : $0 }.prefix(50))
        }
    }

    /// A customer's `@name` would call somebody on GitHub, and `#12` tie another issue.
    private static func markdown(_ packet: HandoffPacket) -> String {
        PacketMarkdown.text(packet).replacing("@", with: "@\u{200b}").replacing(" #", with: " #\u{200b}")
    }

    // MARK: - Atlassian Document Format

    struct Node: Encodable, Equatable {
        var type: String
        var version: Int?
        var text: String?
        var content: [Node]?
        var attrs: [String: Int]?

        static func text(_ text: String) -> Node { Node(type: "text", text: text) }
        static func block(_ type: String, _ content: [Node]) -> Node { Node(type: type, content: content) }
        static func heading(_ title: String) -> Node {
            Node(type: "heading", content: [text(title)], attrs: ["level": 3])
        }
    }

    static func document(_ packet: HandoffPacket) -> Node {
        var room = jiraText
        var blocks: [Node] = []
        /// Text nodes may not be empty.
        func paragraph(_ line: String) -> Node? {
            guard !line.isEmpty, room > 0 else { return nil }
            let kept = PacketSlack.cut(line, room)
            room -= kept.utf16.count
            return .block("paragraph", [.text(kept)])
        }
        func add(_ lines: [String]) {
            var items: [Node] = []
            func flush() {
                if !items.isEmpty { blocks.append(.block("bulletList", items)) }
                items = []
            }
            for line in lines {
                if line.hasPrefix("> ") {
                    flush()
                    if let node = paragraph(String(line.dropFirst(2))) { blocks.append(.block("blockquote", [node])) }
                } else if let node = paragraph(line) {
                    items.append(.block("listItem", [node]))
                }
            }
            flush()
        }
        add(PacketMarkdown.facts(packet).map { "\($0.name): \(PacketMarkdown.line($0.value))" })
        for section in PacketMarkdown.sections(packet) where room > 0 {
            blocks.append(.heading(section.title))
            add(section.lines)
        }
        blocks.append(
            .block("paragraph", [.text("Packet \(packet.hash.prefix(12)), complete to \(packet.completeness).")]))
        return Node(type: "doc", version: 1, content: blocks)
    }
}
