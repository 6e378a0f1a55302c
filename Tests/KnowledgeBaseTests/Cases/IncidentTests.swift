import Embedding
import FoundationEssentials
import TestSupport
import Testing

@testable import KnowledgeBase

struct IncidentTests {
    private let desk = Desk()

    private func engine(at time: Date) throws -> Engine { try desk.engine(at: time) }

    private static let start = try! Date("2026-03-02T09:00:00Z", strategy: .iso8601)

    /// Takes cases in one by one, minutes apart, and runs each.
    private func live(_ texts: [String], minutes: Double) throws {
        try desk.zebras()
        for (place, text) in texts.enumerated() {
            let now = Self.start.addingTimeInterval(Double(place) * minutes * 60)
            let line =
                #"{"id":"B\#(place)","created_at":"\#(now.formatted(.iso8601))","subject":"\#(text)","description":"\#(text)"}"#
            let engine = try engine(at: now.addingTimeInterval(30))
            _ = try engine.intake([.bytes(Array(line.utf8), name: "in")])
            try engine.runCases(nil) { _ in }
        }
    }

    @Test func `a burst of twelve alike cases in an hour is announced once, by its fifth`() throws {
        try live((1...12).map { _ in "the zebra of the harbour does not open the lantern" }, minutes: 5)
        let engine = try engine(at: Self.start.addingTimeInterval(7200))
        let announced = try engine.outbox().filter { $0.kind == "incident" }
        #expect(announced.count == 1)
        #expect(announced.first?.at == Self.start.addingTimeInterval(4 * 300))
        #expect(announced.first?.text.contains("B0, B1, B2, B3, B4") == true)
        let incidents = try engine.incidents()
        #expect(incidents.count == 1 && incidents[0].cases.count == 12)
        #expect(try engine.journal().filter { $0.kind == "incident" }.count == 1)
    }

    @Test func `the same cases over days are no burst`() throws {
        try live((1...6).map { _ in "the zebra of the harbour does not open the lantern" }, minutes: 24 * 60)
        #expect(
            try engine(at: Self.start.addingTimeInterval(864_000)).outbox().filter { $0.kind == "incident" }.isEmpty)
    }

    @Test func `what names different codes is of different things, and a burst is named by its words`() throws {
        try live((1...6).map { "the zebra of the harbour shows TB-10\($0)\($0) and does not open" }, minutes: 5)
        let late = Self.start.addingTimeInterval(7200)
        #expect(try engine(at: late).outbox().filter { $0.kind == "incident" }.isEmpty)
    }
}
