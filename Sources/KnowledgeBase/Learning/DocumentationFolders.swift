/// Where a team's own documentation stands, told from where its agents' links lead.
///
/// An agent who links a page of it that is no article here says plainly that no article here answers: the page was taken
/// out, or never came in. A link to anything else (a bug, another ticket, another firm's help) says nothing of that.
struct DocumentationFolders: Sendable {
    private let folders: Set<String>

    /// - Parameter links: addresses with the number of links to each and whether it leads to an article.
    init(_ links: [(url: String, count: Int, isArticle: Bool)]) {
        var found: [String: Int] = [:]
        for link in links where link.isArticle { found[Link(link.url).folder, default: 0] += link.count }
        // A page elsewhere may have an article's name by accident; a folder of the documentation has many of them.
        let all = found.values.reduce(0, +)
        folders = Set(found.filter { Double($0.value) >= Self.leastShare * Double(all) && !$0.key.isEmpty }.keys)
    }

    /// Share of the links to articles that a folder of the documentation has at least.
    private static let leastShare = 0.1

    /// Whether a page stands in the documentation.
    func contains(_ url: String) -> Bool {
        let link = Link(url)
        return !link.name.isEmpty && folders.contains(link.folder)
    }
}
