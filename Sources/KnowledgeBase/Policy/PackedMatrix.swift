import Embedding

/// Numbers written into the program as printable ASCII, one byte each: read in place, so that they cost nothing at the start.
///
/// A byte b from `$` (36) to `~` (126) stands for q = b − 81, −45…45, and for scale · sign(q) · (q/45)²: finer near zero,
/// where most weights are. Lines are `lineLength` long; the last is filled up.
struct PackedMatrix: Sendable {
    static let lineLength = 112

    let rows: Int
    let columns: Int
    let scale: Float
    private let text: StaticString

    init(rows: Int, columns: Int, scale: Float, _ text: StaticString) {
        (self.rows, self.columns, self.scale, self.text) = (rows, columns, scale, text)
        let size = rows * columns
        precondition(
            text.utf8CodeUnitCount >= size + max(0, size - 1) / Self.lineLength, "a packed matrix is cut short")
    }

    /// Row after row.
    subscript(row: Int, column: Int) -> Float {
        let place = row * columns + column
        return Self.values[Int(text.utf8Start[place + place / Self.lineLength])] * scale
    }

    /// Inner product of `x` with every row.
    func products(_ x: [Float]) -> [Float] {
        precondition(x.count == columns, "\(x.count) numbers for \(columns) columns")
        return VectorIndex.packedScores(text.utf8Start, rows: rows, line: Self.lineLength, scale: scale, x)
    }

    /// All of them, where each is read often.
    func unpacked() -> [Float] {
        let (start, size) = (text.utf8Start, rows * columns)
        return Self.values.withUnsafeBufferPointer { values in
            (0..<size).map { values[Int(start[$0 + $0 / Self.lineLength])] * scale }
        }
    }

    private static let values: [Float] = (0..<256).map { byte in
        let share = Float(byte - 81) / 45
        return abs(share) <= 1 ? share * abs(share) : 0
    }

    /// The bytes for numbers, in lines; and their scale.
    static func pack(_ numbers: [Float]) -> (scale: Float, lines: [String]) {
        let scale = numbers.reduce(0) { max($0, abs($1)) }
        var lines: [String] = []
        var line: [UInt8] = []
        for number in numbers {
            let share = scale > 0 ? number / scale : 0
            let level = (abs(share).squareRoot() * 45).rounded()
            line.append(UInt8(81 + Int(share < 0 ? -level : level)))
            if line.count == lineLength {
                lines.append(String(decoding: line, as: UTF8.self))
                line = []
            }
        }
        if !line.isEmpty { lines.append(String(decoding: line, as: UTF8.self)) }
        return (scale, lines)
    }

    /// The declaration of numbers in a Swift file.
    static func source(_ name: String, _ rows: Int, _ values: [Float]) -> String {
        let (scale, lines) = pack(values)
        return """
                static let \(name) = PackedMatrix(
                    rows: \(rows), columns: \(values.count / rows), scale: \(scale),
                    ##\"\"\"
            \(lines.map { "        " + $0 }.joined(separator: "\n"))
                    \"\"\"##)

            """
    }
}
