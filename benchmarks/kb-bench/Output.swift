#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

enum Output {
    static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    static func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var sent = 0
            while sent < bytes.count {
                #if canImport(Glibc)
                    let n = Glibc.write(1, bytes.baseAddress! + sent, bytes.count - sent)
                #elseif canImport(Musl)
                    let n = Musl.write(1, bytes.baseAddress! + sent, bytes.count - sent)
                #else
                    let n = Darwin.write(1, bytes.baseAddress! + sent, bytes.count - sent)
                #endif
                guard n > 0 else { return }
                sent += n
            }
        }
    }
}
