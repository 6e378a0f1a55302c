import ArgumentParser
import Embedding
import FoundationEssentials
import KnowledgeBase

extension PolicyCommand {
    /// Judges drafts that something else wrote, by the criteria kb holds its own to.
    struct GradeDrafts: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "grade",
            abstract: "Judges drafts against the written criteria; one JSON line out per line in.",
            discussion: """
                A line: {"_id", "question", "sentences": [{"text", "citations": [1]}], "cited": [{"document", "title", \
                "text", "updated", "version"}], "rivals": [the same], "asked_at"}. Exit code 3 when a draft fails.

                Example: kb policy grade drafts.jsonl
                """)

        @Argument(help: ArgumentHelp("JSON Lines of drafts; '-' is standard input.", valueName: "file"))
        var file: String

        @OptionGroup var global: GlobalOptions

        private struct Line: Decodable {
            struct Passage: Decodable {
                var document: String?
                var title: String?
                var headings: [String]?
                var text: String
                var updated: String?
                var version: String?
            }
            struct Sentence: Decodable {
                var text: String
                var citations: [Int]?
            }
            var _id: String?
            var question: String
            var sentences: [Sentence]
            var cited: [Passage]
            var rivals: [Passage]?
            var asked_at: String?
        }

        private struct Result: Encodable {
            @Nullable var id: String?
            var grade: GradeJSON
        }

        private struct Failure: Encodable {
            var error: String
        }

        func run() throws {
            var reader = try LineReader(file)
            let now = try global.clock()()
            let encoder = try Models.open(global.model, environment: GlobalOptions.environment, threads: 2)
            var (anyFailed, anyBad) = (false, false)
            while true {
                let lines = reader.next(32)
                guard !lines.isEmpty else { break }
                for bytes in lines where !bytes.allSatisfy({ $0 <= 0x20 }) {
                    guard let line = try? JSONDecoder().decode(Line.self, from: Data(bytes)) else {
                        anyBad = true
                        try JSONOutput.print(Failure(error: "not a JSON object with question, sentences and cited"))
                        continue
                    }
                    var draft = draft(line, now: now)
                    try draft.measure(encoder)
                    let grade = Grading.grade(draft)
                    if grade.verdict == .fail { anyFailed = true }
                    try JSONOutput.print(Result(id: line._id, grade: GradeJSON(grade)))
                }
            }
            if anyBad { throw Outcome.failed }
            if anyFailed { throw Outcome.gateFailed }
        }

        private func draft(_ line: Line, now: Date) -> Grading.Draft {
            Grading.Draft(
                question: line.question,
                sentences: line.sentences.map { .init(text: $0.text, citations: $0.citations ?? []) },
                cited: line.cited.map(passage), rivals: (line.rivals ?? []).map(passage),
                now: line.asked_at.flatMap(Self.time) ?? now)
        }

        private func passage(_ line: Line.Passage) -> Grading.Passage {
            Grading.Passage(
                document: line.document ?? "", title: line.title ?? "", headings: line.headings ?? [], text: line.text,
                updated: line.updated.flatMap(Self.time), version: line.version)
        }

        static func time(_ text: String) -> Date? {
            (try? Date(text, strategy: .iso8601)) ?? (try? Date(text + "T00:00:00Z", strategy: .iso8601))
        }
    }
}
