import ArgumentParser
import FoundationEssentials
import KnowledgeBase

extension GapsCommand {
    /// For measuring: groups of questions come ready-made, one JSON line each.
    struct Classify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What kind of gap ready-made groups of questions would be; one JSON line out per line in.",
            discussion: """
                A line: {"id", "questions": [{"id", "text", "asked_at", "customer"}], "replies": [{"ticket", "text"}]}.

                Example: kb gaps classify cases.jsonl
                """, shouldDisplay: false)

        @Argument(help: ArgumentHelp("JSON Lines; '-' is standard input.", valueName: "file"))
        var file: String

        @OptionGroup var global: GlobalOptions

        private struct Line: Decodable {
            struct Asked: Decodable {
                var id: String
                var text: String
                var asked_at: String?
                var customer: String?
            }
            struct Reply: Decodable {
                var ticket: String
                var text: String
            }
            var id: String
            var questions: [Asked]
            var replies: [Reply]?
        }

        private struct GroundingJSON: Encodable {
            var document: String
            var words: Double
            var meaning: Double
        }

        private struct Result: Encodable {
            var id: String
            var kind: String
            var evidence: String
            var suggestion: String
            @Nullable var nearest: String?
            /// How much of the agents' answers stands in which article.
            var grounding: [GroundingJSON]
        }

        func run() throws {
            var reader = try LineReader(file)
            var cases: [GapCase] = []
            for (number, bytes) in reader.rest().split(separator: 0x0a).enumerated() {
                guard let line = try? JSONDecoder().decode(Line.self, from: Data(bytes)), !line.questions.isEmpty else {
                    throw KnowledgeBaseError.unreadable(
                        path: file, reason: "line \(number + 1) is not a case with questions")
                }
                cases.append(
                    GapCase(
                        id: line.id,
                        questions: line.questions.map {
                            Question(
                                id: $0.id, text: $0.text, askedAt: $0.asked_at.flatMap(GapsCommand.time),
                                customer: $0.customer)
                        }, replies: (line.replies ?? []).map { ($0.ticket, $0.text) }))
            }
            for (one, (gap, grounding)) in zip(cases, try global.engine(access: nil).classify(cases)) {
                try JSONOutput.print(
                    Result(
                        id: one.id, kind: gap.kind.rawValue, evidence: gap.evidence, suggestion: gap.suggestion,
                        nearest: gap.nearest?.document,
                        grounding: grounding.map {
                            GroundingJSON(
                                document: $0.document, words: JSONOutput.rounded($0.words, 3),
                                meaning: JSONOutput.rounded($0.meaning, 3))
                        }))
            }
        }
    }
}
