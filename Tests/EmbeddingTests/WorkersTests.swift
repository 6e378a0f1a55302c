import Testing

@testable import Embedding

@Suite struct WorkersTests {
    private struct Failure: Error, Equatable { let index: Int }

    @Test func `results come in order from any number of threads`() throws {
        for threads in [1, 2, 5] {
            #expect(try Workers.map(100, threads: threads) { $0 * $0 } == (0..<100).map { $0 * $0 })
        }
    }

    @Test func `an error is thrown`() {
        #expect(throws: Failure(index: 7)) {
            try Workers.map(50, threads: 2) { if $0 == 7 { throw Failure(index: $0) } else { $0 } }
        }
    }
}
