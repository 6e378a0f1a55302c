/// The life of a case as a table: state × event → state, effects, owner, guard. What is not in it cannot happen.
enum CaseMachine {
    enum Guard: Sendable {
        /// The event brings a witness of its kind.
        case witness
        /// The event names a person or team.
        case person
        /// No clarifying question was asked in this episode.
        case firstQuestion
        /// Fewer nudges than the team allows.
        case nudgesLeft
        /// No confirmation was asked for in this episode.
        case firstConfirmation
        /// A person owns the case; kb does.
        case withPerson, withKB
    }

    enum NextOwner: Sendable { case same, kb, event }

    struct Transition: Sendable {
        var from: CaseState
        var on: CaseEvent.Kind
        var to: CaseState
        var effects: [CaseEffect] = []
        var owner = NextOwner.same
        var needs: [Guard] = []
    }

    static let table: [Transition] = {
        var table: [Transition] = []
        func rows(
            _ on: CaseEvent.Kind, _ from: [CaseState], _ to: CaseState?, _ effects: [CaseEffect] = [],
            _ owner: NextOwner = .same, needs: [Guard] = []
        ) {
            for state in from {
                table.append(
                    Transition(from: state, on: on, to: to ?? state, effects: effects, owner: owner, needs: needs))
            }
        }
        let handoff: [CaseEffect] = [.handoff, .tellCustomer, .tellPerson]
        let alive: [CaseState] = [.new, .open, .waitingCustomer, .waitingExpert, .resolvedProposed]
        let ended: [CaseState] = [.resolvedConfirmed, .closed, .abandoned]

        rows(.customerWrote, [.new, .open], nil, [], .kb)
        // Who talked with a person goes on talking with that person; kb stays beside them.
        rows(
            .customerWrote, [.waitingCustomer, .resolvedProposed], .waitingExpert, [.tellPerson], needs: [.withPerson])
        rows(.customerWrote, [.waitingCustomer, .resolvedProposed], .open, [], needs: [.withKB])
        rows(.customerWrote, [.waitingExpert], nil, [.tellPerson])
        rows(.customerWrote, ended, .open, [.episode], .kb)

        rows(.customerConfirmed, [.waitingExpert], .resolvedConfirmed, [.tellPerson], needs: [.witness])
        rows(
            .customerConfirmed, [.open, .waitingCustomer, .resolvedProposed, .abandoned], .resolvedConfirmed,
            needs: [.witness])
        rows(.customerConfirmed, [.resolvedConfirmed, .closed], nil, needs: [.witness])

        rows(.answered, [.new, .open], .resolvedProposed, [.reply], .kb, needs: [.withKB])
        rows(.drafted, [.new, .open], .open, [.review], .event, needs: [.person])
        rows(.asked, [.new, .open], .waitingCustomer, [.question], .kb, needs: [.firstQuestion])
        rows(.approved, [.open], .resolvedProposed, [.reply], .kb, needs: [.withPerson])
        rows(.rejected, [.open], .waitingExpert, handoff, .event, needs: [.person])
        rows(.handedOver, alive, .waitingExpert, handoff, .event, needs: [.person])

        rows(.personReplied, alive + [.abandoned], .resolvedProposed, [.reply], .event, needs: [.person])
        rows(.personAnswered, alive + [.abandoned], .resolvedProposed, [], .event, needs: [.person])
        rows(.personAsked, alive + [.abandoned], .waitingCustomer, [], .event, needs: [.person])
        rows(.personTook, alive + [.abandoned], .waitingExpert, [], .event, needs: [.person])
        // A word after the end changes nothing.
        rows(.personReplied, [.resolvedConfirmed, .closed], nil, [.reply], needs: [.person])
        rows(.personAnswered, [.resolvedConfirmed, .closed], nil, needs: [.person])
        rows(.personAsked, [.resolvedConfirmed, .closed], nil, needs: [.person])
        rows(.personTook, [.resolvedConfirmed, .closed], nil, needs: [.person])

        rows(
            .issueSettled, [.open, .waitingCustomer, .waitingExpert, .resolvedProposed], .resolvedConfirmed,
            [.tellCustomer], needs: [.witness])
        rows(.ruleSettled, [.resolvedProposed], .resolvedConfirmed, needs: [.witness])
        rows(.confirmationAsked, [.resolvedProposed], nil, [.confirmation], needs: [.firstConfirmation])
        rows(.nudged, [.waitingCustomer], nil, [.nudge], needs: [.nudgesLeft])
        rows(.statusSent, [.waitingExpert], nil, [.status])
        rows(.statusSent, [.open], nil, [.status], needs: [.withPerson])
        rows(.stillWaiting, [.waitingExpert], nil, [.status, .tellLead], needs: [.withPerson])
        rows(.stillWaiting, [.open], nil, [.status, .tellLead], needs: [.withPerson])
        rows(.reassigned, [.waitingExpert], nil, handoff + [.tellLead], .event, needs: [.person])
        rows(.reassigned, [.open], nil, [.review, .tellLead], .event, needs: [.person, .withPerson])
        rows(.wentQuiet, [.waitingCustomer, .resolvedProposed], .abandoned)
        rows(.closed, [.resolvedConfirmed], .closed)
        rows(.dismissed, alive, .closed)
        return table
    }()

