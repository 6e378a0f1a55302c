import Synchronization
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

    @Test func `a deferred value is made once, whoever asks, and so is its error`() throws {
        let made = Atomic(0)
        let value = Deferred { made.add(1, ordering: .relaxed).newValue }
        let failing = Deferred<Int> { throw Failure(index: made.add(1, ordering: .relaxed).newValue) }
        #expect(try Workers.map(20, threads: 4) { _ in try value() } == Array(repeating: 1, count: 20))
        #expect(throws: Failure(index: 2)) { try failing() }
        #expect(throws: Failure(index: 2)) { try failing() }
    }

    @Test func `what is begun beside the caller is waited for`() throws {
        let values = (0..<30).map { number in Beside.make { number * number } }
        #expect(try values.map { try $0() } == (0..<30).map { $0 * $0 })
        let failed = Beside.make { () throws -> Int in throw Failure(index: 1) }
        #expect(throws: Failure(index: 1)) { try failed() }
    }

    @Test(arguments: [0, 1, 2]) func `a helper that is invited may come at any time`(when: Int) throws {
        // By phase and chunk: how often it was done.
        let done = (0..<40).map { _ in Counter() }
        let help = Mutex<(@Sendable () -> Void)?>(nil)
        Workers.together(
            size: 2, phases: 4,
            invite: { invited in
                if when == 0 { Beside.run(invited) } else { help.withLock { $0 = invited } }
            }
        ) { member in
            for phase in 0..<4 {
                if phase == 2, when == 1, let invited = help.withLock({ $0.take() }) { Beside.run(invited) }
                member.share(10, grain: 1) { chunk in
                    for i in chunk { done[phase * 10 + i].count.add(1, ordering: .relaxed) }
                }
            }
        }
        if when == 2 { help.withLock { $0 }?() }
        #expect(done.allSatisfy { $0.count.load(ordering: .relaxed) == 1 })
    }

    private final class Counter: Sendable { let count = Atomic(0) }
}
