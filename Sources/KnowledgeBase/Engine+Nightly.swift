import FoundationEssentials

/// One step of a night's work.
public struct NightlyStep: Sendable, Codable {
    public var name: String
    public var ok: Bool
    public var seconds: Double
    /// What came out, or what went wrong.
    public var detail: String
}

extension Engine {
    /// Runs steps one after another under one lock; a step that fails does not stop the others.
    ///
    /// Each step leaves a line in nightly.log as it ends; the heartbeat is written when all have.
    /// - Throws: `KnowledgeBaseError.ingestRunning` when another night's work is still going on.
    public func nightly(
        _ steps: [(name: String, run: () throws -> String)], done: (NightlyStep) -> Void
    ) throws -> [NightlyStep] {
        let lock = try IngestLock(path: location.nightlyLock)
        defer { lock.release() }
        var finished: [NightlyStep] = []
        for step in steps {
            let started = ContinuousClock.now
            var outcome = NightlyStep(name: step.name, ok: true, seconds: 0, detail: "")
            do {
                outcome.detail = try step.run()
            } catch {
                (outcome.ok, outcome.detail) = (false, String(describing: error))
            }
            outcome.seconds = (started.elapsedMilliseconds / 100).rounded() / 10
            finished.append(outcome)
            try log(outcome)
            done(outcome)
        }
        struct Heartbeat: Encodable {
            var at: String
            var ok: Bool
            var steps: [NightlyStep]
        }
        let beat = Heartbeat(
            at: clock().formatted(.iso8601), ok: finished.allSatisfy(\.ok), steps: finished)
        try keep(Data((try JSONText.encode(beat) + "\n").utf8), at: location.heartbeat)
        return finished
    }

    /// A report of the night in `.kb/reports`, private to its owner; one of the same day is replaced, others are kept.
    public func keepReport(_ text: String, name: String) throws -> String {
        try FileManager.default.createDirectory(
            atPath: location.reports, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let path = location.reports + "/" + name
        try keep(Data(text.utf8), at: path)
        return path
    }

    /// Today by this base's clock, as reports are named.
    public var today: String { String(clock().formatted(.iso8601).prefix(10)) }

    private func keep(_ data: Data, at path: String) throws {
        try data.write(to: URL(filePath: path), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    private func log(_ step: NightlyStep) throws {
        let detail = step.detail.split(whereSeparator: \.isNewline).joined(separator: " ")
        let line =
            "\(clock().formatted(.iso8601)) \(step.name) \(step.ok ? "ok" : "failed") \(step.seconds)s \(detail)\n"
        var lines = FileManager.default.contents(atPath: location.nightlyLog) ?? Data()
        // A year of nights; the oldest go.
        if lines.count > 1 << 20, let cut = lines.dropFirst(1 << 19).firstIndex(of: 0x0a) {
            lines = lines[(cut + 1)...]
        }
        try keep(lines + Data(line.utf8), at: location.nightlyLog)
    }
}
