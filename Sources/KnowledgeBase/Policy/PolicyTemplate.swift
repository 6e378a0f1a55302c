/// What `kb init` and `kb policy init` write. As it stands it says what holds without any file.
public enum PolicyTemplate {
    public static let text = #"""
        # The escalation policy: when an answer may be sent, when it is a draft, when a person takes over.
        # `kb policy check` looks it over, `kb policy explain` reads it back in plain sentences.
        # Nothing here can raise an action: a trigger, the autonomy and a band not yet certified only lower it.

        # Ranges of `confidence`, the probability that the first cited article answers the question.
        # Until a band is certified on your own reviewed answers, `auto` acts as `draft`. A lower band is certified anew.
        bands:
          auto: 0.90      # at or above: may be sent by itself
          draft: 0.70     # at or above: a draft; below: to a person, with the best guess as a note

        # Goes with every draft to the customer: the way to a person.
        offer: "Did this not answer your question? Reply \"person\" and someone from our team takes over."

        # How far answers may go: off (straight to a person), shadow (to a person; what would have been done is recorded),
        # draft, auto. The least that applies holds.
        autonomy:
          default: draft
          # intents: {password_reset: auto}
          # tags: {vip: off}
          # fields: {plan: {enterprise: draft}}

        # Intents of your own, by example; five to twenty each.
        # intents:
        #   password_reset:
        #     - How do I reset my password?
        #     - I forgot my password

        triggers:
          asked_for_person:         # cannot be switched off: a person who is asked for comes
            threshold: 0.30         # probability that the message asks for one
            # phrases: ["talk|speak to ..2 bird|birds"]       # words|alternatives, ..2 a gap of up to two words
            # examples: ["Put me on to the nest"]
          sensitive_topic:
            action: human
            threshold: 0.30         # probability that the message touches one of the topics
            # topics:
            #   regulated: {on: false}
            #   animal_welfare: {phrases: ["injured|sick bird|birds"], examples: ["The bird is hurt"], action: human}
          sentiment:
            on: false               # until measured on your own tickets
            action: human
            threshold: -0.5         # from -1 to 1
          ambiguity:
            action: draft
            threshold: 0.01         # two articles nearer to each other than this
          foreign_language:
            action: draft
            # languages: [en]       # by default those the articles are written in
          asked_again:
            action: human
            within_days: 7          # the same customer, on the same thing, after an answer
          customer_tier:
            action: draft
            # field: tier
            # values: [enterprise]
            # customers: [alice@example.com]
          draft_failed:
            action: draft           # human is stricter; a failed draft is never sent by itself

        # The desk: who takes what, how soon, and what follows (kb ticket, kb queue, kb report).
        # desk:
        #   lead: mia                       # hears of cases nobody moves and of promises not kept
        #   teams: {support: [lena, omar], billing: [fred]}
        #   routes: {billing_dispute: billing, bug: product}   # topic, trigger, intent or type: team or person
        #   default: support
        #   hours: {urgent: 1, high: 4, normal: 24, low: 72}   # until a person must have moved
        #   tiers: {gold: 0.5}              # factor on the hours, for verified customers of this tier
        #   followup: {nudge_after_days: 3, nudges: 2, confirm_after_days: 2, quiet_after_days: 7, status_every_days: 2}
        #   confirmed_after_days: 14        # an answer nobody contradicts counts as confirmed; without it, never
        #   costs: {kb: 0.5, person: 7, both: 3}               # of a resolution, for kb report
        #   currency: EUR
        #   products: [Web app, Desktop]
        #   jira_project: SUP

        """#

    /// What it says, without reading it.
    static let policy: Policy = {
        var policy = Policy()
        policy.hash = Policy.hash(of: text)
        return policy
    }()
}
