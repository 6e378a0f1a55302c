// Lines and trimming on UTF-8: walking Characters costs fifty times as much on the texts read here.

extension StringProtocol where UTF8View: BidirectionalCollection, UTF8View.SubSequence == Substring.UTF8View {
    /// The lines without their line feeds; empty ones included.
    var lines: [Substring] { utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { Substring($0) } }

    /// Nothing but ASCII white space.
    var isBlank: Bool { utf8.allSatisfy { $0 <= 0x20 } }

    /// Spaces at the start.
    var indentation: Int { utf8.prefix { $0 == 0x20 }.count }

    /// Without ASCII white space at the start.
    var trimmedStart: Substring { Substring(utf8.drop { $0 <= 0x20 }) }

    /// Without ASCII white space at the end.
    var trimmedEnd: Substring {
        var end = utf8.endIndex
        while end > utf8.startIndex, utf8[utf8.index(before: end)] <= 0x20 { end = utf8.index(before: end) }
        return Substring(utf8[utf8.startIndex..<end])
    }

    /// Without ASCII white space at both ends.
    var trimmed: Substring { trimmedStart.trimmedEnd }

    /// Byte for byte, which `hasPrefix` is not: that compares characters.
    func starts(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { utf8.starts(with: $0) }
    }
}
