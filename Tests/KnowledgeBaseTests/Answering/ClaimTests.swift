import Testing

@testable import KnowledgeBase

struct ClaimTests {
    private func disagreement(_ a: String, _ b: String, cosine: Double?, asked: Set<String> = [], context: String = "")
        -> String?
    {
        Claim(a).disagreement(with: Claim(b), cosine: cosine, asked: asked, context: Claim.Context(context))
    }

    @Test(arguments: [
        (
            "Deleted files stay in the trash for 30 days.", "Items in the trash are removed after 14 days.", 0.75,
            "a number"
        ),
        ("Reports are refreshed every 15 minutes.", "Reports are updated once per hour.", 0.85, "a number"),
        ("Check-in is possible from 3 pm.", "You can check in from 1 pm.", 0.70, "a number"),
        ("The summer sale ends on 31 August.", "The summer sale runs until 15 August.", 0.91, "a date"),
        ("Maintenance takes place on Sundays.", "Maintenance takes place on Saturdays.", 0.80, "a day"),
        (
            "Two-factor authentication is optional for admins.",
            "Admins are required to use two-factor authentication.", 0.95, "what is required"
        ),
        ("Backups are switched on by default.", "Backups are off until you turn them on.", 0.87, "on or off"),
        (
            "Guests can invite other guests to a board.", "Guests are not allowed to invite anyone to a board.", 0.75,
            "a negation"
        ),
        ("Returns are free of charge.", "A return costs 4.95 euros.", 0.70, "a number"),
        ("The SDK needs Python 3.6 or later.", "The SDK needs Python 3.10 or later.", 0.98, "a number"),
    ]) func `two claims on one thing that cannot both hold`(_ a: String, _ b: String, _ cosine: Double, _ what: String)
    {
        #expect(disagreement(a, b, cosine: cosine) == what)
        #expect(disagreement(b, a, cosine: cosine) == what)
    }

    @Test(arguments: [
        (
            "Be at the airport two hours before a flight within Europe.",
            "For long-haul flights be there three hours before.", 0.68
        ),
        ("Early bird tickets are sold until 30 April.", "Regular tickets are sold until 15 June.", 0.68),
        ("On a Mac, choose Add 2 printers.", "On Windows, choose Add 3 printers.", 0.81),
        ("An admin can remove a member.", "Members cannot remove other members.", 0.75),
        ("The warranty lasts one year.", "The warranty lasts 12 months.", 0.90),
        ("The trash keeps files for 30 days.", "The pool is open for 14 days.", 0.20),
        ("Shipping costs 4.90 euros.", "Express shipping costs 12.90 euros.", 0.80),
    ]) func `two claims that can both hold`(_ a: String, _ b: String, _ cosine: Double) {
        #expect(disagreement(a, b, cosine: cosine) == nil)
    }

    @Test func `a qualifier that the question names sets nothing apart`() {
        let (a, b) = ("Shipping costs 4.90 euros.", "Express shipping costs 12.90 euros.")
        #expect(disagreement(a, b, cosine: 0.8, context: "What does express shipping cost?") == "a number")
    }

    @Test func `both give the asked time though they share no word`() {
        let (a, b) = ("You stay signed in for 30 days.", "Sessions expire after 12 hours.")
        #expect(disagreement(a, b, cosine: 0.53) == nil)
        #expect(disagreement(a, b, cosine: 0.53, asked: [Facts.time]) == "a number")
    }

    @Test(arguments: [
        ("Use the phone hotline between 9 and 5.", "The phone hotline was closed in March 2025.", true),
        ("Open the File menu and choose Export.", "The File menu was removed in version 5.", true),
        ("Comments can be edited.", "Comments cannot be restored once they have been removed.", false),
        ("Click Change email.", "Email notifications can be switched off under Settings.", false),
    ]) func `what has changed is told from what can be changed`(_ a: String, _ b: String, _ changed: Bool) {
        #expect(Claim(a).isChanged(by: Claim(b), context: Claim.Context("")) == changed)
    }
}
