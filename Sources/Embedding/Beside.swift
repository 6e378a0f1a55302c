import CKernels
import Synchronization

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

    /// For a program that will soon run something beside: once, before it does. Cost: some 100 microseconds.
    package static func prepare() { process_populate_data() }

    /// Runs `body`; at once where no thread can be had.
    package static func run(_ body: @escaping @Sendable () -> Void) {
        let work = Unmanaged.passRetained(Work(body))
        let failed = process_begin_thread(
            { Unmanaged<Work>.fromOpaque($0!).takeRetainedValue().body() }, work.toOpaque())
        if failed != 0 { work.takeRetainedValue().body() }
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

/// A value made when it is first asked for, once, whoever asks; others wait for it.
package final class Deferred<Value: Sendable>: Sendable {
    private let made = Mutex<Result<Value, any Error>?>(nil)
    private let make: @Sendable () throws -> Value

    package init(_ make: @escaping @Sendable () throws -> Value) { self.make = make }

    package func callAsFunction() throws -> Value {
        try made.withLock { made in
            let result = made ?? Result(catching: make)
            made = result
            return result
        }.get()
    }
}

/// A value that one thread makes and others wait for.
package final class Promise<Value: Sendable>: @unchecked Sendable {
    // Sendable: `result` is written once under the lock and read under it.
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let made: UnsafeMutablePointer<pthread_cond_t>
    private var result: Result<Value, any Error>?

    package init() {
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

    package func fulfil(_ value: Result<Value, any Error>) {
        pthread_mutex_lock(lock)
        result = value
        pthread_cond_broadcast(made)
        pthread_mutex_unlock(lock)
    }

    package func wait() throws -> Value {
        pthread_mutex_lock(lock)
        while result == nil { pthread_cond_wait(made, lock) }
        let value = result!
        pthread_mutex_unlock(lock)
        return try value.get()
    }
}
