/// Reads the text of a phrase table, byte by byte, into flat pools.
///
/// Classes are never copied into the elements that name them: a word knows which classes it is in.
struct PhraseTableReader: Sendable {
    private(set) var atoms = PhraseAtoms()
    private(set) var pools = PhrasePools()
    private(set) var phrases = PhraseList()
    private(set) var exceptions = PhraseList()

    /// The last class an atom was put into, −1 for none; earlier ones by `memberships`.
    private var lastClass: [Int32] = []
    private var memberships: [(number: Int32, earlier: Int32)] = []
    /// The atoms of each class, so that a class may be part of another.
    private var members: [[Int32]] = []
    private var names: [String: Int32] = [:]
    private var line = 0

    /// Alternatives as they are read; one for all, so that thousands of elements share its buffers.
    private struct Choice {
        var atoms: [Int32] = []
        var classes: [Int32] = []
        /// In the pool already.
        var sequences: Range<Int32> = 0..<0
        var orEnd = false
        /// The words of one alternative.
        var run: [Int32] = []
    }
    private var choice = Choice()

    /// Words of other scripts than the Latin are read as one that no text has: their folding is a third of all reading, and a text without
    /// such letters matches none of them.
    private let latinOnly: Bool

    private typealias Bytes = UnsafeBufferPointer<UInt8>
    private typealias Problem = PhraseTable.Problem

    init(_ text: String, latinOnly: Bool = false) throws(PhraseTable.Problem) {
        var text = text
        let result = text.withUTF8 { bytes -> Result<PhraseTableReader, PhraseTable.Problem> in
            var reader = PhraseTableReader(latinOnly)
            do throws(PhraseTable.Problem) {
                try reader.read(bytes)
                return .success(reader)
            } catch { return .failure(error) }
        }
        self = try result.get()
        (names, members, choice) = ([:], [], Choice())
    }

    private init(_ latinOnly: Bool) { self.latinOnly = latinOnly }

    /// The classes that any of these atoms is in.
    func classes(of atoms: [Int32]) -> [Int32] {
        var found: [Int32] = []
        for atom in atoms where atom < lastClass.count {
            var link = lastClass[Int(atom)]
            while link >= 0 {
                found.append(memberships[Int(link)].number)
                link = memberships[Int(link)].earlier
            }
        }
        return found
    }

