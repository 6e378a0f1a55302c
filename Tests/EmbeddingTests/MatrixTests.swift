import Testing

@testable import Embedding

@Test func `a row is the slice of its columns`() {
    let m = Matrix(rows: 2, columns: 2, values: [1, 2, 3, 4])
    #expect(Array(m[1]) == [3, 4])
}
