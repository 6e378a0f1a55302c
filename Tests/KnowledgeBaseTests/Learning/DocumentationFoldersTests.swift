import Testing

@testable import KnowledgeBase

@Suite struct DocumentationFoldersTests {
    private let folders = DocumentationFolders([
        ("https://help.example/en-US/kb/compact-folders", 12, true),
        ("https://help.example/de/kb/import-address-book", 6, true),
        ("https://help.example/questions/1350593", 40, false),
        // A page elsewhere with an article's name.
        ("https://wiki.example.org/kb/import-address-book", 1, true),
        ("https://www.other.example/app/Rules.html", 9, false),
    ])

    @Test(arguments: [
        ("https://help.example/en-US/kb/taken-out", true),
        ("https://www.help.example/fr/kb/taken-out?as=u#w_first", true),
        ("https://help.example/kb/compact-folders", true),
        ("https://help.example/questions/1350594", false),
        ("https://help.example/", false),
        ("https://wiki.example.org/kb/other-page", false),
        ("https://www.other.example/app/Rules.html", false),
        ("", false),
    ])
    func `a page of the documentation stands where the articles that agents link stand`(url: String, isThere: Bool) {
        #expect(folders.contains(url) == isThere)
    }

    @Test func `where no link leads to an article nothing is documentation`() {
        let none = DocumentationFolders([("https://help.example/kb/page", 3, false)])
        #expect(!none.contains("https://help.example/kb/page"))
        #expect(!DocumentationFolders([]).contains("https://help.example/kb/page"))
    }

    @Test func `articles without addresses have no folder`() {
        #expect(!DocumentationFolders([("compact-folders", 3, true)]).contains("import-address-book"))
    }
}
