import CKernels

/// BERT's tokenizer: text to WordPiece ids, equal to Hugging Face `tokenizers` 0.23 (BertNormalizer, BertPreTokenizer, WordPiece).
///
/// 1. Clean: controls, formats, unassigned scalars and U+FFFD are removed; white space separates words.
/// 2. An ideograph (CJK) is a word of its own.
/// 3. Uncased models: canonical decomposition, non-spacing marks removed, lower case.
/// 4. A punctuation scalar is a word of its own.
/// 5. Each word becomes the longest vocabulary pieces from left to right, or [UNK] if none fit or it has over 100 scalars.
///
/// The marks `[CLS]`, `[SEP]`, `[PAD]`, `[UNK]`, `[MASK]` written out in a text become their special ids, as there.
/// About 20-40 MB/s of English on one core; no allocation per word.
public struct WordPieceTokenizer: Sendable {
    /// Ids and, for each, the range of UTF-8 bytes it came from; (0, 0) for [CLS] and [SEP].
    public struct Encoding: Sendable, Equatable {
        public var ids: [Int32]
        public var offsets: [Range<Int>]
    }

    let vocabulary: Vocabulary
    let lowercases: Bool
    let stripsAccents: Bool
    let splitsIdeographs: Bool
    let start: Int32  // [CLS]
    let end: Int32  // [SEP]
    let unknown: Int32  // [UNK]
    let specials: [(bytes: [UInt8], id: Int32)]
    /// What to do with each ASCII byte: an `Action` or, if at least 32, the byte to append to the word.
    private let asciiActions: [UInt8]

    private enum Action {
        static let drop: UInt8 = 0
        static let space: UInt8 = 1
        static let punctuation: UInt8 = 2
        static let bracket: UInt8 = 3  // punctuation that may start a special mark
    }

    /// Words of more scalars are unknown, as in BERT's reference.
    static let longestWord = 100

    /// - Parameter vocabularyPath: `vocab.txt`: one piece a line, its id is the line number from 0; continuations start with `##`.
    /// - Parameter stripsAccents: nil means as `lowercases`, the convention of Hugging Face.
    /// - Throws: `EncoderError` if the file cannot be read or lacks a special mark.
    /// - Complexity: about 1 ms for 30,522 pieces.
    public init(
        vocabularyPath: String, lowercases: Bool = true, stripsAccents: Bool? = nil, splitsIdeographs: Bool = true,
        startMark: String = "[CLS]", endMark: String = "[SEP]", unknownMark: String = "[UNK]",
        otherMarks: [String] = ["[PAD]", "[MASK]"]
    ) throws(EncoderError) {
        let vocabulary = try Vocabulary(path: vocabularyPath)
        func id(_ mark: String) throws(EncoderError) -> Int32 {
            guard let id = vocabulary.id(of: Array(mark.utf8)) else {
                throw .malformed(path: vocabularyPath, reason: "it has no line \(mark)")
            }
            return id
        }
        start = try id(startMark)
        end = try id(endMark)
        unknown = try id(unknownMark)
        specials =
            [startMark, endMark, unknownMark].map { Array($0.utf8) }.map { ($0, vocabulary.id(of: $0)!) }
            + otherMarks.compactMap { mark in vocabulary.id(of: Array(mark.utf8)).map { (Array(mark.utf8), $0) } }
        self.vocabulary = vocabulary
        self.lowercases = lowercases
        self.stripsAccents = stripsAccents ?? lowercases
        self.splitsIdeographs = splitsIdeographs
        let firstBytes = Set(specials.compactMap(\.bytes.first))
        asciiActions = (0..<128).map { byte -> UInt8 in
            let flags = ScalarFlags(UInt32(byte))
            let byte = UInt8(byte)
            if flags.contains(.dropped) { return Action.drop }
            if flags.contains(.space) { return Action.space }
            if firstBytes.contains(byte) { return Action.bracket }
            if flags.contains(.punctuation) { return Action.punctuation }
            return lowercases && byte >= 65 && byte <= 90 ? byte + 32 : byte
        }
    }

