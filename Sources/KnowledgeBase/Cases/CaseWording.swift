/// What a follow-up message of a thread means for the case: the words that end it, and those that do not.
enum CaseWording {
    /// The customer says that it works now.
    static func confirms(_ text: String) -> Bool {
        let folded = FoldedText(text)
        // A long message with thanks in it goes on about something else.
        let count = folded.words.lazy.filter { !$0.isEnd }.count
        guard count <= 120, denied.matches(in: folded).isEmpty else { return false }
        return !confirmed.matches(in: folded).isEmpty
            && (!text.contains("?") || count <= 40 && !askedBack.matches(in: folded).isEmpty)
    }

    /// A yes or no to the question whether it is solved, and little else; `nil` for anything else.
    static func answersConfirmation(_ text: String) -> Bool? {
        let folded = FoldedText(text)
        guard folded.words.lazy.filter({ !$0.isEnd }).count <= 8, !text.contains("?") else { return nil }
        if !no.matches(in: folded).isEmpty || denies(text) { return false }
        return yes.matches(in: folded).isEmpty ? nil : true
    }

    private static let yes = PhraseTable(
        builtIn: "^ yes|yep|yeah|yup|ja|jawohl|jep|oui|ouais|si|sim|tak|da|correct|indeed|it_did|it_does|it_is")
    private static let no = PhraseTable(
        builtIn: "^ no|nope|nah|nein|ne|non|nee|nao|nej|nie|not_yet|not_really|noch_nicht|leider_nicht|pas_encore")

    /// Nothing but thanks: it asks for nothing, and says nothing of whether it helped.
    static func thanks(_ text: String) -> Bool {
        let folded = FoldedText(text)
        let count = folded.words.lazy.filter { !$0.isEnd }.count
        return count <= 14 && !text.contains("?") && !denies(text) && !gratitude.matches(in: folded).isEmpty
            && goingOn.matches(in: folded).isEmpty
    }

    private static let gratitude = PhraseTable(
        builtIn: "thank|thanks|thx|ty|appreciated|cheers|danke|dank|gracias|merci|grazie|obrigado|obrigada|bedankt")

    /// What goes on after the thanks.
    private static let goingOn = PhraseTable(
        builtIn: #"""
            but|however|aber|pero|mais|ma|maar|try|trying|check|wait|waiting|please|can|could|would|need|want|when|how|until|hope|later|tomorrow|today|will|ill|in_advance|advance|voraus|antemano|avance
            """#)

    /// The customer says that it does not.
    static func denies(_ text: String) -> Bool { !denied.matches(in: FoldedText(text)).isEmpty }

    static let confirmed = PhraseTable(
        builtIn: #"""
            [en]
            that|this|it|you|which|problem|issue|all|everything|suggestion|answer ..3 solved|fixed|resolved|sorted|did_it|did_the_trick|worked|works_now|works_again|helped|is_working|now_works|cured
            solved|fixed|resolved|sorted ..3 it|problem|issue|my|thank|thanks|now|$
            problem|issue|it ..2 is|s|has_been|was ..1 solved|fixed|resolved|sorted|gone
            works|working|work ..2 now|again|fine|perfectly|great|properly|as_expected|like_a_charm
            did_the_trick|that_was_it|that_did_it|back_to_normal|up_and_running|all_good|all_set|problem_solved|issue_solved|issue_resolved|problem_fixed|perfect_thank|perfect_thanks|it_worked|that_worked|this_worked|worked_perfectly|worked_great|worked_like
            that|this|it|which works|worked|solves|helped $
            that|this|it|which solves|solved|fixes|fixed|cures|does ..2 it|trick|problem|issue|job|for_me|for_us
            i|we ..1 fixed|solved|resolved|sorted it|this|that|the_problem|the_issue
            such_an_easy_solution|easy_fix|you_solved|you_fixed|now_it_works|found_it_and|found_it_thanks|found_it_thank|working_again|is_back_now
            yes_confirmed|i_confirm|confirmed $
            ^ yes thanks|thank|it_does|it_is|solved|that_works|it_works
            ^ perfect|perfecto|perfekt|parfait|great|brilliant|excellent|fantastic|super|found_it|all_done|good_all_done|yes_thank|yes_thanks $
            all_done|found_it|works_for_us|works_for_me|das_war_es|das_wars|that_was_all|eso_era|c_etait_ca|je_l_ai_trouve|lo_encontre|gefunden_danke
            you_can|please|pls|feel_free_to ..2 close|mark ..3 ticket|case|thread|solved|this|it
            [de]
            hat_geklappt|funktioniert_jetzt|funktioniert_wieder|geht_jetzt|geht_wieder|problem_gelost|ist_gelost|hat_geholfen|erledigt
            [es]
            ya_funciona|funciono|solucionado|resuelto|problema_resuelto
            [fr]
            ca_marche|ca_fonctionne|c_est_resolu|probleme_resolu|resolu_merci|fonctionne_maintenant
            !not|isnt|never|hasnt|wasnt|havent|didnt|doesnt|no_longer|if|until|unless|cant|hope|hopefully|when|once|can|could|how|will|would|need|to|nothing|please|once_it|before|stopped ..3 solved|fixed|resolved|sorted|worked|working|work|works|helped
            !used_to|was|were|had|has_always|always|until ..2 worked|working|works
            !works|worked|working|solved|fixed ..3 but|until|before|yesterday|for_a_while|temporarily|except
            """#)

    static let denied = PhraseTable(
        builtIn: #"""
            [en]
            not|isnt|never|hasnt|wasnt|havent|didnt|doesnt|did_not|does_not|no ..3 solved|solve|fixed|fix|resolved|resolve|worked|work|working|help|helped|helping|sorted|luck|success|change|difference|joy
            still ..4 not|broken|failing|same|happening|unable|cannot|cant|problem|issue|error|doesnt|isnt|getting|no|wont|the_same
            same problem|issue|error|thing|result
            problem|issue|error|it ..3 persists|remains|came_back|is_back|returned|continues|again
            [de]
            immer_noch|klappt_nicht|geht_nicht|funktioniert_nicht|hilft_nicht
            [es]
            no_funciona|sigue_sin|sigue_igual|no_ayuda
            [fr]
            ne_marche_pas|ne_fonctionne_pas|toujours_pas|pas_resolu
            """#)

    /// "Solved. Thanks! How do I mark this as solved?"
    private static let askedBack = PhraseTable(builtIn: "how ..3 mark|close\nsolved ..2 thank|thanks\nthank|thanks")
}
