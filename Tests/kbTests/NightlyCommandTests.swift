import FoundationEssentials
import TestSupport
import Testing

struct NightlyCommandTests {
    private let command = Command().ingested()

    private func file(_ name: String) -> String {
        String(
            decoding: FileManager.default.contents(atPath: command.folder.path + "/.kb/" + name) ?? Data(),
            as: UTF8.self)
    }

    private func tickets(_ count: Int) {
        command.folder.write("kb.yaml", "calibration:\n  assumed_answerable_share: 0.01\n")
        command.folder.write(
            "tickets.jsonl",
            (0..<count).map { i in
                #"{"id":"t\#(i)","created_at":"2025-01-\#(10 + i)T00:00:00Z","requester":"c\#(i)","subject":"the lantern of the giraffe \#(i)"}"#
            }.joined(separator: "\n"))
    }

    @Test func `a night reads what is new, tells it once, and keeps yesterday's report`() {
        tickets(3)
        #expect(command("ingest", "tickets.jsonl").code == 0)
        let first = command("nightly", "--now", "2025-02-01T03:00:00Z")
        #expect(first.code == 0, "\(first.err)")
        #expect(
            first.out.split(separator: "\n").map { $0.prefix { $0 != " " } } == [
                "ingest", "calibrate", "replay", "gaps", "deliver",
            ])
        #expect(first.out.contains("1 new"))
        #expect(file("reports/gaps-2025-02-01.html").hasPrefix("<!DOCTYPE html>"))
        #expect(file("heartbeat.json").contains(#""ok":true"#))
        #expect(command("nightly", "--now", "2025-02-02T03:00:00Z").out.contains("nothing new, nothing delivered"))
        #expect(file("reports/gaps-2025-02-02.html").isEmpty)
        tickets(5)
        #expect(command("nightly", "--now", "2025-02-03T03:00:00Z").out.contains("1 grew"))
        #expect(!file("reports/gaps-2025-02-01.html").isEmpty && !file("reports/gaps-2025-02-03.html").isEmpty)
        #expect(file("nightly.log").split(separator: "\n").count == 15)
    }

    @Test func `a step that fails stops no other, and the exit says so`() {
        tickets(3)
        #expect(command("ingest", "tickets.jsonl").code == 0)
        try? FileManager.default.removeItem(atPath: command.folder.path + "/articles")
        let night = command("nightly", "--now", "2025-02-01T03:00:00Z")
        #expect(night.code == 2)
        #expect(night.out.contains("ingest     failed") && night.out.contains("gaps       ok"))
        #expect(file("heartbeat.json").contains(#""ok":false"#))
    }

    @Test func `what could not be delivered is told the next night`() {
        tickets(3)
        #expect(command("ingest", "tickets.jsonl").code == 0)
        #expect(command("nightly", "--now", "2025-02-01T03:00:00Z", "--deliver", "nowhere/at/all").code == 2)
        command.folder.write("out/keep", "")
        let next = command("nightly", "--now", "2025-02-02T03:00:00Z", "--deliver", "out")
        #expect(next.code == 0 && next.out.contains("1 new"))
        #expect(FileManager.default.fileExists(atPath: command.folder.path + "/out/gaps-2025-02-02.html"))
    }
}
