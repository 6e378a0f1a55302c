import ArgumentParser
import Embedding
import FoundationEssentials
import KnowledgeBase

struct EncodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "encode", abstract: "The encoder alone: token ids and a unit vector as JSON.",
        discussion: "Example: kb encode \"reset password\"")

    @OptionGroup var input: QuestionOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var global: GlobalOptions

    private struct Encoded: Encodable {
        var id: String?
        var tokens: [Int32]
        var vector: [Float]
    }

    func run() throws {
        let (location, _) = global.located
        let resolved = try Configuration.resolve(global, location: location)
        let encoder = try Models.open(
            resolved.model.value, environment: GlobalOptions.environment, threads: resolved.threads.value)
        func write(_ questions: [Question], ids: Bool) throws {
            let texts = questions.map(\.fullText)
            let vectors = try encoder.encode(texts)
            for (i, text) in texts.enumerated() {
                let tokens = encoder.tokenizer.encode(text, maximumTokens: encoder.maximumTokens)
                try JSONOutput.print(
                    Encoded(id: ids ? questions[i].id ?? "" : nil, tokens: tokens, vector: Array(vectors[i])))
            }
        }
        if let batch = input.batch {
            if try !input.eachBatch(batch, { try write($0, ids: true) }) { throw Outcome.failed }
        } else {
            try write([try input.question()], ids: false)
        }
    }
}
