import FoundationEssentials
import Testing

@testable import KnowledgeBase

struct UrgencyTests {
    /// A Wednesday.
    private static let now = try! Date("2026-03-04T10:00:00Z", strategy: .iso8601)

    @Test(arguments: [
        ("I need this by Friday", "2026-03-06"), ("Please fix it before tomorrow noon", "2026-03-05T12:00:00Z"),
        ("We need it by end of day", "2026-03-04"), ("The deadline is 15 March", "2026-03-15"),
        ("It must be done by March 3rd", "2027-03-03"), ("Our launch is on 2026-03-20", "2026-03-20"),
        ("I need an answer within two hours", "2026-03-04T12:00:00Z"), ("due next Monday", "2026-03-09"),
        ("We need it by the end of the month", "2026-03-31"), ("please reply by 5pm today", "2026-03-04T17:00:00Z"),
        ("The trial ends in 3 days, please help", "2026-03-07T10:00:00Z"), ("Ich brauche es bis Freitag", "2026-03-06"),
        ("Lo necesito antes del viernes", "2026-03-06"), ("J'en ai besoin avant vendredi", "2026-03-06"),
        ("We have to file taxes by 4/15", "2026-04-15"), ("needed by the 10th", "2026-03-10"),
    ])
    func `a deadline is resolved against the message's date`(text: String, expected: String) throws {
        let found = Urgency.read(text, at: Self.now)
        let said = found.deadline?.formatted(.iso8601) ?? "none"
        #expect(said.hasPrefix(expected), "\(text): \(said)")
        #expect(found.signs.first?.kind == "deadline")
    }

    @Test(arguments: [
        "It has been broken since Friday", "I bought it on 3 March 2025", "Last Monday it still worked",
        "I tried it today and it fails",
        "It takes 2 hours to load", "The meeting was yesterday", "A week ago I wrote to you",
    ])
    func `a date that is only told about is no deadline`(text: String) {
        #expect(Urgency.read(text, at: Self.now).deadline == nil)
    }

    @Test(arguments: [
        ("Our site is down and nobody can log in", Urgency.Level.urgent), ("URGENT: production is down", .urgent),
        ("I am completely blocked and cannot work", .high), ("This is the third time I write about this", .high),
        ("No rush, whenever you have time", .low), ("This is not urgent at all", .low),
        ("How do I change the font?", .normal),
        ("Es ist dringend", .high), ("We need this within the hour", .urgent), ("There is no hurry", .low),
        ("How do I block a sender?", .normal),
    ])
    func `the level follows from the words`(text: String, level: Urgency.Level) {
        let found = Urgency.read(text, at: Self.now)
        #expect(found.level == level, "\(text): \(found.level) \(found.probability) \(found.signs)")
    }

    @Test func `a calendar day is what it was`() {
        for (year, month, day, weekday) in [(2026, 3, 4, 2), (2024, 2, 29, 3), (1970, 1, 1, 3), (2000, 12, 31, 6)] {
            let found = CivilDay(year: year, month: month, day: day)
            #expect(found?.weekday == weekday && found?.year == year && found?.month == month && found?.day == day)
        }
        #expect(CivilDay(year: 2026, month: 2, day: 29) == nil)
        #expect(CivilDay(year: 2026, month: 2, day: 3)!.lastOfMonth == CivilDay(year: 2026, month: 2, day: 28)!)
    }

    @Test(arguments: [
        ("We will get back to you by Friday.", "2026-03-06"),
        ("I'll call you tomorrow at 3pm.", "2026-03-05T15:00:00Z"),
        ("You will hear from us within two days.", "2026-03-06"),
    ])
    func `a promise is found with its date`(text: String, due: String) {
        let found = PromiseFinder.find(text, at: Self.now)
        #expect(found.count == 1 && found.first?.dueAt?.formatted(.iso8601).hasPrefix(due) == true, "\(found)")
    }

    @Test(arguments: [
        "Please restart the program.", "Will you send us the log?", "If you call us we can look.",
        "It is in the settings.",
    ])
    func `an instruction is no promise`(text: String) { #expect(PromiseFinder.find(text, at: Self.now) == []) }

    @Test(arguments: [
        ("Thanks, that solved it!", true), ("It works now, thank you", true), ("That did the trick", true),
        ("Thank you, I will try that", false), ("It did not work", false),
        ("It still does not work, thanks anyway", false),
        ("How do I know if it is solved?", false), ("I hope this works", false), ("It worked until yesterday", false),
        ("Problem solved. How do I mark this thread as solved?", true), ("Danke, hat geklappt", true),
    ])
    func `a yes is told from a no`(text: String, yes: Bool) { #expect(CaseWording.confirms(text) == yes) }
}
