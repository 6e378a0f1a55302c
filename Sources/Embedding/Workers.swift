import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Number of processors this process may use.
public func availableProcessors() -> Int {
    max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}

/// Runs independent pieces of work on several threads and waits for all: plain threads, because the work is blocking arithmetic that
/// must not occupy the cooperative pool.
package enum Workers {
    /// What `body` makes of each of `0..<count`, in order, on at most `threads` threads of which the caller is one.
    ///
    /// - Throws: the first error by index; what has not begun by then is left.
    package static func map<T: Sendable>(
        _ count: Int, threads: Int, _ body: @Sendable (Int) throws -> T
    ) throws -> [T] {
        let results = Mutex<[Int: Result<T, any Error>]>([:])
        let hasFailed = Atomic(false)
        run(count: count, threads: threads) { index in
            guard !hasFailed.load(ordering: .relaxed) else { return }
            let result = Result { try body(index) }
            if case .failure = result { hasFailed.store(true, ordering: .relaxed) }
            results.withLock { $0[index] = result }
        }
        let known = results.withLock { $0 }
        if hasFailed.load(ordering: .relaxed) {
            for index in known.keys.sorted() { _ = try known[index]!.get() }
        }
        return try (0..<count).map { try known[$0]!.get() }
    }

    private final class Job: Sendable {
        let next = Atomic<Int>(0)
        let count: Int
        let body: @Sendable (Int) -> Void

        init(count: Int, body: @escaping @Sendable (Int) -> Void) {
            self.count = count
            self.body = body
        }

        func work() {
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                if index >= count { return }
                body(index)
            }
        }
    }

    /// Calls `body(0..<count)`, each index once, on at most `threads` threads of which the caller is one.
    static func run(count: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
        let helpers = min(threads, count) - 1
        if helpers <= 0 {
            for index in 0..<count { body(index) }
            return
        }
        withoutActuallyEscaping(body) { body in
            let job = Job(count: count, body: body)
            let started = start(helpers, job)
            job.work()
            for thread in started { pthread_join(thread, nil) }
        }
    }

    /// Does one piece of work in phases, on the calling thread and up to `size - 1` helpers: see `Team`.
    ///
    /// Returns when the caller has seen every phase done. A helper that got no processor may still wake up later and find nothing to
    /// do, so `body` owns what it uses.
    ///
    /// - Parameter invite: is handed what a helper does, in place of threads that are started: whoever has nothing else to do may run
    ///   it once, at any time. Then `size` is 2.
    static func together(
        size: Int, phases: Int, invite: ((@escaping @Sendable () -> Void) -> Void)? = nil,
        _ body: @escaping @Sendable (inout Team.Member) -> Void
    ) {
        let team = Team(phases: phases)
        if let invite {
            invite {
                var member = Team.Member(index: 1, size: size, team: team)
                body(&member)
            }
        } else if size > 1 {
            let job = Job(count: size - 1) { index in
                var member = Team.Member(index: index + 1, size: size, team: team)
                body(&member)
            }
            for thread in start(size - 1, job) { pthread_detach(thread) }
        }
        var member = Team.Member(index: 0, size: size, team: team)
        body(&member)
    }

    private static func start(_ count: Int, _ job: Job) -> [pthread_t] {
        var started: [pthread_t] = []
        for _ in 0..<count {
            var thread = pthread_t()
            let argument = Unmanaged.passRetained(job)
            let failed = pthread_create(
                &thread, nil,
                { argument in
                    Unmanaged<Job>.fromOpaque(argument!).takeRetainedValue().work()
                    return nil
                }, argument.toOpaque())
            // With no thread to be had, the caller does the work.
            if failed == 0 { started.append(thread) } else { argument.release() }
        }
        return started
    }
}

/// Threads that go through the same phases together. Each phase is cut into chunks that whoever is free takes; the next begins when
/// all its chunks are done. No one waits for a thread that holds no chunk, so on a busy machine a helper without a processor
/// delays nothing.
final class Team: @unchecked Sendable {
    // Sendable: `phases` is a constant pointer to atomics, freed with the last reference.
    private struct Phase: ~Copyable {
        let taken = Atomic<Int>(0)
        let done = Atomic<Int>(0)
    }
    private let phases: UnsafeMutablePointer<Phase>
    private let count: Int

    fileprivate init(phases count: Int) {
        self.count = count
        phases = .allocate(capacity: count)
        for i in 0..<count { (phases + i).initialize(to: Phase()) }
    }

    deinit {
        phases.deinitialize(count: count)
        phases.deallocate()
    }

    private func run(_ phase: Int, chunks: Int, _ body: (Int) -> Void) {
        precondition(phase < count, "more phases than the \(count) announced")
        while case let chunk = phases[phase].taken.add(1, ordering: .relaxed).oldValue, chunk < chunks {
            body(chunk)
            phases[phase].done.add(1, ordering: .releasing)
        }
        // A chunk takes tens of microseconds, so waiting spins; it yields in case its owner has no processor.
        var turns = 0
        while phases[phase].done.load(ordering: .acquiring) < chunks {
            turns += 1
            if turns > 2000 { sched_yield() }
        }
    }

    struct Member {
        let index: Int
        let size: Int
        fileprivate let team: Team
        private var phase = 0

        fileprivate init(index: Int, size: Int, team: Team) {
            self.index = index
            self.size = size
            self.team = team
        }

        /// The next phase: 0..<count in ranges of about `grain`, each for one member; whole if there is only one.
        mutating func share(_ count: Int, grain: Int, _ body: (Range<Int>) -> Void) {
            defer { phase += 1 }
            guard size > 1 else {
                body(0..<count)
                return
            }
            team.run(phase, chunks: (count + grain - 1) / grain) { chunk in
                body(chunk * grain..<min(count, (chunk + 1) * grain))
            }
        }
    }
}
