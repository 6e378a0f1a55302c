#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Work that goes on beside its caller, on a thread of its own: a fraction of what the first use of a dispatch queue costs, which
/// starts a pool of them.
package enum Beside {
    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Runs `body`; at once where no thread can be had.
    package static func run(_ body: @escaping @Sendable () -> Void) {
        let work = Unmanaged.passRetained(Work(body))
        var thread = pthread_t()
        let failed = pthread_create(
            &thread, nil,
            { argument in
                Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue().body()
                return nil
            }, work.toOpaque())
        if failed == 0 { pthread_detach(thread) } else { work.takeRetainedValue().body() }
    }

    /// Begins to make a value; the result waits for it.
    ///
    /// - Parameter after: what the thread does when the value may be had already.
    package static func make<Value: Sendable>(
        _ body: @escaping @Sendable () throws -> Value, after: @escaping @Sendable (Value) -> Void = { _ in }
    ) -> @Sendable () throws -> Value {
        let promise = Promise<Value>()
        run {
            let result = Result(catching: body)
            promise.fulfil(result)
            if case .success(let value) = result { after(value) }
        }
        return { try promise.wait() }
    }
}

/// A value that one thread makes and others wait for.
final class Promise<Value: Sendable>: @unchecked Sendable {
    // Sendable: `result` is written once under the lock and read under it.
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let made: UnsafeMutablePointer<pthread_cond_t>
    private var result: Result<Value, any Error>?

    init() {
        lock = .allocate(capacity: 1)
        made = .allocate(capacity: 1)
        pthread_mutex_init(lock, nil)
        pthread_cond_init(made, nil)
    }

    deinit {
        pthread_cond_destroy(made)
        pthread_mutex_destroy(lock)
        made.deallocate()
        lock.deallocate()
    }

    func fulfil(_ value: Result<Value, any Error>) {
        pthread_mutex_lock(lock)
        result = value
        pthread_cond_broadcast(made)
        pthread_mutex_unlock(lock)
    }

    func wait() throws -> Value {
        pthread_mutex_lock(lock)
        while result == nil { pthread_cond_wait(made, lock) }
        let value = result!
        pthread_mutex_unlock(lock)
        return try value.get()
    }
}
