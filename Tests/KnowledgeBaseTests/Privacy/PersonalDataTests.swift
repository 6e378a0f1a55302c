import Testing

@testable import KnowledgeBase

struct PersonalDataTests {
    @Test(arguments: PersonalDataCases.found) func `personal data is found whole`(_ example: PersonalDataCases.Case) {
        #expect(PersonalData.find(example.text).map { "\($0.kind.rawValue):\($0.text)" } == example.expected)
    }

    @Test(arguments: PersonalDataCases.clean) func `versions, codes, dates and prices are nobody's data`(
        _ example: PersonalDataCases.Case
    ) {
        #expect(PersonalData.find(example.text).isEmpty)
    }

    @Test func `names of the ticket are found, common words among them with a capital alone`() {
        let found = PersonalData.find("Hi Mark, mark the mail from Jörg Meier", names: ["Mark Twain", "Jorg Meier"])
        #expect(found.map(\.text) == ["Mark", "Jörg Meier"])
    }

    @Test func `a pseudonym is the same for one address however it is spelled, and another in the next base`() {
        let here = Pseudonyms(secret: [1, 2, 3])
        let there = Pseudonyms(secret: [4, 5, 6])
        let first = here.redact("Jane@Mail.com, +44 20 7946 0958")
        #expect(first.text == here.redact("jane@mail.com, +442079460958").text)
        #expect(first.text != there.redact("Jane@Mail.com, +44 20 7946 0958").text)
        #expect(first.counts == [.email: 1, .phone: 1])
        #expect(!first.text.contains("Jane") && first.text.contains("<email "))
    }

    @Test func `a bracket right after a word ends`() {
        #expect(PersonalData.find("f(1) g(22)(333) id_(4444)").isEmpty)
    }

    @Test(arguments: ["support@shop.de", "a@example.com", "x@sub.example.org"])
    func `an office and an example are told apart from a person`(_ text: String) throws {
        let datum = try #require(PersonalData.find(text).first)
        #expect(datum.isRole || datum.isExample)
    }
}