    private mutating func read(_ bytes: Bytes) throws(PhraseTable.Problem) {
        atoms.reserve(tableBytes: bytes.count)
        pools.elements.reserveCapacity(bytes.count / 12)
        pools.numbers.reserveCapacity(bytes.count / 6)
        var start = 0
        while start <= bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            line += 1
            try readLine(bytes, start..<end)
            start = end + 1
        }
    }

    private mutating func readLine(_ bytes: Bytes, _ range: Range<Int>) throws(PhraseTable.Problem) {
        let comment = bytes[range].firstIndex(of: UInt8(ascii: "#")) ?? range.upperBound
        let range = Self.trimmed(bytes, range.lowerBound..<comment)
        guard let first = bytes[range].first else { return }
        if first == UInt8(ascii: "[") {
            names = [:]
        } else if first == UInt8(ascii: "@"), let equals = bytes[range].firstIndex(of: UInt8(ascii: "=")) {
            let name = Self.trimmed(bytes, range.lowerBound + 1..<equals)
            let value = Self.trimmed(bytes, equals + 1..<range.upperBound)
            try readChoice(bytes, Self.repeats(bytes, value)?.rest ?? value)
            define(Self.text(bytes, name))
        } else if first == UInt8(ascii: "!") {
            let pattern = try pattern(bytes, Self.trimmed(bytes, range.lowerBound + 1..<range.upperBound))
            exceptions.add(pattern, pools)
        } else {
            let pattern = try pattern(bytes, range)
            phrases.add(pattern, pools)
        }
    }

    /// Names what was read last.
    private mutating func define(_ name: String) {
        let number = Int32(members.count)
        var own = choice.atoms
        var sequences = Array(choice.sequences)
        for part in choice.classes {
            own += members[Int(part)]
            sequences += pools.classSequences[Int(part)]
        }
        for atom in own {
            while lastClass.count <= atom { lastClass.append(-1) }
            let earlier = lastClass[Int(atom)]
            if earlier >= 0, memberships[Int(earlier)].number == number { continue }
            lastClass[Int(atom)] = Int32(memberships.count)
            memberships.append((number, earlier))
        }
        members.append(own)
        pools.classSequences.append(sequences)
        names[name] = number
    }

    private mutating func pattern(_ bytes: Bytes, _ range: Range<Int>) throws(PhraseTable.Problem) -> PhrasePattern {
        let first = Int32(pools.elements.count)
        var hasWord = false
        try Self.eachPart(bytes, range, UInt8(ascii: " ")) { part throws(PhraseTable.Problem) in
            let only = part.count == 1 ? bytes[part.lowerBound] : 0
            if only == UInt8(ascii: "^") || only == UInt8(ascii: "$") {
                pools.elements.append(.init(kind: only == UInt8(ascii: "^") ? .start : .end))
            } else if bytes[part].starts(with: "..".utf8) {
                guard let count = Self.number(bytes, part.dropFirst(2)), (0...20).contains(count) else {
                    throw problem("'\(Self.text(bytes, part))' is no gap; write ..3 for up to three words")
                }
                pools.elements.append(.init(kind: .gap, minimum: 0, maximum: Int32(count)))
            } else {
                let element = try element(bytes, part)
                hasWord = hasWord || element.minimum > 0
                pools.elements.append(element)
            }
        }
        guard hasWord else { throw problem("'\(Self.text(bytes, range))' has no word that must be there") }
        return PhrasePattern(source: range, elements: first..<Int32(pools.elements.count))
    }

    private mutating func element(_ bytes: Bytes, _ range: Range<Int>) throws(PhraseTable.Problem)
        -> PhrasePattern.Element
    {
        var element = PhrasePattern.Element(kind: .words)
        var range = range
        if let repeats = Self.repeats(bytes, range) {
            guard let most = repeats.most, (1...20).contains(most) else {
                throw problem("'\(Self.text(bytes, range))': write {4} for up to four")
            }
            element.minimum = 0
            element.maximum = Int32(most)
            range = repeats.rest
        }
        try readChoice(bytes, range)
        element.orEnd = choice.orEnd
        element.atoms = append(choice.atoms)
        element.classes = append(choice.classes)
        element.sequences = choice.sequences
        return element
    }

    private mutating func readChoice(_ bytes: Bytes, _ range: Range<Int>) throws(PhraseTable.Problem) {
        choice.atoms.removeAll(keepingCapacity: true)
        choice.classes.removeAll(keepingCapacity: true)
        choice.orEnd = false
        let first = Int32(pools.sequences.count)
        try Self.eachPart(bytes, range, UInt8(ascii: "|")) { part throws(PhraseTable.Problem) in
            let part = Self.trimmed(bytes, part)
            if bytes[part].first == UInt8(ascii: "@") {
                guard let known = names[Self.text(bytes, part.dropFirst())] else {
                    throw problem("no class is named '\(Self.text(bytes, part))'")
                }
                choice.classes.append(known)
            } else if part.count == 1, bytes[part.lowerBound] == UInt8(ascii: "$") {
                choice.orEnd = true
            } else {
                try readRun(bytes, part)
                if choice.run.count == 1 {
                    choice.atoms.append(choice.run[0])
                } else {
                    pools.sequences.append(append(choice.run))
                }
            }
        }
        choice.sequences = first..<Int32(pools.sequences.count)
    }

    private mutating func readRun(_ bytes: Bytes, _ range: Range<Int>) throws(PhraseTable.Problem) {
        choice.run.removeAll(keepingCapacity: true)
        try Self.eachPart(bytes, range, UInt8(ascii: "_")) { part throws(PhraseTable.Problem) in
            let sign = bytes[part.upperBound - 1]
            let mark: PhraseAtoms.Mark =
                sign == UInt8(ascii: "*") ? .beginning : sign == UInt8(ascii: "~") ? .fuzzy : .exact
            let word = mark == .exact ? part : part.lowerBound..<part.upperBound - 1
            // Most words are plain already.
            if !word.isEmpty, bytes[word].allSatisfy({ $0 >= 97 && $0 <= 122 || $0 >= 48 && $0 <= 57 }) {
                choice.run.append(atoms.atom(Bytes(rebasing: bytes[word]), mark))
                return
            }
            if latinOnly, !word.isEmpty, bytes[word.lowerBound] >= FoldedText.firstOtherScript {
                choice.run.append(withUnsafeBytes(of: UInt8(0)) { atoms.atom($0.bindMemory(to: UInt8.self), .exact) })
                return
            }
            let folded = FoldedText(Self.text(bytes, word)).words.filter { !$0.isEnd }.map(\.text)
            guard !folded.isEmpty else { throw problem("'\(Self.text(bytes, part))' is no word") }
            for (i, text) in folded.enumerated() {
                var text = text
                choice.run.append(text.withUTF8 { atoms.atom($0, i + 1 == folded.count ? mark : .exact) })
            }
        }
        guard !choice.run.isEmpty else { throw problem("'\(Self.text(bytes, range))' is no word") }
    }

    private mutating func append(_ numbers: [Int32]) -> Range<Int32> {
        let first = Int32(pools.numbers.count)
        pools.numbers += numbers
        return first..<Int32(pools.numbers.count)
    }

    private func problem(_ message: String) -> PhraseTable.Problem { .init(line: line, message: message) }

    // MARK: - Bytes

    /// `x?` and `x{4}`: what is repeated and how often at most; `nil` without such a sign.
    private static func repeats(_ bytes: Bytes, _ range: Range<Int>) -> (rest: Range<Int>, most: Int?)? {
        guard let last = bytes[range].last else { return nil }
        if last == UInt8(ascii: "?") { return (range.dropLast(), 1) }
        guard last == UInt8(ascii: "}"), let open = bytes[range].lastIndex(of: UInt8(ascii: "{")) else { return nil }
        return (range.lowerBound..<open, number(bytes, open + 1..<range.upperBound - 1))
    }

    private static func number(_ bytes: Bytes, _ range: Range<Int>) -> Int? { Int(text(bytes, range)) }

    private static func text(_ bytes: Bytes, _ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    private static func trimmed(_ bytes: Bytes, _ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isSpace(bytes[start]) { start += 1 }
        while end > start, isSpace(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

    /// The parts between separators that are not empty.
    private static func eachPart(
        _ bytes: Bytes, _ range: Range<Int>, _ separator: UInt8,
        _ body: (Range<Int>) throws(PhraseTable.Problem) -> Void
    ) throws(PhraseTable.Problem) {
        var start = range.lowerBound
        for index in range where bytes[index] == separator {
            if start < index { try body(start..<index) }
            start = index + 1
        }
        if start < range.upperBound { try body(start..<range.upperBound) }
    }
}
