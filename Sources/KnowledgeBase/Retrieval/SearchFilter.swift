import FoundationEssentials

/// Which documents may be found.
public struct SearchFilter: Sendable, Equatable {
    public var topic: String?
    public var source: String?
    /// Updated at or after; documents without a date count by when their content last changed here.
    public var since: Date?
    public var locale: String?
    public var version: String?
    /// Any other front-matter field: its value must be equal, case aside, or stand in its list.
    public var fields: [(name: String, value: String)] = []

    public init() {}

    public var isEmpty: Bool {
        topic == nil && source == nil && since == nil && locale == nil && version == nil && fields.isEmpty
    }

    public static func == (a: SearchFilter, b: SearchFilter) -> Bool {
        (a.topic, a.source, a.since, a.locale, a.version) == (b.topic, b.source, b.since, b.locale, b.version)
            && a.fields.elementsEqual(b.fields, by: ==)
    }
}
