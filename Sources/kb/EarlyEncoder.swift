import Embedding
import KnowledgeBase
import Synchronization

/// The encoder of a lone question, opened and put to work before the command is put together: for a whole process that answers one
/// question it is what takes longest.
enum EarlyEncoder {
    private struct Begun: Sendable {
        var model: String?
        var threads: Int
        var question: String
        var open: @Sendable () throws -> TransformerEncoder
    }

    private static let begun = Mutex<Begun?>(nil)

    /// Begins beside the caller; whatever is wrong is left to be found by the command itself.
    ///
    /// - Parameter folder: the flag `--kb`.
    /// - Parameter model: the flag `--model`.
    static func begin(question: String, folder: String?, model: String?) {
        let location = GlobalOptions.located(folder).location
        guard location.exists,
            let resolved = try? Configuration.resolve(folder: folder, model: model, location: location)
        else { return }
        let (model, threads) = (resolved.model.value, resolved.threads.value)
        let open = Models.opening(model, environment: GlobalOptions.environment, threads: threads, question: question)
        begun.withLock { $0 = Begun(model: model, threads: threads, question: question, open: open) }
    }

    /// What was begun, if it is just this.
    static func take(model: String?, threads: Int, question: String?) -> (@Sendable () throws -> TransformerEncoder)? {
        begun.withLock { begun in
            guard let found = begun, found.model == model, found.threads == threads, found.question == question else {
                return nil
            }
            begun = nil
            return found.open
        }
    }
}
