/// Who is meant by a customer as somebody wrote them.
enum CustomerIdentity {
    /// Without spaces around it, the address alone where one stands in angle brackets, in lower case: what is equal here is the
    /// same customer. `Bob <Bob@Example.org> ` is `bob@example.org`.
    static func of(_ written: some StringProtocol) -> String {
        let text = trimmed(written)
        guard text.last == ">", let start = text.lastIndex(of: "<") else { return text.lowercased() }
        let address = trimmed(text[text.index(after: start)...].dropLast())
        return (address.contains("@") ? address : text).lowercased()
    }

    private static func trimmed(_ text: some StringProtocol) -> Substring {
        let rest = Substring(text).drop(while: \.isWhitespace)
        guard let last = rest.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return rest[...last]
    }
}
