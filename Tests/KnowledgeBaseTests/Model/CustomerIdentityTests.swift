import Testing

@testable import KnowledgeBase

struct CustomerIdentityTests {
    @Test(arguments: [
        "bob@example.org", "Bob@Example.org", " bob@example.org ", "bob@example.org\u{a0}", "Bob <bob@example.org>",
        "<BOB@example.org>", "\"Bob <b>\" < bob@example.org > ",
    ]) func `an address is one however it is written`(written: String) {
        #expect(CustomerIdentity.of(written) == "bob@example.org")
    }

    @Test(arguments: [
        ("", ""), (" ", ""), ("U5 ", "u5"), ("Bob <the second>", "bob <the second>"), ("a > b", "a > b"), ("<", "<"),
        (">", ">"), ("<>", "<>"),
    ]) func `what is no address stays what it is`(written: String, identity: String) {
        #expect(CustomerIdentity.of(written) == identity)
    }
}
