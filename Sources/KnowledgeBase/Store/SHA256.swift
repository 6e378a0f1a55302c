import CNettle

/// SHA-256 by libnettle: 32 bytes.
enum SHA256 {
    static func digest(_ parts: [UInt8]...) -> [UInt8] {
        var context = sha256_ctx()
        nettle_sha256_init(&context)
        for part in parts {
            part.withUnsafeBufferPointer { nettle_sha256_update(&context, $0.count, $0.baseAddress) }
        }
        var out = [UInt8](repeating: 0, count: 32)
        nettle_sha256_digest(&context, 32, &out)
        return out
    }

    /// Of memory as it lies, for example a mapped file. Cost: about a third of a second per 100 MB, less where the CPU has
    /// instructions for it.
    static func digest(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var context = sha256_ctx()
        nettle_sha256_init(&context)
        nettle_sha256_update(&context, bytes.count, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        var out = [UInt8](repeating: 0, count: 32)
        nettle_sha256_digest(&context, 32, &out)
        return out
    }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
