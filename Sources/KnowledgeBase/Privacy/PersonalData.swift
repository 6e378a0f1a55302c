/// Finds what tells who somebody is, or lets one act in their name. Recall first: a version taken for a telephone number
/// costs little, a leaked key much; numbers that have a checksum must keep it.
///
/// `PersonalData.find("Call me on +44 20 7946 0958")` finds one `.phone`.
public struct PersonalData: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case email, phone, card, iban, account, token, ip
        /// Told by words and capitals rather than by a form of its own: surely neither complete nor free of error.
        case name, address, birth
    }

    public var kind: Kind
    /// UTF-8 bytes of the text.
    public var range: Range<Int>
    public var text: String

    /// Everything found, in the order of the text; where two overlap, the one of the surer kind.
    ///
    /// - Parameter names: people known from the ticket itself; each of their words of three letters on is found.
    public static func find(_ text: String, names: [String] = []) -> [PersonalData] {
        var found = Findings(text)
        found.addFormed()
        let spelled = SpelledWords(text)
        found.add(.birth, BirthDates.find(spelled))
        found.add(.address, StreetAddresses.find(spelled))
        found.add(.name, NamesInText.find(spelled))
        // Who was named once is found wherever the name stands with a capital.
        let said = found.list.filter { $0.kind == .name }.map(\.text)
        found.add(.name, Names.occurrences(of: names, in: text))
        let again = Names.occurrences(of: said, in: text)
        found.add(.name, again.filter { spelled.isCapital(at: $0.lowerBound) })
        return found.inOrder
    }

    /// What has a form of its own: mail addresses, numbers, tokens, but nothing that only words and capitals tell.
    static func formed(_ text: String) -> [PersonalData] {
        var found = Findings(text)
        found.addFormed()
        return found.inOrder
    }

    private struct Findings {
        private let bytes: [UInt8]
        private(set) var list: [PersonalData] = []

        init(_ text: String) { bytes = Array(text.utf8) }

        var inOrder: [PersonalData] { list.sorted { $0.range.lowerBound < $1.range.lowerBound } }

        mutating func add(_ kind: Kind, _ ranges: [Range<Int>]) {
            for range in ranges {
                // Of one that runs into what is found already the rest is as personal as before.
                var start = range.lowerBound
                let inside = list.map(\.range).filter { $0.overlaps(range) }.sorted { $0.lowerBound < $1.lowerBound }
                for known in inside + [range.upperBound..<range.upperBound] {
                    let piece = trimmed(start..<max(start, known.lowerBound))
                    if !piece.isEmpty, inside.isEmpty || piece.count >= 4 {
                        list.append(
                            PersonalData(kind: kind, range: piece, text: String(decoding: bytes[piece], as: UTF8.self)))
                    }
                    start = max(start, known.upperBound)
                }
            }
        }

        /// Without separators at its ends.
        private func trimmed(_ range: Range<Int>) -> Range<Int> {
            var (start, end) = (range.lowerBound, range.upperBound)
            func isBlank(_ byte: UInt8) -> Bool { byte <= 32 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") }
            while start < end, isBlank(bytes[start]) { start += 1 }
            while end > start, isBlank(bytes[end - 1]) { end -= 1 }
            return start..<end
        }

        /// Surest first.
        mutating func addFormed() {
            add(.token, Tokens.known(bytes))
            add(.email, Addresses.emails(bytes))
            add(.iban, Numbers.ibans(bytes))
            add(.ip, Addresses.internet(bytes))
            add(.card, Numbers.cards(bytes))
            add(.account, Numbers.accounts(bytes))
            add(.phone, Numbers.phones(bytes))
            add(.token, Tokens.random(bytes))
        }
    }

    /// Made for documentation: `example.com`, 192.0.2.0/24, 555-01xx, 4111 1111 1111 1111. Names nobody.
    public var isExample: Bool {
        let lower = text.lowercased()
        switch kind {
        case .email:
            guard let domain = lower.split(separator: "@").last else { return false }
            let labels = domain.split(separator: ".")
            return labels.contains("example")
                || ["test", "invalid", "localhost"].contains(labels.last.map(String.init) ?? "")
        case .phone:
            let digits = lower.filter(\.isNumber)
            return digits.contains("55501") || digits.hasSuffix("0123456789") || digits == "123456789"
                || digits == "1234567890"
        case .card:
            return ["4111111111111111", "4242424242424242", "5555555555554444", "378282246310005"].contains(
                lower.filter(\.isNumber))
        case .ip:
            return [
                "192.0.2.", "198.51.100.", "203.0.113.", "127.", "10.", "192.168.", "0.0.0.0", "255.255.", "2001:db8",
                "::1",
            ]
            .contains { lower.hasPrefix($0) }
        // What devices leave the factory with: "pair with PIN 0000".
        case .account: return ["0000", "1111", "1234", "00000", "12345"].contains(lower.filter(\.isNumber))
        case .iban, .token, .name, .address, .birth: return false
        }
    }

    /// An address of an office rather than of a person: `support@…`.
    public var isRole: Bool {
        guard kind == .email, let local = text.lowercased().split(separator: "@").first else { return false }
        return Self.roles.contains(String(local.prefix { $0 != "+" }))
    }

    private static let roles: Set<String> = [
        "support", "help", "info", "contact", "sales", "billing", "accounts", "accounting", "privacy", "security",
        "legal",
        "abuse", "admin", "noreply", "no-reply", "donotreply", "postmaster", "webmaster", "hello", "feedback", "press",
        "careers", "jobs", "service", "office", "mail", "dpo", "compliance", "refunds", "returns", "orders", "team",
    ]
}
