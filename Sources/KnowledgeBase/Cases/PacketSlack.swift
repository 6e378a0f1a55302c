import FoundationEssentials

/// The packet as a message of Slack's Block Kit: at most 50 blocks, sections of 3,000 and headers of 150 characters, and
/// always a plain text, which is what notifications show.
public enum PacketSlack {
    static let blocks = 50
    static let section = 3000
    static let header = 150

    public struct Message: Sendable, Encodable, Equatable {
        public var text: String
        public var blocks: [Block]
    }

    public struct Text: Sendable, Encodable, Equatable {
        public var type: String
        public var text: String
    }

    public struct Block: Sendable, Encodable, Equatable {
        public var type: String
        public var text: Text?
        public var elements: [Text]?
    }

    public static func message(_ packet: HandoffPacket) -> Message {
        let title = "\(packet.case.id): \(PacketMarkdown.line(packet.case.subject))"
        var out = [Block(type: "header", text: Text(type: "plain_text", text: cut(title, header)), elements: nil)]
        let facts = PacketMarkdown.facts(packet).map { "*\($0.name)*: \(escaped(PacketMarkdown.line($0.value)))" }
        out += sections(facts)
        for part in PacketMarkdown.sections(packet) {
            out += sections(
                ["*\(escaped(part.title))*"]
                    + part.lines.map {
                        $0.hasPrefix("> ") ? ">" + escaped(String($0.dropFirst(2))) : "• " + escaped($0)
                    })
        }
        // The end says what was left out; the whole is in kb.
        let end = "Packet \(packet.hash.prefix(12)), complete to \(packet.completeness)"
        if out.count >= blocks { out.removeSubrange((blocks - 1)...) }
        let isCut = out.count == blocks - 1
        out.append(
            Block(
                type: "context", text: nil,
                elements: [
                    Text(
                        type: "mrkdwn",
                        text: end + (isCut ? "; cut, all of it: kb ticket packet \(escaped(packet.case.id))" : ""))
                ]))
        // The plain text is read as markup too: "<!channel>" in a subject must call nobody.
        return Message(text: cut(escaped("\(title) (\(PacketMarkdown.trigger(packet)))"), section), blocks: out)
    }

    /// Lines as section blocks, as few as hold them.
    private static func sections(_ lines: [String]) -> [Block] {
        var texts: [String] = []
        for line in lines {
            for piece in pieces(line) {
                if let last = texts.last, last.utf16.count + 1 + piece.utf16.count <= section {
                    texts[texts.count - 1] += "\n" + piece
                } else {
                    texts.append(piece)
                }
            }
        }
        return texts.map { Block(type: "section", text: Text(type: "mrkdwn", text: $0), elements: nil) }
    }

    /// Slack counts UTF-16 units or characters, whichever is more here: both are kept below the limit.
    private static func pieces(_ line: String) -> [String] {
        guard line.utf16.count > section else { return [line] }
        var out: [String] = []
        var piece = ""
        var size = 0
        for character in line {
            let width = String(character).utf16.count
            if size + width > section {
                out.append(piece)
                (piece, size) = ("", 0)
            }
            piece.append(character)
            size += width
        }
        return out + [piece]
    }

    static func cut(_ text: String, _ limit: Int) -> String {
        guard text.utf16.count > limit else { return text }
        var out = ""
        var size = 0
        for character in text {
            size += String(character).utf16.count
            if size > limit - 1 { break }
            out.append(character)
        }
        return out + "…"
    }

    /// Customers' words are no markup and mention nobody.
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
