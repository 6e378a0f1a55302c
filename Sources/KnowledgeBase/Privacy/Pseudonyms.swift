/// Stable names for personal data: `<email 3f2a>` is the same address throughout one knowledge base, so that counts and
/// clusters hold, and another in the next, so that two bases' reports cannot be joined.
public struct Pseudonyms: Sendable {
    /// 32 random bytes; whoever has it can test guesses, so it stays in the base.
    private let secret: [UInt8]

    init(secret: [UInt8]) { self.secret = secret }

    /// - Returns: `<kind xxxx>`, four hexadecimal digits of a keyed SHA-256 of the datum without its spelling's accidents.
    func pseudonym(_ datum: PersonalData) -> String {
        let digest = SHA256.digest(
            secret, Array(datum.kind.rawValue.utf8), [0], Array(Self.canonical(datum).utf8), secret)
        return "<\(datum.kind.rawValue) \(SHA256.hex(digest.prefix(2)))>"
    }

    /// Twelve hexadecimal digits that stand for a case or customer in the journal's chain.
    func reference(_ id: String) -> String {
        SHA256.hex(SHA256.digest(secret, Array("reference".utf8), [0], Array(id.utf8), secret).prefix(6))
    }

    /// The text with everything found replaced.
    func redact(_ text: String, names: [String] = []) -> (text: String, counts: [PersonalData.Kind: Int]) {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var counts: [PersonalData.Kind: Int] = [:]
        var place = 0
        for datum in PersonalData.find(text, names: names) {
            out += bytes[place..<datum.range.lowerBound]
            out += Array(pseudonym(datum).utf8)
            counts[datum.kind, default: 0] += 1
            place = datum.range.upperBound
        }
        out += bytes[place...]
        return (String(decoding: out, as: UTF8.self), counts)
    }

    /// `+44 20 7946 0958` and `+442079460958` are one number, `Jane@Mail.com` and `jane@mail.com` one address.
    private static func canonical(_ datum: PersonalData) -> String {
        switch datum.kind {
        case .phone, .card, .iban, .account, .address, .birth:
            datum.text.lowercased().filter { $0.isLetter || $0.isNumber }
        case .email, .ip: datum.text.lowercased()
        case .name: FoldedText(datum.text).words.filter { !$0.isEnd }.map(\.text).joined(separator: " ")
        case .token: datum.text
        }
    }
}
