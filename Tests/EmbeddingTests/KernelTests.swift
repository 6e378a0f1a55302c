import CKernels
import FoundationEssentials
import Testing

@testable import Embedding

/// Kernels against plain loops in double precision; lengths around every width of a register.
struct KernelTests {
    private static func numbers(_ count: Int, seed: UInt64) -> [Float] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(Int64(bitPattern: state) >> 40) / Float(1 << 23)
        }
    }

    private static func dot(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Double {
        zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }

    @Test(arguments: [1, 3, 15, 16, 17, 33, 48, 100, 384])
    func `products of rows with a vector are those of plain loops`(d: Int) {
        for n in [0, 1, 3, 4, 5, 11] {
            let (rows, x) = (Self.numbers(n * d, seed: 1), Self.numbers(d, seed: 2))
            var out = [Float](repeating: .nan, count: n)
            LinearAlgebra.multiply(m: n, n: d, rows, x, into: &out)
            for i in 0..<n {
                #expect(
                    abs(Double(out[i]) - Self.dot(rows[i * d..<(i + 1) * d], x[...])) < 1e-5 * Double(d), "row \(i)")
            }
        }
    }

    /// Every level that this processor has, every number of rows that fills the last panel and tile in another way.
    @Test(arguments: 0...kernel_products_level(), [1, 2, 5, 7, 8, 9, 15, 16, 17, 24, 31, 33, 48, 65])
    func `products are those of plain loops, and a number is the same in any company`(level: Int32, m: Int) {
        for (n, k) in [(1, 1), (5, 3), (6, 18), (23, 33), (32, 64), (50, 7)] {
            let (a, w) = (Self.numbers(m * k, seed: 3), Self.numbers(n * k + 1, seed: 4))
            // Weights at an odd place, rows of the result farther apart than wide.
            func products(rows: Range<Int>, columns: Range<Int>) -> [Float] {
                let (m, n, ldc) = (rows.count, columns.count, columns.count + 3)
                var packed = [Float](repeating: .nan, count: (m + 31) / 32 * 32 * k)
                let a = Array(a[rows.lowerBound * k..<rows.upperBound * k])
                for part in [0..<k / 2, k / 2..<k] {
                    kernel_pack_rows(
                        level, Int32(m), Int32(k), 0, Int32(m), Int32(part.lowerBound), Int32(part.upperBound), a,
                        Int32(k), &packed)
                }
                var c = [Float](repeating: 7, count: m * ldc)
                w.withUnsafeBufferPointer {
                    kernel_products(
                        level, Int32(m), Int32(n), Int32(k), packed, $0.baseAddress! + 1 + columns.lowerBound * k,
                        Int32(k), &c,
                        Int32(ldc))
                }
                for i in 0..<m { #expect(c[i * ldc + n..<(i + 1) * ldc] == [7, 7, 7]) }
                return (0..<m).flatMap { c[$0 * ldc..<$0 * ldc + n] }
            }
            let all = products(rows: 0..<m, columns: 0..<n)
            for i in 0..<m {
                for j in 0..<n {
                    let want = Self.dot(a[i * k..<(i + 1) * k], w[1 + j * k..<1 + (j + 1) * k])
                    #expect(abs(Double(all[i * n + j]) - want) < 1e-4, "\(m) x \(n) x \(k) at \(i), \(j)")
                }
            }
            #expect(products(rows: m - 1..<m, columns: 0..<n) == Array(all[((m - 1) * n)...]))
            #expect(products(rows: 0..<m, columns: n - 1..<n) == (0..<m).map { all[$0 * n + n - 1] })
        }
    }

    @Test(arguments: 0...kernel_products_level(), [(1, 1), (5, 3), (7, 16), (17, 64), (64, 33), (250, 250)])
    func `weighted rows are those of plain loops`(level: Int32, shape: (m: Int, k: Int)) {
        let (m, k) = shape
        for n in [1, 3, 4, 7, 8, 12, 16, 24, 32, 40, 56, 64] {
            let ldb = n + 5
            let (a, b) = (Self.numbers(m * k, seed: 3), Self.numbers(k * ldb, seed: 4))
            var c = [Float](repeating: .nan, count: m * n)
            kernel_mix_rows(level, Int32(m), Int32(n), Int32(k), a, Int32(k), b, Int32(ldb), &c, Int32(n))
            for i in 0..<m {
                for j in 0..<n {
                    let want = (0..<k).reduce(0.0) { $0 + Double(a[i * k + $1]) * Double(b[$1 * ldb + j]) }
                    #expect(abs(Double(c[i * n + j]) - want) < 1e-4)
                }
            }
        }
    }

    @Test(arguments: [1, 4, 111, 112, 113, 384]) func `packed numbers are read where they lie`(d: Int) {
        let (n, line) = (7, 112)
        var text: [UInt8] = []
        var rows: [Float] = []
        for place in 0..<n * d {
            if place > 0, place % line == 0 { text.append(10) }
            let byte = UInt8(36 + (place * 37) % 91)
            text.append(byte)
            let q = Float(byte) - 81
            rows.append(3 * q * abs(q) / 2025)
        }
        let x = Self.numbers(d, seed: 5)
        let found = VectorIndex.packedScores(text, rows: n, line: line, scale: 3, x)
        for i in 0..<n {
            #expect(abs(Double(found[i]) - Self.dot(rows[i * d..<(i + 1) * d], x[...])) < 1e-5 * Double(d))
        }
    }

    /// Every level that this processor has; each gives the same bits as plain C.
    @Test(arguments: [(1, 16, 4), (2, 48, 64), (5, 80, 384), (7, 128, 20), (13, 64, 1536)])
    func `rounded products are the same on every level and near the exact ones`(m: Int, n: Int, k: Int) {
        var (x, w) = (Self.numbers(m * k, seed: 6), Self.numbers(n * k, seed: 7))
        // A row of zeros, one that is all positive, one with an outlier; a channel of zeros.
        for p in 0..<k { x[p] = 0 }
        if m > 2 { for p in 0..<k { x[k + p] = abs(x[k + p]) } }
        x[m * k - 1] = 20
        for p in 0..<k { w[3 * k + p] = 0 }
        let linear = RoundedWeights.Linear(n: n, k: k, w)
        let rows = RoundedRows(rows: m, columns: k)
        rows.round(x, 0..<m, k)
        func products(_ level: Int32) -> [Float] {
            var y = [Float](repeating: .nan, count: m * n)
            kernel_int8_products(
                level, Int32(m), Int32(n), Int32(k), rows.bytes, rows.scales, rows.zeros, linear.packed, linear.scales,
                linear.sums, &y, Int32(n))
            return y
        }
        let plain = products(0)
        for level in 0...kernel_int8_level() { #expect(products(level) == plain, "level \(level)") }
        for i in 0..<m {
            for j in 0..<n {
                // What the rounded numbers stand for, multiplied exactly.
                let (at, block) = (i * k, j / 16 * 16 * k + j % 16 * 4)
                let want = (0..<k).reduce(0.0) { sum, p in
                    let a = Double(rows.scales[i]) * Double(Int32(rows.bytes[at + p]) - rows.zeros[i])
                    return sum + a * Double(linear.scales[j]) * Double(linear.packed[block + p / 4 * 64 + p % 4])
                }
                #expect(abs(Double(plain[i * n + j]) - want) <= 1e-5 * max(1, abs(want)))
                for p in 0..<k {
                    let a = rows.scales[i] * Float(Int32(rows.bytes[at + p]) - rows.zeros[i])
                    #expect(abs(a - x[at + p]) <= 0.51 * rows.scales[i] + 1e-6)
                }
            }
        }
    }
}

struct JSONTextTests {
    /// The same value for Foundation's encoder.
    private struct Same: Encodable {
        let value: JSONValue
        struct Key: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }
        func encode(to encoder: any Encoder) throws {
            switch value {
            case .object(let members):
                var container = encoder.container(keyedBy: Key.self)
                for member in members {
                    try container.encode(Same(value: member.value), forKey: Key(stringValue: member.key))
                }
            case .array(let values):
                var container = encoder.unkeyedContainer()
                for value in values { try container.encode(Same(value: value)) }
            default:
                var container = encoder.singleValueContainer()
                switch value {
                case .bool(let flag): try container.encode(flag)
                case .string(let text): try container.encode(text)
                case .number(let digits):
                    if digits != "-0", let whole = Int(digits) {
                        try container.encode(whole)
                    } else {
                        try container.encode(Double(digits)!)
                    }
                default: try container.encodeNil()
                }
            }
        }
    }

    @Test func `JSON is byte for byte what Foundation writes`() throws {
        let scalars = (0..<0x3000).compactMap(Unicode.Scalar.init).map { String($0) }.joined()
        let numbers = [
            0, -0.0, 1, -1, 0.1, 1e-7, 1e21, 123_456_789.123, 0.000001, 5e-324, 1.7976931348623157e308, 0.48,
        ]
        let value = JSONValue([
            "took_ms": JSONValue(3.25), "a": .null, "answer_id": JSONValue("x/y"), "answer": JSONValue(nil),
            "numbers": .array(numbers.map { JSONValue($0) } + [JSONValue(0), JSONValue(-7), JSONValue(Int.max)]),
            "texts": JSONValue([scalars, "", "🙂 \u{2028}", "\u{7f}"]), "empty": .array([]), "none": JSONValue([:]),
            "flags": .array([.bool(true), .bool(false)]), "nested": JSONValue(["b": .array([JSONValue(["z": .null])])]),
        ])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        #expect(Data(value.serialized.utf8) == (try encoder.encode(Same(value: value))))
    }

    @Test func `what is written is read back`() throws {
        let value = JSONValue([
            "a": .array([JSONValue(1.5), JSONValue("x\n\"\\"), .null]), "b": JSONValue(["c": .bool(true)]),
        ])
        #expect(try JSONParser.value(value.serialized.utf8) == value)
    }
}