    /// The ids of `text` between [CLS] and [SEP].
    ///
    /// - Parameter maximumTokens: greatest number of ids, marks included, at least 2; the rest of the text is cut off. nil: no limit.
    public func encode(_ text: String, maximumTokens: Int? = nil) -> [Int32] {
        scan(text, maximumTokens: maximumTokens, wantsOffsets: false).ids
    }

    /// As `encode`, with the range of UTF-8 bytes of `text` that each id came from.
    public func encodeWithOffsets(_ text: String, maximumTokens: Int? = nil) -> Encoding {
        scan(text, maximumTokens: maximumTokens, wantsOffsets: true)
    }

    /// The number of ids of `text`, [CLS] and [SEP] included, with no limit.
    public func count(_ text: String) -> Int {
        encode(text).count
    }

    private func scan(_ text: String, maximumTokens: Int?, wantsOffsets: Bool) -> Encoding {
        let limit = maximumTokens.map { max($0, 2) - 1 } ?? Int.max  // one place kept for [SEP]
        var text = text
        return text.withUTF8 { bytes in
            var output = Encoding(ids: [], offsets: [])
            output.ids.reserveCapacity(min(limit, bytes.count / 3 + 8) + 1)
            if wantsOffsets { output.offsets.reserveCapacity(min(limit, bytes.count / 3 + 8) + 1) }
            output.ids.append(start)
            if wantsOffsets { output.offsets.append(0..<0) }
            asciiActions.withUnsafeBufferPointer { actions in
                vocabulary.withTable { table in
                    var scanner = Scanner(
                        tokenizer: self, table: table, wantsOffsets: wantsOffsets, limit: limit, output: output)
                    output = Encoding(ids: [], offsets: [])  // so that the scanner owns its arrays alone
                    scanner.run(bytes, actions)
                    output = scanner.output
                }
            }
            output.ids.append(end)
            if wantsOffsets { output.offsets.append(0..<0) }
            return output
        }
    }

    /// The state of one pass over a text.
    private struct Scanner {
        let tokenizer: WordPieceTokenizer
        let table: Vocabulary.Table
        let wantsOffsets: Bool
        let limit: Int
        var output: Encoding
        let lowercases: Bool
        let stripsAccents: Bool
        // The word so far: its bytes after normalization and, beside each, where its scalar came from.
        var word: [UInt8] = []
        var sources: [(start: Int32, end: Int32)] = []
        var scalars = 0
        var wordStart = 0
        var wordEnd = 0
        // Marks that accent stripping keeps wait here for canonical reordering.
        var waiting: [(class: UInt8, scalar: UInt32, start: Int, end: Int)] = []

        init(
            tokenizer: WordPieceTokenizer, table: Vocabulary.Table, wantsOffsets: Bool, limit: Int, output: Encoding
        ) {
            self.tokenizer = tokenizer
            self.table = table
            self.wantsOffsets = wantsOffsets
            self.limit = limit
            self.output = output
            lowercases = tokenizer.lowercases
            stripsAccents = tokenizer.stripsAccents
            word.reserveCapacity(512)
            sources.reserveCapacity(512)
        }

        mutating func run(_ bytes: UnsafeBufferPointer<UInt8>, _ actions: UnsafeBufferPointer<UInt8>) {
            var i = 0
            while i < bytes.count && output.ids.count < limit {
                let byte = bytes[i]
                guard byte < 128 else {
                    i = nonASCII(bytes, at: i)
                    continue
                }
                let action = actions[Int(byte)]
                if action == Action.drop {
                    i += 1
                    continue
                }
                if !waiting.isEmpty { releaseWaiting() }
                if action >= 32 {
                    append(action, i, i + 1)
                    i += 1
                } else if action == Action.space {
                    finishWord()
                    i += 1
                } else if action == Action.bracket, let special = special(in: bytes, at: i) {
                    finishWord()
                    emit(special.id, i, i + special.length)
                    i += special.length
                } else {
                    finishWord()
                    append(byte, i, i + 1)
                    finishWord()
                    i += 1
                }
            }
            releaseWaiting()
            finishWord()
            if output.ids.count > limit {
                output.ids.removeSubrange(limit...)
                if wantsOffsets { output.offsets.removeSubrange(limit...) }
            }
        }

