import Glibc

/// Runs one fixed program with bytes on its standard input: no shell, bounded in time, memory and output.
enum ChildProcess {
    struct Output: Sendable {
        var status: Int32
        var bytes: [UInt8]
    }

    enum Failure: Error, CustomStringConvertible {
        /// There is no such program.
        case missing
        case reason(String)

        var description: String {
            switch self {
            case .missing: "the program is not installed"
            case .reason(let reason): reason
            }
        }
    }

    /// - Throws: `.missing` without the program; a reason where it took too long, said too much or cannot be started.
    static func run(
        _ arguments: [String], input: [UInt8], timeLimit: Double, outputLimit: Int, memoryLimit: Int
    ) throws(Failure) -> Output {
        let source = try temporary(input)
        defer { close(source) }
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw .reason("no pipe: \(FileWalker.errorText(errno))") }
        defer { close(ends[0]) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, source, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var child = pid_t()
        // util-linux sets the child's memory limit; where it is missing the time limit alone holds.
        let limiter = "/usr/bin/prlimit"
        let arguments = access(limiter, X_OK) == 0 ? [limiter, "--as=\(memoryLimit)"] + arguments : arguments
        let status = withCStrings(arguments) { argv in
            withCStrings(["PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=/nonexistent"]) { environment in
                posix_spawnp(&child, arguments[0], &actions, nil, argv, environment)
            }
        }
        close(ends[1])
        guard status == 0 else {
            throw status == ENOENT ? .missing : .reason(FileWalker.errorText(status))
        }

        let (bytes, failure) = collect(ends[0], until: now() + timeLimit, limit: outputLimit)
        if failure != nil { kill(child, SIGKILL) }
        var code: Int32 = 0
        while waitpid(child, &code, 0) < 0, errno == EINTR {}
        if let failure { throw .reason(failure) }
        if code >> 8 == 127 { throw .missing }
        return Output(status: code & 0x7F == 0 ? (code >> 8) & 0xFF : -(code & 0x7F), bytes: bytes)
    }

    private static func collect(_ descriptor: Int32, until deadline: Double, limit: Int) -> ([UInt8], String?) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let left = deadline - now()
            guard left > 0 else { return ([], "it took longer than the time allowed") }
            var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&wait, 1, Int32(left * 1000) + 1)
            if ready <= 0 { continue }
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return (bytes, nil) }
            bytes += buffer[..<count]
            if bytes.count > limit { return ([], "it holds more than \(limit >> 20) MB") }
        }
    }

    /// An unlinked file with the bytes in it: a child cannot block on it as on a pipe.
    private static func temporary(_ bytes: [UInt8]) throws(Failure) -> Int32 {
        var name = Array("/tmp/kb-XXXXXX".utf8CString)
        let file = mkstemp(&name)
        guard file >= 0 else { throw .reason("no temporary file: \(FileWalker.errorText(errno))") }
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        unlink(name)
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { write(file, $0.baseAddress! + done, bytes.count - done) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                close(file)
                throw .reason("no temporary file: \(FileWalker.errorText(errno))")
            }
            done += count
        }
        lseek(file, 0, SEEK_SET)
        return file
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func withCStrings<T>(
        _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> T
    ) -> T {
        var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
    }
}