    struct Step: Sendable {
        var after: Case
        var effects: [CaseEffect]
        var event: CaseEvent
    }

    private static let rows = Dictionary(grouping: table) { Key(from: $0.from, on: $0.on) }

    private struct Key: Hashable {
        var from: CaseState
        var on: CaseEvent.Kind
    }

    /// Takes one step.
    ///
    /// - Throws: `KnowledgeBaseError.caseRefused` where the table knows no such step, or what it needs is not there.
    static func step(_ event: CaseEvent, _ before: Case, nudges: Int) throws -> Step {
        let candidates = rows[Key(from: before.state, on: event.kind)] ?? []
        guard
            let row = candidates.first(where: { row in
                row.needs.allSatisfy { holds($0, event, before, nudges: nudges) }
            })
        else {
            let missing = candidates.first?.needs.first { !holds($0, event, before, nudges: nudges) }
            throw KnowledgeBaseError.caseRefused(
                id: before.id, event: event.kind.rawValue, state: before.state.rawValue,
                reason: missing.map(wording) ?? "")
        }
        var after = before
        after.state = row.to
        after.updatedAt = max(before.updatedAt, event.at)
        switch row.owner {
        case .same: break
        case .kb: after.owner = .kb
        case .event: after.owner = event.owner ?? before.owner
        }
        if row.effects.contains(.episode) {
            after.episode += 1
            (after.nudges, after.askedQuestion, after.askedConfirmation, after.resolvedAt) = (0, false, false, nil)
            after.witness = nil
        }
        if event.kind == .asked { after.askedQuestion = true }
        if event.kind == .nudged { after.nudges += 1 }
        if event.kind == .customerWrote { after.nudges = 0 }
        if event.kind == .confirmationAsked { after.askedConfirmation = true }
        if row.to == .resolvedConfirmed, before.state != .resolvedConfirmed {
            after.resolvedAt = event.at
            after.witness = event.witness?.text
        }
        return Step(after: after, effects: row.effects, event: event)
    }

    private static func holds(_ need: Guard, _ event: CaseEvent, _ before: Case, nudges: Int) -> Bool {
        switch need {
        case .witness:
            switch (event.kind, event.witness) {
            case (.customerConfirmed, .customer), (.issueSettled, .issue), (.ruleSettled, .rule): true
            default: false
            }
        case .person: event.owner?.isHuman == true
        case .firstQuestion: !before.askedQuestion
        case .firstConfirmation: !before.askedConfirmation
        case .nudgesLeft: before.nudges < nudges
        case .withPerson: before.owner.isHuman
        case .withKB: !before.owner.isHuman
        }
    }

    private static func wording(_ need: Guard) -> String {
        switch need {
        case .witness: "it needs a witness: the customer, a linked issue that was settled, or a rule of the team"
        case .person: "it needs a person or team to go to"
        case .firstQuestion: "a clarifying question was asked already"
        case .firstConfirmation: "a confirmation was asked for already"
        case .nudgesLeft: "the customer was reminded often enough"
        case .withPerson: "no draft waits for a person"
        case .withKB: "a person has it"
        }
    }
}