        private func special(in bytes: UnsafeBufferPointer<UInt8>, at i: Int) -> (id: Int32, length: Int)? {
            for special in tokenizer.specials where bytes.count - i >= special.bytes.count {
                if bytes[i..<i + special.bytes.count].elementsEqual(special.bytes) {
                    return (special.id, special.bytes.count)
                }
            }
            return nil
        }

        /// Reads one scalar of two or more bytes (`String` guarantees valid UTF-8); returns where the next one starts.
        @inline(never)
        private mutating func nonASCII(_ bytes: UnsafeBufferPointer<UInt8>, at i: Int) -> Int {
            let first = UInt32(bytes[i])
            let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
            var scalar = first & (0xFF >> (UInt32(length) + 1))
            for j in 1..<length { scalar = scalar << 6 | UInt32(bytes[i + j] & 0x3F) }
            let flags = ScalarFlags(scalar)
            let end = i + length
            if flags.contains(.dropped) { return end }
            if flags.contains(.space) {
                releaseWaiting()
                finishWord()
                return end
            }
            let alone = flags.contains(.ideograph) && tokenizer.splitsIdeographs
            if alone {
                releaseWaiting()
                finishWord()
            }
            if stripsAccents && flags.contains(.decomposes) {
                var parts: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
                let count = withUnsafeMutablePointer(to: &parts) {
                    $0.withMemoryRebound(to: UInt32.self, capacity: 4) { bert_decompose(scalar, $0) }
                }
                decomposed(parts.0, i, end)
                if count > 1 { decomposed(parts.1, i, end) }
                if count > 2 { decomposed(parts.2, i, end) }
                if count > 3 { decomposed(parts.3, i, end) }
            } else {
                decomposed(scalar, i, end)
            }
            if alone {
                releaseWaiting()
                finishWord()
            }
            return end
        }

        /// After decomposition: strip marks, keep the others in canonical order.
        private mutating func decomposed(_ scalar: UInt32, _ start: Int, _ end: Int) {
            guard stripsAccents else {
                cased(scalar, start, end)
                return
            }
            let flags = ScalarFlags(scalar)
            if !flags.contains(.reorders) {
                if !waiting.isEmpty { releaseWaiting() }
            } else if !flags.contains(.mark) {
                waiting.append((bert_combining_class(scalar), scalar, start, end))
                return
            }
            if !flags.contains(.mark) { cased(scalar, start, end) }
        }

        private mutating func releaseWaiting() {
            guard !waiting.isEmpty else { return }
            let marks = waiting.enumerated().sorted { ($0.element.class, $0.offset) < ($1.element.class, $1.offset) }
            waiting.removeAll(keepingCapacity: true)
            for (_, mark) in marks { cased(mark.scalar, mark.start, mark.end) }
        }

        private mutating func cased(_ scalar: UInt32, _ start: Int, _ end: Int) {
            guard lowercases, ScalarFlags(scalar).contains(.lowers) else {
                add(scalar, start, end)
                return
            }
            var parts: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
            let count = withUnsafeMutablePointer(to: &parts) {
                $0.withMemoryRebound(to: UInt32.self, capacity: 4) { bert_lower(scalar, $0) }
            }
            add(parts.0, start, end)
            if count > 1 { add(parts.1, start, end) }
            if count > 2 { add(parts.2, start, end) }
        }

        /// A normalized scalar: part of the word, or punctuation.
        private mutating func add(_ scalar: UInt32, _ start: Int, _ end: Int) {
            if ScalarFlags(scalar).contains(.punctuation) {
                finishWord()
                push(scalar, start, end)
                finishWord()
            } else {
                push(scalar, start, end)
            }
        }

