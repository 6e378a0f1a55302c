import FoundationEssentials
import Testing

@testable import KnowledgeBase

struct CaseMachineTests {
    private static let now = Date(timeIntervalSince1970: 1_760_000_000)

    private static func item(_ state: CaseState, _ owner: CaseOwner) -> Case {
        var item = Case(id: "1", channel: "form", subject: "s", createdAt: now)
        (item.state, item.owner) = (state, owner)
        if state == .resolvedConfirmed { (item.resolvedAt, item.witness) = (now, "customer") }
        return item
    }

    private static func witnesses(_ kind: CaseEvent.Kind) -> [CaseWitness?] {
        [nil, .customer, .issue("BUG-1"), .rule("silence")]
    }

    /// Every state, owner, event, new owner and witness: what the table allows keeps every promise, and all else changes nothing.
    @Test(arguments: CaseState.allCases, CaseEvent.Kind.allCases)
    func `no step breaks a promise`(state: CaseState, kind: CaseEvent.Kind) throws {
        var allowed = 0
        for owner in [CaseOwner.kb, .person("lena"), .team("support")] {
            for next in [nil, CaseOwner.kb, .person("omar")] as [CaseOwner?] {
                for witness in Self.witnesses(kind) {
                    for nudges in [0, 2] {
                        var before = Self.item(state, owner)
                        before.nudges = nudges
                        let event = CaseEvent(kind, at: Self.now + 60, owner: next, witness: witness)
                        guard let step = try? CaseMachine.step(event, before, nudges: 2) else { continue }
                        allowed += 1
                        let after = step.after
                        #expect(!after.owner.text.isEmpty && CaseOwner(after.owner.text) == after.owner)
                        if step.effects.contains(.handoff) {
                            #expect(step.effects.contains(.tellCustomer) && step.effects.contains(.tellPerson))
                            #expect(after.owner.isHuman)
                        }
                        // A case that changes hands to a person is a handoff, a review, or a person who spoke.
                        if after.owner.isHuman, after.owner != owner {
                            let spoke: Set<CaseEvent.Kind> = [
                                .personReplied, .personAnswered, .personAsked, .personTook,
                            ]
                            #expect(
                                step.effects.contains(.handoff) || step.effects.contains(.review)
                                    || spoke.contains(kind))
                        }
                        if after.state == .resolvedConfirmed, state != .resolvedConfirmed {
                            #expect(witness != nil && after.witness == witness?.text && after.resolvedAt == event.at)
                        }
                        if state.isEnded, !after.state.isEnded, kind == .customerWrote {
                            #expect(after.episode == before.episode + 1 && step.effects.contains(.episode))
                            #expect(after.witness == nil && after.resolvedAt == nil && !after.askedQuestion)
                        } else {
                            #expect(after.episode == before.episode)
                        }
                        if kind == .nudged { #expect(nudges < 2 && after.nudges == nudges + 1) }
                        if after.state == .waitingExpert {
                            #expect(after.owner.isHuman || before.state == .waitingExpert)
                        }
                    }
                }
            }
        }
        // A customer is heard in every state.
        if kind == .customerWrote { #expect(allowed > 0) }
        // A person can be asked for until the end.
        if kind == .handedOver { #expect((allowed > 0) == !state.isEnded) }
    }

    @Test func `the wrong witness confirms nothing`() {
        for (kind, witness) in [
            (CaseEvent.Kind.customerConfirmed, CaseWitness.rule("x")), (.issueSettled, .customer),
            (.ruleSettled, .customer),
        ] {
            #expect(throws: KnowledgeBaseError.self) {
                try CaseMachine.step(
                    CaseEvent(kind, at: Self.now, witness: witness), Self.item(.resolvedProposed, .kb), nudges: 2)
            }
        }
    }

    @Test func `a refusal says the case, the event, the state and why`() throws {
        do {
            _ = try CaseMachine.step(CaseEvent(.handedOver, at: Self.now), Self.item(.new, .kb), nudges: 2)
            Issue.record("handed over to nobody")
        } catch {
            let text = "\(error)"
            for part in ["1", "handed_over", "new", "person or team", "kb ticket show 1"] {
                #expect(text.contains(part), "\(part)")
            }
        }
    }

    @Test func `one clarifying question an episode, and one confirmation`() throws {
        var item = Self.item(.open, .kb)
        item = try CaseMachine.step(CaseEvent(.asked, at: Self.now), item, nudges: 2).after
        item = try CaseMachine.step(CaseEvent(.customerWrote, at: Self.now), item, nudges: 2).after
        #expect(throws: KnowledgeBaseError.self) {
            try CaseMachine.step(CaseEvent(.asked, at: Self.now), item, nudges: 2)
        }
        item = try CaseMachine.step(CaseEvent(.answered, at: Self.now), item, nudges: 2).after
        item = try CaseMachine.step(CaseEvent(.confirmationAsked, at: Self.now), item, nudges: 2).after
        #expect(throws: KnowledgeBaseError.self) {
            try CaseMachine.step(CaseEvent(.confirmationAsked, at: Self.now), item, nudges: 2)
        }
    }
}
