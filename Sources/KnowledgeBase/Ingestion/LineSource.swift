import Glibc

/// Lines of a file or of bytes, one at a time, with bounded memory.
final class LineSource {
    enum Line {
        /// Without its line feed. `number` counts from 1.
        case text([UInt8], number: Int)
        case tooLong(number: Int, bytes: Int)
    }

    /// Longest line, in bytes.
    static let longest = 16 << 20

    private let descriptor: Int32
    private var buffer: [UInt8]
    private var position = 0
    private var filled = 0
    private var number = 0
    private(set) var failure: ReadError?

    /// - Throws: `.vanished`, `.unreadable`.
    init(path: String) throws(ReadError) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        buffer = []
        guard descriptor >= 0 else { throw errno == ENOENT ? .vanished : .unreadable(FileWalker.errorText(errno)) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw ReadError.unreadable("not a regular file")
        }
        buffer = [UInt8](repeating: 0, count: 1 << 20)
    }

    init(bytes: [UInt8]) {
        descriptor = -1
        buffer = bytes
        filled = bytes.count
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func next() -> Line? {
        var carried: [UInt8] = []
        var length = 0
        var began = false
        while true {
            if position == filled, !refill() {
                guard began else { return nil }
                return finish(carried, length)
            }
            began = true
            let end = buffer.withUnsafeBufferPointer { pointer -> Int? in
                guard let found = memchr(pointer.baseAddress! + position, 0x0A, filled - position) else { return nil }
                return UnsafeRawPointer(found) - UnsafeRawPointer(pointer.baseAddress!)
            }
            let stop = end ?? filled
            length += stop - position
            if length <= Self.longest { carried += buffer[position..<stop] } else { carried = [] }
            position = end.map { $0 + 1 } ?? filled
            if end != nil { return finish(carried, length) }
        }
    }

    private func finish(_ bytes: [UInt8], _ length: Int) -> Line {
        number += 1
        if length > Self.longest { return .tooLong(number: number, bytes: length) }
        var bytes = bytes
        if bytes.last == 0x0D { bytes.removeLast() }
        if number == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        return .text(bytes, number: number)
    }

    private func refill() -> Bool {
        guard descriptor >= 0 else { return false }
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { failure = .unreadable(FileWalker.errorText(errno)) }
            guard count > 0 else { return false }
            position = 0
            filled = count
            return true
        }
    }
}
