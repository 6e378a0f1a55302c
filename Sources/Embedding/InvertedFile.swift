import CKernels
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Rows by the centre they are nearest to, so that a question looks at a few lists instead of every row; mapped from disk.
///
/// A list holds its rows' ids, the signs of their numbers and these rounded to whole bytes, one after another: signs say which rows are worth
/// their bytes. What it gives are candidates: the caller scores them anew from the exact vectors. It names rows by id, so it stays right when the exact vectors are
/// written anew in another order, and rows that came later are the caller's to scan until they are worth a new file.
///
/// ```
/// "KBLISTS2" | u32 dimension | u32 lists | u64 rows | i64 last id | 32 bytes key | zeros up to 128
/// f32 (lists, dimension) centres | f32 (dimension) their middle | zeros up to 8 | u64 (lists + 1) starts | i64 ids | f32 scales
/// f32 factors of signs | zeros up to 64 | u64 (rows, words) signs | zeros up to 64 | i8 (rows, dimension)
/// ```
package final class InvertedFile: @unchecked Sendable {
    // @unchecked: the mapping is read-only and never changes.
    private let file: MappedFile
    package let dimension: Int
    package let lists: Int
    package let rows: Int
    /// Rows with a later id are not in here.
    package let lastID: Int64
    private let layout: Layout

    private struct Layout {
        let dimension: Int
        let lists: Int
        let rows: Int
        var middle: Int { headerSize + lists * dimension * 4 }
        var starts: Int { (middle + dimension * 4 + 7) / 8 * 8 }
        var ids: Int { starts + (lists + 1) * 8 }
        var scales: Int { ids + rows * 8 }
        var factors: Int { scales + rows * 4 }
        var signs: Int { (factors + rows * 4 + 63) / 64 * 64 }
        var values: Int { (signs + rows * SignCodes.words(dimension) * 8 + 63) / 64 * 64 }
        var size: Int { values + rows * dimension }
    }

    private static let magic = Array("KBLISTS2".utf8)
    private static let headerSize = 128

    /// `nil` when the file is absent, torn, blank where its centres are, or of another key.
    ///
    /// - Parameter key: 32 bytes that say which vectors these are.
    package init?(path: String, key: [UInt8]) {
        guard let file = try? MappedFile(path: path), file.bytes.count >= Self.headerSize else { return nil }
        let bytes = file.bytes
        guard bytes[..<8].elementsEqual(Self.magic), bytes[32..<64].elementsEqual(key) else { return nil }
        let dimension = Int(bytes.load(fromByteOffset: 8, as: UInt32.self))
        let lists = Int(bytes.load(fromByteOffset: 12, as: UInt32.self))
        let count = bytes.load(fromByteOffset: 16, as: UInt64.self)
        guard dimension > 0, lists > 0, count < 1 << 40 else { return nil }
        let layout = Layout(dimension: dimension, lists: lists, rows: Int(count))
        guard layout.size == bytes.count else { return nil }
        (self.file, self.layout, self.dimension, self.lists) = (file, layout, dimension, lists)
        rows = layout.rows
        lastID = bytes.load(fromByteOffset: 24, as: Int64.self)
        let ends = starts
        guard ends[0] == 0, ends[lists] == UInt64(rows), zip(ends, ends.dropFirst()).allSatisfy({ $0 <= $1 }) else {
            return nil
        }
        // A list without a centre would never be looked at.
        for list in 0..<lists where ends[list + 1] > ends[list] {
            guard centres[list * dimension..<(list + 1) * dimension].contains(where: { $0 != 0 }) else { return nil }
        }
    }

    private func section<T>(_ offset: Int, _ count: Int, _ type: T.Type) -> UnsafeBufferPointer<T> {
        UnsafeBufferPointer(
            start: (file.bytes.baseAddress! + offset).assumingMemoryBound(to: T.self), count: count)
    }

    private var centres: UnsafeBufferPointer<Float> { section(Self.headerSize, lists * dimension, Float.self) }
    var starts: UnsafeBufferPointer<UInt64> { section(layout.starts, lists + 1, UInt64.self) }
    /// Ids, list after list, rising within a list.
    package var ids: UnsafeBufferPointer<Int64> { section(layout.ids, rows, Int64.self) }
    var scales: UnsafeBufferPointer<Float> { section(layout.scales, rows, Float.self) }
    private var middle: UnsafeBufferPointer<Float> { section(layout.middle, dimension, Float.self) }
    private var factors: UnsafeBufferPointer<Float> { section(layout.factors, rows, Float.self) }
    private var signs: UnsafeBufferPointer<UInt64> { section(layout.signs, rows * words, UInt64.self) }
    private var words: Int { SignCodes.words(dimension) }
    var values: UnsafeBufferPointer<Int8> { section(layout.values, rows * dimension, Int8.self) }

    /// The centres, as a new file over grown rows takes them over.
    package var centreMatrix: Matrix { Matrix(rows: lists, columns: dimension, values: Array(centres)) }

    /// In which list each of `count` places stands, for checks.
    package func list(ofPlace place: Int) -> Int {
        var (low, high) = (0, lists)
        while low + 1 < high {
            let middle = (low + high) / 2
            if starts[middle] <= UInt64(place) { low = middle } else { high = middle }
        }
        return low
    }

    /// Ids of the `count` rows that seem nearest within the `probes` nearest lists, by falling rounded score.
    ///
    /// - Parameter invite: as of `Workers.together`.
    /// - Returns: `nil` where numbers that are looked at are those of no row: pages of the file are blank.
    /// - Complexity: lists x dimension multiply-adds, then probes / lists of all rows by their signs and some of these by bytes.
    package func candidates(
        _ question: [Float], probes: Int, count: Int, threads: Int = 1,
        invite: ((@escaping @Sendable () -> Void) -> Void)? = nil
    ) -> [Int64]? {
        precondition(question.count == dimension, "a question of \(question.count) numbers for rows of \(dimension)")
        // In order of places, which ties are broken by.
        let near = VectorIndex.search(centres, question: question, count: probes).map(\.row).sorted()
            .map { Int(starts[$0])..<Int(starts[$0 + 1]) }
        let look = Look(near)
        guard look.rows > 0 else { return [] }
        let signed = SignCodes.Question(question)
        let (numbers, scale) = QuantizedRows.quantized(question)
        Workers.together(size: invite == nil ? threads : 2, phases: 3, invite: invite) { member in
            member.share(near.count, grain: 8) { lists in
                for i in lists {
                    let isWhole = signed.scores(
                        codes: self.signs.baseAddress! + near[i].lowerBound * self.words,
                        factors: self.factors.baseAddress! + near[i].lowerBound, count: near[i].count,
                        into: look.estimates.baseAddress! + look.firsts[i])
                    // Of few numbers all may lie below the middle.
                    if !isWhole, self.dimension >= 64 { look.isBlank.store(true, ordering: .relaxed) }
                }
            }
            member.share(1, grain: 1) { _ in
                look.choose(max(2 * count, look.rows / Self.lookedPerScored, Self.scoredAtLeast))
            }
            member.share(look.chosenCount, grain: 512) { part in
                kernel_gather_dots_int8(
                    Int64(part.count), Int32(self.dimension), self.values.baseAddress!, self.scales.baseAddress!,
                    look.chosen.baseAddress! + part.lowerBound, numbers, scale,
                    look.scores.baseAddress! + part.lowerBound)
            }
        }
        if look.isBlank.load(ordering: .relaxed) { return nil }
        for i in 0..<look.chosenCount where look.scores[i] == 0 && isBlank(Int(look.chosen[i])) { return nil }
        var best = TopMatches(limit: count)
        for i in 0..<look.chosenCount { best.add(.init(row: Int(look.chosen[i]), score: look.scores[i])) }
        let ids = ids
        return best.sorted().map { ids[$0.row] }
    }

    /// Whether a row that has signs has no numbers or no scale.
    private func isBlank(_ place: Int) -> Bool {
        factors[place] != 0
            && (scales[place] == 0 || values[place * dimension..<(place + 1) * dimension].allSatisfy { $0 == 0 })
    }

    /// The rows of some lists while they are looked at; its memory is there until the last thread is done with it.
    private final class Look: @unchecked Sendable {
        // @unchecked: every phase writes numbers of its own, which the next reads when all are written.
        /// Places of each list.
        let near: [Range<Int>]
        /// Where each list's rows begin among those looked at.
        let firsts: [Int]
        let estimates: UnsafeMutableBufferPointer<Float>
        let scores: UnsafeMutableBufferPointer<Float>
        let chosen: UnsafeMutableBufferPointer<Int64>
        private(set) var chosenCount = 0
        let isBlank = Atomic(false)
        var rows: Int { firsts.last! }

        init(_ near: [Range<Int>]) {
            self.near = near
            firsts = near.reduce(into: [0]) { $0.append($0.last! + $1.count) }
            estimates = .allocate(capacity: firsts.last!)
            scores = .allocate(capacity: firsts.last!)
            chosen = .allocate(capacity: firsts.last! + 1)
        }

        deinit {
            estimates.deallocate()
            scores.deallocate()
            chosen.deallocate()
        }

        /// Keeps the places of about `count` rows with the best estimates.
        func choose(_ count: Int) {
            let floor = SignCodes.floor(UnsafeBufferPointer(estimates), count: count)
            for (places, first) in zip(near, firsts) {
                chosenCount += Int(
                    kernel_select(
                        Int64(places.count), estimates.baseAddress! + first, floor, Int64(places.lowerBound),
                        chosen.baseAddress! + chosenCount))
            }
        }
    }

    /// Of the rows whose signs are looked at the best of so many have their bytes read: with one in 32 the hybrid finds .993 of the exhaustive
    /// ten at 1,000,000 passages, with one in 64 .989, in 166 .980 (benchmarks/results/scale.md).
    private static let lookedPerScored = 64
    private static let scoredAtLeast = 1_000

    /// Whether the rounded numbers at a place are those of a vector, for checks.
    package func agrees(_ place: Int, _ vector: UnsafeBufferPointer<Float>) -> Bool {
        let (numbers, scale) = QuantizedRows.quantized(vector)
        let (bits, factor) = SignCodes.code(vector, middle: middle)
        return scale == scales[place] && numbers.elementsEqual(values[place * dimension..<(place + 1) * dimension])
            && factor == factors[place] && bits.elementsEqual(signs[place * words..<(place + 1) * words])
    }

    /// Where the row of each of `ids`, which rise, stands; -1 where it is not in here. Cost: a binary search a row.
    private func places(of ids: UnsafeBufferPointer<Int64>) -> [Int] {
        var out = [Int](repeating: -1, count: ids.count)
        for (place, id) in self.ids.enumerated() {
            var (low, high) = (0, ids.count)
            while low < high {
                let middle = (low + high) / 2
                if ids[middle] < id { low = middle + 1 } else { high = middle }
            }
            if low < ids.count, ids[low] == id { out[low] = place }
        }
        return out
    }

    /// Writes a file of all `rows`, aside first and then renamed, so that a crash leaves the old one.
    ///
    /// - Parameter ids: of the rows, rising.
    /// - Parameter old: an earlier file with some of the rows, whose centres serve: these rows stay in their lists and keep their
    ///   numbers, the others are sorted in. Learned anew from the rows when `nil`.
    package static func write(
        _ rows: UnsafeBufferPointer<Float>, ids: UnsafeBufferPointer<Int64>, dimension d: Int, lists: Int,
        extending old: InvertedFile? = nil, key: [UInt8], path: String, threads: Int = 1
    ) throws(EncoderError) {
        precondition(key.count == 32 && rows.count == ids.count * d, "\(rows.count) numbers for \(ids.count) rows")
        let centres = old?.centreMatrix ?? KMeans.centres(of: rows, dimension: d, count: lists, threads: threads)
        let k = centres.rows
        let known = old?.places(of: ids)
        var nearest = known.map { places in places.map { $0 < 0 ? 0 : UInt32(old!.list(ofPlace: $0)) } } ?? []
        if let known {
            var row = 0
            while row < ids.count {
                var end = row
                while end < ids.count, known[end] < 0 { end += 1 }
                let added = UnsafeBufferPointer(rebasing: rows[row * d..<end * d])
                if end > row {
                    nearest.replaceSubrange(row..<end, with: KMeans.assign(added, to: centres, threads: threads))
                }
                row = end + 1
            }
        } else {
            nearest = KMeans.assign(rows, to: centres, threads: threads)
        }
        let layout = Layout(dimension: d, lists: k, rows: ids.count)
        var starts = [UInt64](repeating: 0, count: k + 1)
        for list in nearest { starts[Int(list) + 1] += 1 }
        for list in 0..<k { starts[list + 1] += starts[list] }

        let temporary = path + ".\(getpid()).tmp"
        let descriptor = open(temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        func fail() -> EncoderError { .cannotOpen(path: temporary, reason: String(cString: strerror(errno))) }
        guard descriptor >= 0 else { throw fail() }
        defer {
            close(descriptor)
            unlink(temporary)
        }
        // Blocks are taken now: on a full disk a write into the mapping would end the process.
        let allocated = posix_fallocate(descriptor, 0, off_t(layout.size))
        guard allocated == 0 else {
            errno = allocated
            throw fail()
        }
        guard let map = mmap(nil, layout.size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), map != MAP_FAILED
        else { throw fail() }
        func put<T>(_ values: some Sequence<T>, at offset: Int) {
            var place = map + offset
            for value in values {
                place.storeBytes(of: value, as: T.self)
                place += MemoryLayout<T>.stride
            }
        }
        put(magic, at: 0)
        put([UInt32(d), UInt32(k)], at: 8)
        put([UInt64(ids.count)], at: 16)
        put([ids.last ?? 0], at: 24)
        put(key, at: 32)
        put(centres.values, at: headerSize)
        let middle = (0..<d).map { k in
            (0..<centres.rows).reduce(Float(0)) { $0 + centres.values[$1 * d + k] } / Float(max(1, centres.rows))
        }
        put(middle, at: layout.middle)
        put(starts, at: layout.starts)
        var next = starts
        let words = SignCodes.words(d)
        for (row, list) in nearest.enumerated() {
            let place = Int(next[Int(list)])
            next[Int(list)] += 1
            (map + layout.ids + place * 8).storeBytes(of: ids[row], as: Int64.self)
            if let old, let from = known?[row], from >= 0 {
                (map + layout.scales + place * 4).storeBytes(of: old.scales[from], as: Float.self)
                (map + layout.values + place * d).copyMemory(from: old.values.baseAddress! + from * d, byteCount: d)
                (map + layout.factors + place * 4).storeBytes(of: old.factors[from], as: Float.self)
                (map + layout.signs + place * words * 8).copyMemory(
                    from: old.signs.baseAddress! + from * words, byteCount: words * 8)
                continue
            }
            let vector = UnsafeBufferPointer(rebasing: rows[row * d..<(row + 1) * d])
            let (bits, factor) = SignCodes.code(vector, middle: middle)
            put(bits, at: layout.signs + place * words * 8)
            (map + layout.factors + place * 4).storeBytes(of: factor, as: Float.self)
            let (numbers, scale) = QuantizedRows.quantized(vector)
            (map + layout.scales + place * 4).storeBytes(of: scale, as: Float.self)
            numbers.withUnsafeBytes {
                (map + layout.values + place * d).copyMemory(from: $0.baseAddress!, byteCount: d)
            }
        }
        let synced = msync(map, layout.size, MS_SYNC)
        munmap(map, layout.size)
        guard synced == 0, fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw fail() }
    }

    /// Lists for so many rows: about √n, a power of two (benchmarks/results/scale.md).
    package static func listCount(rows: Int) -> Int {
        var lists = 16
        while lists * lists < rows { lists *= 2 }
        return lists
    }
}
