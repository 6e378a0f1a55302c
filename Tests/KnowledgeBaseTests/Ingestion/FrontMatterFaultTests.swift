import Testing

@testable import KnowledgeBase

struct FrontMatterFaultTests {
    @Test(arguments: [
        ("---\ntitle: Never closed\n\n# Text\n\nbody\n", "its front matter is not closed and was read as text"),
        ("+++\ntitle = \"x\"\n# Text\n", "its front matter is not closed and was read as text"),
        (
            "---\ntitle: [unbalanced\nurl: x\n---\nbody\n",
            "its front matter is not valid YAML and was read line by line"
        ),
        ("+++\ntitle = [\n+++\nbody\n", "its front matter is not valid TOML and was read line by line"),
        ("---\ntitle: Good\n---\nbody\n", nil), ("---\n\nA thematic break above prose.\n", nil),
        ("---\n---\nbody\n", nil),
        ("# No front matter\n", nil), ("---\n\n# A break, then: a heading\n", nil),
    ])
    func `broken front matter is reported, and read as well as it can be`(text: String, fault: String?) throws {
        #expect(FrontMatter.split(text).front.fault == fault)
        #expect(try DocumentReader.read(bytes: Array(text.utf8), path: "a.md").fault == fault)
    }

    @Test func `the report of an ingest names the file`() throws {
        let desk = Desk()
        desk.article("a.md", "---\ntitle: [unbalanced\n---\nThe zebra.\n")
        desk.article("b.md", "# B\n\nThe giraffe.\n")
        let source = try desk.ingest().sources[0]
        #expect(source.faults.map(\.path) == ["a.md"] && source.skipped.isEmpty && source.added == 2)
    }
}
