import Glibc

/// Runs code that recurses in C on a thread whose stack is large enough for it.
enum LargeStack {
    /// Reserved, not used: the kernel gives pages as they are touched.
    static let bytes = 256 << 20

    private final class Work {
        let body: () -> Void
        init(_ body: @escaping () -> Void) { self.body = body }
    }

    /// Runs `body` to its end on a thread of its own; on the caller's when no thread can be had.
    static func run<T>(_ body: @escaping () -> T) -> T {
        var result: T?
        withoutActuallyEscaping({ result = body() }) { escaping in
            let work = Unmanaged.passRetained(Work(escaping))
            var attributes = pthread_attr_t()
            pthread_attr_init(&attributes)
            pthread_attr_setstacksize(&attributes, bytes)
            var thread = pthread_t()
            let status = pthread_create(
                &thread, &attributes,
                { argument in
                    Unmanaged<Work>.fromOpaque(argument!).takeUnretainedValue().body()
                    return nil
                }, work.toOpaque())
            pthread_attr_destroy(&attributes)
            if status == 0 { pthread_join(thread, nil) } else { work.takeUnretainedValue().body() }
            work.release()
        }
        return result!
    }
}