        private mutating func push(_ scalar: UInt32, _ start: Int, _ end: Int) {
            if scalar < 0x80 {
                append(UInt8(scalar), start, end)
                return
            }
            beginScalar(start, end)
            guard scalars <= WordPieceTokenizer.longestWord else { return }
            let tail = UInt8(0x80 | scalar & 0x3F)
            let source = (Int32(truncatingIfNeeded: start), Int32(truncatingIfNeeded: end))
            if scalar < 0x800 {
                word.append(UInt8(0xC0 | scalar >> 6))
            } else if scalar < 0x10000 {
                word.append(UInt8(0xE0 | scalar >> 12))
                word.append(UInt8(0x80 | scalar >> 6 & 0x3F))
                sources.append(source)
            } else {
                word.append(UInt8(0xF0 | scalar >> 18))
                word.append(UInt8(0x80 | scalar >> 12 & 0x3F))
                word.append(UInt8(0x80 | scalar >> 6 & 0x3F))
                sources.append(source)
                sources.append(source)
            }
            word.append(tail)
            sources.append(source)
            sources.append(source)
        }

        @inline(__always)
        private mutating func append(_ byte: UInt8, _ start: Int, _ end: Int) {
            beginScalar(start, end)
            guard scalars <= WordPieceTokenizer.longestWord else { return }
            word.append(byte)
            sources.append((Int32(truncatingIfNeeded: start), Int32(truncatingIfNeeded: end)))
        }

        @inline(__always)
        private mutating func beginScalar(_ start: Int, _ end: Int) {
            if scalars == 0 { wordStart = start }
            wordEnd = end
            scalars += 1
        }

        private mutating func emit(_ id: Int32, _ start: Int, _ end: Int) {
            output.ids.append(id)
            if wantsOffsets { output.offsets.append(start..<max(start, end)) }
        }

        /// Splits the word into pieces: WordPiece, greedy, longest first.
        private mutating func finishWord() {
            guard scalars > 0 else { return }
            defer {
                word.removeAll(keepingCapacity: true)
                sources.removeAll(keepingCapacity: true)
                scalars = 0
            }
            let before = output.ids.count
            var fits = scalars <= WordPieceTokenizer.longestWord
            word.withUnsafeBufferPointer { letters in
                sources.withUnsafeBufferPointer { sources in
                    var at = 0
                    while fits && at < letters.count {
                        guard let (id, end) = table.longest(letters, from: at) else {
                            fits = false
                            break
                        }
                        output.ids.append(id)
                        if wantsOffsets {
                            let start = Int(sources[at].start)
                            output.offsets.append(start..<max(start, Int(sources[end - 1].end)))
                        }
                        at = end
                    }
                }
            }
            guard !fits else { return }
            output.ids.removeSubrange(before...)
            if wantsOffsets { output.offsets.removeSubrange(before...) }
            emit(tokenizer.unknown, wordStart, wordEnd)
        }
    }
}

/// What `tokenizers` does with a scalar; the tables are in CKernels.
private struct ScalarFlags: OptionSet {
    let rawValue: UInt8
    init(rawValue: UInt8) { self.rawValue = rawValue }
    @inline(__always) init(_ scalar: UInt32) { rawValue = bert_scalar_flags(scalar) }

    static let dropped = ScalarFlags(rawValue: UInt8(BERT_DROP))
    static let space = ScalarFlags(rawValue: UInt8(BERT_SPACE))
    static let punctuation = ScalarFlags(rawValue: UInt8(BERT_PUNCTUATION))
    static let ideograph = ScalarFlags(rawValue: UInt8(BERT_CJK))
    static let mark = ScalarFlags(rawValue: UInt8(BERT_MARK))
    static let decomposes = ScalarFlags(rawValue: UInt8(BERT_DECOMPOSES))
    static let lowers = ScalarFlags(rawValue: UInt8(BERT_LOWERS))
    static let reorders = ScalarFlags(rawValue: UInt8(BERT_REORDERS))
}
