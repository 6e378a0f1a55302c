import Embedding
import FoundationEssentials
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One knowledge base: ingest, search, answer. Prints nothing, knows no flag and no socket.
///
/// Synchronous and safe to call from any thread: SQLite and BLAS do not wait for anything worth suspending for.
public final class Engine: Sendable {
    public let location: Location
    public let settings: Settings
    let synonyms: Synonyms
    /// Read when it is first asked for: searching and ingesting go on beside a broken policy.
    private let readPolicy: Deferred<Policy>
    /// Built at the first answer.
    let detectorCache = Mutex<TriggerDetector?>(nil)
    let examplesCache = Mutex<ExampleVectors?>(nil)
    let languagesCache = Mutex<(generation: Int64, languages: Set<String>)?>(nil)
    /// Built at the first case that is looked at.
    let triageCache = Mutex<TriageModels?>(nil)
    let store: Store
    /// Opened at the first use: `kb status` needs none.
    private let openEncoder: @Sendable () throws -> TransformerEncoder
    private let encoderCache = Mutex<TransformerEncoder?>(nil)
    /// Searches that are under way: only a lone one is given a second thread.
    let searches = Atomic<Int>(0)
    /// The mapped vectors file of the newest generation seen.
    let vectorCache = Mutex<VectorFile?>(nil)
    let candidatesCache = Mutex<CandidateCache?>(nil)
    let learningCache = Mutex<LearningCache?>(nil)
    let calibrationCache = Mutex<CalibrationCache?>(nil)
    let clock: @Sendable () -> Date
    /// Passages from which on candidates are scored instead of all.
    let candidatesFrom: Int

    /// Opens a knowledge base.
    ///
    /// - Parameter create: makes an empty one where there is none.
    /// - Parameter access: `.read` leaves the folder as it is and asks for no leave to write there.
    /// - Parameter clock: what "now" is for reports and logs; `--now` fixes it.
    /// - Throws: `KnowledgeBaseError.notFound` where there is none and `create` is false; `.notWritable` where `access`
    ///   asks for more than the folder allows.
    public convenience init(
        at location: Location, searched: [String] = [], create: Bool = false, access: Access = .write,
        encoder: @escaping @Sendable () throws -> TransformerEncoder,
        clock: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        try self.init(
            at: location, searched: searched, create: create, access: access,
            candidatesFrom: RetrievalDefaults.candidatesFrom, encoder: encoder, clock: clock)
    }

    /// As above; tests search few passages as if they were many.
    init(
        at location: Location, searched: [String] = [], create: Bool = false, access: Access = .write,
        candidatesFrom: Int, encoder: @escaping @Sendable () throws -> TransformerEncoder,
        clock: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        if create {
            try location.create()
        } else if !location.exists {
            throw KnowledgeBaseError.notFound(searched: searched.isEmpty ? [location.state] : searched)
        }
        // SQLite takes an empty file for an empty database; what lies beside it tells that there was more.
        if location.databaseIsLost {
            throw KnowledgeBaseError.damaged(path: location.database, reason: "the file is empty")
        }
        self.location = location
        settings = try Settings.read(location.settings)
        self.candidatesFrom = settings.candidatesFrom ?? candidatesFrom
        synonyms = try Synonyms.read(location.synonyms)
        readPolicy = Deferred { try Policy.read(location.policy) }
        if access == .write, !location.isWritable { throw KnowledgeBaseError.notWritable(path: location.state) }
        store = try Store(path: location.database, access: access)
        openEncoder = encoder
        self.clock = clock
    }

    /// False when it was opened for reading alone.
    public var canWrite: Bool { store.access == .write }

    public func policy() throws -> Policy { try readPolicy() }

    /// The encoder, opened once.
    public func encoder() throws -> TransformerEncoder {
        try encoderCache.withLock { cached in
            if let cached { return cached }
            let opened = try openEncoder()
            cached = opened
            return opened
        }
    }

    /// The encoder, where it has been opened.
    var openedEncoder: TransformerEncoder? { encoderCache.withLock { $0 } }

    /// The encoder, checked to be the one the vectors were made with.
    func matchingEncoder() throws -> TransformerEncoder { try encoder(matching: store.meta(Store.fingerprintKey)) }

    /// - Parameter indexed: the fingerprint of the vectors' encoder; nil before there are any.
    func encoder(matching indexed: String?) throws -> TransformerEncoder {
        let encoder = try encoder()
        if let indexed, indexed != encoder.fingerprint {
            throw KnowledgeBaseError.wrongEncoder(indexed: indexed, current: encoder.fingerprint)
        }
        return encoder
    }

    /// The vectors file, mapped again when another process brought it up; written anew first when it is missing or of another
    /// encoder.
    func vectorFile(fingerprint: String, dimension: Int) -> VectorFile? {
        vectorCache.withLock { cached in
            if let file = vectorFile(known: cached, fingerprint: fingerprint), file.dimension == dimension {
                cached = file
                return file
            }
            // Best effort: a read-only folder still answers, from the database.
            try? VectorFile.write(
                from: store, path: location.vectors, fingerprint: fingerprint, dimension: dimension)
            cached = VectorFile(path: location.vectors, fingerprint: fingerprint)
            return cached
        }
    }

    /// The vectors file of the encoder that the index was made with, where it is whole: an encoder that is still being opened is not
    /// waited for.
    func indexedVectorFile() throws -> VectorFile? {
        guard let fingerprint = try store.meta(Store.fingerprintKey) else { return nil }
        return vectorCache.withLock { cached in
            let file = vectorFile(known: cached, fingerprint: fingerprint)
            cached = file ?? cached
            return file
        }
    }

    private func vectorFile(known: VectorFile?, fingerprint: String) -> VectorFile? {
        if let known, known.generation == (try? store.generation()) { return known }
        return VectorFile(path: location.vectors, fingerprint: fingerprint)
    }

    /// Brings the vectors file up to the database's generation: what is new goes into its tail while that is small.
    ///
    /// - Parameter anew: writes all of it, so that nothing stays of what is gone.
    package func refreshVectors(anew: Bool = false) throws {
        let encoder = try encoder()
        let file = VectorFile(path: location.vectors, fingerprint: encoder.fingerprint)
        let needsLists =
            (file?.count(.article) ?? 0) >= candidatesFrom && !FileManager.default.fileExists(atPath: location.lists)
        let appended = !anew && !needsLists ? try file?.append(from: store, path: location.vectors) == true : false
        if !appended {
            try VectorFile.write(
                from: store, path: location.vectors, fingerprint: encoder.fingerprint, dimension: encoder.dimension)
            unlink(location.vectorTail)
        }
        vectorCache.withLock { $0 = nil }
        try refreshCandidates()
        if !appended, let written = VectorFile(path: location.vectors, fingerprint: encoder.fingerprint) {
            try store.forgetRemoved(before: written.generation)
        }
        try refreshLanguages()
        // So that the first question after an ingest pays for no example.
        // With a broken policy the question will say so.
        _ = try? exampleVectors()
    }
}
